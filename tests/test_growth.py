"""No text makes a reader slow: four times as much of it takes about four times as long."""

from __future__ import annotations

import math
import os
import random
import re
from collections.abc import Callable
from functools import partial

import pytest

from tests import growth
from tests.growth import is_even
from tests.readers import ATOMS, READERS, pile, piles

# `make fuzz` asks for more: larger texts, and any two signs in turn.
TIMES = int(os.environ.get("KBSITE_FUZZ_TIMES", "1"))
PILES = [*dict.fromkeys(ATOMS if TIMES == 1 else piles())]


@pytest.mark.parametrize("reader", READERS)
def test_no_pile_of_signs_makes_a_reader_slow(reader: str) -> None:
    work, size = READERS[reader]
    slow = (each for each in PILES if not is_even(work, partial(pile, each), size * TIMES // 4))
    assert next(slow, None) is None


# What tells them


def test_a_square_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ENOUGH", 0)
    goes_back = re.compile("a*b")
    assert not is_even(goes_back.search, partial(pile, "a"), 300)
    assert is_even(goes_back.search, partial(pile, "ab"), 300)


MODELS: dict[str, Callable[[int], float]] = {
    "even": lambda size: size,
    "nearly even": lambda size: size * math.log2(size),
    "even, with much to do before": lambda size: 5_000_000 + size,
    "dearer from 3,000 on": lambda size: size * (6 if size > 3_000 else 1),
    "ever dearer memory": lambda size: size * (2 if size < 9_000 else 6 if size < 50_000 else 10),
    "a square": lambda size: size**2,
    "a square beside what is even": lambda size: size**2 + 50 * size,
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("slowed", [1, 1.7])
def test_a_busy_machine_makes_no_square_and_hides_none(
    model: str, slowed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(model)  # noqa: S311  # no secret

    def seconds(_: object, text: str) -> float:
        return MODELS[model](len(text)) * chance.uniform(1, slowed)

    monkeypatch.setattr(growth, "_seconds", seconds)
    told = {is_even(len, partial(pile, "a"), 1_000) for _ in range(100)}
    assert told == {not model.startswith("a square")}
