"""Hand-written pages in the graph, and among them articles and shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kbsite import hrefs, records
from kbsite.catalog import LEARNING, Thing
from kbsite.graph.mentions import Mentions, resolved
from kbsite.graph.naming import Finder
from kbsite.graph.nodes import EssayNode, Mention, PageNode
from kbsite.graph.pages import page_node
from kbsite.graph.target import Target
from kbsite.hrefs import Href
from kbsite.library import Entry, Library
from kbsite.sources import Source

_OF_RECORDS = (".md", ".yaml", ".yml")


def pages(library: Library, mentions: Mentions) -> dict[str, PageNode]:
    """Every hand-written page that is no record's alone, with what its links lead to."""
    out: dict[str, PageNode] = {}
    for file, source in library.pages.items():
        node = page_node(file, source)
        links = tuple(mentions.in_page(source, _mention(node)))
        found = hrefs.find(source.body)
        others = tuple((each, _record_at(each, source, mentions)) for each in found)
        out[file] = replace(node, links=links, hrefs=others)
    return out


def _record_at(href: Href, source: Source, mentions: Mentions) -> Target | None:
    """The record whose file a link of Markdown's means, if it is that of a record."""
    is_file = href.path.endswith(_OF_RECORDS) and not href.path.endswith("index.md")
    is_file = is_file or ":" in href.path  # as theme:kernel
    return mentions.record_meant(href.to, source) if is_file else None


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
                evidence=_learnings(page),
            )
        )
    return {node.id: node for node in sorted(nodes, key=_place)}


def _learnings(page: PageNode) -> tuple[str, ...]:
    """The keys of the learnings that a page links to, in order, each once."""
    keys = (target.key.partition(":") for _, target in page.links)
    return tuple(dict.fromkeys(key for thing, _, key in keys if thing == LEARNING.name))


def _place(node: EssayNode) -> tuple[bool, int, int, str, str]:
    """Shifts by their order, everything else newest first."""
    record = node.record
    order = record.order if isinstance(record, records.Shift) else None
    newest = -record.date.toordinal() if record.date else 0
    return (order is None, order or 0, newest, record.title.casefold(), node.id)
