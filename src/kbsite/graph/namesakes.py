"""People who may be one under two names, or two under one. Reported with what settles it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from kbsite import records, slugs
from kbsite.catalog import ORGANISATION, PERSON
from kbsite.errors import Problem
from kbsite.graph.addresses import another_id, join
from kbsite.graph.naming import Naming, Sessions
from kbsite.graph.nodes import NamedNode
from kbsite.graph.people import near_duplicates
from kbsite.library import Entry, Library

MOST_HATS = 5  # organisations of one person at one event that are compared
Place: TypeAlias = tuple[Entry[records.Session], int]  # a session, and which of its speakers

_REMARK = re.compile(r"\([^()]*\)")


def near_namesakes(
    published: Sessions, people: Mapping[str, NamedNode], library: Library, naming: Naming
) -> Iterator[Problem]:
    """KB209: two people who may be one."""
    settled = {
        speaker.id
        for entry in published.values()
        for speaker in entry.record.speakers
        if speaker.id
    } | set(library.of(PERSON))
    names, claims = {own: node.name for own, node in people.items()}, naming.of(PERSON).claims
    for pair in near_duplicates(names, settled):
        if not claims.broken.isdisjoint(pair):  # an alias that cannot be read may join the two
            continue
        # The better known of the two is probably the one who is meant.
        first, second = sorted(
            pair, key=lambda own: (own not in settled, -len(people[own].sessions), own)
        )
        name, other = people[second].name, people[first].name
        entry = published[people[second].sessions[0]]
        at = [naming.person(speaker) for speaker in entry.record.speakers].index(second)
        if slugs.name_key(name) == slugs.name_key(other):
            message = f"two people are named '{name}': '{first}', and this one"
            hint = f"one person: add 'id: {first}' here; two people: add 'id: {second}' here"
            if first not in settled:
                hint += f", and 'id: {first}' there"
        else:
            message = f"'{name}' may be the same person as '{other}'"
            hint = (
                f"one person: {join(claims, first, other, name)}; two people: give each an id "
                f"in their sessions, here 'id: {second}'"
            )
        yield entry.source.problem("KB209", ("speakers", at, "name"), message, hint)


def at_two_organisations(
    published: Sessions, library: Library, naming: Naming
) -> Iterator[Problem]:
    """KB214: one name for somebody of two organisations at one event.

    An id beside the name settles it for that person and organisation, a page for the person. No
    two organisations are asked about twice, nor those of which one name is in the other.
    """
    held: dict[tuple[str, str], dict[str, list[Place]]] = {}
    settled: set[tuple[str, str]] = set()
    for own, entry in published.items():
        for at, speaker in enumerate(entry.record.speakers):
            person, organisation = naming.person(speaker), naming.organisation(speaker.org)
            if not person or not organisation or person in library.of(PERSON):
                continue
            if speaker.id:
                settled.add((person, organisation))
                continue
            of_one = held.setdefault((own.partition("/")[0], person), {})
            of_one.setdefault(organisation, []).append((entry, at))
    asked: set[tuple[str, ...]] = set()
    for (_, person), of_one in held.items():
        if len(of_one) == 1:
            continue
        doubted = {own: of_one[own] for own in of_one if (person, own) not in settled}
        most, *others = _unlike(sorted(doubted, key=lambda own: -len(doubted[own])), naming) or [""]
        for other in others:
            pair = (person, *sorted((most, other)))
            if pair not in asked:
                asked.add(pair)
                yield from _asked(person, doubted[other][0], doubted[most][0], naming)


def _unlike(organisations: Sequence[str], naming: Naming) -> list[str]:
    """The first few of `organisations`, without those whose names are like that of one before."""
    words: list[list[str]] = []
    out: list[str] = []
    for own in organisations[:MOST_HATS]:
        name = naming.of(ORGANISATION).name(own)
        bare = slugs.name_key(_REMARK.sub(" ", name)) or slugs.name_key(name)
        if not any(_akin(bare.split(), before) for before in words):
            words.append(bare.split())
            out.append(own)
    return out


def _akin(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two names has the words, the letters or the initials of the other."""
    short, long = sorted((one, other), key=len)
    return (
        set(short) <= set(long)
        or "".join(short) == "".join(long)
        or "".join(short) == "".join(word[0] for word in long)
    )


def _asked(person: str, here: Place, there: Place, naming: Naming) -> Iterator[Problem]:
    (entry, at), (other, at_other) = here, there
    if entry is other:  # a name that stands twice in one session is a problem of its own
        return
    speaker, namesake = entry.record.speakers[at], other.record.speakers[at_other]
    taken = naming.of(PERSON).spellings
    free = another_id(slugs.numbered(person), speaker.name or "", taken)
    yield entry.source.problem(
        "KB214",
        ("speakers", at, "org"),
        f"'{speaker.name}' is at '{speaker.org}' here, and at '{namesake.org}' in {other.id}",
        f"one person: add 'id: {person}' here; two people: add 'id: {free}' here, and "
        f"'id: {person}' there",
    )
