"""Pages that lead on: from former addresses of sessions and events, from those that other names of
a thing would have, and from the folder of an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbsite.catalog import EVENT, SESSION, named
from kbsite.graph import Graph
from kbsite.kinds.base import Kind, Page, View, Views
from kbsite.kinds.former import Former


@dataclass(frozen=True, kw_only=True, slots=True)
class RedirectView(View):
    target: str


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    for name, redirects in graph.redirects.items():
        thing, yields = named(name), name != SESSION.name
        nodes = graph.nodes(thing)
        for former, present in redirects.items():
            node = nodes[present]
            path, target = thing.path(former), thing.path(present)
            yield _redirect(path, target, node.label, node.source.path, yields=yields)
    for id, event in graph.events.items():
        title, source = event.record.name, event.source.path
        yield _redirect(f"{SESSION.index}{id}/", EVENT.path(id), title, source)
    for former, id in graph.redirects[EVENT.name].items():
        event = graph.events[id]
        path, title, source = f"{SESSION.index}{former}/", event.record.name, event.source.path
        yield _redirect(path, EVENT.path(id), title, source, yields=True)


def below(graph: Graph, pages: Iterable[Page]) -> Iterator[Page]:
    """Likewise for pages that lie below that of a thing, and for those of a theme's learnings."""
    former = Former(graph)
    for page in pages if former else ():
        for path in former.of(page.path):
            source = page.source or page.follows or ""
            yield _redirect(path, page.path, page.title, source, yields=True)


def _redirect(path: str, target: str, title: str, source: str, *, yields: bool = False) -> Page:
    return Page(
        kind="redirect",
        path=path,
        title=title,
        template="redirect.html",
        view=partial(RedirectView, target=target),
        source=source,
        bare=True,
        yields=yields,
        searchable=False,
    )


KIND = Kind(name="redirect", folder=Path(__file__).parent, pages=pages)
