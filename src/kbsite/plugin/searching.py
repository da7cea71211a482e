"""The search index of a build, and of a site that is served: made there only if it must be."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from kbsite.errors import KbsiteError
from kbsite.search import INDEX, Indexing, naming_temporary


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

    def begin(
        self,
        documents: Sequence[tuple[str, bytes]],
        sessions: Sequence[str],
        site_dir: Path,
        *,
        serving: bool,
    ) -> None:
        """Start to index; raises EnvironmentFailure if the program is not there."""
        folder = site_dir / INDEX
        if serving:
            digest = _digest(documents, sessions)
            if digest == self._digest:
                return
            with naming_temporary():
                self._kept = self._kept or tempfile.TemporaryDirectory(prefix="kbsite-index-")
            self._number += 1
            folder = Path(self._kept.name, str(self._number))
        self.stop()
        self._now = Indexing(documents, sessions, folder)
        if serving:  # only now: what could not be begun is begun again by the next build
            self._digest = digest

    def end(self, site_dir: Path, *, serving: bool) -> None:
        """Have the index in the site; raises EnvironmentFailure if the program fails."""
        while self._old:  # this build is good, and the site before it goes
            shutil.rmtree(self._old.pop(), ignore_errors=True)
        now, self._now = self._now, None
        if not serving:
            if now:
                now.finish()
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


def _digest(documents: Sequence[tuple[str, bytes]], sessions: Sequence[str]) -> str:
    digest = hashlib.sha256("\0".join(sessions).encode())
    for path, html in documents:
        digest.update(path.encode() + b"\0" + html + b"\0")
    return digest.hexdigest()
