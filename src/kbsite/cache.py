"""A folder of packs: bytes that were made before, by name, which may be gone at any moment.

A pack counts only if this user and this very program wrote it: each is sealed with a secret that
lies outside the knowledge base, so that one which came with somebody's files is nothing. What is
cut off, changed or written by another version is nothing too, and where nothing can be written,
nothing is kept.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

FOLDER = ".cache/kbsite"
SEAL = 32  # bytes
LARGEST = 1 << 30  # bytes of a pack; what is larger is none of ours
TAG = "CACHEDIR.TAG"
_SIGNATURE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# What kbsite has made before. It may be deleted at any time; see https://bford.info/cachedir/\n"
)
_ENDING = ".pack"
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # where a system has them
_READ = sum((getattr(os, flag, 0) for flag in _FLAGS), os.O_RDONLY)


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs called `what` of the knowledge base `root`, by the program with this digest."""

    root: Path
    what: str
    program: str

    def read(self, name: str) -> bytes | None:
        """What was written under a name, if that is certain."""
        key, folder = _secret(), self._folder()
        if key is None or folder is None:
            return None
        with suppress(OSError, MemoryError):
            handle = os.open(folder / (name + _ENDING), _READ)
            try:
                found = os.fstat(handle)
                whole = stat.S_ISREG(found.st_mode) and found.st_size <= LARGEST
                data = _all_of(handle) if whole else b""
            finally:
                os.close(handle)
            seal, pack = data[:SEAL], data[SEAL:]
            if hmac.compare_digest(seal, self._seal(key, name, pack)):
                return pack
        return None

    def write(self, name: str, pack: bytes) -> None:
        """Keep a pack, whole or not at all."""
        key = _secret()
        folder = self._folder(make=True) if key else None
        if key is not None and folder is not None:
            _put(folder / (name + _ENDING), self._seal(key, name, pack) + pack)

    def beside(self, name: str) -> Path | None:
        """Where a folder of this name may lie beside the packs; None where nothing can."""
        folder = self._folder(make=True)
        return folder / name if folder else None

    def keep(self, names: Collection[str]) -> None:
        """Delete all packs but these."""
        folder = self._folder()
        if folder is None:
            return
        held: set[str] = set()
        with suppress(OSError):
            held = {path.name for path in folder.iterdir()}
        for name in held - {name + _ENDING for name in names}:
            with suppress(OSError):
                (folder / name).unlink()

    def _seal(self, key: bytes, name: str, pack: bytes) -> bytes:
        """Short of a collision, a seal is that of one pack, name, program and user."""
        about = "\n".join((self.what, name, self.program)).encode()
        made = blake2b(len(about).to_bytes(4, "big"), key=key, digest_size=SEAL)
        made.update(about)
        made.update(pack)
        return made.digest()

    def _folder(self, *, make: bool = False) -> Path | None:
        """Where the packs lie; None where that is no folder, or a link may lead elsewhere."""
        folder = self.root
        for part in (*FOLDER.split("/"), self.what):
            folder = folder / part
            with suppress(OSError):
                if make:
                    folder.mkdir(exist_ok=True)
            if folder.is_symlink() or not folder.is_dir():
                return None
            if make and part == FOLDER.rpartition("/")[2]:
                _mark(folder)
        return folder


def _all_of(handle: int) -> bytes:
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()


def _mark(folder: Path) -> None:
    """Say to programs that make copies, and to git, that a folder can be left out."""
    for name, text in ((TAG, _SIGNATURE), (".gitignore", "*\n")):
        if not (folder / name).exists():
            _put(folder / name, text.encode())


def _put(place: Path, data: bytes) -> None:
    """Write a file in one step, or leave what is there."""
    try:
        handle, name = tempfile.mkstemp(dir=place.parent)
    except OSError:
        return
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        new.replace(place)
    except OSError:
        new.unlink(missing_ok=True)


@cache
def _secret() -> bytes | None:
    """What only this user knows; None where it cannot be kept."""
    try:
        place = _home() / "kbsite" / "seal"
    except RuntimeError:  # a user without a home
        return None
    for _ in range(2):
        with suppress(OSError):
            secret = place.read_bytes()
            return secret if len(secret) == SEAL else None
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            _put(place, secrets.token_bytes(SEAL))  # for its owner alone, as temporary files are
    return None


def _home() -> Path:
    """Where a user's programs keep what they can make again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
