"""The views of Sessionize's API with sessions in them, in JSON: All data, Sessions, GridSmart.

They name no event. Tag lines, biographies, pictures and answers to forms ("questionAnswers") are
not read: they are private, or what people say of themselves. Only a question that whoever imports
calls public is, by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import get_args

from kbsite.fields import LINE_LIMIT
from kbsite.importers import cleaning
from kbsite.importers.formats import jsonsource, moments
from kbsite.importers.formats.jsonsource import Value, listed, mapping, text, truth
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink
from kbsite.records import LinkKind
from kbsite.wording import shown

HINT = "give a view of Sessionize's API with sessions; the address of the best ends in /view/All"
WORDS = ("track", "level", "format", "type", "language")

KINDS_OF_LINKS: Mapping[str, LinkKind] = {kind: kind for kind in get_args(LinkKind)}
ANSWERS = (*KINDS_OF_LINKS, *WORDS)  # what the answer to a public question may be

_ACCEPTED = {"", "accepted", "accept_queue"}
_CANCELLED = {"canceled", "cancelled"}
# What a group of categories is, by its name, or by the question that its name is. "Type" and
# "language" are asked of much beside sessions.
_SESSION = r"(?:session|talk|submission|presentation|proposal)s?"
_GROUP = re.compile(
    rf"""\b (?:
        (?P<track> tracks? (?!\ record) )
      | (?P<level> levels? | difficulty )
      | (?P<format> formats? | {_SESSION}\ (?:length|duration) | (?:length|duration)\ of\ .*{_SESSION} )
      | (?P<type> {_SESSION}\ (?:types?|kinds?) | (?:types?|kinds?)\ of\ .*{_SESSION} | \A types? \Z )
      | (?P<language> (?:spoken|{_SESSION})\ languages? | \A (?:your\ )? languages? \Z
          | languages?\b .*\b (?:deliver|present|held|speak|give) )
    ) """,  # noqa: E501  # a row a thing
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tables:
    """What sessions refer to by id; an item of a category is what its group is, and its name.

    `questions` maps ids of questions to their words, `public` keys of words to what an answer is.
    """

    people: Mapping[str, str]
    rooms: Mapping[str, str]
    items: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    public: Mapping[str, str]


def parse(data: bytes, questions: Mapping[str, str] = MappingProxyType({})) -> Schedule:
    """A schedule, or a SourceError; a session that cannot be read is an entry that says so.

    `questions` are those whose answers are public, by their words: one of WORDS, or a kind of link.
    """
    source = jsonsource.read(data, HINT)
    if isinstance(source, list):
        sessions = list(_of_view(source))
        tables = _Tables(people={}, rooms={}, items={}, questions={}, public=_keyed(questions))
    else:
        sessions, tables = _of_all(source, _keyed(questions))
    asked = {*tables.questions.values(), *_asked(sessions)}
    for question in questions:
        if _key(question) not in set(map(_key, asked)):
            known = ", ".join(sorted(map(shown, asked))) or "none"
            raise SourceError(f"the source has no question {shown(question)}", f"it has {known}")
    entries = (_entry(session, tables) for session in sessions)
    return Schedule(system="sessionize", name="", entries=tuple(entries))


def _keyed(questions: Mapping[str, str]) -> dict[str, str]:
    return {_key(words): what for words, what in questions.items()}


def _key(words: str) -> str:
    return cleaning.line(words).casefold()


def _asked(sessions: Iterable[Value]) -> Iterator[str]:
    """The questions that stand beside their answers, as other views have them."""
    for session in map(mapping, sessions):
        for answer in map(mapping, listed(session.get("questionAnswers"))):
            if question := text(answer.get("question")):
                yield question


def _of_view(source: list[Value]) -> Iterator[Value]:
    """The sessions of the views Sessions, in groups, and GridSmart, by day and room; each once."""
    seen: set[str] = set()
    days = [mapping(each) for each in source]
    holders = [holder for day in days for holder in (day, *map(mapping, listed(day.get("rooms"))))]
    if not any(isinstance(holder.get("sessions"), list) for holder in holders):
        raise _refused("it is a list without sessions, as another view of Sessionize's API is")
    for session in (session for holder in holders for session in listed(holder.get("sessions"))):
        own = text(mapping(session).get("id"))  # one for all rooms stands in each
        if not own or own not in seen:
            seen.add(own)
            yield session


def _of_all(source: Value, public: Mapping[str, str]) -> tuple[list[Value], _Tables]:
    """The sessions of the view All, and what they refer to."""
    if not isinstance(source, dict) or "sessions" not in source:
        hint = HINT
        if "schedule" in mapping(source):
            hint = "it holds a 'schedule', as c3voc's format does: import it as c3voc"
        raise _refused("there is no 'sessions'", hint)
    for table in ("sessions", "speakers", "rooms", "categories", "questions"):
        held = source.get(table)
        if not isinstance(held, list) and (held is not None or table == "sessions"):
            raise _refused(f"'{table}' should be a list, found {shown(held)}")
    tables = _Tables(
        people=dict(_speakers(listed(source.get("speakers")))),
        rooms=dict(_named(listed(source.get("rooms")))),
        items=dict(_items(listed(source.get("categories")))),
        questions=dict(_named(listed(source.get("questions")), "question")),
        public=public,
    )
    return listed(source["sessions"]), tables


def _speakers(speakers: Iterable[Value]) -> Iterator[tuple[str, str]]:
    for speaker in map(mapping, speakers):
        parts = (text(speaker.get("firstName")), text(speaker.get("lastName")))
        yield text(speaker.get("id")), text(speaker.get("fullName")) or " ".join(parts)


def _named(values: Iterable[Value], key: str = "name") -> Iterator[tuple[str, str]]:
    for value in map(mapping, values):
        yield text(value.get("id")), text(value.get(key))


def _items(categories: Iterable[Value]) -> Iterator[tuple[str, tuple[str, str]]]:
    for group in map(mapping, categories):
        of_people = text(group.get("type")).lower() == "speaker"
        what = "" if of_people else _what(text(group.get("title")))
        for own, name in _named(listed(group.get("items"))):
            yield own, (what, name)


def _what(group: str) -> str:
    """Which of WORDS a group of categories is, or nothing.

    >>> _what("Which track does your session best fit into?"), _what("Programming language")
    ('track', '')
    """
    found = _GROUP.search(cleaning.line(group)[:LINE_LIMIT])
    return found.lastgroup or "" if found else ""


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
    words = _words(session, tables, notes)
    answers = list(_answers(session, tables))
    for what, answer in answers:
        if what in words and (cleaned := cleaning.short(answer)):
            words[what].append(cleaned)
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
        links=tuple(cleaning.links((*_videos(session), *_answered(answers, notes)))),
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


def _words(session: Mapping[str, Value], tables: _Tables, notes: list[str]) -> dict[str, list[str]]:
    """The category items of a session by what they say."""
    words: dict[str, list[str]] = {what: [] for what in WORDS}
    for group in map(mapping, listed(session.get("categories"))):
        said = _what(text(group.get("name")))
        for _, name in _named(listed(group.get("categoryItems"))):
            if said and (cleaned := cleaning.short(name)):
                words[said].append(cleaned)
    for own in map(text, listed(session.get("categoryItems"))):
        what, name = tables.items.get(own, (None, ""))
        if what is None:
            notes.append(f"the category item {shown(own)} is not in the source")
        elif what and (cleaned := cleaning.short(name)):
            words[what].append(cleaned)
    return words


def _room(session: Mapping[str, Value], tables: _Tables, notes: list[str]) -> str | None:
    own = text(session.get("roomId"))
    if own and own not in tables.rooms and not text(session.get("room")):
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


def _answers(session: Mapping[str, Value], tables: _Tables) -> Iterator[tuple[str, str]]:
    """What the answer to a public question is, and the answer."""
    for answer in map(mapping, listed(session.get("questionAnswers"))):
        question = text(answer.get("question")) or tables.questions.get(
            text(answer.get("questionId")), ""
        )
        what = tables.public.get(_key(question))
        said = text(answer.get("answerValue")) or text(answer.get("answer"))
        if what and said.strip():
            yield what, said


def _answered(answers: Iterable[tuple[str, str]], notes: list[str]) -> Iterator[SourceLink]:
    for kind, answer in answers:
        if kind in KINDS_OF_LINKS:
            if url := cleaning.web(answer):
                yield SourceLink(url=url, kind=KINDS_OF_LINKS[kind])
            else:
                notes.append(f"its {kind} {shown(answer)} is no web address")


def _refused(what: str, hint: str = HINT) -> SourceError:
    return SourceError(f"this is not Sessionize's data: {what}", hint)
