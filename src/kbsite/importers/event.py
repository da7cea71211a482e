"""The record of an event, from what its schedule says and what a person adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kbsite import records, yamlwrite
from kbsite.errors import UsageError
from kbsite.graph.times import day_of
from kbsite.importers import gate
from kbsite.importers.formats import places
from kbsite.importers.schedule import Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a person says about an event with options, for what the source does not say."""

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

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the field of the event's record."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def demand_agreement(known: records.Event, file: str, given: Given) -> None:
    """Raises UsageError where `given` is not what the event's record in `file` says."""
    has = {}
    for name, value in given.said.items():
        here = getattr(known, name)
        if " ".join(str(value).split()) != str(here):
            has[f"--{name}"] = (
                f"{f'{name} {here}' if here else f'no {name}'} (not {value or 'nothing'})"
            )
    if has:
        raise UsageError(
            f"the event is there already, and {file} has {' and '.join(has.values())}; an import "
            f"does not change that file: change it yourself, or leave out {' and '.join(has)}"
        )


def zone(schedule: Schedule, given: Given) -> ZoneInfo:
    """The zone of a new event. Raises UsageError naming each option that the source leaves open."""
    said = {"name": given.name or schedule.title, "timezone": given.timezone or schedule.timezone}
    if not all(said.values()):
        raise UsageError(_ask(schedule, [name for name in said if not said[name]]))
    return ZoneInfo(str(said["timezone"]))


def record(schedule: Schedule, given: Given, starts: Iterable[str]) -> dict[str, Any]:
    """The fields of event.yaml as plain data; `starts` are those of its sessions, as in records.

    Raises UsageError where the source says no days, or what the record says could not stand.
    """
    moments = (_moment(start) for start in starts)
    days = sorted(day for when in moments if (day := day_of(when, schedule.day_change)))
    of_the_source: dict[str, Any] = {
        "name": schedule.title,
        "city": schedule.city,
        "country": places.country_code(schedule.country) or schedule.country,
        "venue": schedule.venue,
        "timezone": schedule.timezone,
        "start": min(filter(None, (schedule.start, *days[:1])), default=None),
        "end": max(filter(None, (schedule.end, *days[-1:])), default=None),
        "day_change": f"{schedule.day_change:%H:%M}" if schedule.day_change else None,
        "url": schedule.url,
    }
    said = {name: value for name, value in of_the_source.items() if value} | given.said
    if missing := [name for name in ("start", "end") if name not in said]:
        raise UsageError(_ask(schedule, missing))
    record = {name: _plain(said[name]) for name in records.Event.model_fields if name in said}
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


def _moment(written: str) -> datetime | date:
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
