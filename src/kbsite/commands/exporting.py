"""`kbsite export`: the pages as files for other engines."""

from __future__ import annotations

from pathlib import Path

from kbsite import report
from kbsite.commands import unfinished
from kbsite.commands.places import base, shown
from kbsite.commands.steps import with_steps
from kbsite.export import export
from kbsite.sitefolder import named


def run(root: Path | None, folder: Path, *, quiet: bool) -> None:
    console = report.console(stderr=True)
    place = base(root)
    unfinished.settle(place, writes=False)
    done = with_steps(lambda say: export(place, folder, say), console, quiet=quiet)
    if done.removed:
        told = f"removed from the export, which had not made it: {named(done.removed)}"
        report.say(console, ("warning: ", "bold yellow"), told)
    if not quiet:
        report.say(console, f"wrote {done.pages:,} pages into {shown(done.folder)}")
