"""Questions to whoever is at a terminal, with Tab for what may be answered."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from types import ModuleType

import click

from kbsite import report, slugs
from kbsite.authoring.asks import Ask

if sys.platform != "win32":
    import termios
    import tty

try:
    import readline
except ImportError:  # Windows has none, where lines are edited without it
    _readline: ModuleType | None = None
else:
    _readline = readline

Offers = Callable[[], Sequence[str]]


def is_possible() -> bool:
    """Whether somebody is there to be asked, and sees the questions."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


class Terminal:
    """Asks for one answer after the other; what nobody wants to say is left out with Enter."""

    def __init__(self) -> None:
        self._console = report.console()
        self._told = ""

    def answer(self, ask: Ask, offers: Offers, default: str, *, more: bool = False) -> str:
        if ask.words != self._told:  # of what takes several, once
            report.say(self._console)
            report.say(self._console, (ask.told, "dim"))
            self._told = ask.words
        if ask.choices:
            report.say(self._console, (f"One of: {', '.join(ask.choices)}", "dim"))
        end = "no more" if more else "" if ask.needed else "none"
        said = f" (Enter for {end})" if end else ""
        said = f" [{report.printable(default)}]" if default else said
        return self.line(f"{ask.title}{said}: ", offers)

    def tell(self, message: str) -> None:
        for line in message.splitlines():
            report.say(self._console, (line, "yellow"))

    def line(self, prompt: str, offers: Offers = tuple) -> str:
        """A line that is typed; the end of the input is as good as Ctrl-C."""
        with _completing(offers):
            try:
                return input(prompt)
            except EOFError:
                raise KeyboardInterrupt from None

    def agrees(self, question: str) -> bool:
        return self.line(f"{question} [y/N] ").strip().lower() in ("y", "yes")

    def choice(self, question: str, options: Sequence[str]) -> int | str:
        """The place of the option that is chosen, or what is said in the place of its number."""
        for number, option in enumerate(options, 1):
            report.say(self._console, f"{number:>3}  {option}")
        while not (said := self.line(f"{question}: ").strip()):
            pass
        return int(said) - 1 if said.isdecimal() and 0 < int(said) <= len(options) else said


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """What reads one key after the other, as soon as it is pressed; none is lost in between."""
    if sys.platform == "win32":
        yield click.getchar
        return
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    tty.setcbreak(handle, termios.TCSADRAIN)
    try:
        yield partial(_key, handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _key(handle: int) -> str:
    """One byte, as those that mean something are; the end of the input is as good as Ctrl-C."""
    typed = os.read(handle, 1)
    if typed in (b"", b"\x04"):
        raise KeyboardInterrupt
    return typed.decode(errors="replace")


def completions(typed: str, offered: Sequence[str]) -> list[str]:
    """What may be meant by the beginning of an answer, in any case; or else the only one that holds
    what was typed.

    >>> completions("ad", ["Ada Example", "Bo Example"]), completions("bo-", ["conf/bo-talk"])
    (['Ada Example'], ['conf/bo-talk'])
    """
    folded = slugs.fold(typed)
    begin = [each for each in offered if slugs.fold(each).startswith(folded)]
    hold = [each for each in offered if folded in slugs.fold(each)]
    return begin or (hold if len(hold) == 1 else [])


@contextmanager
def _completing(offers: Offers) -> Iterator[None]:
    """Have Tab complete to what is offered, which is asked for once Tab is pressed."""
    if _readline is None:
        yield
        return
    found: list[str] = []

    def complete(typed: str, number: int) -> str | None:
        if number == 0:
            found[:] = completions(typed, offers())
        return found[number] if number < len(found) else None

    before = _readline.get_completer(), _readline.get_completer_delims()
    is_libedit = "libedit" in (_readline.__doc__ or "")
    _readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    _readline.set_completer_delims("\n")  # an answer is completed whole
    _readline.set_completer(complete)
    _readline.set_auto_history(False)
    try:
        yield
    finally:
        with suppress(TypeError):
            _readline.set_completer(before[0])
        _readline.set_completer_delims(before[1])
