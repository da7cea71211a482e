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

from kbsite.fields import LINE_LIMIT
from kbsite.importers import cleaning
from kbsite.importers.formats import moments
from kbsite.importers.schedule import Entry, Person, Schedule, SourceLink
from kbsite.wording import shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of the schedule; it begins at `change` and may last beyond midnight, to `end`.

    All of it is in the conference's zone, where that is known.
    """

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
    subtitle: str = ""
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


def zone(conference: Mapping[str, str]) -> ZoneInfo | None:
    """The conference's zone, which its field `time_zone_name` names."""
    try:
        return ZoneInfo(cleaning.line(conference.get("time_zone_name", ""))[:LINE_LIMIT])
    except (KeyError, ValueError, OSError):  # an unknown name is a KeyError
        return None


def day(name: str, start: str, end: str, change: str, zone: ZoneInfo | None) -> Day:
    """A day by its date, its first and its last moment; `change` is the conference's own."""
    written, begins, ends = moments.read(start), _local(start, zone), _local(end, zone)
    date = moments.day(name) or moments.day(start)
    if begins and isinstance(written, datetime) and date == written.date():
        date = begins.date()  # of a day that is written in another zone, as in UTC
    hour = moments.clock(change) or (begins.time() if begins else moments.DAY_CHANGE)
    return Day(
        date=date,
        change=hour if hour.hour < 12 else moments.DAY_CHANGE,  # a first event in the afternoon
        start=begins,
        end=ends,
    )


def _local(text: str, zone: ZoneInfo | None) -> datetime | None:
    """A moment in the conference's zone, or as it is written where neither is known."""
    when = moments.read(text)
    if not isinstance(when, datetime):
        return None
    return when.astimezone(zone) if zone and when.tzinfo else when


def schedule(
    system: str, conference: Mapping[str, str], days: Sequence[Day], events: Sequence[Event]
) -> Schedule:
    """The whole; `conference` holds the words of the fields of that name."""

    def said(*fields: str) -> str | None:
        return next((words for field in fields if (words := _line(conference, field))), None)

    base = cleaning.web(conference.get("base_url", ""))
    held_in = zone(conference)
    dates = [day.date for day in days if day.date]
    best = cleaning.spellings(
        (person.id, cleaning.line(person.name)) for event in events for person in event.people
    )
    entries = [_entry(event, best, base, held_in) for event in events]
    return Schedule(
        system=system,
        name=said("acronym", "title") or "",
        entries=tuple(entries),
        title=said("title"),
        timezone=held_in.key if held_in else None,
        start=moments.day(conference.get("start", "")) or min(dates, default=None),
        end=moments.day(conference.get("end", "")) or max(dates, default=None),
        day_change=_day_change(zip(entries, events, strict=True), held_in),
        venue=said("venue"),
        city=said("city"),
        country=said("country"),
        url=cleaning.web(conference.get("url", "")) or base,
    )


def _day_change(listed: Iterable[tuple[Entry, Event]], zone: ZoneInfo | None) -> time | None:
    """When the days of the event change, if anything after midnight stands under the day before.

    That is after everything which does, and before all that stands under its own date; None where
    there is no such time.
    """
    late: list[time] = []
    early: list[time] = []
    changes: set[time] = set()
    for entry, event in listed:
        if not isinstance(entry.start, datetime) or not event.day.date:
            continue
        start = entry.start.astimezone(zone) if zone and entry.start.tzinfo else entry.start
        if (start.date() - event.day.date).days == 1:
            late.append(start.time())
            changes |= {event.day.change, *([event.day.end.time()] if event.day.end else [])}
        elif start.date() == event.day.date:
            early.append(start.time())
    if not late:
        return None
    last, first = max(late), min(early, default=time.max)
    for hour in (*sorted(changes), time(min(last.hour + 1, 23))):  # what the schedule says first
        if last < hour <= first:
            return hour
    return None


def _line(conference: Mapping[str, str], field: str) -> str | None:
    return cleaning.short(conference.get(field, ""))


def _entry(
    event: Event, best: Mapping[tuple[str, str], str], base: str | None, zone: ZoneInfo | None
) -> Entry:
    title = cleaning.line(event.title)
    start, unreadable = _start(event, zone)
    notes: list[str] = []
    end = _end(event, start, notes)
    url = cleaning.web(event.url, base)
    video = cleaning.web(event.video, base)
    feedback = cleaning.web(event.feedback, base)
    references = [_link(each, base, notes) for each in event.references]
    recording = [SourceLink(url=video, kind="video")] if video else []
    links = list(cleaning.links([*recording, *references], but=(url, feedback)))
    if event.not_recorded and any(link.kind == "video" for link in links):
        links = [link for link in links if link.kind != "video"]
        notes.append("its recording was left out, as it may not be recorded")
    track, type = cleaning.short(event.track), cleaning.short(event.type)
    return Entry(
        id=cleaning.short(event.id),
        title=title[:LINE_LIMIT],
        subtitle=cleaning.short(event.subtitle),
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
        links=tuple(links),
        not_recorded=event.not_recorded,
        wrong=event.wrong or cleaning.wrong_title(title) or unreadable,
        notes=tuple(notes),
    )


def _start(event: Event, zone: ZoneInfo | None) -> tuple[datetime | date | None, str | None]:
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
