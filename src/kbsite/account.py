"""What an import did, or would do: for a person as a table, for a program as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from kbsite import report
from kbsite.errors import Problem
from kbsite.excerpts import in_short
from kbsite.importers.merge import Difference
from kbsite.importers.outcome import Change, Enriched, Outcome, Unused

YOURS = " (yours), at the source "
SHOWN = 12  # rows of a kind in the table; JSON has all of them


def to_json(outcome: Outcome) -> str:
    """Everything, for programs."""
    return json.dumps(
        {
            "event": outcome.event,
            "source": outcome.source,
            "dry_run": outcome.dry_run,
            "counts": {name.replace(" ", "_"): n for name, n in outcome.counts().items()},
            "event_added": outcome.event_added,
            "added": [each._asdict() for each in outcome.added],
            "changed": _changes(outcome.changed, "old", "new"),
            "kept": _changes(outcome.kept, "yours", "source"),
            "conflicts": _changes(outcome.conflicts, "yours", "source"),
            "withdrawn": outcome.withdrawn,
            "without_somebody": outcome.without,
            "left_out": [each._asdict() for each in outcome.left_out],
            "left_out_reasons": outcome.reasons(),
            "refused": [each._asdict() for each in outcome.refused],
            "suggested_themes": outcome.suggested,
            "warnings": _problems(outcome.warnings),
        },
        indent=2,
    )


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {"code": p.code, "file": p.file, "line": p.line, "message": p.message, "hint": p.hint}
        for p in problems
    ]


def _changes(changes: Iterable[Change], one: str, other: str) -> list[dict[str, Any]]:
    return [
        {"session": own, "field": each.field, one: each.one, other: each.other}
        for own, each in changes
    ]


def print_outcome(outcome: Outcome, console: Console, *, every: bool = False) -> None:
    """The warnings, what happened by kind, and a table that accounts for every entry.

    Of each kind a few lines are shown unless `every`.
    """
    report.print_problems(outcome.warnings, console, every=every)
    print_rows(_rows(outcome), console, every=every)
    _print_counts(outcome.counts(), console)
    _print_end(console, dry_run=outcome.dry_run, writes=outcome.writes)


def print_rows(
    rows: Iterable[tuple[str, int, Sequence[str]]], console: Console, *, every: bool
) -> None:
    """Kinds of things that happened: a name, how often, and lines; of each a few unless `every`."""
    for name, number, lines in rows:
        if lines:
            report.say(console, (f"{name} ({number:,})", "bold"))
            for line in lines if every else _some(lines):
                report.say(console, f"  {line}")


def _print_counts(counts: Mapping[str, int], console: Console) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for name in counts:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row(*(f"{number:,}" for number in counts.values()))
    console.print(table)


def _print_end(console: Console, *, dry_run: bool, writes: bool) -> None:
    if dry_run:
        report.say(console, "nothing was written: this was a dry run")
    elif not writes:
        report.say(console, "nothing had to be changed")


def enriched_to_json(outcome: Enriched) -> str:
    """Everything that an enrichment did, for programs."""
    return json.dumps(
        {
            "event": outcome.event,
            "source": outcome.source,
            "dry_run": outcome.dry_run,
            "counts": {name.replace(" ", "_"): n for name, n in outcome.counts().items()},
            "changed": _changes(outcome.changed, "old", "new"),
            "kept": _changes(outcome.kept, "yours", "source"),
            "doubtful": [each._asdict() for each in outcome.doubtful],
            "unknown": [each._asdict() for each in outcome.unknown],
            "refused": [each._asdict() for each in outcome.refused],
            "warnings": _problems(outcome.warnings),
        },
        indent=2,
    )


def print_enriched(outcome: Enriched, console: Console, *, every: bool = False) -> None:
    """The warnings, what happened by kind, and a table that accounts for every entry."""
    report.print_problems(outcome.warnings, console, every=every)
    rows: dict[str, list[str]] = {
        "changed": [_difference(own, each, " -> ") for own, each in outcome.changed],
        "kept": [_difference(own, each, YOURS) for own, each in outcome.kept],
        "unknown": list(_left_out(outcome.unknown)),
        "refused": list(_left_out(outcome.refused)),
    }
    print_rows(((name, len(lines), lines) for name, lines in rows.items()), console, every=every)
    _print_counts(outcome.counts(), console)
    _print_end(console, dry_run=outcome.dry_run, writes=bool(outcome.changed))


def _rows(outcome: Outcome) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Every kind of thing that may have happened, how often, and lines that tell it."""
    rows: dict[str, Sequence[str]] = {
        "new event": [outcome.event] if outcome.event_added else [],
        "added": [f"{own}: {title}" for own, title in outcome.added],
        "changed": [_difference(own, each, " -> ") for own, each in outcome.changed],
        "kept": [_difference(own, each, YOURS) for own, each in outcome.kept],
        "conflicts": [_difference(own, each, YOURS) for own, each in outcome.conflicts],
        "withdrawn": outcome.withdrawn,
        "without somebody, on request": outcome.without,
        "suggested themes": [f"{own}: {_themes(each)}" for own, each in outcome.suggested.items()],
    }
    for name, lines in rows.items():
        yield name, len(lines), lines
    why = ", ".join(f"{reason} {times:,}" for reason, times in outcome.reasons().items())
    lines = [why] * (len(outcome.reasons()) > 1)
    yield "left out", len(outcome.left_out), [*lines, *_left_out(outcome.left_out)]


def _left_out(unused: Iterable[Unused]) -> Iterator[str]:
    """Those alike in title and reason on one line."""
    for (title, why), times in Counter((each.title, each.reason) for each in unused).items():
        yield f"{title}{f' × {times}' if times > 1 else ''} ({why})"


def _themes(found: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{theme} ({', '.join(words)})" for theme, words in found.items())


def _difference(own: str, each: Difference, between: str) -> str:
    """A field of a record with both values, as far as they differ.

    >>> less = Difference(field="tracks", one=["AI", "ML"], other=["ML"])
    >>> _difference("conf/a", less, YOURS)
    'conf/a tracks: [AI] (yours), at the source nothing'
    >>> turned = Difference(field="tracks", one=["AI", "ML"], other=["ML", "AI"])
    >>> _difference("conf/a", turned, YOURS)
    'conf/a tracks: the same in another order'
    """
    one, other = each.one, each.other
    if isinstance(one, list) and isinstance(other, list):  # only what is not in both
        one, other = _not_in(each.one, each.other), _not_in(each.other, each.one)
        if not one and not other:
            return f"{own} {each.field}: the same in another order"
    return f"{own} {each.field}: {in_short(one or None)}{between}{in_short(other or None)}"


def _not_in(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """The items of one list that are not in another, and of one that begins as an item there, such
    as a person of the same name, that and what differs.

    >>> _not_in([{"name": "Ada", "org": "X", "role": "Dev"}], [{"name": "Ada", "org": "X"}])
    [{'name': 'Ada', 'role': 'Dev'}]
    """
    out: list[Any] = []
    for item in one:
        if item in other:
            continue
        if isinstance(item, Mapping) and item:
            first = next(iter(item))
            same = (each for each in other if isinstance(each, Mapping))
            twin = next((each for each in same if each.get(first) == item[first]), item)
            own = {key: value for key, value in item.items() if twin.get(key) != value}
            out.append({first: item[first], **own} if twin is not item else item)
        else:
            out.append(item)
    return out


def _some(rows: Sequence[str]) -> list[str]:
    more = len(rows) - SHOWN
    return [*rows[:SHOWN], f"and {more:,} more; --all lists them"] if more > 1 else list(rows)
