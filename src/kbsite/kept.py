"""What the last build of a site made, by key: a file with the same key need not be made again.

It is linked from the site as it stands there, if it is still the very file that was written; of
anything that has changed it since, even if only its times, it is made anew. The site before that
one is spare: the next is made of it, for most files of both are the same, and its folders are
there.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

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
        known = json.loads(pack) if pack else {}
        self._made: Mapping[str, list[Any]] = known.get("made", {})
        self._spare: list[int] | None = known.get("spare")
        self._folder = site
        self._laid: set[str] = set()

    def of(self, key: str) -> list[str]:
        """The paths of all files that have a key."""
        return [path for path, known in self._made.items() if known[0] == key]

    def lay(self, folder: Path) -> None:
        """Put into `folder` what the spare site has in common with the last."""
        spare = self._packs.beside(self._name)
        if spare is None or self._spare is None or self._spare != _identity(spare):
            return
        with suppress(OSError):  # on another disk, for one
            self._strip(spare)
            for each in folder.iterdir():
                each.replace(spare / each.name)
            folder.rmdir()
            spare.replace(folder)
            self._folder = folder
            return
        folder.mkdir(exist_ok=True)
        self._laid.clear()

    def clear(self, stays: Callable[[str], bool]) -> None:
        """Remove what was laid, but for the paths that stay.

        To be called before anybody else writes, for it would be written to the last site as well.
        """
        gone = {path for path in self._laid if not stays(path)}
        self._laid -= gone
        for path in gone:
            place = self._folder / path
            with suppress(OSError):  # until a folder is not empty
                place.unlink()
                for folder in place.parents:
                    folder.rmdir()

    def bring(self, path: str, key: str, place: Path) -> Made | None:
        """Have the file at `path` of the site at `place` too, if it has this key, or else none."""
        known = self._made.get(path)
        is_laid = path in self._laid
        if known is not None and known[0] == key:
            if is_laid:
                return Made(path, key, (known[1], known[2], known[3]))
            return self._link(path, known, place)
        if is_laid:
            place.unlink(missing_ok=True)
        return None

    def _link(self, path: str, known: list[Any], place: Path) -> Made | None:
        old = self._site / path
        with suppress(OSError):  # gone, or on a system or disk without links
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)  # a link to it, if a process was cut off that made it
            if _stamp(old) == known[1:]:
                os.link(old, place)
                return Made(path, known[0], stamp(place))
        return None

    def _strip(self, folder: str | Path, inside: str = "") -> bool:
        """Remove from a folder what is not linked to the last site; says whether anything stays."""
        stays = False
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if self._strip(entry.path, f"{path}/"):
                        stays = True
                    else:
                        Path(entry.path).rmdir()
                elif (known := self._made.get(path)) and _stamp(entry.path) == known[1:]:
                    self._laid.add(path)
                    stays = True
                else:
                    Path(entry.path).unlink()
        return stays

    def save(self, made: Iterable[Made], before: Path) -> None:
        """Know of these from now on, as they are in the site, if they are what was made.

        The files of one key, as those of an index, are of use only together. The site that this one
        has replaced is in the folder `before`, and spare from now on.
        """
        spare = self._put_away(before)
        now: dict[str, list[Any]] = {}
        parted: set[str] = set()
        for path, key, own in made:
            with suppress(OSError):
                found = _stamp(self._site / path)
                if found[:3] == list(own):
                    now[path] = [key, *found]
                    continue
            parted.add(key)
        whole = {path: known for path, known in now.items() if known[0] not in parted}
        pack = json.dumps({"made": whole, "spare": spare}, separators=(",", ":"))
        self._packs.write(self._name, pack.encode())
        self._packs.keep([self._name])

    def _put_away(self, folder: Path) -> list[int] | None:
        """Keep a folder for the next build, if that can be; gives what tells it from others.

        None of what was made is removed: that would change what is linked to it.
        """
        place = self._packs.beside(self._name)
        if place is not None:
            with suppress(OSError):
                for other in place.parent.iterdir():
                    if other.is_dir() and not other.is_symlink():
                        shutil.rmtree(other, ignore_errors=True)
                folder.replace(place)
                return _identity(place)
        shutil.rmtree(folder, ignore_errors=True)
        return None


def stamp(place: Path) -> tuple[int, int, int]:
    """What tells a file from others, and from itself before it is written again."""
    found = os.lstat(place)
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _stamp(place: Path | str) -> list[int]:
    """The same, with when the system last noted a change of it, which no program can set."""
    found = os.lstat(place)
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _identity(folder: Path) -> list[int] | None:
    """What tells a folder from others, if there is one."""
    with suppress(OSError):
        found = os.lstat(folder)
        if stat.S_ISDIR(found.st_mode):
            return [found.st_dev, found.st_ino]
    return None
