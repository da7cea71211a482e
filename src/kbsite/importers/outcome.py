"""What an import did, or would do, as values; how it is said is no matter of this package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kbsite.errors import Problem
from kbsite.importers.merge import Difference


class Added(NamedTuple):
    """A new record."""

    session: str
    title: str


class Change(NamedTuple):
    """A field of a record that was there."""

    session: str
    difference: Difference


class Unused(NamedTuple):
    """An entry of the source that became no record, why, and the line it stands in, or 0."""

    title: str
    reason: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of every entry of a source, and of every field of a record.

    Each entry is `imported` (as `added` or as one of `sessions` that were there), or in `left_out`
    or `refused`; their numbers add up to `entries`. `changed` holds values before and after, `kept`
    and `conflicts` a person's and the source's. Sessions are `without` somebody who asked for it.
    `suggested` maps sessions to new suggestions of themes, and these to the words that they were
    found by.
    """

    event: str
    source: str
    dry_run: bool
    entries: int
    event_added: bool
    added: tuple[Added, ...]
    sessions: tuple[str, ...]
    changed: tuple[Change, ...]
    kept: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    withdrawn: tuple[str, ...]
    without: tuple[str, ...]
    left_out: tuple[Unused, ...]
    refused: tuple[Unused, ...]
    suggested: Mapping[str, Mapping[str, tuple[str, ...]]]
    warnings: tuple[Problem, ...]

    @property
    def imported(self) -> int:
        return len(self.added) + len(self.sessions)

    @property
    def writes(self) -> bool:
        """Whether any record is new or changed."""
        return bool(self.added or self.changed or self.withdrawn or self.event_added)

    def with_left_out(self, more: Sequence[Unused]) -> Outcome:
        return replace(self, entries=self.entries + len(more), left_out=(*self.left_out, *more))

    def reasons(self) -> dict[str, int]:
        """Why entries were left out, and how many."""
        return dict(Counter(each.reason for each in self.left_out).most_common())

    def counts(self) -> dict[str, int]:
        """Every entry of the source, and what became of it and of the records."""
        return {
            "entries": self.entries,
            "imported": self.imported,
            "left out": len(self.left_out),
            "refused": len(self.refused),
            "added": len(self.added),
            "changed": len({session for session, _ in self.changed}),
            "kept": len(self.kept),
            "conflicts": len(self.conflicts),
            "withdrawn": len(self.withdrawn),
        }


class Doubtful(NamedTuple):
    """An entry that may tell of a session, and why that is not certain."""

    session: str
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Enriched:
    """What another source told of the sessions of an event.

    Each of the `entries` is `joined` with a session (by id, address or title), or one of
    `doubtful`, `unknown` and `refused`. `changed` holds values before and after, `kept` those of a
    record and those of the source that it does not take.
    """

    event: str
    source: str
    dry_run: bool
    entries: int
    joined: Mapping[str, int]
    changed: tuple[Change, ...]
    kept: tuple[Change, ...]
    doubtful: tuple[Doubtful, ...]
    unknown: tuple[Unused, ...]
    refused: tuple[Unused, ...]
    warnings: tuple[Problem, ...]

    def with_left_out(self, more: Sequence[Unused]) -> Enriched:
        return replace(self, entries=self.entries + len(more), unknown=(*self.unknown, *more))

    def counts(self) -> dict[str, int]:
        """Every entry of the source, and what became of it and of the records."""
        return {
            "entries": self.entries,
            **{f"by {how}": self.joined.get(how, 0) for how in ("id", "address", "title")},
            "doubtful": len(self.doubtful),
            "unknown": len(self.unknown),
            "refused": len(self.refused),
            "changed": len({session for session, _ in self.changed}),
            "kept": len(self.kept),
        }
