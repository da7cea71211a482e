"""What is left of entries, and of what was imported, without those who asked to be left out.

The same of both, so that an import after `kbsite leave-out` changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kbsite.importers import lock
from kbsite.importers.outcome import Unused
from kbsite.importers.reading.speakers import Reading
from kbsite.importers.schedule import Entry, Person, Schedule
from kbsite.leftout import SIGN, LeftOut, entry_keys

OF_PEOPLE, OF_LINKS, OF_SOURCES = "speakers", "links", "sources"


def entries(
    schedule: Schedule, event: str, left_out: LeftOut
) -> tuple[Schedule, tuple[Unused, ...]]:
    """A schedule without sessions that were left out, and these, of which nothing is said."""
    if not left_out:
        return schedule, ()
    kept: list[Entry] = []
    gone: list[Unused] = []
    for entry in schedule.entries:
        if left_out.is_entry(entry_keys(event, schedule.system, entry.id, entry.url)):
            gone.append(Unused("an entry", "on request", entry.line))
            continue
        id = None if entry.id and left_out.found(entry.id) else entry.id
        kept.append(replace(entry, id=id, url=left_out.address(entry.url or "") or None))
    return replace(schedule, entries=tuple(kept)), tuple(gone)


def reading(said: Reading, left_out: LeftOut) -> Reading:
    """How a title was read, without them; a guess that names one of them is right."""
    if any(left_out.is_name(person.name) for person in said.guess):
        said = Reading(title=said.head, people=said.guess)
    return replace(said, people=people(said.people, left_out))


def people(named: Sequence[Person], left_out: LeftOut) -> tuple[Person, ...]:
    return tuple(person for person in named if not left_out.is_name(person.name))


def read(said: lock.Read | None, left_out: LeftOut) -> lock.Read | None:
    """What a lock may keep of how a title was read."""
    if said is None or left_out.found(said.title):
        return None
    found = said.reading or Reading(title=said.title)
    named = (*found.people, *found.guess)
    return said if people(named, left_out) == named else None


def values(given: Mapping[str, Any], left_out: LeftOut) -> dict[str, Any]:
    """The fields of a record without them: appearances, and links and sources by addresses that
    name them, go; in texts a sign stands for each name.
    """
    left_out = left_out.beside(str(each.get("name")) for each in given.get(OF_PEOPLE, ()))
    kept: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
        OF_PEOPLE: lambda each: None if left_out.is_name(str(each.get("name", ""))) else each,
        OF_LINKS: lambda each: link(each, left_out),
        OF_SOURCES: lambda each: source(each, left_out),
    }
    out: dict[str, Any] = {}
    for key, value in given.items():
        left = value
        if key in kept:
            left = [each for each in map(kept[key], value) if each is not None]
        if left or not value:
            out[key] = _in_texts(left, left_out)
    return out


def link(given: dict[str, Any], left_out: LeftOut) -> dict[str, Any] | None:
    """A link by an address that does not name them, if there is one."""
    url = left_out.address(str(given.get("url", "")))
    return given if url == given.get("url") else {**given, "url": url} if url else None


def source(given: dict[str, Any], left_out: LeftOut) -> dict[str, Any] | None:
    """Where a record is from, if that can be told without naming them."""
    told = {key: given[key] for key in ("id", "url") if isinstance(given.get(key), str)}
    kept = {key: left_out.address(value) for key, value in told.items()}
    if kept == told:
        return given
    left = {key: kept.get(key, value) for key, value in given.items()}
    left = {key: value for key, value in left.items() if value is not None}
    return left if left.keys() & {"id", "url"} else None


def blanked(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The texts in which a sign stands now."""
    return [
        key
        for key, value in after.items()
        if isinstance(value, str) and value != before[key] and SIGN in value
    ]


def _in_texts(value: Any, left_out: LeftOut) -> Any:
    if isinstance(value, str):
        return left_out.without(value)
    if isinstance(value, Mapping):
        return {key: _in_texts(each, left_out) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_texts(each, left_out) for each in value]
    return value
