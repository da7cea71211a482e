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
    there = _of_country(country, city)
    offset = _OFFSET.match(bare)
    if offset:
        hours = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        wanted = hours if offset[1] == "+" else -hours
        whole = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}"  # its signs are odd
        fixed = [whole] if whole in available_timezones() and not wanted.seconds % 3600 else []
        found = [name for name in _candidates(there) if wanted in _offsets(name, day)]
        local = [name for name in there if name in found]
        return Meaning.perhaps(*local) if local else Meaning.perhaps(*found[:MOST], *fixed)
    if text.isalpha() and len(text) <= 5:
        named = [name for name in _candidates(there) if text.upper() in _abbreviations(name, day)]
        if named:
            return _first(there, named)
    return Meaning.perhaps(*slugs.nearest(text, available_timezones()), *there)


def _first(there: Iterable[str], found: list[str]) -> Meaning:
    """Those of the event's country alone, where there are some."""
    local = [name for name in there if name in found]
    return Meaning.perhaps(*(local or found)[:MOST])


def _candidates(there: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*there, *_WELL_KNOWN]))


def _of_country(country: str, city: str) -> list[str]:
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
    return [datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 7)]


def _offsets(name: str, day: date | None) -> list[timedelta | None]:
    return [when.astimezone(ZoneInfo(name)).utcoffset() for when in _days(day)]


def _abbreviations(name: str, day: date | None) -> set[str]:
    """What the zone is called in the year of that day, in summer and in winter."""
    year = day.year if day is not None else 2026
    return {
        str(datetime(year, month, 1, 12, tzinfo=UTC).astimezone(ZoneInfo(name)).tzname())
        for month in (1, 7)
    }
