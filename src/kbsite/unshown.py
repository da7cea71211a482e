"""What somebody wrote and Markdown leaves out: cells for which a table has no column, and links
that are defined and never named. What comes out is asked of cmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kbsite import wikilinks

_RULE = re.compile(r"[ >]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+(?::?-++:?[ \t]*+)?)*+")
_OUTSIDE = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*+")  # of what a row stands in
_BAR = re.compile(r"\\.|(?P<bar>\|)")
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`)[^`\n]+(?<!`)\1(?!`)")
_LABEL = re.compile(r"\[([^\[\]]{1,200})\]")
_DEFINED = re.compile(
    r"""^[ ]{0,3}\[(?P<label>[^\[\]\n\\]{1,200})\]:[ \t]{0,9}
        (?:<[^<>\n]{0,2000}>|[^\s<]\S{0,2000})
        (?:[ \t]{1,9}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]{0,9}$""",
    re.VERBOSE | re.MULTILINE,
)


class Unshown(NamedTuple):
    """A part of one line that is shown nowhere, by where it begins, with what to say of it.

    `edits` of the part, by places in it, have it shown as text.
    """

    at: int
    text: str
    message: str
    hint: str
    edits: tuple[tuple[int, int, str], ...]


def find(markdown: str, *, in_prose: bool) -> Iterator[Unshown]:
    r"""What is left out of the prose of a record, or else of a hand-written page.

    >>> [each.text for each in find("| a | b |\n|---|---|\n| c | d | e |\n", in_prose=True)]
    ['| e']
    >>> [each.text for each in find("Text.\n\n[Note]: soon\n", in_prose=True)]
    ['[Note]: soon']
    """
    if "|" in markdown and "-" in markdown:
        yield from _cells(markdown, in_prose=in_prose)
    if "]:" in markdown:
        yield from _definitions(markdown, in_prose=in_prose)


def _cells(markdown: str, *, in_prose: bool) -> Iterator[Unshown]:
    found: list[tuple[int, int, Unshown]] = []  # the head's place, and that of the cell
    place = head = columns = 0
    before: list[tuple[int, int]] = []
    for line in markdown.split("\n"):
        row = _row(line, in_code=not in_prose) if "|" in line else []
        if columns and not row:
            columns = 0
        elif columns and len(row) > columns and (cell := _more(line, row, columns)):
            found.append((head, place + row[columns][0], cell._replace(at=place + cell.at)))
        elif not columns and row and len(row) == len(before) and _RULE.fullmatch(line):
            columns = len(row)
        elif not columns and row:
            head = place + row[0][0]
        before = row
        place += len(line) + 1
    if not found:
        return
    marks = sorted({mark for own, cell, _ in found for mark in (own, cell)})
    shown = frozenset(wikilinks.come_out(markdown, marks, length=0, in_prose=in_prose))
    yield from (each for own, cell, each in found if own in shown and cell not in shown)


def _row(line: str, *, in_code: bool) -> list[tuple[int, int]]:
    """From where to where the cells of a line are; `in_code` a bar may be a part of one."""
    if in_code:
        line = _CODE.sub(lambda code: "x" * len(code[0]), line)
    begin = _OUTSIDE.match(line).end()  # type: ignore[union-attr]  # it matches nothing too
    bars = [each.start() for each in _BAR.finditer(line, begin) if each["bar"]]
    end = len(line.rstrip())
    starts = ([] if bars[:1] == [begin] else [begin]) + [bar + 1 for bar in bars if bar + 1 < end]
    ends = [bar for bar in bars if bar > begin] + ([] if bars[-1:] == [end - 1] else [end])
    cells = zip(starts, ends, strict=False)
    return [(own + _blank(line[own:to]), to) for own, to in cells]


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _more(line: str, row: list[tuple[int, int]], columns: int) -> Unshown | None:
    """The cells of a row behind the last column, if they say anything."""
    begin = row[columns - 1][1]
    text = line[begin:].rstrip().removesuffix("|").rstrip()
    if not re.search(r"\w", text):
        return None
    bars = [end - begin for _, end in row[columns - 1 :] if end - begin < len(text)]
    return Unshown(
        begin,
        text,
        f"the row has {len(row)} cells and the table {columns}: what follows is shown nowhere",
        r"write '\|' for a bar that belongs to the text, or give the table another column",
        tuple((bar, bar + 1, r"\|") for bar in bars),
    )


def _definitions(markdown: str, *, in_prose: bool) -> Iterator[Unshown]:
    found = {each.start("label") - 1: each for each in _DEFINED.finditer(markdown)}
    named = {
        _key(each[1]) for each in _LABEL.finditer(markdown) if found and each.start() not in found
    }
    idle = [
        at
        for at, each in found.items()
        if _key(each["label"]) not in named and (in_prose or each["label"][0] != "^")
    ]
    idle = wikilinks.come_out(markdown, idle, length=0, in_prose=in_prose) if idle else []
    if idle and in_prose:  # text, unless it begins a paragraph
        ends = {found[at].end("label"): at for at in idle}
        shown = wikilinks.come_out(markdown, list(ends), length=0, in_prose=True)
        idle = [at for end, at in ends.items() if end not in shown]
    for at in idle:
        label, text = found[at]["label"], markdown[at : found[at].end()].rstrip()
        yield Unshown(
            at,
            text,
            "this says where a link leads, and no link has that name: it is shown nowhere",
            rf"name it where the link should be, as [words][{label}]; if it is text, begin "
            rf"with '\[{label}]:'",
            ((0, 0, "\\"),),
        )


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()
