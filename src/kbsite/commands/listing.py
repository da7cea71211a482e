"""`kbsite import projects`: a list of a foundation's projects to their pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from kbsite import report
from kbsite.collector import paused
from kbsite.commands.places import base
from kbsite.importers.merge import Difference
from kbsite.importers.projects import run as import_

SHOWN = 12  # lines of a kind


@paused()
def run(root: Path | None, source: str, *, dry_run: bool, quiet: bool) -> None:
    """Bring the list into the pages, and say what that did."""
    console = report.console()
    outcome = import_(base(root), source, dry_run=dry_run)
    report.print_problems(outcome.warnings, console)
    if quiet:
        return
    _lines(console, "added", outcome.added)
    _lines(console, "changed", [_difference(own, d, " -> ") for own, d in outcome.changed])
    yours = " (yours), in the list "
    _lines(console, "kept", [_difference(own, d, yours) for own, d in outcome.kept])
    _lines(console, "no longer listed", outcome.gone)
    noun = "project" if outcome.entries == 1 else "projects"
    report.say(console, f"{outcome.entries:,} {noun} in the list")
    if dry_run:
        report.say(console, "nothing was written: this was a dry run")
    elif not outcome.writes:
        report.say(console, "nothing had to be changed")


def _lines(console: Console, name: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        report.say(console, (f"{name} ({len(told):,})", "bold"))
    for line in told[:SHOWN]:
        report.say(console, f"  {line}")
    if len(told) > SHOWN:
        report.say(console, f"  and {len(told) - SHOWN:,} more")


def _difference(own: str, each: Difference, between: str) -> str:
    return f"{own}: {each.field}: {each.one}{between}{each.other}"
