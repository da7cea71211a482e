"""Pairs marks of entries with marks of records, by the surest key first. Knows no files.

That is the source's id, and where ids repeat or change, title and start.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """By what an entry or a record is known again.

    `ids` are ids and addresses of the source, `titles` slugs of every title it has or had, `start`
    a moment in UTC or a day, `people` keys of names.
    """

    ids: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    start: str | None = None
    room: str | None = None
    people: frozenset[str] = frozenset()


Keys = Callable[[Mark], Iterable[Hashable]]


def match(entries: Sequence[Mark], records: Sequence[Mark]) -> dict[int, int]:
    """The place of an entry to the place of its record, each at most once.

    Every round pairs what shares a key that nothing else left has, the surest keys first; of
    entries alike in title and start as many as there are records are paired in their order.
    """
    paired: dict[int, int] = {}
    free = set(range(len(records)))
    rounds: tuple[tuple[Keys, bool], ...] = (
        (lambda mark: ((i, t, mark.start, mark.room) for i in mark.ids for t in mark.titles), True),
        (lambda mark: ((i, t, mark.start) for i in mark.ids for t in mark.titles), True),
        (lambda mark: ((i, t) for i in mark.ids for t in mark.titles), False),
        (lambda mark: ((i, mark.start) for i in mark.ids if mark.start), False),
        (lambda mark: mark.ids, False),
        (lambda mark: ((t, mark.start, mark.room) for t in mark.titles if mark.start), True),
        (lambda mark: ((t, mark.start) for t in mark.titles if mark.start), True),
        (lambda mark: mark.titles, False),
        (lambda mark: [(mark.people, mark.start)] if mark.people and mark.start else [], False),
    )
    for keys, in_order in rounds:
        left = [at for at in range(len(entries)) if at not in paired]
        held = _by_key(((at, records[at]) for at in sorted(free)), keys)
        wanted = _by_key(((at, entries[at]) for at in left), keys)
        for key, ats in wanted.items():
            found = [at for at in held.get(key, ()) if at in free]
            asking = [at for at in ats if at not in paired]
            if len(found) == len(asking) == 1 or (in_order and found):
                for entry, record in zip(asking, found, strict=False):
                    paired[entry] = record
                    free.discard(record)
    return paired


def _by_key(marks: Iterable[tuple[int, Mark]], keys: Keys) -> dict[Hashable, list[int]]:
    """The places of the marks that have each key."""
    out: dict[Hashable, list[int]] = {}
    for at, mark in marks:
        for key in dict.fromkeys(keys(mark)):
            out.setdefault(key, []).append(at)
    return out
