"""Events whose own dates are those of another edition, as their sessions or their names tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from kbsite import cures, records, slugs
from kbsite.errors import Problem
from kbsite.graph.times import Moments, day_of
from kbsite.library import Entry
from kbsite.wording import shown

FEW = 2  # sessions that can be wrong themselves
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
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


def misnamed(events: Mapping[str, Entry[records.Event]]) -> Iterator[Problem]:
    """KB131: a year in the name or the id of an event that is not its own, or another's name."""
    named: dict[str, str] = {}
    for own, entry in sorted(events.items(), key=lambda item: (item[1].record.start, item[0])):
        name = entry.record.name
        other = named.setdefault(slugs.name_key(name), own)
        if wrong := _of_another_year(own, entry):
            yield wrong
        elif other != own:
            year = str(entry.record.start.year)
            better = f"{name} {year}" if year not in name else ""
            yield entry.source.problem(
                "KB131",
                ("name",),
                f"the event '{other}' is called {shown(name)} too",
                "write what tells the two apart" + (f", as name: {better}" if better else ""),
                cures=cures.writing(entry.source, ("name",), better) if better else (),
            )


def _of_another_year(own: str, entry: Entry[records.Event]) -> Problem | None:
    event, source = entry.record, entry.source
    days = {str(event.start.year), str(event.end.year)}
    in_id, in_name = set(_YEAR.findall(own)), set(_YEAR.findall(event.name))
    wrong = [each for each in (in_id, in_name) if each and each.isdisjoint(days)]
    if not wrong:
        return None
    year = min(wrong[-1])
    if len(wrong) == 2 or not (in_id and in_name):  # nothing says that the days are right
        start, end = (_with_year(day, event, year) for day in (event.start, event.end))
        return source.problem(
            "KB131",
            ("start",),
            f"the event begins in {event.start.year}, and is called {shown(event.name)}"
            if in_name
            else f"the event begins in {event.start.year}, and its folder is {own}",
            f"write start: {start}, end: {end}, if the days are wrong",
            cures=cures.writing_all(source, {"start": start, "end": end}, "write the other year"),
        )
    right = str(event.start.year)
    if wrong[0] is in_name:
        name = _YEAR.sub(right, event.name)
        return source.problem(
            "KB131",
            ("name",),
            f"the event is of {right}, and called {shown(event.name)}",
            f"write name: {name}",
            cures=cures.writing(source, ("name",), name),
        )
    return source.problem(
        "KB131",
        ("start",),
        f"the event begins in {right}, and its folder is {own}",
        f"rename the folder: kbsite rename event {own} {_YEAR.sub(right, own)}",
    )


def _with_year(day: date, event: records.Event, year: str) -> str:
    """A day of an event that began in another year; the 29th of February has none there."""
    later = int(year) - event.start.year
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return str(day.replace(year=day.year + later, day=last))


def _in_year(event: records.Event, first: date, last: date) -> tuple[date, date] | None:
    """The event's days in the year of its sessions, if they are all on these."""
    later = first.year - event.start.year
    try:
        start = event.start.replace(year=event.start.year + later)
        end = event.end.replace(year=event.end.year + later)
    except ValueError:  # the 29th of February
        return None
    return (start, end) if start <= first and last <= end else None
