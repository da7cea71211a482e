"""Which sessions are related, and why."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kbsite.graph import relate as module
from kbsite.graph.nodes import Relation
from kbsite.graph.relate import MOST, NEIGHBOURS, Relations
from tests.bases import EVENT
from tests.graphs import KERNEL, SEEING, linked, talk

THEMES = {"themes/kernel.md": KERNEL, "themes/seeing.md": SEEING}


def by(*names: str, org: str | None = None) -> list[dict[str, str]]:
    return [{"name": name} | ({"org": org} if org else {}) for name in names]


def related(root: Path, talks: dict[str, object], to: str = "one", **files: Any) -> list[str]:
    relations = linked(root, talks, THEMES | files).relations[f"conf/{to}"]
    return [relation.session.removeprefix("conf/") for relation in relations]


@pytest.mark.parametrize(
    ("shared", "reason"),
    [
        ({"themes": ["kernel"]}, "Both about Kernels"),
        ({"themes": ["kernel", "seeing"]}, "Both about Kernels and Seeing What Runs"),
        ({"projects": ["Tiny Kernel"]}, "Both about Tiny Kernel"),
        ({"projects": ["a", "b", "c", "d"]}, "Both about a, b and c"),
        ({"projects": ["Kernels", "a"], "themes": ["kernel"]}, "Both about Kernels and a"),
        ({"speakers": by("Ada Kern")}, "By the same speaker"),
        ({"speakers": by("Ada Kern", "Bo Stone")}, "By the same speakers"),
        ({"speakers": by("Ada Kern", org="Works")}, "By the same speaker"),
        (
            {"themes": ["kernel", "seeing"], "projects": ["Tiny"], "speakers": by("Ada Kern")},
            "By the same speaker, about Tiny, Kernels and Seeing What Runs",
        ),
    ],
)
def test_a_reason_is_said_as_people_would(
    tmp_path: Path, shared: dict[str, Any], reason: str
) -> None:
    talks = {name: talk(f"Talk {name}", **shared) for name in ("one", "two")}
    graph = linked(tmp_path, talks, THEMES)
    assert graph.relations["conf/one"] == (Relation(session="conf/two", reason=reason),)
    assert graph.relations["conf/two"] == (Relation(session="conf/one", reason=reason),)


def test_a_reason_names_whom_two_sessions_share_and_for_whom_others_speak(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=by("Ada Kern", "Bo Stone", org="Works")),
        "with-ada": talk(speakers=by("Ada Kern")),
        "of-works": talk(speakers=by("Cy Mill", org="Works")),
    }
    relations = linked(tmp_path, talks, THEMES).relations
    assert [(r.session, r.reason) for r in relations["conf/one"]] == [
        ("conf/of-works", "By people from Works"),
        ("conf/with-ada", "Also with Ada Kern"),
    ]
    assert relations["conf/with-ada"][0].reason == "By the same speaker"


def test_sessions_that_share_nothing_are_not_related(tmp_path: Path) -> None:
    talks = {
        "one": talk(themes=["kernel"]),
        "two": talk(themes=["seeing"]),
        "three": talk(room="Hall"),
    }
    graph = linked(tmp_path, talks, THEMES)
    assert set(graph.relations.values()) == {()}


def test_a_suggested_theme_relates_too_but_less_and_says_so(tmp_path: Path) -> None:
    talks = {
        "one": talk(themes=["kernel"]),
        "sure": talk(themes=["kernel"]),
        "perhaps": talk(suggested_themes=["kernel"]),
        "perhaps-too": talk(suggested_themes=["kernel"]),
    }
    relations = linked(tmp_path, talks, THEMES).relations
    perhaps = "Both perhaps about Kernels"
    assert relations["conf/one"] == (
        Relation(session="conf/sure", reason="Both about Kernels"),
        Relation(session="conf/perhaps", reason=perhaps),
        Relation(session="conf/perhaps-too", reason=perhaps),
    )
    assert relations["conf/perhaps"][-1] == Relation(session="conf/sure", reason=perhaps)


def test_what_an_editor_chose_comes_first_and_in_that_order(tmp_path: Path) -> None:
    talks = {
        "one": talk(themes=["kernel"], projects=["Tiny"], related=["conf/far", "conf/near"]),
        "near": talk(themes=["kernel"]),
        "nearest": talk(themes=["kernel"], projects=["Tiny"]),
        "far": talk(),
    }
    relations = linked(tmp_path, talks, THEMES).relations["conf/one"]
    assert [(r.session, r.reason) for r in relations] == [
        ("conf/far", "Chosen by an editor"),
        ("conf/near", "Chosen by an editor, both about Kernels"),
        ("conf/nearest", "Both about Tiny and Kernels"),
    ]


def test_every_session_that_was_chosen_is_shown_however_many(tmp_path: Path) -> None:
    chosen = [f"t{at}" for at in range(MOST + 2)]
    talks: dict[str, object] = {own: talk(themes=["kernel"]) for own in chosen}
    talks["one"] = talk(themes=["kernel"], related=[f"conf/{own}" for own in chosen])
    talks["other"] = talk(themes=["kernel"])
    assert related(tmp_path, talks) == chosen


def test_what_is_rare_counts_more_than_what_is_frequent(tmp_path: Path) -> None:
    talks: dict[str, object] = {f"t{at}": talk(themes=["kernel"]) for at in range(9)}
    talks |= {
        "one": talk(themes=["kernel", "seeing"]),
        "rare": talk("Z", themes=["seeing"]),
    }
    assert related(tmp_path, talks)[0] == "rare"


def test_no_more_than_a_few_are_shown_best_first(tmp_path: Path) -> None:
    talks: dict[str, object] = {f"t{at}": talk(themes=["kernel"]) for at in range(20)}
    talks |= {
        "one": talk(themes=["kernel"], projects=["Tiny"]),
        "z": talk("Z", themes=["kernel"], projects=["Tiny"]),
    }
    found = related(tmp_path, talks)
    assert len(found) == MOST
    assert found[0] == "z"


def test_another_edition_of_the_series_is_preferred(tmp_path: Path) -> None:
    series = EVENT | {"series": "Example Conf"}
    files = {
        **THEMES,
        "sessions/conf/event.yaml": series,
        "sessions/conf-2030/event.yaml": series | {"start": "2030-04-01", "end": "2030-04-02"},
        "sessions/other/event.yaml": EVENT | {"start": "2032-04-01", "end": "2032-04-02"},
    }
    talks = {
        "one": talk(themes=["kernel"]),
        "beside": talk(themes=["kernel"]),
        "conf-2030/same-series": talk(themes=["kernel"]),
        "conf-2030/same-series-only": talk(themes=["seeing"]),
        "other/no-series": talk(themes=["kernel"]),
    }
    relations = linked(tmp_path, talks, files).relations["conf/one"]
    assert [r.session for r in relations] == [
        "conf-2030/same-series",
        "other/no-series",
        "conf/beside",
    ]


def test_a_session_is_not_related_to_itself_nor_to_one_twice(tmp_path: Path) -> None:
    talks = {
        f"t{at}": talk(themes=["kernel", "seeing"], projects=["Tiny"], related=["conf/t0"])
        for at in range(1, 12)
    }
    graph = linked(tmp_path, {"t0": talk(themes=["kernel"]), **talks}, THEMES)
    for own, relations in graph.relations.items():
        others = [relation.session for relation in relations]
        assert own not in others
        assert len(set(others)) == len(others)


def test_the_work_for_a_session_does_not_grow_with_the_number_of_sessions(tmp_path: Path) -> None:
    few, many = _steps(tmp_path / "few", 200), _steps(tmp_path / "many", 1_000)
    assert few / 200 > 200
    assert many / 1_000 < 1.1 * few / 200


def test_nothing_is_compared_before_somebody_asks(tmp_path: Path) -> None:
    root, talks = tmp_path / "kb", {"one": talk(themes=["kernel"]), "two": talk(themes=["kernel"])}
    with counted() as lines:
        graph = linked(root, talks, THEMES)
    assert lines.count < 20
    with counted() as lines:
        assert [other.session for other in graph.relations["conf/one"]] == ["conf/two"]
    assert lines.count > 20


def test_in_a_long_list_only_neighbours_are_compared(tmp_path: Path) -> None:
    talks = {f"t{at:03}": talk(f"Talk {at:03}", themes=["kernel"]) for at in range(200)}
    graph = linked(tmp_path, talks, THEMES)
    place = {own: at for at, own in enumerate(graph.sessions)}
    for own, relations in graph.relations.items():
        assert len(relations) == MOST
        assert all(abs(place[own] - place[r.session]) <= NEIGHBOURS for r in relations)


def _steps(root: Path, count: int) -> int:
    """How many lines of the module run to relate `count` sessions that share much."""
    talks = {
        f"t{at}": talk(
            themes=["kernel"],
            projects=["Tiny"],
            speakers=[{"name": "Ada Kern", "id": f"ada-kern-{at // 10}", "org": "Works"}],
        )
        for at in range(count)
    }
    graph = linked(root, talks, {"themes/kernel.md": KERNEL})
    with counted() as lines:
        dict(Relations(graph.sessions, graph.events, {}))
    return lines.count


@dataclass
class Lines:
    count: int = 0


@contextmanager
def counted() -> Iterator[Lines]:
    """How many lines of the module run inside."""
    lines = Lines()

    def count(frame: FrameType, happened: str, _: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != module.__file__:
            return None
        lines.count += happened == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield lines
    finally:
        sys.settrace(before)
