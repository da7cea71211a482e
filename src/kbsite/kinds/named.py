"""What people, organisations and projects have in common: an index, a page each, long lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from kbsite import prose
from kbsite.graph import Graph
from kbsite.graph.nodes import NamedNode
from kbsite.kinds import listing, things, words
from kbsite.kinds.base import Page, Ref, View

N = TypeVar("N", bound=NamedNode)


def pages(
    graph: Graph,
    nodes: Mapping[str, N],
    *,
    kind: str,
    template: str,
    title: str,
    tab: str,
    lead: str,
    view: Callable[[Graph, N], View],
    describe: Callable[[Graph, N], str],
    thing: Callable[[Graph, N], things.Thing],
) -> Iterator[Page]:
    """The index at `tab`, and below it a page for each node.

    `describe` says what a node is where its own page says nothing; `thing` in schema.org's words.
    """
    index = Ref(title, tab)
    yield from listing.index_pages(kind, title, tab, lead, nodes)
    for own, node in nodes.items():
        path = f"{tab}{own}/"
        seen = node.sessions or node.announced
        latest = graph.sessions[seen[0]].event if seen else None
        text = prose.to_text(node.body)
        yield Page(
            kind=kind,
            path=path,
            title=node.name,
            description=words.described(
                text or describe(graph, node),
                describe(graph, node) if text else "",
                f"Latest at {graph.events[latest].record.name}." if latest else "",
            ),
            template=template,
            view=partial(view, graph, node),
            source=node.source.path if node.source else None,
            tab=tab,
            trail=(index,),
            thing=partial(thing, graph, node),
        )
        yield from listing.session_pages(graph, kind, Ref(node.name, path), node.sessions, index)
