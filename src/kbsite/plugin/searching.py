"""The search index of a build: made while pages are, unless the site before has the very one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from kbsite.kept import Kept, Made, stamp
from kbsite.search import INDEX, Documents, Indexing


class Searching:
    """Makes the index of one site, build after build; `made` are its files."""

    def __init__(self) -> None:
        self._now: Indexing | None = None
        self._key = ""
        self.made: list[Made] = []

    def begin(
        self, documents: Documents, sessions: Sequence[str], site_dir: Path, kept: Kept | None
    ) -> None:
        """Start to index, unless there is the very index in the site before, of which `kept` knows.

        Raises EnvironmentFailure if the program is not there.
        """
        self.stop()
        self.made = []
        self._key = key_of(documents, sessions)
        if kept and self._is_brought(kept, self._key, site_dir):
            documents.close()
        else:
            forget_index(kept)
            self._now = Indexing(documents, sessions, site_dir / INDEX)

    def _is_brought(self, kept: Kept, key: str, site_dir: Path) -> bool:
        """Whether a whole index with this key has come from the site before."""
        brought = []
        for path in kept.of(key):
            if made := kept.bring(path, key, site_dir / path):
                brought.append(made)
            else:
                shutil.rmtree(site_dir / INDEX, ignore_errors=True)
                return False
        self.made = brought
        return bool(brought)

    def end(self, site_dir: Path) -> None:
        """Have the index in the site; raises EnvironmentFailure if the program fails."""
        now, self._now = self._now, None
        if now:
            now.finish()
            self.made = [
                Made(path.relative_to(site_dir).as_posix(), self._key, stamp(path))
                for path in sorted((site_dir / INDEX).rglob("*"))
                if path.is_file()
            ]

    def stop(self) -> None:
        """Give up what is being made, if anything is."""
        if self._now:
            self._now.stop()
            self._now = None


def forget_index(kept: Kept | None) -> None:
    """Have nothing left of the index before."""
    if kept:
        kept.clear(lambda path: not path.startswith(f"{INDEX}/"))


def key_of(documents: Documents, sessions: Sequence[str]) -> str:
    """The key of an index: what it is made of, and by what."""
    parts = (documents.digest, version("pagefind_bin"), *sessions)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
