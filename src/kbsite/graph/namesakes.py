"""Those who may be one under two names, or two under one. Reported with what settles it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from kbsite import models, records, slugs
from kbsite.catalog import ORGANISATION, PERSON
from kbsite.errors import Problem
from kbsite.fields import Refers
from kbsite.graph import companies
from kbsite.graph.addresses import another_id, join, new_page, on_page
from kbsite.graph.apart import Pair
from kbsite.graph.names import Claims
from kbsite.graph.naming import Naming, Sessions
from kbsite.graph.nodes import NamedNode
from kbsite.graph.people import near_duplicates
from kbsite.library import Entry, Library

MOST_HATS = 5  # organisations of one person at one event that are compared
Nodes: TypeAlias = Mapping[str, NamedNode]
Place: TypeAlias = tuple[Entry[records.Session], int]  # a session, and which of its speakers

_ORGANISATIONS = tuple(
    names for names, mark in models.marked(records.Session, Refers) if mark.thing is ORGANISATION
)
_REMARK = re.compile(r"\([^()]*\)")


def near_people(
    published: Sessions, people: Nodes, library: Library, naming: Naming, apart: Set[Pair]
) -> Iterator[Problem]:
    """KB209: two people who may be one."""
    settled = {
        speaker.id
        for entry in published.values()
        for speaker in entry.record.speakers
        if speaker.id
    } | set(library.of(PERSON))
    names = {own: node.name for own, node in people.items() if node.sessions}
    claims = naming.of(PERSON).claims
    for found in near_duplicates(names, settled):
        # An alias that cannot be read may join the two.
        if found in apart or not claims.broken.isdisjoint(found):
            continue
        first, second = sorted(found, key=lambda own: _better_known(people[own], settled))
        entry = published[people[second].sessions[0]]
        at = [naming.person(speaker) for speaker in entry.record.speakers].index(second)
        yield entry.source.problem(
            "KB209",
            ("speakers", at, "name"),
            *_may_be_one(people[first], people[second], claims, library),
        )


def near_organisations(
    published: Sessions, organisations: Nodes, library: Library, naming: Naming, apart: Set[Pair]
) -> Iterator[Problem]:
    """KB216: an organisation that may be another, which is better known."""
    pages, claims = library.of(ORGANISATION), naming.of(ORGANISATION).claims
    named = (node for node in organisations.values() if node.sessions or node.announced)
    known = sorted(named, key=lambda node: _better_known(node, pages))
    for first, second in companies.near_duplicates({node.id: node.name for node in known}, apart):
        if second in pages or not claims.broken.isdisjoint((first, second)):
            continue
        node = organisations[second]
        entry = published[(node.sessions or node.announced)[0]]
        path = next(
            path
            for names in _ORGANISATIONS
            for path, name in models.texts(entry.record, names)
            if naming.organisation(name) == second
        )
        yield entry.source.problem(
            "KB216", path, *_may_be_one(organisations[first], node, claims, library)
        )


def _better_known(node: NamedNode, settled: Container[str]) -> tuple[object, ...]:
    """The better known of two is probably the one who is meant: it has the smaller of these."""
    return (node.id not in settled, -len(node.sessions) - len(node.announced), node.id)


def _may_be_one(
    first: NamedNode, second: NamedNode, claims: Claims, library: Library
) -> tuple[str, str]:
    """What is said of two who may be one, at the second of them, and what to do."""
    thing, own = claims.thing, first.id
    pages: Mapping[str, Entry[records.Party]] = library.of(thing)
    if slugs.name_key(first.name) == slugs.name_key(second.name):
        message = f"two {thing.plural} are named '{second.name}': '{own}', and this one"
        one = new_page(thing, own, second.name)
        two = on_page(claims, second.id, second.name, "distinct_from", own)
    else:
        message = f"'{second.name}' may be the same {thing.name} as '{first.name}'"
        one = join(claims, own, first.name, second.name)
        beside = pages[own].record.distinct_from if own in pages else ()
        two = on_page(claims, own, first.name, "distinct_from", second.name, beside=beside)
    return message, f"one {thing.name}: {one}; two {thing.plural}: {two}"


def at_two_organisations(
    published: Sessions, library: Library, naming: Naming
) -> Iterator[Problem]:
    """KB214: one name for somebody of two organisations at one event.

    A page for the person settles it, an id beside the name for that person and organisation. No
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
        most, *others = _unlike(doubted, naming) or [""]
        for other in others:
            pair = (person, *sorted((most, other)))
            if pair not in asked:
                asked.add(pair)
                yield from _asked(person, doubted[other][0], doubted[most][0], naming)


def _unlike(organisations: Mapping[str, Sequence[Place]], naming: Naming) -> list[str]:
    """The first few of `organisations`, those of most places first, without those that have a name
    which is like one of another before, whether it is written there or their own.
    """
    before: list[list[str]] = []
    out: list[str] = []
    for own in sorted(organisations, key=lambda own: -len(organisations[own]))[:MOST_HATS]:
        written = {entry.record.speakers[at].org or "" for entry, at in organisations[own]}
        words = [
            _bare(name).split() for name in sorted({*written, naming.of(ORGANISATION).name(own)})
        ]
        if not any(_akin(one, other) for one in words for other in before):
            out.append(own)
            before += words
    return out


def _bare(name: str) -> str:
    return slugs.name_key(_REMARK.sub(" ", name)) or slugs.name_key(name)


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
    names = naming.of(PERSON)
    free = another_id(slugs.numbered(person), speaker.name or "", names.spellings)
    yield entry.source.problem(
        "KB214",
        ("speakers", at, "org"),
        f"'{speaker.name}' is at '{speaker.org}' here, and at '{namesake.org}' in {other.id}",
        f"one person: {new_page(PERSON, person, names.name(person))}; two people: add "
        f"'id: {free}' here, and 'id: {person}' there",
    )
