"""The pages of events: what was on when, and what the event was about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import EVENT, ORGANISATION, THEME
from kbsite.graph.nodes import Day, EventNode
from kbsite.graph.queries import foremost
from kbsite.kinds import (
    cards,
    compare,
    event_entries,
    event_facets,
    paging,
    parts,
    previews,
    programme,
    schedule,
    sections,
    session_lists,
    words,
)
from kbsite.kinds.base import Data, Kind, Page, Part, Ref, View, Views, part
from kbsite.wording import all_of

TAB = EVENT.index
INDEX = Ref("Events", TAB)
PER_DAY = 200  # sessions on one page of a day
LEARNINGS = 6
HIGHLIGHTS = 8  # sessions that a day shows of too many
COMMON = 24  # themes and organisations


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day by its name and place, and how many sessions it has where that is shown."""

    ref: Ref
    number: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class EventIndexView(View):
    """`compared` says that there are editions to compare."""

    compared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EventView(View):
    short: str
    series: str | None
    when: str
    where: str
    begins: date
    ends: date
    venue: str | None
    city: str | None
    country: str | None
    zone: str
    url: str | None
    counts: tuple[tuple[str, str], ...]
    day_links: tuple[DayLink, ...]
    compared: tuple[Ref, ...]
    file: str


@dataclass(frozen=True, slots=True)
class DaySchedule(Data):
    """A day of an event that shows all of it on its own page."""

    macro: ClassVar = "day_schedule"
    plan: schedule.Plan


@dataclass(frozen=True, slots=True)
class DayHighlights(Data):
    """Some sessions of a day, and the way to all of them."""

    macro: ClassVar = "day_highlights"
    cards: tuple[cards.SessionCard, ...]
    title: str
    number: str
    path: str


@dataclass(frozen=True, slots=True)
class Highlights(Data):
    """What was learned at an event, in cards beside each other."""

    macro: ClassVar = "highlights"
    cards: tuple[cards.LearningCard, ...]


@dataclass(frozen=True, slots=True)
class EventThemes(Data):
    macro: ClassVar = "event_themes"
    confirmed: tuple[cards.Tally, ...]
    suggested: tuple[cards.Tally, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayView(View):
    zone: str
    total: str
    plan: schedule.Plan
    slice: paging.Slice
    days: tuple[DayLink, ...]
    here: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeView(View):
    """A page of what no day is known of."""

    total: str
    programme: programme.Programme
    slice: paging.Slice
    days: tuple[DayLink, ...]
    here: str


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    yield Page(
        kind=EVENT.name,
        path=TAB,
        title="Events",
        describe=partial(
            str,
            f"The {words.count(len(graph.events), 'event')} whose sessions are collected here, "
            "each with its schedule and what was learned there.",
        ),
        template="event_index.html",
        searchable=False,
        view=partial(_index, views),
        tab=TAB,
    )
    for id, node in graph.events.items():
        yield Page(
            kind=EVENT.name,
            path=EVENT.path(id),
            title=node.record.name,
            describe=partial(
                words.described,
                _description(views, node),
                f"{words.count(len(node.sessions), 'session')}.",
            ),
            template="event.html",
            view=partial(_event, views, node),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX,),
            wide=True,
            previews=(views.once(previews.of_event, id),),
        )
        if not _inline(node):
            for day in node.days:
                below = _day_pages if day.date else _programme_pages
                yield from below(views, node, day)


def _day_pages(views: Views, node: EventNode, day: Day) -> Iterator[Page]:
    base = _day_path(node, day.date)
    what = f"The schedule of {_day_title(node, day.date)} at {node.record.name}"
    for path, slice in paging.parted(schedule.sizes(views, day, PER_DAY), base, base):
        view = partial(_day, views, node, day, slice)
        yield _page_below(views, node, day, path, slice, what, "event_day.html", view)


def _programme_pages(views: Views, node: EventNode, day: Day) -> Iterator[Page]:
    """What no day is known of."""
    what = f"The sessions of {node.record.name}, by track and kind"
    for path, slice in programme.cut(views, node.id, _day_path(node, None)):
        view = partial(_programme, views, node, day, slice)
        yield _page_below(views, node, day, path, slice, what, "event_programme.html", view)


def _page_below(
    views: Views,
    node: EventNode,
    day: Day,
    path: str,
    slice: paging.Slice,
    what: str,
    template: str,
    view: Callable[[], View],
) -> Page:
    """A page of one day of an event; `what` describes it."""
    return Page(
        kind=EVENT.name,
        path=path,
        title=slice.of(f"{_day_title(node, day.date)}, {node.label}"),
        describe=partial(
            words.described,
            slice.of(what) + ".",
            f"{words.count(len(day.sessions), 'session')}.",
        ),
        previews=(views.once(previews.of_event, node.id),),
        template=template,
        searchable=False,
        view=view,
        tab=TAB,
        trail=(INDEX, views.ref(EVENT, node.id)),
        wide=True,
    )


def _description(views: Views, node: EventNode) -> str:
    taught = ["what was learned"] if cards.learnings_in(views, node.sessions) else []
    holds = ["the schedule" if _dated(node) else "the sessions", "the themes", *taught]
    return f"{node.record.name}, {event_entries.when(node)}: {all_of(holds)}."


def _index(views: Views) -> EventIndexView:
    by_year: dict[int, list[event_entries.EventEntry]] = {}
    for id, node in views.graph.events.items():
        by_year.setdefault(node.record.start.year, []).append(views.once(event_entries.entry, id))
    return EventIndexView(
        compared=compare.any_pair(views),
        parts=tuple(
            Part(f"year-{year}", str(year), event_entries.Events(tuple(held)))
            for year, held in by_year.items()
        ),
    )


def _inline(node: EventNode) -> bool:
    """Whether the page of an event shows its whole schedule."""
    return len(node.sessions) <= session_lists.INLINE


def schedules(node: EventNode) -> Iterator[tuple[Day, str, str]]:
    """The days of an event that are known, each with its address, and with where it is shown."""
    for day in node.days:
        if day.date:
            yield day, _day_path(node, day.date), _day_place(node, day.date)


def _day_title(node: EventNode, day: date | None) -> str:
    if day:
        return words.long_day(day)
    return "Time not known" if _dated(node) else "Sessions"


def _day_label(node: EventNode, day: date | None) -> str:
    """A day beside others of its event."""
    return f"{day:%a} {day.day} {day:%b}" if day else _day_title(node, day)


def _dated(node: EventNode) -> bool:
    """Whether the day of any session is known."""
    return any(day.date for day in node.days)


def _day_id(day: date | None) -> str:
    return day.isoformat() if day else "unscheduled"


def _day_anchor(day: date | None) -> str:
    return f"day-{_day_id(day)}"


def _day_path(node: EventNode, day: date | None) -> str:
    return f"{EVENT.path(node.id)}{_day_id(day)}/"


def _day_place(node: EventNode, day: date | None) -> str:
    inline = f"{EVENT.path(node.id)}#{_day_anchor(day)}"
    return inline if _inline(node) else _day_path(node, day)


def _highlights(views: Views, day: Day) -> Sequence[str]:
    """What to show of a day where there is no room for all: its keynotes, and the sessions that
    taught something; or all of them, if they are as few.
    """
    if len(day.sessions) <= HIGHLIGHTS:
        return day.sessions
    held = ((id, views.graph.sessions[id]) for id in day.sessions)
    chosen = [id for id, node in held if node.learnings or node.record.kind == "keynote"]
    return chosen[:HIGHLIGHTS]


def _event(views: Views, node: EventNode) -> EventView:
    record = node.record
    own_days = sum(record.start <= day.date <= record.end for day in node.days if day.date)
    return EventView(
        short=node.label,
        series=record.series,
        when=event_entries.when(node),
        where=event_entries.where(node),
        begins=record.start,
        ends=record.end,
        venue=record.venue,
        city=record.city,
        country=record.country,
        zone=record.timezone if _dated(node) else "",
        url=record.url,
        counts=words.numbers(
            (len(node.sessions), "session", "sessions"),
            (len(cards.learnings_in(views, node.sessions)), "learning", "learnings"),
            (len(set(cards.people_in(views, node.sessions))), "speaker", "speakers"),
            (own_days, "day", "days"),
        ),
        day_links=tuple(
            DayLink(Ref(_day_label(node, day.date), _day_place(node, day.date)), len(day.sessions))
            for day in node.days
        ),
        compared=compare.of_event(views, node.id),
        file=node.source.path,
        parts=_parts(views, node),
    )


def _parts(views: Views, node: EventNode) -> tuple[Part, ...]:
    learnings = cards.learning_cards(views, foremost(views.graph, node.sessions, LEARNINGS))
    proposed = (t for id in node.sessions for t in views.graph.sessions[id].suggested_themes)
    themes = EventThemes(
        cards.tallied(views, THEME, cards.themes_in(views, node.sessions), COMMON),
        cards.tallied(views, THEME, proposed, COMMON),
    )
    present = cards.organisations_in(views, node.sessions)
    organisations = cards.tallied(views, ORGANISATION, present, COMMON)
    return (
        *part("learnings", "What was learned", Highlights(learnings), when=learnings),
        *(
            Part(_day_anchor(day.date), _day_title(node, day.date), _day_part(views, node, day))
            for day in node.days
        ),
        *part("themes", "Themes", themes, when=themes.confirmed or themes.suggested),
        *part(
            "organisations",
            "Organisations most present",
            parts.Tallies(organisations),
            when=organisations,
        ),
    )


def _day_part(views: Views, node: EventNode, day: Day) -> Data:
    if day.date is None and _inline(node):
        return programme.programme(views, node.id)
    if day.date is None:
        return programme.in_brief(views, node.id, _day_path(node, None))
    if _inline(node):
        return DaySchedule(schedule.plan(views, day))
    return DayHighlights(
        cards.session_cards(views, _highlights(views, day)),
        _day_title(node, day.date),
        words.count(len(day.sessions), "session"),
        _day_path(node, day.date),
    )


def _day(views: Views, node: EventNode, day: Day, slice: paging.Slice) -> DayView:
    return DayView(
        zone=node.record.timezone,
        total=words.count(len(day.sessions), "session"),
        plan=schedule.plan(views, day, slice.start, slice.end),
        slice=slice,
        days=_days(node),
        here=_day_path(node, day.date),
    )


def _programme(views: Views, node: EventNode, day: Day, slice: paging.Slice) -> ProgrammeView:
    return ProgrammeView(
        total=words.count(len(day.sessions), "session"),
        programme=programme.programme(views, node.id, slice.start, slice.end),
        slice=slice,
        days=_days(node),
        here=_day_path(node, None),
    )


def _days(node: EventNode) -> tuple[DayLink, ...]:
    """The pages of an event's days, where there are several."""
    days = tuple(
        DayLink(Ref(_day_label(node, day.date), _day_path(node, day.date)), len(day.sessions))
        for day in node.days
    )
    return days if len(days) > 1 else ()


KIND = Kind(
    name=EVENT.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=event_facets.facets,
    tab=("Events", TAB),
    section=sections.EVENTS,
)
