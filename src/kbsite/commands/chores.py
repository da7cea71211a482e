"""`kbsite rename`, `merge` and `supersede`: a plan over all files, shown, and carried out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kbsite import archive, disk, report
from kbsite.chores.desk import Desk
from kbsite.chores.plan import Plan
from kbsite.collector import paused
from kbsite.commands.places import base
from kbsite.commands.settings import configured
from kbsite.commands.steps import with_steps
from kbsite.pipeline import Prepared, prepare
from kbsite.recent import Recent
from kbsite.tree import Instead

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


@paused()
def run(
    root: Path | None, chore: Callable[[Desk], str], *, dry_run: bool = False, quiet: bool = False
) -> None:
    """Do a chore, which says what it did in words, or with `dry_run` only say what it would do.

    Raises ContentError where there would be problems that are not there now; nothing is written
    then.
    """
    place = base(root)
    errors = report.console(stderr=True)
    if not dry_run and disk.finish(place):
        report.say(errors, "kbsite: wrote the rest of a command that was cut off")
    plan = with_steps(lambda say: _planned(place, chore, say), errors, quiet=quiet)
    console = report.console()
    if dry_run or not quiet:
        _show(plan, dry_run=dry_run)
    if not dry_run:
        plan.apply(place)
        if not quiet:
            report.say(console, (f"{plan.title}: {plan.extent}", "bold"))


def _planned(root: Path, chore: Callable[[Desk], str], say: Callable[[str], None]) -> Plan:
    settings, _ = configured(root)
    recent = Recent()

    def check(instead: Instead) -> Prepared:
        say("reading what would be then" if instead else "reading everything")
        packs = archive.packs(root)
        return prepare(root, settings=settings, packs=packs, recent=recent, instead=instead)

    desk = Desk(root, check)
    return desk.plan(chore(desk))


def _show(plan: Plan, *, dry_run: bool) -> None:
    console = report.console()
    if dry_run:
        for line in plan.lines():
            style = _STYLES.get(line[:1], "") if not line.startswith(("+++", "---")) else "bold"
            report.say(console, (line, style))
        report.say(console, (f"{plan.title}: {plan.extent}; nothing was written", "bold"))
    else:
        for line in plan.remarks:
            report.say(console, line)
