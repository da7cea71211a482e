"""The pages of sessions, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from kbsite import prose, slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import (
    calendars,
    cards,
    citing,
    listing,
    pictures,
    things,
    videos,
    words,
)
from kbsite.kinds.base import Kind, Page, Ref, Section, View, present

TAB = "sessions/"
INDEX = Ref("Sessions", TAB)
AROUND = 2  # themes whose neighbouring sessions a page leads to

SECTIONS = (
    Section(id="learnings", title="What was learned"),
    Section(id="figures", title="In numbers"),
    Section(id="quotes", title="In their words"),
    Section(id="announcements", title="Announced"),
    Section(id="abstract", title="Abstract"),
    Section(id="resources", title="Resources"),
    Section(id="related", title="Related sessions"),
    Section(id="mentions", title="Mentioned in"),
    Section(id="record", title="About this record"),
)


def pages(graph: Graph) -> Iterator[Page]:
    for path, part in listing.cut(len(graph.sessions), TAB, f"{TAB}all/"):
        ids = list(graph.sessions)[part.start : part.end]
        yield Page(
            kind="session",
            path=path,
            title=part.of("Sessions"),
            description=part.of(
                f"All {words.count(len(graph.sessions), 'session')}, newest event first, "
                "with their speakers and themes"
            )
            + ".",
            template="session_index.html",
            searchable=False,
            view=partial(_index, graph, ids, part),
            tab=TAB,
        )
    places = Places(graph)
    for id, node in graph.sessions.items():
        yield Page(
            kind="session",
            path=slugs.session_path(id),
            title=node.record.title,
            description=_description(graph, node),
            template="session.html",
            view=partial(_session, graph, node, places),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX, cards.event_ref(graph, node.event)),
            picture=pictures.session_picture(graph, id),
            thing=partial(things.session, graph, node),
        )


def _index(graph: Graph, ids: list[str], part: listing.Slice) -> View:
    return {
        "total": len(graph.sessions),
        "events": len(graph.events),
        "groups": listing.by_event(graph, ids),
        "slice": part,
    }


def _description(graph: Graph, node: SessionNode) -> str:
    kind = words.KIND_LABELS[node.record.kind]
    people = ", ".join(graph.people[a.person].name for a in node.appearances)
    by = f" by {people}" if people else ""
    day = f", {words.brief_time(node)}" if node.day else ""
    given = f"{kind}{by} at {graph.events[node.event].record.name}{day}."
    if node.record.summary:
        return words.described(prose.to_text(node.record.summary), given)
    themes = " and ".join(graph.themes[theme].record.name for theme in node.themes)
    return words.described(given, f"On {themes}." if themes else "", node.record.title + ".")


def _session(graph: Graph, node: SessionNode, places: Places) -> View:
    record = node.record
    mentions = [
        m
        for key in (f"session:{node.id}", *(f"learning:{each.key}" for each in node.learnings))
        for m in graph.mentions.get(key, ())
        if m.path != slugs.session_path(node.id)
    ]
    related = [
        (cards.session_card(graph, relation.session), " · ".join(relation.reasons))
        for relation in graph.relations[node.id]
    ]
    shown = {
        "learnings": True,
        "figures": bool(record.figures),
        "quotes": bool(node.quotes),
        "announcements": bool(node.announcements),
        "abstract": bool(record.abstract),
        "resources": bool(record.links or node.projects),
        "related": bool(related),
        "mentions": bool(mentions),
        "record": True,
    }
    return {
        "sections": present(SECTIONS, shown),
        "title": record.title,
        "kind": words.KIND_LABELS[record.kind],
        "status": words.STATUS_LABELS[record.status],
        "event": cards.event_ref(graph, node.event),
        "time": _time(node),
        "room": record.room,
        "tracks": record.tracks,
        "level": words.LEVEL_LABELS[record.level] if record.level else None,
        "language": words.language(record.language) if record.language else None,
        "speakers": [
            {
                "ref": cards.person_ref(graph, a.person),
                "organisation": cards.affiliation_ref(a),
                "role": a.role,
                "moderator": a.moderator,
            }
            for a in node.appearances
        ],
        "themes": [cards.theme_ref(graph, t) for t in node.themes],
        "suggested_themes": [cards.theme_ref(graph, t) for t in node.suggested_themes],
        "projects": [cards.project_ref(graph, p) for p in node.projects],
        "summary": record.summary,
        "abstract": record.abstract,
        "learnings": cards.learning_cards(graph, (each.key for each in node.learnings)),
        "quotes": [cards.quote_card(graph, q) for q in node.quotes],
        "figures": record.figures,
        "announcements": [cards.announcement_card(graph, a) for a in node.announcements],
        "links": [cards.resource(link) for link in record.links],
        "related": related,
        "mentions": list(dict.fromkeys(mentions)),
        "provenance": record.provenance,
        "reviewed": words.short_day(record.provenance.reviewed)
        if record.provenance.reviewed
        else None,
        "sources": [s for s in record.sources if s.url],
        "video": _video(graph, node),
        "to_come": _over(node),
        "calendar": calendars.path(node),
        "citation": citing.cite(graph, node),
        "around": places.around(node),
        "file": node.source.path,
        "contribute": "contribute/" if "contribute.md" in graph.pages else None,
    }


def _time(node: SessionNode) -> dict[str, str] | None:
    if node.start is None or node.day is None:
        return None
    return {
        "day": words.long_day(node.day)
        if isinstance(node.start, datetime) or node.last_day is None
        else words.days(node.day, node.last_day),
        "hours": words.hours(node),
        "iso": node.start.isoformat(),
        "zone": words.zone(node.start) if isinstance(node.start, datetime) else "",
        "end": node.end.isoformat() if isinstance(node.end, datetime) and not node.last_day else "",
    }


def _video(graph: Graph, node: SessionNode) -> dict[str, str] | None:
    url = videos.recording(graph, node.id)
    return {"url": url, "embed": videos.embedded(url)} if url else None


def _over(node: SessionNode) -> str:
    """When a session that takes place will be over; empty where that is not known.

    Whether it is over already, the page finds out when it is read: a build knows no clock.
    """
    if node.record.status not in calendars.TAKES_PLACE or node.day is None:
        return ""
    last = node.end or node.start
    return last.isoformat() if isinstance(last, datetime) else f"{last}T23:59:59"


class Places:
    """Where each session stands in the schedule of its event and among the sessions of a theme."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._lists: dict[str, tuple[str, ...]] = {
            **{slugs.event_path(id): node.sessions for id, node in graph.events.items()},
            **{slugs.theme_path(id): node.sessions for id, node in graph.themes.items()},
        }
        self._places = {
            path: {id: at for at, id in enumerate(ids)} for path, ids in self._lists.items()
        }

    def around(self, node: SessionNode) -> list[tuple[Ref, Ref | None, Ref | None]]:
        """The lists a session is in, each with the sessions before and after it."""
        owners: list[Ref] = [
            Ref(f"Schedule: {self._graph.events[node.event].short}", slugs.event_path(node.event)),
            *(cards.theme_ref(self._graph, theme) for theme in node.themes[:AROUND]),
        ]
        return [
            (owner, self._beside(owner, node.id, -1), self._beside(owner, node.id, 1))
            for owner in owners
            if len(self._lists[owner.path]) > 1
        ]

    def _beside(self, owner: Ref, id: str, step: int) -> Ref | None:
        at = self._places[owner.path][id] + step
        ids = self._lists[owner.path]
        return cards.session_ref(self._graph, ids[at]) if 0 <= at < len(ids) else None


KIND = Kind(
    name="session",
    folder=Path(__file__).parent,
    pages=pages,
    files=calendars.files,
    tab=("Sessions", TAB),
)
