"""No text makes a reader slow: four times as much of it takes about four times as long."""

from __future__ import annotations

import os
from functools import partial

import pytest

from tests.growth import is_even
from tests.readers import ATOMS, READERS, pile, piles

# `make fuzz` asks for more: larger texts, and any two signs in turn.
TIMES = int(os.environ.get("KBSITE_FUZZ_TIMES", "1"))
PILES = [*dict.fromkeys(ATOMS if TIMES == 1 else piles())]


@pytest.mark.parametrize("reader", READERS)
def test_no_pile_of_signs_makes_a_reader_slow(reader: str) -> None:
    work, size = READERS[reader]
    slow = [each for each in PILES if not is_even(work, partial(pile, each), size * TIMES // 4)]
    assert slow == []
