"""Changes of cures made in texts: all else of a file stays as it was, its line ends included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from kbsite.errors import Edit

BOM = "\ufeff"

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """Characters of a text, and what takes their place."""

    start: int
    end: int
    new: str

    def meets(self, other: Span) -> bool:
        """Whether both have a character in common, or one is put in at an end of the other."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


class Text:
    """The whole text of a file as it is on disk, with the places of its lines."""

    def __init__(self, text: str) -> None:
        ends = [*_LINE_END.finditer(text)]
        self.text = text
        self._ending = ends[0][0] if ends else "\n"
        self._begins = [len(BOM) if text.startswith(BOM) else 0, *(end.end() for end in ends)]
        self._closes = [*(end.start() for end in ends), len(text)]

    def spans(self, edits: Iterable[Edit]) -> list[Span]:
        """Where edits are, in order, with line ends as the file has them.

        Raises ValueError for a place that the text does not have, and for edits that overlap.
        """
        out = [
            Span(
                self._offset(edit.line, edit.column),
                self._offset(edit.end_line, edit.end_column),
                edit.new.replace("\n", self._ending),
            )
            for edit in edits
        ]
        out.sort(key=lambda span: span[:2])  # those at one place stay in their order
        if any(one.end < one.start for one in out):
            raise ValueError("an edit ends before it begins")
        if any(one.end > other.start for one, other in pairwise(out)):
            raise ValueError("two edits overlap")
        return out

    def _offset(self, line: int, column: int) -> int:
        if not 1 <= line <= len(self._begins):
            raise ValueError(f"there is no line {line}")
        at = self._begins[line - 1] + column - 1
        if not self._begins[line - 1] <= at <= self._closes[line - 1]:
            raise ValueError(f"line {line} has no column {column}")
        return at


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text of a file after all of the edits; ValueError as `Text.spans` raises it."""
    return replaced(text, Text(text).spans(edits))


def replaced(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with what is to take the place of some of its characters, by order of places.

    >>> replaced("title: Old", [(0, 0, "# one\\n"), (7, 10, "New")])
    '# one\\ntitle: New'
    """
    out, at = [], 0
    for start, end, new in spans:
        out += [text[at:start], new]
        at = end
    return "".join([*out, text[at:]])
