"""How the time of some work grows with what it is given, whatever the machine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

ENOUGH = 0.05  # seconds; what takes less has no growth to speak of
SQUARE = 9  # between the 4 times of what grows evenly and the 16 times of a square


def is_even(work: Callable[[str], object], text: Callable[[int], str], size: int) -> bool:
    """Whether four times as much text takes about four times as long, and not its square."""
    small, large = text(size), text(4 * size)
    longer = shorter = math.inf
    for attempt in "abcd":  # other programs may have been in the way
        # What is remembered of a text is of no use for another.
        longer = min(longer, _seconds(work, large + attempt))
        if longer < ENOUGH:
            return True
        shorter = min(shorter, *(_seconds(work, small + attempt + again) for again in "xy"))
        if longer < SQUARE * shorter:
            return True
    return False


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The time that this program's own computing takes."""
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
