"""Temporary folders that do not outlive their process for long, even one that was killed.

A process holds a lock in each of its folders; the next one to want a folder removes those that
nobody holds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

_PREFIX, _LOCK, _INSIDE = "kbsite-", "lock", "in"
_BEGINNING = 60.0  # seconds in which a folder may be there and its lock not yet


class Temporary:
    """A new folder of this user's, for as long as the process wants it."""

    def __init__(self, purpose: str) -> None:
        """Raises OSError where none can be made."""
        _sweep()
        self._holder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{purpose}-"))
        # Who is done with the folder may be another thread than the one that wanted it.
        self._lock = FileLock(self._holder / _LOCK, blocking=False, thread_local=False)
        self._lock.acquire()
        self.folder = self._holder / _INSIDE
        self.folder.mkdir()

    def close(self) -> None:
        """Remove it, and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()
        shutil.rmtree(self._holder, ignore_errors=True)

    def __enter__(self) -> Path:
        return self.folder

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _sweep() -> None:
    """Remove what processes have left that were killed; what others hold, or own, stays."""
    for holder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        with suppress(OSError, Timeout):
            if holder.is_symlink() or not _is_ours(holder):
                continue
            if not (holder / _LOCK).exists():
                if holder.stat().st_mtime < time.time() - _BEGINNING:
                    holder.rmdir()  # which only an empty folder lets be done with it
                continue
            lock = FileLock(holder / _LOCK, blocking=False)
            lock.acquire()
            shutil.rmtree(holder / _INSIDE, ignore_errors=True)
            lock.release()
            shutil.rmtree(holder, ignore_errors=True)


def _is_ours(holder: Path) -> bool:
    return os.name != "posix" or holder.stat().st_uid == os.geteuid()
