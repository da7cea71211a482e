"""The folders of a knowledge base on disk, read so that nothing leads out of them.

What cannot or may not be read is a problem, never an exception.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from kbsite.errors import Problem
from kbsite.recent import Mark, mark
from kbsite.sources import Source, file_problem

SIZE_LIMIT = 1024 * 1024

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Instead: TypeAlias = Mapping[str, bytes | None]
"""What files are taken to hold in place of what is on disk, by path; None for no file at all."""


@dataclass(frozen=True)
class Tree:
    """The files under `root`, an absolute path without links in it, with slashes inside it.

    Those that `instead` names are as it says, whatever is on disk. What is in the folders
    `published` is so as it is, and what is in those of `kept` is not: no link leads from the one to
    the other, nor out of `published` to a folder of anything.
    """

    root: Path
    report: Callable[[Problem], None]
    instead: Instead = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def problem(self, code: str, path: str, message: str, hint: str) -> None:
        self.report(file_problem(code, path, message, hint))

    def folders_and_files(self, path: str) -> Iterator[tuple[str, bool]]:
        """Names in a folder and whether each is a folder, by name, less hidden ones.

        Links that lead out of the root, or nowhere, are left out and reported.
        """
        others = self._others.get(path)
        if others is None:
            yield from self._on_disk(path)
            return
        found = dict(self._on_disk(path)) if (self.root / path).is_dir() else {}
        for name, is_folder in sorted({**found, **others}.items()):
            if is_folder is not None:
                yield name, is_folder

    @cached_property
    def _others(self) -> Mapping[str, Mapping[str, bool | None]]:
        """By folder, the names in it that `instead` has: whether each is a folder, None if gone."""
        out: dict[str, dict[str, bool | None]] = {}
        for path, raw in self.instead.items():
            folder, _, name = path.rpartition("/")
            if raw is None:
                out.setdefault(folder, {}).setdefault(name, None)
                continue
            out.setdefault(folder, {})[name] = False
            while folder:
                folder, _, name = folder.rpartition("/")
                out.setdefault(folder, {})[name] = True
        return {
            folder: {name: own for name, own in names.items() if not name.startswith(".")}
            for folder, names in out.items()
        }

    def _on_disk(self, path: str) -> Iterator[tuple[str, bool]]:
        if not self._may_follow(path):
            return
        try:
            with os.scandir(self.root / path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._cannot_read(path, "folder", error)
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_symlink():
                yield entry.name, entry.is_dir()
            elif self._may_follow(f"{path}/{entry.name}"):
                yield entry.name, (self.root / path / entry.name).is_dir()

    def walk(self, path: str) -> Iterator[str]:
        """Every file under a folder, by name."""
        for name, is_folder in self.folders_and_files(path):
            here = f"{path}/{name}"
            if is_folder:
                yield from self.walk(here)
            else:
                yield here

    def beside(self) -> Iterator[tuple[str, bool]]:
        """Names in the root and whether each is a folder, by name, less hidden ones and links."""
        try:
            with os.scandir(self.root) as entries:
                found = {each.name: each.is_dir() for each in entries if not each.is_symlink()}
        except OSError as error:
            self._cannot_read(".", "folder", error)
            return
        for name, is_folder in sorted({**found, **self._others.get("", {})}.items()):
            if is_folder is not None and not name.startswith("."):
                yield name, is_folder

    def is_folder(self, path: str) -> bool:
        return (self.root / path).is_dir() or path in self._others

    def holds(self, path: str) -> bool:
        """Whether there is something of this very name: some disks find capitals by small ones."""
        if path in self.instead:
            return self.instead[path] is not None
        place = self.root / path
        try:
            return place in place.parent.iterdir()
        except OSError:
            return False

    def is_file(self, path: str) -> bool:
        """Whether this is a file and no pipe, device or socket; those are reported."""
        if path in self.instead:
            return self.instead[path] is not None
        try:
            mode = (self.root / path).stat().st_mode
        except OSError as error:
            self._cannot_read(path, "file", error)
            return False
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "a pipe, a device or a socket"
            self.problem("KB006", path, f"this is {what}, not a file", "remove or rename it")
            return False
        return True

    def may_read(self, path: str) -> bool:
        """Whether this is a file that can be read; others are reported."""
        if path in self.instead or not self.is_file(path):
            return self.instead.get(path) is not None
        try:
            os.close(os.open(f"{self._prefix}{path}", _READ))
        except OSError as error:
            self._cannot_read(path, "file", error)
            return False
        return True

    def mark(self, path: str) -> Mark | None:
        """What changes with a file; nothing where that cannot be told."""
        if path in self.instead:
            return None
        try:
            return mark(os.stat(f"{self._prefix}{path}"))  # noqa: PTH116  # a path takes longer
        except OSError:
            return None

    def read(self, path: str) -> bytes | None:
        """A file's bytes, or None and a problem."""
        try:
            raw, size = self._bytes(path)
        except OSError as error:
            if self.is_file(path):
                self._cannot_read(path, "file", error)
            return None
        if size <= SIZE_LIMIT:
            return raw
        self.problem(
            "KB003",
            path,
            f"the file has {size / SIZE_LIMIT:.1f} MiB; at most 1 MiB is read",
            "link to long texts instead of pasting them",
        )
        return None

    def text(self, path: str) -> str | None:
        """A file's text with plain line ends, or None and a problem."""
        raw = self.read(path)
        return None if raw is None else self.decode(path, raw)

    def decode(self, path: str, raw: bytes) -> str | None:
        """The text of a file that was read, likewise."""
        text = decoded(path, raw)
        if isinstance(text, Problem):
            self.report(text)
            return None
        return text

    def lock(self, path: str) -> str:
        """The text of a file that an import keeps for itself, however long; or nothing."""
        try:
            raw = self.instead.get(path) or (self.root / path).read_bytes()
        except OSError:
            return ""
        return raw.decode(errors="replace").replace("\r\n", "\n")

    def _bytes(self, path: str) -> tuple[bytes, int]:
        """What a file holds, as far as it may be read, and its size.

        Raises OSError for what is no file; a pipe is opened without waiting for somebody to write.
        """
        if (other := self.instead.get(path)) is not None:
            return other, len(other)
        handle = os.open(f"{self._prefix}{path}", _READ)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OSError
            raw = os.read(handle, SIZE_LIMIT + 1)
            if len(raw) < found.st_size <= SIZE_LIMIT:
                with open(handle, "rb", closefd=False) as rest:
                    raw += rest.read(SIZE_LIMIT + 1)
            return raw, max(len(raw), found.st_size)
        finally:
            os.close(handle)

    @cached_property
    def _prefix(self) -> str:
        """What comes before the path of a file: joining texts takes a tenth of joining paths."""
        return f"{self.root}{os.sep}"

    def _cannot_read(self, path: str, what: str, error: OSError) -> None:
        self.report(unread(path, what, error))

    def _may_follow(self, path: str) -> bool:
        """Whether `path` is no symbolic link, or one that stays visible inside the root."""
        here = self.root / path
        if not here.is_symlink():
            return True
        target = Path(os.path.realpath(here))
        if not target.is_relative_to(self.root):
            self.problem(
                "KB004",
                path,
                "this symbolic link leads out of the knowledge base",
                "put a copy of the file in its place",
            )
        elif any(part.startswith(".") for part in target.relative_to(self.root).parts):
            self.problem(
                "KB004",
                path,
                "this symbolic link leads to a hidden file",
                "put a copy of the file in its place",
            )
        elif (shown := _top(path)) in self.published and self._shows_too_much(target, shown):
            self.problem(
                "KB004",
                path,
                f"this symbolic link leads out of {shown}/, and its files are published",
                "put a copy of what readers should have in its place",
            )
        elif not _exists(target) or target in (self.root, *self._holders(path)):
            self.problem(
                "KB004",
                path,
                "this symbolic link leads nowhere, or in a circle",
                "remove the link",
            )
        else:
            return True
        return False

    def _shows_too_much(self, target: Path, shown: str) -> bool:
        """Whether a link in `shown` leads to a record elsewhere, or to a folder of anything."""
        top = _top(target.relative_to(self.root).as_posix())
        return top != shown and (top in self.kept or target.is_dir())

    def _holders(self, path: str) -> Iterator[Path]:
        """The true places of the folders that one went through to `path`, and those around them."""
        for parent in (self.root / path).parents:
            if parent == self.root:
                return
            real = Path(os.path.realpath(parent))
            yield real
            yield from real.parents


def _top(path: str) -> str:
    return path.partition("/")[0]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def unread(path: str, what: str, error: OSError) -> Problem:
    """KB006: a file or a folder that the system does not let one read."""
    if isinstance(error, FileNotFoundError):
        message = f"the {what} was there a moment ago and is gone"
        return file_problem("KB006", path, message, "run the command again")
    why = error.strerror or type(error).__name__
    message = f"the {what} cannot be read: {why}"
    return file_problem("KB006", path, message, "check its permissions")


def decoded(path: str, raw: bytes) -> str | Problem:
    """The text of a file with plain line ends, or why it is none."""
    while raw.startswith(codecs.BOM_UTF8):  # programs that join files leave several
        raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, raw, error)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return file_problem(
            "KB002", path, "the file is UTF-16, not UTF-8", "save the file again as UTF-8"
        )
    before = raw[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    rest = raw[error.start :].replace(b"\r", b"\n").split(b"\n", 1)[0]
    text = (before + rest).decode(errors="replace")
    offset = len(before.decode(errors="replace"))
    return Source(path=path, text=text).problem_in_body(
        "KB002",
        offset,
        1,
        f"the byte 0x{raw[error.start]:02X} is not UTF-8",
        "save the file again as UTF-8; it was probably saved as Latin-1 or Windows-1252",
    )
