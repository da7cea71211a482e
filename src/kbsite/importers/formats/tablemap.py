"""The map of a table: which of its columns say what. A small file of TOML that somebody writes.

A column is named as the table names it, with dots into what is nested (`room.name`). Where a name
may stand, so may a template, `https://youtu.be/{video_id}`, which says nothing where one of its
columns says nothing, and a list of both: of a field that holds one value the first that says
something counts, of one that holds several all do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from kbsite import slugs
from kbsite.importers.schedule import TextFormat
from kbsite.records import LinkKind
from kbsite.wording import all_of, did_you_mean

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class MapError(Exception):
    """A map that cannot be used; the message says where, and what to write."""


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _reference(value: Any) -> Any:
    return {"list": value} if isinstance(value, str) else value


Name: TypeAlias = Annotated[str, Field(min_length=1)]
Columns: TypeAlias = Annotated[tuple[Name, ...], BeforeValidator(_several)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fields(_Section):
    """Which columns hold the fields of an entry."""

    title: Columns
    id: Columns = ()
    url: Columns = ()
    start: Columns = ()
    end: Columns = ()
    length: Columns = ()
    room: Columns = ()
    tracks: Columns = ()
    kind: Columns = ()
    level: Columns = ()
    language: Columns = ()
    abstract: Columns = ()
    cancelled: Columns = ()


class Constants(_Section):
    """What is the same for every entry whose columns do not say it."""

    start: str = ""
    room: str = ""
    tracks: Columns = ()
    kind: str = ""
    level: str = ""
    language: str = ""


class _Row(_Section):
    """What is in the entry itself, or in `each` item of a list in it."""

    each: str = ""


class People(_Row):
    """Where people are.

    Items that are texts are names. `about` is a column with role and company in one text, as
    "Engineer, Example Works"; `split` is what stands between several people in one column.
    """

    name: str = ""
    org: str = ""
    role: str = ""
    about: str = ""
    moderator: str = ""
    split: str = ""

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if not (self.name or self.each):
            raise ValueError("it lacks 'name', the column that holds them, or 'each'")
        return self


class Links(_Row):
    """Where links are; items that are texts are addresses. Without a `kind` the address tells it.

    `when` names values that other columns must have.
    """

    url: str = ""
    kind: LinkKind | None = None
    label: str = ""
    when: Mapping[str, Columns] = {}

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if not (self.url or self.each):
            raise ValueError("it lacks 'url', the column that holds the address, or 'each'")
        return self


class Reference(_Section):
    """A list in the source whose items are meant by their `id`."""

    list: str
    id: str = "id"


class TableMap(_Section):
    """A whole map; `times` are forms of moments as Python's strptime reads them."""

    columns: Fields
    system: Name = "table"
    name: str = ""
    format: Literal["csv", "json", "jsonl"] | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    entries: str = ""
    references: Mapping[str, Annotated[Reference, BeforeValidator(_reference)]] = {}
    optional: tuple[str, ...] = ()
    times: Columns = ()
    text: TextFormat = "plain"
    people_in_titles: bool = False
    constants: Constants = Constants()
    people: tuple[People, ...] = ()
    links: tuple[Links, ...] = ()

    def names(self) -> Iterator[tuple[str, str]]:
        """Every column that has to be in the table, and which key of the map names it."""
        for field in Fields.model_fields:
            for name in getattr(self.columns, field):
                yield from ((each, field) for each in columns_of(name))
        rows: list[tuple[str, _Row]] = [("people", row) for row in self.people]
        rows += [("links", row) for row in self.links]
        for what, row in rows:
            inside = f"{row.each}." if row.each else ""
            if row.each:
                yield row.each, what
            named = row.model_dump(exclude={"each", "kind", "split"})
            conditions = named.pop("when", {})
            for each in (*filter(None, named.values()), *conditions):
                yield from ((f"{inside}{name}", what) for name in columns_of(each))
        yield from ((name, "references") for name in self.references)


def columns_of(name: str) -> list[str]:
    """The columns that a name means, which may be a template.

    >>> columns_of("title"), columns_of("{day} {clock}")
    (['title'], ['day', 'clock'])
    """
    return PLACEHOLDER.findall(name) or [name]


def read(text: str) -> TableMap:
    """A map. Raises MapError."""
    try:
        return TableMap.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MapError(f"this is not TOML: {error}") from None
    except ValidationError as refused:
        raise MapError(_in_words(refused.errors(include_url=False)[0])) from None


_KEYS: Mapping[str, type[_Section]] = {
    "": TableMap, "columns": Fields, "constants": Constants, "people": People, "links": Links,
    "references": Reference,
}  # fmt: skip


def _in_words(first: ErrorDetails) -> str:
    """What pydantic refused, to somebody who writes a map."""
    names = [str(part + 1) if isinstance(part, int) else part for part in first["loc"]]
    section = names[0] if len(names) > 1 else ""
    place = f"[{section}]" if section else "the map"
    last = names[-1]
    known = list(_KEYS.get(section, TableMap).model_fields)
    match first["type"]:
        case "extra_forbidden":
            guess = did_you_mean(slugs.nearest(last, known, count=1), f"it has {all_of(known)}")
            return f"{place} has no '{last}'; {guess}"
        case "missing" if last == "columns":
            return 'the map lacks [columns]; write at least: [columns] and title = "Title"'
        case "missing":
            return f"{place} lacks '{last}'; name the column that holds it"
        case "literal_error":
            return f"'{last}' in {place} is none of {first['ctx']['expected']}"
        case "tuple_type" if last in ("people", "links"):
            return f"'{last}' is a list of tables; begin each with [[{last}]]"
        case "value_error":
            return f"[[{section}]] {last}: {first['ctx']['error']}"
        case "string_too_short":
            return f"'{'.'.join(names)}' is empty; name a column, or leave the key out"
    return f"'{'.'.join(names)}' is not of the right kind: {first['msg'].lower()}"
