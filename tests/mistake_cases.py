"""The golden suite of cases/mistakes: what people get wrong, where it is, and what mends it.

Its cases are those of problem_cases, with more in them:

    ⟦ and ⟧                 stand around a mistake, in a file's text or in its path, and are no part
                            of it: the problem has the line and the column at which they begin
    @@ PATH cured           what the file says when the cures were made
    @@ PATH cured removed   the file is gone then
    @@ choices              instead of both, where only the author can know: what the help has to
                            offer, one to a line; each of the problem's cures mends it

A case without marks has no mistake in it, however it looks.

    python -m tests.mistake_cases [WORD]     says what is not right about the cases named like WORD
    python -m tests.mistake_cases --write    writes what is reported now; then read the diff
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kbsite.errors import Cure, Edit, Move, NewFile, Problem
from kbsite.pipeline import prepare
from kbsite.tree import decoded
from tests.mending import mended
from tests.problem_cases import Case, File, as_text, cases, set_up, write

FOLDER = Path(__file__).parent / "cases" / "mistakes"
BEGIN, END = "⟦", "⟧"


class Place(NamedTuple):
    """As that of a problem: line and column are 0 for a file as a whole."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Mistake:
    case: Case

    @cached_property
    def given(self) -> list[File]:
        """The files as they are written, without marks."""
        return [
            replace(file, path=_unmarked(file.path), text=_unmarked(file.text))
            for file in self.case.files
            if file.path != "choices" and "cured" not in file.how
        ]

    @cached_property
    def places(self) -> list[Place]:
        return sorted(place for file in self.case.files for place in _places(file))

    @cached_property
    def choices(self) -> list[str]:
        return [
            choice
            for file in self.case.files
            if file.path == "choices"
            for choice in file.text.splitlines()
        ]

    @cached_property
    def cured(self) -> dict[str, str | None]:
        """The files that differ when all is cured, with what they say then; None: they are gone."""
        return {
            file.path: None if "removed" in file.how else file.text
            for file in self.case.files
            if "cured" in file.how
        }


def mistakes() -> Iterator[Mistake]:
    return map(Mistake, cases(FOLDER))


def _unmarked(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def _places(file: File) -> Iterator[Place]:
    if BEGIN in file.path:
        marked = file.path.partition(END)[0]
        yield Place(_unmarked(marked), 0, 0)
    for number, line in enumerate(file.text.split("\n"), 1):
        for match in re.finditer(BEGIN, line):
            column = len(_unmarked(line[: match.start()])) + 1
            yield Place(file.path, number, column)


def place(problem: Problem) -> Place:
    return Place(problem.file, problem.line, problem.column)


def told(mistake: Mistake, root: Path) -> tuple[Problem, ...]:
    """The problems of the small knowledge base with the mistake, made at `root`."""
    set_up(root, mistake.given)
    return prepare(root).problems


def faults(mistake: Mistake, folder: Path, problems: Sequence[Problem]) -> Iterator[str]:
    """What is not as it should be about what was told of the base in a folder."""
    base = folder / "base"
    found = sorted(map(place, problems))
    if found != mistake.places:
        if not problems:
            yield "silent"
        elif len(found) == len(mistake.places):
            yield "place: " + ", ".join(f"{each.line}:{each.column}" for each in found)
        else:
            yield f"{len(found)} problems for {len(mistake.places)}"
    for problem in problems:
        if not problem.hint:
            yield "no help"
        yield from _not_in_the_help(problem, base)
    if mistake.choices:
        yield from _choices(mistake, problems, folder)
    elif problems:
        yield from _cure(mistake, base)


def _choices(mistake: Mistake, problems: Sequence[Problem], folder: Path) -> Iterator[str]:
    """What is wrong about what the help offers where only the author can know."""
    for choice in mistake.choices:
        if not any(choice in problem.hint for problem in problems):
            yield f"not offered: {choice}"
    for at, cure in enumerate(cure for problem in problems for cure in problem.cures):
        tried = folder / str(at)
        shutil.copytree(folder / "base", tried, symlinks=True)
        mend(tried, cure)
        if left := prepare(tried).problems:
            yield f"the choice '{cure.title}' leaves {as_text(left)}"


def _cure(mistake: Mistake, root: Path) -> Iterator[str]:
    """What is wrong after the first cure of each problem was made, one after the other."""
    before = contents(root)
    for remaining in reversed(range(len(mistake.places))):
        problems = prepare(root).problems
        if not problems or not problems[0].cures:
            yield "no cure"
            return
        mend(root, problems[0].cures[0])
        if len(left := prepare(root).problems) > remaining:
            yield f"the cure '{problems[0].cures[0].title}' leaves {as_text(left)}"
            return
    wanted = before | mistake.cured
    after = contents(root)
    for path in sorted(wanted.keys() | after.keys()):
        if after.get(path) != wanted.get(path):
            yield f"cured otherwise, {path}:\n{after.get(path)}"


def _not_in_the_help(problem: Problem, root: Path) -> Iterator[str]:
    """What the first cure writes and a person cannot copy from the help.

    That is the new text, or the whole lines with it; where a file moves, its name.
    """
    help = _folded(problem.hint)
    for cure in problem.cures[:1]:
        moved = {change.file: change.to for change in cure.changes if isinstance(change, Move)}
        after = mended(texts(root, cure), cure)
        edits = [change for change in cure.changes if isinstance(change, Edit)]
        for edit in edits:
            lines = after[moved.get(edit.file, edit.file)].split("\n")
            above = (_lines_more(each) for each in edits if _is_before(each, edit))
            first = edit.line - 1 + sum(above)
            whole = lines[first : first + edit.new.count("\n") + 1]
            if not _is_in(edit.new.splitlines(), help) and not _is_in(whole, help):
                yield f"not in the help: {edit.new!r}"
        for old, new in moved.items():
            (folder, _, name), before = new.rpartition("/"), old.rpartition("/")[2]
            if (name if name != before else folder) not in help:
                yield f"not in the help: {new}"
        for change in cure.changes:
            if isinstance(change, NewFile) and not _is_in(change.text.splitlines(), help):
                yield f"not in the help: {change.text!r}"


def _is_in(lines: Iterable[str], help: str) -> bool:
    """Whether all of these can be copied: a sign or two cannot, a line of hyphens is told of."""
    return all(
        _folded(line) in help
        if any(map(str.isalnum, line)) or len(line.strip()) > len("--")
        else not line.strip()
        for line in lines
        if line.strip() != "---"
    )


def _lines_more(edit: Edit) -> int:
    return edit.new.count("\n") - (edit.end_line - edit.line)


def _is_before(one: Edit, other: Edit) -> bool:
    return one.file == other.file and (one.line, one.column) < (other.line, other.column)


def _folded(text: str) -> str:
    return " ".join(text.split()).removeprefix("- ")


def mend(root: Path, cure: Cure) -> None:
    """Make the changes of a cure in the files under `root`."""
    before = texts(root, cure)
    after = mended(before, cure)
    for path in before.keys() - after.keys():
        (root / path).unlink()
    for path, text in after.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")


def texts(root: Path, cure: Cure) -> dict[str, str]:
    """The files that a cure changes, as kbsite reads them."""
    out = {}
    for change in cure.changes:
        new = "" if isinstance(change, Edit) else getattr(change, "to", change.file)
        assert not new or not (root / new).exists(), f"{new} is there"
        if isinstance(change, NewFile):
            continue
        text = decoded(change.file, (root / change.file).read_bytes())
        assert isinstance(text, str), f"{change.file} cannot be changed as text"
        out[change.file] = text
    return out


def contents(root: Path) -> dict[str, str | None]:
    """Every file under `root`."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode(errors="replace")
        for path in root.rglob("*")
        if path.is_file()
    }


def main(word: str = "") -> None:
    if word == "--write":
        for mistake in mistakes():
            with tempfile.TemporaryDirectory() as folder:
                write(FOLDER, mistake.case, as_text(told(mistake, Path(folder) / "base")))
        return
    wrong = number = 0
    for mistake in mistakes():
        if word in mistake.case.name:
            with tempfile.TemporaryDirectory() as folder:
                problems = told(mistake, Path(folder) / "base")
                found = list(faults(mistake, Path(folder), problems))
            number += 1
            wrong += bool(found)
            if found:
                print(f"{mistake.case.name}: " + "\n    ".join(found))
    print(f"{number - wrong} of {number} are right")


if __name__ == "__main__":
    main(*sys.argv[1:])
