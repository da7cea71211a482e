"""What a check found, for whoever shows it: on a screen, on GitHub, to a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kbsite.errors import Cure, Edit, NewFile, Problem


class Mended(NamedTuple):
    """A problem that is gone, and what was done about it."""

    problem: Problem
    cure: Cure


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """The problems of what was looked at, and those `elsewhere` that there are only because of it.

    `cause` says in a few words what "it" is. `extent` says how much was looked at. `changed` are
    the files that a change is about, which are shown first. `prefix` leads from the top of the
    repository to the knowledge base: "", or a path that ends in a slash. `site` is the address of
    the site, with a slash at its end, or "".
    """

    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...] = ()
    cause: str = ""
    mended: tuple[Mended, ...] = ()
    extent: str = ""
    changed: frozenset[str] = frozenset()
    prefix: str = ""
    site: str = ""

    @property
    def every(self) -> tuple[Problem, ...]:
        return (*self.problems, *self.elsewhere)

    def in_turn(self) -> Iterator[Problem]:
        """Those in changed files first, then the other ones, then those elsewhere."""
        yield from sorted(self.problems, key=lambda problem: problem.file not in self.changed)
        yield from self.elsewhere

    def help_address(self, code: str) -> str:
        """The address at which a code is explained; empty without a site."""
        return f"{self.site}problems/#{code.lower()}" if self.site else ""


def described(cure: Cure) -> dict[str, Any]:
    """A cure as plain data."""
    return {
        "title": cure.title,
        "certain": cure.certain,
        "changes": [_described(change) for change in cure.changes],
    }


def _described(change: Any) -> dict[str, Any]:
    if isinstance(change, Edit):
        return {
            "change": "edit",
            "file": change.file,
            "line": change.line,
            "column": change.column,
            "end_line": change.end_line,
            "end_column": change.end_column,
            "new": change.new,
        }
    if isinstance(change, NewFile):
        return {"change": "new file", "file": change.file, "text": change.text}
    return {"change": "move", "file": change.file, "to": change.to}
