"""Small invented schedules, and how tests import them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kbsite import records
from kbsite.importers.drafts import Drafter
from kbsite.importers.event import Given
from kbsite.importers.outcome import Outcome
from kbsite.importers.reading.evidence import Known
from kbsite.importers.reading.suggest import Suggester
from kbsite.importers.reading.tables import Tables, tables
from kbsite.importers.run import Request, run
from kbsite.importers.schedule import Entry, Schedule

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the real schedules are not on this machine"
)
TABLES = tables()
EVENT = "example-conf-2031"
GIVEN = Given(name="Example Conf 2031", timezone="Europe/Amsterdam")


def schedule(*entries: Entry, system: str = "sched") -> Schedule:
    return Schedule(system=system, name="example", title="Example Conf 2031", entries=entries)


def drafter(
    given: Schedule,
    *,
    own: Tables = TABLES,
    people: Sequence[str] = (),
    themes: Mapping[str, records.Theme] | None = None,
    abstracts: bool = False,
) -> Drafter:
    return Drafter(
        given,
        tables=own,
        suggester=Suggester(themes or {}),
        zone=ZoneInfo("Europe/Amsterdam"),
        known=Known(people=tuple(people)),
        readings={},
        abstracts=abstracts,
    )


def talk(
    uid: str,
    title: str,
    start: str = "20310401T080000Z",
    end: str = "20310401T083000Z",
    **more: str,
) -> str:
    """One entry of a calendar as Sched writes it."""
    lines = {
        "DTSTART": start, "DTEND": end, "SUMMARY": _escaped(title), "CATEGORIES": "TALKS",
        "LOCATION": "Hall 1\\, Utrecht\\, Netherlands", "UID": uid,
        "URL": f"http://example2031.sched.com/event/{uid}",
        **{name.upper(): value for name, value in more.items()},
    }  # fmt: skip
    body = "".join(f"{name}:{value}\r\n" for name, value in lines.items() if value)
    return f"BEGIN:VEVENT\r\n{body}END:VEVENT\r\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def calendar(*talks: str, name: str = "example2031") -> str:
    head = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        f"X-WR-CALNAME:{name}\r\nPRODID:-//Sched.com Example Conf 2031//EN\r\nX-WR-TIMEZONE:UTC\r\n"
    )
    return f"{head}{''.join(talks)}END:VCALENDAR\r\n"


def import_calendar(
    root: Path, *talks: str, name: str = "example2031", **options: object
) -> Outcome:
    """Import a calendar of `talks` into the knowledge base at `root`."""
    source = root.parent / "calendar.ics"
    source.write_text(calendar(*talks, name=name), encoding="utf-8", newline="")
    return import_source(root, "sched", source, **options)


def import_source(root: Path, system: str, source: Path, **options: object) -> Outcome:
    settings: dict[str, object] = {"event": EVENT, "given": GIVEN, **options}
    return run(Request(root=root, system=system, source=str(source), **settings))  # type: ignore[arg-type]


def record(root: Path, stem: str) -> str:
    """The text of a session's file, with its own line ends."""
    return (root / "sessions" / EVENT / f"{stem}.yaml").read_bytes().decode()


def files(root: Path) -> dict[str, bytes]:
    """Every file of the event, by name."""
    folder = root / "sessions" / EVENT
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
