"""Sessionize's data to a schedule."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.importers.formats import sessionize
from kbsite.importers.formats.sessionize import HINT
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink, Text
from tests.importers.schedules import CORPORA, needs_corpora
from tests.importers.test_c3voc import ANY_JSON, changed, places

REAL = CORPORA / "sessionize-globalazure-2024.json"

NO_SESSIONS = (
    "this is not Sessionize's data: it is a list without sessions, as another view of Sessionize's "
    "API is"
)

TALK: dict[str, Any] = {
    "id": "101",
    "title": "Clouds  for farmers",
    "description": "Why it rains.\r\n\r\n* Wind\r\n* Water",
    "startsAt": "2031-05-04T10:00:00",
    "endsAt": "2031-05-04T10:45:00",
    "isServiceSession": False,
    "isPlenumSession": True,
    "speakers": ["s1", "s2"],
    "categoryItems": [21, 31, 41, 51, 61],
    "questionAnswers": [{"questionId": 1, "answerValue": "secret-answer"}],
    "roomId": 7,
    "liveUrl": "https://stream.example/live",
    "recordingUrl": "https://stream.example/record",
    "status": "Accepted",
    "isInformed": True,
    "isConfirmed": False,
}
SOURCE: dict[str, Any] = {
    "sessions": [TALK],
    "speakers": [
        {
            "id": "s1",
            "firstName": "Ada",
            "lastName": "Example",
            "fullName": "Ada Example",
            "bio": "secret-bio",
            "tagLine": "secret-tag-line",
            "profilePicture": "https://sessionize.example/secret.png",
            "links": [{"title": "Blog", "url": "https://secret.example"}],
            "sessions": [101],
            "questionAnswers": [{"questionId": 2, "answerValue": "secret-shirt"}],
            "categoryItems": [71],
        },
        {"id": "s2", "firstName": "Bo", "lastName": "Sample"},
    ],
    "questions": [{"id": 1, "question": "secret-question"}],
    "categories": [
        {"id": 2, "title": "Track", "type": "session", "items": [{"id": 21, "name": "Weather"}]},
        {"id": 3, "title": "Session Level", "items": [{"id": 31, "name": "L200"}]},
        {"id": 4, "title": "Session format", "items": [{"id": 41, "name": "Workshop"}]},
        {"id": 5, "title": "Language", "items": [{"id": 51, "name": "English"}]},
        {"id": 6, "title": "Lunch", "items": [{"id": 61, "name": "Soup"}]},
        {"id": 7, "title": "Track", "type": "speaker", "items": [{"id": 71, "name": "Host"}]},
    ],
    "rooms": [{"id": 7, "name": "Barn"}],
}


def parsed(source: Any) -> Schedule:
    return sessionize.parse(json.dumps(source).encode())


def entry(**changes: Any) -> Entry:
    (found,) = parsed(SOURCE | {"sessions": [TALK | changes]}).entries
    return found


def refused(source: Any) -> tuple[str, str, int]:
    with pytest.raises(SourceError) as caught:
        sessionize.parse(source if isinstance(source, bytes) else json.dumps(source).encode())
    return caught.value.message, caught.value.hint, caught.value.line


def test_a_session_becomes_an_entry() -> None:
    assert entry() == Entry(
        id="101",
        title="Clouds for farmers",
        start=datetime(2031, 5, 4, 10),
        end=datetime(2031, 5, 4, 10, 45),
        room="Barn",
        tracks=("Weather",),
        types=("Workshop",),
        levels=("L200",),
        language="English",
        people=(Person(name="Ada Example"), Person(name="Bo Sample")),
        text=Text(text="Why it rains.\n\n* Wind\n* Water", format="plain"),
        links=(
            SourceLink(url="https://stream.example/record", kind="video"),
            SourceLink(url="https://stream.example/live", kind="video", label="Live stream"),
        ),
    )


@pytest.mark.parametrize(
    ("group", "what"),
    [
        ("Which track does your session best fit into?", "track"),
        ("What level is your session aimed at?", "level"),
        ("Please select session type:", "type"),
        ("Type of session", "type"),
        ("How long is it? (Session length)", "format"),
        ("Level (of this track)", "level"),
        ("In which language will you present? Language you deliver it in", "language"),
        ("Spoken language", "language"),
        ("Programming language", ""),
        ("What type of company do you work for?", ""),
        ("Soundtrack", ""),
        ("Lunch", ""),
    ],
)
def test_a_group_says_what_it_is_in_a_sentence(group: str, what: str) -> None:
    groups = [{"id": 2, "title": group, "items": [{"id": 21, "name": "Word"}]}]
    (found,) = parsed(
        SOURCE | {"categories": groups, "sessions": [TALK | {"categoryItems": [21]}]}
    ).entries
    said = {
        "track": found.tracks, "level": found.levels, "language": found.language,
        "type": found.types, "format": found.types,
    }  # fmt: skip
    assert {key for key, value in said.items() if value} == (
        {"type", "format"} if what in ("type", "format") else {what} - {""}
    )


VIEWED: dict[str, Any] = {
    "id": "101",
    "title": "Clouds for farmers",
    "startsAt": "2031-05-04T10:00:00",
    "endsAt": "2031-05-04T10:45:00",
    "isServiceSession": False,
    "speakers": [{"id": "s1", "name": "Ada Example"}],
    "categories": [
        {"id": 2, "name": "Which track?", "categoryItems": [{"id": 21, "name": "Weather"}]},
        {"id": 4, "name": "Session format", "categoryItems": [{"id": 41, "name": "Workshop"}]},
    ],
    "questionAnswers": [
        {"id": 1, "question": "YouTube Video", "answer": "https://youtu.be/aaaaaaaaaaa"},
        {"id": 2, "question": "Shirt", "answer": "secret-shirt"},
    ],
    "roomId": 7,
    "room": "Barn",
    "status": "Accepted",
}
AS_SESSIONS = [{"groupId": None, "groupName": "All", "sessions": [VIEWED], "isDefault": True}]
AS_GRID = [
    {
        "date": "2031-05-04T00:00:00",
        "rooms": [
            {"id": 7, "name": "Barn", "sessions": [VIEWED]},
            {"id": 8, "name": "Shed", "sessions": [VIEWED]},
        ],
        "timeSlots": [{"slotStart": "10:00:00", "rooms": [{"id": 7, "session": VIEWED}]}],
    }
]


@pytest.mark.parametrize("view", [AS_SESSIONS, AS_GRID])
def test_other_views_are_read_too(view: Any) -> None:
    (found,) = parsed(view).entries
    assert found == Entry(
        id="101",
        title="Clouds for farmers",
        start=datetime(2031, 5, 4, 10),
        end=datetime(2031, 5, 4, 10, 45),
        room="Barn",
        tracks=("Weather",),
        types=("Workshop",),
        people=(Person(name="Ada Example"),),
    )


@pytest.mark.parametrize("view", [AS_SESSIONS, AS_GRID])
def test_an_answer_that_is_public_is_read(view: Any) -> None:
    data = json.dumps(view).encode()
    (found,) = sessionize.parse(data, {"youtube video": "video", "Shirt": "level"}).entries
    assert found.links == (SourceLink(url="https://youtu.be/aaaaaaaaaaa", kind="video"),)
    assert found.levels == ("secret-shirt",)


def test_an_answer_that_is_public_is_read_by_its_question_s_id() -> None:
    data = json.dumps(SOURCE).encode()
    (found,) = sessionize.parse(data, {"secret-question": "slides"}).entries
    assert found.notes == ("its slides 'secret-answer' is no web address",)


def test_a_question_that_nobody_asked_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        sessionize.parse(json.dumps(SOURCE).encode(), {"Video": "video"})
    assert caught.value.message == "the source has no question 'Video'"
    assert caught.value.hint == "it has 'secret-question'"


def test_the_source_says_nothing_about_its_event() -> None:
    assert parsed(SOURCE | {"sessions": []}) == Schedule(system="sessionize", name="", entries=())


def test_nothing_that_is_private_reaches_an_entry() -> None:
    assert "secret" in json.dumps(SOURCE)
    assert "secret" not in repr(parsed(SOURCE))


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Track", "tracks"),
        ("Tracks", "tracks"),
        ("SESSION TRACK", "tracks"),
        ("Level", "levels"),
        ("Audience level", "levels"),
        ("Format", "types"),
        ("Session Type", "types"),
        ("Programming language", None),
        ("Track record", None),
        ("Topics", None),
        ("", None),
    ],
)
def test_the_title_of_a_group_says_what_its_items_are(title: str, field: str | None) -> None:
    groups = [{"title": title, "items": [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}]}]
    session = TALK | {"categoryItems": [2, 1]}
    (found,) = parsed(SOURCE | {"categories": groups, "sessions": [session]}).entries
    words = {name: getattr(found, name) for name in ("tracks", "levels", "types")}
    assert words == dict.fromkeys(words, ()) | ({field: ("B", "A")} if field else {})


def test_what_a_session_refers_to_and_the_source_does_not_hold_is_told() -> None:
    found = entry(speakers=["s1", "s9"], roomId=8, categoryItems=[21, 99])
    assert (found.people, found.room, found.tracks) == (
        (Person(name="Ada Example"),), None, ("Weather",)
    )  # fmt: skip
    assert found.wrong is None
    assert found.notes == (
        "the category item '99' is not in the source",
        "the room '8' is not in the source",
        "the speaker 's9' is not in the source",
    )


@pytest.mark.parametrize("status", ["Accepted", "accepted", "Accept_Queue", "", None])
def test_what_is_accepted_is_a_session(status: Any) -> None:
    assert (entry(status=status).wrong, entry(status=status).cancelled) == (None, False)


@pytest.mark.parametrize("status", ["Declined", "Nominated", "Waitlisted", "Decline_Queue"])
def test_what_is_not_accepted_is_none(status: str) -> None:
    assert entry(status=status).wrong == f"its status in Sessionize is '{status}'"


@pytest.mark.parametrize("status", ["Canceled", "Cancelled"])
def test_a_session_may_be_cancelled(status: str) -> None:
    assert (entry(status=status).wrong, entry(status=status).cancelled) == (None, True)


def test_a_break_is_a_service() -> None:
    assert entry(isServiceSession=True).service
    assert not entry(isPlenumSession=True).service


def test_a_time_may_be_missing_or_exact() -> None:
    assert entry(startsAt=None, endsAt=None).start is None
    assert entry(startsAt=None, endsAt=None).wrong is None
    assert entry(startsAt="2031-05-04T10:00:00Z").start == datetime(2031, 5, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": None}, "it has no title"),
        ({"title": "x" * 501}, "its title has 501 characters; at most 500 fit"),
        ({"startsAt": "noon"}, "its start 'noon' cannot be read"),
        ({"startsAt": []}, "its start a list cannot be read"),
    ],
)
def test_a_session_that_cannot_be_used_is_an_entry_that_says_why(
    changes: dict[str, Any], wrong: str
) -> None:
    assert entry(**changes).wrong == wrong


def test_an_end_that_cannot_be_read_is_left_out_and_told() -> None:
    found = entry(endsAt="late")
    assert (found.end, found.wrong, found.notes) == (None, None, ("its end 'late' cannot be read",))


def test_what_is_no_mapping_is_an_entry_too() -> None:
    entries = parsed(SOURCE | {"sessions": [None, "Tea", [TALK]]}).entries
    assert [(entry.title, entry.wrong) for entry in entries] == [
        ("", "it should be a mapping, found nothing"),
        ("Tea", "it should be a mapping, found 'Tea'"),
        ("", "it should be a mapping, found a list"),
    ]


def test_tables_may_be_missing() -> None:
    (found,) = parsed(
        {"sessions": [{"title": "Tea", "speakers": [{"id": 1, "name": "Ada"}]}]}
    ).entries
    assert found == Entry(id=None, title="Tea", people=(Person(name="Ada"),))


def test_a_description_with_tags_is_html() -> None:
    assert entry(description="<p>Rain.</p>").text == Text(text="<p>Rain.</p>", format="html")
    assert entry(description=None).text is None


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (
            [{"date": "2031-05-04", "rooms": []}],
            NO_SESSIONS,
            HINT,
        ),
        ({"speakers": []}, "this is not Sessionize's data: there is no 'sessions'", HINT),
        ("sessions", "this is not Sessionize's data: there is no 'sessions'", HINT),
        (
            {"schedule": {}},
            "this is not Sessionize's data: there is no 'sessions'",
            "it holds a 'schedule', as c3voc's format does: import it as c3voc",
        ),
        (
            {"sessions": None},
            "this is not Sessionize's data: 'sessions' should be a list, found nothing",
            HINT,
        ),
        (
            {"sessions": [], "rooms": {}},
            "this is not Sessionize's data: 'rooms' should be a list, found a mapping",
            HINT,
        ),
        (b"<html>", "this is not JSON: it begins with '<', as XML or a web page does", HINT),
        (b"", "the source is empty", HINT),
    ],
)
def test_another_source_is_refused(source: Any, message: str, hint: str) -> None:
    assert refused(source) == (message, hint, 0)


def test_a_source_that_is_cut_off_is_refused_wherever_it_ends() -> None:
    data = json.dumps(SOURCE).encode()
    for end in range(1, len(data), 5):
        assert refused(data[:end])[0] == "the JSON ends in the middle"


@given(st.sampled_from(places(SOURCE)), ANY_JSON | st.just(...))
def test_any_damage_is_an_error_or_an_entry_for_each_session(
    path: tuple[Any, ...], put: Any
) -> None:
    source = changed(copy.deepcopy(SOURCE), path, put)
    try:
        schedule = parsed(source)
    except SourceError as error:
        assert error.message  # noqa: PT017
        assert error.hint  # noqa: PT017
    else:
        assert len(schedule.entries) == len(source["sessions"])
        assert "secret" not in repr(schedule)


@needs_corpora
def test_every_session_of_real_data_is_an_entry() -> None:
    source = json.loads(REAL.read_text("utf-8"))
    entries = sessionize.parse(REAL.read_bytes()).entries
    assert len(entries) == len(source["sessions"]) == 15
    assert [entry.wrong or entry.notes for entry in entries if entry.wrong or entry.notes] == []
    for entry, session in zip(entries, source["sessions"], strict=True):
        assert entry.start == datetime.fromisoformat(session["startsAt"])
        assert entry.end == datetime.fromisoformat(session["endsAt"])
    assert sum(len(entry.people or ()) for entry in entries) == 16
    assert len({entry.room for entry in entries}) == 4


@needs_corpora
def test_no_answer_and_no_biography_of_real_data_reaches_an_entry() -> None:
    source = json.loads(REAL.read_text("utf-8"))
    shown = repr(sessionize.parse(REAL.read_bytes()))
    private = [
        answer["answerValue"] for each in source["sessions"] for answer in each["questionAnswers"]
    ]
    private += [words for each in source["speakers"] for words in (each["bio"], each["tagLine"])]
    assert len(private) == 30 + 32
    told = "".join(each["title"] + each["description"] for each in source["sessions"])
    assert [words for words in private if words in shown and words not in told] == []
