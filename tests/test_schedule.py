"""A day as a grid of hours and rooms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbsite.kinds import schedule
from kbsite.kinds.schedule import Plan, plan
from tests.graphs import linked, talk


def at(start: str, end: str | None, room: str | None = "Hall A") -> dict[str, object]:
    given: dict[str, Any] = {"start": f"2031-04-01T{start}", "room": room}
    if end:
        given["end"] = f"2031-04-01T{end}"
    return talk(**{key: value for key, value in given.items() if value})


def planned(root: Path, talks: dict[str, object]) -> Plan:
    graph = linked(root, talks)
    return plan(graph, graph.events["conf"].sessions)


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
