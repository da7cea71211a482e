"""People whose names are nearly the same. Reported, never merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from kbsite import slugs

SHORTEST = 8  # shorter names differ by one letter too often
LONGEST = 60  # of longer ones the beginning or the end stays, wherever a slip is
COMPARED = 5  # names of one bucket with which each of them is compared

# As keys of names have them, before and after the name proper
_TITLES = re.compile(
    r"(?:(?:adv|dame|dipl|dott|dr|drs|eng|frau|herr|ing|ir|mag|miss|mr|mrs|ms|mx|prof|professor|"
    r"rer nat|rev|sir) )+(?=.)"
)
_SUFFIXES = re.compile(
    r"(?<=.)(?: (?:b ?sc|esq|iii?|iv|jr|junior|m ?sc|mba|md|ph ?d|senior|sr))+\Z"
)


def near_duplicates(names: Mapping[str, str], settled: Set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose names are the same or nearly so: but for a title, for names between the
    first and the last, for initials in their place, or for one slip.

    `names` maps ids to names; a pair of which both ids are in `settled` was told apart by a person.
    The work grows with the number of names, not with its square.
    """
    first: dict[str, str] = {}  # of most keys the only one
    buckets: dict[str, list[str]] = {}
    bare = {id: _without_titles(slugs.name_key(name)) for id, name in names.items()}
    for name, id in sorted((name, id) for id, name in bare.items()):
        for key in _keys(name):
            if key in first:
                buckets.setdefault(key, [first[key]]).append(id)
            else:
                first[key] = id
    seen: set[tuple[str, str]] = set()
    for ids in buckets.values():
        for at, one in enumerate(ids):
            for second in ids[at + 1 : at + 1 + COMPARED]:
                pair = (min(one, second), max(one, second))
                if one == second or pair in seen or (one in settled and second in settled):
                    continue
                if alike(bare[one], bare[second]):
                    seen.add(pair)
    yield from sorted(seen)


def _without_titles(key: str) -> str:
    start = found.end() if (found := _TITLES.match(key)) else 0
    return _SUFFIXES.sub("", key[start:])


def _keys(name: str) -> list[str]:
    """Names that are alike have one of these in common."""
    words, keys = name.split(), with_slips(name)
    if len(name) < SHORTEST:
        keys.append("".join(words))
    if len(words) > 1:
        keys.append(f"{words[0][0]}|{words[-1]}")
    if len(name) >= SHORTEST:
        keys.append("|".join(sorted(words)))
    return keys


def with_slips(name: str) -> list[str]:
    """A name and, if it is long enough for slips, what is left of it without each of its letters.

    Two names of which `one_slip_apart` is true have one of these in common.
    """
    if len(name) < SHORTEST:
        return [name]
    half = LONGEST // 2
    halves = [f"{name[:half]}…", f"…{name[-half:]}"] if len(name) >= LONGEST else []
    if len(name) > LONGEST:
        return [name, *halves]
    return [name, *halves, *(name[:at] + name[at + 1 :] for at in range(len(name)))]


def alike(one: str, other: str) -> bool:
    """Whether two keys of names, without titles, may be one person's.

    >>> alike("gabriel example", "gabriela example"), alike("ann lee", "bob ray")
    (True, False)
    >>> alike("g example", "gabriel x example"), alike("g x example", "gabriel y example")
    (True, False)
    """
    few, many = sorted((one.split(), other.split()), key=len)
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    return sorted(few) == sorted(many) or _abbreviated(few, many) or one_slip_apart(one, other)


def _abbreviated(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether all words of one name are in the other, in order, some of them as initials."""
    if len(few) < 2 or few[-1] != many[-1] or not _same_or_initial(few[0], many[0]):
        return False
    given = iter(many[1:-1])
    return all(any(_same_or_initial(word, each) for each in given) for word in few[1:-1])


def _same_or_initial(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two names differ by a letter, or by two that are swapped; a number is no slip.

    >>> one_slip_apart("ada example", "ada exampel"), one_slip_apart("speaker 1", "speaker 2")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(long) < SHORTEST or len(long) - len(short) > 1:
        return False
    begin = _alike_to(short, long)
    end = _alike_to(short[begin:][::-1], long[begin:][::-1])
    lost, put = short[begin : len(short) - end], long[begin : len(long) - end]
    if any(map(str.isdigit, lost + put)):
        return False
    return len(put) == 1 or (len(put) == 2 and lost == put[::-1])


def _alike_to(short: str, long: str) -> int:
    """How many letters two texts begin with that are the same."""
    differ = (at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
    return next(differ, len(short))
