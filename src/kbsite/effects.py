"""What a change does elsewhere: the problems that were not there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from kbsite.errors import Problem
from kbsite.history import History
from kbsite.selection import parents
from kbsite.tree import Instead

ALIKE = 0.5  # of the lines of a new file that a gone one had, if it is that one renamed


def came_up(now: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """The problems of `now` that are not among those `before`, in files that are the same in both.

    A problem at the same place with other words is the same one: it may count, or guess names.
    """
    were = Counter((each.sort_key) for each in before)
    new = []
    for each in now:
        if were[each.sort_key]:
            were[each.sort_key] -= 1
        else:
            new.append(each)
    places = Counter(_place(key) for key in were.elements())
    out = []
    for each in new:
        place = _place(each.sort_key)
        if places[place]:
            places[place] -= 1
        else:
            out.append(each)
    return out


def _place(key: tuple[str, int, int, str, str]) -> tuple[str, int, int, str]:
    return key[:4]


def as_committed(
    history: History | None, root: Path, files: frozenset[str], wanted: frozenset[str]
) -> Mapping[str, bytes | None]:
    """The files at or below the paths `wanted`, as the last commit has them, or without them.

    One of `files` that is named itself, and is as it was committed or in no commit's care, is taken
    for new: all that there is because of it came with it. A file that is gone comes back if a new
    one is the same by another name.
    """
    named: Instead = dict.fromkeys(wanted & files)
    if history is None:
        return named
    changed = history.changed("HEAD")
    mine = [path for path in sorted(changed) if not wanted.isdisjoint((path, *parents(path)))]
    before = history.held("HEAD", mine)
    new = [path for path in mine if before[path] is None and (root / path).is_file()]
    gone = [path for path in sorted(changed) if not (root / path).exists()] if new else []
    return {**named, **before, **_renamed(history.held("HEAD", gone), root, new)}


def _renamed(gone: Instead, root: Path, new: Iterable[str]) -> Instead:
    """The files of those that are gone which are some new one by another name."""
    lines = [Counter((root / path).read_bytes().splitlines()) for path in new] if gone else []
    out: dict[str, bytes | None] = {}
    for path, raw in gone.items():
        own = Counter((raw or b"").splitlines())
        if any((own & other).total() > ALIKE * max(1, other.total()) for other in lines):
            out[path] = raw
    return out
