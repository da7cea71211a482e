"""Hand-written pages: what MkDocs is told of them, and how they are set in what is around them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import escape
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from kbsite import wikilinks
from kbsite.graph.nodes import PageNode
from kbsite.graph.target import Target, as_markdown
from kbsite.kinds.base import Part
from kbsite.plugin.pages import source_uri

PRINTED = ("title", "description", "author")  # metadata that the theme prints as they are


def text(node: PageNode) -> str:
    """A page's text, its links leading to the files that pages seem to come from.

    It begins with an empty line, or MkDocs would take a line such as "Key: value" for metadata.
    """
    folder = posixpath.dirname(node.file) or "."

    def url(target: Target) -> str:
        path, mark, anchor = target.path.partition("#")
        return posixpath.relpath(target.page or source_uri(path), folder) + mark + anchor

    written = ((link, as_markdown(link, target, url(target))) for link, target in node.links)
    return "\n" + wikilinks.put(node.source.body, written)


def tell(page: MkDocsPage, node: PageNode) -> None:
    """Let MkDocs and other plugins have the front matter as kbsite reads it, beside their own."""
    said = {"title": node.title, "description": node.description}
    page.meta.update((key, said.get(key, value)) for key, value in node.source.data.items())


def settle(page: MkDocsPage, node: PageNode | None, hide: Sequence[str]) -> None:
    """Make the metadata what templates can print, which they do as it is, and which is text.

    What other plugins put beside the front matter is theirs. `hide` names sidebars to go without.
    """
    for key in {*PRINTED, *(node.source.data if node else ())} & page.meta.keys():
        page.meta[key] = _as_text(page.meta[key])
    if hide:
        page.meta.setdefault("hide", [*hide, "toc"] if page.is_homepage else list(hide))


def _as_text(value: Any) -> Any:
    """A value of front matter with all its texts escaped."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, dict):
        return {_as_text(key): _as_text(each) for key, each in value.items()}
    return [_as_text(each) for each in value] if isinstance(value, list) else value


def extend_contents(page: MkDocsPage, parts: Iterable[Part]) -> None:
    """Add the parts that stand around a page's text to its table of contents."""
    top = page.toc.items[0] if page.toc and page.toc.items[0].level == 1 else None
    if top is None:
        top = AnchorLink(str(page.title), "page", 1)
        top.children = list(page.toc.items)
        page.toc.items = [top]
    top.children += [AnchorLink(part.title, part.id, 2) for part in parts]
