"""Changes to the text of a YAML record that leave every other byte as it was.

A comment stays where it is or, if the value that held it goes, becomes a line above its place.
What comes out is read again: where that shows more than the change, nothing comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import reduce
from itertools import pairwise
from operator import getitem, itemgetter
from typing import Any, NamedTuple, TypeAlias

from kbsite import yamlfile, yamlwrite
from kbsite.yamlfile import Path, Place

_BREAK = re.compile(r"\r?\n|\Z")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")  # to what libyaml takes for the end of a line
_BLOCK = re.compile(r"[|>][-+0-9]*")
_COLON = re.compile(r"[ \t]*:")
MOST_COMPARED = 40_000  # pairs of items of two lists

# Pairs of places in two lists, the last one first.
_Pairs: TypeAlias = "tuple[int, int, _Pairs] | None"


class CannotEdit(Exception):  # noqa: N818 - it says what it is
    """No change of the text was found that leaves all the rest as it was."""


def set_value(text: str, key: str, value: Any, order: Sequence[str]) -> str:
    """`text` with `value` at the top-level `key`; a new key goes where `order` has it.

    Of a value that is there only the parts that differ are written anew. A number that is written
    as the wanted text stays.

    >>> set_value("title: Old # sic\\nroom: A\\n", "title", "New", ())
    'title: New # sic\\nroom: A\\n'
    """
    record = _Record(text)
    wanted = _with(record.data, key, value, order)
    return text if _same(record.data, wanted) else _changed(record, key, wanted)


def remove(text: str, key: str) -> str:
    """`text` without the top-level `key`; as it is, if the key is not there."""
    record = _Record(text)
    wanted = {name: value for name, value in record.data.items() if name != key}
    return text if key not in record.data else _changed(record, key, wanted)


def _with(data: Mapping[str, Any], key: str, value: Any, order: Sequence[str]) -> dict[str, Any]:
    """`data` with `value` at `key`, behind the last key that `order` has before it."""
    if key in data:
        return {**data, key: value}
    names = list(data)
    ranks = {name: rank for rank, name in enumerate(order)}
    own = ranks.get(key, -1)
    before = [at for at, name in enumerate(names, 1) if ranks.get(name, own) < own]
    after = [at for at, name in enumerate(names) if ranks.get(name, own) > own >= 0]
    names.insert(before[-1] if before else (after or [len(names)])[0], key)
    return {name: data.get(name, value) for name in names}


def _changed(record: _Record, key: str, wanted: dict[str, Any]) -> str:
    """The least change that gives `wanted`; if it goes wrong, the whole value of `key` anew."""
    for whole in (False, True):
        record.forget_changes()
        with suppress(CannotEdit):
            if not whole:
                record.turn((), wanted)
            elif key in record.data and key in wanted:
                record.replace((key,), wanted[key])
            new = _Record(record.changed())
            if _same(new.data, wanted) and new.but(key) == record.but(key):
                return new.raw
    raise CannotEdit(f"'{key}' cannot be changed without harm to the rest of the file")


def _same(old: Any, new: Any) -> bool:
    """Whether `old`, as it was read, is what is wanted."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, yamlfile.Integer | yamlfile.Float) and isinstance(new, str):
        return old.text == new
    if isinstance(old, bool | float) or isinstance(new, bool | float):
        return isinstance(old, float) == isinstance(new, float) and repr(old) == repr(new)
    return bool(old == new)


class _Entry(NamedTuple):
    """A key with its value, or an item with its dash, to the end of its last line or comment."""

    start: int
    end: int
    column: int
    comments: list[str]


class _Record:
    """A text, its data, where everything stands in it, and the changes to be made to it."""

    def __init__(self, raw: str) -> None:
        self.raw, self._text = raw, raw.removeprefix("\ufeff")
        try:
            self.data = yamlfile.read(self._text)
        except yamlfile.YamlError as error:
            raise CannotEdit(f"the file cannot be read: {error.message}") from None
        if not isinstance(self.data, dict):
            raise CannotEdit("the file holds no keys with values")
        found = yamlfile.places(self._text)
        self._keys, self._values = found.keys, found.values
        self._comments = [Place(*match.span()) for match in _COMMENT.finditer(self._unsigned())]
        self._eol = "\r\n" if "\r\n" in self._text[: self._text.find("\n") + 1] else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def forget_changes(self) -> None:
        self._edits = []

    def but(self, key: str) -> tuple[list[str], list[str]]:
        """What a change of `key` must leave: the other keys with their values, the comments."""
        text, others = self._text, [path for path in self._inside(()) if path != (key,)]
        kept = [text[self._keys[path].start : self._stop(path)].rstrip() for path in others]
        return kept, sorted(self._comments_within(Place(0, len(text))))

    def changed(self) -> str:
        at, parts = 0, [self.raw.removesuffix(self._text)]
        for start, end, new in sorted(self._edits, key=itemgetter(0, 1)):
            parts += [self._text[at:start], new]
            at = end
        return "".join([*parts, self._text[at:]])

    def turn(self, path: Path, new: Any) -> None:
        """Make the value at `path` what is wanted, by changing as little as possible."""
        done = len(self._edits)
        try:
            self._turn(path, reduce(getitem, path, self.data), new)
        except CannotEdit:
            del self._edits[done:]
            self.replace(path, new)

    def replace(self, path: Path, new: Any) -> None:
        """Write the whole value at `path` anew, below the comments that stood in it."""
        if not path:
            raise CannotEdit("no key would be left")
        if self._in_brackets(path[:-1]):
            self._put(path, new)
            return
        entry = self._entry(path)
        if path not in self._keys:
            head, lines = entry.start, yamlwrite.lines([new])
        elif colon := _COLON.match(self._text, self._keys[path].end):
            head, lines = colon.end(), yamlwrite.after_key(new)
        else:
            raise CannotEdit("a key of an unusual shape")
        self._above(entry, entry.comments)
        self._edit(head, entry.end, lines, entry.column)

    def _turn(self, path: Path, old: Any, new: Any) -> None:
        brackets = self._in_brackets(path)
        kept: dict[Any, Any] = {}  # which of the new keys or numbers each old one becomes
        if _same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict):
            kept = {key: key for key in old if key in new}
        elif isinstance(old, list) and isinstance(new, list):
            kept = _partners(old, new)
        elif not brackets and not {type(old), type(new)} & {dict, list}:
            self._turn_scalar(path, new)
            return
        if kept and (not brackets or len(kept) == len(old) == len(new)):
            self._turn_entries(path, new, kept)
        elif brackets and old and type(old) is type(new):
            self._put(path, new)
        else:
            self.replace(path, new)

    def _turn_scalar(self, path: Path, new: Any) -> None:
        word, *lines = yamlwrite.after_key(new)
        start, end = self._values[path]
        head = _BLOCK.match(self._text, start, end)
        stop = self._line_end(self._stop(path))
        below = self._line_end(head.end()) if head else stop
        entry = self._entry(path)
        if lines and entry.end > stop:  # a comment that the new block would swallow
            self.replace(path, new)
            return
        self._edit(start, head.end() if head else end, [word[1:] if start < end else word])
        self._edit(below, stop, ["", *lines], entry.column)

    def _turn_entries(self, path: Path, new: Any, kept: Mapping[Any, Any]) -> None:
        """Change, take out and put in what the collection at `path` holds."""
        added = _added(new, kept)
        for inner in self._inside(path):
            key = inner[-1]
            if key not in kept:
                self._take_out(self._entry(inner))
                continue
            if None in added:
                self._above(self._entry(inner), added.pop(None))
            self.turn(inner, new[kept[key]])
            if key in added:
                self._below(inner, added[key])

    def _take_out(self, entry: _Entry) -> None:
        line = entry.start - entry.column
        if self._text[line : entry.start].strip():
            raise CannotEdit("a key on the line of a dash")
        if entry.comments:
            self._edit(entry.start, entry.end, entry.comments, entry.column)
        else:
            self._edits.append((line, self._text.find("\n", entry.end) + 1 or len(self._text), ""))

    def _above(self, entry: _Entry, lines: Sequence[str]) -> None:
        if lines:
            self._edit(entry.start, entry.start, [*lines, ""], entry.column)
            self._edit(entry.start, entry.start, [" " * entry.column])

    def _below(self, path: Path, lines: Sequence[str]) -> None:
        entry = self._entry(path)
        head = _BLOCK.match(self._text, *self._values[self._last(path)])
        if entry.end == len(self._text) and head and "-" not in head[0]:
            self._above(entry, lines)  # the block would gain a newline from what follows it
        else:
            self._edit(entry.end, entry.end, ["", *lines], entry.column)

    def _put(self, path: Path, new: Any) -> None:
        """Write a value on one line, in brackets or to stand in some."""
        place = self._values[path]
        if self._comments_within(place):
            raise CannotEdit("comments inside brackets")
        space = " " if place.start == place.end else ""
        self._edit(*place, [space + yamlwrite.dump_flow(new)])

    def _edit(self, start: int, end: int, lines: Sequence[str], column: int = 0) -> None:
        """Note a change; all lines but the first, which others may precede, go to `column`."""
        rest = [" " * column + line if line else "" for line in lines[1:]]
        if rest and end == len(self._text):
            rest.append("")
        self._edits.append((start, end, self._eol.join([lines[0], *rest])))

    def _unsigned(self) -> str:
        """The text without '#' in keys and values, so that any one left begins a comment."""
        signs = list(self._text)
        scalars = [place for path, place in self._values.items() if not self._inside(path)]
        for start, end in [*scalars, *self._keys.values()]:
            head = _BLOCK.match(self._text, start, end)
            begin = self._line_end(head.end()) if head else start
            signs[begin:end] = self._text[begin:end].replace("#", "x")
        return "".join(signs)

    def _comments_within(self, place: Place) -> list[str]:
        return [self._text[a:b] for a, b in self._comments if place.start <= a < place.end]

    def _inside(self, path: Path) -> list[Path]:
        """The paths of what the collection at `path` holds."""
        value = reduce(getitem, path, self.data)
        return [(*path, key) for key, _ in _items(value)] if isinstance(value, dict | list) else []

    def _in_brackets(self, path: Path) -> bool:
        """Whether the value is a list or mapping in brackets, or in one."""
        starts = (self._values[path[:length]].start for length in range(len(path) + 1))
        return any(self._text.startswith(("[", "{"), start) for start in starts)

    def _last(self, path: Path) -> Path:
        """The path of the last of what the value at `path` is made of."""
        while not self._in_brackets(path) and (inside := self._inside(path)):
            path = inside[-1]
        return path

    def _stop(self, path: Path) -> int:
        """Where the value ends; libyaml counts blank lines and comments below to it."""
        start, end = self._values[self._last(path)]
        head = _BLOCK.match(self._text, start, end)
        if head is None:
            return end
        text = self._text[start:end]
        kept = "+" in head[0]  # its blank lines are part of it
        text = text.removesuffix("\n").removesuffix("\r") if kept else text.rstrip("\r\n")
        return start + len(text)

    def _line_end(self, offset: int) -> int:
        return next(_BREAK.finditer(self._text, offset)).start()

    def _column(self, offset: int) -> int:
        return offset - self._text.rfind("\n", 0, offset) - 1

    def _entry(self, path: Path) -> _Entry:
        start = self._keys[path].start if path in self._keys else self._dash(path)
        column = self._column(start)
        end = self._line_end(self._stop(path))
        for place in self._comments:
            below = place.start >= end and not self._text[end : place.start].strip()
            if below and self._column(place.start) > column:
                end = place.end
        return _Entry(start, end, column, self._comments_within(Place(start, end)))

    def _dash(self, path: Path) -> int:
        *above, number = path
        first = self._values[tuple(above)].start
        if number == 0:
            return first
        dash = re.compile(rf"\n {{{self._column(first)}}}(-)(?=\s|\Z)")
        if found := dash.search(self._text, self._stop((*above, int(number) - 1))):
            return found.start(1)
        raise CannotEdit("a list of an unusual shape")


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _added(new: Any, kept: Mapping[Any, Any]) -> dict[Any, list[str]]:
    """The lines of what is new, by the old key or number that they follow, or None."""
    was = {key: old for old, key in kept.items()}
    added: dict[Any, list[str]] = {}
    before = None
    for key, value in _items(new):
        if key in was:
            before = was[key]
        else:
            one = {key: value} if isinstance(new, dict) else [value]
            added.setdefault(before, []).extend(yamlwrite.lines(one))
    return added


def _partners(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Which item of `new` each one of `old` becomes, if any, without a change of their order.

    Of lists that are too long to compare none is said to become another.
    """
    if len(old) * len(new) > MOST_COMPARED:
        return {}
    best: list[tuple[int, _Pairs]] = [(0, None)] * (len(new) + 1)
    for i, one in enumerate(old):
        row = best[:1]
        for j, other in enumerate(new):
            score, pairs = best[j]
            like = _likeness(one, other)
            both = (score + like, (i, j, pairs)) if like else best[j]
            row.append(max(both, best[j + 1], row[j], key=itemgetter(0)))
        best = row
    found, chain = [(len(old), len(new))], best[-1][1]
    while chain is not None:
        i, j, chain = chain
        found.append((i, j))
    found = [(-1, -1), *reversed(found)]
    for (i, j), (next_i, next_j) in pairwise(tuple(found)):
        if next_i - i == next_j - j:  # as many go as come: one for one
            found += zip(range(i + 1, next_i), range(j + 1, next_j), strict=True)
    return dict(sorted(found)[1:-1])


def _likeness(old: Any, new: Any) -> int:
    """1000 if they are the same, 1 if they begin the same, as with a speaker's name, else 0."""
    if _same(old, new):
        return 1000
    names = [*new][:1] if isinstance(old, dict) and isinstance(new, dict) else []
    return int(any(name in old and _same(old[name], new[name]) for name in names))
