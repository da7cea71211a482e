"""`kbsite new`: a record, or what a session taught, written as `kbsite check` wants it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from kbsite import history, report
from kbsite.authoring import claims, issues, pointing, proof
from kbsite.authoring.asks import CONTRIBUTOR, Ask, Form, form
from kbsite.authoring.filling import Filling
from kbsite.authoring.glance import Glance
from kbsite.authoring.web import Place, known
from kbsite.authoring.writing import Draft, draft
from kbsite.catalog import EVENT, SESSION
from kbsite.collector import paused
from kbsite.commands import asking, unfinished
from kbsite.commands.asking import Terminal
from kbsite.commands.places import base
from kbsite.commands.reading import Reader
from kbsite.commands.steps import with_steps
from kbsite.disk import Disk, write
from kbsite.errors import ContentError, EnvironmentFailure, Problem, UsageError
from kbsite.schema import LISTED, SCHEMAS
from kbsite.wording import did_you_mean

WHICH = "its id, its address, that of its recording or of its page on Sched, or words of its title"
ANYWAY = "with --anyway it is written all the same"
_FROM = Ask(
    key="from",
    option="from",
    title="Address",
    words="The address of its page on Sched, or of its recording on YouTube.",
    many=True,
)
_SESSION = Ask(
    key=SESSION.name,
    option=SESSION.name,
    title="Session",
    words=f"The session: {WHICH}.",
    needed=True,
    thing=SESSION,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody wants, but for what the record is to say."""

    word: str
    anyway: bool = False
    dry_run: bool = False
    quiet: bool = False


@paused()
def run(root: Path | None, asked: Asked, given: Mapping[str, Any]) -> None:
    place = base(root)
    unfinished.settle(place, writes=not asked.dry_run)
    begun = time.time_ns()
    glance = Glance(place)
    terminal = Terminal() if asking.is_possible() else None
    wanted = form(asked.word)
    made = (_claim if wanted.is_claim else _record)(wanted, given, glance, terminal)
    problems = _problems(place, made, quiet=asked.quiet)
    _demand_consent(made, problems, asked, terminal)
    if asked.dry_run:
        click.echo(made.text, nl=False)
        return
    _write(place, made, begun)
    if not asked.quiet:
        is_listed = wanted.thing.name in LISTED and (place / SCHEMAS).is_dir()
        schemas = SCHEMAS if is_listed else ""
        _say_what_is_next(place, wanted, made, schemas)


def with_first(word: str, first: str | None, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is given, with what stood on the command line without an option."""
    key = form(word).first.key
    if first and given.get(key):
        raise UsageError(f"say '{first}' or --{form(word).first.option}, but not both")
    return {**given, key: first} if first else given


def with_issue(file: Path | None, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is given, and where nothing is, what an event of GitHub in a file says."""
    if file is None:
        return given
    try:
        event = file.read_text(encoding="utf-8")
    except ValueError as error:
        raise UsageError(f"{file} is no text in UTF-8") from error
    return {**issues.answers(event), **{key: said for key, said in given.items() if said}}


# What is written


def _record(
    wanted: Form, given: Mapping[str, Any], glance: Glance, terminal: Terminal | None
) -> Draft:
    places = _places(given, terminal) if wanted.thing is SESSION else []
    given = {**_said_by(places, glance), **{key: said for key, said in given.items() if said}}
    filling = Filling(
        form=_without(wanted, places),
        glance=glance,
        asker=terminal,
        defaults=_defaults(wanted, glance),
    )
    return draft(wanted, filling.fill(given), glance, places)


def _places(given: Mapping[str, Any], terminal: Terminal | None) -> list[Place]:
    """The addresses that a session is begun from."""
    said: Sequence[str] = given.get(_FROM.key) or ()
    if not said and terminal:
        said = terminal.answer(_FROM, tuple, "").split()
    places = []
    for url in said:
        place = known(url)
        if place is None or not place.system:
            raise UsageError(
                f"--from takes the address of a page on Sched or of a video on YouTube, not '{url}'"
                "; give another recording with --video, slides with --slides"
            )
        places.append(place)
    return places


def _said_by(places: Sequence[Place], glance: Glance) -> dict[str, Any]:
    """What addresses say of a session: the event whose schedule is at the same host."""
    for place in places:
        if not place.is_video and (event := glance.event_at(place.host)):
            return {EVENT.name: event}
    return {}


def _without(wanted: Form, places: Sequence[Place]) -> Form:
    """The form without what addresses have said: the recording, and where the facts are from."""
    said = {"video"} if any(place.is_video for place in places) else set()
    said |= {CONTRIBUTOR} if any(not place.is_video for place in places) else set()
    return replace(
        wanted,
        asks=tuple(
            replace(ask, needed=False, spoken=False) if ask.key in said else ask
            for ask in wanted.asks
        ),
    )


def _defaults(wanted: Form, glance: Glance) -> dict[str, str]:
    found = {CONTRIBUTOR: history.author(glance.root)}
    if wanted.thing is SESSION and len(events := glance.ids(EVENT)) == 1:
        found[EVENT.name] = events[0]
    return {key: said for key, said in found.items() if said}


def _claim(
    wanted: Form, given: Mapping[str, Any], glance: Glance, terminal: Terminal | None
) -> Draft:
    words = given.get(SESSION.name) or ""
    own = _session(words, glance, terminal)
    session = glance.session(own)
    if session is None:
        path = glance.path(SESSION, own)
        raise UsageError(f"{path} cannot be read; 'kbsite check {path}' says why")
    if terminal:
        terminal.tell(f"{session.title} ({glance.path(SESSION, own)})")
    place = known(words)
    at = {"at": place.clock} if place and place.start else {}
    filling = Filling(
        form=wanted,
        glance=glance,
        asker=terminal,
        defaults={**_defaults(wanted, glance), **at},
        fitted=partial(claims.fitted, session),
    )
    return claims.added(wanted, filling.fill(given), own, glance)


def _session(words: str, glance: Glance, terminal: Terminal | None) -> str:
    """The id of the session that somebody means; who is at a terminal may choose."""
    while True:
        if not words and terminal:
            words = terminal.answer(_SESSION, lambda: glance.ids(SESSION), "").strip()
        found = pointing.sessions(words, glance) if words else ()
        if len(found) == 1:
            return found[0]
        if terminal is None:
            raise UsageError(_not_one(words, found, glance))
        if found:
            words = _chosen(words, found, glance, terminal)
        else:
            terminal.tell(_not_one(words, found, glance))
            words = ""


def _chosen(words: str, found: Sequence[str], glance: Glance, terminal: Terminal) -> str:
    """The id of one of several sessions, or other words for what is meant."""
    some = found[: pointing.MOST]
    rest = f", and these are the newest {len(some)}" if len(found) > len(some) else ""
    terminal.tell(f"{len(found)} sessions may be meant{rest}:")
    titles = [f"{glance.titles.get(id, '')} ({id.partition('/')[0]})" for id in some]
    said = terminal.choice("Its number, or more words", titles)
    if isinstance(said, int):
        return some[said]
    more = f"{words} {said}"
    return more if pointing.sessions(more, glance) else said


def _not_one(words: str, found: Sequence[str], glance: Glance) -> str:
    """Why words mean no session, or several."""
    if not words:
        return f"say which session: {WHICH}"
    if not found:
        place = known(words)
        begin = f"; 'kbsite new session --from {words}' begins its record"
        near = did_you_mean(pointing.near(words, glance), f"say {WHICH}")
        if place and place.system:
            return f"no session has the address {words}{begin}"
        return f"there is no session '{words}'; {near}"
    listed = [f"{id}  {glance.titles.get(id, '')}" for id in found[: pointing.MOST]]
    more = len(found) - len(listed)
    every = "\n".join([*listed, *([f"and {more} more"] if more else [])])
    return f"'{words}' may be any of {len(found)} sessions; say the id of one:\n{every}"


# Before and after it is written


def _problems(place: Path, made: Draft, *, quiet: bool) -> tuple[Problem, ...]:
    """The problems that the knowledge base would have because of it."""
    console = report.console(stderr=True)
    read = Reader(place)

    def prove(step: Any) -> tuple[Problem, ...]:
        step("checking it among all other records")
        made_so = {made.path: made.text.encode()}
        return proof.new_problems(lambda files: read(files).problems, made_so)

    return with_steps(prove, console, quiet=quiet or not console.is_terminal)


def _demand_consent(
    made: Draft, problems: Sequence[Problem], asked: Asked, terminal: Terminal | None
) -> None:
    """Raises ContentError or UsageError unless it may be written as it is."""
    errors = report.console(stderr=True)
    if problems:
        is_new = "is not written" if made.before is None else "is not changed"
        report.say(errors, ("note: ", "bold"), f"{made.path} {is_new} yet; then there would be:")
    if any(problem.severity == "error" for problem in problems):
        if terminal:
            _show(made)
        raise ContentError(problems)
    if not problems and not made.remarks:
        return
    for remark in made.remarks:
        report.say(errors, ("note: ", "bold"), remark)
    if asked.anyway or asked.dry_run:
        report.print_problems(problems, errors)
        return
    if terminal:
        report.print_problems(problems, errors)
        if terminal.agrees("Write it all the same?"):
            return
        _show(made)
        raise UsageError("nothing was written")
    if problems:
        report.say(errors, ("note: ", "bold"), ANYWAY)
        raise ContentError(problems)
    raise UsageError(f"nothing was written; {ANYWAY}")


def _show(made: Draft) -> None:
    """Print what is not written after all, for nobody shall have typed for nothing."""
    report.say(report.console(stderr=True), f"this was to be in {made.path}:")
    click.echo(made.text, err=True)


def _write(place: Path, made: Draft, begun: int) -> None:
    try:
        held = Disk(place.resolve(), begun).read(made.path)
    except ValueError as error:
        raise EnvironmentFailure(f"{error}; nothing was written") from error
    if held != made.before:
        raise EnvironmentFailure(f"{made.path} was changed meanwhile; run the command again")
    write(place, {made.path: made.text.encode()}, {made.path: held})


def _say_what_is_next(place: Path, wanted: Form, made: Draft, schemas: str) -> None:
    """Where it is and what to do; `schemas` are in a folder, if there are any that offer it."""
    console = report.console()
    done = f"a new {wanted.thing.noun}" if made.before is None else f"one {wanted.thing.name} more"
    report.say(console, (f"{made.path}:{made.line}", "bold"), f": {done}")
    if made.text.endswith("---\n"):
        report.say(console, f"write its text below the second line of hyphens in {made.path}")
    report.say(console, f"see it: kbsite serve --open {made.address}")
    if schemas:
        report.say(console, f"have editors offer it: kbsite schema --into {schemas}")
    if history.history(place):
        files = " ".join(filter(None, [made.path, schemas]))
        report.say(console, f"commit it: git add {files} && git commit")
