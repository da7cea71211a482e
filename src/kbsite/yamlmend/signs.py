"""Mends of single signs: spaces that are none, tabs, fences, bullets, dashes, colons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kbsite.yamledit import Edit
from kbsite.yamlmend.lines import ODD, Line, Lines, indented
from kbsite.yamlmend.slips import Mend, Spot

_ODD_INDENT = re.compile(rf"(?P<lead>[ \t]*)(?P<odd>[{ODD}][{ODD} \t]*)(?=\S)")
_ODD_LATER = re.compile(
    rf"[ ]*(?:-[ ]+)*[\w-]+(?P<before>[ ]*):(?P<odd>[ ]*[{ODD}][{ODD} ]*)|"
    rf"[ ]*(?:-[ ]+)*-(?P<dash>[{ODD}][{ODD} ]*)"
)
_TABS = re.compile(r"(?P<lead> *+\t[ \t]*+)(?=\S)")
_DASH = re.compile(r"(?P<lead> *(?:- +)*-)(?=[^\s-])")
_COLON = re.compile(r" *(?:- +)*[\w-]+(?P<colon>:|\uff1a ?)(?=[^\s:/])")  # or that of Chinese
_COLON_IN_BRACES = re.compile(r"[{,] *[\w-]+(?P<colon>:)(?=[^\s:/])")
_EQUALS = re.compile(r" *(?:- +)*[\w-]+(?P<equals> *=> *| *= *)(?=\S)")
_NO_COLON = re.compile(r" *(?:- +)*[\w-]+(?P<gap> +)(?=[^\s:=])")
_BULLET = re.compile("(?P<lead> *)(?P<bullet>[•‣·▪●◦‒–—−*+])(?P<gap>[ \u00a0]*)(?=\\S)")  # noqa: RUF001
_WIDTHS = (2, 4, 8, 1)


def fence(spot: Spot) -> Iterator[Mend]:
    """Lines of Markdown around a record, and what somebody said before and after them."""
    lines, line = spot.lines, spot.line
    marks = [each for each in map(lines.__getitem__, range(len(lines))) if each.text[:3] == "```"]
    if not marks:
        return
    first, last = marks[0], marks[-1]
    before, after = lines.text[: first.start].strip(), lines.text[last.end :].strip()
    if first is not last and (before or after):
        yield Mend(
            "keep the lines between those with ``` alone",
            (Edit(0, first.end + 1, ""), Edit(last.start, len(lines.text), "")),
            message="this is a talk about the record, and no part of it",
            start=0 if before else first.start,
            end=lines[0].end if before else first.end,
        )
        return
    if line.number < first.number:
        return
    yield Mend(
        "delete the lines with ``` before and after the record",
        tuple(dict.fromkeys(_without(lines, each) for each in (first, last))),
        message="this line is Markdown, and no part of the record",
        start=first.start,
        end=first.end,
    )


def end_of_document(spot: Spot) -> Iterator[Mend]:
    """A line of hyphens or dots behind which nothing comes, or more of the same record."""
    lines = spot.lines
    if (line := _ending(spot)) is not None:
        last = not lines.text[line.end :].strip()
        yield Mend(
            f"delete the line {line.text.rstrip()}",
            (_without(lines, line),),
            certain=last,
            message="the record ends without such a line" if last else "",
            start=line.start,
            end=line.end,
        )


def text_below(spot: Spot) -> Iterator[Mend]:
    """Prose below a record, as pages have it."""
    lines = spot.lines
    line = _ending(spot)
    if line is None:
        return
    below = [lines[number] for number in range(line.number + 1, len(lines))]
    while below and below[-1].is_blank:
        below.pop()
    if any(each.key and not each.dash for each in below):
        return
    for key in ("abstract", "summary"):
        edits = [Edit(line.start, line.end, f"{key}: |"), *indented(below, 2)]
        yield Mend(
            f"make it the {key}",
            tuple(edits),
            certain=False,
            message="a record has no text below it",
            start=line.start,
            end=line.end,
        )


def _ending(spot: Spot) -> Line | None:
    """The line that ends a document too soon."""
    for line in (spot.line, *spot.lines.above(spot.line)):
        if line.text.rstrip() in ("---", "..."):
            return line
    return None


def odd_spaces(spot: Spot) -> Iterator[Mend]:
    lines, line = spot.lines, spot.line
    if lines.text.isascii():
        return
    if later := _ODD_LATER.match(line.text):
        name = "dash" if later["dash"] else "odd"
        edit = Edit(line.start + later.start(name), line.start + later.end(name), " ")
        yield _odd(lines, (edit,))
    matches = lines.run(line, _ODD_INDENT)
    if matches:
        yield _odd(
            lines,
            tuple(
                Edit(match.start("odd"), match.end("odd"), _as_spaces(match["odd"]))
                for match in matches
            ),
        )


def _odd(lines: Lines, edits: tuple[Edit, ...]) -> Mend:
    start, end, new = edits[0]
    sign = next(each for each in lines.text[start:end] if not each.isascii())
    name = unicodedata.name(sign, "a space that is none").lower()
    return Mend(
        "write plain spaces there" if new else "delete what cannot be seen there",
        edits,
        message=f"the character U+{ord(sign):04X} ({name}) stands here, which is no space for YAML",
        start=start,
        end=end,
    )


def _as_spaces(odd: str) -> str:
    """As many spaces as one sees."""
    seen = (each for each in odd if each not in "\u200b\u2060\ufeff")
    return "".join("  " if each == "\u3000" else " " for each in seen)


def tabs(spot: Spot) -> Iterator[Mend]:
    lines, line = spot.lines, spot.line
    matches = lines.run(line, _TABS)
    for width in _WIDTHS if matches else ():
        edits = tuple(
            Edit(*match.span("lead"), match["lead"].expandtabs(width)) for match in matches
        )
        yield Mend(
            "indent with spaces",
            edits,
            message="a tab stands where YAML wants spaces",
            start=matches[0].start("lead") + matches[0]["lead"].index("\t"),
            end=matches[0].end("lead"),
        )


def control(spot: Spot) -> Iterator[Mend]:
    lines, error = spot.lines, spot.error
    start = error.place.start
    sign = lines.text[start : start + 1]
    if sign and sign != "\n" and not sign.isprintable():
        around = lines.text[start - 1 : start] + lines.text[start + 1 : start + 2]
        between = len(around) == 2 and around.isalnum()
        yield Mend(
            "delete the invisible character",
            (Edit(start, start + 1, ""),),
            certain=not between,
        )


def bullets(spot: Spot) -> Iterator[Mend]:
    """Items that begin with other signs than a dash."""
    lines, line = spot.lines, spot.line
    matches = lines.run(line, _BULLET)
    if matches:
        yield Mend(
            "begin each item with a hyphen and a space",
            tuple(Edit(match.start("bullet"), match.end("gap"), "- ") for match in matches),
            message=f"an item of a list cannot begin with '{matches[0]['bullet']}'",
            start=matches[0].start("bullet"),
            end=matches[0].end("bullet"),
        )


def space_after_dash(spot: Spot) -> Iterator[Mend]:
    lines, line = spot.lines, spot.line
    matches = lines.run(line, _DASH)
    if matches:
        yield Mend(
            "put a space behind the dash",
            tuple(Edit(match.end(), match.end(), " ") for match in matches),
            message="the space behind the dash is missing",
            start=line.start + line.dash if not line.dashes else line.start + line.column,
            end=line.end,
        )


def space_after_colon(spot: Spot) -> Iterator[Mend]:
    line = spot.line
    found = [_COLON.match(line.text), *_COLON_IN_BRACES.finditer(line.text)]
    for match in filter(None, found):
        start, end = line.start + match.start("colon"), line.start + match.end("colon")
        missing = match["colon"] == ":"
        yield Mend(
            "put a space behind the colon" if missing else "write a plain colon, and a space",
            (Edit(end, end, " ") if missing else Edit(start, end, ": "),),
            message="the space behind the colon is missing"
            if missing
            else "this is another sign than the colon that YAML knows",
            start=start,
            end=start + 1,
        )


def equals(spot: Spot) -> Iterator[Mend]:
    line = spot.line
    if match := _EQUALS.match(line.text):
        start, end = match.span("equals")
        yield Mend(
            "write a colon between key and value",
            (Edit(line.start + start, line.start + end, ": "),),
            message="a key ends in a colon, not in '='",
            start=line.start + line.column,
            end=line.end,
        )


def colon(spot: Spot) -> Iterator[Mend]:
    """A key and its value with nothing but a space between them."""
    line = spot.line
    if match := _NO_COLON.match(line.text):
        at = line.start + match.start("gap")
        yield Mend(
            "write a colon behind the key",
            (Edit(at, at, ":"),),
            message="the colon behind the key is missing",
            start=line.start + line.column,
            end=line.end,
        )


def _without(lines: Lines, line: Line) -> Edit:
    return Edit(line.start, min(line.end + 1, len(lines.text)), "")
