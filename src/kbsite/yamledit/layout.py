"""The layout of a record: where in its text the keys, values and comments stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import reduce
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from kbsite import yamlfile
from kbsite.yamledit.alignment import items
from kbsite.yamlfile import Path, Place

_BREAK = re.compile(r"\r?\n|\Z")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")  # to what libyaml takes for the end of a line
_BLOCK = re.compile(r"[|>][-+0-9]*")
_COLON = re.compile(r"[ \t]*:")


class CannotEdit(Exception):  # noqa: N818 - it says what it is
    """No change of the text was found that leaves all the rest as it was."""


class Entry(NamedTuple):
    """A key with its value, or an item with its dash, to the end of its last line or comment."""

    start: int
    end: int
    column: int
    comments: list[str]


class Layout:
    """A text, its data, and where everything stands in it, by path.

    Places are offsets into `text`, in characters; it goes without the byte order mark of `raw`.
    `comments` are in order. New lines end as the first one does, in `line_break`.
    """

    def __init__(self, raw: str) -> None:
        """Raises CannotEdit where the text cannot be read, or holds no keys."""
        self.raw, self.text = raw, raw.removeprefix("\ufeff")
        self.data, found, error = yamlfile.attempt(self.text)
        if error is not None:
            raise CannotEdit(f"the file cannot be read: {error.message}")
        if not isinstance(self.data, dict):
            raise CannotEdit("the file holds no keys with values")
        self.keys, self.values = found.keys, found.values
        unsigned = self._unsigned()
        self.comments = [Place(*match.span()) for match in _COMMENT.finditer(unsigned)]
        self._uncommented = _COMMENT.sub(lambda match: " " * len(match[0]), unsigned)
        self.line_break = "\r\n" if "\r\n" in self.text[: self.text.find("\n") + 1] else "\n"

    def value(self, path: Path) -> Any:
        return reduce(getitem, path, self.data)

    def inside(self, path: Path) -> list[Path]:
        """The paths of what the collection at `path` holds."""
        return [(*path, key) for key, _ in items(self.value(path))]

    def in_brackets(self, path: Path) -> bool:
        """Whether the value is a list or mapping in brackets, or in one."""
        starts = (self.values[path[:length]].start for length in range(len(path) + 1))
        return any(self.text.startswith(("[", "{"), start) for start in starts)

    def entry(self, path: Path) -> Entry:
        start = self.start(path)
        column = self.column(start)
        end = self.line_end(self.stop(path))
        for place in self.comments[self._before(end) :]:  # those below that belong to it
            if self.text[end : place.start].strip() or self.column(place.start) <= column:
                break
            end = place.end
        return Entry(start, end, column, self.comments_in(Place(start, end)))

    def start(self, path: Path) -> int:
        """Where a key begins, or the dash of an item."""
        if path in self.keys:
            return self.keys[path].start
        return self._uncommented.rfind("-", 0, self.values[path].start)

    def column(self, offset: int) -> int:
        return offset - self.text.rfind("\n", 0, offset) - 1

    def comments_in(self, place: Place) -> list[str]:
        found = self.comments[self._before(place.start) : self._before(place.end)]
        return [self.text[start:end] for start, end in found]

    def behind_colon(self, path: Path) -> int:
        """Where the colon of a key ends. Raises CannotEdit where it is not beside the key."""
        if colon := _COLON.match(self.text, self.keys[path].end):
            return colon.end()
        raise CannotEdit("a key of an unusual shape")

    def block_head(self, path: Path) -> re.Match[str] | None:
        """The signs that begin a text in a block, if the value at `path` ends with one."""
        return _BLOCK.match(self.text, *self.values[self._last(path)])

    def stop(self, path: Path) -> int:
        """Where the value ends; libyaml counts blank lines and comments below to it."""
        start, end = self.values[self._last(path)]
        head = self.block_head(path)
        if head is None:
            return end
        text = self.text[start:end]
        kept = "+" in head[0]  # its blank lines are part of it
        text = text.removesuffix("\n").removesuffix("\r") if kept else text.rstrip("\r\n")
        return start + len(text)

    def line_end(self, offset: int) -> int:
        return next(_BREAK.finditer(self.text, offset)).start()

    def rest(self, key: str) -> tuple[list[str], list[str]]:
        """What a change of `key` must leave: the other keys with their values, the comments."""
        others = [path for path in self.inside(()) if path != (key,)]
        kept = [self.text[self.keys[path].start : self.stop(path)].rstrip() for path in others]
        return kept, sorted(self.comments_in(Place(0, len(self.text))))

    def _last(self, path: Path) -> Path:
        """The path of the last of what the value at `path` is made of."""
        while not self.in_brackets(path) and (inside := self.inside(path)):
            path = inside[-1]
        return path

    def _before(self, offset: int) -> int:
        """How many comments begin before `offset`."""
        return bisect_left(self.comments, offset, key=itemgetter(0))

    def _unsigned(self) -> str:
        """The text without '#' in keys and values, so that any one left begins a comment."""
        signs = list(self.text)
        scalars = [
            place
            for path, place in self.values.items()
            if not isinstance(self.value(path), dict | list)
        ]
        for start, end in [*scalars, *self.keys.values()]:
            head = _BLOCK.match(self.text, start, end)
            begin = self.line_end(head.end()) if head else start
            signs[begin:end] = self.text[begin:end].replace("#", "x")
        return "".join(signs)
