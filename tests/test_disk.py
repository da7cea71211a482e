"""Sets of files, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite import disk
from kbsite.errors import EnvironmentFailure

BEFORE = {"a/one.txt": b"1", "a/two.txt": b"2", "b/new.txt": None}
FILES = {"a/one.txt": b"one", "a/two.txt": None, "b/new.txt": b"2"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for path, raw in BEFORE.items():
        if raw is not None:
            (tmp_path / path).write_bytes(raw)
    return tmp_path


def held(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def written() -> dict[str, bytes]:
    return {path: raw for path, raw in FILES.items() if raw is not None}


def test_all_files_are_written_and_nothing_is_left_behind(root: Path) -> None:
    disk.write(root, FILES, BEFORE)
    assert held(root) == written()
    assert not disk.finish(root)


def test_a_folder_goes_with_its_last_file(root: Path) -> None:
    disk.write(root, {"a/one.txt": None, "a/two.txt": None}, BEFORE)
    assert (root / "a").is_dir()  # of the top, which is somebody's own
    (root / "a/b/c").mkdir(parents=True)
    (root / "a/b/c/d.txt").write_text("")
    disk.write(root, {"a/b/c/d.txt": None}, {"a/b/c/d.txt": b""})
    assert list((root / "a").iterdir()) == []


def test_a_file_that_was_changed_meanwhile_stops_all(root: Path) -> None:
    (root / "a/two.txt").write_bytes(b"hers")
    before = held(root)
    with pytest.raises(EnvironmentFailure, match=r"a/two\.txt was changed while it was checked"):
        disk.write(root, FILES, BEFORE)
    assert held(root) == before


@pytest.mark.parametrize("after", range(3))
def test_what_was_cut_off_is_finished_by_the_next_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    calls = iter(range(99))
    put = disk._put

    def stop(place: Path, raw: bytes) -> None:
        if next(calls) == after:
            raise KeyboardInterrupt
        put(place, raw)

    monkeypatch.setattr(disk, "_put", stop)
    if after < 2:
        with pytest.raises(KeyboardInterrupt):
            disk.write(root, FILES, BEFORE)
        assert disk.finish(root)
    else:
        disk.write(root, FILES, BEFORE)
    assert held(root) == written()


def test_what_cannot_be_noted_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = held(root)
    monkeypatch.setattr(disk, "_sync", full)
    with pytest.raises(EnvironmentFailure, match="No space left on device; nothing was changed"):
        disk.write(root, FILES, BEFORE)
    assert held(root) == before


def test_a_file_changed_after_the_cut_is_nobody_s_to_write(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(disk, "_put", stop)
        with pytest.raises(KeyboardInterrupt):
            disk.write(root, FILES, BEFORE)
    (root / "a/one.txt").write_bytes(b"hers")
    with pytest.raises(EnvironmentFailure, match="put that in its place, or delete"):
        disk.finish(root)
    assert (root / "a/one.txt").read_bytes() == b"hers"
