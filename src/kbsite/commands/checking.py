"""`kbsite check`: every problem, and whether any of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbsite import archive, report
from kbsite.collector import paused
from kbsite.commands.places import base
from kbsite.errors import UsageError
from kbsite.kinds.words import count
from kbsite.pipeline import UNCONFIGURED, Prepared, Settings, config_file, prepare
from kbsite.selection import PLACES, Selection, base_of, select


@paused()
def run(
    root: Path | None, paths: Sequence[Path], *, strict: bool, suggested: bool, quiet: bool
) -> bool:
    """Whether what was looked at is in order, which with `strict` it is only without warnings."""
    place = base(root or (base_of(paths[0]) if paths else None))
    selection = select(paths, place)
    settings = _settings(place)
    prepared = prepare(place, settings=settings, packs=archive.packs(place))
    problems = [problem for problem in prepared.problems if selection.holds(problem.file)]
    console = report.console()
    if unread := selection.unread({*prepared.files, *(problem.file for problem in problems)}):
        said = f"nothing is read from {', '.join(map(str, unread))}: {PLACES}"
        if len(unread) == len(paths):
            raise UsageError(said)
        report.say(report.console(stderr=True), "note: ", said)
    report.print_problems(problems, console)
    if suggested:
        for node in prepared.graph.sessions.values():
            if node.suggested_themes and selection.holds(node.source.path):
                names = ", ".join(node.suggested_themes)
                report.say(console, f"{node.source.path}: {names}")
    if not quiet or problems:
        extent = _extent(prepared, selection)
        report.say(console, (report.summary(problems), "bold"), f" in {extent}" if extent else "")
    strict = strict or settings.strict
    return not any(strict or problem.severity == "error" for problem in problems)


def _extent(prepared: Prepared, selection: Selection) -> str:
    """How much was looked at, in words."""
    if not selection.paths:
        sessions = count(len(prepared.graph.sessions), "session")
        return f"{sessions} of {count(len(prepared.graph.events), 'event')}"
    files = sum(map(selection.holds, prepared.files))
    return count(files, "file") if files else ""


def _settings(root: Path) -> Settings:
    """What the site's configuration says of the content; records can be checked without one."""
    file = config_file(root)
    if file is None:
        return UNCONFIGURED
    from kbsite.plugin import settings  # noqa: PLC0415  # MkDocs takes long to import

    return settings.read(file)[1]
