"""Time zones: which are meant by an offset, an abbreviation, or a city."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from kbsite import slugs
from kbsite.meant.meaning import Meaning

MOST = 5  # zones to choose from
# Zones of the IANA database that are no place, only hours: they are kept for old programs, and some
# know no summer time.
ABBREVIATIONS = frozenset(
    ["CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET"]
)
_WELL_KNOWN = (
    "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Amsterdam",
    "Europe/Helsinki", "Europe/Athens", "Europe/Istanbul", "Europe/Lisbon", "America/New_York",
    "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Toronto", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Anchorage",
    "America/Bogota", "America/Caracas", "America/Halifax", "America/St_Johns", "Pacific/Honolulu",
    "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Jerusalem",
    "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka",
    "Asia/Bangkok", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Taipei",
    "Asia/Seoul", "Asia/Tokyo", "Australia/Perth", "Australia/Adelaide", "Australia/Sydney",
    "Australia/Brisbane", "Pacific/Auckland", "Atlantic/Azores", "UTC",
)  # fmt: skip
_ODD = re.compile(r"Etc/GMT[-+][0-9]{1,2}\Z")
_GENERAL = {  # which are of two hours, by the time of the year
    "pt": "America/Los_Angeles", "mt": "America/Denver", "ct": "America/Chicago",
    "et": "America/New_York", "uk": "Europe/London",
}  # fmt: skip
_MORE = {  # which the database has no letters for any more
    "sgt": "+08:00", "brt": "-03:00", "art": "-03:00", "gst": "+04:00", "ict": "+07:00",
    "msk": "+03:00", "trt": "+03:00", "cot": "-05:00", "myt": "+08:00",
}  # fmt: skip
_OFFSET = re.compile(r"(?:utc|gmt|z)? ?([-+−]) ?([0-9]{1,2})(?::?([0-9]{2}))?(?: ?h)?\Z")


def zone(text: str, *, country: str = "", city: str = "", day: date | None = None) -> Meaning:
    """The zones that a text may mean, of an event of which some may be known.

    `country` is two letters. An offset or an abbreviation means zones with it on that day, or at
    any time of the year; those of the country, and the city's, come first.

    >>> zone("UTC+1", country="NL", day=date(2026, 3, 24)).values
    ('Europe/Amsterdam',)
    >>> zone("europe/amsterdam"), zone("New York").values
    (Meaning(values=('Europe/Amsterdam',), certain=True), ('America/New_York',))
    """
    bare = " ".join(text.lower().split())[:60]
    known = _by_name()
    if same := known.get(bare.replace(" ", "_")):
        return Meaning.of(*same)
    there = of_place(country, city)
    if offset := _OFFSET.match(bare.removeprefix("etc/")):
        hours = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        wanted = hours if offset[1] == "+" else -hours
        near = _with_offset(wanted, there, day)
        odd = _with_offset(-wanted, there, day) if is_odd(text) else []  # if its sign is known
        local = [name for name in (*near, *odd) if name in there]
        return Meaning.perhaps(*(local or (*near[:MOST], *odd[:MOST])))
    if text.isalpha() and len(text) <= 5:
        named = [name for name in _candidates(there) if text.upper() in _abbreviations(name, day)]
        if named:
            return _first(there, named)
    places = available_timezones() - ABBREVIATIONS
    return Meaning.perhaps(*slugs.nearest(text, places), *there)


def is_odd(text: str) -> bool:
    """Whether a zone is one of those whose sign is the other one: Etc/GMT+2 is two hours behind.

    >>> is_odd("Etc/GMT+2"), is_odd("Etc/GMT")
    (True, False)
    """
    return _ODD.match(text) is not None


def _with_offset(wanted: timedelta, there: Iterable[str], day: date | None) -> list[str]:
    return [name for name in _candidates(there) if wanted in _offsets(name, day)]


def offsets(text: str, day: date) -> tuple[str, ...]:
    """The offsets that an abbreviation, or the name of a zone, may stand for on a day.

    >>> offsets("cet", date(2026, 7, 1)), offsets("PT", date(2026, 7, 1)), offsets("hall", date.min)
    (('+01:00',), ('-07:00',), ())
    """
    if name := _GENERAL.get(text.lower()) or next(iter(_by_name().get(text.lower(), ())), ""):
        return (_as_written(_offsets(name, day)[0]),)
    if offset := _MORE.get(text.lower()):
        return (offset,)
    found = [
        _as_written(when.utcoffset())
        for name in _WELL_KNOWN
        for when in (moment.astimezone(ZoneInfo(name)) for moment in _seasons(day.year))
        if when.tzname() == text.upper()
    ]
    return tuple(dict.fromkeys(found))


def _as_written(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta()).total_seconds() / 60)
    hours, minute = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{minute:02}" if minutes else "Z"


def _first(there: Iterable[str], found: list[str]) -> Meaning:
    """Those of the event's country alone, where there are some."""
    local = [name for name in there if name in found]
    return Meaning.perhaps(*(local or found)[:MOST])


def _candidates(there: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*there, *_WELL_KNOWN]))


def of_place(country: str, city: str) -> list[str]:
    """The zones of a country, that of the city first.

    >>> of_place("NO", "Tromsø")
    ['Europe/Oslo']
    """
    zones = [
        name
        for name in get_global("territory_zones").get(country, ())
        if name in available_timezones()
    ]
    here = slugs.fold(city).replace(" ", "_")
    return sorted(zones, key=lambda name: name.lower().rpartition("/")[2] != here)[:MOST]


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Zones by their names and by the places that they are named after, in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(available_timezones() - ABBREVIATIONS):
        region, _, place = name.lower().partition("/")
        if not region.startswith(("etc", "posix", "right", "systemv")):
            found[name.lower()] = (name,)
            city = place.rpartition("/")[2]
            if city and region != "us":
                found[city] = (*found.get(city, ()), name)
    return found


def _days(day: date | None) -> list[datetime]:
    if day is not None:
        return [datetime(day.year, day.month, day.day, 12, tzinfo=UTC)]
    return _seasons(2026)


def _offsets(name: str, day: date | None) -> list[timedelta | None]:
    return [when.astimezone(ZoneInfo(name)).utcoffset() for when in _days(day)]


def _abbreviations(name: str, day: date | None) -> set[str]:
    """What the zone is called in the year of that day, in summer and in winter."""
    year = day.year if day is not None else 2026
    return {str(when.astimezone(ZoneInfo(name)).tzname()) for when in _seasons(year)}


def _seasons(year: int) -> list[datetime]:
    return [datetime(year, month, 1, 12, tzinfo=UTC) for month in (1, 7)]
