"""A folder replaced whole, and what is in the way of that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbsite.swap import publish, remove, staging

NOBODY = 65534


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """As one of whom permissions ask something: root may do anything."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    reached = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    before = {parent: parent.stat().st_mode for parent in reached}
    for parent in reached:
        parent.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for parent, mode in before.items():
            parent.chmod(mode)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_may_not_be_written_is_replaced_and_leaves_nothing(tmp_path: Path) -> None:
    site = tmp_path / "place" / "site"
    (site / "deep").mkdir(parents=True)
    (site / "deep" / "x").write_text("old")
    with as_nobody(tmp_path / "place"):
        (site / "deep").chmod(0o500)
        site.chmod(0o500)
        with staging(site, "build") as folder:
            (folder / "x").write_text("new")
            publish(folder, site)
        assert (site / "x").read_text() == "new"
        left = {path.name for path in site.parent.iterdir()} - {"site", ".site.lock"}
        assert left == set()


def test_what_links_lead_to_stays_when_a_folder_is_removed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("x")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "link").symlink_to(tmp_path / "mine")
    remove(tmp_path / "old")
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "mine" / "x").read_text() == "x"
