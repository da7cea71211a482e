"""What the last build of a site made, by key: a file with the same key need not be made again.

It is linked from the site as it stands there, if it is still the very file that was written; of
anything that has changed it since, even if only its times, it is made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from kbsite.cache import Packs


class Made(NamedTuple):
    """A file of a site by its path there, the key it was made for, and what tells it from others.

    `stamp` are its number on the disk, its size, and when it was last written, in nanoseconds.
    """

    path: str
    key: str
    stamp: tuple[int, int, int]


class Kept:
    """The files of one site by their keys."""

    def __init__(self, packs: Packs, site: Path) -> None:
        """What is known of the site in `site`, which may be nothing."""
        self._packs = packs
        self._site = site
        self._name = blake2b(os.fsencode(site), digest_size=16).hexdigest()
        pack = packs.read(self._name)
        self._made: Mapping[str, list[object]] = json.loads(pack) if pack else {}

    def of(self, key: str) -> list[str]:
        """The paths of all files that have a key."""
        return [path for path, known in self._made.items() if known[0] == key]

    def bring(self, path: str, key: str, place: Path) -> Made | None:
        """Put the file at `path` of the site to `place` too, if it has this key."""
        known = self._made.get(path)
        if known is None or known[0] != key:
            return None
        old = self._site / path
        with suppress(OSError):  # gone, or on a system or disk without links
            place.unlink(missing_ok=True)  # a link to it, if a process was cut off that brought it
            if [key, *_stamp(old)] == known:
                os.link(old, place)
                return Made(path, key, stamp(place))
        return None

    def save(self, made: Iterable[Made]) -> None:
        """Know of these from now on, as they are in the site, if they are what was made.

        The files of one key, as those of an index, are of use only together.
        """
        now: dict[str, list[object]] = {}
        parted: set[object] = set()
        for path, key, own in made:
            with suppress(OSError):
                found = _stamp(self._site / path)
                if found[:3] == own:
                    now[path] = [key, *found]
                    continue
            parted.add(key)
        whole = {path: known for path, known in now.items() if known[0] not in parted}
        self._packs.write(self._name, json.dumps(whole, separators=(",", ":")).encode())
        self._packs.keep([self._name])


def stamp(place: Path) -> tuple[int, int, int]:
    """What tells a file from others, and from itself before it is written again."""
    found = os.lstat(place)
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _stamp(place: Path) -> tuple[int, int, int, int]:
    """The same, with when the system last noted a change of it, which no program can set."""
    found = os.lstat(place)
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
