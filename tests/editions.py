"""`make archive FACTS=DIR` imports every edition of a folder of facts, and says what became of it.

    python -m tests.editions DIR [--root ROOT]

`DIR/events.yaml` lists the events: id, name, timezone, start, end, and perhaps city, country and
the address of the schedule as `sched`; `DIR/ID.jsonl` has the entries of one, as the map
sessions/archive.toml reads them. Of an event that is there its own record counts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbsite import yamlfile
from kbsite.importers.event import Given
from kbsite.importers.outcome import Outcome
from kbsite.importers.run import Request, run
from kbsite.load import load
from kbsite.records import Session

REPO = Path(__file__).parents[1]
MAP = REPO / "sessions" / "archive.toml"
REGIONS = {"Europe": "EU", "North America": "NA"}
COLUMNS = ("entries", "sessions", "left out", "refused", "people", "recording", "slides", "theme")


@dataclass(frozen=True)
class Edition:
    """An event and what became of the entries of its file."""

    id: str
    outcome: Outcome
    sessions: Sequence[Session]

    @property
    def row(self) -> tuple[int, ...]:
        """Numbers in the order of COLUMNS."""
        kinds = [{link.kind for link in session.links} for session in self.sessions]
        return (
            self.outcome.entries,
            self.outcome.imported,
            len(self.outcome.left_out),
            len(self.outcome.refused),
            sum(bool(session.speakers) for session in self.sessions),
            sum("video" in each for each in kinds),
            sum("slides" in each for each in kinds),
            sum(bool(s.themes or s.suggested_themes) for s in self.sessions),
        )


def given(event: Mapping[str, Any]) -> Given:
    """What events.yaml says of an event, with a short name and the series that it is one of.

    >>> said = given({"id": "x", "name": "KubeCon + CloudNativeCon Europe 2018", "timezone": "UTC",
    ...     "start": "2018-05-02", "end": "2018-05-04", "sched": "https://x.example"})
    >>> said.short, said.series, said.url
    ('KubeCon EU 2018', 'KubeCon + CloudNativeCon Europe', 'https://x.example')
    """
    series, _, year = event["name"].rpartition(" ")
    family, _, region = series.partition(" + CloudNativeCon ")
    return Given(
        name=event["name"],
        short=f"{family} {REGIONS.get(region, region)} {year}" if region else None,
        series=series,
        city=event.get("city"),
        country=event.get("country"),
        timezone=event["timezone"],
        start=date.fromisoformat(event["start"]),
        end=date.fromisoformat(event["end"]),
        url=event.get("sched"),
    )


def imported(facts: Path, event: Mapping[str, Any], root: Path) -> Outcome:
    """Import the entries of one event."""
    own = event["id"]
    there = (root / "sessions" / own / "event.yaml").is_file()
    return run(
        Request(
            root=root,
            system="table",
            source=str(facts / f"{own}.jsonl"),
            event=own,
            map=MAP,
            given=Given() if there else given(event),
        )
    )


def editions(facts: Path, root: Path) -> list[Edition]:
    """Every event of the facts, imported in their order."""
    events = yamlfile.read((facts / "events.yaml").read_text(encoding="utf-8"))
    outcomes = {event["id"]: imported(facts, event, root) for event in events}
    sessions = load(root)[0].sessions
    return [
        Edition(own, outcome, [e.record for at, e in sessions.items() if at.startswith(f"{own}/")])
        for own, outcome in outcomes.items()
    ]


def table(found: Sequence[Edition]) -> str:
    """A row for each event and one for all, with the reasons for which entries were left out."""
    rows = [(each.id, each.row, each.outcome.reasons()) for each in found]
    total = tuple(map(sum, zip(*(row for _, row, _ in rows), strict=True)))
    lines = [
        f"| event | {' | '.join(COLUMNS)} | left out as |",
        "| --- " * (len(COLUMNS) + 2) + "|",
    ]
    for name, numbers, why in [*rows, ("all", total, {})]:
        reasons = ", ".join(f"{reason} {times}" for reason, times in why.items())
        lines.append(f"| {name} | {' | '.join(f'{n:,}' for n in numbers)} | {reasons} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.editions")
    parser.add_argument("facts", type=Path, metavar="DIR")
    parser.add_argument("--root", type=Path, default=REPO)
    asked = parser.parse_args(arguments)
    if not (asked.facts / "events.yaml").is_file():
        parser.error(
            f"there is no {asked.facts / 'events.yaml'}; name a folder of facts: FACTS=DIR"
        )
    found = editions(asked.facts, asked.root)
    print(table(found))
    for each in found:
        for warning in each.outcome.warnings:
            print(f"{warning.file}: {warning.code}: {warning.message}; {warning.hint}")
    written = sum(each.outcome.writes for each in found)
    print(f"{written} of {len(found)} events were changed")
    return 1 if any(each.outcome.refused for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
