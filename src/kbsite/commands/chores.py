"""A chore of `kbsite rename`, `merge` or `leave-out`: a plan over all files, shown, carried out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kbsite import report
from kbsite.chores.desk import Desk
from kbsite.chores.plan import Plan
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.commands.reading import Reader
from kbsite.commands.steps import with_steps

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


@paused()
def run(
    root: Path | None,
    chore: Callable[[Desk], str],
    *,
    dry_run: bool = False,
    quiet: bool = False,
    shown: bool = False,
) -> None:
    """Do a chore, which says what it did in words, or with `dry_run` only say what it would do.

    It is `shown` in full, as a dry run is, if things go that nobody may miss.

    Raises ContentError where there would be problems that are not there now; nothing is written
    then.
    """
    place = base(root)
    errors = report.console(stderr=True)
    unfinished.settle(place, writes=not dry_run)

    def opened(say: Callable[[str], None]) -> Desk:
        say("reading everything")
        return Desk(place, Reader(place))

    def planned(say: Callable[[str], None]) -> Plan:
        if desk.is_changed:
            say("reading what would be then")
        return desk.plan(title)

    desk = with_steps(opened, errors, quiet=quiet)
    title = chore(desk)  # which may ask whoever is there
    plan = with_steps(planned, errors, quiet=quiet)
    console = report.console()
    if dry_run or not quiet:
        _show(plan, dry_run=dry_run, shown=shown)
    if not dry_run:
        plan.apply(place)
        if not quiet:
            report.say(console, (f"{plan.title}: {plan.extent}", "bold"))


def _show(plan: Plan, *, dry_run: bool, shown: bool) -> None:
    console = report.console()
    for line in plan.lines() if dry_run or shown else plan.remarks:
        style = _STYLES.get(line[:1], "") if not line.startswith(("+++", "---")) else "bold"
        report.say(console, (line, style))
    if dry_run:
        report.say(console, (f"{plan.title}: {plan.extent}; nothing was written", "bold"))
