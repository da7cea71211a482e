"""A record's text as a tree: its keys and items with their values, and whose each comment is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kbsite.yamledit.alignment import items
from kbsite.yamledit.layout import Layout
from kbsite.yamlfile import Path
from kbsite.yamlstyle.scalars import words

_BREAK = re.compile("[\n\x85\u2028\u2029]")  # what libyaml takes for the end of a line


class Note(NamedTuple):
    """A comment, and whether it stands apart from what is above it."""

    text: str
    apart: bool = False


@dataclass(kw_only=True, slots=True, eq=False)
class Entry:
    """A key or an item with its value, from `start` to `end`; or the whole record, without either.

    `inner` is what its value holds, or else `words` are the lines of the value, as they come behind
    a colon. `above` are the comments before it, `own` those on its way to the value, the last of
    them `beside` it or not, and `foot` those below the last of what it holds. It may stand `apart`
    from what is above it. `flow` says that its value is in brackets.
    """

    path: Path
    start: int
    end: int
    column: int
    flow: bool
    words: list[str] = field(default_factory=list)
    inner: list[Entry] = field(default_factory=list)
    above: list[Note] = field(default_factory=list)
    own: list[Note] = field(default_factory=list)
    foot: list[Note] = field(default_factory=list)
    beside: bool = False
    apart: bool = False

    @property
    def key(self) -> str | None:
        """The key; None for an item of a list."""
        last = self.path[-1]
        return last if isinstance(last, str) else None


def entries(layout: Layout) -> Entry:
    """The whole record; its `above` are comments about all of it, apart from the first key."""
    tree = _Tree(layout)
    for start, end in layout.comments:
        tree.take(start, layout.text[start:end].rstrip(" \t"))
    return tree.with_head()


class _Tree:
    """The entries of a text, to which comments are given in their order."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.text = layout, layout.text
        self.lines = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        self.root = self._entry((), 0, layout.data, flow=False)
        self.holders: dict[Path, Entry] = {}
        self.every = list(self._walk(self.root))
        self.starts = [entry.start for entry in self.every]
        for entry in self.every:
            if not self.holders[entry.path].flow:
                self._see_whether_apart(entry)
        self.gap, self.depth = -1, 0  # where the last comment was, and how deep below the last

    def _entry(self, path: Path, start: int, value: Any, *, flow: bool) -> Entry:
        """An entry whose holder is in brackets, or not."""
        layout = self.layout
        begin, end = layout.values[path]
        entry = Entry(
            path=path,
            start=start,
            end=layout.stop(path) if not items_of(value) else end,
            column=start - self._line_of(start),
            flow=flow or self.text.startswith(("[", "{"), begin),
        )
        for key, inner in items(value):
            own = (*path, key)
            at = layout.values[own].start if entry.flow else layout.start(own)
            at = layout.keys[own].start if own in layout.keys else at
            entry.inner.append(self._entry(own, at, inner, flow=entry.flow))
        if not entry.inner:
            entry.words = words(layout, path, start, value)
        return entry

    def _walk(self, entry: Entry) -> Iterator[Entry]:
        for inner in entry.inner:
            self.holders[inner.path] = entry
            yield inner
            yield from self._walk(inner)

    def _see_whether_apart(self, entry: Entry) -> None:
        line = self._line_of(entry.start)
        if not self.text[line : entry.start].strip():
            at = bisect_left(self.starts, entry.start)
            entry.apart = self._is_apart(line, self.every[at - 1] if at else None)

    def _line_of(self, offset: int) -> int:
        return self.lines[bisect_right(self.lines, offset) - 1]

    def _is_apart(self, line: int, before: Entry | None) -> bool:
        """Whether a blank line is above, which is no part of a text before."""
        limit = before.end if before and not before.inner else 0
        above = self.text.rfind("\n", 0, max(0, line - 1))
        return above >= limit and not self.text[above:line].strip()

    def take(self, start: int, text: str) -> None:
        """Give a comment to whom it belongs."""
        at = bisect_left(self.starts, start)
        before = self.every[at - 1] if at else None
        after = self.every[at] if at < len(self.every) else None
        line = self._line_of(start)
        is_beside = bool(self.text[line:start].strip())
        note = Note(text, not is_beside and self._is_apart(line, before))
        if before is None:
            (after or self.root).above.append(note)
        elif is_beside:
            self._beside(before, start, note)
        else:
            self._on_its_line(before, after, start, start - line, note)

    def _beside(self, before: Entry, start: int, note: Note) -> None:
        """One behind something on its line, the last of which that begins is `before`."""
        closed = [
            entry for entry in self._up(before) if entry.inner and entry.flow and entry.end <= start
        ]
        if closed and (closed[-1] is self.root or self._has_notes(closed[-1])):
            closed[-1].foot.append(note)
            return
        entry = closed[-1] if closed else before
        entry.own.append(note)
        entry.beside = True

    def _has_notes(self, entry: Entry) -> bool:
        return bool(self.layout.comments_in(self.layout.values[entry.path]))

    def _on_its_line(
        self, before: Entry, after: Entry | None, start: int, column: int, note: Note
    ) -> None:
        if not before.inner and start < before.end:  # between a key and its value
            before.own.append(note)
            before.beside = False
            return
        around = next((each for each in self._up(before) if each.flow and start < each.end), None)
        if around is not None:
            self._put(note, after, around)
            return
        if self.gap != before.start:
            self.gap, self.depth = before.start, len(before.path)
        if after is not None and column <= after.column:
            self.depth = -1
        if self.depth < 0 and after is not None:
            after.above.append(note)
            return
        holder = self._holder(before, column)
        self.depth = len(holder.path)
        self._put(note, after, holder)

    def _holder(self, before: Entry, column: int) -> Entry:
        """The collection whose entries begin where a comment below the last of them does.

        A list may begin in the column of its key, where a comment is one of the key's neighbours.
        """
        found, best = self.root, -1
        for each in reversed([*self._up(before)]):
            if each.inner and not each.flow and len(each.path) <= self.depth:
                own = each.inner[0].column
                if best < own <= column or best == own < column:
                    found, best = each, own
        return found

    def _put(self, note: Note, after: Entry | None, holder: Entry) -> None:
        """Above what comes next in a collection, or at its foot."""
        if after is not None and after.path[: len(holder.path)] == holder.path:
            self.depth = -1
            after.above.append(note)
        else:
            holder.foot.append(note)

    def _up(self, entry: Entry) -> Iterator[Entry]:
        yield entry
        while entry is not self.root:
            entry = self.holders[entry.path]
            yield entry

    def with_head(self) -> Entry:
        """The root, with the comments that stand apart from the first key, which may move."""
        if not self.root.inner:
            return self.root
        first = self.root.inner[0]
        apart = [note.apart for note in first.above[1:]] + [first.apart]
        if first.above and any(apart):
            number = len(apart) - apart[::-1].index(True)
            self.root.above = first.above[:number]
            first.above = [note._replace(apart=False) for note in first.above[number:]]
            first.apart = first.apart and bool(first.above)
        return self.root


def items_of(value: Any) -> bool:
    """Whether a value is a collection that holds something."""
    return isinstance(value, dict | list) and bool(value)
