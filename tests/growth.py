"""How the time of some work grows with what it is given, whatever the machine."""

from __future__ import annotations

import gc
import math
import time
from collections import defaultdict
from collections.abc import Callable

ENOUGH = 0.05  # seconds; what takes less has no growth to speak of
# Below so many times as long it is even, which makes 4 times, and no square, which makes 16. Other
# programs may have been in the way of either, so a first look has to be clear.
LOOKS = {"first": 6, "second": 6, "third": 9}


def is_even(work: Callable[[str], object], text: Callable[[int], str], size: int) -> bool:
    """Whether four times as much text takes about four times as long, and not its square.

    Of some size on, everything takes some times as long for a reason of the machine's: the memory
    is more than lay ready, or than its caches hold. That is one step, and a square is one at every
    step. So where it seems to be one, four times as much is asked for again, and then again.
    """
    shortest: dict[int, float] = defaultdict(lambda: math.inf)  # of so many times the size
    for steps in ([4], [4, 16], [4, 16, 64]):
        most = steps[-1]
        for look, square in LOOKS.items():
            for times, again in ((most, ""), (most // 4, " x"), (most // 4, " y")):
                # What is remembered of a text is of no use for another.
                took = _seconds(work, text(times * size) + look + again)
                shortest[times] = min(shortest[times], took)
                if shortest[most] < ENOUGH:
                    return True
            if any(shortest[step] < square * shortest[step // 4] for step in steps):
                return True
    return False


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The time that this thread computes, and spends on nothing that others left behind."""
    gc.disable()
    begin = time.thread_time()
    try:
        work(text)
        return time.thread_time() - begin
    finally:
        gc.enable()
