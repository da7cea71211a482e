"""What people get wrong is told where it is, and what mends it mends it: cases/mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mistake_cases import FOLDER, Mistake, faults, mistakes, told
from tests.problem_cases import as_text

MISTAKES = list(mistakes())
KNOWN = dict(
    line.split(": ", 1) for line in (FOLDER / "known.txt").read_text(encoding="utf-8").splitlines()
)


def named(mistake: Mistake) -> str:
    return mistake.case.name


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_a_mistake_is_told_word_for_word(mistake: Mistake, tmp_path: Path) -> None:
    assert as_text(told(mistake, tmp_path / "base")) == mistake.case.expected


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_a_mistake_is_told_at_its_place_and_its_cure_cures(
    mistake: Mistake, tmp_path: Path
) -> None:
    assert bool(list(faults(mistake, tmp_path))) == (mistake.case.name in KNOWN)


def test_every_exception_is_a_case() -> None:
    assert KNOWN.keys() <= set(map(named, MISTAKES))
