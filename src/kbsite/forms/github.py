"""What a check found as GitHub shows it: a note at each line, and a summary of the step.

Names and messages hold what strangers wrote, and a runner does what a line of output says: nothing
of theirs is printed but inside a command, escaped as its rules want it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kbsite import report
from kbsite.errors import Problem
from kbsite.findings import Findings

SUMMARY_LIMIT = 1 << 20  # bytes of all summaries of a step; GitHub takes none if there are more

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def commands(findings: Findings) -> Iterator[str]:
    """A line for each problem, at most so many of a file, those that matter most first.

    GitHub shows ten errors and ten warnings of a step.
    """
    for problem, cure in findings.mended:
        yield _command("notice", problem, findings, f"fixed: {cure.title}")
    elsewhere = set(findings.elsewhere)
    told: Counter[str] = Counter()
    for problem in findings.in_turn():
        told[problem.file] += 1
        if told[problem.file] <= report.IN_A_FILE:
            help = f"help: {problem.hint}" if problem.hint else ""
            because = findings.cause if problem in elsewhere else ""
            words = (problem.message, help, because, report.place(problem))
            yield _command(problem.severity, problem, findings, *words)
    for file, number in told.items():
        if number > report.IN_A_FILE:
            more = f"and {number - report.IN_A_FILE:,} more in {report.printable(file)}"
            yield f"::notice file={_property(findings.prefix + file)}::{_data(more)}"


def _command(name: str, problem: Problem, findings: Findings, *lines: str) -> str:
    properties = {"file": findings.prefix + problem.file}
    if problem.line:
        properties |= {"line": str(problem.line), "endLine": str(problem.line)}
    if problem.column:
        end = problem.column + problem.length
        properties |= {"col": str(problem.column), "endColumn": str(end)}
    properties["title"] = problem.code
    about = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    said = "\n".join(report.printable(line) for line in lines if line)
    return f"::{name} {about}::{_data(said)}"


def _data(text: str) -> str:
    return "".join(_DATA.get(character, character) for character in text)


def _property(text: str) -> str:
    return "".join(_PROPERTY.get(character, character) for character in report.printable(text))


def summary(findings: Findings, room: int = SUMMARY_LIMIT) -> str:
    """Everything as Markdown, in at most so many bytes: as in a terminal, in blocks of code.

    In such a block nothing that a stranger wrote is a link, an image or a mention.
    """
    extent = f" in {findings.extent}" if findings.extent else ""
    out = [f"## {report.summary(findings.every)}{extent}\n"]
    if findings.mended:
        lines = (f"{report.place(p)}: {p.code}: {cure.title}" for p, cure in findings.mended)
        out += ["\nFixed:\n\n", _block("\n".join(map(report.printable, lines)))]
    room -= 200 + sum(map(_size, out))
    left = len(findings.every)
    codes = sorted({problem.code for problem in findings.every})
    links = ", ".join(f"[{code}]({findings.help_address(code)})" for code in codes)
    about = f"\nWhat the codes mean: {links}\n" if findings.site and codes else ""
    room -= _size(about)
    is_full = False
    elsewhere = set(findings.elsewhere)
    for (file, is_elsewhere), problems in groupby(
        findings.in_turn(), key=lambda problem: (problem.file, problem in elsewhere)
    ):
        head = f"\n### {_code(report.printable(file))}\n\n"
        if is_elsewhere:
            head += f"{_escaped(findings.cause)}\n\n"
        room -= _size(head) + 200  # of fences
        texts = []
        for problem in problems:
            text = report.as_text(problem)
            room -= _size(text) + 2
            is_full = is_full or room < 0
            if is_full:
                break
            texts.append(text)
        if texts:
            out += [head, _block("\n\n".join(texts))]
            left -= len(texts)
        if is_full:
            break
    if left:
        out.append(f"\nand {left:,} more: `kbsite check --all` shows them\n")
    return "".join([*out, about])


def _block(text: str) -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}\n"


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    return f"{fence} {text} {fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _escaped(text: str) -> str:
    """A line of text in which nothing is Markdown or HTML."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", report.printable(text))


def _size(text: str) -> int:
    return len(text.encode())
