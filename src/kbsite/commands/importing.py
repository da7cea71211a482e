"""`kbsite import`: a schedule to records, and an account of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kbsite import account, report
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.commands.steps import with_steps
from kbsite.importers.run import Given, Request
from kbsite.importers.run import run as import_


@paused()
def run(
    root: Path | None,
    given: Mapping[str, Any],
    *,
    form: str,
    quiet: bool,
    every: bool,
    **asked: Any,
) -> None:
    """Import what is `asked` for as in a request; `given` is what is said of a new event."""
    place = base(root)
    request = Request(root=place, given=Given(**given), **asked)
    unfinished.settle(place, writes=not request.dry_run)
    console, errors = report.console(), report.console(stderr=True)
    outcome = with_steps(lambda say: import_(request, say), errors, quiet=quiet or form == "json")
    if form == "json":
        click.echo(account.to_json(outcome))
    elif quiet:
        report.print_problems(outcome.warnings, console)
    else:
        account.print_outcome(outcome, console, every=every)
