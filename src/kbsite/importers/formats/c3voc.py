"""schedule.json: the schedule format of c3voc, which frab, pretalx and the hub export."""

from __future__ import annotations

from collections.abc import Iterator

from kbsite.importers.formats import fahrplan, jsonsource
from kbsite.importers.formats.fahrplan import Day, Event, Named, Reference
from kbsite.importers.formats.jsonsource import Value, listed, mapping, text, truth
from kbsite.importers.schedule import Schedule, SourceError
from kbsite.wording import shown

HINT = "give a schedule in c3voc's format; its address mostly ends in schedule.json"


def parse(data: bytes) -> Schedule:
    """A schedule, or a SourceError; an event that cannot be read is an entry that says so."""
    source = jsonsource.read(data, HINT)
    conference = _conference(source)
    words = {key: text(value) for key, value in conference.items()}
    words["base_url"] = text(mapping(mapping(source)["schedule"]).get("base_url"))
    zone = fahrplan.zone(words)
    days: list[Day] = []
    events: list[Event] = []
    for number, each in enumerate(listed(conference["days"]), 1):
        if not isinstance(each, dict):
            raise _refused(f"day {number} should be a mapping, found {shown(each)}")
        day = fahrplan.day(
            text(each.get("date")),
            text(each.get("day_start")) or text(each.get("start")),
            text(each.get("day_end")) or text(each.get("end")),
            text(conference.get("day_change")),
            zone,
        )
        days.append(day)
        for room, held in _rooms(each.get("rooms"), number):
            events += (_event(event, day, room) for event in held)
    return fahrplan.schedule("c3voc", words, days, events)


def _conference(source: Value) -> dict[str, Value]:
    """The conference, whose days are a list."""
    found: Value = source
    for key in ("schedule", "conference", "days"):
        if not isinstance(found, dict) or key not in found:
            hint = HINT
            if isinstance(source, dict) and "sessions" in source:
                hint = "it holds 'sessions', as Sessionize's data does: import it as sessionize"
            raise _refused("there is no 'schedule.conference.days'", hint)
        found = found[key]
    if not isinstance(found, list):
        raise _refused(f"'schedule.conference.days' should be a list, found {shown(found)}")
    schedule = mapping(mapping(source)["schedule"])
    if isinstance(schedule.get("events"), list):
        raise _refused(
            "it is the second version, with events in 'schedule.events'",
            "give the first version, or the schedule.xml of the same conference as frab",
        )
    return mapping(schedule["conference"])


def _rooms(rooms: Value, number: int) -> Iterator[tuple[str, list[Value]]]:
    if not rooms:  # a program may write an empty mapping as an empty list
        return
    if not isinstance(rooms, dict):
        raise _refused(f"the rooms of day {number} should be a mapping, found {shown(rooms)}")
    for room, events in rooms.items():
        if not isinstance(events, list) and events is not None:
            raise _refused(
                f"the room {shown(room)} of day {number} should hold a list, found {shown(events)}"
            )
        yield room, listed(events)


def _event(event: Value, day: Day, room: str) -> Event:
    if not isinstance(event, dict):
        return Event(
            day=day, title=text(event), wrong=f"it should be a mapping, found {shown(event)}"
        )
    return Event(
        day=day,
        title=text(event.get("title")),
        subtitle=text(event.get("subtitle")),
        id=text(event.get("guid")) or text(event.get("id")),
        url=text(event.get("url")) or text(event.get("origin_url")),
        date=_written(event.get("date")),
        start=_written(event.get("start")),
        duration=_written(event.get("duration")),
        room=_name(event.get("room")) or room,
        track=_name(event.get("track")),
        type=_name(event.get("type")),
        language=text(event.get("language")),
        texts=(text(event.get("abstract")), text(event.get("description"))),
        people=tuple(_people(event.get("persons"))),
        references=(*_references(event.get("links")), *_files(event.get("attachments"))),
        video=text(event.get("video_download_url")),
        feedback=text(event.get("feedback_url")),
        not_recorded=truth(event.get("do_not_record")),
    )


def _written(value: Value) -> str:
    """A text; of anything else what a message may call it."""
    return value if isinstance(value, str) else "" if value is None else shown(value)


def _name(value: Value) -> str:
    """A name, or that of a mapping which has one."""
    return text(value) or text(mapping(value).get("name"))


def _people(persons: Value) -> Iterator[Named]:
    for person in listed(persons):
        about = mapping(person)
        name = text(person) or text(about.get("public_name")) or text(about.get("name"))
        yield Named(
            id=next((own for key in ("guid", "code", "id") if (own := text(about.get(key)))), ""),
            name=name,
        )


def _references(links: Value, *, are_files: bool = False) -> Iterator[Reference]:
    for link in listed(links):
        about = mapping(link)
        yield Reference(
            url=text(link) or text(about.get("url")),
            label=text(about.get("title")),
            type=text(about.get("type")),
            is_file=are_files,
        )


def _files(attachments: Value) -> Iterator[Reference]:
    return _references(attachments, are_files=True)


def _refused(what: str, hint: str = HINT) -> SourceError:
    return SourceError(f"this is not a c3voc schedule: {what}", hint)
