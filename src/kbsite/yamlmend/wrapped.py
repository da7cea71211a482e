"""A record with something around it: a key, the dash or the brackets of a list; and items of a list
that a dash parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from kbsite.changes import replaced
from kbsite.yamledit import Edit
from kbsite.yamlfile import Path, Reading, attempt
from kbsite.yamlmend.lines import Line, Lines, indented
from kbsite.yamlmend.slips import Judge, Mend, Slip

_LONGEST = 12  # lines that a hint repeats


def unwrapped(text: str, reading: Reading, judge: Judge) -> Slip | None:
    """The record that stands below a key of its own, or is the only item of a list."""
    data, key = reading.data, ""
    if isinstance(data, dict) and len(data) == 1:
        ((key, data),) = data.items()
    inner = data[0] if isinstance(data, list) and len(data) == 1 else data
    if inner is reading.data or not _is_record(inner, judge):
        return None
    path: Path = (*((key,) if key else ()), *((0,) if isinstance(data, list) else ()))
    lines = Lines(text)
    place = reading.places.keys[(key,)] if key else reading.places.values[()]
    start, end = reading.places.values[path]
    edits = _dedented(lines, lines.at(place.start), start, end)
    after = attempt(replaced(text, edits))
    if after.error is not None or after.data != inner:
        return None
    what = f"without '{key}:' above it" if key else "and no list"
    title = f"begin the keys of the record at the left edge, {what}"
    shown = replaced(text, edits).split("\n")
    hint = "\n".join([f"{title}:", *shown[:_LONGEST], *(["…"] if len(shown) > _LONGEST else [])])
    message = "the record is " + (f"below the key '{key}'" if key else "an item of a list")
    stop = place.end if key else place.start + 1
    return Slip("KB103", message, hint.rstrip(), place.start, stop, (Mend(title, tuple(edits)),))


def _is_record(inner: Any, judge: Judge) -> bool:
    """Whether most of the keys of a mapping are those of a record."""
    if not isinstance(inner, dict) or len(inner) < 2:
        return False
    odd = [path for path in judge.refused(inner) if len(path) == 1 and path[0] in inner]
    return 2 * len(odd) < len(inner)


def _dedented(lines: Lines, first: Line, start: int, end: int) -> Sequence[Edit]:
    """The record from `start` to `end` alone; what is around it begins on the line `first`."""
    begin = lines.at(start)
    column = start - begin.start
    if lines.text[start] == "{":  # in one piece
        return [
            Edit(each.start, each.end, "")
            for each in (Edit(first.start, start, ""), Edit(end, len(lines.text.rstrip()), ""))
            if each.start < each.end
        ]
    around = []
    if begin.number > first.number:
        around.append(Edit(first.start, lines[first.number + 1].start, ""))
    edits = [*around, Edit(begin.start, start, "")]
    between = [lines[at] for at in range(first.number + 1, begin.number)]
    edits[1 if around else 0 : 1 if around else 0] = indented(between, -column)
    edits += indented([lines[at] for at in range(begin.number + 1, len(lines))], -column)
    return [each for each in edits if each.start < each.end]


def parted_items(text: str, reading: Reading, judge: Judge) -> Iterator[Slip]:
    """Two items of a list that are one, parted by a dash."""
    before = judge.refused(reading.data)
    lacking = {path[:2] for path in before if len(path) == 3 and isinstance(path[1], int)}
    lines = Lines(text)
    for first, second in pairwise(sorted(lacking, key=str)):
        if first[0] != second[0] or second[1] != int(first[1]) + 1 or reading.error:
            continue
        one, other = (reading.data[path[0]][path[1]] for path in (first, second))
        if not isinstance(one, dict) or not isinstance(other, dict) or one.keys() & other.keys():
            continue
        if "id" not in one:  # with which an item begins
            continue
        line = lines.at(reading.places.values[second].start)
        if not line.dashes:
            continue
        judge.spend(len(text))
        edit = Edit(line.start + line.dash, line.start + line.dash + 1, " ")
        left = judge.refused(attempt(replaced(text, [edit])).data)
        if len(left) > len(before) - 2:
            continue
        mend = Mend("write a space in its place", (edit,))
        words = f"{mend.title}: {line.text[: line.dash]} {line.text[line.dash + 1 :]}"
        message = "this dash begins another item, and what follows belongs to the one above"
        yield Slip("KB103", message, words, edit.start, edit.end, (mend,))
        return
