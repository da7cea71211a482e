"""The alignment of an old value with a new one: what stays, in what, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, TypeAlias

from kbsite.yamlfile import Float, Integer

MOST_COMPARED = 40_000  # pairs of items of two lists

# Pairs of places in two lists, the last one first.
_Pairs: TypeAlias = "tuple[int, int, _Pairs] | None"


def items(value: Any) -> Iterable[tuple[Any, Any]]:
    """The keys of a mapping or the numbers of a list, each with what is there; else nothing."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value if isinstance(value, list) else ())


def same(old: Any, new: Any) -> bool:
    """Whether `old`, as it was read, is what is wanted.

    >>> same(["A", True], ["A", True]), same(["A", True], ["A", 1])
    (True, False)
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, Integer | Float) and isinstance(new, str):
        return old.text == new
    if isinstance(old, bool | float) or isinstance(new, bool | float):
        return isinstance(old, float) == isinstance(new, float) and repr(old) == repr(new)
    return bool(old == new)


def partners(old: Any, new: Any) -> dict[Any, Any]:
    """Which key or number of `new` each one of `old` becomes, if any.

    Items of a list stay in their order. Of lists that are too long to compare, and of values that
    are not both mappings or both lists, none is said to become another.

    >>> partners({"name": "Ada", "org": "X"}, {"role": "r", "name": "Bo"})
    {'name': 'name'}
    >>> partners(["A", "B", "C"], ["B", "M", "C", "D"])
    {1: 0, 2: 2}
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: key for key in old if key in new}
    if isinstance(old, list) and isinstance(new, list) and len(old) * len(new) <= MOST_COMPARED:
        return _paired(old, new)
    return {}


def added(new: Any, partners: Mapping[Any, Any]) -> dict[Any, Any]:
    """The parts of `new` that nothing old becomes, by the old key or number before each, or None.

    >>> added(["O", "A", "M", "N"], {0: 1})
    {None: ['O'], 0: ['M', 'N']}
    """
    was = {key: old for old, key in partners.items()}
    found: dict[Any, Any] = {}
    before = None
    for key, value in items(new):
        if key in was:
            before = was[key]
        elif isinstance(new, dict):
            found.setdefault(before, {})[key] = value
        else:
            found.setdefault(before, []).append(value)
    return found


def _paired(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    best: list[tuple[int, _Pairs]] = [(0, None)] * (len(new) + 1)
    for i, one in enumerate(old):
        row = best[:1]
        for j, other in enumerate(new):
            score, pairs = best[j]
            like = _likeness(one, other)
            both = (score + like, (i, j, pairs)) if like else best[j]
            row.append(max(both, best[j + 1], row[j], key=itemgetter(0)))
        best = row
    found, chain = [(len(old), len(new))], best[-1][1]
    while chain is not None:
        i, j, chain = chain
        found.append((i, j))
    found = [(-1, -1), *reversed(found)]
    for (i, j), (next_i, next_j) in pairwise(tuple(found)):
        if next_i - i == next_j - j:  # as many go as come: one for one
            found += zip(range(i + 1, next_i), range(j + 1, next_j), strict=True)
    return dict(sorted(found)[1:-1])


def _likeness(old: Any, new: Any) -> int:
    """1000 if they are the same, 1 if they begin the same, as with a speaker's name, else 0."""
    if same(old, new):
        return 1000
    names = [*new][:1] if isinstance(old, dict) and isinstance(new, dict) else []
    return int(any(name in old and same(old[name], new[name]) for name in names))
