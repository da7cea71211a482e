"""`kbsite check`: every problem, what of it can be mended, and whether any of it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kbsite import report
from kbsite.collector import paused
from kbsite.commands import actions, unfinished
from kbsite.commands.places import base
from kbsite.commands.reading import Reader
from kbsite.disk import write
from kbsite.effects import as_committed, came_up
from kbsite.errors import UsageError
from kbsite.findings import Findings
from kbsite.forms import data, sarif
from kbsite.history import History, history
from kbsite.kinds.words import count
from kbsite.mending import mend
from kbsite.pipeline import Prepared, config_file
from kbsite.selection import PLACES, Selection, base_of, select
from kbsite.tree import Instead


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody wants to know: of which files, and in which form."""

    paths: Sequence[Path] = ()
    since: str | None = None
    form: str | None = None
    fix: bool = False
    strict: bool = False
    suggested: bool = False
    every: bool = False
    quiet: bool = False


@paused()
def run(root: Path | None, asked: Asked) -> bool:
    """Whether what was looked at is in order, which when `strict` it is only without warnings."""
    if asked.form is None:
        asked = replace(asked, form="github" if actions.are_here() else "text")
    if asked.since is not None and asked.paths:
        raise UsageError("give paths, or --since for those that a branch changed, but not both")
    place = base(root or (base_of(asked.paths[0]) if asked.paths else None))
    unfinished.settle(place, writes=asked.fix)
    read = Reader(place)
    is_plain = asked.since is None and not asked.paths and asked.form == "text"
    past = None if is_plain else history(place)
    selection, fork = _selected(asked, place, past)
    if asked.fix:
        mending = mend(place, read, selection.holds)
        write(place, mending.files, mending.before)
        prepared, mended = mending.prepared, mending.mended
    else:
        prepared, mended = read({}), ()
    own = tuple(problem for problem in prepared.problems if selection.holds(problem.file))
    _say_what_is_not_read(asked, selection, prepared, {problem.file for problem in own})
    findings = Findings(
        problems=own,
        mended=mended,
        extent=_extent(prepared, selection),
        changed=frozenset(selection.wanted),
        prefix=actions.prefix(place, past),
        site=read.site,
    )
    if len(own) < len(prepared.problems):
        findings = _with_effects(findings, asked, prepared, read, past, fork)
    if past and not selection.is_part and asked.form == "github":
        findings = replace(findings, changed=past.changed("HEAD^"))
    _say(findings, asked, prepared, selection)
    strict = asked.strict or read.settings.strict
    return not any(strict or problem.severity == "error" for problem in findings.every)


def _selected(asked: Asked, place: Path, past: History | None) -> tuple[Selection, str]:
    """What is looked at, and with --since the commit at which the branch began."""
    if asked.since is None:
        return select(asked.paths, place), ""
    if past is None:
        raise UsageError(f"--since needs git, and {place} is in no repository that git can read")
    fork = past.fork(asked.since)
    return Selection.of(past.changed(fork)), fork


def _with_effects(
    findings: Findings,
    asked: Asked,
    prepared: Prepared,
    check: Callable[[Instead], Prepared],
    past: History | None,
    fork: str,
) -> Findings:
    """With the problems elsewhere that were not there before the files that are looked at."""
    own = set(findings.problems)
    others = [problem for problem in prepared.problems if problem not in own]
    config = config_file(prepared.root)
    own_name = config.name if config else ""
    if past and fork:
        cause = f"elsewhere, because of what changed since {asked.since}"
        before = past.held(fork, findings.changed)
    else:
        cause = f"elsewhere, because of {_named(asked.paths)}"
        wanted = findings.changed - {own_name}
        before = as_committed(past, prepared.root, prepared.files, wanted)
    if not before:
        others = []
    elif own_name not in before:  # on which every page may depend
        others = came_up(others, check(before).problems)
    return replace(findings, elsewhere=tuple(others), cause=cause if others else "")


def _named(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else "these"


def _say_what_is_not_read(
    asked: Asked, selection: Selection, prepared: Prepared, files: set[str]
) -> None:
    """Raises UsageError where nothing is read at all."""
    if unread := selection.unread({*prepared.files, *files}):
        said = f"nothing is read from {', '.join(map(str, unread))}: {PLACES}"
        if len(unread) == len(asked.paths):
            raise UsageError(said)
        report.say(report.console(stderr=True), "note: ", said)


def _say(findings: Findings, asked: Asked, prepared: Prepared, selection: Selection) -> None:
    console = report.console()
    if asked.form == "json":
        click.echo(data.as_json(findings))
    elif asked.form == "sarif":
        click.echo(sarif.as_sarif(findings))
    elif asked.form == "github":
        actions.note(findings)
        click.echo(_counted(findings))
    else:
        for problem, cure in findings.mended:
            fixed = f"{report.place(problem)}: fixed {problem.code}: {cure.title}"
            report.say(console, fixed)
        report.print_problems(findings.problems, console, every=asked.every)
        if findings.elsewhere:
            report.say(console, (f"{findings.cause}:", "bold"))
            report.say(console)
            report.print_problems(findings.elsewhere, console, every=asked.every)
        if asked.suggested:
            _list_suggested(prepared, selection)
        if not asked.quiet or findings.every:
            report.say(console, (_counted(findings), "bold"))


def _list_suggested(prepared: Prepared, selection: Selection) -> None:
    for node in prepared.graph.sessions.values():
        if node.suggested_themes and selection.holds(node.source.path):
            names = ", ".join(node.suggested_themes)
            report.say(report.console(), f"{node.source.path}: {names}")


def _counted(findings: Findings) -> str:
    """What was found, and in how much, in one line."""
    fixed = f"{len(findings.mended):,} fixed, " if findings.mended else ""
    extent = f" in {findings.extent}" if findings.extent else ""
    elsewhere = f", {report.summary(findings.elsewhere)} elsewhere" if findings.elsewhere else ""
    return f"{fixed}{report.summary(findings.problems)}{extent}{elsewhere}"


def _extent(prepared: Prepared, selection: Selection) -> str:
    """How much was looked at, in words."""
    if not selection.is_part:
        sessions = count(len(prepared.graph.sessions), "session")
        return f"{sessions} of {count(len(prepared.graph.events), 'event')}"
    files = sum(map(selection.holds, prepared.files))
    return count(files, "file") if files or not selection.paths else ""
