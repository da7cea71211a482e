"""Places as editors count them: lines from 0, and columns in the units that were agreed on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lsprotocol import types

WHOLE = 10_000  # a column behind the end of any line, which editors take for its end
_ENDS = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text, by the ends that editors and kbsite know."""
    return _ENDS.split(text)


@dataclass(frozen=True, slots=True)
class Units:
    """What columns count: the code units of an encoding."""

    encoding: str = types.PositionEncodingKind.Utf16.value

    def count(self, text: str) -> int:
        """How many of them a text has."""
        if text.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return len(text)
        if self.encoding == types.PositionEncodingKind.Utf8:
            return len(text.encode(errors="surrogatepass"))
        return len(text.encode("utf-16-le", errors="surrogatepass")) // 2

    def characters(self, line: str, units: int) -> int:
        """How many characters of a line stand before a column."""
        if line.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return min(units, len(line))
        counted = 0
        for at, character in enumerate(line):
            if counted >= units:
                return at
            counted += self.count(character)
        return len(line)

    def position(self, lines: list[str], line: int, column: int) -> types.Position:
        """A line and a column that count from 1, in characters."""
        if line > len(lines):
            return types.Position(max(0, line - 1), 0)
        return types.Position(line - 1, self.count(lines[line - 1][: column - 1]))
