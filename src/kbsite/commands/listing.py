"""`kbsite import projects`: a list of a foundation's projects to their pages."""

from __future__ import annotations

from pathlib import Path

from kbsite import account, report
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.importers.merge import Difference
from kbsite.importers.projects import run as import_


@paused()
def run(root: Path | None, source: str, *, dry_run: bool, quiet: bool, every: bool) -> None:
    """Bring the list into the pages, and say what that did."""
    console = report.console()
    place = base(root)
    unfinished.settle(place, writes=not dry_run)
    outcome = import_(place, source, dry_run=dry_run)
    report.print_problems(outcome.warnings, console)
    if quiet:
        return
    yours = " (yours), in the list "
    rows = {
        "added": outcome.added,
        "changed": [_difference(own, d, " -> ") for own, d in outcome.changed],
        "kept": [_difference(own, d, yours) for own, d in outcome.kept],
        "no longer listed": outcome.gone,
    }
    account.print_rows(((name, len(row), row) for name, row in rows.items()), console, every=every)
    noun = "project" if outcome.entries == 1 else "projects"
    report.say(console, f"{outcome.entries:,} {noun} in the list")
    if dry_run:
        report.say(console, "nothing was written: this was a dry run")
    elif not outcome.writes:
        report.say(console, "nothing had to be changed")


def _difference(own: str, each: Difference, between: str) -> str:
    return f"{own}: {each.field}: {each.one}{between}{each.other}"
