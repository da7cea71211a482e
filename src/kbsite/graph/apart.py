"""Who is said to be somebody else: what pages tell apart by `distinct_from`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from kbsite import cures, models, records, slugs
from kbsite.catalog import Thing
from kbsite.errors import Problem
from kbsite.graph.names import Names
from kbsite.graph.naming import Report
from kbsite.library import Entry, Library
from kbsite.sources import Path, Source
from kbsite.wording import did_you_mean

Pair: TypeAlias = tuple[str, str]  # two ids, sorted


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def told_apart(thing: Thing, names: Names, library: Library, report: Report) -> frozenset[Pair]:
    """The pairs of ids that pages tell apart, whichever page says it; KB217 for what is no other.

    It is enough that a page has the name: whoever gives no session is not made to appear.
    """
    entries: Mapping[str, Entry[records.Extension]] = library.of(thing)
    out: set[Pair] = set()
    for own, entry in entries.items():
        for at, word in enumerate(entry.record.distinct_from):
            found = _meant(word, names)
            out.update(pair(own, other) for other in found - {own})
            path = ("distinct_from", at)
            if found == {own}:
                report(_itself(thing, names.name(own), word, entry.source, path))
            elif not found and not library.may_hold(
                word, models.may_name(thing), asking=entry.source.path
            ):
                report(_nobody(thing, names, word, entry.source, path))
    return frozenset(out)


def _meant(word: str, names: Names) -> set[str]:
    """Everybody who may be meant, of those in use and those who have a page."""
    if found := names.lookup(word):
        return set(found)
    claimed = names.claims.ids.get(slugs.name_key(word))
    return {claimed} if claimed is not None else set()


def _itself(thing: Thing, name: str, word: str, source: Source, path: Path) -> Problem:
    return source.problem(
        "KB217",
        path,
        f"'{word}' is a name of this {thing.noun}, '{name}'",
        "remove it, or the alias that says that the two are one",
        cures=cures.removing(source, path),
    )


def _nobody(thing: Thing, names: Names, word: str, source: Source, path: Path) -> Problem:
    remedy = "remove it: there is nobody to tell apart"
    near = names.vocabulary.nearest(word, count=1)
    return source.problem(
        "KB217",
        path,
        f"no published session names the {thing.noun} '{word}'",
        did_you_mean(near, f"otherwise {remedy}") if near else remedy,
        cures=[
            *(cure for name in near for cure in cures.writing(source, path, name)),
            *cures.removing(source, path),
        ],
    )
