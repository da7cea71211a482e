"""Python's collector of cycles, kept from looking again and again at all that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 100_000  # new values, less those that are gone, at which the collector looks for cycles


@contextmanager
def paused() -> Iterator[None]:
    """No collection inside; behind it, what was made inside is old.

    The stages make millions of values, which all stay and hold each other in one direction; to go
    through them again and again takes about as long as to make them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # it is put among the oldest
            gc.enable()


def seldom() -> None:
    """Have the collector look at new values when there are many: most that are made here stay, from
    the first import on.
    """
    gc.set_threshold(YOUNG)


def spare() -> None:
    """Have the collector leave out all that is there now: it stays for as long as the process."""
    gc.freeze()
