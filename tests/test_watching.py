"""What is seen of changes to files, with the help of the system and without."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest
from watchdog.observers.api import BaseObserver

from kbsite.plugin.live.watching import Watcher, marks
from tests.live import PATIENCE


@contextmanager
def watching(*places: Path, since: int | None = None) -> Iterator[SimpleQueue[frozenset[str]]]:
    """The changes to some places, as they come."""
    changes: SimpleQueue[frozenset[str]] = SimpleQueue()
    watcher = Watcher(places, changes.put, since=time.time_ns() if since is None else since)
    watcher.begin()
    try:
        yield changes
    finally:
        watcher.stop()


def seen(changes: SimpleQueue[frozenset[str]], path: Path) -> None:
    """Wait until a path is among the changes."""
    end = time.monotonic() + PATIENCE
    while str(path) not in changes.get(timeout=PATIENCE):
        assert time.monotonic() < end


@pytest.fixture(params=["aided", "unaided"])
def aid(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether the system tells of changes, or has no room for that."""
    if request.param == "unaided":

        def refuse(*_: object, **__: object) -> None:
            raise OSError("inotify watch limit reached")

        monkeypatch.setattr(BaseObserver, "schedule", refuse)
    return str(request.param)


@pytest.mark.usefixtures("aid")
def test_files_and_folders_may_come_change_and_go(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "file"
    with watching(folder, file) as changes:
        file.write_text("1")
        seen(changes, file)
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "one").write_text("1")
        seen(changes, folder / "deep" / "one")
        (folder / "deep" / "one").write_text("2")
        seen(changes, folder / "deep" / "one")
        folder.rename(tmp_path / "away")
        seen(changes, folder / "deep" / "one")
        (tmp_path / "away" / "deep" / "one").write_text("3")
        (tmp_path / "away").rename(folder)
        seen(changes, folder / "deep" / "one")
        other = tmp_path / "other"
        other.write_text("4")
        other.replace(file)
        seen(changes, file)
        file.unlink()
        seen(changes, file)


def test_what_was_written_before_one_began_to_look_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("1")
    with watching(tmp_path, since=file.stat().st_ctime_ns) as changes:
        seen(changes, file)


def test_a_file_is_another_even_if_it_is_as_old_and_as_long(tmp_path: Path) -> None:
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_text("1")
    before = marks([file])
    other.write_text("2")
    state = file.stat()
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(file)
    assert marks([file]) != before


def test_hidden_files_are_not_looked_at_and_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "file").write_text("1")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "deep" / "file").write_text("1")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    assert set(marks([tmp_path, tmp_path / "missing"])) == {str(tmp_path / "deep" / "file")}
