"""Temporary folders: there while they are wanted, and gone soon after their process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

import pytest

from kbsite import temporary
from kbsite.temporary import Temporary

KEEPER = """
import sys
from kbsite.temporary import Temporary
made = Temporary("search")
print((made.folder / "x").write_text("x"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def keeper(place: Path) -> subprocess.Popen[bytes]:
    """Another process that has a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(place)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"1\n"
    return process


def test_a_folder_is_there_until_nobody_wants_it(place: Path) -> None:
    with Temporary("search") as folder:
        (folder / "x").write_text("x")
        assert folder.is_relative_to(place)
    assert list(place.iterdir()) == []


def test_another_thread_may_be_done_with_it(place: Path) -> None:
    made = Temporary("search")
    done = Thread(target=made.close)
    done.start()
    done.join()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_another_has_stays(place: Path) -> None:
    with keeper(place) as killed, keeper(place) as other:
        assert len(list(place.glob("kbsite-search-*/in/x"))) == 2
        killed.kill()
        killed.wait()
        with Temporary("search"):
            assert len(list(place.glob("kbsite-search-*/in/x"))) == 1
        other.communicate()
    with Temporary("site") as folder:
        assert list(place.iterdir()) == [folder.parent]


def test_what_is_just_being_made_and_what_is_not_ours_stay(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "kbsite-search-new").mkdir()
    (place / "kbsite-notes-of-mine").mkdir()
    (place / "kbsite-notes-of-mine" / "x").write_text("x")
    with Temporary("site"):
        pass
    assert len(list(place.iterdir())) == 2
    monkeypatch.setattr(temporary, "_BEGINNING", -60.0)
    with Temporary("site"):
        pass
    assert [path.name for path in place.iterdir()] == ["kbsite-notes-of-mine"]
