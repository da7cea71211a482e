"""Mistakes in one record, each with what its first cure makes of it: pasted, and checked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite import records
from kbsite.errors import Problem
from kbsite.parse import parse_record
from tests.mending import mended

CASES = Path(__file__).parent / "cases" / "cures.case"
PATH = "sessions/example-conf/talk.yaml"
REST = "basis: inferred\nprovenance: {contributed_by: Cem Example}\n"


def parts() -> list[tuple[str, str, str]]:
    """The head of each case, what is written, and what becomes of it: nothing if only a person can
    choose.
    """
    found = []
    for part in f"\n{CASES.read_text(encoding='utf-8')}".split("\n@@ ")[1:]:
        head, _, text = part.partition("\n")
        before, _, after = text.partition("\n@=\n")
        found.append((head, before.rstrip("\n") + "\n", after.rstrip("\n")))
    return found


def problems(text: str, kind: str) -> tuple[Problem, ...]:
    if kind == "event":
        return parse_record(records.Event, "sessions/example-conf/event.yaml", text).problems
    return parse_record(records.Session, PATH, REST + text).problems


@pytest.mark.parametrize(("head", "before", "after"), parts())
def test_a_mistake_is_one_problem_and_its_first_cure_mends_it(
    head: str, before: str, after: str
) -> None:
    code, *how = head.split()
    kind, rest = ("event", "") if "event" in how else ("session", REST)
    found = problems(before, kind)
    assert [problem.code for problem in found] == [code]
    (problem,) = found
    if not problem.cures:
        assert after == "", "there is no cure"
        return
    cure = problem.cures[0]
    assert cure.certain == ("certain" in how), cure
    for each in problem.cures:
        made = mended({problem.file: rest + before}, each)
        text = made[problem.file].removeprefix(rest)
        if each is cure:
            assert text.rstrip("\n") == after
        assert [p.code for p in problems(text, kind)] == [], each
