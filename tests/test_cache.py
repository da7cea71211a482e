"""The folder of packs: what it gives back, and above all what it does not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import cache
from kbsite.cache import FOLDER, TAG, Packs


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A user who has no secret yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    cache._secret.cache_clear()
    yield
    cache._secret.cache_clear()


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    (tmp_path / "kb").mkdir()
    return Packs(tmp_path / "kb", "records", "this program")


def folder(packs: Packs) -> Path:
    return packs.root / FOLDER / packs.what


def names(packs: Packs) -> list[str]:
    return sorted(path.name for path in folder(packs).iterdir())


def test_what_was_written_is_read(packs: Packs) -> None:
    assert packs.read("one") is None
    packs.write("one", b"first")
    packs.write("one", b"second")
    packs.write("empty", b"")
    assert [packs.read(name) for name in ("one", "empty", "none")] == [b"second", b"", None]
    assert names(packs) == ["empty.pack", "one.pack"]


def test_only_what_is_wanted_is_kept(packs: Packs) -> None:
    for name in ("one", "two"):
        packs.write(name, b"pack")
    (folder(packs) / "tmp_left_behind").write_text("half")
    packs.keep(["two", "three"])
    assert names(packs) == ["two.pack"]


def test_the_folder_says_that_it_can_be_left_out(packs: Packs) -> None:
    packs.write("one", b"pack")
    own = packs.root / FOLDER
    assert (own / TAG).read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (own / ".gitignore").read_text() == "*\n"


def test_a_pack_of_another_program_name_or_sort_is_nothing(packs: Packs) -> None:
    packs.write("one", b"pack")
    other = Packs(packs.root, packs.what, "another program")
    assert other.read("one") is None
    (folder(packs) / "two.pack").write_bytes((folder(packs) / "one.pack").read_bytes())
    assert packs.read("two") is None
    folder(packs).rename(folder(packs).with_name("pages"))
    assert Packs(packs.root, "pages", packs.program).read("one") is None


def test_a_pack_that_somebody_else_wrote_is_nothing(
    packs: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.write("one", b"pack")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another home"))
    cache._secret.cache_clear()
    assert packs.read("one") is None
    packs.write("one", b"mine")
    assert packs.read("one") == b"mine"


def test_the_secret_is_for_its_owner_alone(packs: Packs, tmp_path: Path) -> None:
    packs.write("one", b"pack")
    secret = tmp_path / "home" / "kbsite" / "seal"
    assert stat.S_IMODE(secret.stat().st_mode) & 0o077 == 0
    assert len(secret.read_bytes()) == cache.SEAL


@given(at=st.integers(0, 10_000), byte=st.integers(1, 255), cut=st.booleans())
def test_no_pack_that_was_changed_or_cut_off_is_read(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int, *, cut: bool
) -> None:
    packs = Packs(tmp_path_factory.mktemp("kb"), "records", "this program")
    packs.write("one", b"a pack of some length")
    path = folder(packs) / "one.pack"
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at] ^= byte
    path.write_bytes(data[:at] if cut else data)
    assert packs.read("one") is None


def test_where_nothing_can_be_written_nothing_is_kept(packs: Packs) -> None:
    (packs.root / ".cache").write_text("a file of somebody's")
    packs.write("one", b"pack")
    packs.keep([])
    assert packs.read("one") is None
    assert (packs.root / ".cache").read_text() == "a file of somebody's"


def test_a_full_disk_leaves_the_pack_that_was_there(
    packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.write("one", b"first")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    packs.write("one", b"second")
    assert packs.read("one") == b"first"
    assert names(packs) == ["one.pack"]


def test_without_a_place_for_the_secret_nothing_is_kept(
    packs: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    packs.write("one", b"pack")
    assert packs.read("one") is None
    assert not (packs.root / ".cache").exists()


@pytest.mark.parametrize("link", [".cache", FOLDER, f"{FOLDER}/records"])
def test_no_link_is_followed_out_of_the_knowledge_base(
    packs: Packs, tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    inner = outside / f"{FOLDER}/records".removeprefix(link).lstrip("/")
    inner.mkdir(parents=True)
    (inner / "precious").write_text("kept")
    (packs.root / link).parent.mkdir(parents=True, exist_ok=True)
    (packs.root / link).symlink_to(outside, target_is_directory=True)
    packs.write("one", b"pack")
    packs.keep([])
    assert packs.read("one") is None
    assert [path.name for path in outside.rglob("*") if path.is_file()] == ["precious"]


def test_a_pipe_or_a_link_in_the_place_of_a_pack_is_nothing(packs: Packs, tmp_path: Path) -> None:
    packs.write("one", b"pack")
    whole = folder(packs) / "one.pack"
    whole.rename(tmp_path / "elsewhere")
    whole.symlink_to(tmp_path / "elsewhere")
    assert packs.read("one") is None
    os.mkfifo(folder(packs) / "two.pack")
    assert packs.read("two") is None
