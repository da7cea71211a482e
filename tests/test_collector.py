"""Python's collector while records are read and linked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsite.collector import paused
from kbsite.pipeline import prepare


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_nothing_is_collected_while_records_are_read_and_linked(small: Path) -> None:
    gc.enable()
    before = [generation["collections"] for generation in gc.get_stats()]
    prepare(small)
    assert [generation["collections"] for generation in gc.get_stats()] == before
    assert gc.isenabled()


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
