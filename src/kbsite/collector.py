"""Python's collector of cycles, kept from looking again and again at all that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection inside.

    The stages make millions of values, which all stay and hold each other in one direction; to go
    through them again and again takes about as long as to make them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def spare() -> None:
    """Have the collector leave out all that is there now: it stays for as long as the process."""
    gc.freeze()
