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
def test_a_mistake_is_told_word_for_word_at_its_place_and_its_cure_cures(
    mistake: Mistake, tmp_path: Path
) -> None:
    problems = told(mistake, tmp_path / "base")
    assert as_text(problems) == mistake.case.expected
    assert bool(list(faults(mistake, tmp_path, problems))) == (mistake.case.name in KNOWN)


def test_every_exception_is_a_case() -> None:
    assert KNOWN.keys() <= set(map(named, MISTAKES))


def test_there_are_enough_of_them() -> None:
    """Of all that are no exception, the places are right, and these are cured or have choices."""
    told = [mistake for mistake in MISTAKES if mistake.places and named(mistake) not in KNOWN]
    cured = [mistake for mistake in told if mistake.cured]
    assert sum(len(mistake.places) for mistake in told) >= 148
    assert sum(len(mistake.places) for mistake in cured) >= 140
    assert all(mistake.cured or mistake.choices for mistake in told)
    assert sum(not mistake.places for mistake in MISTAKES) >= 30
    assert len(KNOWN) <= 12
