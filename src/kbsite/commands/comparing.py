"""`kbsite diff`: what a change does to the site."""

from __future__ import annotations

from pathlib import Path

import click

from kbsite import catalog, report
from kbsite.collector import paused
from kbsite.commands import unfinished
from kbsite.commands.places import base
from kbsite.commands.reading import Reader
from kbsite.difference import Difference, compare
from kbsite.difference.forms import as_json, as_markdown
from kbsite.difference.told import SHOWN, Line, Said, Words, sections, summary
from kbsite.errors import ContentError, Problem, UsageError
from kbsite.history import History, history
from kbsite.kinds.words import count
from kbsite.pipeline import Prepared, config_file

_STYLES = {"+": "green", "-": "red", "~": "yellow", ">": "cyan", "!": "bold red"}


@paused()
def run(root: Path | None, rev: str | None, *, form: str, every: bool, quiet: bool) -> bool:
    """Whether every address that there was is still one."""
    place = base(root)
    unfinished.settle(place, writes=False)
    past = history(place)
    if past is None:
        raise UsageError(f"this needs git, and {place} is in no repository that git can read")
    named = rev or past.trunk()
    fork = past.fork(named)
    changed = past.changed(fork)
    config = config_file(place)
    if config is not None and config.name in changed:
        note = f"{config.name} changed too: both states are read by what it says now"
        report.say(report.console(stderr=True), "note: ", note)
    changed = frozenset(path for path in changed if path.partition("/")[0] in catalog.folders())
    difference = _difference(place, past, fork, changed) if changed else Difference()
    since = f"{'the last commit' if named == 'HEAD' else named} ({fork[:10]})"
    if form == "json":
        click.echo(as_json(difference, since))
    elif form == "markdown":
        click.echo(as_markdown(difference, since), nl=False)
    elif not quiet or difference.vanished:
        _say(difference, since, every=every)
    return not difference.vanished


def _difference(root: Path, past: History, fork: str, changed: frozenset[str]) -> Difference:
    """Raises ContentError where the files have errors, UsageError where they had some."""
    read = Reader(root)
    after = read({})
    if errors := _errors(after):
        raise ContentError(errors)
    files = past.held(fork, changed)
    before = read(files)
    if errors := _errors(before):
        raise UsageError(
            f"there is no site to compare with: {fork[:10]} has {count(len(errors), 'error')}, "
            f"the first in {report.place(errors[0])}: {errors[0].message}; "
            "name a commit without errors"
        )
    return compare(before, after, [path for path in changed if path in before.files | after.files])


def _errors(prepared: Prepared) -> list[Problem]:
    return [problem for problem in prepared.problems if problem.severity == "error"]


def _say(difference: Difference, since: str, *, every: bool) -> None:
    console = report.console()
    for section in sections(difference):
        title = f"{section.title} ({len(section.lines):,})"
        report.say(console, (title, "bold red" if section.is_error else "bold"))
        shown = section.lines if every else section.lines[:SHOWN]
        for line in shown:
            _say_line(line)
        if rest := len(section.lines) - len(shown):
            report.say(console, f"  and {rest:,} more; 'kbsite diff --all' shows them")
        report.say(console)
    files = count(len(difference.changed), "file")
    about = f"{files} changed since {since}: {summary(difference)}"
    if not difference.changed:
        about = f"no record and no page changed since {since}"
    report.say(console, (about, "bold"))


def _say_line(line: Line) -> None:
    console = report.console()
    report.say(console, "  ", (line.sign, _STYLES[line.sign]), f" {_plain(line.words)}")
    for words in line.more:
        report.say(console, f"      {_plain(words)}")


def _plain(words: Words) -> str:
    return "".join(part.text if isinstance(part, Said) else part for part in words)
