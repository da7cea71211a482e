"""Problems to text as a person reads it: place, what is wrong, the line with a caret, a way out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kbsite.errors import Problem
from kbsite.excerpts import beginning, ends

WIDTH = 100  # characters of a source line that are shown
IN_A_FILE = 20  # problems of one file that are shown

Part = str | tuple[str, str]  # text, or text and its style


def console(*, stderr: bool = False) -> Console:
    """Where to print; nothing that is printed there is taken for markup, an emoji or a number."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def say(console: Console, *parts: Part) -> None:
    """Print one line, as it is and however long, whatever its parts hold."""
    _print(console, [parts])


def prompt(console: Console, words: str) -> None:
    """Print words after which somebody is to answer, in the same line."""
    console.file.write(printable(words))
    console.file.flush()


def _print(console: Console, lines: Iterable[Sequence[Part]]) -> None:
    """Print lines at once, and past rich where there is no colour: it takes its time with each.

    Whoever sets NO_COLOR gets no bold either.
    """
    if console.color_system is None or console.no_color:
        plain = ("".join(_shown(part)[0] for part in parts) for parts in lines)
        console.file.write("".join(f"{line}\n" for line in plain))
        console.file.flush()
        return
    text = Text("\n").join(Text.assemble(*map(_shown, parts)) for parts in lines)
    console.print(text, soft_wrap=True)


def _shown(part: Part) -> tuple[str, str]:
    text, style = (part, "") if isinstance(part, str) else part
    return printable(text), style


def summary(problems: Sequence[Problem]) -> str:
    """Errors before warnings, in one line.

    >>> summary([])
    'no problems'
    """
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [
        f"{number:,} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(parts) or "no problems"


def as_text(problem: Problem) -> str:
    """One problem as plain text, over several lines."""
    return "\n".join("".join(part for part, _ in line) for line in _lines(problem))


def print_problems(problems: Sequence[Problem], console: Console, *, every: bool = False) -> None:
    """Problems by file, in colour where the console has it; of one file a few unless `every`."""
    lines: list[Sequence[Part]] = []
    for file, found in groupby(problems, key=lambda problem: problem.file):
        told = list(found)
        shown = told if every else _first(told)
        lines += [line for problem in shown for line in (*_lines(problem), [])]
        if more := len(told) - len(shown):
            lines += [[f"and {more:,} more in {file}; 'kbsite check --all' shows them"], []]
    if lines:
        _print(console, lines)


def _first(problems: Sequence[Problem]) -> Sequence[Problem]:
    """As many as are shown of one file, errors before warnings, in the order that they had."""
    if len(problems) <= IN_A_FILE:
        return problems
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity != "error"]
    chosen = set([*errors, *warnings][:IN_A_FILE])
    return [problem for problem in problems if problem in chosen]


def place(problem: Problem) -> str:
    """The file, and where in it the problem is."""
    place = printable(problem.file)
    if problem.line:
        place += f":{problem.line}"
    if problem.column:
        place += f":{problem.column}"
    return place


def _lines(problem: Problem) -> Iterator[Sequence[tuple[str, str]]]:
    style = "bold red" if problem.severity == "error" else "bold yellow"
    yield [
        (f"{place(problem)}: ", "bold"),
        (f"{problem.severity} {problem.code}", style),
        (f": {printable(problem.message)}", "bold"),
    ]
    if problem.column:
        gutter = " " * len(str(problem.line))
        shown, caret, length = _window(problem)
        yield [(f" {problem.line} | ", "dim"), (shown, "")]
        yield [(f" {gutter} | ", "dim"), (" " * caret + "^" * length, style)]
    if problem.hint:
        hint, *lines = map(printable, problem.hint.split("\n"))
        yield [("help: ", "bold cyan"), (hint, "")]
        yield from ([(_no_command(line), "")] for line in lines)  # to write, as it is to be


def _no_command(line: str) -> str:
    """A line that GitHub would obey, whatever spaces stand before it, as one that it prints."""
    return line.replace("::", ": :") if line.lstrip().startswith("::") else line


def _window(problem: Problem) -> tuple[str, int, int]:
    """The part of the line around the problem: its text, and where the caret stands, in cells."""
    start = problem.column - 1
    end = start + problem.length
    before = printable(problem.source[max(0, start - WIDTH) : start])
    if max(start, len(before)) >= WIDTH - 20:
        before = "…" + _ending(before, WIDTH // 2)
    meant = printable(problem.source[start : min(end, start + WIDTH)])
    line = before + meant + printable(problem.source[end : end + WIDTH])
    if len(line) > WIDTH:
        line = beginning(line, WIDTH - 1) + "…"
    width = cell_len(line[len(before) : len(before) + len(meant)])
    return line, cell_len(before), max(1, width)


def _ending(text: str, limit: int) -> str:
    """As many of the last characters as fit."""
    return text[next(end for end in (0, *ends(text)) if len(text) - end <= limit) :]


def printable(text: str) -> str:
    """`text` with everything that could move the cursor, change colours or hide made visible.

    >>> printable("a\\tb\\x1b[31m")
    'a b\\\\x1b[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " "
        if character in "\t\n\r"
        else character.encode("unicode_escape").decode()
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and character not in "\u200d\ufe0f"
        else character
        for character in text
    )
