"""One enrichment: what a second source knows of the sessions of an event, into their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from kbsite.errors import UsageError
from kbsite.importers.drafts import Drafter
from kbsite.importers.enrichment import around_titles
from kbsite.importers.enrichment import enrich as plan
from kbsite.importers.folder import write
from kbsite.importers.outcome import Enriched
from kbsite.importers.reading.suggest import Suggester
from kbsite.importers.run import both_sides, known_names
from kbsite.importers.systems import all_tables, parser


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrichRequest:
    """With what somebody asked to enrich an event; `map` is the file of the map of a table."""

    root: Path
    event: str
    source: str
    system: str
    map: Path | None = None
    tables: tuple[Path, ...] = ()
    dry_run: bool = False


def enrich(request: EnrichRequest, say: Callable[[str], None] = lambda _: None) -> Enriched:
    """Add what a source knows, or with `dry_run` only say what that would do.

    Raises ContentError for a source or an event that cannot be read; then nothing is written.
    """
    tables = all_tables(request.tables)
    parse = parser(request.system, map=request.map, questions={})
    source, schedule, library, state, gone = both_sides(
        request.root, request.event, request.source, parse, say
    )
    if state.event is None:
        raise UsageError(
            f"there is no event {request.event} to enrich; import its schedule first, or name "
            "another folder of sessions/"
        )
    say(f"reading {len(schedule.entries):,} entries")
    drafts = Drafter(
        schedule,
        tables=tables,
        suggester=Suggester({}),
        zone=ZoneInfo(state.event.timezone),
        known=known_names(library, state),
        readings={},
        left_out=library.left_out,
    ).drafts()
    others = [entry.record for own, entry in library.events.items() if own != state.id]
    planned = plan(
        state,
        state.event,
        drafts,
        around_titles(tables, state.event, others),
        system=schedule.system,
        source=source,
        dry_run=request.dry_run,
    )
    if planned.texts and not request.dry_run:
        say("writing")
        write(state.folder, planned.texts, state.seen)
    return planned.outcome.with_left_out(gone)
