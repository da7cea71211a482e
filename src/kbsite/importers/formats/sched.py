"""iCalendar exports to a Schedule: Sched's, which KubeCon uses, and those of other systems.

Sched writes times in UTC, the track as the only category, and everybody's name into the title;
the location ends with the city and country of the event. Other systems name people as organisers,
or in lines of the description; what else they write there is nobody's company.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from icalendar import Component

from kbsite.importers import cleaning
from kbsite.importers.formats import calendars, places
from kbsite.importers.schedule import Entry, Person, Schedule

_PRODUCT = re.compile(r"-//Sched(?:\.com)? (?P<name>.+?)//")
_SCHED = re.compile(r"-//Sched\b", re.IGNORECASE)
_SCHED_PAGE = re.compile(r"http://(?=[\w-]+\.sched\.com/)")
_SPEAKER = re.compile(
    r"^\W{0,4}(?:speaker|presenter|vortragende[rn]?|referent(?:in)?|sprecher(?:in)?)"
    r"(?P<several>s|\(s\)|en|innen)?\s*:\s*(?P<names>\S[^\n]{0,300})$",
    re.IGNORECASE | re.MULTILINE,
)
_AND = re.compile(r"\s*(?:;|\s&\s|\sand\s|\sund\s)\s*")
_BEHIND_A_NAME = re.compile(r"\s*[(\[<|].*|\s[-–—]\s.*")


def parse(data: bytes) -> Schedule:
    """The entries of an iCalendar file. Raises SourceError."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    calendar = calendars.calendar(data)
    starts = list(calendars.lines_of_entries(data))
    events = calendar.walk("VEVENT")
    lines = starts if len(starts) == len(events) else [0] * len(events)
    locations = [cleaning.line(calendars.text(event, "LOCATION")) for event in events]
    place = places.common_place(locations)
    maker = calendars.text(calendar, "PRODID")
    is_sched = _SCHED.match(maker) is not None
    hosts = frozenset() if is_sched else _hosts(calendar, events)
    entries = [
        _entry(event, line, places.room(location, place) or "")
        if is_sched
        else _named(_entry(event, line, places.room(location, place) or ""), event, hosts)
        for event, line, location in zip(events, lines, locations, strict=True)
    ]
    name = cleaning.line(calendars.text(calendar, "X-WR-CALNAME"))
    product = _PRODUCT.search(maker)
    zone = calendars.text(calendar, "X-WR-TIMEZONE").strip()
    return Schedule(
        system="sched" if is_sched else "ical",
        name=name,
        title=cleaning.line(product["name"]) if product else name if " " in name else None,
        timezone=zone if zone in _zones() and zone not in ("UTC", "Etc/UTC") else None,
        city=places.city(place),
        country=places.country(place),
        url=_site(entries),
        entries=tuple(entries),
    )


@cache
def _zones() -> frozenset[str]:
    """The zones that there are, asked of the disk once."""
    return frozenset(available_timezones())


def _entry(event: Component, line: int, room: str) -> Entry:
    notes: list[str] = []
    start, end, wrong = calendars.times(event, notes)
    title = cleaning.line(calendars.text(event, "SUMMARY"))
    if "RRULE" in event or "RDATE" in event:
        notes.append("it repeats, and only its first date was taken over")
    page = cleaning.web(calendars.text(event, "URL"))
    return Entry(
        id=cleaning.line(calendars.text(event, "UID")) or None,
        title=title,
        line=line,
        url=_SCHED_PAGE.sub("https://", page) if page else None,
        start=start,
        end=end,
        room=cleaning.room(room, notes),
        tracks=calendars.categories(event),
        text=cleaning.joined([calendars.text(event, "DESCRIPTION")], "plain"),
        cancelled=calendars.text(event, "STATUS").upper() == "CANCELLED",
        wrong=wrong if title else "it has no title (SUMMARY)",
        notes=tuple(notes),
    )


# People, where the title does not hold them


def _named(entry: Entry, event: Component, hosts: frozenset[str]) -> Entry:
    """An entry with those who are its organisers, or named as speakers in its description."""
    organisers = [name for name in _organisers(event) if name not in hosts]
    text = entry.text.text if entry.text else ""
    people = [Person(name=name) for name in (*_speakers(text), *organisers)]
    return replace(entry, people=cleaning.people(people))


def _hosts(calendar: Component, events: Sequence[Component]) -> frozenset[str]:
    """Organisers that are no speakers: the calendar's own name, and whoever organises it all."""
    named = Counter(name for event in events for name in set(_organisers(event)))
    always = {name for name, times in named.items() if times > 2 and 2 * times > len(events)}
    return frozenset({cleaning.line(calendars.text(calendar, "X-WR-CALNAME")), *always})


def _organisers(event: Component) -> Iterator[str]:
    value = event.get("ORGANIZER")
    for organiser in value if isinstance(value, list) else [value]:
        name = cleaning.line(str(getattr(organiser, "params", {}).get("CN", "")))
        if name and "@" not in name:
            yield name


def _speakers(text: str) -> Iterator[str]:
    """Names in lines as "Speakers: A Name, B Name" or "Speaker: A Name, her company".

    What stands behind the comma of one speaker may be anything, and is left out.
    """
    for found in _SPEAKER.finditer(text):
        for part in _AND.split(found["names"]):
            names = part.split(",") if found["several"] else part.split(",")[:1]
            for name in names:
                if bare := cleaning.line(_BEHIND_A_NAME.sub("", name)).strip(" .*_"):
                    yield bare


def _site(entries: Sequence[Entry]) -> str | None:
    """The schedule's own address, which most entries' pages begin with."""
    sites = Counter(
        match[0]
        for entry in entries
        if entry.url and (match := re.match(r"https?://[^/]+/", entry.url))
    )
    return max(sites.items(), key=lambda item: (item[1], item[0]))[0] if sites else None
