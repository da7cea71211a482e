"""The page to find sessions on by facets, and the data it does that with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import cards, videos, words
from kbsite.kinds.base import Asset, Kind, Page, Ref, Site, View
from kbsite.kinds.cards import SessionCard
from kbsite.kinds.hues import hue

TAB = "explore/"
PER_FILE = 50  # sessions whose titles are in one file


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """What sessions are filtered by.

    `id` stands in addresses, `label` above the values, `plural` within a sentence. `values` are
    their names by id, in the order in which those of equally many sessions are shown; `of` gives
    the ids of a session's own. Where a session in the list links to its values, `path` is the
    address of one, from the root of the site, and `hue` its colour in degrees of OKLCH.
    """

    id: str
    label: str
    plural: str
    values: Mapping[str, str]
    of: Callable[[SessionNode], Iterable[str]]
    path: Callable[[str], str] | None = None
    hue: Callable[[str], int] | None = None


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


def facets(graph: Graph) -> tuple[Facet, ...]:
    """In the order that readers see."""
    return (
        Facet(
            id="theme", label="Theme", plural="themes",
            values={id: node.record.name for id, node in graph.themes.items()},
            of=lambda node: node.themes,
            path=slugs.theme_path,
            hue=partial(hue, graph),
        ),
        Facet(
            id="event", label="Event", plural="events",
            values={id: node.short for id, node in graph.events.items()},
            of=lambda node: (node.event,),
        ),
        Facet(
            id="speaker", label="Speaker", plural="speakers",
            values={id: node.name for id, node in graph.people.items()},
            of=lambda node: (each.person for each in node.appearances),
        ),
        Facet(
            id="organisation", label="Organisation", plural="organisations",
            values={id: node.name for id, node in graph.organisations.items()},
            of=lambda node: dict.fromkeys(
                each.organisation for each in node.appearances if each.organisation
            ),
        ),
        Facet(
            id="project", label="Project", plural="projects",
            values={id: node.name for id, node in graph.projects.items()},
            of=lambda node: node.projects,
        ),
        Facet(
            id="kind", label="Kind", plural="kinds",
            values=words.KIND_LABELS,
            of=lambda node: (node.record.kind,),
        ),
        Facet(
            id="level", label="Level", plural="levels",
            values=words.LEVEL_LABELS,
            of=lambda node: filter(None, (node.record.level,)),
        ),
        Facet(
            id="learnings", label="Learnings", plural="learnings",
            values={"yes": "With learnings"},
            of=lambda node: ("yes",) if node.learnings else (),
        ),
        Facet(
            id="video", label="Video", plural="videos",
            values={"yes": "With a video"},
            of=lambda node: ("yes",) if videos.recording(graph, node.id) else (),
        ),
    )  # fmt: skip


def _facets(graph: Graph, site: Site) -> bytes:  # noqa: ARG001  # the signature of an asset
    """All that the script knows of facets; of sessions, newest first, the places of their values.

    A `path` has {} in the place of an id.
    """
    return _json(
        {
            "total": len(graph.sessions),
            "per": PER_FILE,
            "facets": [_facet(each, graph.sessions.values()) for each in facets(graph)],
        }
    )


def _facet(facet: Facet, nodes: Iterable[SessionNode]) -> dict[str, Any]:
    places = {id: place for place, id in enumerate(facet.values)}
    out: dict[str, Any] = {"id": facet.id, "label": facet.label, "plural": facet.plural}
    if facet.path:
        out["path"] = facet.path("{}")
    if facet.hue:
        out["hues"] = [facet.hue(id) for id in facet.values]
    out["values"] = [_value(*each) for each in facet.values.items()]
    out["sessions"] = [[places[id] for id in facet.of(node)] for node in nodes]
    return out


def _value(id: str, name: str) -> str | list[str]:
    """A value's id and name; the name alone where the id can be told from it."""
    plain = name.isascii() and name.lower().replace(" ", "-") == id
    return name if plain else [id, name]


def _rows(graph: Graph, ids: Sequence[str], site: Site) -> bytes:  # noqa: ARG001  # likewise
    return _json([_row(cards.session_card(graph, id)) for id in ids])


def _row(card: SessionCard) -> list[str]:
    """A session's address, title, the line under it, and how much was learned in it."""
    who = ", ".join(speaker.text for speaker in card.speakers)
    line = " · ".join(filter(None, (card.kind, who, card.event.text, card.when)))
    learned = words.count(card.learnings, "learning") if card.learnings else ""
    return [card.ref.path, card.ref.text, line, learned]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


KIND = Kind(
    name="explore", folder=Path(__file__).parent, pages=pages, files=files, tab=("Explore", TAB)
)
