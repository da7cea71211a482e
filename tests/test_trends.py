"""The share of a theme in the sessions of each edition: what is counted, compared and drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kbsite.kinds import bars, editions, trends
from kbsite.kinds.base import Views
from tests.bases import EVENT
from tests.graphs import KERNEL, SEEING, linked, talk

Talks = dict[str, Any]


def conf(year: int, place: str = "Europe", **given: object) -> dict[str, object]:
    """An edition of "Conf", in April in Europe and in October elsewhere."""
    month = "04" if place == "Europe" else "10"
    return EVENT | {
        "name": f"Conf {place} {year}",
        "series": f"Conf {place}",
        "start": f"{year}-{month}-01",
        "end": f"{year}-{month}-02",
        **given,
    }


def edition(folder: str, number: int = 50, **about: Mapping[str, Any]) -> Talks:
    """So many talks of an event, beside those that were called off. Each of `about` says something
    of one, and another is about seeing.
    """
    named = {f"{folder}/{name}": talk(**given) for name, given in about.items()}
    counted = sum(given.get("status") not in ("cancelled", "withdrawn") for given in about.values())
    others = {f"{folder}/t{at}": talk() for at in range(number - counted - 1)}
    return {**named, **others, f"{folder}/seen": talk(themes=["seeing"])}


SURE: dict[str, Any] = {"themes": ["kernel"]}
MAYBE: dict[str, Any] = {"suggested_themes": ["kernel"]}
OFF: dict[str, Any] = {"themes": ["kernel"], "status": "cancelled"}


def views(tmp_path: Path, events: Mapping[str, object], *talks: Talks, **theme: Any) -> Views:
    files = {f"sessions/{id}/event.yaml": record for id, record in events.items()}
    files |= {"themes/kernel.md": (KERNEL[0] | theme, ""), "themes/seeing.md": SEEING}
    held = {id: record for each in talks for id, record in each.items()}
    return Views(linked(tmp_path, held, files))


def kernel(tmp_path: Path, events: Mapping[str, object], *talks: Talks) -> trends.Trend:
    return trends.trend(views(tmp_path, events, *talks), "kernel")


THREE = {"a": conf(2030), "b": conf(2031, "North America"), "c": conf(2031)}


def test_shares_are_of_the_sessions_of_each_edition_in_order_of_time(tmp_path: Path) -> None:
    made = kernel(
        tmp_path,
        THREE,
        edition("a", 50, x=SURE),
        edition("b", 100, x=SURE, y=SURE, z=MAYBE),
        edition("c", 60),
    )
    assert [(r.label, r.total, r.named, r.suggested) for r in made.rows] == [
        ("Europe 2030", 50, 1, 0),
        ("Europe 2031", 60, 0, 0),
        ("North America 2031", 100, 2, 1),
    ]
    assert [(r.confirmed, r.with_suggested) for r in made.rows] == [
        ("2.0%", "2.0%"),
        ("0%", "0%"),
        ("2.0%", "3.0%"),
    ]
    assert made.notes == ()
    assert made.rows[1].spoken == "Europe 2031 0.0%, of 60 sessions"
    assert made.rows[2].spoken == "North America 2031 2.0% + 1.0 suggested, of 100 sessions"


def test_what_was_called_off_is_neither_counted_nor_counted_among(tmp_path: Path) -> None:
    made = kernel(
        tmp_path,
        THREE,
        edition("a", 50, x=SURE, y=OFF),
        edition("b", 50, x=OFF, y=SURE | {"status": "withdrawn"}),
        edition("c"),
    )
    assert [(r.label, r.total, r.named) for r in made.rows] == [
        ("Europe 2030", 50, 1),
        ("Europe 2031", 50, 0),
        ("North America 2031", 50, 0),
    ]
    assert made.rows[2].path == ""


def test_what_only_tracks_say_is_told_apart_where_tracks_are_not_always_known(
    tmp_path: Path,
) -> None:
    tracked = {id: given | {"tracks": ["Core"]} for id, given in edition("b").items()}
    found = views(tmp_path, THREE, edition("a", x=SURE), tracked, edition("c"), tracks=["Core"])
    made = trends.trend(found, "kernel")
    assert [(r.named, r.by_track) for r in made.rows] == [(1, 0), (0, 0), (0, 50)]
    assert list(made.notes) == [
        (
            "The tracks of Europe 2030 and Europe 2031 are not known: "
            "compare only what is solid with those."
        ),
    ]


def test_a_theme_that_is_only_suggested_is_drawn_as_such(tmp_path: Path) -> None:
    made = kernel(tmp_path, THREE, edition("a", x=MAYBE), edition("b"), edition("c"))
    (rows,) = (each for each in made.pictures if each.name != "columns")
    assert [bool(bar.named or bar.track) for bar in rows.bars] == [False, False, False]
    assert [bool(bar.suggested) for bar in rows.bars] == [True, False, False]
    assert made.ribbon
    assert made.ribbon.sure == ""
    assert made.rows[0].path == "themes/kernel/#suggested-sessions"


def test_under_three_editions_nothing_is_drawn_and_the_page_says_why(tmp_path: Path) -> None:
    made = kernel(
        tmp_path, {"a": conf(2030), "b": conf(2031)}, edition("a", x=SURE), edition("b", x=SURE)
    )
    assert (made.pictures, made.ribbon, made.rows) == ((), None, ())
    assert list(made.notes) == [
        (
            "No share is drawn: that takes 3 editions of one conference with at least 50 sessions "
            "each, some of them with themes, and there are 2 such editions (2030 and 2031)."
        ),
    ]


@pytest.mark.parametrize("events", [{}, {"a": EVENT}])
def test_events_without_a_series_are_not_compared(
    tmp_path: Path, events: dict[str, object]
) -> None:
    made = kernel(tmp_path, events, *(edition(id) for id in events))
    assert made.pictures == ()
    assert made.notes[0].endswith("and there are none.")


def test_editions_that_cannot_be_compared_are_named_with_the_reason(tmp_path: Path) -> None:
    events = THREE | {"d": conf(2032), "e": conf(2033), "f": EVENT | {"name": "Another Day"}}
    blank = {f"e/t{at}": talk() for at in range(60)}
    made = kernel(
        tmp_path,
        events,
        *(edition(id, x=SURE) for id in "abc"),
        edition("d", 30, x=SURE),
        blank,
        edition("f", 80, x=SURE),
    )
    assert [row.label for row in made.rows] == [
        "Europe 2030",
        "Europe 2031",
        "North America 2031",
    ]
    assert list(made.notes) == [
        (
            "Left out: Europe 2032 (30 sessions) and Europe 2033 (no session has a theme). "
            "A share is drawn from 50 sessions on."
        ),
        "Of another series, and so not in the picture: Another Day.",
    ]


def test_the_conference_with_most_to_compare_is_drawn(tmp_path: Path) -> None:
    side = {
        f"s{at}": conf(2030 + at, name=f"Side Day {2030 + at}", series="Side Day Europe")
        for at in range(2)
    }
    found = views(
        tmp_path, THREE | side, *(edition(id, x=SURE) for id in ("a", "b", "c", "s0", "s1"))
    )
    assert [(f.name, len(f.editions)) for f in editions.families(found)] == [
        ("Conf", 3),
        ("Side Day", 2),
    ]
    assert trends.trend(found, "kernel").family == "Conf"


def test_a_theme_without_sessions_there_has_no_picture(tmp_path: Path) -> None:
    made = kernel(tmp_path, THREE, *(edition(id) for id in "abc"))
    assert made.pictures == ()
    assert made.notes == ("None of 3 editions of Conf had a session on it.",)


def test_a_bar_leads_to_the_sessions_of_its_edition(tmp_path: Path) -> None:
    many = {f"x{at}": SURE for at in range(120)}
    talks = (edition("a", 150, x=SURE), edition("b", 150, **many), edition("c", x=SURE))
    made = kernel(tmp_path, THREE, *talks)
    assert [row.path for row in made.rows] == [
        "themes/kernel/sessions/page/2/#event-a",
        "themes/kernel/sessions/page/2/#event-c",
        "themes/kernel/sessions/#event-b",
    ]


# The pictures


LABELS = [f"{place} {year}" for year in range(2018, 2027) for place in ("EU", "NA")]
NUMBER = re.compile(r"-?[\d.]+")


def numbers(path: str) -> list[float]:
    return [float(each) for each in NUMBER.findall(path)]


@pytest.mark.parametrize("number", [3, 18, 40])
def test_bars_lie_inside_the_frame_beside_each_other_and_are_to_scale(number: int) -> None:
    labels = (LABELS * 3)[:number]
    shares = [bars.Shares(at, 1, 2) for at in range(number)]
    made = bars.pictures(labels, shares)
    assert [each.name for each in made] == (["only"] if number == 40 else ["columns", "rows"])
    for picture in made:
        long = []
        for at, bar in enumerate(picture.bars):
            x, y, *_ = numbers(bar.space)
            assert (x if picture.name == "columns" else y) >= 0
            spans = [numbers(part) for part in (bar.named, bar.track, bar.suggested) if part]
            assert len(spans) == (3 if at else 2)
            upright = picture.name == "columns"
            long.append(abs(spans[0][3 if upright else 2] - spans[0][1 if upright else 0]))
        assert long[2:] == sorted(long[2:])
        written = [text for bar in picture.bars for text in (*bar.labels, *bar.numbers)]
        assert all(0 <= text.x <= picture.frame[0] for text in written)


def test_a_scale_holds_the_highest_bar_with_few_lines() -> None:
    for most in (0.05, 0.4, 1, 3.3, 9.9, 26, 100):
        columns = bars.pictures(["EU 2018"], [bars.Shares(most, 0, 0)])[0]
        assert 2 <= len(columns.scale) <= bars.LINES + 1
        assert float(columns.scale[-1].text.rstrip("%")) >= most


def test_labels_too_long_for_columns_stand_beside_rows() -> None:
    labels = [f"The congress of {year}" for year in range(2010, 2026)]
    (only,) = bars.pictures(labels, [bars.Shares(1, 0, 0)] * len(labels))
    assert only.name == "only"
