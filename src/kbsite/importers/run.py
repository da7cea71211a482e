"""One import: a source to the records of an event. The table of contents of this package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kbsite import leftout, slugs
from kbsite.archive import packs
from kbsite.errors import ContentError, Problem
from kbsite.importers import event, leaving
from kbsite.importers.drafts import Drafter
from kbsite.importers.event import Given as Given  # noqa: PLC0414  # part of a Request
from kbsite.importers.fetch import fetch
from kbsite.importers.folder import snapshot, write
from kbsite.importers.identity import label, pair
from kbsite.importers.outcome import Outcome, Unused
from kbsite.importers.plan import Choices, plan
from kbsite.importers.reading.evidence import Known
from kbsite.importers.reading.suggest import Suggester
from kbsite.importers.schedule import Parser, Schedule
from kbsite.importers.state import EventState, event_folder, read_state
from kbsite.importers.systems import all_tables, parsed, parser
from kbsite.importers.web import shown
from kbsite.library import Library
from kbsite.load import load
from kbsite.sources import file_problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What somebody asked to import, and how; `reread` titles that were read before too.

    `map` is the file of the map of a table; `questions` are those of Sessionize's whose answers are
    public, and what these are.
    """

    root: Path
    system: str
    source: str
    event: str
    map: Path | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    given: Given = Given()  # noqa: RUF009  # frozen
    tables: tuple[Path, ...] = ()
    abstracts: bool = False
    logistics: bool = False
    reread: bool = False
    dry_run: bool = False


def run(request: Request, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Import a source, or with `dry_run` only say what that would do.

    Raises ContentError for a source or an event that cannot be read; then nothing is written.
    """
    own_tables = all_tables(request.tables)
    parse = parser(request.system, map=request.map, questions=request.questions)
    source, schedule, library, state, gone = both_sides(
        request.root, request.event, request.source, parse, say
    )
    known = state.event
    if known:
        event.demand_agreement(known, library.events[state.id].source.path, request.given)
    zone = ZoneInfo(known.timezone) if known else event.zone(schedule, request.given)
    name = label(schedule)
    say(f"reading {len(schedule.entries):,} entries")
    drafts = Drafter(
        schedule,
        tables=own_tables,
        suggester=Suggester({own: entry.record for own, entry in library.themes.items()}),
        zone=zone,
        known=known_names(library, state),
        readings={} if request.reread else state.lock.readings(name),
        abstracts=request.abstracts,
        left_out=library.left_out,
    ).drafts()
    new_event = None
    held = [d for d in drafts if not d.refused and (request.logistics or not d.left_out)]
    if not state.event and held:
        starts = (draft.values["start"] for draft in held if "start" in draft.values)
        new_event = event.record(schedule, request.given, starts)
    choices = Choices(
        source=source,
        label=name,
        themes=_theme_names(library),
        abstracts=request.abstracts,
        logistics=request.logistics,
        dry_run=request.dry_run,
    )
    planned = plan(state, pair(state, schedule, drafts, zone), drafts, new_event, choices)
    outcome = planned.outcome.with_left_out(gone)
    if not state.event and not outcome.imported:
        raise ContentError(_without_sessions(outcome))
    if planned.texts and not request.dry_run:
        say("writing")
        write(state.folder, planned.texts, state.seen)
    return outcome


class Sides(NamedTuple):
    """What a source says, by its name, and what there is already.

    The schedule is without the sessions that were left out on request, which are `gone`.
    """

    source: str
    schedule: Schedule
    library: Library
    state: EventState
    gone: tuple[Unused, ...]


def both_sides(
    root: Path, event: str, source: str, parse: Parser, say: Callable[[str], None]
) -> Sides:
    """Read a source, and then the records that it may be about.

    Raises ContentError where either cannot be read.
    """
    folder = event_folder(root, event)
    say(f"reading {shown(source)}")
    fetched = fetch(source)
    schedule = parsed(parse, fetched)
    say("reading the records")
    seen = snapshot(folder)
    library, problems = load(root, packs=packs(root))
    if now := _renamed(library, event):
        say(f"{event} is {now} now")
        folder = event_folder(root, now)
        seen = snapshot(folder)
        library, problems = load(root, packs=packs(root))
    if wrong := [problem for problem in problems if problem.file == leftout.FILE]:
        raise ContentError(wrong)
    state = read_state(folder, library, problems, seen)
    schedule, gone = leaving.entries(schedule, state.id, library.left_out)
    return Sides(fetched.name, schedule, library, state, gone)


def _renamed(library: Library, event: str) -> str:
    """The present id of an event that had this one before; empty where none had."""
    if event in library.events:
        return ""
    found = (own for own, entry in library.events.items() if event in entry.record.aliases)
    return next(found, "")


def _without_sessions(outcome: Outcome) -> list[Problem]:
    """Why there is no new event: nothing of the source would be in it."""
    left_out, refused = len(outcome.left_out), len(outcome.refused)
    return [
        file_problem(
            "KB401",
            outcome.source,
            f"the new event would have no sessions: of {outcome.entries} entries {left_out} are "
            f"left out by rule, and {refused} cannot be imported",
            "add --logistics for what is left out, or mend the source",
        ),
        *outcome.warnings,
    ]


def known_names(library: Library, state: EventState) -> Known:
    """Names of the whole base, but for those that imports into this event found in titles."""
    found = {
        f"{state.id}/{stem}": [(each.get("name"), each.get("org")) for each in said]
        for stem, imported in state.lock.sessions.items()
        if imported.read and (said := imported.values.get("speakers"))
    }
    speakers = [
        speaker
        for own, entry in library.sessions.items()
        for speaker in entry.record.speakers
        if (speaker.name, speaker.org) not in found.get(own, ())
    ]
    return Known(
        people=tuple(sorted({speaker.name for speaker in speakers if speaker.name})),
        companies=tuple(sorted({speaker.org for speaker in speakers if speaker.org})),
    )


def _theme_names(library: Library) -> dict[str, str]:
    """The key of every id, name and alias of a theme to its id."""
    return {
        slugs.name_key(word): own
        for own, entry in library.themes.items()
        for word in (own, entry.record.name, *entry.record.aliases)
    }
