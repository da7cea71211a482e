"""A mistake in a text, and the edits that may mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from kbsite.changes import replaced
from kbsite.yamledit import Edit
from kbsite.yamlfile import Data, Path, Reading, YamlError, attempt
from kbsite.yamlmend.lines import Line, Lines

Refused: TypeAlias = Callable[[Data], list[Path]]
"""The paths of what a record of the kind in question refuses, or lacks, in some data."""

WORK = 300_000  # characters that are read to mend one text


class EnoughError(Exception):
    """So much of a text was tried that no more is."""


class Judge:
    """Says what a record refuses, as long as there is patience."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused
        self._left = WORK

    def spend(self, characters: int) -> None:
        """Raises EnoughError when the patience for one text is at its end."""
        self._left -= characters
        if self._left < 0:
            raise EnoughError


class Mend(NamedTuple):
    """A change of a text: what it does, in words; whether it can mean nothing else.

    `message`, `start` and `end` say what was wrong and where, if that is known better than by
    whoever refused the text.
    """

    title: str
    edits: tuple[Edit, ...]
    certain: bool = True
    message: str = ""
    start: int = -1
    end: int = -1


class Slip(NamedTuple):
    """A code, what is wrong, the way out, from where to where; and what mends it, best first."""

    code: str
    message: str
    hint: str
    start: int
    end: int
    mends: tuple[Mend, ...] = ()


class Spot(NamedTuple):
    """A line in which the cause of an error may be."""

    lines: Lines
    line: Line
    error: YamlError


def touched(text: str, edits: Sequence[Edit]) -> tuple[int, int]:
    """From where to where the lines reach, in the new text, in which something is changed."""
    new = replaced(text, edits)
    start = edits[0].start
    end = edits[-1].end + len(new) - len(text)
    begin = new.rfind("\n", 0, start) + 1
    stop = new.find("\n", max(end - 1, begin))
    return begin, len(new) if stop < 0 else stop


def shown(text: str, edits: Sequence[Edit]) -> list[str]:
    """The lines of the new text in which something is changed, as one may paste them."""
    new, more = replaced(text, edits), 0
    lines: dict[int, str] = {}
    for start, end, put in edits:
        begin = new.rfind("\n", 0, start + more) + 1
        more += len(put) - (end - start)
        stop = new.find("\n", end + more)
        for line in new[begin : len(new) if stop < 0 else stop].split("\n"):
            if put or text[end - 1 : end] != "\n":  # or whole lines go
                lines[begin] = line
            begin += len(line) + 1
    return [line for _, line in sorted(lines.items())]


def hint(text: str, mend: Mend) -> str:
    """What a mend does, with the lines that it writes."""
    if all(not edit.text and text[edit.end - 1 : edit.end] == "\n" for edit in mend.edits):
        return mend.title  # whole lines go
    if mend.title.startswith("keep "):
        return mend.title  # and it says what
    lines = shown(text, mend.edits)
    if len(lines) == 1:
        return f"{mend.title}: {lines[0].strip()}"
    return "\n".join([f"{mend.title}:", *lines])


def holds(text: str, error: YamlError | None, mend: Mend, judge: Judge) -> int | None:
    """How much a record refuses of what the mended text says; None if the mend is none.

    It is none if the reader still gives up before the end of what was changed, or before where it
    did, or if the record refuses what stands there now. Raises EnoughError.
    """
    judge.spend(len(text))
    after = attempt(replaced(text, mend.edits))
    begin, end = touched(text, mend.edits)
    more = end - (mend.edits[-1].end if mend.edits else 0)
    if after.error is not None:
        before = error.place.start + _moved(mend.edits, error.place.start) if error else 0
        if after.error.place.start <= max(end - 1 if more >= 0 else end, before):
            return None
    refused = judge.refused(after.data)
    if any(_stands_in(after, path, begin, end) for path in refused):
        return None
    return len(refused)


def _moved(edits: Iterable[Edit], offset: int) -> int:
    return sum(len(new) - (end - start) for start, end, new in edits if start < offset)


def _stands_in(reading: Reading, path: Path, begin: int, end: int) -> bool:
    places = reading.places
    place = places.keys.get(path) or places.values.get(path)
    if place is None:  # it lacks something
        place = places.values.get(path[:-1]) if len(path) > 1 and reading.error is None else None
    return place is not None and begin <= place.start <= end
