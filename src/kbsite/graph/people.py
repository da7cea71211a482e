"""People whose names are nearly the same. Reported, never merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from kbsite import slugs

SHORTEST = 8  # shorter names differ by one letter too often


def near_duplicates(names: Mapping[str, str], settled: Set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose names are the same or one slip apart: a letter, two swapped, the order of
    the words, or a middle name.

    `names` maps ids to names; a pair of which both ids are in `settled` was told apart by a person.
    The work grows with the number of names, not with its square.
    """
    buckets: dict[str, list[str]] = {}
    folded = {id: slugs.fold(name) for id, name in names.items()}
    for id, name in folded.items():
        for key in _keys(name):
            buckets.setdefault(key, []).append(id)
    seen: set[tuple[str, str]] = set()
    for ids in buckets.values():
        for at, first in enumerate(ids):
            for second in ids[at + 1 : at + 6]:
                pair = (min(first, second), max(first, second))
                if first == second or pair in seen or (first in settled and second in settled):
                    continue
                if one_slip_apart(folded[first], folded[second]):
                    seen.add(pair)
    yield from sorted(seen)


def _keys(name: str) -> Iterator[str]:
    yield name
    if len(name) < SHORTEST:
        return
    words = name.split()
    yield "|".join(sorted(words))
    if len(words) > 2:
        yield f"{words[0]}|{words[-1]}" if words[0] <= words[-1] else f"{words[-1]}|{words[0]}"
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two folded names differ by one slip.

    >>> one_slip_apart("gabriel example", "gabriela example"), one_slip_apart("ann lee", "bob ray")
    (True, False)
    """
    if sorted(one.split()) == sorted(other.split()):
        return True
    short, long = sorted((one, other), key=len)
    few, many = short.split(), long.split()
    if len(few) == 2 and len(many) > 2 and few == [many[0], many[-1]]:
        return True
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    if len(long) != len(short):
        return False
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )
