"""Sched's calendar: what of it is an entry's, and what the event's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.importers.formats import places, sched
from kbsite.importers.schedule import Entry, SourceError, Text
from tests.importers.schedules import CORPORA, calendar, needs_corpora, talk

NO_CALENDAR = "this is not an iCalendar file"
CUT = calendar(talk("a", "A"))[:-20].encode()
REAL = CORPORA / "sched-kubecon-na-2025.ics"


def entries(*talks: str) -> tuple[Entry, ...]:
    return sched.parse(calendar(*talks).encode()).entries


def test_an_entry_is_read_whole() -> None:
    text = "Copies\\, and more.\\n\\nA&nbsp\\;B &gt\\; C &amp\\; D"
    (entry,) = entries(
        talk("k1", "News, Ten Minutes", description=text, categories="🚨 CONTRIBFEST")
    )
    assert entry == Entry(
        id="k1",
        title="News, Ten Minutes",
        line=6,
        url="https://example2031.sched.com/event/k1",
        start=datetime(2031, 4, 1, 8, tzinfo=UTC),
        end=datetime(2031, 4, 1, 8, 30, tzinfo=UTC),
        room="Hall 1",
        tracks=("🚨 CONTRIBFEST",),
        text=Text(text="Copies, and more.\n\nA B > C & D", format="plain"),
    )


def test_the_calendar_tells_the_event_s_name_place_and_address() -> None:
    schedule = sched.parse(calendar(talk("a", "A"), talk("b", "B")).encode())
    assert (schedule.title, schedule.name) == ("Example Conf 2031", "example2031")
    assert (schedule.city, schedule.country) == ("Utrecht", "NL")
    assert schedule.url == "https://example2031.sched.com/"


def test_utc_is_not_taken_for_the_event_s_zone() -> None:
    text = calendar(talk("a", "A"))
    assert sched.parse(text.encode()).timezone is None
    paris = text.replace("X-WR-TIMEZONE:UTC", "X-WR-TIMEZONE:Europe/Paris")
    assert sched.parse(paris.encode()).timezone == "Europe/Paris"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART;VALUE=DATE:20310401", date(2031, 4, 1)),
        ("DTSTART:20310401T100000", datetime(2031, 4, 1, 10)),  # floating
        (
            "DTSTART;TZID=America/New_York:20310401T100000",
            datetime(2031, 4, 1, 10, tzinfo=ZoneInfo("America/New_York")),
        ),
    ],
)
def test_every_form_of_a_start_is_read(start: str, expected: date) -> None:
    text = calendar(talk("a", "A", end="")).replace("DTSTART:20310401T080000Z", start)
    (entry,) = sched.parse(text.encode()).entries
    assert entry.start == expected


def test_a_length_in_place_of_an_end_is_an_end() -> None:
    (entry,) = entries(talk("a", "A", end="", duration="PT45M"))
    assert entry.end == datetime(2031, 4, 1, 8, 45, tzinfo=UTC)


def test_a_whole_day_ends_on_its_own_date() -> None:
    text = calendar(talk("a", "A")).replace(
        "DTSTART:20310401T080000Z", "DTSTART;VALUE=DATE:20310401"
    )
    one = text.replace("DTEND:20310401T083000Z", "DTEND;VALUE=DATE:20310402")
    assert sched.parse(one.encode()).entries[0].end == date(2031, 4, 1)
    three = text.replace("DTEND:20310401T083000Z", "DTEND;VALUE=DATE:20310404")
    assert sched.parse(three.encode()).entries[0].end == date(2031, 4, 3)


def test_an_entry_that_repeats_is_noted() -> None:
    (entry,) = entries(talk("a", "A", rrule="FREQ=MONTHLY;COUNT=3"))
    assert entry.notes == ("it repeats, and only its first date was taken over",)


def test_a_calendar_of_another_program_is_named_by_its_name() -> None:
    text = calendar(talk("a", "A"), name="Cloud Meetup").replace("Sched.com Example Conf 2031", "X")
    assert sched.parse(text.encode()).title == "Cloud Meetup"


def test_a_cancelled_entry_is_cancelled() -> None:
    (entry,) = entries(talk("a", "A", status="CANCELLED"))
    assert entry.cancelled


def test_long_and_folded_lines_are_read() -> None:
    text = "word " * 500
    (entry,) = entries(talk("a", "A", description=text))
    assert entry.text is not None
    assert entry.text.text == text.strip()
    folded = calendar(talk("a", "A title that goes on")).replace("that goes", "that\r\n  goes")
    assert sched.parse(folded.encode()).entries[0].title == "A title that goes on"


def test_lines_of_entries_are_counted_in_the_file() -> None:
    first, second = entries(talk("a", "A"), talk("b", "B"))
    lines = calendar(talk("a", "A"), talk("b", "B")).split("\r\n")
    assert lines[first.line - 1] == lines[second.line - 1] == "BEGIN:VEVENT"
    assert first.line < second.line


@pytest.mark.parametrize(
    ("locations", "place", "rooms"),
    [
        (
            ["B | Level 1 | B1, Atlanta, GA, USA", "B | Level 1 | B2, Atlanta, GA, USA"],
            ("Atlanta", "US"),
            ["B | Level 1 | B1", "B | Level 1 | B2"],
        ),
        (
            ["Hall 1, Utrecht, The Netherlands", "Inn, 5 Lane, Amersfoort"] * 2,
            ("Utrecht", "NL"),
            ["Hall 1", "Inn, 5 Lane, Amersfoort"] * 2,
        ),
        (["Hall 1, Singapore", "Hall 2, Singapore"], ("Singapore", "SG"), ["Hall 1", "Hall 2"]),
        (["Hall 1, Elbonia", "Hall 2, Elbonia"], ("Elbonia", None), ["Hall 1", "Hall 2"]),
        (["Hall 1", "Hall 2"], (None, None), ["Hall 1", "Hall 2"]),
        (["Hall 1, East", "Hall 1, East"], (None, None), ["Hall 1, East", "Hall 1, East"]),
        (["", ""], (None, None), [None, None]),
        (["Utrecht, Netherlands"], (None, "NL"), ["Utrecht"]),
    ],
)  # fmt: skip
def test_the_city_belongs_to_the_event(
    locations: list[str], place: tuple[str | None, str | None], rooms: list[str | None]
) -> None:
    found = places.common_place(locations)
    assert (places.city(found), places.country(found)) == place
    assert [places.room(location, found) for location in locations] == rooms


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", f"{NO_CALENDAR}: it does not begin with BEGIN:VCALENDAR", 1),
        (b'{"a": 1}', f"{NO_CALENDAR}: it does not begin with BEGIN:VCALENDAR", 1),
        (CUT, "the calendar is cut off: it does not end with END:VCALENDAR", 14),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", f"{NO_CALENDAR} that can be ", 0),
        (b"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR\n", "the byte 0xFF is not UTF-8", 2),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: bytes, message: str, line: int) -> None:
    with pytest.raises(SourceError) as refused:
        sched.parse(data)
    assert refused.value.message.startswith(message)
    assert refused.value.line == line


def test_a_line_folded_inside_a_letter_is_read() -> None:
    data = calendar(talk("a", "Un exposé")).encode().replace("é".encode(), b"\xc3\r\n \xa9")
    assert sched.parse(data).entries[0].title == "Un exposé"


def test_a_byte_behind_folded_lines_is_found_in_its_line_of_the_file() -> None:
    data = calendar(talk("a", "A", description="x\r\n y\r\n z"), talk("b", "B!")).encode()
    with pytest.raises(SourceError) as refused:
        sched.parse(data.replace(b"B!", b"B\xff"))
    line = data[: data.index(b"B!")].count(b"\n") + 1
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DTSTART", "20310231T090000Z"),
        ("DTEND", "20310301T250000Z"),
        ("DTEND;VALUE=DATE", "20310231"),
    ],
)
def test_an_impossible_moment_is_one_entry_s_only(name: str, value: str) -> None:
    text = calendar(talk("a", "A"), talk("b", "B"))
    broken = re.sub(rf"{name.partition(';')[0]}:[0-9TZ]+", f"{name}:{value}", text, count=1)
    first, second = sched.parse(broken.encode()).entries
    assert (first.wrong or "").startswith("its time cannot be read")
    assert second.wrong is None


def test_the_first_day_of_all_is_an_end_like_any_other() -> None:
    text = calendar(talk("a", "A")).replace("DTEND:20310401T083000Z", "DTEND;VALUE=DATE:00010101")
    assert sched.parse(text.encode()).entries[0].end == date(1, 1, 1)


@pytest.mark.parametrize("zone", ["X" * 300, "../" * 90 + "etc", "W. Example Standard Time"])
def test_an_unknown_zone_is_noted_and_the_event_s_is_taken(zone: str) -> None:
    text = calendar(talk("a", "A"), talk("b", "B"))
    text = text.replace("DTSTART:20310401T080000Z", f"DTSTART;TZID={zone}:20310401T080000", 1)
    first, second = sched.parse(text.encode()).entries
    assert first.start == datetime(2031, 4, 1, 8)
    assert "is unknown; that of the event was taken" in first.notes[0]
    assert second.notes == ()


def test_a_description_in_html_is_html() -> None:
    text = 'See <a href="https://example.org/">https://example.org/</a>.'
    (entry,) = entries(talk("k1", "News", description=text))
    assert entry.text == Text(text=text, format="html")


def other(*talks: str) -> str:
    text = calendar(*talks).replace("-//Sched.com Example Conf 2031//EN", "-//Other//Plan 2//EN")
    return text.replace("URL:http://example2031.sched.com", "URL:https://example.org")


def test_a_calendar_of_another_system_is_named_so_and_its_titles_are_left_alone() -> None:
    schedule = sched.parse(other(talk("a", "Boats - Ada Example, Example Works")).encode())
    assert schedule.system == "ical"
    assert schedule.entries[0].people == ()


def people(description: str, organiser: str = "") -> list[tuple[str, str | None]]:
    text = other(
        talk("a", "A", description=description), talk("b", "B"), talk("c", "C"), talk("d", "D")
    )
    text = text.replace("UID:a", f"{organiser}\r\nUID:a") if organiser else text
    return [(p.name, p.org) for p in sched.parse(text.encode()).entries[0].people or ()]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Ships.\\nSpeaker: Ada Example\\nMore.", ["Ada Example"]),
        ("Speaker: Ada Example\\, Example Works", ["Ada Example"]),
        ("Speaker: Ada Example (Example Works)", ["Ada Example"]),
        ("Speakers: Ada Example\\, Bo Lindqvist & Cy Moreau", [
            "Ada Example", "Bo Lindqvist", "Cy Moreau",
        ]),
        ("* Presenter: Ada Example - Example Works", ["Ada Example"]),
        ("Referentin: Ada Example", ["Ada Example"]),
        ("The speaker: a device for sound", []),
        ("No names here", []),
    ],
)  # fmt: skip
def test_another_system_names_people_in_lines_of_a_description(
    description: str, expected: list[str]
) -> None:
    assert people(description) == [(name, None) for name in expected]


def test_another_system_names_people_as_organisers() -> None:
    one = 'ORGANIZER;CN="Ada Example":mailto:ada@example.org'
    assert people("", one) == [("Ada Example", None)]
    assert people("", "ORGANIZER:mailto:ada@example.org") == []
    assert people("", "ORGANIZER;CN=example2031:mailto:hello@example.org") == []
    assert people("Speaker: Ada Example", one) == [("Ada Example", None)]


def test_who_organises_everything_is_no_speaker() -> None:
    host = "ORGANIZER;CN=Example Crew:mailto:hello@example.org\r\nUID:"
    text = other(talk("a", "A"), talk("b", "B"), talk("c", "C")).replace("UID:", host)
    assert all(entry.people == () for entry in sched.parse(text.encode()).entries)


@given(st.binary(max_size=60), st.integers(0, 700), st.integers(0, 40))
def test_whatever_stands_in_a_calendar_it_is_read_or_refused(
    junk: bytes, at: int, gone: int
) -> None:
    data = calendar(talk("a", "A - B C, D"), talk("b", "E", description="f\\, g")).encode()
    try:
        schedule = sched.parse(data[:at] + junk + data[at + gone :])
    except SourceError:
        return
    assert schedule.system in ("sched", "ical")


@needs_corpora
def test_the_real_export_is_read_whole() -> None:
    data = REAL.read_bytes()
    schedule = sched.parse(data)
    assert len(schedule.entries) == data.count(b"BEGIN:VEVENT") == 499
    assert [entry.title for entry in schedule.entries if entry.wrong] == []
    assert all(entry.start and entry.end and entry.id and entry.url for entry in schedule.entries)
    assert (schedule.city, schedule.country) == ("Atlanta", "US")
