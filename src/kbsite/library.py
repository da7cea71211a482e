"""What was loaded: records by id, each with the file it came from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from kbsite import slugs
from kbsite.catalog import EVENT, SESSION, THEME, Thing
from kbsite.leftout import NOBODY, LeftOut
from kbsite.records import Event, Session, Theme
from kbsite.sources import Source

M_co = TypeVar("M_co", bound=BaseModel, covariant=True)

BROKEN_LIMIT = 200  # files that are searched for what they would have named


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Generic[M_co]):
    """A record and its file; `lost` names the fields that are not what the file says.

    A `stand_in` takes the place of a record that is missing or cannot be used: nothing it says is
    so.
    """

    id: str
    record: M_co
    source: Source
    lost: frozenset[str] = frozenset()
    stand_in: bool = False


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything under one root, each mapping sorted by id.

    `records` are those of each thing, by its name in the catalogue. `pages` holds every
    hand-written Markdown page by its path inside content/, `assets` the other files there.
    `unreadable` maps the thing's name and the id of each record that exists but could not be used
    at all to its text; they have problems of their own, and links to them are not reported. `files`
    are the paths from the root of all that was read, and of the assets. `left_out` is who asked to
    be in none of it.
    """

    records: Mapping[str, Mapping[str, Entry[Any]]] = field(default_factory=dict)
    pages: Mapping[str, Source] = field(default_factory=dict)
    assets: tuple[str, ...] = ()
    unreadable: Mapping[tuple[str, str], str] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    left_out: LeftOut = NOBODY

    def of(self, thing: Thing) -> Mapping[str, Entry[Any]]:
        """The records of one kind of thing, by id."""
        return self.records.get(thing.name, {})

    @property
    def events(self) -> Mapping[str, Entry[Event]]:
        return self.of(EVENT)

    @property
    def sessions(self) -> Mapping[str, Entry[Session]]:
        return self.of(SESSION)

    @property
    def themes(self) -> Mapping[str, Entry[Theme]]:
        return self.of(THEME)

    def may_hold(self, word: str, things: Container[str], *, asking: str) -> bool:
        """Whether `word` stands in a record of `things` that could not be read as it was meant.

        What such a record would have named is not known, so a name that the file `asking` uses and
        that is found nowhere else is perhaps one of its own, and is not reported as missing.
        """
        folded = slugs.fold(word)
        return any(
            folded in text
            for thing, path, text in self._broken
            if thing in things and path != asking
        )

    @cached_property
    def _broken(self) -> tuple[tuple[str, str, str], ...]:
        """Thing, path and folded text of the first records that are not what their files say."""
        broken = [(thing, own, f"{own}\n{text}") for (thing, own), text in self.unreadable.items()]
        broken += [
            (thing, entry.source.path, entry.source.front)
            for thing, entries in self.records.items()
            for entry in entries.values()
            if entry.lost
        ]
        return tuple((thing, path, slugs.fold(text)) for thing, path, text in broken[:BROKEN_LIMIT])
