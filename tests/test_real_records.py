"""The repo's own records, and that more of them may come without a change of code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kbsite.pipeline import prepare
from kbsite.report import as_text
from tests.conftest import REPO

EVENT = """\
name: Example Conf 2031
timezone: Europe/Oslo
start: 2031-04-01
end: 2031-04-02
"""
TALK = """\
title: A quiet hour
themes: [timekeeping]
basis: shown
quotes:
  - text: Slow is smooth.
provenance:
  contributed_by: Cem Example
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def a_theme(root: Path) -> None:
    write(root / "themes" / "timekeeping.md", "---\nname: Timekeeping\n---\n")


def an_event(root: Path) -> None:
    write(root / "sessions" / "example-conf-2031" / "event.yaml", EVENT)


def an_event_with_a_session_of_a_new_theme(root: Path) -> None:
    a_theme(root)
    an_event(root)
    write(root / "sessions" / "example-conf-2031" / "a-quiet-hour.yaml", TALK)


def a_quote(root: Path) -> None:
    """In the first record somebody stands for in which nobody is quoted yet."""
    texts = {record: record.read_text(encoding="utf-8") for record in records(root)}
    text = next(r for r, t in texts.items() if "quotes:" not in t and "contributed_by:" in t)
    quote = "quotes:\n  - {text: Slow is smooth., basis: shown}\n"
    text.write_text(text.read_text(encoding="utf-8") + quote, encoding="utf-8")


def a_talk_withheld(root: Path) -> None:
    """The first that no page and no other record names."""
    texts = [p.read_text(encoding="utf-8") for p in root.rglob("*") if p.suffix in (".md", ".yaml")]
    path = next(r for r in records(root) if not any(own(r) in text for text in texts))
    path.write_text("publish: false\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def records(root: Path) -> list[Path]:
    return sorted(p for p in (root / "sessions").glob("*/*.yaml") if p.name != "event.yaml")


def own(record: Path) -> str:
    return f"{record.parent.name}/{record.stem}"


def test_they_have_no_problem_at_all() -> None:
    assert [as_text(problem) for problem in prepare(REPO).problems] == []


@pytest.mark.parametrize(
    "add", [a_theme, an_event, an_event_with_a_session_of_a_new_theme, a_quote, a_talk_withheld]
)
def test_they_may_get_company(add: Callable[[Path], None], copy: Path) -> None:
    add(copy)
    assert [as_text(problem) for problem in prepare(copy).problems] == []
