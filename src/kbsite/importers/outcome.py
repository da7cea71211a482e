"""What an import did, or would do: for a person as a table, for a program as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from kbsite import report
from kbsite.errors import Problem
from kbsite.importers.merge import Difference

SHOWN = 12  # rows of a kind in the table; JSON has all of them
WIDTH = 60  # characters of a value in the table


@dataclass(kw_only=True)
class Outcome:
    """What became of every entry of a source, and of every field of a record.

    Each entry is `imported` (as `added` or as one of `sessions` that were there), or in `left_out`
    or `refused`, with a reason; their numbers add up to `entries`.
    """

    event: str
    source: str
    dry_run: bool
    entries: int = 0
    event_added: bool = False
    added: list[tuple[str, str]] = field(default_factory=list)  # session, title
    sessions: list[str] = field(default_factory=list)  # records that were there, and are matched
    changed: list[tuple[str, Difference]] = field(default_factory=list)
    kept: list[tuple[str, Difference]] = field(default_factory=list)
    conflicts: list[tuple[str, Difference]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str, int]] = field(default_factory=list)  # title, reason, line
    refused: list[tuple[str, str, int]] = field(default_factory=list)
    suggested: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def imported(self) -> int:
        return len(self.added) + len(self.sessions)

    @property
    def writes(self) -> bool:
        """Whether any record is new or changed."""
        return bool(self.added or self.changed or self.withdrawn or self.event_added)

    def to_json(self) -> str:
        """Everything, for programs."""
        differences = {
            "changed": ("old", "new"),
            "kept": ("yours", "source"),
            "conflicts": ("yours", "source"),
        }
        return json.dumps(
            {
                "event": self.event,
                "source": self.source,
                "dry_run": self.dry_run,
                "counts": {name.replace(" ", "_"): n for name, n in self.counts().items()},
                "event_added": self.event_added,
                "added": [{"session": own, "title": title} for own, title in self.added],
                **{
                    name: [
                        {"session": own, "field": each.field, one: each.one, other: each.other}
                        for own, each in getattr(self, name)
                    ]
                    for name, (one, other) in differences.items()
                },
                "withdrawn": self.withdrawn,
                "left_out": _entries(self.left_out),
                "refused": _entries(self.refused),
                "suggested_themes": {
                    own: {theme: list(words) for theme, words in found.items()}
                    for own, found in self.suggested.items()
                },
                "warnings": [
                    {
                        "code": p.code,
                        "file": p.file,
                        "line": p.line,
                        "message": p.message,
                        "hint": p.hint,
                    }
                    for p in self.warnings
                ],
            },
            indent=2,
        )

    def print(self, console: Console) -> None:
        """The warnings, what happened by kind, and a table that accounts for every entry."""
        report.print_problems(self.warnings, console)
        for name, number, rows in self._rows():
            if rows:
                report.say(console, (f"{name} ({number:,})", "bold"))
                for row in _some(rows):
                    report.say(console, "  ", row)
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        counts = self.counts()
        for name in counts:
            table.add_column(name, justify="right", no_wrap=True)
        table.add_row(*(f"{number:,}" for number in counts.values()))
        console.print(table)
        if self.dry_run:
            report.say(console, "nothing was written: this was a dry run")
        elif not self.writes:
            report.say(console, "nothing had to be changed")

    def counts(self) -> dict[str, int]:
        """Every entry of the source, and what became of it and of the records."""
        return {
            "entries": self.entries,
            "imported": self.imported,
            "left out": len(self.left_out),
            "refused": len(self.refused),
            "added": len(self.added),
            "changed": len(dict.fromkeys(session for session, _ in self.changed)),
            "kept": len(self.kept),
            "conflicts": len(self.conflicts),
            "withdrawn": len(self.withdrawn),
        }

    def _rows(self) -> Iterator[tuple[str, int, list[str]]]:
        """Every kind of thing that may have happened, how often, and lines that tell it."""
        yours = " (yours), at the source "
        times = Counter((title, reason) for title, reason, _ in self.left_out)
        rows: dict[str, list[str]] = {
            "new event": [self.event] if self.event_added else [],
            "added": [f"{own}: {title}" for own, title in self.added],
            "changed": [_difference(own, each, " -> ") for own, each in self.changed],
            "kept": [_difference(own, each, yours) for own, each in self.kept],
            "conflicts": [_difference(own, each, yours) for own, each in self.conflicts],
            "withdrawn": self.withdrawn,
            "suggested themes": [f"{own}: {_themes(each)}" for own, each in self.suggested.items()],
        }
        for name, lines in rows.items():
            yield name, len(lines), lines
        yield (
            "left out",
            len(self.left_out),
            [f"{title}{f' × {n}' if n > 1 else ''} ({why})" for (title, why), n in times.items()],
        )


def _entries(rows: Iterable[tuple[str, str, int]]) -> list[dict[str, Any]]:
    return [{"title": title, "reason": reason, "line": line} for title, reason, line in rows]


def _themes(found: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{theme} ({', '.join(words)})" for theme, words in found.items())


def _difference(own: str, each: Difference, between: str) -> str:
    one, other = each.one, each.other
    if isinstance(one, list) and isinstance(other, list):  # only what is not in both
        one = [item for item in each.one if item not in each.other]
        other = [item for item in each.other if item not in each.one]
    return f"{own} {each.field}: {in_short(one or None)}{between}{in_short(other or None)}"


def in_short(value: Any) -> str:
    """A value on one line, as short as a table needs it.

    >>> in_short(None), in_short("Hall 1"), in_short([{"name": "Ada"}])
    ('nothing', "'Hall 1'", '[{name: Ada}]')
    """
    if value is None:
        return "nothing"
    text = repr(value) if isinstance(value, str) else _inline(value)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return str(value)


def _some(rows: Sequence[str]) -> list[str]:
    more = len(rows) - SHOWN
    return [*rows[:SHOWN], f"and {more:,} more"] if more > 1 else list(rows)
