"""Files that a process reads again: only those that are not what they were."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from kbsite.load import load
from kbsite.recent import SETTLED, Recent
from kbsite.tree import Tree

LONG_AGO = 1_700_000_000_000_000_000
NEWS = "sessions/example-conf-2031/kernel-news.yaml"
ABOUT = "content/about.md"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read, as they come."""
    paths: list[str] = []
    read = Tree.read

    def noting(self: Tree, path: str) -> bytes | None:
        paths.append(path)
        return read(self, path)

    monkeypatch.setattr(Tree, "read", noting)
    return paths


@pytest.fixture
def settled(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base that nobody has written for a while."""
    clock = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: clock() + SETTLED)
    return small


def test_only_a_file_that_has_changed_is_read_again(settled: Path, opened: list[str]) -> None:
    recent = Recent()
    first = load(settled, recent=recent)
    assert {NEWS, ABOUT, "themes/kernel.md"} <= set(opened)
    opened.clear()
    assert load(settled, recent=recent) == first
    assert opened == []
    for path in (NEWS, ABOUT):
        with (settled / path).open("a") as file:
            file.write("# more\n")
        load(settled, recent=recent)
        assert opened == [path]
        opened.clear()


def test_a_file_in_the_place_of_another_is_another(settled: Path, opened: list[str]) -> None:
    recent = Recent()
    load(settled, recent=recent)
    file = settled / NEWS
    state = file.stat()
    text = file.read_text()
    other = file.with_suffix(".new")
    other.write_text(text.replace("kernel", "KERNEL"))
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(file)
    opened.clear()
    library, _ = load(settled, recent=recent)
    assert opened == [NEWS]
    assert "KERNEL" in library.sessions["example-conf-2031/kernel-news"].source.text


def test_problems_are_there_as_often_as_a_file_is_read(settled: Path) -> None:
    (settled / NEWS).write_text("title: 5\ntittle: again\n")
    recent = Recent()
    first = load(settled, recent=recent)
    assert [problem.code for problem in first[1]]
    assert load(settled, recent=recent) == first
    (settled / NEWS).unlink()
    library, problems = load(settled, recent=recent)
    assert "example-conf-2031/kernel-news" not in library.sessions
    assert problems == []


def test_a_file_that_was_just_written_may_be_written_again_at_the_same_time(
    small: Path, opened: list[str]
) -> None:
    recent = Recent()
    load(small, recent=recent)
    opened.clear()
    load(small, recent=recent)
    assert NEWS in opened


def test_what_is_not_there_any_more_is_forgotten() -> None:
    recent = Recent()
    mark = (LONG_AGO, LONG_AGO, 1, 2, 3)
    checked: Any = object()
    recent.keep("a", None, mark, checked)
    recent.done()
    assert recent.find("a", None, mark) is checked
    assert recent.find("a", int, mark) is None
    assert recent.find("b", None, mark) is None
    recent.done()
    recent.done()
    assert recent.find("a", None, mark) is None
