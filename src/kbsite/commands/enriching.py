"""`kbsite enrich`: what another source knows into records that are there, and an account of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kbsite import account, report
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.commands.steps import with_steps
from kbsite.importers.enrich import EnrichRequest, enrich


@paused()
def run(root: Path | None, *, form: str, quiet: bool, every: bool, **asked: Any) -> None:
    """Enrich an event with what is `asked` for as in a request."""
    place = base(root)
    request = EnrichRequest(root=place, **asked)
    unfinished.settle(place, writes=not request.dry_run)
    console, errors = report.console(), report.console(stderr=True)
    outcome = with_steps(lambda say: enrich(request, say), errors, quiet=quiet or form == "json")
    if form == "json":
        click.echo(account.enriched_to_json(outcome))
    elif quiet:
        report.print_problems(outcome.warnings, console)
    else:
        account.print_enriched(outcome, console, every=every)
