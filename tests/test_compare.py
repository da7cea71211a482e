"""Two editions side by side: which pairs there are, what changed, who came back."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from kbsite.catalog import ORGANISATION, PROJECT
from kbsite.kinds import KINDS, compare, compared, themes
from kbsite.kinds.base import Page, Site, Views
from kbsite.kinds.editions import Edition, Family, families
from kbsite.render import Renderer
from tests import crawl
from tests.test_trends import MAYBE, SURE, THREE, Talks, conf, edition, views


def family(found: Views) -> Family:
    return families(found)[0]


def two(found: Views) -> tuple[Edition, Edition]:
    before, after = family(found).comparable[:2]
    return before, after


def paths(found: Views) -> list[str]:
    return [page.path.removeprefix("compare/").rstrip("/") for page in compare.pages(found)]


def talking(*people: tuple[str, str], **given: Any) -> dict[str, Any]:
    return {"speakers": [{"name": name, "org": org} for name, org in people], **given}


def test_each_pair_of_editions_has_a_page_with_the_earlier_first(tmp_path: Path) -> None:
    found = views(tmp_path, THREE, *(edition(id) for id in "abc"))
    assert paths(found) == ["", "a--c", "a--b", "c--b"]
    index, *pairs = compare.pages(found)
    assert index.searchable
    assert not any(page.searchable for page in pairs)


def test_of_very_many_editions_those_next_to_each_other_have_pages(tmp_path: Path) -> None:
    number = compare.ALL + 2
    places = ("Europe", "North America")
    events = {f"e{at:02}": conf(2030 + at // 2, places[at % 2]) for at in range(number)}
    made = paths(views(tmp_path, events, *(edition(id) for id in events)))
    assert {"e00--e01", "e01--e02", "e00--e02", "e01--e03"} <= set(made)
    assert "e00--e03" not in made
    assert len(made) == 1 + (number - 1) + 2 * (number // 2 - 1)


@pytest.mark.parametrize("events", [{}, {"a": conf(2030)}])
def test_one_edition_is_compared_with_nothing(tmp_path: Path, events: dict[str, object]) -> None:
    found = views(tmp_path, events, *(edition(id) for id in events))
    assert paths(found) == []
    assert not compare.any_pair(found)


def test_an_edition_of_few_sessions_is_not_compared(tmp_path: Path) -> None:
    found = views(tmp_path, THREE, edition("a"), edition("b", 30), edition("c"))
    assert paths(found) == ["", "a--c"]


def test_an_event_leads_to_the_edition_before_and_to_that_of_the_year_before(
    tmp_path: Path,
) -> None:
    events = THREE | {"d": conf(2032)}
    found = views(tmp_path, events, *(edition(id) for id in events))
    assert {id: [ref.path for ref in compare.of_event(found, id)] for id in "abcd"} == {
        "a": ["compare/a--c/"],
        "c": ["compare/a--c/"],
        "b": ["compare/c--b/"],
        "d": ["compare/b--d/", "compare/c--d/"],
    }


def test_a_change_is_given_in_points_with_both_shares_and_their_sessions(tmp_path: Path) -> None:
    found = views(
        tmp_path,
        {"a": conf(2030), "b": conf(2031)},
        edition("a", 50, x=SURE, off=SURE | {"status": "cancelled"}),
        edition("b", 100, x=SURE, y=SURE, z=SURE),
    )
    made = compared.changes(found, *two(found))
    (rose,), (fell,) = made.rose, made.fell
    assert (rose.ref.text, rose.before.share, rose.after.share, rose.points) == (
        "Kernels",
        "2.0%",
        "3.0%",
        "+1.0",
    )
    assert (rose.before.number, rose.after.number, rose.after.total) == (1, 3, 100)
    assert rose.after.path == "explore/?event=b&theme=kernel&confirmed=theme"
    assert fell.points.startswith("\N{MINUS SIGN}")
    assert made.session[1] == "1.0"


def test_what_only_tracks_say_counts_if_tracks_are_known_of_both(tmp_path: Path) -> None:
    events = {"a": conf(2030), "b": conf(2031)}
    plain = (edition("a", x=SURE), edition("b", x=SURE))
    tracked = {id: given | {"tracks": ["Core"]} for id, given in plain[1].items()}
    found = views(tmp_path, events, plain[0], tracked, tracks=["Core"])
    made = compared.changes(found, *two(found))
    assert (made.tracked, made.rose, made.fell) == (False, (), ())


def test_new_is_what_was_at_no_earlier_edition(tmp_path: Path) -> None:
    old, other, new = (talking((org[0], org)) for org in ("Ancient", "Between", "Current"))
    found = views(
        tmp_path,
        {"a": conf(2030), "b": conf(2031), "c": conf(2032)},
        edition("a", x=old | {"projects": ["Oldest"]}, y=talking(("Di", "Back"))),
        edition("b", x=other),
        edition(
            "c",
            x=new | {"projects": ["Newest", "Oldest"]},
            y=talking(("Di", "Back")),
            z=other,
            off=talking(("Eve", "Called Off"), status="cancelled"),
        ),
    )
    _, before, after = family(found).comparable
    made = compared.names(found, ORGANISATION, family(found), before, after)
    assert [tally.ref.text for tally in made.new] == ["Current"]
    assert [tally.ref.text for tally in made.again] == ["Back"]
    made = compared.names(found, PROJECT, family(found), before, after)
    assert [tally.ref.text for tally in made.new] == ["Newest"]
    assert [tally.ref.text for tally in made.again] == ["Oldest"]
    assert made.first == "2030"


def test_who_came_back_spoke_at_both(tmp_path: Path) -> None:
    found = views(
        tmp_path,
        {"a": conf(2030), "b": conf(2031)},
        edition("a", x=talking(("Ada", "X"), ("Bo", "X"))),
        edition("b", x=talking(("Ada", "Y")), y=talking(("Ada", "Y"), ("Cy", "Y"))),
    )
    made = compared.returned(found, *two(found))
    assert (made.number, made.total) == (1, 2)
    assert [(tally.ref.text, tally.number) for tally in made.people] == [("Ada", 3)]


def test_long_lists_end_with_how_many_more_there_are(tmp_path: Path) -> None:
    first = ("Ada", "Bo", "Cyril", "Dora", "Emil", "Fatou", "Goran", "Hiro", "Ines")
    last = ("Quill", "Marsh", "Tandem", "Oriol", "Zephyr")
    pairs = enumerate(product(first, last))
    many: Talks = {f"x{at}": talking((" ".join(name), "Works")) for at, name in pairs}
    found = views(
        tmp_path, {"a": conf(2030), "b": conf(2031)}, edition("a", **many), edition("b", **many)
    )
    made = compared.returned(found, *two(found))
    assert (len(made.people), made.more) == (compared.NAMES, 45 - compared.NAMES)


def test_the_numbers_of_both_are_facts(tmp_path: Path) -> None:
    video = {"links": [{"kind": "video", "url": "https://video.example/1"}]}
    found = views(
        tmp_path,
        {"a": conf(2030), "b": conf(2031)},
        edition("a", x=talking(("Ada", "X"), **video)),
        edition("b", 60),
    )
    made = compared.facts(found, *two(found))
    rows = {fact.label: (fact.before, fact.after) for fact in made.facts}
    assert rows["Sessions"] == ("50", "60")
    assert rows["Sessions with a recording"] == ("1", "0")
    assert rows["Sessions whose speakers are known"] == ("1", "0")
    assert rows["People who spoke"] == ("1", "0")


def test_both_kinds_of_page_say_what_they_are_about(tmp_path: Path) -> None:
    found = views(tmp_path, THREE, *(edition(id) for id in "abc"))
    pages: list[Page] = list(compare.pages(found))
    assert pages[1].title == "Conf Europe 2030 and Conf Europe 2031"
    assert all(page.description and page.view().parts for page in pages)


def test_the_bodies_of_comparisons_and_trends_are_sound(tmp_path: Path) -> None:
    many: Talks = {f"x{at}": SURE | talking(("Ada", "Works")) for at in range(20)}
    talks = (edition("a", **many), edition("b", x=SURE), edition("c", y=MAYBE))
    found = views(tmp_path, THREE, *talks)
    renderer = Renderer(KINDS, Site(name="Conf"))
    pages = [*compare.pages(found), *themes.pages(found)]
    for page in pages:
        html = renderer.render(page, page.view())
        body = crawl.read(f"<article>{html}</article>")
        assert body.faults == [], page.path
        levels = [heading.level for heading in body.headings]
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.path
    assert any("kb-shares" in renderer.render(page, page.view()) for page in pages)
