"""What a chore will do: which files hold what then, before any of them is touched."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from kbsite import disk
from kbsite.filekinds import LOCK
from kbsite.pipeline import Prepared
from kbsite.tree import Instead

FEW = 3  # files of one folder that are listed one by one when they only move
_CONTEXT = 2  # lines around a change


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The files that a chore changes, by path from the root; None for one that is not there.

    `moves` are those that only got another path, and whatever was changed in them on the way.
    `leads_on` are addresses of the site that led to pages and will lead on to others. `remarks` say
    what stays as it is and why, and what is left to do. `after` is the base as it will be.
    """

    title: str
    files: Instead
    before: Instead
    moves: Mapping[str, str]
    leads_on: Mapping[str, str]
    remarks: tuple[str, ...]
    after: Prepared

    def apply(self, root: Path) -> None:
        """Write all of it or nothing. Raises EnvironmentFailure as `disk.write` does."""
        disk.write(root, self.files, self.before)

    @property
    def extent(self) -> str:
        """How much it is, in words."""
        moved = len(self.moves)
        new = sum(self.before[path] is None for path in self.files) - moved
        gone = sum(raw is None for raw in self.files.values()) - moved
        changed = len(self.files) - new - gone - 2 * moved
        changed += sum(self._is_changed(old, to) for old, to in self.moves.items())
        counts = {"changed": changed, "moved": moved, "new": new, "removed": gone}
        said = [f"{number:,} {word}" for word, number in counts.items() if number]
        return f"files: {', '.join(said)}" if said else "no file needs a change"

    def lines(self) -> Iterator[str]:
        """The plan as people read it: what moves, what changes in which lines, what leads on."""
        yield from self._moved()
        for path in sorted(self.files):
            yield from self._difference(path)
        for former, present in sorted(self.leads_on.items()):
            yield f"/{former} will lead on to /{present}"
        yield from self.remarks

    def _moved(self) -> Iterator[str]:
        folders = Counter(map(_folders, self.moves.items()))
        told = set()
        for old, to in sorted(self.moves.items()):
            where = _folders((old, to))
            if folders[where] <= FEW or posixpath.basename(old) != posixpath.basename(to):
                yield f"{old} moves to {to}"
            elif where not in told:
                told.add(where)
                yield f"{where[0]}/ moves to {where[1]}/, with {folders[where]:,} files"

    def _difference(self, path: str) -> Iterator[str]:
        if path in self.moves:
            return
        came = next((old for old, to in self.moves.items() if to == path), path)
        old, new = self.before[came], self.files[path]
        if old == new:
            return
        if path.endswith(f"/{LOCK}"):
            yield f"{path} changes alike"  # what an import keeps for itself, in thousands of lines
            return
        head = (
            f"--- {came if old is not None else '(new)'}",
            f"+++ {path if new is not None else '(removed)'}",
        )
        found = unified_diff(_lines(old), _lines(new), n=_CONTEXT, lineterm="")
        yield from (*head, *list(found)[2:])

    def _is_changed(self, old: str, to: str) -> bool:
        return self.before[old] != self.files[to]


def _folders(move: tuple[str, str]) -> tuple[str, str]:
    old, to = move
    return posixpath.dirname(old), posixpath.dirname(to)


def _lines(raw: bytes | None) -> list[str]:
    return (raw or b"").decode(errors="replace").splitlines()
