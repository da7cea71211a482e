"""The golden cases: files over the small knowledge base, and what is reported of them.

A case is text: lines of comment, then parts. `@@ PATH` begins a file, with its text below; words
after the path make it other than a plain file in UTF-8:

    crlf, bom, latin-1, utf-16  another encoding or line end
    times N                     the text that often
    link TARGET                 a symbolic link
    pipe, folder, removed       no file at all

`@@ problems` begins everything that is reported, word for word; it ends the case. Those in
cases/problems are of every code; cases/mistakes has more in its cases: see mistake_cases.

    python -m tests.problem_cases    writes what is reported now into those; then read the diff
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbsite import report
from kbsite.errors import Problem
from kbsite.pipeline import prepare

FOLDER = Path(__file__).parent / "cases" / "problems"
SMALL = Path(__file__).parent / "data" / "small"
EXPECTED = "@@ problems\n"


@dataclass(frozen=True)
class File:
    path: str
    how: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Case:
    name: str
    given: str
    files: tuple[File, ...]
    expected: str


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """The cases of a folder, each named by its path there."""
    for path in sorted(folder.rglob("*.case")):
        given, _, expected = path.read_text(encoding="utf-8").partition(EXPECTED)
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield Case(name, given, tuple(_files(given)), expected)


def _files(given: str) -> Iterator[File]:
    for part in f"\n{given}".removesuffix("\n").split("\n@@ ")[1:]:
        head, _, text = part.partition("\n")
        path, *how = head.split()
        yield File(path, tuple(how), text + "\n" if text else "")


def reported(case: Case, root: Path) -> str:
    """What is said of the small knowledge base with the case's files, copied to `root`."""
    set_up(root, case.files)
    return as_text(prepare(root).problems)


def set_up(root: Path, files: Sequence[File]) -> None:
    """The small knowledge base at `root`, with a case's files."""
    shutil.copytree(SMALL, root)
    for file in files:
        put(root / file.path, file)


def as_text(problems: Sequence[Problem]) -> str:
    return "\n\n".join([report.as_text(problem) for problem in problems] or ["none"]) + "\n"


def write(folder: Path, case: Case, expected: str) -> None:
    path = folder / f"{case.name}.case"
    path.write_text(case.given + EXPECTED + expected, encoding="utf-8")


def put(path: Path, file: File) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    how, text = file.how, file.text
    if "removed" in how:
        path.unlink()
    elif "folder" in how:
        path.mkdir()
    elif "pipe" in how:
        os.mkfifo(path)
    elif "link" in how:
        path.symlink_to(how[how.index("link") + 1])
    else:
        text *= int(how[how.index("times") + 1]) if "times" in how else 1
        text = text.replace("\n", "\r\n") if "crlf" in how else text
        encoding = next((word for word in ("latin-1", "utf-16") if word in how), "utf-8")
        path.write_bytes(("\ufeff" * ("bom" in how) + text).encode(encoding))


def main() -> None:
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            write(FOLDER, case, reported(case, Path(folder) / "base"))


if __name__ == "__main__":
    main()
