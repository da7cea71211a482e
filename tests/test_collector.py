"""Python's collector while records are read and linked."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsite.collector import YOUNG, paused
from kbsite.pipeline import prepare


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_nothing_is_collected_while_records_are_read_and_linked(small: Path) -> None:
    gc.enable()
    before = [generation["collections"] for generation in gc.get_stats()]
    prepared = prepare(small)
    assert gc.get_count()[0] < gc.get_threshold()[0]  # or the next value would set one off
    assert [generation["collections"] for generation in gc.get_stats()] == before
    assert gc.isenabled()
    assert any(each is prepared.graph.sessions for each in gc.get_objects(generation=2))


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_whatever_happens(*, was_on: bool) -> None:
    @paused()
    def work() -> None:
        assert not gc.isenabled()
        raise ValueError("broken")

    (gc.enable if was_on else gc.disable)()
    with pytest.raises(ValueError, match="broken"):
        work()
    assert gc.isenabled() is was_on


def test_a_command_looks_for_cycles_seldom_and_never_while_it_imports_what_it_needs() -> None:
    command = (
        "import atexit, gc\n"
        "from kbsite.cli import main\n"
        "before = gc.get_stats()[2]['collections']\n"
        "told = lambda: print(gc.get_threshold()[0], gc.get_stats()[2]['collections'] - before)\n"
        "atexit.register(told)\n"
        "main(['explain', 'KB104'])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    assert said.stdout.splitlines()[-1] == f"{YOUNG} 0"
