"""What two states of a site differ in: frozen values, each with the file that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

How: TypeAlias = Literal["added", "changed", "moved", "removed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimChange:
    """A learning, a quote, a figure or an announcement of a session.

    `before` and `after` are what it said, by field, empty where it was or is not there.
    """

    how: How
    kind: str
    session: str
    title: str
    id: str
    file: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, where both are there."""
        every = {**self.before, **self.after} if self.before and self.after else {}
        return tuple(name for name in every if self.before.get(name) != self.after.get(name))


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionChange:
    """A session: what of its record is another (but for its claims), and its themes, however they
    come about. `former` is its id before, where that was another.
    """

    how: How
    id: str
    title: str
    file: str
    former: str = ""
    fields: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedChange:
    """A person, an organisation or a project that is new, gone, or has another id; with those that
    a new one resembles by its name, as ids and names, and the file that names it first.
    """

    how: How
    kind: str
    id: str
    name: str
    file: str
    former: str = ""
    resembles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PageChange:
    """An address. `to` is where one that moved leads; `because` are the changed files that it comes
    from or tells of, as far as that can be seen. A `minor` one only shows what others say.
    """

    how: How
    path: str
    kind: str
    title: str
    file: str = ""
    to: str = ""
    because: tuple[str, ...] = ()
    minor: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """A file of the site that is no page."""

    how: How
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Vanished:
    """An address that nobody gets an answer from any more, and what would keep it."""

    path: str
    title: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """All that a change does. `changed` are the files it is about, from the root."""

    changed: tuple[str, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    sessions: tuple[SessionChange, ...] = ()
    named: tuple[NamedChange, ...] = ()
    pages: tuple[PageChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    vanished: tuple[Vanished, ...] = ()
