"""The record of an event, from what its schedule says and what a person adds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kbsite import records, yamlwrite
from kbsite.errors import UsageError
from kbsite.graph.times import day_of
from kbsite.importers import gate
from kbsite.importers.formats import places
from kbsite.importers.schedule import Entry, Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a person says about a new event, for what the source does not say."""

    name: str | None = None
    short: str | None = None
    city: str | None = None
    country: str | None = None
    venue: str | None = None
    timezone: str | None = None
    start: date | None = None
    end: date | None = None
    url: str | None = None
    series: str | None = None


def record(schedule: Schedule, given: Given) -> dict[str, Any]:
    """The fields of event.yaml as plain data.

    Raises UsageError naming every option that the source leaves open.
    """
    said: dict[str, Any] = {
        "name": schedule.title,
        "city": schedule.city,
        "country": places.country_code(schedule.country) or schedule.country,
        "venue": schedule.venue,
        "timezone": schedule.timezone,
        "url": schedule.url,
    }
    said |= {f.name: getattr(given, f.name) for f in fields(given) if getattr(given, f.name)}
    if said["timezone"]:
        zone = ZoneInfo(said["timezone"])
        starts = [_start(entry, zone) for entry in schedule.entries]
        days = sorted(day for each in starts if (day := day_of(each, schedule.day_change)))
        said["start"] = given.start or min(filter(None, (schedule.start, *days[:1])), default=None)
        said["end"] = given.end or max(filter(None, (schedule.end, *days[-1:])), default=None)
    missing = [name for name in ("name", "timezone") if not said.get(name)]
    if said["timezone"]:
        missing += [name for name in ("start", "end") if not said.get(name)]
    if missing:
        raise UsageError(_ask(schedule, missing))
    if schedule.day_change:
        said["day_change"] = f"{schedule.day_change:%H:%M}"
    record = {name: _plain(said[name]) for name in records.Event.model_fields if said.get(name)}
    if wrong := gate.objection(records.Event, yamlwrite.dump(record)):
        raise UsageError(f"the event's record would be wrong: {wrong}; say another with an option")
    return record


def _ask(schedule: Schedule, missing: list[str]) -> str:
    examples = {
        "name": '--name "KubeCon + CloudNativeCon Europe 2031"',
        "timezone": "--timezone Europe/Amsterdam",
        "start": "--start 2031-03-23",
        "end": "--end 2031-03-26",
    }
    where = (
        f" (it takes place in {schedule.city})" if "timezone" in missing and schedule.city else ""
    )
    return (
        f"the event is new, and the source does not say its {' and '.join(missing)}{where}; "
        f"add for example: {' '.join(examples[name] for name in missing)}"
    )


def _start(entry: Entry, zone: ZoneInfo) -> datetime | date | None:
    """When a session begins, in the event's zone; None for what is none."""
    when = entry.start
    if entry.wrong or entry.service:
        return None
    return when.astimezone(zone) if isinstance(when, datetime) and when.tzinfo else when


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
