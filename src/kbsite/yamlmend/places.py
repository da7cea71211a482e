"""Mends of lines that stand in the wrong column, or lack a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbsite.yamledit import Edit
from kbsite.yamlmend.lines import Line, Lines, indented
from kbsite.yamlmend.slips import Mend, Spot

_ON_KEY_LINE = re.compile(r"-(?: |$)")


def moved(spot: Spot) -> Iterator[Mend]:
    """A line below another of its kind, with all that stands below it."""
    lines, line, error = spot.lines, spot.line, spot.error
    here = lines.at(error.place.start)
    if not line.is_part or not here.is_part or line.number > here.number:
        return
    columns: dict[int, Line] = {}
    stop = 1_000
    for above in lines.above(line):
        if above.dash > stop:
            continue
        stop = above.dash
        if line.dashes and above.dashes:
            columns.setdefault(above.dash, above)
        if not line.dashes and above.key:
            columns.setdefault(above.column, above)
        if line.dashes and above.key and not above.value and above.column == above.dash:
            columns.setdefault(above.column + 2, above)
        if above.dash == 0:
            break
    columns.setdefault(0, line)
    what = f"the key '{line.key}'" if not line.dashes else "this item"
    place = line.start + line.dash
    for column in sorted(columns, key=lambda column: (abs(column - line.dash), -column)):
        if column != line.dash:
            yield Mend(
                f"begin it in column {column + 1}",
                tuple(indented([line, *lines.below(line, line.dash)], column - line.dash)),
                message=f"{what} is not in line with those that it belongs to",
                start=place,
                end=place + (len(line.key) if not line.dashes else 1),
            )


def dashed(spot: Spot) -> Iterator[Mend]:
    """A dash before the first key of an item, below which its other keys stand."""
    lines, line, error = spot.lines, spot.line, spot.error
    if line.dashes or not line.key or line.number != lines.at(error.place.start).number:
        return
    if not _is_in_an_item(lines, line):
        return
    own: list[Line] = [line]
    for number in range(line.number + 1, len(lines)):
        after = lines[number]
        if not after.is_blank and (after.dash < line.dash or after.key == line.key):
            break
        if after.dashes and after.dash == line.dash:
            break
        own.append(after)
    by = 2 if not own[1:] or own[1].dash == line.dash else 0
    edits = [Edit(line.start + line.dash, line.start + line.dash, "- "), *indented(own[1:], by)]
    place = line.start + line.column
    message = "" if error.code == "KB011" else "the dash of this item of the list is missing"
    end = place + len(line.key)
    yield Mend("begin the item with a dash", tuple(edits), message=message, start=place, end=end)
    # the same for all items, where none has a dash
    first = next((above for above in lines.above(line) if above.key == line.key), None)
    if first is None or first.dashes or first.dash != line.dash:
        return
    edits = []
    for number in range(first.number, len(lines)):
        after = lines[number]
        if not after.is_blank and after.dash < line.dash:
            break
        if after.key == line.key and after.dash == line.dash:
            edits.append(Edit(after.start + after.dash, after.start + after.dash, "- "))
        else:
            edits += indented([after], 2)
    yield Mend("begin each item with a dash", tuple(edits), message=message, start=place, end=end)


def undashed(spot: Spot) -> Iterator[Mend]:
    """A key of a record that has a dash before it."""
    lines, line = spot.lines, spot.line
    above = next(lines.above(line), None)
    if not line.key or line.dash or not line.dashes or above is None or above.dashes or above.dash:
        return
    if above.value:
        start, below = line.start, lines.below(line, 0)
        edits = [Edit(start, start + line.column, ""), *indented(below, -line.column)]
        yield Mend(
            "write the key without a dash",
            tuple(edits),
            message="this is a key of the record, and no item of a list",
            start=start,
            end=start + 1,
        )


def _is_in_an_item(lines: Lines, line: Line) -> bool:
    """Whether the item above has such a key already, so that this one is of another."""
    for above in lines.above(line):
        if above.dash < line.dash:
            return False
        if above.key == line.key:
            return True
    return False


def broken_list(spot: Spot) -> Iterator[Mend]:
    """Each item of a list on a line of its own."""
    lines, line = spot.lines, spot.line
    if not line.key or not _ON_KEY_LINE.match(line.value):
        return
    column = line.column + 2
    edits = [Edit(line.value_start - 1, line.value_start, "\n" + " " * column)]
    for below in lines.below(line, line.column):
        by = column - below.dash if below.dashes else line.column + 4 - below.dash
        edits += indented([below], by) if by else []
    yield Mend(
        "begin each item on a line of its own",
        tuple(edits),
        start=line.value_start,
        end=line.value_start + 1,
    )


def below_block(spot: Spot) -> Iterator[Mend]:
    """A long text on the lines below its sign, indented."""
    lines, line, error = spot.lines, spot.line, spot.error
    sign = re.match(r"[|>][-+]?(?P<gap> +)(?=[^\s#])", line.value)
    below = lines.below(line, line.column)
    if line.key and sign and (below or line.value[0] == "|" or line.value[sign.end()].isalpha()):
        gap = line.value_start + sign.start("gap"), line.value_start + sign.end("gap")
        column = next((each.dash for each in below if not each.is_blank), line.column + 2)
        indent = "\n" + " " * column
        place = line.value_start + sign.end("gap")
        edit = Edit(*gap, indent)
        yield Mend("begin the text on the next line", (edit,), start=place, end=line.value_end)
    if line.has_block and line.number < lines.at(error.place.start).number + 1:
        text = lines.below(line, line.column)
        column = next((each.dash for each in text if not each.is_blank), line.column + 2)
        yield from _indented_text(lines, line, line.number + 1 + len(text), column)
        short = [each for each in text if not each.is_blank and each.dash < column]
        if short:
            edits = [edit for each in short for edit in indented([each], column - each.dash)]
            yield Mend(
                f"indent the text below '{line.key}' as its first line",
                tuple(edits),
                message="a text that goes on is indented as its first line",
                start=short[0].start + short[0].dash,
                end=short[0].end,
            )


def continued(spot: Spot) -> Iterator[Mend]:
    """Lines that go on with the text above them, below its key."""
    lines, line = spot.lines, spot.line
    if line.is_part or line.is_comment or line.is_blank:
        return
    above = next((each for each in lines.above(line) if each.is_part), None)
    if above is None or not above.key or len(line.text.split()) < 2:
        return
    if above.value and above.value[0] not in "[{|>":
        yield from _indented_text(lines, above, line.number, above.column + 2)


def _indented_text(lines: Lines, above: Line, first: int, column: int) -> Iterator[Mend]:
    text: list[Line] = []
    for number in range(first, len(lines)):
        line = lines[number]
        if line.is_part and not line.is_blank:
            break
        text.append(line)
    while text and text[-1].is_blank:
        text.pop()
    begins = next((line for line in text if not line.is_blank), None)
    if begins is not None:
        edits = [edit for line in text for edit in indented([line], column - line.dash)]
        yield Mend(
            f"indent the text below '{above.key}'",
            tuple(edits),
            message="a text that goes on is indented below its key",
            start=begins.start + begins.dash,
            end=begins.end,
        )


def item(spot: Spot) -> Iterator[Mend]:
    """A dash before an item that has none, as those before it have."""
    lines, line = spot.lines, spot.line
    above = next(lines.above(line), None)
    if line.is_part or above is None or not above.dashes:
        return
    at = line.start + line.dash
    edits = (Edit(line.start, at, " " * above.dash + "- "),)
    yield Mend(
        "begin the item with a dash",
        edits,
        certain=False,
        message="the dash of this item of the list is missing",
        start=at,
        end=line.end,
    )
