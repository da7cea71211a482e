"""Pictures made of numbers: what they show, and that nothing in them overlaps or runs over."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kbsite.graph import Graph, hues
from kbsite.kinds import layouts, matrix, themes_map
from kbsite.kinds import themes as pages
from kbsite.kinds.base import Views
from kbsite.kinds.layouts import ThemesMap
from tests.graphs import KERNEL, SEEING, linked, talk

Layout = Callable[[Views], ThemesMap]
WORDS = ("Kernels", "Observability", "Multi-tenancy", "AI", "Supply chain security", "Fleet")


def themes(number: int) -> dict[str, object]:
    """Themes with names short and long, and one of them too long for any label."""
    names = [
        f"{WORDS[at % 6]}{f' and {WORDS[at % 5]} {at}' * (at // 6 % 3)}" for at in range(number)
    ]
    names[0] = "Operational efficiency " * 8
    return {f"themes/t{at}.md": ({"name": f"{name} {at}"}, "") for at, name in enumerate(names)}


def meeting(tmp_path: Path, number: int) -> Graph:
    """A graph in which theme N meets the next one, and one that is far away."""
    talks = {
        f"talk-{at}": talk(
            themes=sorted({f"t{at % number}", f"t{(at + 1) % number}", f"t{at * 7 % number}"})
        )
        for at in range(number * 2)
    }
    return linked(tmp_path, talks, themes(number))


@pytest.mark.parametrize("layout", [layouts.ring, layouts.column])
@pytest.mark.parametrize("number", [2, 11, 25, 60])
def test_no_labels_overlap_and_all_are_inside_the_frame(
    tmp_path: Path, number: int, layout: Layout
) -> None:
    made = layout(Views(meeting(tmp_path, number)))
    assert len(made.nodes) == number
    assert layouts.overlapping(made.nodes) == []
    left, top, width, height = made.frame
    for node in made.nodes:
        corners = layouts.label_box(node)
        corners += [(node.x - node.radius, node.y), (node.x, node.y + node.radius)]
        for x, y in corners:
            assert left <= x <= left + width, node.label
            assert top <= y <= top + height, node.label


def test_labels_that_overlap_are_seen(tmp_path: Path) -> None:
    nodes = layouts.ring(Views(meeting(tmp_path, 2))).nodes
    assert layouts.overlapping([nodes[0], nodes[0]]) == [(nodes[0].label, nodes[0].label)]


@pytest.mark.parametrize("number", [11, 60])
def test_circles_do_not_touch(tmp_path: Path, number: int) -> None:
    for made in (
        layouts.ring(Views(meeting(tmp_path, number))),
        layouts.column(Views(meeting(tmp_path, number))),
    ):
        for one in made.nodes:
            for other in made.nodes:
                apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
                assert one is other or apart > one.radius + other.radius


def test_a_theme_without_meetings_has_a_circle_and_no_lines(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {"one": talk(themes=["kernel"])},
        {"themes/kernel.md": KERNEL, "themes/seeing.md": SEEING},
    )
    for made in (layouts.ring(Views(graph)), layouts.column(Views(graph))):
        assert made.edges == ()
        assert [node.own for node in made.nodes] == ["", ""]
        assert [node.number for node in made.nodes] == [1, 0]


def test_of_many_lines_each_theme_keeps_its_strongest() -> None:
    names = [f"t{at:02}" for at in range(30)]
    every = {
        (one, other): (3 if other == "t29" else 1)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
    }
    kept = layouts.drawn(every)
    assert len(kept) < len(every) / 3
    assert all(pair in kept for pair in every if "t29" in pair)
    assert layouts.drawn(dict(list(every.items())[:40])).keys() == set(list(every)[:40])


# The table of themes


def test_themes_that_are_alike_stand_side_by_side(tmp_path: Path) -> None:
    groups = ("ace", "bdf")
    talks = {f"{n}{at}": talk(themes=list(group)) for n, group in enumerate(groups) for at in "xy"}
    talks["between"] = talk(themes=["e", "f"])
    names = {f"themes/{id}.md": ({"name": f"Theme {id}"}, "") for id in "abcdefg"}
    made = matrix.matrix(Views(linked(tmp_path, talks, names)))
    order = "".join(row.ref.path.split("/")[1] for row in made.rows)
    assert order in ("acefbd", "acefdb", "caefbd", "caefdb")
    assert [ref.text for ref in made.lone] == ["Theme g"]
    assert (made.themes, made.meetings) == (0, 0)


def test_a_cell_has_the_number_and_the_shade_of_its_share(tmp_path: Path) -> None:
    talks = {
        "one": talk(themes=["a", "b"]),
        "two": talk(themes=["a", "b"]),
        **{f"t{at}": talk(themes=["b", "c"]) for at in range(1)},
        **{f"u{at}": talk(themes=["c"]) for at in range(20)},
    }
    names = {f"themes/{id}.md": ({"name": f"Theme {id}"}, "") for id in "abc"}
    made = matrix.matrix(Views(linked(tmp_path, talks, names)))
    held = [cell for row in made.rows for cell in row.cells if cell]
    cells = {cell.path: (cell.number, cell.shade) for cell in held}
    assert cells == {
        "explore/?theme=b&theme=a&all=theme&confirmed=theme": (2, 5),
        "explore/?theme=c&theme=b&all=theme&confirmed=theme": (1, 2),
    }
    assert made.darkest == 67
    assert [len(row.cells) for row in made.rows] == [0, 1, 2]


def test_a_table_of_very_many_themes_is_bounded(tmp_path: Path) -> None:
    talks = {
        f"t{at}": talk(themes=sorted({f"t{(at * step) % 70}" for step in range(1, 30)}))
        for at in range(1, 70)
    }
    made = matrix.matrix(Views(linked(tmp_path, talks, themes(70))))
    cells = [cell for row in made.rows for cell in row.cells if cell]
    assert (len(made.rows), len(cells)) == (matrix.THEMES, matrix.CELLS)
    assert made.themes == 70 - matrix.THEMES
    assert made.meetings > 0


@pytest.mark.parametrize(("number", "paths"), [(8, ["map/"]), (9, ["map/", "map/picture/"])])
def test_few_themes_have_a_picture_and_more_have_a_table_first(
    tmp_path: Path, number: int, paths: list[str]
) -> None:
    found = list(themes_map.pages(Views(meeting(tmp_path, number))))
    assert [page.path for page in found] == paths
    assert found[-1].template == "themes_map.html"


# Hues


def test_hues_are_far_apart_and_never_that_of_a_link() -> None:
    for number in (0, 1, 2, 11, 60):
        found = hues.spread([f"t{at:02}" for at in range(number)])
        assert not [hue for hue in found.values() if 245 <= hue < 275]
        assert len(set(found.values())) == number
    for number in range(3, 16):
        turned = sorted((h - 275) % 360 for h in hues.spread("abcdefghijklmno"[:number]).values())
        assert min(b - a for a, b in pairwise(turned)) >= 0.5 * 330 / number, number


ELEVEN = (
    "agentic-infrastructure", "ai-infrastructure", "developer-experience", "ebpf", "governance",
    "llm-inference", "observability", "opentelemetry", "operational-efficiency",
    "platform-engineering", "supply-chain-security",
)  # fmt: skip


def test_eleven_themes_have_hues_that_eyes_tell_apart() -> None:
    turned = sorted((h - 275) % 360 for h in hues.spread(ELEVEN).values())
    assert min(b - a for a, b in pairwise(turned)) >= 20


def test_most_keep_their_hue_when_one_is_added() -> None:
    before = hues.spread(ELEVEN)
    for new in ("accessibility", "kernels", "zero-trust"):
        after = hues.spread([*ELEVEN, new])
        assert sum(after[id] == before[id] for id in ELEVEN) >= len(ELEVEN) * 0.6, new


# The names of themes in lists


def test_a_theme_is_never_said_to_have_no_sessions_where_some_are_suggested(
    tmp_path: Path,
) -> None:
    talks = {name: talk(suggested_themes=["kernel"]) for name in ("a", "b")}
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL, "themes/seen.md": SEEING})
    views = Views(graph)
    assert pages.entry(views, "kernel").sessions == "2 suggested sessions"
    assert pages.entry(views, "seen").sessions == "No sessions yet"
    said = {page.path: page.description for page in pages.pages(views)}
    assert said["themes/kernel/"] == (
        "Kernels at conferences. 2 suggested sessions, with the people and projects behind them."
    )
    assert said["themes/seen/"] == "Seeing What Runs at conferences."


# Labels


def test_a_text_is_shortened_to_its_room() -> None:
    assert layouts.shortened("eBPF", 100) == "eBPF"
    short = layouts.shortened("Operational efficiency of fleets", 100)
    assert re.fullmatch(r"Operational ?\w*…", short)
    assert layouts.text_width(short) <= 100
    assert layouts.text_width("可观测性") > layouts.text_width("four")
