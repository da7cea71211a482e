"""The lines of a text that may be YAML, as they look: indentation, dashes, key, value."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from kbsite.yamledit import Edit

ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""Spaces that are none for YAML, and signs without a width, as a class of characters has them."""

_SHAPE = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)
        (?:(?P<key>[\w-]+|"[^"\n]*"|'[^'\n]*')(?P<colon>[ ]*:)(?:[ ]+|$))?
        (?P<value>(?:[^ ]++|[ ]++(?=[^ ]))*+)[ ]*$""",
    re.VERBOSE,
)
_BLOCK = re.compile(r"[|>][-+0-9]*(?: +#.*)?$")


class Line:
    """One line: `start` is its offset in the text, `column` that of its key or value in it."""

    __slots__ = ("_match", "column", "dash", "end", "number", "start", "text")

    def __init__(self, number: int, start: int, text: str) -> None:
        self.number, self.start, self.text, self.end = number, start, text, start + len(text)
        match = _SHAPE.match(text)
        assert match is not None  # noqa: S101  # it may be empty
        self._match = match
        self.dash = len(match["indent"])
        self.column = self.dash + len(match["dashes"])

    @property
    def key(self) -> str:
        return (self._match["key"] or "").strip("\"'")

    @property
    def value(self) -> str:
        return self._match["value"]

    @property
    def value_start(self) -> int:
        return self.start + self._match.start("value")

    @property
    def value_end(self) -> int:
        return self.start + self._match.end("value")

    @property
    def dashes(self) -> str:
        return self._match["dashes"]

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_comment(self) -> bool:
        return self.text.lstrip().startswith("#")

    @property
    def is_part(self) -> bool:
        """Whether a key or an item begins on it."""
        return bool(self.key or self.dashes)

    @property
    def has_block(self) -> bool:
        """Whether a text stands below it, as '|' and '>' say."""
        return bool(_BLOCK.match(self.value))


class Lines:
    def __init__(self, text: str) -> None:
        self.text = text
        parts = text.split("\n")
        self._starts = list(accumulate((len(part) + 1 for part in parts[:-1]), initial=0))
        self._parts = parts

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, number: int) -> Line:
        return Line(number, self._starts[number], self._parts[number])

    def at(self, offset: int) -> Line:
        return self[bisect(self._starts, offset) - 1]

    def above(self, line: Line) -> Iterator[Line]:
        """Those before it that say something, the nearest first."""
        for number in reversed(range(line.number)):
            found = self[number]
            if not found.is_blank and not found.is_comment:
                yield found

    def below(self, line: Line, column: int) -> list[Line]:
        """Those that follow it and begin behind `column`, with blank ones between them."""
        out: list[Line] = []
        for number in range(line.number + 1, len(self)):
            found = self[number]
            if not found.is_blank and found.dash <= column:
                break
            out.append(found)
        while out and out[-1].is_blank:
            out.pop()
        return out

    def run(self, line: Line, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Where `pattern` matches the line and those that follow, as long as it does."""
        out: list[re.Match[str]] = []
        for number in range(line.number, len(self)):
            match = pattern.match(self.text, self._starts[number])
            if match is None or "\n" in match[0]:
                break
            out.append(match)
        return out


def indented(lines: list[Line], by: int) -> list[Edit]:
    """Edits that move lines, none of which is wanted before the margin."""
    edits: list[Edit] = []
    for line in lines:
        if line.is_blank:
            continue
        if by > 0:
            edits.append(Edit(line.start, line.start, " " * by))
        else:
            edits.append(Edit(line.start, line.start + min(-by, line.dash), ""))
    return edits


def quotes(text: str) -> str:
    """A text on one line in quotes, in those that leave it as it is if there are any."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def quoting(text: str, start: int, end: int) -> tuple[Edit, ...]:
    """Quotes around a part of a text."""
    inside = text[start:end]
    written = quotes(inside)
    if written[1:-1] != inside:
        return (Edit(start, end, written),)
    return (Edit(start, start, written[0]), Edit(end, end, written[0]))
