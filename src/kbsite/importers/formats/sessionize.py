"""The "All data" view of Sessionize's API, in JSON.

It names no event. Answers to forms ("questionAnswers"), tag lines, biographies and pictures are
not read: they are private, or what people say of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kbsite.fields import LINE_LIMIT, shown
from kbsite.importers import cleaning
from kbsite.importers.formats import jsonsource, moments
from kbsite.importers.formats.jsonsource import Value, listed, mapping, text, truth
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink

HINT = "give the 'All data' view of Sessionize's API; its address ends in /view/All"

_ACCEPTED = {"", "accepted", "accept_queue"}
_CANCELLED = {"canceled", "cancelled"}
_GROUP = re.compile(
    r"(?:(?:your|session|talk|submission|presentation|spoken|audience|content|technical) )*"
    r"(?P<what>track|level|format|type|language)s?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tables:
    """What sessions refer to by id; an item of a category is what its group is, and its name."""

    people: Mapping[str, str]
    rooms: Mapping[str, str]
    items: Mapping[str, tuple[str, str]]


def parse(data: bytes) -> Schedule:
    """A schedule, or a SourceError; a session that cannot be read is an entry that says so."""
    source = jsonsource.read(data, HINT)
    if isinstance(source, list):
        raise _refused("it is a list, as another view of Sessionize's API is")
    if not isinstance(source, dict) or "sessions" not in source:
        hint = HINT
        if "schedule" in mapping(source):
            hint = "it holds a 'schedule', as c3voc's format does: import it as c3voc"
        raise _refused("there is no 'sessions'", hint)
    for table in ("sessions", "speakers", "rooms", "categories"):
        held = source.get(table)
        if not isinstance(held, list) and (held is not None or table == "sessions"):
            raise _refused(f"'{table}' should be a list, found {shown(held)}")
    tables = _Tables(
        people=dict(_speakers(listed(source.get("speakers")))),
        rooms=dict(_named(listed(source.get("rooms")))),
        items=dict(_items(listed(source.get("categories")))),
    )
    entries = (_entry(session, tables) for session in listed(source["sessions"]))
    return Schedule(system="sessionize", name="", entries=tuple(entries))


def _speakers(speakers: Iterable[Value]) -> Iterator[tuple[str, str]]:
    for speaker in map(mapping, speakers):
        parts = (text(speaker.get("firstName")), text(speaker.get("lastName")))
        yield text(speaker.get("id")), text(speaker.get("fullName")) or " ".join(parts)


def _named(values: Iterable[Value]) -> Iterator[tuple[str, str]]:
    for value in map(mapping, values):
        yield text(value.get("id")), text(value.get("name"))


def _items(categories: Iterable[Value]) -> Iterator[tuple[str, tuple[str, str]]]:
    for group in map(mapping, categories):
        match = _GROUP.fullmatch(cleaning.line(text(group.get("title"))))
        of_people = text(group.get("type")).lower() == "speaker"
        what = match["what"].lower() if match and not of_people else ""
        for own, name in _named(listed(group.get("items"))):
            yield own, (what, name)


def _entry(session: Value, tables: _Tables) -> Entry:
    if not isinstance(session, dict):
        title = cleaning.line(text(session))[:LINE_LIMIT]
        return Entry(id=None, title=title, wrong=f"it should be a mapping, found {shown(session)}")
    title = cleaning.line(text(session.get("title")))
    status = cleaning.line(text(session.get("status")))
    notes: list[str] = []
    start, end = _when(session.get("startsAt")), _when(session.get("endsAt"))
    if end is None and session.get("endsAt") is not None:
        notes.append(f"its end {shown(session['endsAt'])} cannot be read")
    words = _words(session.get("categoryItems"), tables, notes)
    return Entry(
        id=cleaning.short(text(session.get("id"))),
        title=title[:LINE_LIMIT],
        start=start,
        end=end,
        room=_room(session, tables, notes),
        tracks=tuple(words["track"]),
        types=(*words["format"], *words["type"]),
        levels=tuple(words["level"]),
        language=cleaning.language(", ".join(words["language"])),
        people=_people(session.get("speakers"), tables, notes),
        text=cleaning.joined([text(session.get("description"))], "plain"),
        links=tuple(cleaning.links(_videos(session))),
        cancelled=status.lower() in _CANCELLED,
        service=truth(session.get("isServiceSession")),
        wrong=cleaning.wrong_title(title) or _wrong(session, start, status),
        notes=tuple(notes),
    )


def _wrong(session: Mapping[str, Value], start: datetime | date | None, status: str) -> str | None:
    if start is None and session.get("startsAt") is not None:
        return f"its start {shown(session['startsAt'])} cannot be read"
    if status.lower() not in _ACCEPTED | _CANCELLED:
        return f"its status in Sessionize is {shown(status)}"
    return None


def _when(value: Value) -> datetime | date | None:
    return moments.read(text(value))


def _words(items: Value, tables: _Tables, notes: list[str]) -> dict[str, list[str]]:
    """The category items of a session by what they say."""
    words: dict[str, list[str]] = {
        what: [] for what in ("track", "level", "format", "type", "language")
    }
    for own in map(text, listed(items)):
        what, name = tables.items.get(own, (None, ""))
        if what is None:
            notes.append(f"the category item {shown(own)} is not in the source")
        elif what and (cleaned := cleaning.short(name)):
            words[what].append(cleaned)
    return words


def _room(session: Mapping[str, Value], tables: _Tables, notes: list[str]) -> str | None:
    own = text(session.get("roomId"))
    if own and own not in tables.rooms:
        notes.append(f"the room {shown(own)} is not in the source")
    return cleaning.room(tables.rooms.get(own) or text(session.get("room")), notes)


def _people(speakers: Value, tables: _Tables, notes: list[str]) -> tuple[Person, ...]:
    found: list[Person] = []
    for speaker in listed(speakers):
        about = mapping(speaker)  # as other views have it; here it is an id
        own = text(speaker) or text(about.get("id"))
        name = tables.people.get(own) or text(about.get("name"))
        if name:
            found.append(Person(name=name))
        else:
            notes.append(f"the speaker {shown(own)} is not in the source")
    notes += cleaning.unnameable(found)
    return cleaning.people(found)


def _videos(session: Mapping[str, Value]) -> Iterator[SourceLink]:
    for key, label in (("recordingUrl", None), ("liveUrl", "Live stream")):
        if url := cleaning.web(text(session.get(key))):
            yield SourceLink(url=url, kind="video", label=label)


def _refused(what: str, hint: str = HINT) -> SourceError:
    return SourceError(f"this is not Sessionize's data: {what}", hint)
