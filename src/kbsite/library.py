"""What was loaded: records by id, each with the file it came from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import BaseModel

from kbsite import records, slugs
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

    `pages` holds every hand-written Markdown page by its path inside content/, `assets` the other
    files there. `unreadable` maps the ids, as "kind:id", of records that exist but could not be
    used at all to their text; they have problems of their own, and links to them are not reported.
    """

    events: Mapping[str, Entry[records.Event]]
    sessions: Mapping[str, Entry[records.Session]]
    themes: Mapping[str, Entry[records.Theme]]
    speakers: Mapping[str, Entry[records.Extension]]
    organisations: Mapping[str, Entry[records.Extension]]
    projects: Mapping[str, Entry[records.ProjectExtension]]
    articles: Mapping[str, Entry[records.Article]]
    shifts: Mapping[str, Entry[records.Shift]]
    pages: Mapping[str, Source]
    assets: tuple[str, ...]
    unreadable: Mapping[str, str]

    def may_hold(self, word: str, kinds: Container[str], *, asking: str) -> bool:
        """Whether `word` stands in a record of `kinds` that could not be read as it was meant.

        What such a record would have named is not known, so a name that the file `asking` uses and
        that is found nowhere else is perhaps one of its own, and is not reported as missing.
        """
        folded = slugs.fold(word)
        return any(
            folded in text for kind, path, text in self._broken if kind in kinds and path != asking
        )

    @cached_property
    def _broken(self) -> tuple[tuple[str, str, str], ...]:
        """Kind, path and folded text of the first records that are not what their files say."""
        kinds: dict[str, Mapping[str, Entry[BaseModel]]] = {
            "sessions": self.sessions, "themes": self.themes, "speakers": self.speakers,
            "organisations": self.organisations, "projects": self.projects,
        }  # fmt: skip
        unreadable = ((*key.split(":", 1), text) for key, text in self.unreadable.items())
        broken = [(kind, own, f"{own}\n{text}") for kind, own, text in unreadable]
        broken += [
            (kind, entry.source.path, entry.source.front)
            for kind, entries in kinds.items()
            for entry in entries.values()
            if entry.lost
        ]
        return tuple((kind, path, slugs.fold(text)) for kind, path, text in broken[:BROKEN_LIMIT])
