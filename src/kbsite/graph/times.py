"""A session's times in its event's zone, and the rules that need both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePath
from typing import TypeAlias
from zoneinfo import ZoneInfo

from kbsite import cures, records
from kbsite.errors import Cure, Edit, Problem
from kbsite.graph.recordings import recording
from kbsite.library import Library
from kbsite.meant import Meaning
from kbsite.refusals import written
from kbsite.rules import end_before_start
from kbsite.sources import Source
from kbsite.wording import to_write

Moment: TypeAlias = datetime | date | None
Moments: TypeAlias = tuple[Moment, Moment]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONG = timedelta(hours=12)  # what ends after midnight is of one day, unless it lasts longer
MOST_DAYS = 31  # of one session
DAY = timedelta(days=1)
LONGEST = timedelta(hours=4)  # of a talk; what lasts longer beyond whole days is a camp of some
BESIDE = timedelta(days=1)  # how long before or after an event others are held beside it


def moments(session: records.Session, event: records.Event) -> Moments:
    """Start and end; a time without offset is in the event's zone, any other is brought there."""
    zone = ZoneInfo(event.timezone)
    return _in_zone(session.start, zone), _in_zone(session.end, zone)


def _in_zone(when: Moment, zone: ZoneInfo) -> Moment:
    if not isinstance(when, datetime):
        return when
    return when.replace(tzinfo=zone) if when.tzinfo is None else when.astimezone(zone)


def _day(when: datetime | date) -> date:
    return when.date() if isinstance(when, datetime) else when


def day_of(when: Moment, change: time | None) -> date | None:
    """The day that something in the event's zone belongs to, if days last until `change`."""
    if isinstance(when, datetime) and change is not None:
        when -= timedelta(hours=change.hour, minutes=change.minute)
    return _day(when) if when is not None else None


def days_of(start: Moment, end: Moment, change: time | None = None) -> tuple[date, ...]:
    """Every day that something belongs to, likewise: more than one only if it lasts that long."""
    first = day_of(start, change)
    if first is None:
        return ()
    last = first
    if isinstance(start, datetime) and isinstance(end, datetime):
        if change is None and start.date() == end.date():
            return (first,)
        if end.astimezone(UTC) - start.astimezone(UTC) > LONG:
            last = day_of(end - timedelta(microseconds=1), change) or first
    elif end is not None:
        last = _day(end)
    count = min((last - first).days + 1, MOST_DAYS)
    return tuple(first + timedelta(days=at) for at in range(max(1, count)))


def end_of(start: Moment, end: Moment) -> datetime | None:
    """When a session ends, in UTC, if the hour is known and later than its start.

    Times of one zone are compared as clocks show them; only in UTC do they follow each other.
    """
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    until = end.astimezone(UTC)
    return until if until > start.astimezone(UTC) else None


def check_times(
    session: records.Session,
    event: records.Event,
    when: Moments,
    source: Source,
    *,
    dated: bool = True,
) -> Iterator[Problem]:
    """An end before its start, a day outside the event (if that is `dated`), a timestamp past the
    end.
    """
    yield from _timestamps(session, when, source)
    yield from _skipped(session, event, source)
    start, end = when
    first = day_of(start, event.day_change)
    if start is None or first is None:
        return
    beside = BESIDE if session.kind == "other" else timedelta()
    dated = dated and event.start <= event.end  # or its own mistake is told, and is enough
    outside = dated and max(event.start - first, first - event.end) > beside
    if outside:
        yield _outside(session, event, "start", first, source)
    if end is None:
        return
    if dated and not outside and (_day(end) - event.end).days > 1:
        yield _outside(session, event, "end", _day(end), source)
        return
    if isinstance(start, datetime) and isinstance(end, datetime):
        if end.astimezone(UTC) < start.astimezone(UTC):
            mixed = _has_offset(session.start) != _has_offset(session.end)
            if not mixed:  # as they are written
                end, start = session.end or end, session.start or start
            yield end_before_start(source, end, start)
        else:
            yield from _odd_length(session, end.astimezone(UTC) - start.astimezone(UTC), source)
    else:
        last = _day(end)
        if last < _day(start):
            yield end_before_start(source, last, _day(start))


def _odd_length(session: records.Session, length: timedelta, source: Source) -> Iterator[Problem]:
    """KB125: no time at all, or days beyond the time of a talk."""
    start, end = session.start, session.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return
    if length and (length < DAY or length % DAY > LONGEST):
        return
    if not length:
        yield source.problem(
            "KB125",
            ("end",),
            "the session ends when it begins",
            "write when it ends, or remove the end if that is not known",
            cures=cures.removing(source, ("end",), "remove the end"),
        )
        return
    hours = length.total_seconds() / 3600
    sooner = end - length // DAY * DAY
    short = [] if sooner == start else [sooner.isoformat(timespec="minutes")]
    days = {"start": str(start.date()), "end": str(_day(end))}
    found = [
        *written(source, ("end",), Meaning.perhaps(*short)),
        *cures.writing_all(source, days, "write days without hours"),
    ]
    yield source.problem(
        "KB125",
        ("end",),
        f"the session lasts {hours:g} hours",
        "".join(f"write end: {each}; or, of several days, " for each in short)
        + f"start: {days['start']} and end: {days['end']}",
        cures=found,
    )


def _skipped(session: records.Session, event: records.Event, source: Source) -> Iterator[Problem]:
    """KB107: an hour that the event's clocks leave out when summer time begins."""
    zone = ZoneInfo(event.timezone)
    for field, when in (("start", session.start), ("end", session.end)):
        if not isinstance(when, datetime) or when.tzinfo is not None:
            continue
        shown = when.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if shown != when:
            later = Meaning.perhaps(shown.isoformat(timespec="minutes"))
            yield source.problem(
                "KB107",
                (field,),
                f"no clock in {event.timezone} showed {when:%H:%M} on {when:%Y-%m-%d}: summer time "
                "began",
                to_write(later.values),
                cures=written(source, (field,), later),
            )


def _outside(
    session: records.Session, event: records.Event, field: str, day: date, source: Source
) -> Problem:
    near = [*_within(session, event, day)] if field == "start" else []
    return source.problem(
        "KB110",
        (field,),
        f"{day} is outside the event, which lasts from {event.start} to {event.end}",
        " or ".join(
            "write " + ", ".join(f"{key}: {value}" for key, value in each.items()) for each in near
        )
        or f"check the session's {field}, and the event's dates in event.yaml",
        cures=[
            cure
            for each in near
            for cure in cures.writing_all(source, each, "write a day of the event")
        ],
    )


def _within(session: records.Session, event: records.Event, day: date) -> Iterator[dict[str, str]]:
    """What the session's start and end may say instead, of a slip in the month or the year."""
    if session.start is None or _day(session.start) != day:
        return
    slips = ((day.year, day.day, day.month), (event.start.year, day.month, day.day))
    for year, month, number in slips:
        try:
            other = date(year, month, number)
        except ValueError:
            continue
        if not event.start <= other <= event.end:
            continue
        moved = other - day
        wanted = {"start": session.start + moved}
        if session.end is not None and _day(session.end) == day:
            wanted["end"] = session.end + moved
        yield {
            key: when.isoformat(timespec="minutes") if isinstance(when, datetime) else str(when)
            for key, when in wanted.items()
        }


def _has_offset(when: Moment) -> bool:
    return isinstance(when, datetime) and when.tzinfo is not None


def _timestamps(session: records.Session, when: Moments, source: Source) -> Iterator[Problem]:
    """KB111: a place in the video that lies before or past the session."""
    places = [(("learnings", at, "at"), each.at) for at, each in enumerate(session.learnings)]
    places += [(("quotes", at, "at"), each.at) for at, each in enumerate(session.quotes)]
    if not places:
        return
    video = recording(session)
    begin, length = video.start if video else 0, _length(*when)
    for path, second in places:
        if second is None:
            continue
        if second < begin:
            message = f"{clock(second)} is before {clock(begin)}, where the session begins"
            hint = "write where it is in the video; or check the start of the link to it"
        elif length and second - begin > length:
            message = f"{clock(second)} is past the end of a session of {length // 60} minutes"
            message += f" that begins at {clock(begin)}" if begin else ""
            hint = "check the timestamp, and the session's start and end"
        else:
            continue
        hours = second // 60  # that were written for minutes, with seconds behind them
        fits = not second % 60 and begin <= hours <= begin + (length or hours)
        yield source.problem(
            "KB111",
            path,
            message,
            f"{to_write([clock(hours)])}; or {hint}" if fits and length else hint,
            cures=cures.writing(source, path, clock(hours)) if fits and length else (),
        )


def _length(start: Moment, end: Moment) -> int:
    """How many seconds something lasts; 0 where that is not known."""
    until = end_of(start, end)
    if until is None or not isinstance(start, datetime):
        return 0
    return int((until - start).total_seconds())


def clock(seconds: int) -> str:
    """Seconds as people write a place in a video.

    >>> clock(750), clock(3750)
    ('12:30', '1:02:30')
    """
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def settled(problems: Iterable[Problem], library: Library) -> Iterator[Problem]:
    """The problems, those with a day that can be several with the day of its event first."""
    for problem in problems:
        entry = library.events.get(PurePath(problem.file).parent.name)
        if entry is None or problem.code != "KB107" or problem.field not in ("start", "end"):
            yield problem
            continue
        days = [_day_written(cure) for cure in problem.cures]
        if not all(days) or len(days) < 2:
            yield problem
            continue
        event = entry.record
        ranked = sorted(problem.cures, key=lambda cure: not _is_on(event, _day_written(cure)))
        yield replace(problem, cures=tuple(ranked), hint=to_write([*map(_written, ranked)]))


def _day_written(cure: Cure) -> str:
    """The day that a cure writes, if that is all it does."""
    found = _DAY.match(_written(cure))
    return found[0] if found else ""


def _written(cure: Cure) -> str:
    """What a cure writes, if that is one value."""
    change = cure.changes[0]
    return change.new.strip("'\"") if isinstance(change, Edit) and len(cure.changes) == 1 else ""


def _is_on(event: records.Event, day: str) -> bool:
    return event.start.isoformat() <= day <= event.end.isoformat()
