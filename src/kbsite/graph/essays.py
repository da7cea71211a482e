"""Hand-written pages in the graph, and among them articles and shifts."""

from __future__ import annotations

from collections.abc import Mapping

from kbsite import records
from kbsite.catalog import Thing
from kbsite.graph.mentions import Mentions, resolved
from kbsite.graph.naming import Finder
from kbsite.graph.nodes import EssayNode, Mention, PageNode
from kbsite.graph.pages import page_node
from kbsite.graph.targets import Target
from kbsite.library import Entry, Library


def pages(library: Library) -> dict[str, PageNode]:
    return {file: page_node(file, source) for file, source in library.pages.items()}


def read_page(page: PageNode, mentions: Mentions) -> tuple[str, ...]:
    """Follow the links of a page; returns the keys of the learnings it links to, in order."""
    learnings: dict[str, None] = {}

    def note(target: Target) -> None:
        kind, _, key = target.key.partition(":")
        if kind == "learning":
            learnings[key] = None

    mentions.in_page(page.source, _mention(page), note)
    return tuple(learnings)


def _mention(page: PageNode) -> Mention:
    folder, slash, _ = page.file.partition("/")
    return Mention(title=page.title, path=page.path, kind=folder if slash else "page")


def essays(
    thing: Thing,
    library: Library,
    written: Mapping[str, PageNode],
    finder: Finder,
    mentions: Mentions,
) -> dict[str, EssayNode]:
    """The articles or shifts, each with the learnings that its text links to."""
    entries: Mapping[str, Entry[records.Article | records.Shift]] = library.of(thing)
    nodes: list[EssayNode] = []
    for own, entry in entries.items():
        page = written[f"{thing.plural}/{own}.md"]
        here = _mention(page)
        record = resolved(entry.record, entry.source, here, mentions)
        nodes.append(
            EssayNode(
                id=own,
                record=record,
                page=page,
                themes=finder.ids(record.themes, entry.source, ("themes",)),
                evidence=read_page(page, mentions),
            )
        )
    return {node.id: node for node in sorted(nodes, key=_place)}


def others(pages: Mapping[str, PageNode], *essays: Mapping[str, EssayNode]) -> list[PageNode]:
    """The pages that are none of `essays`."""
    taken = {node.page.file for kind in essays for node in kind.values()}
    return [page for file, page in pages.items() if file not in taken]


def _place(node: EssayNode) -> tuple[bool, int, int, str, str]:
    """Shifts by their order, everything else newest first."""
    record = node.record
    order = record.order if isinstance(record, records.Shift) else None
    newest = -record.date.toordinal() if record.date else 0
    return (order is None, order or 0, newest, record.title.casefold(), node.id)
