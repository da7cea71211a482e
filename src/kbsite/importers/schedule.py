"""What a published schedule says, in one shape for every format, before anything is decided.

A format's module turns the bytes of a source into a `Schedule`; it neither reads the disk nor
knows the records of the knowledge base.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias

from kbsite.records import LinkKind

TextFormat: TypeAlias = Literal["plain", "html", "markdown"]


class SourceError(Exception):
    """A source that cannot be imported: what is wrong with it, a way out, and the line (or 0)."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Prose of the source, as its format writes it."""

    text: str
    format: TextFormat


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One appearance, as the source names it; `about` is role and company in one text."""

    name: str
    org: str | None = None
    role: str | None = None
    about: str | None = None
    moderator: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLink:
    """A link of an entry; `url` is as the source has it, checked by nobody yet."""

    url: str
    kind: LinkKind = "other"
    label: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a schedule.

    `id` and `url` are the source's own; `line` is where it stands in the source, or 0. A moment
    with an offset is exact; one without is in the zone of the event. `tracks`, `types` and `levels`
    are words of the organiser: a track is kept and may also say the kind, a type only says the
    kind. `people` is None where the format has no place for them but the title; with
    `people_in_title` they may be there although they are given. `service` marks
    what the source itself calls no session: a break, a registration. `wrong` says why the entry
    cannot be imported at all, though the rest of the source can; `notes` say what had to be left
    out of one that can.
    """

    id: str | None
    title: str
    subtitle: str | None = None
    line: int = 0
    url: str | None = None
    start: datetime | date | None = None
    end: datetime | date | None = None
    room: str | None = None
    tracks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    language: str | None = None
    people: tuple[Person, ...] | None = None
    people_in_title: bool = False
    text: Text | None = None
    links: tuple[SourceLink, ...] = ()
    cancelled: bool = False
    not_recorded: bool = False
    service: bool = False
    wrong: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def reads_title(self) -> bool:
        """Whether people are looked for in the title."""
        return self.people is None or self.people_in_title


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A whole source.

    `system` is the format's name, `name` what the source calls itself (an acronym, a calendar's
    name), by which it is known again; the rest is about the event, None where the source is silent.
    `day_change` is given where an entry after midnight stands under the day before.
    """

    system: str
    name: str
    entries: tuple[Entry, ...]
    title: str | None = None
    timezone: str | None = None
    start: date | None = None
    end: date | None = None
    day_change: time | None = None
    venue: str | None = None
    city: str | None = None
    country: str | None = None
    url: str | None = None


Parser: TypeAlias = Callable[[bytes], Schedule]
