"""A folder replaced whole, and what is in the way of that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbsite.errors import EnvironmentFailure
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
        assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_one_at_a_time_writes_to_a_place_and_its_lock_goes_with_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with staging(site, "build") as folder:
        publish(folder, site)
        with pytest.raises(EnvironmentFailure, match=r"another build to .* is running"):
            staging(site, "build").__enter__()
    with pytest.raises(ZeroDivisionError), staging(site, "build"):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


MANY = """
import sys, time
from pathlib import Path
from kbsite.errors import EnvironmentFailure
from kbsite.errors import EnvironmentFailure
from kbsite.swap import staging
place, written = Path(sys.argv[1]), 0
while written < 40:
    try:
        with staging(place, "build"):
            (place.parent / "alone").mkdir()  # fails if somebody else is here
            (place.parent / "alone").rmdir()
            written += 1
    except EnvironmentFailure as error:
        assert "is running" in str(error), error
"""


def test_a_lock_that_is_taken_away_keeps_apart_those_who_come_and_go(tmp_path: Path) -> None:
    crowd = [
        subprocess.Popen([sys.executable, "-c", MANY, tmp_path / "site"], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(each.communicate()[1], each.returncode) for each in crowd] == [(b"", 0)] * 3
    assert list(tmp_path.iterdir()) == []


def test_what_links_lead_to_stays_when_a_folder_is_removed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("x")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "link").symlink_to(tmp_path / "mine")
    remove(tmp_path / "old")
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "mine" / "x").read_text() == "x"
