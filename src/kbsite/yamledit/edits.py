"""The edits that give a value of a record's text another content, and their application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any, NamedTuple

from kbsite import yamlwrite
from kbsite.changes import replaced
from kbsite.yamledit.alignment import added, partners, same
from kbsite.yamledit.layout import CannotEdit, Entry, Layout
from kbsite.yamlfile import Path


class Edit(NamedTuple):
    """A part of a text, and what takes its place."""

    start: int
    end: int
    text: str


def applied(layout: Layout, edits: Iterable[Edit]) -> str:
    """The raw text after all `edits`; what they put in at one place comes in their order.

    >>> applied(Layout("title: Old"), [Edit(7, 10, "New"), Edit(0, 0, "# one"), Edit(0, 0, "\\n")])
    '# one\\ntitle: New'
    """
    mark = layout.raw.removesuffix(layout.text)
    return mark + replaced(layout.text, sorted(edits, key=itemgetter(0, 1)))


def turning(layout: Layout, path: Path, new: Any) -> list[Edit]:
    """What makes the value at `path` what is wanted, as little as possible. Raises CannotEdit."""
    if same(layout.value(path), new):
        return []
    with suppress(CannotEdit):
        return _turning_in_part(layout, path, new)
    return replacing(layout, path, new)


def replacing(layout: Layout, path: Path, new: Any) -> list[Edit]:
    """The whole value at `path` anew, below the comments that stood in it. Raises CannotEdit."""
    if not path:
        raise CannotEdit("no key would be left")
    if layout.in_brackets(path[:-1]):
        return [_on_one_line(layout, path, new)]
    entry = layout.entry(path)
    if path in layout.keys:
        head, lines = layout.behind_colon(path), yamlwrite.after_key(new)
    else:
        head, lines = entry.start, yamlwrite.lines([new])
    above = _above(layout, entry, entry.comments)
    return [*above, _edit(layout, head, entry.end, lines, entry.column)]


def _turning_in_part(layout: Layout, path: Path, new: Any) -> list[Edit]:
    old, brackets = layout.value(path), layout.in_brackets(path)
    if brackets and isinstance(old, list) and isinstance(new, list):
        count = len(old)
        if 0 < count < len(new) and same(old, new[:count]):
            return [_behind(layout, (*path, count - 1), new[count:])]
    stay = partners(old, new)
    if brackets and isinstance(old, list) and isinstance(new, list):
        is_less = len(stay) == len(new) > 0 and len(new) < len(old)
        if is_less and all(same(old[at], new[to]) for at, to in stay.items()):
            return _less(layout, path, len(old), stay)
    if stay and (not brackets or len(stay) == len(old) == len(new)):
        return _turning_entries(layout, path, new, stay)
    if brackets and old and type(old) is type(new):
        return [_on_one_line(layout, path, new)]
    if not brackets and not {type(old), type(new)} & {dict, list}:
        return _turning_scalar(layout, path, new)
    return replacing(layout, path, new)


def _turning_scalar(layout: Layout, path: Path, new: Any) -> list[Edit]:
    word, *lines = yamlwrite.after_key(new)
    start, end = layout.values[path]
    head = layout.block_head(path)
    stop = layout.line_end(layout.stop(path))
    below = layout.line_end(head.end()) if head else stop
    entry = layout.entry(path)
    if lines and entry.end > stop:  # a comment that the new block would swallow
        return replacing(layout, path, new)
    return [
        Edit(start, head.end() if head else end, word[1:] if start < end else word),
        _edit(layout, below, stop, ["", *lines], entry.column),
    ]


def _turning_entries(layout: Layout, path: Path, new: Any, stay: Mapping[Any, Any]) -> list[Edit]:
    """What changes, takes out and puts in what the collection at `path` holds."""
    edits: list[Edit] = []
    lines = {key: yamlwrite.lines(some) for key, some in added(new, stay).items()}
    for inner in layout.inside(path):
        key = inner[-1]
        if key not in stay:
            edits.append(_without(layout, layout.entry(inner)))
            continue
        if None in lines:
            edits += _above(layout, layout.entry(inner), lines.pop(None))
        edits += turning(layout, inner, new[stay[key]])
        if key in lines:
            edits += _below(layout, inner, lines[key])
    return edits


def _without(layout: Layout, entry: Entry) -> Edit:
    line = entry.start - entry.column
    if layout.text[line : entry.start].strip():
        raise CannotEdit("a key on the line of a dash")
    if entry.comments:
        return _edit(layout, entry.start, entry.end, entry.comments, entry.column)
    return Edit(line, layout.text.find("\n", entry.end) + 1 or len(layout.text), "")


def _above(layout: Layout, entry: Entry, lines: Sequence[str]) -> list[Edit]:
    if not lines:
        return []
    at, column = entry.start, entry.column
    return [_edit(layout, at, at, [*lines, ""], column), Edit(at, at, " " * column)]


def _below(layout: Layout, path: Path, lines: Sequence[str]) -> list[Edit]:
    entry, head = layout.entry(path), layout.block_head(path)
    if entry.end == len(layout.text) and head and "-" not in head[0]:
        return _above(layout, entry, lines)  # the block would gain a newline from what follows it
    return [_edit(layout, entry.end, entry.end, ["", *lines], entry.column)]


def _behind(layout: Layout, path: Path, more: Sequence[Any]) -> Edit:
    """More items behind the last one of a list in brackets."""
    end = layout.values[path].end
    return Edit(end, end, "".join(f", {yamlwrite.dump_flow(each)}" for each in more))


def _less(layout: Layout, path: Path, count: int, stay: Mapping[Any, Any]) -> list[Edit]:
    """The items of a list in brackets that do not stay taken out, each with a comma."""
    if layout.comments_in(layout.values[path]):
        raise CannotEdit("comments inside brackets")
    places = [layout.values[*path, at] for at in range(count)]
    first = min(stay)
    edits = [Edit(places[0].start, places[first].start, "")] if first else []
    gone = (at for at in range(first + 1, count) if at not in stay)
    return [*edits, *(Edit(places[at - 1].end, places[at].end, "") for at in gone)]


def _on_one_line(layout: Layout, path: Path, new: Any) -> Edit:
    """A value in brackets, or to stand in some."""
    place = layout.values[path]
    if layout.comments_in(place):
        raise CannotEdit("comments inside brackets")
    space = " " if place.start == place.end else ""
    return Edit(*place, space + yamlwrite.dump_flow(new))


def _edit(layout: Layout, start: int, end: int, lines: Sequence[str], column: int) -> Edit:
    """All lines but the first, which others may precede, go to `column`."""
    rest = [" " * column + line if line else "" for line in lines[1:]]
    if rest and end == len(layout.text):
        rest.append("")
    return Edit(start, end, layout.line_break.join([lines[0], *rest]))
