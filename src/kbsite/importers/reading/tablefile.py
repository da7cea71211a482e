"""One file of tables: its sections and rows as they are written, and what is wrong with one."""

from __future__ import annotations

import tomllib

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from kbsite.records import Level, SessionKind, Status


class TablesError(Exception):
    """A file of tables that cannot be used; the message says where and what to write."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: tuple[str, ...]


class Prefix(_Row):
    kind: SessionKind | None = None
    track: str | None = None


class State(_Row):
    status: Status | None = None
    only_in_brackets: bool = False


class Kind(_Row):
    kind: SessionKind


class Title(_Row):
    """What titles of a kind are called; if `nobody_named`, only those that name nobody."""

    kind: SessionKind
    nobody_named: bool = False


class LevelRow(_Row):
    level: Level


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LeftOut(_Section):
    """What is no session, and what it is called where it is said that it was left out."""

    reason: str
    with_people: bool = False
    tracks: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class Placeholders(_Section):
    titles: tuple[str, ...] = ()


class Rooms(_Section):
    unknown: tuple[str, ...] = ()


class Videos(_Section):
    words: tuple[str, ...] = ()


class Tracks(_Section):
    words: tuple[str, ...] = ()


class Attending(_Section):
    about: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Speakers(_Section):
    moderators: tuple[str, ...] = ()
    introductions: tuple[str, ...] = ()
    company_endings: tuple[str, ...] = ()
    company_words: tuple[str, ...] = ()
    company_last: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    plain_words: tuple[str, ...] = ()
    ampersand_companies: tuple[str, ...] = ()
    unaffiliated: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()


class TableFile(_Section):
    """One file of tables."""

    prefix: tuple[Prefix, ...] = ()
    state: tuple[State, ...] = ()
    kind: tuple[Kind, ...] = ()
    title: tuple[Title, ...] = ()
    level: tuple[LevelRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    placeholders: Placeholders = Placeholders()
    rooms: Rooms = Rooms()
    videos: Videos = Videos()
    tracks: Tracks = Tracks()
    attending: Attending = Attending()
    speakers: Speakers = Speakers()


def read(text: str) -> TableFile:
    """One file of tables. Raises TablesError."""
    try:
        return TableFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TablesError(f"this is not TOML: {error}") from None
    except ValidationError as refused:
        raise TablesError(_in_words(refused.errors(include_url=False)[0])) from None


def _in_words(first: ErrorDetails) -> str:
    """What pydantic refused, to somebody who writes a table."""
    *holders, last = first["loc"]
    names = (f"{part + 1}" if isinstance(part, int) else part for part in holders)
    place = f"[{' '.join(names)}]" if holders else "the file"
    match first["type"]:
        case "extra_forbidden":
            return f"{place} has no '{last}'"
        case "missing":
            return f"{place} lacks '{last}'"
        case "tuple_type":
            return f'\'{last}\' in {place} should be a list, as ["A word", "Another"]'
        case "literal_error":
            return f"'{last}' in {place} is none of {first['ctx']['expected']}"
    return f"'{last}' in {place} is not of the right kind: {first['msg'].lower()}"
