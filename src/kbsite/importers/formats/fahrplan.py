"""What schedule.json and schedule.xml have in common: one Fahrplan, written in two ways.

Both come from frab, pretalx, pentabarf and their kin. Their modules only fetch the words of an
event, here they become an entry. Nothing here has a place for answers to forms, biographies,
pictures or e-mail addresses, which some exports hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kbsite.fields import LINE_LIMIT, shown
from kbsite.importers import cleaning
from kbsite.importers.formats import moments
from kbsite.importers.schedule import Entry, Person, Schedule, SourceLink


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of the schedule; it begins at `change` and may last beyond midnight, to `end`."""

    date: date | None
    change: time = moments.DAY_CHANGE
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A person of an event; `id` is empty where the source gives none."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A link or a file of an event."""

    url: str
    label: str = ""
    type: str = ""
    is_file: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """The words of one event as the source writes them; empty where it has none.

    `wrong` is set where it is no event at all.
    """

    day: Day
    title: str = ""
    line: int = 0
    id: str = ""
    url: str = ""
    date: str = ""
    start: str = ""
    duration: str = ""
    room: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    texts: tuple[str, ...] = ()
    people: tuple[Named, ...] = ()
    references: tuple[Reference, ...] = ()
    video: str = ""
    feedback: str = ""
    not_recorded: bool = False
    wrong: str | None = None


def day(name: str, start: str, end: str, change: str) -> Day:
    """A day by its date, its first and its last moment; `change` is the conference's own."""
    begins, ends = moments.read(start), moments.read(end)
    first = begins if isinstance(begins, datetime) else None
    hour = moments.clock(change) or (first.time() if first else moments.DAY_CHANGE)
    return Day(
        date=moments.day(name) or moments.day(start),
        change=hour if hour.hour < 12 else moments.DAY_CHANGE,  # a first event in the afternoon
        start=first,
        end=ends if isinstance(ends, datetime) else None,
    )


def schedule(
    system: str, conference: Mapping[str, str], days: Sequence[Day], events: Sequence[Event]
) -> Schedule:
    """The whole; `conference` holds the words of the fields of that name."""

    def said(*fields: str) -> str | None:
        return next((words for field in fields if (words := _line(conference, field))), None)

    base = cleaning.web(conference.get("base_url", ""))
    zone = _zone(conference.get("time_zone_name", ""))
    dates = [day.date for day in days if day.date]
    best = cleaning.spellings(
        (person.id, cleaning.line(person.name)) for event in events for person in event.people
    )
    entries = [_entry(event, best, base, zone) for event in events]
    return Schedule(
        system=system,
        name=said("acronym", "title") or "",
        entries=tuple(entries),
        title=said("title"),
        timezone=zone,
        start=moments.day(conference.get("start", "")) or min(dates, default=None),
        end=moments.day(conference.get("end", "")) or max(dates, default=None),
        day_change=_day_change(zip(entries, events, strict=True)),
        venue=said("venue"),
        city=said("city"),
        country=said("country"),
        url=cleaning.web(conference.get("url", "")) or base,
    )


def _day_change(listed: Iterable[tuple[Entry, Event]]) -> time | None:
    """When the days of the event change, if anything after midnight stands under the day before."""
    late = [
        (entry.start.time(), event.day)
        for entry, event in listed
        if isinstance(entry.start, datetime)
        and event.day.date
        and (entry.start.date() - event.day.date).days == 1
    ]
    if not late:
        return None
    last = max(clock for clock, _ in late)
    ends = (day.end.time() for _, day in late if day.end)
    return min(
        (hour for hour in (*ends, *(d.change for _, d in late)) if hour > last), default=None
    )


def _line(conference: Mapping[str, str], field: str) -> str | None:
    return cleaning.short(conference.get(field, ""))


def _zone(name: str) -> str | None:
    try:
        return ZoneInfo(cleaning.line(name)).key
    except (KeyError, ValueError, OSError):  # an unknown name is a KeyError
        return None


def _entry(
    event: Event, best: Mapping[tuple[str, str], str], base: str | None, zone: str | None
) -> Entry:
    title = cleaning.line(event.title)
    start, unreadable = _start(event, zone)
    notes: list[str] = []
    end = _end(event, start, notes)
    url = cleaning.web(event.url, base)
    video = cleaning.web(event.video, base)
    feedback = cleaning.web(event.feedback, base)
    references = (_link(each, base, notes) for each in event.references)
    recording = [SourceLink(url=video, kind="video")] if video else []
    track, type = cleaning.short(event.track), cleaning.short(event.type)
    return Entry(
        id=cleaning.short(event.id),
        title=title[:LINE_LIMIT],
        line=event.line,
        url=url,
        start=start,
        end=end,
        room=cleaning.room(event.room, notes),
        tracks=(track,) if track else (),
        types=(type,) if type else (),
        language=cleaning.language(event.language),
        people=_people(event.people, best, notes),
        text=cleaning.joined(event.texts, "markdown"),
        links=tuple(cleaning.links([*recording, *references], but=(url, feedback))),
        not_recorded=event.not_recorded,
        wrong=event.wrong or cleaning.wrong_title(title) or unreadable,
        notes=tuple(notes),
    )


def _start(event: Event, zone: str | None) -> tuple[datetime | date | None, str | None]:
    """When an event begins, and why that cannot be read."""
    when = moments.read(event.date)
    if event.date.strip() and when is None:
        return None, f"its date {shown(event.date)} cannot be read"
    if isinstance(when, datetime):
        return when, None
    day = event.day
    clock, begins = moments.clock(event.start), moments.read(event.start)
    if isinstance(begins, datetime):
        return begins, None
    if event.start.strip() and clock is None:
        return None, f"its start {shown(event.start)} cannot be read"
    listed = when or day.date
    if clock is None or listed is None:
        return listed, None
    if listed == day.date:
        begins = moments.on(listed, clock, day.change, day.end)
    else:
        begins = datetime.combine(listed, clock)
    # Without the name of a zone the moment is in that of the day's own first moment.
    return begins if zone or day.start is None else begins.replace(tzinfo=day.start.tzinfo), None


def _end(event: Event, start: datetime | date | None, notes: list[str]) -> datetime | None:
    length = moments.length(event.duration)
    if length is None and event.duration.strip():
        notes.append(f"its duration {shown(event.duration)} cannot be read")
    return start + length if length and isinstance(start, datetime) else None


def _people(
    named: Iterable[Named], best: Mapping[tuple[str, str], str], notes: list[str]
) -> tuple[Person, ...]:
    spelled: list[Person] = []
    for person in named:
        name = cleaning.line(person.name)
        spelled.append(Person(name=best.get((person.id, name), name) if person.id else name))
    notes += cleaning.unnameable(spelled)
    return cleaning.people(spelled)


def _link(reference: Reference, base: str | None, notes: list[str]) -> SourceLink | None:
    url = cleaning.web(reference.url, base if reference.is_file else None)
    if url is None and cleaning.line(reference.url):
        notes.append(f"its link {shown(reference.url)} is no web address")
    made = cleaning.attachment if reference.is_file else cleaning.link
    return made(url, reference.label, reference.type)
