"""`kbsite build`: the site, and what was not quite right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kbsite import report
from kbsite.build import build, listed
from kbsite.collector import paused
from kbsite.commands import actions, unfinished
from kbsite.commands.places import base, shown
from kbsite.commands.steps import with_steps
from kbsite.errors import ContentError, Problem
from kbsite.findings import Findings
from kbsite.history import history
from kbsite.sitefolder import farewell


@paused()
def run(
    root: Path | None, *, site_dir: Path | None, strict: bool, search: bool, quiet: bool
) -> None:
    console = report.console(stderr=True)
    place = base(root)
    unfinished.settle(place, writes=False)
    try:
        built = with_steps(
            lambda say: build(place, site_dir=site_dir, strict=strict, search=search, say=say),
            console,
            quiet=quiet,
        )
    except ContentError as error:
        _note(place, error.problems)
        raise
    _note(place, built.problems)
    report.print_problems(built.problems, console)
    if built.removed:
        report.say(console, ("warning: ", "bold yellow"), farewell(built.removed))
    if not quiet:
        for note in built.notes:
            report.say(console, "note: ", note)
        ending = f", {report.summary(built.problems)}" if built.problems else ""
        report.say(console, f"built {built.pages:,} pages in {shown(built.site_dir)}{ending}")


def _note(root: Path, problems: Sequence[Problem]) -> None:
    """Say problems to GitHub too, where that is who listens."""
    if problems and actions.are_here():
        prefix = actions.prefix(root, history(root))
        actions.note(Findings(problems=tuple(problems), prefix=prefix))


def list_outputs(root: Path | None, *, search: bool) -> None:
    """Print the key and the path of every file that a build would make."""
    for key, path in listed(base(root), search=search):
        click.echo(f"{key}  {path}")
