"""The search index of a build, and of a site that is served: made there only if it must be."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Lock, Thread

from kbsite.errors import KbsiteError
from kbsite.kept import Kept, Made, stamp
from kbsite.search import INDEX, Documents, Indexing, naming_temporary


class Searching:
    """Makes the index of one site, build after build.

    A single build has it written in place while the pages are rendered. While serving, an index
    lies outside the site, which links to it: it stays while nothing that can be found has changed,
    and an older one serves until a newer one is there. `report` hears why there is none.
    """

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._now: Indexing | None = None
        self._kept: tempfile.TemporaryDirectory[str] | None = None
        self._digest = ""
        self._newest: Path | None = None
        self._old: list[Path] = []  # what the last good site may still lead to
        self._number = 0
        self._lock = Lock()
        self.made: list[Made] = []  # the files of the index of a single build

    def begin(
        self,
        documents: Documents,
        sessions: Sequence[str],
        site_dir: Path,
        *,
        serving: bool = False,
        kept: Kept | None = None,
    ) -> None:
        """Start to index, unless there is the very index in the site before, of which `kept` knows.

        Raises EnvironmentFailure if the program is not there.
        """
        folder = site_dir / INDEX
        self.made = []
        digest = _digest(documents, sessions)
        if not serving and kept and self._is_brought(kept, digest, site_dir):
            documents.close()
            return
        if serving:
            if digest == self._digest:
                documents.close()
                return
            with naming_temporary():
                self._kept = self._kept or tempfile.TemporaryDirectory(prefix="kbsite-index-")
            self._number += 1
            folder = Path(self._kept.name, str(self._number))
        self.stop()
        self._now = Indexing(documents, sessions, folder)
        self._digest = digest  # only now: what could not be begun is begun again by the next build

    def _is_brought(self, kept: Kept, key: str, site_dir: Path) -> bool:
        """Whether a whole index with this key has come from the site before."""
        brought = []
        for path in kept.of(key):
            (site_dir / path).parent.mkdir(parents=True, exist_ok=True)
            if made := kept.bring(path, key, site_dir / path):
                brought.append(made)
            else:
                shutil.rmtree(site_dir / INDEX)
                return False
        self.made = brought
        return bool(brought)

    def end(self, site_dir: Path, *, serving: bool) -> None:
        """Have the index in the site; raises EnvironmentFailure if the program fails."""
        while self._old:  # this build is good, and the site before it goes
            shutil.rmtree(self._old.pop(), ignore_errors=True)
        now, self._now = self._now, None
        if not serving:
            if now:
                now.finish()
                self.made = [
                    Made(path.relative_to(site_dir).as_posix(), self._digest, stamp(path))
                    for path in sorted((site_dir / INDEX).rglob("*"))
                    if path.is_file()
                ]
            return
        if now and self._newest is None:
            try:
                self._finish(now, site_dir, self._number)
            except BaseException:
                self._digest = ""
                raise
        elif now:
            Thread(target=self._later, args=(now, site_dir, self._number), daemon=True).start()
        self._link(site_dir)

    def close(self) -> None:
        """Remove what was kept for serving."""
        self.stop()
        if self._kept:
            self._kept.cleanup()

    def stop(self) -> None:
        """Give up what is being made, if anything is."""
        if self._now:
            self._now.stop()
            self._now, self._digest = None, ""

    def _later(self, indexing: Indexing, site_dir: Path, number: int) -> None:
        try:
            self._finish(indexing, site_dir, number)
        except (KbsiteError, OSError) as error:
            self._digest = ""
            self._report(str(error))

    def _finish(self, indexing: Indexing, site_dir: Path, number: int) -> None:
        indexing.finish()
        assert self._kept  # noqa: S101  # begun while serving
        made = Path(self._kept.name, str(number))
        with self._lock:
            older, newer = self._newest, number == self._number
            if newer:
                self._newest = made
        if newer:
            self._link(site_dir)
        if older and newer:
            self._old.append(older)
        elif not newer:
            shutil.rmtree(made, ignore_errors=True)

    def _link(self, site_dir: Path) -> None:
        """Let the site lead to the newest index. A site that is just being built has none yet."""
        with self._lock, suppress(FileNotFoundError):
            place = site_dir / INDEX
            if self._newest is None:
                return
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            new = place.with_name(f".{INDEX}~new")
            new.unlink(missing_ok=True)
            try:
                new.symlink_to(self._newest, target_is_directory=True)
                new.replace(place)  # in one step: requests are answered meanwhile
            except FileNotFoundError:
                raise
            except OSError:  # not every system lets everybody make links
                shutil.copytree(self._newest, place, dirs_exist_ok=True)


def _digest(documents: Documents, sessions: Sequence[str]) -> str:
    """The key of an index: what it is made of, and by what."""
    parts = (documents.digest, version("pagefind_bin"), *sessions)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
