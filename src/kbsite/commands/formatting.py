"""`kbsite fmt`: the style of files, and what is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbsite import report
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.disk import write
from kbsite.errors import UsageError
from kbsite.formatting import Survey, differences, survey
from kbsite.kinds.words import count
from kbsite.selection import PLACES, base_of, select

SHOWN = 6  # lines of the difference in a file
FILES = 20  # in which differences are shown


@paused()
def run(root: Path | None, paths: Sequence[Path], *, check: bool, quiet: bool) -> bool:
    """Whether everything is in order: the style too, where it is only checked."""
    place = base(root or (base_of(paths[0]) if paths else None))
    unfinished.settle(place, writes=not check)
    selection = select(paths, place)
    found = survey(place, selection.holds)
    if paths and (unread := selection.unread(found.files)):
        said = f"no record and no page is at {', '.join(map(str, unread))}: {PLACES}"
        if len(unread) == len(paths):
            raise UsageError(said)
        report.say(report.console(stderr=True), "note: ", said)
    if not check:
        before = {file: old for file, (old, _) in found.changed.items()}
        write(place, {file: new for file, (_, new) in found.changed.items()}, before)
    _say(found, check=check, quiet=quiet)
    return not found.problems and not (check and found.changed)


def _say(found: Survey, *, check: bool, quiet: bool) -> None:
    console = report.console()
    report.print_problems(found.problems, console)
    for file, why in found.refused.items():
        report.say(console, f"{file}: ", ("left as it is", "bold yellow"), f": {why}")
    for number, file in enumerate(found.changed if check else ()):
        report.say(console, (file, "bold"), ": not in the style of kbsite fmt")
        if number < FILES:
            lines = differences(found.changed, file)
            for line in lines[:SHOWN]:
                report.say(console, ("    " + line, "red" if line.startswith("-") else "green"))
            if len(lines) > SHOWN:
                report.say(console, f"    and {count(len(lines) - SHOWN, 'more line')}")
    if not quiet or (check and found.changed):
        report.say(console, (_counted(found, check=check), "bold"))


def _counted(found: Survey, *, check: bool) -> str:
    """What was done, or would be, in one line."""
    verb = "would be changed" if check else "changed"
    left = len({problem.file for problem in found.problems} | found.refused.keys())
    untouched = len(found.files) - len(found.changed) - left
    parts = [f"{count(len(found.changed), 'file')} {verb}"] if found.changed else []
    parts += [f"{count(untouched, 'file')} in order"] if untouched or not found.changed else []
    parts += [f"{count(left, 'file')} left alone"] if left else []
    return ", ".join(parts)
