"""What may stand behind a key, beside what its type says: other records, and words of the world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin
from zoneinfo import available_timezones

from babel import Locale
from pydantic import BaseModel

from kbsite import models, records
from kbsite.catalog import LEARNING, PERSON, SESSION, Thing
from kbsite.fields import Refers
from kbsite.yamlfile import Path

# Fields whose types do not say of what they hold the id
_HOLD: Mapping[tuple[type[BaseModel], str], Thing] = {
    (records.Session, "related"): SESSION,
    (records.Learning, "superseded_by"): LEARNING,
    (records.SpeakerRef, "id"): PERSON,
}


def field_at(model: type[BaseModel], path: Path) -> tuple[type[BaseModel], str] | None:
    """The record that has the field at a path, and its key; an item of a list is its list's."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    holder = models.model_at(model, path[:-1]) if path else None
    key = str(path[-1]) if path else ""
    return (holder, key) if holder is not None and key in models.keys(holder) else None


def thing_in(holder: type[BaseModel], key: str) -> Thing | None:
    """The thing that a field names."""
    if held := _HOLD.get((holder, key)):
        return held
    found = (mark.thing for names, mark in models.marked(holder, Refers) if names == (key,))
    return next(found, None)


def names_a_speaker(holder: type[BaseModel], key: str) -> bool:
    """Whether a field names one of its session's speakers."""
    return key == "by" and thing_in(holder, key) is None


def is_list(holder: type[BaseModel], key: str) -> bool:
    return any(get_origin(each) is tuple for each in _kinds(holder, key))


def words(holder: type[BaseModel], key: str) -> Iterator[tuple[str, str]]:
    """The words that a field takes, or may take among others, each with what it means."""
    yield from ((word, "") for word in models.allowed_words(holder, key))
    if bool in _kinds(holder, key):
        yield from (("true", ""), ("false", ""))
    if (holder, key) == (records.Event, "timezone"):
        yield from ((zone, "") for zone in sorted(available_timezones()))
    elif (holder, key) == (records.Event, "country"):
        yield from _countries()
    elif (holder, key) == (records.Session, "language"):
        yield from _languages()


def _kinds(holder: type[BaseModel], key: str) -> tuple[Any, ...]:
    annotation = models.keys(holder)[key].annotation
    return (annotation, *get_args(annotation))


@cache
def _countries() -> tuple[tuple[str, str], ...]:
    names = Locale("en").territories
    return tuple((code, name) for code, name in sorted(names.items()) if code.isalpha())


@cache
def _languages() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(Locale("en").languages.items(), key=lambda each: (len(each[0]), each[0])))
