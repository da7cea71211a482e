"""The golden cases in cases/problems: files over the small knowledge base, and what is reported.

A case is text: lines of comment, then parts. `@@ PATH` begins a file, with its text below; words
after the path make it other than a plain file in UTF-8:

    crlf, bom, latin-1, utf-16  another encoding or line end
    times N                     the text that often
    link TARGET                 a symbolic link
    pipe, folder, removed       no file at all

`@@ problems` begins everything that is reported, word for word; it ends the case.

    python -m tests.problem_cases    writes what is reported now into every case; then read the diff
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbsite import report
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


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.case")):
        given, _, expected = path.read_text(encoding="utf-8").partition(EXPECTED)
        yield Case(path.stem, given, tuple(_files(given)), expected)


def _files(given: str) -> Iterator[File]:
    for part in f"\n{given}".split("\n@@ ")[1:]:
        head, _, text = part.partition("\n")
        path, *how = head.split()
        yield File(path, tuple(how), text + "\n" if text else "")


def reported(case: Case, root: Path) -> str:
    """What is said of the small knowledge base with the case's files, copied to `root`."""
    shutil.copytree(SMALL, root)
    for file in case.files:
        put(root / file.path, file)
    return (
        "\n\n".join([report.as_text(problem) for problem in prepare(root).problems] or ["none"])
        + "\n"
    )


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
            text = reported(case, Path(folder) / "base")
        (FOLDER / f"{case.name}.case").write_text(case.given + EXPECTED + text, encoding="utf-8")


if __name__ == "__main__":
    main()
