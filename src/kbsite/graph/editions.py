"""Events whose own dates are those of another edition, as all their sessions tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from kbsite import cures, records
from kbsite.errors import Problem
from kbsite.graph.times import Moments, day_of
from kbsite.library import Entry

FEW = 2  # sessions that can be wrong themselves
MOST_DAYS = 31  # that sessions on days of their own make an event of


def misdated(
    events: Mapping[str, Entry[records.Event]],
    sessions: Mapping[str, Entry[records.Session]],
    whens: Mapping[str, Moments],
) -> dict[str, Problem]:
    """KB110, by the ids of events of which no session is on a day of theirs; what is held beside
    them tells nothing.
    """
    days: defaultdict[str, list[date]] = defaultdict(list)
    for own, entry in sessions.items():
        event = own.partition("/")[0]
        if event in events and entry.record.kind != "other":
            day = day_of(whens[own][0], events[event].record.day_change)
            days[event] += [day] if day else []
    return {
        event: problem
        for event, found in days.items()
        if len(found) >= FEW
        for problem in _misdated(events[event], min(found), max(found), found)
    }


def _misdated(
    entry: Entry[records.Event], first: date, last: date, days: list[date]
) -> Iterator[Problem]:
    event = entry.record
    inside = any(event.start <= day <= event.end for day in days)
    if inside or event.start > event.end or (last - first).days > MOST_DAYS:
        return
    start, end = _in_year(event, first, last) or (first, last)
    lines = {"start": str(start), "end": str(end)}
    yield entry.source.problem(
        "KB110",
        ("start",),
        f"none of its {len(days)} sessions is within the event, which lasts from {event.start} to "
        f"{event.end}",
        f"they are from {first} to {last}: write start: {start}, end: {end}",
        cures=cures.writing_all(entry.source, lines, "write the days of its sessions"),
    )


def _in_year(event: records.Event, first: date, last: date) -> tuple[date, date] | None:
    """The event's days in the year of its sessions, if they are all on these."""
    later = first.year - event.start.year
    try:
        start = event.start.replace(year=event.start.year + later)
        end = event.end.replace(year=event.end.year + later)
    except ValueError:  # the 29th of February
        return None
    return (start, end) if start <= first and last <= end else None
