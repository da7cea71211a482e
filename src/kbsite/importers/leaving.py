"""What is left of entries, and of what was imported, without those who asked to be left out.

The same of both, so that an import after `kbsite leave-out` changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kbsite.importers import lock
from kbsite.importers.outcome import Unused
from kbsite.importers.reading.evidence import Evidence
from kbsite.importers.reading.given import partners
from kbsite.importers.reading.speakers import Reading
from kbsite.importers.schedule import Entry, Person, Schedule
from kbsite.leftout import SIGN, LeftOut, entry_keys, words_of

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
    """How a title was read, with a sign in the place of each of them; a guess that names one of
    them is right.
    """
    said = _sure(said, left_out)
    return Reading(
        title=left_out.without(said.title),
        people=_signed(said.people, left_out),
        guess=_signed([each for each in said.guess if not left_out.found(each.name)], left_out),
        head=left_out.without(said.head),
    )


def named_again(said: Reading, title: str, left_out: LeftOut) -> Reading:
    """A reading of a title with the names that stand there in the place of signs."""
    names = [title[start:end] for start, end in left_out.found(title)]
    people = [
        replace(person, name=names.pop()) if person.name == SIGN and names else person
        for person in reversed(said.people)
    ]
    return replace(said, people=tuple(reversed(people)))


def apart(
    said: Reading, given: Sequence[Person], evidence: Evidence, left_out: LeftOut
) -> tuple[Reading, tuple[Person, ...]]:
    """A reading, and the people that are given beside the title, both without them, also where a
    profile has another name than the title.
    """
    if not left_out:
        return said, tuple(given)
    said = _sure(said, left_out)
    rest = people(said.people, left_out)
    pairs = partners(said.people, given, evidence)
    gone = {pairs[at] for at, each in enumerate(said.people) if each not in rest and at in pairs}
    left = [person for at, person in enumerate(given) if at not in gone]
    return replace(said, people=rest), people(left, left_out)


def _sure(said: Reading, left_out: LeftOut) -> Reading:
    if people(said.guess, left_out) == said.guess:
        return said
    return Reading(title=said.head, people=said.guess)


def _signed(named: Sequence[Person], left_out: LeftOut) -> tuple[Person, ...]:
    """People, and what is said of them, with signs in the place of those who are left out."""
    rest = people(named, left_out)
    left_out = left_out.beside(person.name for person in rest)
    return tuple(
        replace(
            person,
            name=person.name if person in rest else SIGN,
            org=_words(person.org, left_out),
            role=_words(person.role, left_out),
            about=_words(person.about, left_out),
        )
        for person in named
    )


def _words(text: str | None, left_out: LeftOut) -> str | None:
    """A text without them, if it has a word besides."""
    without = left_out.without(text or "")
    return without if words_of(without) else None


def people(named: Sequence[Person], left_out: LeftOut) -> tuple[Person, ...]:
    """Those who are not left out, also where a name was read as two, or as name and company."""
    names = [person.name for person in named]
    gone = {
        at
        for at, person in enumerate(named)
        if is_theirs(left_out, person.name, person.org, person.role)
    }
    for at, pair in enumerate(pairwise(names)):
        if left_out.is_name(" ".join(pair)) and not any(" " in name for name in pair):
            gone |= {at, at + 1}
    return tuple(person for at, person in enumerate(named) if at not in gone)


def is_theirs(left_out: LeftOut, name: str, *more: str | None) -> bool:
    """Whether an appearance is of one of them, also if the name was taken for a name and `more`."""
    parts = (part for each in more if each for part in (each, each.split(",")[0]))
    names = (f"{name} {part}" for part in parts) if name and " " not in name else ()
    return any(map(left_out.is_name, (name, *names)))


def read(said: lock.Read | None, left_out: LeftOut) -> lock.Read | None:
    """What a lock may keep of how a title was read, by which it is found again."""
    if said is None or not left_out.found(said.title):
        return said
    found = said.reading or Reading(title=said.title)
    return lock.Read(title=left_out.token(said.title), reading=reading(found, left_out))


def known(title: str, readings: Mapping[str, Reading], left_out: LeftOut) -> Reading | None:
    """How a title was read before, if it was."""
    if title in readings or not left_out.found(title):
        return readings.get(title)
    return readings.get(left_out.token(title))


def values(given: Mapping[str, Any], left_out: LeftOut) -> dict[str, Any]:
    """The fields of a record without them: appearances, and links and sources by addresses that
    name them, go; in texts a sign stands for each name.
    """
    left_out = left_out.beside(str(each.get("name")) for each in given.get(OF_PEOPLE, ()))
    kept: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
        OF_PEOPLE: lambda each: None if is_speaker(each, left_out) else each,
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
    for speaker in out.get(OF_PEOPLE, ()):
        for key in ("org", "role"):
            if SIGN in speaker.get(key, "") and not words_of(speaker[key]):
                del speaker[key]
    return out


def is_speaker(given: Mapping[str, Any], left_out: LeftOut) -> bool:
    """Whether one of the speakers of a record is one of them."""
    name, *more = (str(given.get(key) or "") for key in ("name", "org", "role"))
    return is_theirs(left_out, name, *more)


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
