"""Mends of keys that are given twice."""

from __future__ import annotations

from collections.abc import Iterator

from kbsite.yamledit import Edit
from kbsite.yamlmend.lines import Line, Lines
from kbsite.yamlmend.slips import Mend, Spot


def same(spot: Spot) -> Iterator[Mend]:
    """One of the two, where they say the same."""
    for first, second in _both(spot):
        if _content(first) == _content(second):
            yield Mend("delete one of the two, which say the same", (_without(spot.lines, second),))


def joined(spot: Spot) -> Iterator[Mend]:
    """One list of both."""
    for first, second in _both(spot):
        if first[0].value or second[0].value or not first[1:] or not second[1:]:
            continue
        if not (first[1].dashes and second[1].dashes) or first[1].dash != second[1].dash:
            continue
        items = "\n".join(each.text for each in second[1:])
        end = first[-1].end
        yield Mend(
            "make one list of both",
            (Edit(end, end, f"\n{items}"), _without(spot.lines, second)),
            certain=False,
        )


def either(spot: Spot) -> Iterator[Mend]:
    """Either of the two."""
    for first, second in _both(spot):
        for kept, other in ((first, second), (second, first)):
            edits = [_without(spot.lines, other)]
            if other[0].dashes:  # which stays
                if len(first) > 1 or len(second) > 1:
                    continue
                line = other[0]
                value = Edit(line.value_start, line.value_end, kept[0].value)
                edits = [value, _without(spot.lines, kept)]
            words = " ".join(" ".join(each.text for each in kept).split())
            short = words if len(words) <= 60 else f"{words[:59]}…"
            yield Mend(f"keep '{short}'", tuple(edits), certain=False)


def _both(spot: Spot) -> Iterator[tuple[list[Line], list[Line]]]:
    """The lines of the key as it was first given, and of the second time."""
    lines, line, error = spot.lines, spot.line, spot.error
    if error.code != "KB011" or line.number != lines.at(error.place.start).number or not line.key:
        return
    for above in lines.above(line):
        if above.column < line.column:
            return
        if above.column == line.column and above.key == line.key:
            yield [above, *_below(lines, above)], [line, *_below(lines, line)]
            return


def _below(lines: Lines, line: Line) -> list[Line]:
    """What stands below a key; the items of a list may stand in its own column."""
    found = lines.below(line, line.column)
    if not found and not line.value:
        for number in range(line.number + 1, len(lines)):
            after = lines[number]
            if not after.is_blank and after.dash <= line.column - bool(after.dashes):
                break
            found.append(after)
    return found


def _content(part: list[Line]) -> list[str]:
    return [part[0].value, *(line.text.strip() for line in part[1:])]


def _without(lines: Lines, part: list[Line]) -> Edit:
    return Edit(part[0].start, min(part[-1].end + 1, len(lines.text)), "")
