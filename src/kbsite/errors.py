"""What can go wrong: one `Problem` in the content, and the exceptions that carry problems out.

KbsiteError
├── ContentError        problems were found in the records or pages   (exit 1)
├── UsageError          the command was given something unusable      (exit 2)
└── EnvironmentFailure  the machine or the installation is at fault   (exit 3)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Other text in the place of some of a file's.

    Lines and columns count from 1, in characters, and lines end as they do in the file; the text
    ends before its last place. Where both places are the same, `new` is put in there.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFile:
    """A file that is not there yet, with its text."""

    file: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A file that gets another path."""

    file: str
    to: str


Change: TypeAlias = Edit | NewFile | Move


@dataclass(frozen=True, kw_only=True, slots=True)
class Cure:
    """Changes after which a problem is gone; `title` says on a button what they do.

    One that is `certain` may be made without asking: it is the same content, written right.
    """

    title: str
    changes: tuple[Change, ...]
    certain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing wrong at one place.

    `line` and `column` count from 1, in characters; `column` is 0 when the problem is about a whole
    line, and `line` too when it is about a whole file. `source` is the text of the line and
    `length` how many characters of it are meant. `hint` is the way out in words; `cures` are what
    of it a program can do, the best one first, and may be worked out only when they are looked at.
    """

    code: str
    severity: Severity
    file: str
    line: int = 0
    column: int = 0
    field: str = ""
    message: str
    hint: str = ""
    source: str = ""
    length: int = 1
    cures: Sequence[Cure] = dataclasses.field(default=(), hash=False)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.column, self.code, self.message)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file, line and column, each once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.sort_key)


class KbsiteError(Exception):
    """Base of everything kbsite raises on purpose."""


class ContentError(KbsiteError):
    """The content has problems; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the content")
        self.problems = tuple(problems)


class UsageError(KbsiteError):
    """An option, a path or a setting that cannot be used; the message says what to do."""


class EnvironmentFailure(KbsiteError):  # noqa: N818  # it is not an error of anything here
    """Something outside the content failed: a full disk, a missing library."""
