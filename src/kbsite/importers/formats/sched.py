"""Sched's iCalendar export, which KubeCon uses, to a Schedule.

Sched writes times in UTC, the track as the only category, and everybody's name into the title;
the location ends with the city and country of the event.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from icalendar import Calendar, Component

from kbsite.importers import cleaning
from kbsite.importers.formats import places
from kbsite.importers.schedule import Entry, Schedule, SourceError, Text

_PRODUCT = re.compile(r"-//Sched(?:\.com)? (?P<name>.+?)//")
_BEGIN = re.compile(rb"^BEGIN:VEVENT[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(rb"^END:VCALENDAR\s*\Z", re.MULTILINE | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SCHED_PAGE = re.compile(r"http://(?=[\w-]+\.sched\.com/)")
_EXPORT = "export the calendar again, from the schedule's page: Mobile app + iCal"


def parse(data: bytes) -> Schedule:
    """The entries of an iCalendar file. Raises SourceError."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    calendar = _calendar(data)
    starts = list(_lines_of_entries(data))
    events = calendar.walk("VEVENT")
    lines = starts if len(starts) == len(events) else [0] * len(events)
    locations = [cleaning.line(_text(event, "LOCATION")) for event in events]
    place = places.common_place(locations)
    entries = [
        _entry(event, line, places.room(location, place) or "")
        for event, line, location in zip(events, lines, locations, strict=True)
    ]
    name = cleaning.line(_text(calendar, "X-WR-CALNAME"))
    product = _PRODUCT.search(_text(calendar, "PRODID"))
    zone = _text(calendar, "X-WR-TIMEZONE").strip()
    return Schedule(
        system="sched",
        name=name,
        title=cleaning.line(product["name"]) if product else name if " " in name else None,
        timezone=zone if zone in available_timezones() and zone not in ("UTC", "Etc/UTC") else None,
        city=places.city(place),
        country=places.country(place),
        url=_site(entries),
        entries=tuple(entries),
    )


def _lines_of_entries(data: bytes) -> Iterator[int]:
    line, counted = 1, 0
    for match in _BEGIN.finditer(data):
        line += data.count(b"\n", counted, match.start())
        counted = match.start()
        yield line


def _calendar(data: bytes) -> Component:
    if not data.lstrip()[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise SourceError(
            "this is not an iCalendar file: it does not begin with BEGIN:VCALENDAR", _EXPORT, 1
        )
    if not _END.search(data):
        raise SourceError(
            "the calendar is cut off: it does not end with END:VCALENDAR",
            "download it again; nothing of a part is imported, as the rest would seem withdrawn",
            data.count(b"\n") + 1,
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8",
            data.count(b"\n", 0, error.start) + 1,
        ) from None
    try:
        return Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        said = " ".join(str(error).split())[:120]
        raise SourceError(f"this is not an iCalendar file that can be read: {said}", _EXPORT) from (
            None
        )


def _text(component: Component, name: str) -> str:
    value = component.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else _decoded(str(value))


def _decoded(text: str) -> str:
    """`text` with HTML's names of characters, which Sched leaves in, as the characters."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _entry(event: Component, line: int, room: str) -> Entry:
    notes: list[str] = []
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    title = cleaning.line(_text(event, "SUMMARY"))
    wrong = None
    if not title:
        wrong = "it has no title (SUMMARY)"
    elif isinstance(start, str) or isinstance(end, str):
        wrong = f"its time cannot be read: {start if isinstance(start, str) else end}"
    if isinstance(start, str):
        start = None
    if isinstance(end, str):
        end = None
    if end is None and isinstance(start, datetime):
        end = _after(event, start)
    if end is not None and not isinstance(end, datetime):
        end -= timedelta(days=1)  # the day after the last
        if not isinstance(start, datetime) and start is not None and end < start:
            end = start
    if "RRULE" in event or "RDATE" in event:
        notes.append("it repeats, and only its first date was taken over")
    page = cleaning.web(_text(event, "URL"))
    description = _text(event, "DESCRIPTION").strip()
    return Entry(
        id=cleaning.line(_text(event, "UID")) or None,
        title=title,
        line=line,
        url=_SCHED_PAGE.sub("https://", page) if page else None,
        start=start,
        end=end,
        room=cleaning.room(room, notes),
        tracks=_categories(event),
        text=Text(text=description, format="plain") if description else None,
        cancelled=_text(event, "STATUS").upper() == "CANCELLED",
        wrong=wrong,
        notes=tuple(notes),
    )


def _moment(event: Component, name: str) -> datetime | date | str | None:
    """A moment, or nothing, or as text what cannot be read as one."""
    if name not in event:
        broken: Sequence[Any] = event.errors
        return next((" ".join(str(why).split()) for key, why in broken if key == name), None)
    try:
        value = event.decoded(name)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        return " ".join(str(error).split())
    return value if isinstance(value, date) else f"'{cleaning.line(str(event[name]))[:40]}'"


def _after(event: Component, start: datetime) -> datetime | None:
    if "DURATION" not in event:
        return None
    try:
        length = event.decoded("DURATION")
        return start + length if isinstance(length, timedelta) else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _categories(event: Component) -> tuple[str, ...]:
    value = event.get("CATEGORIES")
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    names = [name for part in parts for name in getattr(part, "cats", [part])]
    lines = (cleaning.short(_decoded(str(name))) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))


def _site(entries: Sequence[Entry]) -> str | None:
    """The schedule's own address, which most entries' pages begin with."""
    sites = Counter(
        match[0]
        for entry in entries
        if entry.url and (match := re.match(r"https?://[^/]+/", entry.url))
    )
    return max(sites.items(), key=lambda item: (item[1], item[0]))[0] if sites else None
