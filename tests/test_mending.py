"""The certain cures in the files: all of them, nothing else, and nothing outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kbsite import disk, mending
from kbsite.errors import Change, Cure, Edit, EnvironmentFailure, Move, NewFile, Problem
from kbsite.mending import Mending, mend
from kbsite.pipeline import Prepared, stand_in
from kbsite.tree import Instead

FILE = "sessions/conf/talk.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "base"
    (root / "sessions" / "conf").mkdir(parents=True)
    return root


def write(root: Path, text: str, path: str = FILE) -> Path:
    (root / path).write_bytes(text.encode())
    return root / path


def problem(*changes: Change, line: int = 1, certain: bool = True, said: str = "x") -> Problem:
    cure = Cure(title="mend it", changes=changes, certain=certain)
    return Problem(
        code="KB101", severity="error", file=FILE, line=line, message=said, cures=(cure,)
    )


def put(line: int, column: int, length: int, new: str, path: str = FILE) -> Edit:
    end = column + length
    return Edit(file=path, line=line, column=column, end_line=line, end_column=end, new=new)


def checking(root: Path, find: Callable[[str], list[Problem]]) -> Callable[[Instead], Prepared]:
    """A check that finds in the text of one file what `find` says."""

    def check(instead: Instead) -> Prepared:
        raw = instead.get(FILE, (root / FILE).read_bytes() if (root / FILE).exists() else b"")
        text = (raw or b"").decode().removeprefix("\ufeff").replace("\r\n", "\n")
        return replace(stand_in(root), problems=tuple(find(text)))

    return check


def bad_words(text: str) -> list[Problem]:
    """Each "bad" is a problem, with "good" for a cure."""
    return [
        problem(put(number, found.start() + 1, 3, "good"), line=number)
        for number, line in enumerate(text.split("\n"), 1)
        for found in re.finditer("bad", line)
    ]


def mended(root: Path, find: Callable[[str], list[Problem]] = bad_words) -> Mending:
    done = mend(root, checking(root, find), lambda _: True)
    disk.write(root, done.files, done.before)
    return done


@pytest.mark.parametrize("text", ["bad\nbad bad", "\ufeffa: bad\r\nbad: é\r\n", "bad", "bad\n\n\n"])
def test_every_certain_cure_is_made_and_every_other_byte_stays(root: Path, text: str) -> None:
    file = write(root, text)
    done = mended(root)
    assert file.read_bytes() == text.replace("bad", "good").encode()
    assert len(done.mended) == text.count("bad")
    assert done.prepared.problems == ()


def test_mended_once_nothing_is_left_to_mend(root: Path) -> None:
    file = write(root, "bad")
    mended(root)
    before = file.stat()
    again = mended(root)
    assert (again.mended, again.files) == ((), {})
    assert file.stat() == before


def test_a_cure_that_is_not_certain_is_left_to_its_author(root: Path) -> None:
    file = write(root, "bad")
    done = mended(root, lambda _: [problem(put(1, 1, 3, "good"), certain=False)])
    assert (file.read_text(), done.mended) == ("bad", ())


def test_problems_of_other_files_are_left_alone(root: Path) -> None:
    file = write(root, "bad")
    assert mend(root, checking(root, bad_words), lambda path: path != FILE).files == {}
    assert file.read_text() == "bad"


def test_cures_that_meet_are_made_one_after_the_other(root: Path) -> None:
    def find(text: str) -> list[Problem]:
        found = [problem(put(1, 1, 2, "A"), said="ab")] if text.startswith("ab") else []
        at = text.find("bc") + 1
        return found + [problem(put(1, at, 2, "C"), said="bc")] * bool(at)

    file = write(root, "abcbc")
    done = mended(root, find)
    assert file.read_text() == "AcC"
    assert [each.problem.message for each in done.mended] == ["ab", "bc"]


def test_a_cure_after_which_its_problem_is_still_there_is_not_made(root: Path) -> None:
    def find(text: str) -> list[Problem]:
        return [*bad_words(text), problem(put(1, 1, 0, "#"), said="never enough")]

    file = write(root, "bad")
    done = mended(root, find)
    assert file.read_text() == "good"
    assert [each.message for each in done.prepared.problems] == ["never enough"]


def test_cures_that_never_end_do(root: Path) -> None:
    file = write(root, "1")
    mended(root, lambda text: [problem(put(1, 1, 0, "1"), said=f"{len(text)} are too few")])
    assert len(file.read_text()) <= mending.ROUNDS + 1


def test_files_come_and_move(root: Path) -> None:
    other, to = "sessions/conf/other.yaml", "sessions/conf/new.yaml"

    def find(text: str) -> list[Problem]:
        return [problem(NewFile(file=other, text="é\n"), Move(file=FILE, to=to))] * bool(text)

    write(root, "talk")
    mended(root, find)
    assert (root / other).read_text(encoding="utf-8") == "é\n"
    assert ((root / to).read_text(), (root / FILE).exists()) == ("talk", False)


def test_nothing_takes_the_place_of_a_file(root: Path) -> None:
    file, other = write(root, "talk"), write(root, "other", "sessions/conf/other.yaml")
    for change in (Move(file=FILE, to="sessions/conf/other.yaml"), NewFile(file=FILE, text="x")):
        done = mended(root, lambda _, change=change: [problem(change)])  # type: ignore[misc]
        assert done.files == {}
    assert (file.read_text(), other.read_text()) == ("talk", "other")


@pytest.mark.parametrize(
    "path", ["../out.yaml", "sessions/../../out.yaml", ".git/config", "sessions/.x", "ABSOLUTE"]
)
def test_nothing_outside_of_the_root_or_hidden_is_touched(root: Path, path: str) -> None:
    out = write(root.parent, "out", "out.yaml")
    path = str(out) if path == "ABSOLUTE" else path
    write(root, "talk")
    for change in (put(1, 1, 3, "x", path), NewFile(file=path, text="x"), Move(file=FILE, to=path)):
        done = mended(root, lambda _, change=change: [problem(change)])  # type: ignore[misc]
        assert (done.mended, done.files) == ((), {})
    assert out.read_text() == "out"


def test_nothing_is_written_through_a_link(root: Path) -> None:
    out = write(root.parent, "bad", "out.yaml")
    (root / FILE).symlink_to(out)
    assert mended(root).files == {}
    (root / FILE).unlink()
    (root / "sessions" / "conf").rmdir()
    (root / "sessions" / "conf").symlink_to(root.parent)
    write(root.parent, "bad", "talk.yaml")
    assert mended(root).files == {}
    assert (out.read_text(), (root.parent / "talk.yaml").read_text()) == ("bad", "bad")


def test_a_file_that_is_changed_meanwhile_stays_as_it_is(root: Path) -> None:
    file = write(root, "bad")
    done = mend(root, checking(root, bad_words), lambda _: True)
    file.write_text("bad, and more")
    with pytest.raises(EnvironmentFailure, match="was changed while it was checked"):
        disk.write(root, done.files, done.before)
    assert file.read_text() == "bad, and more"


def test_a_file_keeps_its_permissions_and_none_is_left_beside_it(root: Path) -> None:
    file = write(root, "bad")
    file.chmod(0o640)
    mended(root)
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_bytes_that_are_no_text_are_left_alone(root: Path) -> None:
    (root / FILE).write_bytes(b"bad \xff")
    assert (
        mend(
            root,
            lambda _: replace(stand_in(root), problems=tuple(bad_words("bad"))),
            lambda _: True,
        ).files
        == {}
    )
