"""Pairs marks of entries with marks of records, by the surest key first. Knows no files.

That is the source's id, and where ids repeat or change, title and start.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """By what an entry or a record is known again.

    `ids` are ids and addresses of the source, `titles` keys of every title it has or had, the
    surest of each first; `start` is a moment in UTC or a day, `people` keys of names.
    """

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    start: str | None = None
    room: str | None = None
    people: frozenset[str] = frozenset()


Keys: TypeAlias = Callable[[Mark], Iterable[Hashable]]

# The surest keys first, and of which as many as share one are paired in their order.
ROUNDS: tuple[tuple[Keys, bool], ...] = (
    (lambda mark: ((i, t, mark.start, mark.room) for i in mark.ids for t in mark.titles), True),
    (lambda mark: ((i, t, mark.start) for i in mark.ids for t in mark.titles), True),
    (lambda mark: ((i, t) for i in mark.ids for t in mark.titles), False),
    (lambda mark: ((i, mark.start) for i in mark.ids if mark.start), False),
    (lambda mark: mark.ids, False),
    (lambda mark: ((t, mark.start, mark.room) for t in mark.titles), True),
    (lambda mark: ((t, mark.start) for t in mark.titles if mark.start), True),
    (lambda mark: mark.titles, False),
    (lambda mark: [(mark.people, mark.start)] if mark.people and mark.start else [], False),
)


def match(entries: Sequence[Mark], records: Sequence[Mark]) -> dict[int, int]:
    """The place of an entry to the place of its record, each at most once.

    Every round pairs what shares a key that nothing else left has, until no such key is left; of
    entries alike in title and start as many as there are records are then paired in their order.
    """
    paired: dict[int, int] = {}
    for keys, in_order in ROUNDS:
        taken = set(paired.values())
        asking = {at: mark for at, mark in enumerate(entries) if at not in paired}
        free = {at: mark for at, mark in enumerate(records) if at not in taken}
        paired |= _pairs(asking, free, keys, in_order=in_order)
    return paired


def _pairs(
    entries: Mapping[int, Mark], records: Mapping[int, Mark], keys: Keys, *, in_order: bool
) -> dict[int, int]:
    """The pairs of one round, in a time that grows with the number of keys."""
    sharing: dict[Hashable, tuple[dict[int, None], dict[int, None]]] = {}
    for side, marks in enumerate((entries, records)):
        for at, mark in marks.items():
            for key in keys(mark):
                sharing.setdefault(key, ({}, {}))[side][at] = None
    paired: dict[int, int] = {}
    waiting = deque(sharing)

    def pair(entry: int, record: int) -> None:
        paired[entry] = record
        for key in (*keys(entries[entry]), *keys(records[record])):
            asking, found = sharing[key]
            asking.pop(entry, None)
            found.pop(record, None)
            waiting.append(key)  # another two may be the only ones that share it now

    while waiting:
        asking, found = sharing[waiting.popleft()]
        if len(asking) == len(found) == 1:
            pair(*asking, *found)
    if in_order:
        for asking, found in sharing.values():
            for entry, record in tuple(zip(asking, found, strict=False)):
                pair(entry, record)
    return paired
