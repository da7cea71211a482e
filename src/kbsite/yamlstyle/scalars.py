"""One value of a record in the house's style: the lines from behind its colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kbsite import yamlwrite
from kbsite.yamledit.layout import Layout
from kbsite.yamlfile import Path


def words(layout: Layout, path: Path, start: int, value: Any) -> list[str]:
    """The lines of a value without entries, whose key or dash is at `start`.

    What is empty stays so. A block of text stays the block that it is, and a text of one line that
    was broken into several becomes one: nobody's line breaks are lost.
    """
    begin, end = layout.values[path]
    raw = layout.text[begin:end]
    if value is None and not raw.strip():
        return [""]
    lines: list[str] | None = None
    if isinstance(value, str) and yamlwrite.can_be_block(value):
        head = layout.block_head(path)
        if head is not None and head[0].startswith("|"):
            lines = _block("|", value, value.removesuffix("\n").split("\n"))
        elif head is not None:
            lines = _block(">", value, _folded(layout, path, head, layout.column(start)))
        elif "\n" in raw and "\n" not in value:
            broken = [line.strip(" \t") for line in _unquoted(raw).split("\n")]
            if all(broken) and " ".join(broken) == value:
                lines = _block(">", value, broken)
    return lines or yamlwrite.after_key(value)


def _block(sign: str, value: str, lines: Sequence[str]) -> list[str] | None:
    """A block of such lines; None where it has none of words."""
    first = next((number for number, line in enumerate(lines) if line.strip(" ")), None)
    if first is None:
        return None
    needs_width = any(line.startswith((" ", "\t")) for line in lines[: first + 1]) or first > 0
    kept = "+" if value.endswith("\n\n") else "" if value.endswith("\n") else "-"
    head = f" {sign}{'2' if needs_width else ''}{kept}"
    return [head, *(f"  {line}" if line else "" for line in lines)]


def _folded(layout: Layout, path: Path, head: re.Match[str], column: int) -> list[str]:
    """The lines of a folded block as they are broken, without their indentation.

    `column` is that of its key or dash.
    """
    below = layout.line_end(head.end()) + 1
    lines = layout.text[below : layout.stop(path)].split("\n")
    digits = re.sub(r"\D", "", head[0])
    first = next((line for line in lines if line.strip(" ")), "")
    width = column + int(digits) if digits else len(first) - len(first.lstrip(" "))
    lines = [line[width:] for line in lines]
    while lines and not lines[-1] and "+" not in head[0]:
        lines.pop()
    return lines


def _unquoted(raw: str) -> str:
    """What stands between quotes, if there are any and they hold no escapes."""
    if raw.startswith("'"):
        return raw[1:-1].replace("''", "'")
    return raw[1:-1] if raw.startswith('"') else raw
