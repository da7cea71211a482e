"""Pages that lead on: from a session's former addresses, and from the folder of an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbsite.catalog import EVENT, SESSION
from kbsite.kinds.base import Kind, Page, View, Views


@dataclass(frozen=True, kw_only=True, slots=True)
class RedirectView(View):
    target: str


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    for former, present in graph.redirects.items():
        node = graph.sessions[present]
        title, source = node.record.title, node.source.path
        yield _redirect(SESSION.path(former), SESSION.path(present), title, source)
    for id, event in graph.events.items():
        title, source = event.record.name, event.source.path
        yield _redirect(f"{SESSION.index}{id}/", EVENT.path(id), title, source)


def _redirect(path: str, target: str, title: str, source: str) -> Page:
    return Page(
        kind="redirect",
        path=path,
        title=title,
        template="redirect.html",
        view=partial(RedirectView, target=target),
        source=source,
        bare=True,
        searchable=False,
    )


KIND = Kind(name="redirect", folder=Path(__file__).parent, pages=pages)
