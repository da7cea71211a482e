"""Pages that lead on: from a session's former addresses, from those that other names of a thing
would have, and from the folder of an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbsite.catalog import EVENT, SESSION, named
from kbsite.kinds.base import Kind, Page, View, Views


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
