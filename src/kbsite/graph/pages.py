"""What a hand-written page is called and where it is, for kbsite and for MkDocs."""

from __future__ import annotations

import re

from kbsite import prose, wikilinks
from kbsite.graph.nodes import PageNode
from kbsite.sources import Source

_ATTRIBUTES = re.compile(r"\s+\{:?\s*(?:[#.][^{}]*|[\w-]+=[^{}]*)\}$")


def page_node(file: str, source: Source) -> PageNode:
    """The node of the page that is `file` inside content/, before its links are followed."""
    search = source.data.get("search")
    path = page_path(file)
    return PageNode(
        file=file,
        path=path,
        title=_line(source, "title") or _heading(source.body) or _name(file),
        description=_line(source, "description"),
        searchable=not (isinstance(search, dict) and search.get("exclude") is True),
        source=source,
        links=(),
        hrefs=(),
    )


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


def _line(source: Source, key: str) -> str:
    """A line of text in the front matter as its author wrote it, if it is also a number."""
    value = source.data.get(key)
    return "" if value is None else " ".join(str(getattr(value, "text", value)).split())


def _heading(body: str) -> str:
    """The words of a page's first heading, without its links and attributes."""
    words = _ATTRIBUTES.sub("", prose.first_heading(body))
    return wikilinks.replace(words, lambda link: link.words or link.target)


def _name(file: str) -> str:
    """What MkDocs makes of a file's name, for a page in a folder that of the folder.

    >>> _name("index.md"), _name("how-we-work.md"), _name("FAQ.md"), _name("notes/index.md")
    ('Home', 'How we work', 'FAQ', 'Notes')
    """
    stem = page_path(file).rstrip("/").rpartition("/")[2] or "home"
    words = stem.replace("-", " ").replace("_", " ")
    return words.capitalize() if words.islower() else words
