"""Cities and countries at the ends of locations: they are the event's, what is before is a room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from babel import Locale

from kbsite import slugs

_OTHER_NAMES = {
    "usa": "US", "u.s.a.": "US", "us": "US", "united states of america": "US",
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "the netherlands": "NL", "holland": "NL", "czech republic": "CZ", "turkey": "TR",
    "korea": "KR", "republic of korea": "KR", "hong kong": "HK", "uae": "AE", "viet nam": "VN",
    "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "suisse": "CH", "españa": "ES",
    "italia": "IT", "belgique": "BE", "belgië": "BE",
}  # fmt: skip
_CITY_STATES = {"SG", "HK", "MO", "MC", "VA"}
_POSTCODE = re.compile(r"^(?:[A-Z]{1,2}-)?[0-9][0-9-]{2,}[0-9](?: [A-Z]{2})?\s+")
_REGION = re.compile(r"[A-Z]{2,3}")


def country_code(name: str | None) -> str | None:
    """The two letters of a country, or None where it is not known.

    >>> country_code("USA"), country_code("The Netherlands"), country_code("Atlantis")
    ('US', 'NL', None)
    """
    folded = slugs.fold(name or "")
    return _OTHER_NAMES.get(folded) or _codes().get(folded.removeprefix("the "))


@cache
def _codes() -> dict[str, str]:
    territories: Iterable[tuple[str, str]] = Locale("en").territories.items()
    return {slugs.fold(name): code for code, name in territories if len(code) == 2}


def common_place(locations: Sequence[str]) -> tuple[str, ...]:
    """How most locations end: city, perhaps a region, and country; or nothing.

    Where no country is known it is whatever stands behind more than one room.

    >>> common_place(["Hall 1, Atlanta, GA, USA", "Hall 1, Atlanta, GA, USA", "A Pub, Decatur"])
    ('Atlanta', 'GA', 'USA')
    >>> common_place(["Level 1 | A, Elbonia City", "Level 1 | B, Elbonia City"])
    ('Elbonia City',)
    """
    known = [_parts(location) for location in locations if location]
    counts = Counter(ending for parts in known if (ending := _with_country(parts)))
    if not counts:
        rooms: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for parts in known:
            for length in range(1, min(4, len(parts))):
                counts[parts[-length:]] += 1
                rooms.setdefault(parts[-length:], set()).add(parts)
        counts = Counter({end: n for end, n in counts.items() if len(rooms[end]) > 1})
    common = [ending for ending, count in counts.items() if 2 * count >= len(known)]
    return max(common, key=lambda ending: (len(ending), ending), default=())


def city(place: Sequence[str]) -> str | None:
    """The city of a place, which is none where only a country is known."""
    if not place or (len(place) == 1 and country_code(place[0]) not in {None, *_CITY_STATES}):
        return None
    return _POSTCODE.sub("", place[0]) or place[0]


def country(place: Sequence[str]) -> str | None:
    """The country of a place, as its code where it is known."""
    if not place:
        return None
    return country_code(place[-1]) or (place[-1] if len(place) > 1 else None)


def room(location: str, place: tuple[str, ...]) -> str | None:
    """A location without the place that all have in common."""
    parts = _parts(location)
    if place and parts[-len(place) :] == place:
        parts = parts[: -len(place)]
    return ", ".join(part for part in parts if part) or None


def _parts(location: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in location.split(","))


def _with_country(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The end of a location from its city on, if it ends with a country."""
    if country_code(parts[-1]) is None:
        return ()
    length = 3 if len(parts) > 3 and _REGION.fullmatch(parts[-2]) else 2
    return parts[-length:] if len(parts) > length else parts[-1:] if len(parts) > 1 else ()
