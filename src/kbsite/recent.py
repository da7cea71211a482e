"""Files that this process has read before: what they say, for as long as they stay as they are."""

from __future__ import annotations

import os
import time
from typing import Any, TypeAlias

from kbsite.validate import Checked

Mark: TypeAlias = tuple[int, ...]
"""What changes with a file: when it was written and changed, its size, and which file it is."""

SETTLED = 2_000_000_000  # nanoseconds after which another change has another time on any disk


class Recent:
    """What the files of one knowledge base say, by their paths and what they are read as."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], tuple[Mark, Checked[Any]]] = {}
        self._seen: dict[tuple[str, object], tuple[Mark, Checked[Any]]] = {}

    def __bool__(self) -> bool:
        """Whether anything has been read."""
        return bool(self._known)

    def find(self, path: str, kind: object, mark: Mark | None) -> Checked[Any] | None:
        """What a file says, if it is the one that was read."""
        known = self._known.get((path, kind))
        if known is None or known[0] != mark:
            return None
        self._seen[path, kind] = known
        return known[1]

    def keep(self, path: str, kind: object, mark: Mark | None, checked: Checked[Any]) -> None:
        """Keep what a file says that had `mark` before it was read.

        A file that has only just been written may be written again at what is the same time to its
        disk, so what it says is not kept.
        """
        if mark is not None and max(mark[:2]) + SETTLED < time.time_ns():
            self._seen[path, kind] = (mark, checked)

    def done(self) -> None:
        """Forget the files that have not been seen since the last time."""
        self._known, self._seen = self._seen, {}


def mark(state: os.stat_result) -> Mark:
    """The mark of a file in some state."""
    times = (state.st_mtime_ns, state.st_ctime_ns)
    return (*times, state.st_size, state.st_ino, state.st_dev)
