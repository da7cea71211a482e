"""A folder replaced whole: made beside its place, and put there in one step.

Until then the old folder stays, whatever happens. One process at a time.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from filelock import FileLock, Timeout

from kbsite.errors import EnvironmentFailure

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def staging(target: Path, what: str) -> Iterator[Path]:
    """A new folder beside `target`, gone at the end unless it was published.

    One `what` at a time: while another one to the same place runs, this is an EnvironmentFailure.
    """
    lock = FileLock(target.with_name(f".{target.name}.lock"), blocking=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        recover(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}~new-", dir=target.parent))
        folder.chmod(0o755)
    except Timeout:
        raise EnvironmentFailure(f"another {what} to {target} is running; wait for it") from None
    except OSError as error:
        _free(lock)
        raise EnvironmentFailure(f"cannot write to {target.parent}: {error.strerror}") from error
    try:
        yield folder
    except OSError as error:
        raise EnvironmentFailure(
            f"{target.name} could not be written: {error.strerror or error}; "
            "what was there is untouched"
        ) from error
    finally:
        remove(folder)
        _free(lock)


def _free(lock: FileLock) -> None:
    """Give the lock back and take its file away.

    In this order, and only because nobody waits for the lock: who opened the file before and locks
    it afterwards has one without a name, which filelock notices, and begins again.
    """
    if lock.is_locked:
        with suppress(OSError):  # Windows removes no file that is open, and filelock does it then
            Path(lock.lock_file).unlink()
    lock.release()


def publish(folder: Path, target: Path) -> None:
    """Put `folder` in the place of `target`.

    Where the system can exchange two folders that is one step, and what `target` held is in
    `folder` afterwards. Elsewhere it takes two renames; if the machine stops between them,
    `recover` puts the old folder back the next time. The names of both begin with that of `target`
    and a '~', which no id holds.
    """
    if target.exists() and exchange(folder, target):
        return
    old = _old(target)
    if target.exists():
        target.replace(old)
    try:
        folder.replace(target)
    except BaseException:
        if old.exists():
            old.replace(target)
        raise
    remove(old)


def recover(target: Path) -> None:
    """Mend what a process that was cut off in the middle left behind."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.replace(target)
    remove(old)
    for left in target.parent.glob(f".{escape(target.name)}~new-*"):
        remove(left)


def remove(folder: Path) -> None:
    """Remove a folder as far as that is possible, and what is in it, read-only or not."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.is_dir() or folder.is_symlink():
        return
    with suppress(OSError):
        folder.chmod(stat.S_IRWXU)
    for place, inside, _ in os.walk(folder):  # which looks into a folder after we have opened it
        for each in (Path(place, name) for name in inside):
            if not each.is_symlink():
                with suppress(OSError):
                    each.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}~old")


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    with suppress(AttributeError, OSError):  # another C library, or none that can be loaded
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        names = (os.fsencode(one), os.fsencode(other))
        return bool(
            rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0
        )
    return False
