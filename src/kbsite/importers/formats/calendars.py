"""The bytes of an iCalendar file to its components, and the values in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Component

from kbsite.importers import cleaning
from kbsite.importers.schedule import SourceError

_BEGIN = re.compile(rb"^BEGIN:VEVENT[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(rb"^END:VCALENDAR\s*\Z", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
# A name of a zone has at most some thirty letters; a longer one is no name of a file either.
_LONG_ZONE = re.compile(rb"(;TZID=\"?[^\":;\r\n]{64})[^\":;\r\n]+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_EXPORT = "export the calendar again; at Sched, from the schedule's page: Mobile app + iCal"


def lines_of_entries(data: bytes) -> Iterator[int]:
    """The line in which each entry of the file begins."""
    line, counted = 1, 0
    for match in _BEGIN.finditer(data):
        line += data.count(b"\n", counted, match.start())
        counted = match.start()
        yield line


def calendar(data: bytes) -> Component:
    """The whole calendar. Raises SourceError."""
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
    unfolded = _FOLD.sub(b"", data)  # first, as a line may be folded inside a letter
    try:
        text = _LONG_ZONE.sub(rb"\1", unfolded).decode()
    except UnicodeDecodeError as error:
        raise _no_utf8(data, error) from None
    try:
        return Calendar.from_ical(text)
    except (
        ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError,
        OSError,
    ) as error:  # fmt: skip
        said = " ".join(str(error).split())[:120]
        raise SourceError(f"this is not an iCalendar file that can be read: {said}", _EXPORT) from (
            None
        )


def _no_utf8(data: bytes, error: UnicodeDecodeError) -> SourceError:
    """What is wrong, with the line in the file, in which lines are folded still."""
    wrong: bytes = error.object
    at = error.start
    for fold in _FOLD.finditer(data):
        if fold.start() > at:
            break
        at += fold.end() - fold.start()
    return SourceError(
        f"the byte 0x{wrong[error.start]:02X} is not UTF-8",
        "save the file as UTF-8",
        data.count(b"\n", 0, at) + 1,
    )


def text(component: Component, name: str) -> str:
    """The first value of that name as text, or nothing."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else decoded(str(value))


def decoded(words: str) -> str:
    """`words` with HTML's names of characters, which Sched leaves in, as the characters."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), words)


def times(
    event: Component, notes: list[str]
) -> tuple[datetime | date | None, datetime | date | None, str | None]:
    """When an entry begins and ends, and why that cannot be read; with notes of what was left."""
    start, end = _moment(event, "DTSTART", notes), _moment(event, "DTEND", notes)
    wrong = next((said for said in (start, end) if isinstance(said, str)), None)
    if wrong is not None:
        return None, None, f"its time cannot be read: {wrong}"
    begins, ends = _as_time(start), _as_time(end)
    if ends is None and isinstance(begins, datetime):
        ends = _after(event, begins)
    if ends is not None and not isinstance(ends, datetime):
        ends = max(ends, date.min + timedelta(days=1)) - timedelta(days=1)  # after the last
        if begins is not None and not isinstance(begins, datetime) and ends < begins:
            ends = begins
    return begins, ends, None


def _as_time(value: datetime | date | str | None) -> datetime | date | None:
    return None if isinstance(value, str) else value


def _moment(event: Component, name: str, notes: list[str]) -> datetime | date | str | None:
    """A moment, or nothing, or as text what cannot be read as one."""
    if name not in event:
        broken: Sequence[Any] = event.errors
        return next((" ".join(str(why).split()) for key, why in broken if key == name), None)
    try:
        value = event.decoded(name)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        return " ".join(str(error).split())
    if not isinstance(value, date):
        return f"'{cleaning.line(str(event[name]))[:40]}'"
    zone = getattr(event[name], "params", {}).get("TZID")
    if zone and isinstance(value, datetime) and value.tzinfo is None:
        said = f"its zone {cleaning.line(str(zone))[:40]!r} is unknown; that of the event was taken"
        notes += [said] if said not in notes else []
    moment: date = value
    return moment


def _after(event: Component, start: datetime) -> datetime | None:
    if "DURATION" not in event:
        return None
    try:
        length = event.decoded("DURATION")
        return start + length if isinstance(length, timedelta) else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def categories(event: Component) -> tuple[str, ...]:
    """Each category once."""
    value = event.get("CATEGORIES")
    if value is None:
        return ()
    parts = value if isinstance(value, list) else [value]
    names = [name for part in parts for name in getattr(part, "cats", [part])]
    lines = (cleaning.short(decoded(str(name))) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))
