"""A day as a grid of hours and rooms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbsite.graph.nodes import Day
from kbsite.kinds import schedule
from kbsite.kinds.base import Views
from kbsite.kinds.schedule import Plan, plan
from tests.graphs import linked, talk


def at(start: str, end: str | None, room: str | None = "Hall A") -> dict[str, object]:
    given: dict[str, Any] = {"start": f"2031-04-01T{start}", "room": room}
    if end:
        given["end"] = f"2031-04-01T{end}"
    return talk(**{key: value for key, value in given.items() if value})


def in_amsterdam(talks: dict[str, object], **event: object) -> dict[str, object]:
    """The files of an event on the day of 2026 whose hour from two to three comes twice."""
    record = {
        "name": "A",
        "timezone": "Europe/Amsterdam",
        "start": "2026-10-24",
        "end": "2026-10-25",
    }
    return {"sessions/ams/event.yaml": record | event} | {
        f"sessions/ams/{own}.yaml": each for own, each in talks.items()
    }


def planned(root: Path, talks: dict[str, object]) -> Plan:
    graph = linked(root, talks)
    (day,) = graph.events["conf"].days
    return plan(Views(graph), day)


def areas(day: Plan) -> dict[str, str]:
    """Where each session is: its stem and its area."""
    return {
        place.card.ref.path.split("/")[2]: place.area for slot in day.slots for place in slot.places
    }


def test_each_room_is_a_column_and_each_time_at_which_something_changes_a_row(
    tmp_path: Path,
) -> None:
    day = planned(
        tmp_path,
        {
            "long": at("10:00", "11:00", "Hall B"),
            "first": at("10:00", "10:30"),
            "second": at("10:30", "11:00"),
        },
    )
    assert [(room.name, room.column, room.width) for room in day.rooms] == [
        ("Hall A", 2, 1),
        ("Hall B", 3, 1),
    ]
    assert areas(day) == {"first": "2/2/3/3", "long": "2/3/4/4", "second": "3/2/4/3"}
    assert [(slot.hour, slot.row) for slot in day.slots] == [("10:00", 2), ("10:30", 3)]
    assert day.columns == 2


def test_what_happens_at_once_in_one_room_stands_side_by_side(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        {
            "one": at("10:00", "11:00"),
            "two": at("10:30", "11:30"),
            "three": at("11:00", "12:00"),
            "other": at("10:00", "12:00", "Hall B"),
        },
    )
    assert [(room.name, room.column, room.width) for room in day.rooms] == [
        ("Hall A", 2, 2),
        ("Hall B", 4, 1),
    ]
    cells = areas(day)
    assert {name: cell.split("/")[1] for name, cell in cells.items()} == {
        "one": "2",
        "two": "3",
        "three": "2",
        "other": "4",
    }


def test_what_nothing_else_takes_place_beside_is_as_wide_as_the_grid(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        {
            "keynote": at("09:00", "10:00", "Plenary"),
            "one": at("10:00", "11:00", "Hall A"),
            "two": at("10:00", "11:00", "Hall B"),
        },
    )
    assert areas(day)["keynote"] == "2/2/3/-1"
    assert [room.name for room in day.rooms] == ["Hall A", "Hall B"]


def test_rooms_are_in_the_order_people_count_in_and_no_room_comes_last(tmp_path: Path) -> None:
    rooms = ["Room 10", "Room 9", None, "Auditorium"]
    day = planned(
        tmp_path, {f"talk-{n}": at("10:00", "11:00", room) for n, room in enumerate(rooms)}
    )
    assert [room.name for room in day.rooms] == [
        "Auditorium",
        "Room 9",
        "Room 10",
        schedule.ELSEWHERE,
    ]


@pytest.mark.parametrize(
    "talks",
    [
        {"one": at("10:00", "11:00"), "two": at("11:00", "12:00")},
        {f"talk-{n}": at("10:00", "11:00", f"Hall {n}") for n in range(schedule.MOST_COLUMNS + 1)},
    ],
    ids=["one room", "too many rooms"],
)
def test_where_a_grid_would_say_nothing_or_too_much_there_is_a_list(
    tmp_path: Path, talks: dict[str, object]
) -> None:
    day = planned(tmp_path, talks)
    assert day.rooms == ()
    assert set(areas(day).values()) == {""}
    assert len(areas(day)) == len(talks)


def test_a_session_of_unknown_end_or_time_is_shown_too(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        {
            "open": at("10:00", None, "Hall A"),
            "long": at("10:00", "11:00", "Hall B"),
            "some-day": talk(start="2031-04-01", room="Hall B"),
        },
    )
    assert areas(day) == {"open": "2/2/3/3", "long": "2/3/3/4"}
    assert [card.ref.path for card in day.rest] == ["sessions/conf/some-day/"]


def test_the_hour_that_clocks_repeat_has_two_slots(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        "summer": talk(start="2026-10-25T02:30+02:00", end="2026-10-25T02:15+01:00", room="A"),
        "winter": talk(start="2026-10-25T02:30+01:00", end="2026-10-25T03:00+01:00", room="B"),
        "beside": talk(start="2026-10-25T02:30+01:00", end="2026-10-25T03:00+01:00", room="A"),
    }
    graph = linked(tmp_path, {}, in_amsterdam(talks))
    day = plan(Views(graph), graph.events["ams"].days[0])
    assert [slot.iso for slot in day.slots] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]
    assert areas(day) == {"summer": "2/2/3/-1", "beside": "4/2/5/3", "winter": "4/3/5/4"}


def test_an_hour_after_midnight_names_its_weekday_under_the_day_before(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        "evening": talk(start="2026-10-24T23:00"),
        "night": talk(start="2026-10-25T01:30"),
    }
    graph = linked(tmp_path, {}, in_amsterdam(talks, day_change="04:00"))
    (day,) = graph.events["ams"].days
    assert [slot.hour for slot in plan(Views(graph), day).slots] == ["23:00", "Sun 01:30"]


def test_a_long_day_is_cut_between_its_hours(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        f"talk-{hour}-{n}": at(f"{hour}:00", f"{hour}:30", f"Hall {n}")
        for hour, number in ((10, 3), (11, 1), (12, 2), (13, 6))
        for n in range(number)
    }
    talks["some-day"] = talk(start="2031-04-01")
    talks["workshop"] = at("11:00", "12:30", "Hall 9")
    graph = linked(tmp_path, talks)
    (day,) = graph.events["conf"].days
    assert day.sessions[-1] == "conf/some-day"
    assert schedule.sizes(Views(graph), day, 5) == [5, 2, 6, 1]
    assert schedule.sizes(Views(graph), Day(date=None, begun=(), continued=()), 5) == [0]
    later = plan(Views(graph), day, 5, 7)
    assert [room.name for room in later.rooms] == ["Hall 0", "Hall 1"]


def test_what_is_alone_on_a_page_but_not_in_its_day_is_no_plenary(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        "long": at("10:00", "12:00", "Hall A"),
        "late": at("11:00", "11:30", "Hall B"),
        "last": at("11:30", "12:30", "Hall C"),
    }
    graph = linked(tmp_path, talks)
    (day,) = graph.events["conf"].days
    assert [room.name for room in plan(Views(graph), day, 1).rooms] == ["Hall B", "Hall C"]
