"""Built sites: how large they are, and which pages they have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LEADING_ON = 2_000  # bytes that a page has at most that only leads on to another


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What is in the folder of a site. `pages` are addresses with the bytes of their HTML."""

    files: int
    bytes: int
    pages: dict[str, int]

    @property
    def page_size(self) -> float:
        """The mean, in bytes."""
        return sum(self.pages.values()) / len(self.pages) if self.pages else 0.0


def read(folder: Path) -> Site:
    """What is in a site; pages that only lead on to others do not count as such."""
    files = total = 0
    pages: dict[str, int] = {}
    for path, size in _files(folder):
        files += 1
        total += size
        if path.endswith(f"{os.sep}index.html") and not _leads_on(path, size):
            address = Path(path).parent.relative_to(folder).as_posix()
            pages["" if address == "." else f"{address}/"] = size
    return Site(files=files, bytes=total, pages=pages)


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    stack = [os.fspath(folder)]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                else:
                    yield entry.path, entry.stat(follow_symlinks=False).st_size


def _leads_on(path: str, size: int) -> bool:
    return size < _LEADING_ON and b'http-equiv="refresh"' in Path(path).read_bytes()
