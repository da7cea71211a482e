"""The pages of events: what was on when, and what the event was about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from babel import Locale

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import Day, EventNode
from kbsite.kinds import cards, listing, pictures, schedule, things, words
from kbsite.kinds.base import Kind, Page, Ref, Section, View

TAB = "events/"
INDEX = Ref("Events", TAB)
PER_DAY = 150  # sessions on one page of a day
LEARNINGS = 6
HIGHLIGHTS = 8  # sessions that a day shows of too many
_TERRITORIES = Locale("en").territories


def pages(graph: Graph) -> Iterator[Page]:
    yield Page(
        kind="event",
        path=TAB,
        title="Events",
        description=f"The {words.count(len(graph.events), 'event')} whose sessions are collected "
        "here, each with its schedule and what was learned there.",
        template="event_index.html",
        searchable=False,
        view=partial(_index, graph),
        tab=TAB,
    )
    for id, node in graph.events.items():
        yield Page(
            kind="event",
            path=slugs.event_path(id),
            title=node.record.name,
            description=words.described(
                f"{node.record.name}, {when(node)}: the schedule, the themes and what was learned.",
                f"{words.count(len(node.sessions), 'session')}.",
            ),
            template="event.html",
            view=partial(_event, graph, node),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX,),
            wide=True,
            picture=pictures.event_picture(graph, id),
            thing=partial(things.event, node),
        )
        if len(node.sessions) <= listing.INLINE:
            continue
        for day in node.days:
            base = _day_path(node, day.date)
            for path, part in listing.parted(schedule.sizes(graph, day, PER_DAY), base, base):
                yield Page(
                    kind="event",
                    path=path,
                    title=part.of(f"{_day_title(day.date)}, {node.short}"),
                    description=words.described(
                        part.of(f"The schedule of {_day_title(day.date)} at {node.record.name}")
                        + ".",
                        f"{words.count(len(day.sessions), 'session')}.",
                    ),
                    picture=pictures.event_picture(graph, id),
                    template="event_day.html",
                    searchable=False,
                    view=partial(_day, graph, node, day, part),
                    tab=TAB,
                    trail=(INDEX, cards.event_ref(graph, id)),
                    wide=True,
                )


def when(node: EventNode) -> str:
    return words.days(node.record.start, node.record.end)


def where(node: EventNode) -> str:
    """Venue, city and country; a two-letter country is spelt out."""
    record = node.record
    country = _TERRITORIES.get(record.country, record.country) if record.country else None
    return ", ".join(part for part in (record.venue, record.city, country) if part)


def summary(graph: Graph, id: str) -> dict[str, object]:
    """An event as an entry of a list."""
    node = graph.events[id]
    learnings = sum(len(graph.sessions[s].learnings) for s in node.sessions)
    return {
        "ref": Ref(node.record.name, slugs.event_path(id)),
        "when": when(node),
        "where": where(node),
        "sessions": words.count(len(node.sessions), "session"),
        "learnings": words.count(learnings, "learning") if learnings else "",
    }


def _index(graph: Graph) -> View:
    by_year: dict[int, list[dict[str, object]]] = {}
    for id, node in graph.events.items():
        by_year.setdefault(node.record.start.year, []).append(summary(graph, id))
    years = [
        (Section(id=f"year-{year}", title=str(year)), entries) for year, entries in by_year.items()
    ]
    return {"years": years, "sections": tuple(section for section, _ in years)}


def schedules(node: EventNode) -> Iterator[tuple[date, str, int]]:
    """The days of an event that are known, where each is shown, and how many sessions it has."""
    inline = len(node.sessions) <= listing.INLINE
    for day in node.days:
        if day.date:
            anchor = f"{slugs.event_path(node.id)}#day-{_day_id(day.date)}"
            yield day.date, anchor if inline else _day_path(node, day.date), len(day.sessions)


def _day_title(day: date | None) -> str:
    return words.long_day(day) if day else "Time not known"


def _day_id(day: date | None) -> str:
    return day.isoformat() if day else "unscheduled"


def _day_path(node: EventNode, day: date | None) -> str:
    return f"{slugs.event_path(node.id)}{_day_id(day)}/"


def _highlights(graph: Graph, ids: Sequence[str]) -> tuple[cards.SessionCard, ...]:
    """What to show of a day of too many sessions: its keynotes, and those that taught something."""
    chosen = [
        id
        for id in ids
        if graph.sessions[id].learnings or graph.sessions[id].record.kind == "keynote"
    ]
    return cards.session_cards(graph, chosen[:HIGHLIGHTS])


def _event(graph: Graph, node: EventNode) -> View:
    inline = len(node.sessions) <= listing.INLINE
    day_sections = [
        Section(id=f"day-{_day_id(day.date)}", title=_day_title(day.date)) for day in node.days
    ]
    shown = [
        {
            "section": section,
            "number": words.count(len(day.sessions), "session"),
            "path": "" if inline else _day_path(node, day.date),
            "plan": schedule.plan(graph, day) if inline else None,
            "highlights": () if inline else _highlights(graph, day.sessions),
        }
        for section, day in zip(day_sections, node.days, strict=True)
    ]
    here = slugs.event_path(node.id)
    learnings = [each.key for id in node.sessions for each in graph.sessions[id].learnings]
    themes = cards.themes_of(graph, node.sessions, limit=24)
    suggested = cards.suggested_themes_of(graph, node.sessions, limit=24)
    organisations = cards.organisations_of(graph, node.sessions, limit=24)
    sections: list[Section] = []
    if learnings:
        sections.append(Section(id="learnings", title="What was learned"))
    sections += day_sections
    if themes or suggested:
        sections.append(Section(id="themes", title="Themes"))
    if organisations:
        sections.append(Section(id="organisations", title="Organisations most present"))
    record = node.record
    return {
        "sections": tuple(sections),
        "name": record.name,
        "when": when(node),
        "where": where(node),
        "zone": record.timezone,
        "url": record.url,
        "series": record.series,
        "counts": words.numbers(
            (len(node.sessions), "session", "sessions"),
            (len(learnings), "learning", "learnings"),
            (
                len({a.person for id in node.sessions for a in graph.sessions[id].appearances}),
                "speaker",
                "speakers",
            ),
            (sum(day.date is not None for day in node.days), "day", "days"),
        ),
        "themes": themes,
        "suggested": suggested,
        "days": shown,
        "day_links": [
            (Ref(section.title, f"{here}#{section.id}" if inline else _day_path(node, day.date)), 0)
            for section, day in zip(day_sections, node.days, strict=True)
        ],
        "learnings": cards.learning_cards(graph, cards.foremost(graph, node.sessions, LEARNINGS)),
        "organisations": organisations,
        "file": node.source.path,
    }


def _day(graph: Graph, node: EventNode, day: Day, part: listing.Slice) -> View:
    return {
        "title": _day_title(day.date),
        "zone": node.record.timezone,
        "total": words.count(len(day.sessions), "session"),
        "plan": schedule.plan(graph, day, part.start, part.end),
        "slice": part,
        "days": [
            (Ref(_day_title(other.date), _day_path(node, other.date)), len(other.sessions))
            for other in node.days
        ],
        "here": _day_path(node, day.date),
    }


KIND = Kind(
    name="event",
    folder=Path(__file__).parent,
    pages=pages,
    files=pictures.of_events,
    tab=("Events", TAB),
)
