"""What `kbsite check --fix` makes of the golden cases, and that every cure can be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite import disk
from kbsite.changes import edited
from kbsite.errors import Edit, Problem
from kbsite.mending import mend
from kbsite.pipeline import prepare
from kbsite.tree import decoded
from tests.mending import mended
from tests.problem_cases import Case, cases, set_up


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_certain_cures_are_made_once_and_for_all(case: Case, tmp_path: Path) -> None:
    root = tmp_path / "base"
    set_up(root, case.files)
    problems = prepare(root).problems
    _compare_with_the_other_hand(root, problems)
    if not any(cure.certain for problem in problems for cure in problem.cures[:1]):
        return
    done = mend(root, lambda instead: prepare(root, instead=instead), lambda _: True)
    disk.write(root, done.files, done.before)
    left = prepare(root).problems
    assert left == done.prepared.problems, "what is on disk is what was checked"
    assert done.mended
    again = mend(root, lambda instead: prepare(root, instead=instead), lambda _: True)
    assert (again.mended, again.files) == ((), {})


def _compare_with_the_other_hand(root: Path, problems: tuple[Problem, ...]) -> None:
    """That each cure's edits do to the bytes of a file what they are expected to do to its text."""
    for cure in (cure for problem in problems for cure in problem.cures):
        if not all(isinstance(change, Edit) for change in cure.changes):
            continue
        edits = [change for change in cure.changes if isinstance(change, Edit)]
        raw = {edit.file: (root / edit.file).read_bytes() for edit in edits}
        texts = {file: decoded(file, each) for file, each in raw.items()}
        wanted = mended({file: str(text) for file, text in texts.items()}, cure)
        for file, each in raw.items():
            new = edited(each.decode(), [edit for edit in edits if edit.file == file])
            assert decoded(file, new.encode()) == wanted[file]
