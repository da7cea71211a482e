"""Sessions' times in the zone of their event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kbsite.graph.times import MOST_DAYS, Moment, day_of, days_of
from kbsite.kinds import words
from tests.graphs import linked, talk


def oslo(talks: Mapping[str, object]) -> dict[str, object]:
    event = {"name": "O", "timezone": "Europe/Oslo", "start": "2031-10-25", "end": "2031-10-26"}
    return {"sessions/oslo/event.yaml": event} | {
        f"sessions/oslo/{own}.yaml": record for own, record in talks.items()
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2031-10-25T10:00", "2031-10-25T10:00:00+02:00"),
        ("2031-10-25T10:00Z", "2031-10-25T12:00:00+02:00"),
        ("2031-10-25T23:30-01:00", "2031-10-26T02:30:00+02:00"),
        ("2031-10-25T20:30-05:00", "2031-10-26T02:30:00+01:00"),
        ("2031-10-26T10:00", "2031-10-26T10:00:00+01:00"),
        ("2031-10-26 10:00:30+0000", "2031-10-26T11:00:30+01:00"),
    ],
)
def test_times_are_brought_to_the_zone_of_the_event(
    tmp_path: Path, written: str, expected: str
) -> None:
    graph = linked(tmp_path, {}, oslo({"one": talk(start=written)}))
    start = graph.sessions["oslo/one"].start
    assert isinstance(start, datetime)
    assert start.isoformat() == expected
    assert graph.sessions["oslo/one"].day == date.fromisoformat(expected[:10])


def test_a_session_through_the_night_the_clocks_change_ends_after_it_starts(
    tmp_path: Path,
) -> None:
    start, end = "2031-10-26T02:30+02:00", "2031-10-26T02:15+01:00"
    graph = linked(tmp_path, {}, oslo({"one": talk(start=start, end=end)}))
    session = graph.sessions["oslo/one"]
    assert isinstance(session.start, datetime)
    assert isinstance(session.end, datetime)
    assert session.end.timestamp() - session.start.timestamp() == 45 * 60


def test_the_length_of_a_session_counts_the_hour_that_clocks_repeat(tmp_path: Path) -> None:
    start, end = "2031-10-26T01:30+02:00", "2031-10-26T03:30+01:00"
    learnings = [{"id": "a", "text": "A.", "at": "2:59:00"}]
    graph = linked(tmp_path, {}, oslo({"one": talk(start=start, end=end, learnings=learnings)}))
    assert graph.learnings["oslo/one#a"].at == 2 * 3600 + 59 * 60


def late(talks: Mapping[str, object]) -> dict[str, object]:
    event = {
        "name": "L", "timezone": "Europe/Oslo", "start": "2031-10-24", "end": "2031-10-25",
        "day_change": "04:00",
    }  # fmt: skip
    return {"sessions/late/event.yaml": event} | {
        f"sessions/late/{own}.yaml": record for own, record in talks.items()
    }


def test_what_begins_before_the_day_changes_belongs_to_the_day_before(tmp_path: Path) -> None:
    talks = {
        "evening": talk(start="2031-10-25T23:00"),
        "night": talk(start="2031-10-26T00:30", end="2031-10-26T01:30"),
        "morning": talk(start="2031-10-25T04:00"),
        "first-night": talk(start="2031-10-25T03:59"),
        "someday": talk(start="2031-10-24"),
    }
    graph = linked(tmp_path, {}, late(talks))
    change = graph.events["late"].record.day_change
    days = {own: day_of(node.start, change) for own, node in graph.sessions.items()}
    assert days == {
        "late/someday": date(2031, 10, 24),
        "late/first-night": date(2031, 10, 24),
        "late/morning": date(2031, 10, 25),
        "late/evening": date(2031, 10, 25),
        "late/night": date(2031, 10, 25),
    }


def test_the_schedule_has_the_night_under_the_day_before(tmp_path: Path) -> None:
    talks = {
        "evening": talk(title="Dusk", start="2031-10-25T23:00"),
        "night": talk(title="Owls", start="2031-10-26T00:30"),
    }
    graph = linked(tmp_path, {}, late(talks))
    (day,) = graph.events["late"].days
    assert (day.date, day.sessions) == (date(2031, 10, 25), ("late/evening", "late/night"))


def moment(text: str | None) -> Moment:
    """As the graph has it: a time in a zone, or a day."""
    if text is None or "T" not in text:
        return date.fromisoformat(text) if text else None
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2031-10-24T09:00", "2031-10-26T17:00", (24, 25, 26)),
        ("2031-10-24T09:00", "2031-10-26T02:00", (24, 25)),  # the night belongs to the day before
        ("2031-10-24T20:00", "2031-10-25T06:00", (24,)),  # one long night
        ("2031-10-24T10:00", "2031-10-25T04:00", (24,)),
        ("2031-10-24", "2031-10-26", (24, 25, 26)),
        ("2031-10-24T09:00", "2031-10-25", (24, 25)),
        ("2031-10-24T09:00", None, (24,)),
        ("2031-10-25T09:00", "2031-10-24T09:00", (25,)),
        (None, None, ()),
    ],
)
def test_a_session_belongs_to_each_day_that_it_lasts(
    start: str | None, end: str | None, days: tuple[int, ...]
) -> None:
    found = days_of(moment(start), moment(end), time(4))
    assert found == tuple(date(2031, 10, day) for day in days)


def test_a_session_of_a_thousand_days_is_in_the_schedule_of_a_month() -> None:
    assert len(days_of(date(2031, 1, 1), date(2034, 1, 1))) == MOST_DAYS


def test_what_goes_on_from_the_day_before_comes_last_in_the_schedule(tmp_path: Path) -> None:
    talks = {
        "camp": talk(start="2031-04-01T09:00", end="2031-04-02T17:00"),
        "first": talk(start="2031-04-01T10:00", end="2031-04-01T11:00"),
        "second": talk(start="2031-04-02T10:00", end="2031-04-02T11:00"),
        "some-time": talk(start="2031-04-02"),
    }
    one, two = linked(tmp_path, talks).events["conf"].days
    assert (one.begun, one.continued) == (("conf/camp", "conf/first"), ())
    assert (two.begun, two.continued) == (("conf/second", "conf/some-time"), ("conf/camp",))


def test_a_session_over_several_days_says_both_its_days(tmp_path: Path) -> None:
    talks = {
        "camp": talk(start="2031-04-01T09:00", end="2031-04-02T17:00"),
        "weekend": talk(start="2031-04-01", end="2031-04-02"),
        "party": talk(start="2031-04-01T20:00", end="2031-04-02T02:00"),
    }
    graph = linked(tmp_path, talks)
    said = {
        own: (words.brief_time(node), words.hours(node)) for own, node in graph.sessions.items()
    }
    assert said == {
        "conf/camp": ("1–2 April 2031", "09:00 – Wed 2 Apr, 17:00"),
        "conf/weekend": ("1–2 April 2031", ""),
        "conf/party": ("1 Apr 2031, 20:00", "20:00–02:00"),
    }


def test_the_days_that_a_session_says_are_those_of_the_schedule(tmp_path: Path) -> None:
    talks = {
        "night": talk(start="2031-10-24T12:00", end="2031-10-25T02:00"),
        "two-nights": talk(start="2031-10-24T12:00", end="2031-10-26T02:00"),
        "owls": talk(start="2031-10-25T01:00", end="2031-10-25T17:00"),
        "until-midnight": talk(start="2031-10-24T04:00", end="2031-10-26T00:00"),
    }
    graph = linked(tmp_path, {}, late(talks))
    said = {
        own: (words.brief_time(node), words.hours(node)) for own, node in graph.sessions.items()
    }
    assert said == {
        "late/night": ("24 Oct 2031, 12:00", "12:00–02:00"),
        "late/two-nights": ("24–25 October 2031", "12:00 – Sun 26 Oct, 02:00"),
        "late/owls": ("24–25 October 2031", "01:00 – Sat 25 Oct, 17:00"),
        "late/until-midnight": ("24–25 October 2031", "04:00 – Sun 26 Oct, 00:00"),
    }
    for own, node in graph.sessions.items():
        on = [day.date for day in graph.events["late"].days if own in day.sessions]
        assert on == list(node.days)
