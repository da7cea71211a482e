"""The steps of long work, said while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from kbsite import report

T = TypeVar("T")


def with_steps(run: Callable[[Callable[[str], None]], T], console: Console, *, quiet: bool) -> T:
    """Do long work, and say its steps: in place on a terminal, a line each elsewhere."""
    if quiet:
        return run(lambda _: None)
    if console.is_terminal:
        with console.status("starting") as status:
            return run(lambda step: status.update(Text(report.printable(step))))
    return run(lambda step: report.say(console, "kbsite: ", step))
