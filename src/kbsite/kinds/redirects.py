"""Pages that lead on: from a session's former addresses, and from the folder of an event."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.kinds.base import Kind, Page, View


def pages(graph: Graph) -> Iterator[Page]:
    for former, present in graph.redirects.items():
        yield _redirect(
            slugs.session_path(former),
            slugs.session_path(present),
            graph.sessions[present].record.title,
            graph.sessions[present].source.path,
        )
    for id, node in graph.events.items():
        yield _redirect(f"sessions/{id}/", slugs.event_path(id), node.record.name, node.source.path)


def _redirect(path: str, target: str, title: str, source: str) -> Page:
    return Page(
        kind="redirect",
        path=path,
        title=title,
        template="redirect.html",
        view=partial(_view, target, title),
        source=source,
        bare=True,
        searchable=False,
    )


def _view(target: str, title: str) -> View:
    return {"target": target, "title": title}


KIND = Kind(name="redirect", folder=Path(__file__).parent, pages=pages)
