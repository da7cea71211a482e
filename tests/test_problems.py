"""Every problem as a person reads it: the golden cases of cases/problems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kbsite import codes
from tests.problem_cases import Case, cases, reported

CASES = list(cases())
_CODE = re.compile(r"(error|warning) (KB\d+): ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_reported_word_for_word(case: Case, tmp_path: Path) -> None:
    assert reported(case, tmp_path / "base") == case.expected


def test_every_code_is_in_some_case_with_the_severity_of_the_catalogue() -> None:
    said = {(code, severity) for case in CASES for severity, code in _CODE.findall(case.expected)}
    # KB3.. come from rendering and KB4.. from importing; test_build and test_import have them.
    listed = [code for code in codes.CATALOGUE if not code.code.startswith(("KB3", "KB4"))]
    assert said == {(code.code, code.severity) for code in listed}


def test_codes_are_listed_once_and_in_order() -> None:
    listed = [code.code for code in codes.CATALOGUE]
    assert listed == sorted(set(listed))


def test_every_case_says_what_it_is_about() -> None:
    assert [case.name for case in CASES if not case.given.startswith("# ")] == []
