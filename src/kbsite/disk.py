"""Files of a knowledge base as a command may change them: read once, and written all or none.

What is to be written is first noted whole in a folder of its own, which takes its name in one step.
From then on it will be written, if need be by the next command that changes anything.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from kbsite.errors import EnvironmentFailure
from kbsite.filekinds import LOCK
from kbsite.tree import SIZE_LIMIT, Instead

NOTED = ".kbsite-changes"  # the folder of changes that are being written
_LIST = "changes.json"


@dataclass(frozen=True)
class Disk:
    """What the files under a root held when somebody first asked.

    A file that was changed after it `begun`, in nanoseconds, may not be what the check has read.
    """

    root: Path
    begun: int
    held: dict[str, bytes | None] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        """What a file holds, None if there is none; ValueError for what is not for us to write."""
        if path not in self.held:
            self.held[path] = self._read(path)
        return self.held[path]

    def _read(self, path: str) -> bytes | None:
        parts = PurePosixPath(path).parts
        if path != "/".join(parts) or any(part.startswith((".", "/")) for part in parts):
            raise ValueError(f"{path} is no path inside the root")
        place = self.root
        for part in parts[:-1]:
            place /= part
            if place.is_symlink():
                raise ValueError(f"{place} is a link")
        place /= parts[-1]
        try:
            found = place.lstat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ValueError(f"{place} cannot be read") from error
        is_ours = parts[-1] == LOCK or found.st_size <= SIZE_LIMIT
        if not stat.S_ISREG(found.st_mode) or not is_ours:
            raise ValueError(f"{place} is no file of ours")
        if found.st_ctime_ns >= self.begun:
            raise ValueError(f"{place} was changed just now")
        with suppress(OSError):
            return place.read_bytes()
        raise ValueError(f"{place} cannot be read")


def write(root: Path, files: Instead, before: Instead) -> None:
    """Write files, None for one that is to go: all of them, or none.

    Raises EnvironmentFailure where they cannot be written, or one is not as it was `before`.
    """
    if not files:
        return
    finish(root)
    for path in files:
        if _bytes(root / path) != before[path]:
            raise EnvironmentFailure(
                f"{path} was changed while it was checked; run the command again"
            )
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{NOTED}~", dir=root))
        try:
            _note(folder, files, before)
            folder.rename(root / NOTED)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise EnvironmentFailure(
            f"cannot write to {root}: {error.strerror}; nothing was changed"
        ) from error
    finish(root)


def demand_finished(root: Path) -> None:
    """Raise EnvironmentFailure while a command that was cut off has left files half changed."""
    if (root / NOTED).is_dir():
        raise EnvironmentFailure(
            f"a command was cut off while it changed files; what it had noted is in {NOTED}: "
            f"'kbsite check --fix' writes the rest of it; or delete {NOTED} to leave all as it is "
            "now"
        )


def finish(root: Path) -> bool:
    """Write what a command that was cut off had noted, if one has; whether there was any.

    Raises EnvironmentFailure where that cannot be, since somebody has changed a file meanwhile.
    """
    for left in root.glob(f"{NOTED}~*"):  # of one that was cut off before
        shutil.rmtree(left, ignore_errors=True)
    folder = root / NOTED
    if not folder.is_dir():
        return False
    noted = json.loads((folder / _LIST).read_text("utf-8"))
    for path, (number, old, new) in noted.items():
        if _digest(_bytes(root / path)) not in (old, new):
            raise EnvironmentFailure(
                f"a command that changes {len(noted)} files was cut off, and {path} was changed "
                f"since; what it should hold is {NOTED}/{number}: put that in its place, or "
                f"delete {NOTED} to leave all as it is now"
            )
    # What moves is there twice before it is gone from its old place
    for path, (number, _, new) in sorted(noted.items(), key=lambda item: item[1][2] == ""):
        place = root / path
        try:
            if new:
                _put(place, (folder / str(number)).read_bytes())
            elif place.exists():
                place.unlink()
                _remove_empty(place.parent, root)
        except OSError as error:
            raise EnvironmentFailure(
                f"{path} cannot be written: {error.strerror}; run the command again when it can"
            ) from error
    shutil.rmtree(folder)
    return True


def _note(folder: Path, files: Instead, before: Instead) -> None:
    noted: dict[str, tuple[int, str, str]] = {}
    for number, (path, raw) in enumerate(sorted(files.items())):
        if raw is not None:
            _sync(folder / str(number), raw)
        noted[path] = (number, _digest(before[path]), _digest(raw))
    _sync(folder / _LIST, json.dumps(noted).encode())


def _sync(place: Path, raw: bytes) -> None:
    with place.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _bytes(place: Path) -> bytes | None:
    try:
        return place.read_bytes() if place.is_file() else None
    except OSError as error:
        raise EnvironmentFailure(f"{place} cannot be read: {error.strerror}") from error


def _digest(raw: bytes | None) -> str:
    """What tells contents apart; empty for no file."""
    return "" if raw is None else blake2b(raw, digest_size=16).hexdigest()


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder that the last file has left, and those that held only it; not the top."""
    while root not in (folder, folder.parent) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _put(place: Path, raw: bytes) -> None:
    """Write a file in one step, with the permissions that it has."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".kbsite-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        if place.exists():
            shutil.copymode(place, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
