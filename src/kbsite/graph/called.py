"""Hand-written pages by what people call them, which double brackets do not lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from kbsite import slugs
from kbsite.catalog import CONTENT
from kbsite.graph.target import NO_BRACKETS
from kbsite.sources import Source


def link(pages: Mapping[str, Source], name: str, asking: str, words: str = "") -> str:
    """A link of Markdown's to the page that is called so, if the text that is `asking` is a page
    too; or nothing.
    """
    file = page(pages, name, asking) if asking.startswith(f"{CONTENT}/") else ""
    if not file:
        return ""
    to = posixpath.relpath(f"{CONTENT}/{file}", posixpath.dirname(asking))
    return f"[{words or (title(pages[file]) or name).translate(NO_BRACKETS)}]({to})"


def page(pages: Mapping[str, Source], name: str, asking: str = "") -> str:
    """The only page that is called so by its file or its title, less the one that is `asking`."""
    own = _stem(name)
    found = [
        file
        for file, source in pages.items()
        if f"{CONTENT}/{file}" != asking
        and own in (_stem(file), slugs.slug(title(source) or name))
        and (_stem(file) != "index" or own != "index")
    ]
    return found[0] if len(found) == 1 and own else ""


def title(source: Source) -> str:
    """What the front matter of a page says that it is called."""
    return str(source.data.get("title", ""))


def _stem(file: str) -> str:
    return slugs.slug(posixpath.basename(file).removesuffix(".md"))
