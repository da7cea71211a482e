"""Where a value stands: the text of one file, and how a field's path becomes line and column."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from operator import itemgetter
from typing import Any, NamedTuple

from kbsite import codes, yamlfile
from kbsite.errors import Cure, Edit, Problem

Path = yamlfile.Path


_HEADING = re.compile(r"^#[ \t]+(?P<title>.*?\S)[ \t]*#*$", re.MULTILINE)


class Part(NamedTuple):
    """A part of a value: its text, and how often the same text stands before it in the value."""

    text: str
    before: int = 0


def field_name(path: Path) -> str:
    """A path as people write it.

    >>> field_name(("learnings", 2, "themes", 0))
    'learnings[2].themes[0]'
    """
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def in_file(path: Path, kept: Mapping[Path, Sequence[int]]) -> Path:
    """A path in a record as a path in its file, when lists of the record lost some items.

    >>> in_file(("themes", 0), {("themes",): (1, 2)})
    ('themes', 1)
    """
    out: Path = ()
    for part in path:
        places = kept.get(out) if isinstance(part, int) else None
        out = (*out, places[part] if places and isinstance(part, int) else part)
    return out


@dataclass(frozen=True, kw_only=True)
class Mended:
    """How a file that cannot be read as it is was mended: its own text, and the edits, in steps."""

    text: str
    steps: Sequence[Sequence[tuple[int, int, str]]]

    def place(self, offset: int) -> int:
        """Where in the file a character of the mended text stands, or what is in its place.

        >>> Mended(text="a: b: c", steps=[[(3, 3, "'"), (7, 7, "'")]]).place(4)
        3
        """
        for edits in reversed(self.steps):
            more = 0
            for start, end, new in edits:
                if offset < start + more:
                    break
                if offset < start + more + len(new):
                    offset = start + more + min(offset - start - more, end - start)
                    break
                more += len(new) - (end - start)
            offset -= more
        return offset


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file as it was read.

    `path` is relative to the root, with slashes. `front` is the YAML of the file (all of a record,
    the front matter of a page) and begins at character `front_start` of `text`; the prose after it
    begins at `body_start`. `data` is what the front matter of a page says. `kept` maps the path of
    each list in the record that lost refused items to the places of the remaining ones in the file.
    `mends` is false where so much is wrong that nobody works out what would mend it.
    Where `mended` is given, all of this is of a mended text, and problems are placed in the file's.
    """

    path: str
    text: str
    front_start: int = 0
    front: str = ""
    body_start: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[Path, Sequence[int]] = field(default_factory=dict)
    mends: bool = True
    mended: Mended | None = None

    @property
    def body(self) -> str:
        return self.text[self.body_start :]

    @property
    def called(self) -> str:
        """What the file seems to be about: its first heading, or the words of its name.

        >>> Source(path="themes/tiny-kernels.md", text="What runs.").called
        'Tiny kernels'
        """
        heading = _HEADING.search(self.body)
        if heading:
            return heading["title"]
        folder, _, file = self.path.rpartition("/")
        stem = file.partition(".")[0]
        own = folder.rpartition("/")[2] if stem == "event" else stem
        return own.replace("-", " ").replace("_", " ").capitalize()

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Where each line begins, and its text, which all problems in it share."""
        lines = (self.mended.text if self.mended else self.text).split("\n")
        begins = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return list(zip(begins, lines, strict=True))

    @cached_property
    def _places(self) -> yamlfile.Places:
        return yamlfile.places(self.front)

    def problem(
        self,
        code: str,
        path: Path,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        part: Part | None = None,
        cures: Sequence[Cure] = (),
    ) -> Problem:
        """A problem with the value at `path`, or with its key, or with a part of the value."""
        path = in_file(path, self.kept)
        start, end = self._span(path, key=key)
        if part is not None:
            start, end = self._part(part, start, end)
        name = field_name(path)
        return self._at(start, end, code=code, name=name, message=message, hint=hint, cures=cures)

    def problem_of_absence(
        self, code: str, path: Path, message: str, hint: str, cures: Sequence[Cure] = ()
    ) -> Problem:
        """A problem with what should be at `path`: at its key or place, or where its holder is."""
        path = in_file(path, self.kept)
        start, end = self._span(path, key=path in self._places.keys)
        if path not in self._places.keys:
            end = start
        name = field_name(path)
        return self._at(start, end, code=code, name=name, message=message, hint=hint, cures=cures)

    def holds(self, path: Path, *, value: bool = False) -> bool:
        """Whether the file has a key at `path`, with or without a value, or else a value there."""
        where = self._places.values if value else self._places.keys
        return in_file(path, self.kept) in where

    def beside(self, path: Path, most: int) -> list[str]:
        """The other items of the list that an item is in, as they are written, less quotes.

        Only the first `most` are looked at.
        """
        own = in_file(path, self.kept)
        there = [(*own[:-1], at) for at in range(most)]
        spans = [self._span(each, key=False) for each in there if each in self._places.values]
        mine = self._span(own, key=False)
        return [self.text[a:b].strip("'\"") for a, b in spans if (a, b) != mine]

    def keys_at(self, path: Path) -> list[str]:
        """The keys that the mapping at `path` has in the file, also those without a value."""
        path = in_file(path, self.kept)
        return [str(key[-1]) for key in self._places.keys if key[:-1] == path]

    def problem_in_body(
        self,
        code: str,
        offset: int,
        length: int,
        message: str,
        hint: str = "",
        cures: Sequence[Cure] = (),
    ) -> Problem:
        """A problem with the prose of a page; `offset` counts from the beginning of the prose."""
        start = self.body_start + offset
        return self._at(start, start + length, code=code, message=message, hint=hint, cures=cures)

    def yaml_problem(self, error: yamlfile.YamlError) -> Problem:
        place = error.place
        return self.problem_in_front(error.code, *place, error.message, error.hint)

    def problem_in_front(
        self, code: str, start: int, end: int, message: str, hint: str, cures: Sequence[Cure] = ()
    ) -> Problem:
        """A problem with the YAML as a text; the offsets count from the beginning of `front`."""
        start, end = self.front_start + start, self.front_start + end
        return self._at(start, end, code=code, message=message, hint=hint, cures=cures)

    def file_problem(
        self, code: str, message: str, hint: str = "", cures: Sequence[Cure] = ()
    ) -> Problem:
        return file_problem(code, self.path, message, hint, cures=cures)

    def edit(self, start: int, end: int, new: str) -> Edit:
        """`new` in the place of the characters of `text` from `start` to `end`."""
        start, end = self._in_file(start), self._in_file(end)
        (line, column), (end_line, end_column) = (
            self._line_and_column(start),
            (self._line_and_column(end)),
        )
        return Edit(
            file=self.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            new=new,
        )

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """From where to where in `text` the value at a path of the record stands, or its key."""
        return self._span(in_file(path, self.kept), key=key)

    def _span(self, path: Path, *, key: bool) -> tuple[int, int]:
        where = self._places.keys if key else self._places.values
        place = where.get(path)
        while place is None and path:  # a default has no place of its own: take what holds it
            path = path[:-1]
            place = self._places.values.get(path)
        if place is None:
            return 0, 0
        return self.front_start + place.start, self.front_start + place.end

    def _part(self, part: Part, start: int, end: int) -> tuple[int, int]:
        """Where `part` stands between `start` and `end`, however YAML broke it into lines."""
        words = part.text.split()
        if words:
            same = re.finditer(r"\s+".join(map(re.escape, words)), self.text[start:end])
            if found := list(islice(same, part.before + 1)):
                return start + found[-1].start(), start + found[-1].end()
        return start, end

    def _at(
        self,
        start: int,
        end: int,
        *,
        code: str,
        message: str,
        hint: str,
        name: str = "",
        cures: Sequence[Cure] = (),
    ) -> Problem:
        start, end = self._in_file(start), self._in_file(end)
        line, column = self._line_and_column(start)
        begin, text = self._lines[line - 1]
        return Problem(
            code=code,
            severity=codes.BY_CODE[code].severity,
            file=self.path,
            line=line,
            column=column,
            field=name,
            message=message,
            hint=hint,
            source=text,
            length=max(1, min(end, begin + len(text)) - start),
            cures=cures,
        )

    def _in_file(self, offset: int) -> int:
        return self.mended.place(offset) if self.mended else offset

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect(self._lines, offset, key=itemgetter(0))
        return line, offset - self._lines[line - 1][0] + 1


def file_problem(
    code: str, path: str, message: str, hint: str = "", line: int = 0, cures: Sequence[Cure] = ()
) -> Problem:
    """A problem with a file as a whole, or with a line of it that is not shown."""
    return Problem(
        code=code,
        severity=codes.BY_CODE[code].severity,
        file=path,
        line=line,
        message=message,
        hint=hint,
        cures=cures,
    )
