"""A day as a grid of hours and rooms, in bands of time, or one thing after another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kbsite.graph.nodes import Day
from kbsite.kinds import KINDS, events, schedule
from kbsite.kinds.base import Site, Views
from kbsite.kinds.schedule import Plan, plan
from kbsite.render import Renderer
from tests.graphs import KERNEL, linked, talk


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


def planned(root: Path, talks: Mapping[str, object]) -> Plan:
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
            "keynote": at("09:00", "10:00", "Plenary") | {"kind": "keynote"},
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


def test_one_thing_after_another_is_a_list_whatever_the_room(tmp_path: Path) -> None:
    day = planned(tmp_path, {"one": at("10:00", "11:00", None), "two": at("11:00", "12:00", None)})
    assert (day.layout, day.rooms) == ("list", ())
    assert areas(day) == {"one": "", "two": ""}


@pytest.mark.parametrize(
    ("rooms", "layout"),
    [(2, "grid"), (schedule.MOST_COLUMNS, "grid"), (schedule.MOST_COLUMNS + 1, "bands")],
)
def test_so_many_rooms_as_can_be_seen_at_a_glance_make_a_grid(
    tmp_path: Path, rooms: int, layout: str
) -> None:
    day = planned(tmp_path, {f"talk-{n}": at("10:00", "11:00", f"Hall {n}") for n in range(rooms)})
    assert day.layout == layout
    assert len(day.rooms) == (rooms if layout == "grid" else 0)
    assert len(areas(day)) == rooms


def test_a_room_in_which_too_much_overlaps_makes_bands(tmp_path: Path) -> None:
    posters: dict[str, object] = {
        f"poster-{n}": at("10:00", "11:00") for n in range(schedule.MOST_COLUMNS)
    }
    posters["talk"] = at("10:00", "11:00", "Hall B")
    assert planned(tmp_path, posters).layout == "bands"


def test_sessions_in_no_room_that_overlap_are_in_bands(tmp_path: Path) -> None:
    talks = {f"talk-{n}": at("10:00", "11:00", None) for n in range(3)}
    assert planned(tmp_path, talks).layout == "bands"


def crowded(**more: object) -> dict[str, object]:
    """A day with more rooms than a grid has, and some other sessions."""
    return {f"talk-{n}": at("10:00", "10:30", f"Hall {n}") for n in range(9)} | more


def in_slots(day: Plan) -> dict[str, list[str]]:
    """The stems of the sessions of each slot, by its hour."""
    return {
        slot.hour: [place.card.ref.path.split("/")[2] for place in slot.places]
        for slot in day.slots
    }


def test_a_band_is_half_an_hour_and_a_wave_of_sessions_begins_its_own(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        crowded(
            early=at("09:05", "09:10"),
            soon=at("09:20", "09:25"),
            later=at("09:31", "09:40"),
            before=at("09:55", "10:20"),
            meanwhile=at("10:10", "10:20"),
        ),
    )
    assert list(in_slots(day)) == ["09:05", "09:31", "10:00"]
    assert [len(held) for held in in_slots(day).values()] == [2, 2, 10]
    assert [(place.later, place.minutes) for place in day.slots[0].places] == [
        (False, "0 5"),
        (True, "15 20"),
    ]
    assert [slot.anchor for slot in day.slots] == ["at-0401-0905", "at-0401-0931", "at-0401-1000"]


def whole(day: Plan) -> list[str]:
    return [
        place.card.ref.path.split("/")[2]
        for slot in day.slots
        for place in slot.places
        if place.whole
    ]


@pytest.mark.parametrize(
    ("given", "is_whole"),
    [
        ({"kind": "keynote"}, True),
        ({"room": "Plenary"}, True),  # where a keynote is as well
        ({"kind": "other", "room": None}, True),  # a break
        ({"room": None}, False),
        ({}, False),
        ({"kind": "keynote", "end": "2031-04-01T10:15"}, False),
    ],
    ids=["keynote", "in the hall", "break", "no room", "elsewhere", "overlapping"],
)
def test_only_what_is_for_everybody_takes_the_whole_width(
    tmp_path: Path, given: dict[str, object], *, is_whole: bool
) -> None:
    alone = at("09:00", "09:30") | given
    day = planned(
        tmp_path,
        crowded(
            alone={key: value for key, value in alone.items() if value},
            opening=at("08:00", "08:10", "Plenary") | {"kind": "keynote"},
        ),
    )
    assert day.layout == "bands"
    assert whole(day) == (["opening", "alone"] if is_whole else ["opening"])


def test_keynotes_that_follow_each_other_closely_stand_side_by_side(tmp_path: Path) -> None:
    keynote = {"kind": "keynote"}
    day = planned(
        tmp_path,
        crowded(
            one=at("09:00", "09:05", "Plenary") | keynote,
            two=at("09:07", "09:12", "Plenary") | keynote,
        ),
    )
    assert in_slots(day)["09:00"] == ["one", "two"]
    assert whole(day) == []


def test_each_hour_in_which_something_begins_is_a_jump_where_there_is_much(tmp_path: Path) -> None:
    few = planned(tmp_path / "few", {"one": at("10:00", "11:00"), "two": at("11:00", "12:00")})
    assert few.jumps == ()
    day = planned(tmp_path / "many", crowded(one=at("09:10", "09:30"), two=at("09:40", "09:50")))
    assert [(jump.hour, jump.anchor) for jump in day.jumps] == [
        ("09", "at-0401-0910"),
        ("10", "at-0401-1000"),
    ]


def test_a_cancelled_session_is_never_on(tmp_path: Path) -> None:
    day = planned(tmp_path, {"off": at("10:00", "11:00") | {"status": "cancelled"}})
    assert [place.minutes for slot in day.slots for place in slot.places] == [""]


OFF = {"status": "cancelled"}


def apart(day: Plan) -> dict[str, list[str]]:
    """The stems of the sessions that have no place by the hour."""
    return {
        rest.title: [place.card.ref.path.split("/")[2] for place in rest.places]
        for rest in day.rest
    }


@pytest.mark.parametrize("status", ["cancelled", "withdrawn"])
def test_what_is_not_held_takes_no_width_from_a_keynote_beside_it(
    tmp_path: Path, status: str
) -> None:
    day = planned(
        tmp_path,
        {
            "keynote": at("09:00", "10:00", "Plenary") | {"kind": "keynote"},
            "off": at("09:00", "10:00", "Hall A") | {"status": status},
            "one": at("10:00", "11:00", "Hall A"),
            "two": at("10:00", "11:00", "Hall B"),
        },
    )
    assert areas(day)["keynote"] == "2/2/3/-1"
    assert apart(day) == {"Called off": ["off"]}


def test_what_is_not_held_makes_no_bands_of_a_grid(tmp_path: Path) -> None:
    rooms = range(schedule.MOST_COLUMNS)
    talks = {f"talk-{n}": at("10:00", "11:00", f"Hall {n}") for n in rooms}
    day = planned(tmp_path, talks | {"off": at("10:00", "11:00", "Hall 0") | OFF})
    assert day.layout == "grid"
    assert set(areas(day)) == set(talks)
    assert apart(day) == {"Called off": ["off"]}


def test_what_is_not_held_keeps_its_place_in_a_grid_if_it_is_free(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        {"off": at("10:00", "11:00") | OFF, "other": at("10:00", "11:00", "Hall B")},
    )
    assert areas(day) == {"off": "2/2/3/3", "other": "2/3/3/4"}


def test_a_keynote_is_as_wide_as_bands_beside_what_is_not_held(tmp_path: Path) -> None:
    keynote = at("09:00", "10:00", "Plenary") | {"kind": "keynote"}
    day = planned(tmp_path, crowded(keynote=keynote, off=at("09:00", "09:30") | OFF))
    assert day.layout == "bands"
    assert whole(day) == ["keynote"]
    assert sorted(in_slots(day)["09:00"]) == ["keynote", "off"]


def test_a_day_with_one_thing_held_after_another_is_a_list(tmp_path: Path) -> None:
    day = planned(
        tmp_path,
        {"held": at("10:00", "11:00", None), "off": at("10:00", "11:00", None) | OFF},
    )
    assert day.layout == "list"
    assert set(areas(day)) == {"held", "off"}


def test_what_went_on_the_day_before_stands_apart_from_what_has_no_hour(tmp_path: Path) -> None:
    talks = {
        "camp": talk(start="2031-04-01T09:00", end="2031-04-02T17:00"),
        "some-time": talk(start="2031-04-02"),
    }
    graph = linked(tmp_path, talks)
    day = plan(Views(graph), graph.events["conf"].days[1])
    assert [(rest.title, len(rest.places)) for rest in day.rest] == [
        ("Hour not known", 1),
        ("Begun before this day", 1),
    ]


@pytest.mark.parametrize("room", ["\u0627\u0644\u0642\u0627\u0639\u0629"])
def test_the_name_of_a_room_turns_nothing_beside_it(tmp_path: Path, room: str) -> None:
    talks = {"one": at("10:00", "11:00", room), "two": at("10:00", "11:00", "Hall B")}
    found = Views(linked(tmp_path, talks))
    (page,) = (page for page in events.pages(found) if page.path == "events/conf/")
    html = Renderer(KINDS, Site(name="Conf")).render(page, page.view(), "")
    assert html.count(f'dir="auto">{room}</span>') == 2  # above its column, and at the session
    assert 'dir="auto">Hall B' not in html


# Choosing by track and theme


def test_sessions_are_chosen_by_the_tracks_and_themes_that_tell_them_apart(tmp_path: Path) -> None:
    talks = crowded()
    talks |= {
        "talk-0": at("10:00", "10:30", "Hall 0") | {"tracks": ["Storage"], "themes": ["kernel"]},
        "talk-1": at("10:00", "10:30", "Hall 1") | {"tracks": ["AI", "Storage"]},
        "talk-2": at("10:00", "10:30", "Hall 2") | {"title": "K&R in a nutshell"},
    }
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL})
    (day,) = graph.events["conf"].days
    chosen = plan(Views(graph), day).choices
    assert [(choice.name, choice.number) for choice in chosen.tracks] == [("AI", 1), ("Storage", 2)]
    assert [(choice.name, choice.number) for choice in chosen.themes] == [("Kernels", 2)]
    places = plan(Views(graph), day).slots[0].places
    held = {place.card.ref.path.split("/")[2]: place.choices for place in places}
    assert (held["talk-0"], held["talk-1"], held["talk-2"]) == ("1 2", "0 1", "2")


def test_what_all_sessions_share_and_what_few_have_is_no_choice(tmp_path: Path) -> None:
    same = {
        name: record | {"tracks": ["Main"]}
        for name, record in crowded().items()
        if isinstance(record, dict)
    }
    assert planned(tmp_path / "same", same).choices.tracks == ()
    few = {"one": at("10:00", "11:00") | {"tracks": ["A"]}, "two": at("10:00", "11:00", "B")}
    assert planned(tmp_path / "few", few).choices.tracks == ()


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
    (rest,) = day.rest
    assert rest.title == "Hour not known"
    assert [place.card.ref.path for place in rest.places] == ["sessions/conf/some-day/"]


def test_the_hour_that_clocks_repeat_has_two_slots(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        "summer": talk(start="2026-10-25T02:30+02:00", end="2026-10-25T02:15+01:00", room="A"),
        "winter": talk(start="2026-10-25T02:30+01:00", end="2026-10-25T03:00+01:00", room="B"),
        "beside": talk(start="2026-10-25T02:30+01:00", end="2026-10-25T03:00+01:00", room="A"),
    }
    graph = linked(tmp_path, {}, in_amsterdam(talks), but="KB225")
    day = plan(Views(graph), graph.events["ams"].days[0])
    assert [slot.iso for slot in day.slots] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]
    assert areas(day) == {"summer": "2/2/3/3", "beside": "4/2/5/3", "winter": "4/3/5/4"}


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
