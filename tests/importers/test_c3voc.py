"""schedule.json to a schedule."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.importers.formats import c3voc
from kbsite.importers.formats.c3voc import HINT
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink, Text
from tests.importers.schedules import CORPORA, needs_corpora

REAL = CORPORA / "c3voc-camp-2019.json"
SUMMER = timezone(timedelta(hours=2))

TALK: dict[str, Any] = {
    "id": 11,
    "guid": "11111111-1111-5111-8111-111111111111",
    "code": "ABC123",
    "date": "2031-08-02T10:00:00+02:00",
    "start": "10:00",
    "duration": "00:45",
    "room": "Barn",
    "slug": "hay-11-bees",
    "url": "https://hay.example/talk/11/",
    "origin_url": "https://pretalx.example/talk/11/",
    "feedback_url": "https://hay.example/talk/11/feedback/",
    "title": "Bees  that count",
    "subtitle": "and other insects",
    "track": "Nature",
    "type": "Talk",
    "language": "de",
    "abstract": "Bees can count.",
    "description": "They reach *four*.",
    "recording_license": "CC-BY",
    "do_not_record": False,
    "do_not_stream": True,
    "persons": [
        {
            "id": 1,
            "code": "ADA",
            "public_name": "Ada Example",
            "avatar": "https://hay.example/secret-avatar.png",
            "biography": "secret-biography",
            "email": "secret-mail@hay.example",
            "answers": [{"question": "Shirt?", "answer": "secret-shirt"}],
        },
        {"guid": "b", "name": "Bo Sample"},
    ],
    "links": [
        {"url": "https://github.com/hay/bees", "title": "Code", "type": "related"},
        {"url": "https://hay.example/talk/11/feedback/", "title": "Feedback"},
        "https://hay.example/more",
        {"url": "hay.example", "title": "No address"},
    ],
    "attachments": [{"url": "/media/bees.pdf", "title": "Slides", "type": "related"}],
    "video_download_url": "https://media.ccc.de/v/bees",
    "answers": [{"question": "Pets?", "answer": "secret-pet"}],
}
SOURCE: dict[str, Any] = {
    "$schema": "https://c3voc.de/schedule/schema.json",
    "generator": {"name": "pretalx", "version": "1"},
    "schedule": {
        "version": "v1",
        "base_url": "https://hay.example/",
        "conference": {
            "acronym": "hay31",
            "title": "Hay Camp 2031",
            "start": "2031-08-02",
            "end": "2031-08-03",
            "daysCount": 2,
            "time_zone_name": "Europe/Berlin",
            "url": "https://hay.example/2031/",
            "rooms": [{"name": "Barn", "guid": "r"}],
            "tracks": [{"name": "Nature", "color": "#fff"}],
            "days": [
                {
                    "index": 1,
                    "date": "2031-08-02",
                    "day_start": "2031-08-02T09:00:00+02:00",
                    "day_end": "2031-08-03T04:00:00+02:00",
                    "rooms": {"Barn": [TALK]},
                },
                {"index": 2, "date": "2031-08-03", "rooms": []},
            ],
        },
    },
}


def parsed(source: Any) -> Schedule:
    return c3voc.parse(json.dumps(source).encode())


def entry(**changes: Any) -> Entry:
    """The entry of the talk with other fields; those that are ... are not there at all."""
    return entry_of({k: v for k, v in (TALK | changes).items() if v is not ...})


def entry_of(event: Any, **conference: Any) -> Entry:
    source = copy.deepcopy(SOURCE)
    source["schedule"]["conference"] |= conference
    source["schedule"]["conference"]["days"][0]["rooms"]["Barn"] = [event]
    (found,) = parsed(source).entries
    return found


def refused(data: bytes) -> tuple[str, str, int]:
    with pytest.raises(SourceError) as caught:
        c3voc.parse(data)
    return caught.value.message, caught.value.hint, caught.value.line


def test_what_may_not_be_recorded_shows_no_recording() -> None:
    video = {"title": "Video recording", "url": "https://media.ccc.de/v/11"}
    found = entry(do_not_record=True, links=[video], video_download_url=video["url"])
    assert not any(link.kind == "video" for link in found.links)
    assert "its recording was left out, as it may not be recorded" in found.notes


def test_an_event_becomes_an_entry() -> None:
    assert entry() == Entry(
        id="11111111-1111-5111-8111-111111111111",
        title="Bees that count",
        subtitle="and other insects",
        url="https://hay.example/talk/11/",
        start=datetime(2031, 8, 2, 10, tzinfo=SUMMER),
        end=datetime(2031, 8, 2, 10, 45, tzinfo=SUMMER),
        room="Barn",
        tracks=("Nature",),
        types=("Talk",),
        language="de",
        people=(Person(name="Ada Example"), Person(name="Bo Sample")),
        text=Text(text="Bees can count.\n\nThey reach *four*.", format="markdown"),
        links=(
            SourceLink(url="https://media.ccc.de/v/bees", kind="video"),
            SourceLink(url="https://github.com/hay/bees", kind="code", label="Code"),
            SourceLink(url="https://hay.example/more"),
            SourceLink(url="https://hay.example/media/bees.pdf", kind="slides", label="Slides"),
        ),
        notes=("its link 'hay.example' is no web address",),
    )


def test_the_conference_names_itself_its_days_and_its_zone() -> None:
    schedule = parsed(SOURCE)
    assert (schedule.system, schedule.name, schedule.title) == ("c3voc", "hay31", "Hay Camp 2031")
    assert (schedule.start, schedule.end) == (date(2031, 8, 2), date(2031, 8, 3))
    assert (schedule.timezone, schedule.url) == ("Europe/Berlin", "https://hay.example/2031/")


def test_without_its_own_dates_a_conference_is_as_long_as_its_days() -> None:
    source = copy.deepcopy(SOURCE)
    for key in ("start", "end", "acronym", "time_zone_name", "url"):
        del source["schedule"]["conference"][key]
    schedule = parsed(source)
    assert (schedule.start, schedule.end) == (date(2031, 8, 2), date(2031, 8, 3))
    assert (schedule.name, schedule.timezone) == ("Hay Camp 2031", None)
    assert schedule.url == "https://hay.example/"


def test_nothing_that_is_private_reaches_an_entry() -> None:
    assert "secret" in json.dumps(SOURCE)
    assert "secret" not in repr(parsed(SOURCE))


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("00:30", 30), ("1:30", 90), ("01:30:00", 90), ("1:02:00", 26 * 60), ("24:00", 24 * 60)],
)
def test_a_duration_is_hours_and_minutes_perhaps_with_days(duration: str, minutes: int) -> None:
    found = entry(duration=duration)
    assert isinstance(found.end, datetime)
    assert isinstance(found.start, datetime)
    assert found.end - found.start == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        ("30 min", "'30 min'"),
        ("99:99:99:99", "'99:99:99:99'"),
        ("900:00", "'900:00'"),
        (45, "'45'"),
    ],
)
def test_a_duration_that_cannot_be_read_costs_the_end_only(duration: Any, shown: str) -> None:
    found = entry(duration=duration, links=[])
    assert (found.end, found.wrong) == (None, None)
    assert found.notes == (f"its duration {shown} cannot be read",)


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("2031-08-02T10:00:00Z", datetime(2031, 8, 2, 10, tzinfo=UTC)),
        ("2031-08-02T10:00", datetime(2031, 8, 2, 10)),
        ("2031-08-02 10:00:00.123+0200", datetime(2031, 8, 2, 10, tzinfo=SUMMER)),
    ],
)
def test_a_date_is_a_moment(written: str, start: datetime) -> None:
    assert entry(date=written).start == start


@pytest.mark.parametrize("date", [..., None, "", "2031-08-02"])
def test_a_session_after_midnight_is_listed_under_the_day_before(date: Any) -> None:
    assert entry(date=date, start="00:30").start == datetime(2031, 8, 3, 0, 30)
    assert entry(date=date, start="09:00").start == datetime(2031, 8, 2, 9)


def test_without_a_zone_the_moment_is_in_that_of_the_day() -> None:
    event = TALK | {"date": None, "start": "10:00"}
    assert entry_of(event, time_zone_name=None).start == datetime(2031, 8, 2, 10, tzinfo=SUMMER)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": None}, "it has no title"),
        ({"title": " \x00\u200b"}, "it has no title"),
        ({"title": ["x"]}, "it has no title"),
        ({"title": "x" * 501}, "its title has 501 characters; at most 500 fit"),
        (
            {"date": "2031-13-02T10:00:00+02:00"},
            "its date '2031-13-02T10:00:00+02:00' cannot be read",
        ),
        (
            {"date": "0001-01-01T10:00:00+02:00"},
            "its date '0001-01-01T10:00:00+02:00' cannot be read",
        ),
        ({"date": {"day": 1}}, "its date 'a mapping' cannot be read"),
        ({"date": None, "start": "25:00"}, "its start '25:00' cannot be read"),
    ],
)
def test_an_event_that_cannot_be_used_is_an_entry_that_says_why(
    changes: dict[str, Any], wrong: str
) -> None:
    found = entry(**changes)
    assert found.wrong == wrong
    assert len(found.title) <= 500


@pytest.mark.parametrize(
    ("event", "title", "shown"),
    [(None, "", "nothing"), ("Bees", "Bees", "'Bees'"), ([1], "", "a list"), (7, "7", "'7'")],
)
def test_what_is_no_mapping_is_an_entry_too(event: Any, title: str, shown: str) -> None:
    found = entry_of(event)
    assert (found.title, found.wrong) == (title, f"it should be a mapping, found {shown}")


def test_an_event_needs_little() -> None:
    assert entry_of({"title": "Tea"}) == Entry(
        id=None, title="Tea", start=date(2031, 8, 2), room="Barn", people=()
    )


def test_rooms_and_tracks_may_be_mappings_with_a_name() -> None:
    found = entry(room={"name": "Loft", "guid": "x"}, track={"name": "Art"}, type=None)
    assert (found.room, found.tracks, found.types) == ("Loft", ("Art",), ())


def test_a_room_of_too_many_words_is_left_out() -> None:
    found = entry(room="r" * 600, links=[], track="t" * 600)
    assert (found.room, found.tracks) == (None, ())
    assert found.notes == (f"its room '{'r' * 59}…' is too long",)


@pytest.mark.parametrize("flag", [True, "true", "1", 1])
def test_a_session_may_not_be_recorded(flag: Any) -> None:
    assert entry(do_not_record=flag).not_recorded
    assert not entry(do_not_record=False).not_recorded


def test_the_url_is_completed_or_dropped() -> None:
    assert entry(url="/talk/11/").url == "https://hay.example/talk/11/"
    assert entry(url="javascript:alert(1)").url is None
    assert entry(url=None).url == "https://pretalx.example/talk/11/"


def test_an_id_stands_in_for_a_missing_guid() -> None:
    assert entry(guid=None).id == "11"
    assert entry(guid=None, id=10**30).id == str(10**30)
    assert entry(guid=None, id=None).id is None


def test_a_person_has_one_spelling_in_the_whole_source() -> None:
    source = copy.deepcopy(SOURCE)
    spellings = ["Zoe Kern", "Zoë Kern", "Zoë Kern"]
    source["schedule"]["conference"]["days"][0]["rooms"]["Barn"] = [
        TALK | {"persons": [{"id": 5, "public_name": name}]} for name in spellings
    ]
    people = [entry.people for entry in parsed(source).entries]
    assert people == [(Person(name="Zoë Kern"),)] * 3


def test_somebody_with_two_ids_speaks_once() -> None:
    persons = [{"id": 1, "name": "Ada Example"}, {"id": 2, "name": "ADA  Example"}, {"name": ""}]
    assert entry(persons=persons).people == (Person(name="Ada Example"),)


def test_a_name_of_signs_is_left_out_and_told() -> None:
    found = entry(persons=[{"name": "--"}], links=[])
    assert (found.people, found.notes) == ((), ("the name '--' cannot be a person's",))


def test_a_schedule_without_events_is_one() -> None:
    source = copy.deepcopy(SOURCE)
    source["schedule"]["conference"]["days"] = []
    assert parsed(source).entries == ()


def test_a_byte_order_mark_and_a_key_that_comes_twice_are_tolerated() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(SOURCE).encode().replace(
        b'"title": "Hay Camp 2031"', b'"title": "x", "title": "Hay Camp 2031"'
    )
    assert c3voc.parse(data) == parsed(SOURCE)


def test_half_a_pair_in_a_text_is_dropped() -> None:
    assert entry(title="A\ud800 title").title == "A title"


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (b"", "the source is empty", HINT),
        (b" \n", "the source is empty", HINT),
        (b"<schedule/>", "this is not JSON: it begins with '<', as XML or a web page does", HINT),
        (b"[]", "this is not a c3voc schedule: there is no 'schedule.conference.days'", HINT),
        (b"7", "this is not a c3voc schedule: there is no 'schedule.conference.days'", HINT),
        (
            b'{"schedule": {"conference": null}}',
            "this is not a c3voc schedule: there is no 'schedule.conference.days'",
            HINT,
        ),
        (
            b'{"sessions": []}',
            "this is not a c3voc schedule: there is no 'schedule.conference.days'",
            "it holds 'sessions', as Sessionize's data does: import it as sessionize",
        ),
        (
            b'{"schedule": {"conference": {"days": 1}}}',
            "this is not a c3voc schedule: 'schedule.conference.days' should be a list, found '1'",
            HINT,
        ),
        (
            b'{"schedule": {"conference": {"days": [1]}}}',
            "this is not a c3voc schedule: day 1 should be a mapping, found '1'",
            HINT,
        ),
        (
            b'{"schedule": {"conference": {"days": [{"rooms": "x"}]}}}',
            "this is not a c3voc schedule: the rooms of day 1 should be a mapping, found 'x'",
            HINT,
        ),
        (
            b'{"schedule": {"conference": {"days": [{"rooms": {"A": 1}}]}}}',
            "this is not a c3voc schedule: the room 'A' of day 1 should hold a list, found '1'",
            HINT,
        ),
        (b'{"a": NaN}', "this is not JSON: it holds NaN", HINT),
    ],
)
def test_another_source_is_refused(source: bytes, message: str, hint: str) -> None:
    assert refused(source) == (message, hint, 0)


def test_the_second_version_of_the_format_is_refused() -> None:
    assert refused(b'{"schedule": {"conference": {"days": []}, "events": []}}') == (
        "this is not a c3voc schedule: it is the second version, with events in 'schedule.events'",
        "give the first version, or the schedule.xml of the same conference as frab",
        0,
    )


def test_json_that_is_broken_is_refused_with_its_line() -> None:
    assert refused(b'{\n"a": 1,\n}') == (
        "this is not JSON: Expecting property name enclosed in double quotes", HINT, 3
    )  # fmt: skip
    assert refused(b'{"a":\n"\xe9"}') == (
        "the text is not UTF-8: line 2 holds the byte 0xE9", "save it as UTF-8", 2
    )  # fmt: skip
    assert refused("{}".encode("utf-16")) == (
        "the text is UTF-16, not UTF-8", "save it as UTF-8", 0
    )  # fmt: skip
    assert refused(b"[" * 200_000) == ("the JSON is nested too deeply", HINT, 0)


def test_a_source_that_is_cut_off_is_refused_wherever_it_ends() -> None:
    data = json.dumps(SOURCE, indent=1).encode()
    for end in range(1, len(data)):
        message, hint, line = refused(data[:end])
        assert message == "the JSON ends in the middle"
        assert hint == "get it again; it may have been cut off"
        assert line - data.count(b"\n", 0, end) in {0, 1}


@pytest.mark.parametrize("end", ["tru", "-", "1.", '"\\', '"\\u', '"\\u00e', '"a', '"a"', ""])
def test_a_source_that_is_cut_off_in_a_value_is_refused(end: str) -> None:
    assert refused(b'{"a": ' + end.encode())[0] == "the JSON ends in the middle"


def test_a_huge_number_is_no_error() -> None:
    data = json.dumps(SOURCE).replace('"duration": "00:45"', f'"duration": {"9" * 9000}')
    (found,) = c3voc.parse(data.encode()).entries
    assert (found.end, found.wrong) == (None, None)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value below `value`."""
    keys = (
        list(value) if isinstance(value, dict)
        else list(range(len(value))) if isinstance(value, list)
        else []
    )  # fmt: skip
    return [deeper for key in keys for deeper in [(*path, key), *places(value[key], (*path, key))]]


def changed(source: Any, path: tuple[Any, ...], put: Any) -> Any:
    """The source with another value at `path`; with ... it is deleted."""
    source = copy.deepcopy(source)
    at = source
    for key in path[:-1]:
        at = at[key]
    if put is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = put
    return source


def events_of(source: Any) -> int:
    days = source["schedule"]["conference"]["days"]
    return sum(
        len(events or []) for day in days for events in dict(day.get("rooms") or {}).values()
    )


@given(st.sampled_from(places(SOURCE)), ANY_JSON | st.just(...))
def test_any_damage_is_an_error_or_an_entry_for_each_event(path: tuple[Any, ...], put: Any) -> None:
    source = changed(SOURCE, path, put)
    try:
        schedule = parsed(source)
    except SourceError as error:
        assert error.message  # noqa: PT017
        assert error.hint  # noqa: PT017
    else:
        assert len(schedule.entries) == events_of(source)
        if "answers" not in path and "persons" not in path:
            assert "secret" not in repr(schedule)


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_at_all_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        c3voc.parse(data)


def real_events() -> list[dict[str, Any]]:
    days = json.loads(REAL.read_text("utf-8"))["schedule"]["conference"]["days"]
    return [event for day in days for events in day["rooms"].values() for event in events]


@needs_corpora
def test_every_event_of_a_real_schedule_is_an_entry() -> None:
    entries, events = c3voc.parse(REAL.read_bytes()).entries, real_events()
    assert len(entries) == len(events) == 79
    assert [entry.wrong for entry in entries if entry.wrong] == []
    assert [entry.id for entry in entries] == [event["guid"] for event in events]


@needs_corpora
def test_every_moment_of_a_real_schedule_is_right() -> None:
    for entry, event in zip(c3voc.parse(REAL.read_bytes()).entries, real_events(), strict=True):
        hours, minutes = map(int, event["duration"].split(":"))
        start = datetime.fromisoformat(event["date"])
        assert entry.start == start
        assert entry.end == start + timedelta(hours=hours, minutes=minutes)


@needs_corpora
def test_without_dates_the_days_of_a_real_schedule_give_the_same_moments() -> None:
    source = json.loads(REAL.read_text("utf-8"))
    for day in source["schedule"]["conference"]["days"]:
        for events in day["rooms"].values():
            for event in events:
                del event["date"]
    starts = [entry.start for entry in parsed(source).entries]
    assert starts == [
        datetime.fromisoformat(event["date"]).replace(tzinfo=None) for event in real_events()
    ]


@needs_corpora
def test_people_and_files_of_a_real_schedule_are_counted() -> None:
    entries = c3voc.parse(REAL.read_bytes()).entries
    assert sum(len(entry.people or ()) for entry in entries) == 96
    assert sum(not entry.people for entry in entries) == 1
    kinds = [link.kind for entry in entries for link in entry.links]
    assert (kinds.count("slides"), kinds.count("video")) == (8, 4)
    assert len(kinds) == 52 + 12 - 2  # one link is no address, one file is missing there
