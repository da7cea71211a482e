"""What is written under several keys and is one value here, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from kbsite import cures, models, records
from kbsite.errors import Problem
from kbsite.meant import times, words
from kbsite.shapes import as_each, fits, mapping_at
from kbsite.sources import Path, Source
from kbsite.wording import lines_of, shown

_FIRST = frozenset({
    "first_name", "firstname", "first", "given_name", "forename", "vorname", "prénom", "prenom",
})  # fmt: skip
_LAST = frozenset({
    "last_name", "lastname", "last", "surname", "family_name", "nachname", "apellido", "apellidos",
})  # fmt: skip
_DAY = frozenset({"date", "day", "datum", "fecha", "start_date", "startdate", "on", "start"})
_BEGIN = frozenset({"start", "time", "start_time", "starttime", "begin", "begins", "from", "hour"})
_END = frozenset({"end", "end_time", "endtime", "until", "to", "ends", "finish"})
_NUMBERED = re.compile(r"(?P<word>[A-Za-z]+)[ _-]?[0-9]{1,2}\Z")
_DAYS = frozenset({"date", "dates", "days", "when", "datum", "fecha", "start"})


_Found: TypeAlias = tuple[list[str], Mapping[str, Any]] | None  # keys, and what they say


class Parts(NamedTuple):
    """Keys of one mapping, the first of which that is none of a record, and what they say in its
    keys.
    """

    keys: tuple[str, ...]
    first: str
    values: Mapping[str, Any]


def parts(model: type[BaseModel], given: Mapping[str, Any]) -> Parts | None:
    """What some keys of a mapping, which is a record of `model`, say together.

    >>> parts(records.SpeakerRef, {"first_name": "Ada", "last_name": "Example"}).values
    {'name': 'Ada Example'}
    >>> parts(records.Session, {"date": "2026-03-24", "start": "10:15", "end": "10:45"}).values
    {'start': '2026-03-24T10:15', 'end': '2026-03-24T10:45'}
    """
    by_word = {str(key).lower().replace(" ", "_").replace("-", "_"): key for key in given}
    found = _numbered(model, given)
    if model is records.SpeakerRef and "name" not in given:
        found = found or _name(by_word, given)
    elif model is records.Session:
        found = found or _hours(by_word, given)
    elif model is records.Event:
        found = found or _days(by_word, given)
    elif model is records.Link:
        found = found or _turned(given)
    if found is None:
        return None
    unknown = [key for key in given if key in found[0] and key not in models.keys(model)]
    return Parts(tuple(found[0]), (unknown or found[0])[0], found[1])


def _numbered(model: type[BaseModel], given: Mapping[str, Any]) -> _Found:
    """The items of one list under a key each, with numbers."""
    known = models.keys(model)
    by_list: dict[str, list[str]] = {}
    for key in given:
        if key not in known and (found := _NUMBERED.match(str(key))):
            word = found["word"].lower()
            name = word if word in known else f"{word}s"
            by_list.setdefault(name, []).append(key)
    for name, keys in by_list.items():
        if len(keys) > 1 and name in known and name not in given:
            inner = models.model_at(model, (name,))
            for items in as_each(inner, [given[key] for key in keys]).values:
                if fits(model, name, items):
                    return keys, {name: items}
    return None


def _text(words: frozenset[str], by_word: Mapping[str, str], given: Mapping[str, Any]) -> list[str]:
    """The keys of `given` that are some of these words, and have a text behind them."""
    return [key for word, key in by_word.items() if word in words and isinstance(given[key], str)]


def _name(by_word: Mapping[str, str], given: Mapping[str, Any]) -> _Found:
    first, last = _text(_FIRST, by_word, given), _text(_LAST, by_word, given)
    if len(first) != 1 or len(last) != 1:
        return None
    whole = " ".join(f"{given[first[0]]} {given[last[0]]}".split())
    return ([*first, *last], {"name": whole}) if fits(records.SpeakerRef, "name", whole) else None


def _hours(by_word: Mapping[str, str], given: Mapping[str, Any]) -> _Found:
    """A day of its own, and the hours of it."""
    days = {key: times.day(given[key]).values for key in _text(_DAY, by_word, given)}
    days = {key: found for key, found in days.items() if len(found) == 1}
    if len(days) != 1:
        return None
    ((day_key, (day,)),) = days.items()
    begins = [key for key in _text(_BEGIN, by_word, given) if key != day_key]
    ends = [key for key in _text(_END, by_word, given) if times.clock(given[key])]
    if len(begins) != 1 or len(ends) > 1:
        return None
    if not ends and (both := times.span(f"{day} {given[begins[0]]}")):
        return [day_key, *begins], dict(zip(("start", "end"), both, strict=True))
    begin, end = times.clock(given[begins[0]]), times.clock(given[ends[0]]) if ends else None
    if begin is None or (end is not None and end <= begin):
        return None
    values = {"start": f"{day}T{begin}"} | ({"end": f"{day}T{end}"} if end else {})
    return [day_key, *begins, *ends], values


def _days(by_word: Mapping[str, str], given: Mapping[str, Any]) -> _Found:
    """The first and the last day of an event under one key."""
    keys = _text(_DAYS, by_word, given)
    both = times.days(given[keys[0]]) if len(keys) == 1 and "end" not in given else None
    return (keys, dict(zip(("start", "end"), both, strict=True))) if both else None


def _turned(given: Mapping[str, Any]) -> _Found:
    """The address of a link and its kind, each in the other's place."""
    kind, url = given.get("kind"), given.get("url")
    if not isinstance(kind, str) or not isinstance(url, str) or not fits(records.Link, "url", kind):
        return None
    found = words.word(url, models.allowed_words(records.Link, "kind")).values
    return (["kind", "url"], {"kind": found[0], "url": kind}) if len(found) == 1 else None


def problem(
    model: type[BaseModel], path: Path, data: Mapping[str, Any], source: Source
) -> tuple[Problem, frozenset[Path]] | None:
    """What is said of the mapping at a path, and the paths of which nothing else is to be said."""
    holder = models.model_at(model, path) or model
    found = parts(holder, mapping_at(data, path))
    if found is None:
        return None
    names = " and ".join(f"'{key}'" for key in found.keys)
    is_known = found.first in models.keys(holder)
    told = source.problem(
        "KB105" if is_known and len(found.keys) > 1 else "KB101",
        (*path, found.first),
        _said_of(holder, found),
        f"write {names} so:\n{lines_of(dict(found.values))}",
        key=not is_known or len(found.keys) == 1,
        cures=cures.joining(source, path, found.keys, found.values, "write it so"),
    )
    return told, frozenset((*path, key) for key in (*found.keys, *found.values))


def _said_of(holder: type[BaseModel], found: Parts) -> str:
    if found.first not in models.keys(holder):
        return f"unknown key {shown(found.first)}"
    if len(found.keys) > 1:
        return f"{' and '.join(map(repr, found.keys))} stand in each other's place"
    return f"'{found.first}' says two things"
