"""Those who may be one under two names, or two under one. Reported with what settles it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from kbsite import cures, records, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, Thing
from kbsite.errors import Cure, Problem
from kbsite.graph import companies
from kbsite.graph.addresses import another_id
from kbsite.graph.apart import Pair
from kbsite.graph.names import Names
from kbsite.graph.naming import Naming, Sessions
from kbsite.graph.nodes import NamedNode
from kbsite.graph.people import near_duplicates
from kbsite.graph.ways import Way, Ways, new_page, on_page, written_as
from kbsite.graph.written import untitled
from kbsite.library import Entry, Library
from kbsite.meant.people import in_name
from kbsite.sources import Path, Source, file_problem
from kbsite.yamlwrite import dump_flow

MOST = 20  # problems of one file and kind that are told
MOST_HATS = 5  # organisations of one person at one event that are compared
Nodes: TypeAlias = Mapping[str, NamedNode]
Place: TypeAlias = tuple[Entry[records.Session], int]  # a session, and which of its speakers
Problems: TypeAlias = Iterator[Problem]

_REMARK = re.compile(r"\([^()]*\)")


def in_two_scripts(naming: Naming) -> Problems:
    """KB219: a name of which some letters only look like others."""
    for thing in (PERSON, ORGANISATION, PROJECT):
        for use in naming.of(thing).uses:
            name = use.name or ""
            if name.isascii() or (meant := slugs.in_one_script(name)) == name:
                continue
            odd = next(one for one, other in zip(name, meant, strict=True) if one != other)
            script = unicodedata.name(odd).split()[0].capitalize()
            yield use.source.problem(
                "KB219",
                use.path,
                f"letters of '{name}' are {script} and only look like Latin ones",
                f"write {dump_flow(meant)}, all in Latin letters",
                cures=cures.writing(use.source, use.path, meant),
            )


def near_people(people: Nodes, naming: Naming, apart: Set[Pair]) -> Problems:
    """KB209: two people who may be one."""
    names = naming.of(PERSON)
    settled = {use.id for use in names.uses if use.id} | set(names.claims.sources)
    called = {
        own: name
        for own, name in _called(names).items()
        if untitled(own, names) == name and not in_name(name, known=["org"], listed=True).values
    }
    pairs = (
        tuple(sorted(found, key=lambda own: _rank(own, people, settled, _initials(called[own]))))
        for found in near_duplicates(called, settled)
        if found not in apart
    )
    yield from _few("KB209", pairs, names)


def near_things(
    thing: Thing, code: str, nodes: Nodes, naming: Naming, apart: Set[Pair]
) -> Problems:
    """KB216 and KB218: an organisation or a project that may be another, which is better known."""
    names = naming.of(thing)
    called, pages = _called(names), names.claims.sources
    ranked = sorted(called, key=lambda own: _rank(own, nodes, pages))
    pairs = companies.near_duplicates({own: called[own] for own in ranked}, apart)
    yield from _few(code, (found for found in pairs if found[1] not in pages), names)


def _called(names: Names) -> dict[str, str]:
    """Everybody or everything that is named, with the name; projects also by their pages alone.
    Of names in letters of two scripts another problem tells.
    """
    alone = names.claims.official if names.claims.thing is PROJECT else ()
    called = {own: names.name(own) for own in (*names.places, *alone) if own}
    return {own: name for own, name in called.items() if slugs.in_one_script(name) == name}


def _rank(own: str, nodes: Nodes, settled: Container[str], initials: int = 0) -> tuple[object, ...]:
    """The better known of two is probably the one who is meant, or else the one whose name is
    written out: it has the smaller of these.
    """
    node = nodes.get(own)
    named = len(node.sessions) + len(node.announced) if node else 0
    return (own not in settled, -named, initials, own)


def _initials(name: str) -> int:
    return sum(len(word) == 1 for word in slugs.name_key(name).split())


def _few(code: str, pairs: Iterable[tuple[str, ...]], names: Names) -> Problems:
    """What is said of those of `pairs` of which it can be: the second is named somewhere, and no
    page of the two is broken, which may join them. Of one file not more are told than anybody
    reads, and how many there are.
    """
    told: Counter[str] = Counter()
    for first, second in pairs:
        if second in names.places and names.claims.broken.isdisjoint((first, second)):
            file = names.places[second][0].source.path
            told[file] += 1
            if told[file] <= MOST:
                yield _may_be_one(code, first, second, names)
    for file, number in told.items():
        if (more := number - MOST) > 0:
            nouns = names.claims.thing.noun if more == 1 else names.claims.thing.nouns
            message = f"{more:,} more {nouns} of this file may be one with others"
            yield file_problem(code, file, message, "settle those that are told: then these are")


def _may_be_one(code: str, own: str, other: str, names: Names) -> Problem:
    """A problem with two who may be one, at the second of them, and what settles it."""
    claims, thing = names.claims, names.claims.thing
    first, second = names.name(own), names.name(other)
    if slugs.name_key(first) == slugs.name_key(second):
        message = f"two {thing.plural} are named '{second}': '{own}', and this one"
        written = None
        one = new_page(thing, own, second)
        two = on_page(claims, other, second, "distinct_from", own)
    else:
        message = f"'{second}' may be the same {thing.name} as '{first}'"
        written = written_as(names, own, other)
        one = on_page(claims, own, first, "aliases", second)
        two = on_page(claims, own, first, "distinct_from", second)
        if beside := _speaks_beside(own, other, names):
            written, one = None, Way("keep one of the two", cures.removing(*beside))
    ways = Ways(
        (
            ("a slip", written),
            (f"one {thing.name} under two names" if written else f"one {thing.name}", one),
            (f"two {thing.plural}", two),
        )
    )
    use = names.places[other][0]
    return use.source.problem(code, use.path, message, ways.hint, cures=ways.cures)


def _speaks_beside(own: str, other: str, names: Names) -> tuple[Source, Path] | None:
    """Where one of two who may be one person stands under the other in a session, if they do."""
    sessions = {use.source.path for use in names.places.get(own, ()) if "speakers" in use.path}
    for use in names.places[other]:
        if "speakers" in use.path and use.path[-1] == "name" and use.source.path in sessions:
            return use.source, use.path[:-1]
    return None


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
    given = [
        *cures.adding(entry.source, ("speakers", at, "id"), free),
        *cures.adding(other.source, ("speakers", at_other, "id"), person),
    ]
    said = f"add 'id: {free}' here, and 'id: {person}' there"
    changes = tuple(change for cure in given for change in cure.changes)
    both = (Cure(title=said, changes=changes),) if len(given) == 2 else ()
    ways = Ways(
        (
            ("one person", new_page(PERSON, person, names.name(person))),
            ("two people", Way(said, both)),
        )
    )
    yield entry.source.problem(
        "KB214",
        ("speakers", at, "org"),
        f"'{speaker.name}' is at '{speaker.org}' here, and at '{namesake.org}' in {other.id}",
        ways.hint,
        cures=ways.cures,
    )
