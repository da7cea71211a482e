"""The cures of what is wrong between records, made and checked again, in every golden case."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kbsite.errors import Problem
from kbsite.pipeline import prepare
from tests.mending import mended
from tests.problem_cases import SMALL, Case, cases, put

OURS = ("KB104", "KB109", "KB110", "KB20", "KB21", "KB22")
CASES = [
    case
    for case in cases()
    if any(code in case.expected for code in OURS) and not any(file.how for file in case.files)
]


def _problems(root: Path) -> list[Problem]:
    return list(prepare(root, kinds=()).problems)


# What is meant may be listed already, which then is told with a cure of its own.
TWICE = {"KB130", "KB202"}


def _said(problems: list[Problem]) -> Counter[tuple[str, str]]:
    return Counter((each.file, each.message) for each in problems)


def _kinds(problems: list[Problem], code: str) -> Counter[tuple[str, str]]:
    """Problems by file and code, but for those that the cure of one of this `code` may reveal."""
    revealed = TWICE - {code}
    return Counter((each.file, each.code) for each in problems if each.code not in revealed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_cure_mends_its_problem_and_makes_no_other(case: Case, tmp_path: Path) -> None:
    base = tmp_path / "base"
    shutil.copytree(SMALL, base, ignore=shutil.ignore_patterns(".*"))  # not what builds keep
    for file in case.files:
        put(base / file.path, file)
    before = _problems(base)
    texts = _texts(base)
    for problem in before:
        if problem.code.startswith(OURS):
            for number, cure in enumerate(problem.cures):
                root = tmp_path / f"{before.index(problem)}-{number}"
                for path, text in mended(texts, cure).items():
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_text(text, encoding="utf-8", newline="")
                after = _problems(root)
                told = f"{problem.message}: {cure.title}"
                said = (problem.file, problem.message)
                assert _said(after)[said] < _said(before)[said], told
                kinds, were = _kinds(after, problem.code), _kinds(before, problem.code)
                assert number or kinds < were, told
                assert kinds <= were, told


def _texts(base: Path) -> dict[str, str]:
    return {
        path.relative_to(base).as_posix(): path.read_bytes().decode(errors="surrogateescape")
        for path in base.rglob("*")
        if path.is_file()
    }
