"""The page to find sessions on by facets, and the data it does that with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from kbsite.graph import Graph
from kbsite.kinds import videos, words
from kbsite.kinds.base import Asset, Kind, Page, Ref, Site, View
from kbsite.kinds.hues import hue

TAB = "explore/"
PER_FILE = 50  # sessions whose titles are in one file

FACETS = {
    "theme": "Theme", "event": "Event", "speaker": "Speaker", "organisation": "Organisation",
    "project": "Project", "kind": "Kind", "level": "Level",
    "learnings": "Learnings", "video": "Video",
}  # fmt: skip


def pages(graph: Graph) -> Iterator[Page]:
    yield Page(
        kind="explore",
        path=TAB,
        title="Explore",
        description="Find sessions by theme, event, speaker, organisation, project and more.",
        template="explore.html",
        searchable=False,
        view=partial(_view, graph),
        tab=TAB,
    )


def _view(graph: Graph) -> View:
    lists = (
        (words.count(len(graph.themes), "theme"), "themes/", "what the sessions are about"),
        (words.count(len(graph.learnings), "learning"), "learnings/", "what was learned, by theme"),
        (words.count(len(graph.sessions), "session"), "sessions/", "newest event first"),
        (words.count(len(graph.events), "event"), "events/", "with their schedules"),
        (
            words.count(len(graph.people), "person", "people"),
            "people/",
            "what they said, and where",
        ),
        (words.count(len(graph.organisations), "organisation"), "organisations/", "who they sent"),
        (words.count(len(graph.projects), "project"), "projects/", "where they came up"),
    )
    return {"lists": [(Ref(text, path), what) for text, path, what in lists]}


def files(graph: Graph) -> Iterator[Asset]:
    """What each session is filed under; and, in files of their own, what a list shows of it."""
    yield Asset(path=f"{TAB}facets.json", content=partial(_facets, graph))
    ids = list(graph.sessions)
    for number, first in enumerate(range(0, len(ids), PER_FILE)):
        part = ids[first : first + PER_FILE]
        yield Asset(path=f"{TAB}rows/{number}.json", content=partial(_rows, graph, part))


def _facets(graph: Graph, site: Site) -> bytes:  # noqa: ARG001  # the signature of an asset
    """Values of each facet, and for every session, newest first, the places of its own values."""
    nodes = list(graph.sessions.values())
    values: dict[str, Iterable[tuple[str, str]]] = {
        "theme": ((id, node.record.name) for id, node in graph.themes.items()),
        "event": ((id, node.short) for id, node in graph.events.items()),
        "speaker": ((id, node.name) for id, node in graph.people.items()),
        "organisation": ((id, node.name) for id, node in graph.organisations.items()),
        "project": ((id, node.name) for id, node in graph.projects.items()),
        "kind": words.KIND_LABELS.items(),
        "level": words.LEVEL_LABELS.items(),
        "learnings": (("yes", "With learnings"),),
        "video": (("yes", "With a video"),),
    }
    of: dict[str, list[tuple[str, ...]]] = {
        "theme": [node.themes for node in nodes],
        "event": [(node.event,) for node in nodes],
        "speaker": [tuple(a.person for a in node.appearances) for node in nodes],
        "organisation": [
            tuple(dict.fromkeys(a.organisation for a in node.appearances if a.organisation))
            for node in nodes
        ],
        "project": [node.projects for node in nodes],
        "kind": [(node.record.kind,) for node in nodes],
        "level": [(node.record.level,) if node.record.level else () for node in nodes],
        "learnings": [("yes",) if node.learnings else () for node in nodes],
        "video": [("yes",) if videos.recording(graph, node.id) else () for node in nodes],
    }
    facets = []
    for id, label in FACETS.items():
        known = list(values[id])
        places = {value: place for place, (value, _) in enumerate(known)}
        facets.append(
            {
                "id": id,
                "label": label,
                "values": [_value(*each) for each in known],
                "sessions": [[places[value] for value in own] for own in of[id]],
            }
        )
    return _json(
        {
            "per": PER_FILE,
            "facets": facets,
            "hues": [hue(graph, id) for id in graph.themes],
            "learnings": [len(node.learnings) for node in nodes],
        }
    )


def _value(id: str, name: str) -> str | list[str]:
    """A value's id and name; the name alone where the id can be told from it."""
    plain = name.isascii() and name.lower().replace(" ", "-") == id
    return name if plain else [id, name]


def _rows(graph: Graph, ids: Sequence[str], site: Site) -> bytes:  # noqa: ARG001  # likewise
    nodes = [graph.sessions[id] for id in ids]
    return _json([[n.record.title, n.id.partition("/")[2], words.brief_time(n)] for n in nodes])


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


KIND = Kind(
    name="explore", folder=Path(__file__).parent, pages=pages, files=files, tab=("Explore", TAB)
)
