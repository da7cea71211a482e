"""Which files of a knowledge base the paths mean that somebody gives to a command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kbsite.errors import UsageError
from kbsite.pipeline import find_root

PLACES = (
    "sessions are sessions/EVENT/NAME.yaml, themes are themes/NAME.md, pages are in content/ and "
    "not kept out by mkdocs.yml, and no name begins with a dot"
)


@dataclass(frozen=True)
class Selection:
    """What is at some `paths`, as they were given, or below them.

    `wanted` are the same paths from the root, with slashes; "." is all of it. What is no part is
    everything.
    """

    paths: tuple[Path, ...]
    wanted: tuple[str, ...]
    is_part: bool

    @classmethod
    def of(cls, files: Iterable[str]) -> Selection:
        """Some files, by their paths from the root, which may be none at all."""
        return cls((), tuple(sorted(files)), is_part=True)

    def holds(self, file: str) -> bool:
        """Whether a file is meant, or a folder that something meant is in."""
        return (
            not self.is_part
            or not self._wanted.isdisjoint((".", file, *parents(file)))
            or file in self._holders
        )

    def unread(self, files: Iterable[str]) -> list[Path]:
        """The paths at which none of `files` is, nor below, nor a folder among them above."""
        files = frozenset(files)
        read = {each for file in files for each in (".", file, *parents(file))}
        return [
            path
            for path, own in zip(self.paths, self.wanted, strict=False)
            if own not in read and files.isdisjoint(parents(own))
        ]

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(self.wanted)

    @cached_property
    def _holders(self) -> frozenset[str]:
        return frozenset(parent for own in self.wanted for parent in parents(own))


def base_of(path: Path) -> Path:
    """The knowledge base that a path is in, by its names or by where it leads.

    Raises UsageError if there is none.
    """
    try:
        return find_root(_from_top(path))
    except UsageError:
        return find_root(Path(os.path.realpath(path)))


def select(paths: Sequence[Path], root: Path) -> Selection:
    """What is meant; without paths, everything.

    Raises UsageError for a path that leads nowhere, or is not in the knowledge base `root`.
    """
    wanted = tuple(_inside(path, root) for path in paths)
    return Selection(tuple(paths), wanted, is_part=bool(paths))


def _inside(path: Path, root: Path) -> str:
    """A path from the root, which may be reached through links; those below it are names as others.

    That is how files are read: a page that is a link is a page of its own.
    """
    if not os.path.lexists(path):
        raise UsageError(f"there is no {path}")
    for place in (_from_top(path), Path(os.path.realpath(path))):
        for holder in (place, *place.parents):
            if holder.exists() and holder.samefile(root):
                return place.relative_to(holder).as_posix()
    raise UsageError(f"{path} is not part of the knowledge base {root}")


def _from_top(path: Path) -> Path:
    """The whole of a path, with links as names, but for those that a '..' comes after."""
    whole = path.absolute()
    ups = [number for number, part in enumerate(whole.parts) if part == ".."]
    if not ups:
        return whole
    last = ups[-1] + 1
    return Path(os.path.realpath(Path(*whole.parts[:last])), *whole.parts[last:])


def parents(file: str) -> Iterator[str]:
    """The folders that a path from the root is in.

    >>> list(parents("a/b/c"))
    ['a/b', 'a']
    """
    while file := file.rpartition("/")[0]:
        yield file
