"""Addresses and titles of hand-written pages, as MkDocs will see them."""

from __future__ import annotations

import re

from kbsite import prose, yamlfile
from kbsite.sources import Source

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def page_path(file: str) -> str:
    """The address of a page in content/.

    >>> page_path("index.md"), page_path("about.md"), page_path("articles/index.md")
    ('', 'about/', 'articles/')
    """
    stem = file.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def is_searchable(source: Source) -> bool:
    """Whether a page may be found: its front matter can say no, as `search: {exclude: true}`."""
    try:
        front = yamlfile.read(source.front)
    except yamlfile.YamlError:
        return True
    search = front.get("search") if isinstance(front, dict) else None
    return not (isinstance(search, dict) and search.get("exclude") is True)


def page_title(file: str, source: Source) -> str:
    """The title in the front matter, else the first heading, else the file's name in words."""
    try:
        front = yamlfile.read(source.front)
    except yamlfile.YamlError:
        front = None
    title = front.get("title") if isinstance(front, dict) else None
    if title is not None:
        return " ".join(str(getattr(title, "text", title)).split())
    if match := _HEADING.search(source.body):
        return prose.to_text(match[1]) or match[1]
    if file == "index.md":
        return "Home"
    stem = page_path(file).rstrip("/").rpartition("/")[2]
    return stem.replace("-", " ").replace("_", " ").capitalize()
