"""Where in a record somebody is writing, told by dashes, colons and indentation.

The line that is being written is seldom YAML, so no parser is asked. What a text holds that is
stranger than people write it is taken for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from kbsite.yamlfile import Path

_DASH = re.compile(r"-(?: +|$)")
_KEY = re.compile(r"""(?P<key>[\w-]+|'[^']*'|"[^"]*")[ ]*:(?P<value>[ ].*)?$""")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|[ ])#")


class Part(Enum):
    """What is being written."""

    KEY = auto()
    VALUE = auto()
    EITHER = auto()  # a word on a line of its own: the model knows which
    TEXT = auto()  # of several lines


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is being written, and where.

    `path` is that of the value, or of the mapping that gets the key. `typed` is what stands of it
    before the cursor, behind the mark if it is in quotes. `keys` are those that the mapping has.
    """

    path: Path
    part: Part
    typed: str
    keys: frozenset[str] = frozenset()
    quote: str = ""
    in_flow: bool = False


def cursor_at(yaml: str, line: int, column: int) -> Cursor:
    """Where one is in a text at a line and a column that count from 0.

    >>> cursor_at("speakers:\\n  - name: Ada\\n    or", 2, 6).path
    ('speakers', 0)
    >>> cursor_at("themes: [kernel, se", 0, 19).path
    ('themes', 1)
    """
    lines = yaml.split("\n")
    scan = _Scan()
    for each in lines[:line]:
        scan.read(each)
    found = scan.at(lines[line][:column])
    if found.part is Part.EITHER or (found.part is Part.KEY and not found.in_flow):
        scan.forget(found.path)
        for each in lines[line + 1 :]:
            scan.read(each)
        keys = frozenset(scan.keys.get(found.path, ()))
        return Cursor(found.path, found.part, found.typed, keys, found.quote)
    return found


class _Scan:
    """What is open after some lines: the columns of keys and dashes, with what they are."""

    def __init__(self) -> None:
        self.keys: dict[Path, set[str]] = {}
        self._open: list[tuple[int, str | int]] = []
        self._items: dict[Path, int] = {}
        self._text: int | None = None  # what is indented more than this is more of a text
        self._flow = ""  # of a value in brackets that are not closed yet

    @property
    def path(self) -> Path:
        return tuple(part for _, part in self._open)

    def forget(self, path: Path) -> None:
        """Stand in the mapping at `path`, as after the line that is being written."""
        self._open = self._open[: len(path)]
        self._text, self._flow = None, ""

    def read(self, line: str) -> None:
        """Take a whole line."""
        if self._goes_on(line):
            return
        column = self._dashes(line)
        rest = line[column:]
        if not rest.strip() or rest.startswith("#"):
            return
        value = rest
        if found := _KEY.match(rest):
            self._begin(column, found["key"].strip("'\""))
            value = (found["value"] or "").strip()
        self._after(value, column)

    def at(self, line: str) -> Cursor:
        """What is written at the end of `line`, which is the beginning of one."""
        if self._flow and (inside := _flow(f"{self._flow}\n{line}", self.path)):
            return inside
        if self._text is not None and _indent(line) > self._text:
            return Cursor(self.path, Part.TEXT, line.lstrip())
        column = self._dashes(line)
        rest = line[column:]
        found = _KEY.match(rest)
        if found is None:
            if rest.startswith(("[", "{")) and (inside := _flow(rest, self.path)):
                return inside
            self._close(column)
            return _quoted(self.path, Part.EITHER, rest)
        self._begin(column, found["key"].strip("'\""))
        if not found["value"]:
            return Cursor((*self.path[:-1],), Part.KEY, rest)
        value = found["value"].lstrip()
        if value.startswith(("[", "{")) and (inside := _flow(value, self.path)):
            return inside
        part = Part.TEXT if _COMMENT.search(value) and value[:1] not in "'\"" else Part.VALUE
        return _quoted(self.path, part, value)

    def _goes_on(self, line: str) -> bool:
        """Whether a line is more of the value before it."""
        if self._flow:
            self._flow = f"{self._flow}\n{line}"
            if _flow(self._flow, ()) is None:
                self._flow = ""
            return True
        if self._text is not None and (not line.strip() or _indent(line) > self._text):
            return True
        self._text = None
        return False

    def _dashes(self, line: str) -> int:
        """Open the items that a line begins; the column at which the rest of it stands."""
        column = _indent(line)
        while dash := _DASH.match(line, column):
            while self._open and self._is_over(column):
                self._open.pop()
            number = self._items.get(self.path, 0)
            self._items[self.path] = number + 1
            self._open.append((column, number))
            column = dash.end()
        return column

    def _is_over(self, dash: int) -> bool:
        """Whether a dash at a column ends what was opened last."""
        column, part = self._open[-1]
        return column > dash or (column == dash and isinstance(part, int))

    def _close(self, column: int) -> None:
        """End what a key at a column ends."""
        while self._open and self._open[-1][0] >= column:
            self._open.pop()

    def _begin(self, column: int, key: str) -> None:
        self._close(column)
        self.keys.setdefault(self.path, set()).add(key)
        self._open.append((column, key))

    def _after(self, value: str, column: int) -> None:
        """Whether the next lines are more of a value that begins in a line."""
        if _BLOCK.match(value):
            self._text = column if self._open and self._open[-1][0] == column else column - 1
        elif value.startswith(("[", "{")):
            self._flow = value if _flow(value, ()) else ""
        elif value and not value.startswith("#"):
            self._text = column


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quoted(path: Path, part: Part, typed: str) -> Cursor:
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    return Cursor(path, part, typed[len(quote) :], quote=quote)


def _flow(text: str, path: Path) -> Cursor | None:
    """Where one is at the end of a value in brackets; nothing where they are closed."""
    open_: list[int | str] = []
    seen: list[set[str]] = []
    typed = quote = mark = ""
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
            typed += character if quote else ""
        elif character in "'\"" and not typed.strip():
            quote = mark = character
            typed = ""
        elif character in "[{":
            open_.append(0 if character == "[" else "")
            seen.append(set())
            typed = mark = ""
        elif character in "]}":
            if not open_:
                return None
            open_.pop()
            seen.pop()
            typed = mark = ""
            if not open_:
                return None
        elif character == "," and open_:
            last = open_[-1]
            open_[-1] = last + 1 if isinstance(last, int) else ""
            typed = mark = ""
        elif character == ":" and open_ and open_[-1] == "" and not text[at + 1 : at + 2].strip():
            open_[-1] = typed.strip()
            seen[-1].add(typed.strip())
            typed = mark = ""
        else:
            typed += character
    if not open_:
        return None
    is_key = open_[-1] == ""
    inner = tuple(part for part in open_ if part != "")
    typed = typed if quote else typed.lstrip()
    return Cursor(
        (*path, *inner),
        Part.KEY if is_key else Part.VALUE,
        typed,
        frozenset(seen[-1]) if is_key else frozenset(),
        quote=mark if quote else "",
        in_flow=True,
    )
