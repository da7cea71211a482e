"""The choice of two editions in a browser, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from kbsite.build import build
from tests.bases import CONFIG, write
from tests.browser import axe
from tests.browser.conftest import DESK, PHONE, OpenTab, box
from tests.graphs import KERNEL, SEEING
from tests.serving import served
from tests.test_trends import MAYBE, SURE, THREE, edition


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of three editions, the first of which has most talks on kernels."""
    root = tmp_path_factory.mktemp("conference")
    many = {f"k{at}": SURE for at in range(30)}
    talks = edition("a", 60, **many) | edition("b", x=SURE, y=MAYBE) | edition("c", x=SURE, y=SURE)
    write(
        root,
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": ({"title": "Conf"}, ""),
            **{f"sessions/{id}/event.yaml": event for id, event in THREE.items()},
            **{f"sessions/{id}.yaml": record for id, record in talks.items()},
            "themes/kernel.md": KERNEL,
            "themes/seeing.md": SEEING,
        },
    )
    build(root, site_dir=root / "site", search=False)
    with served(root / "site") as host:
        yield host


def test_two_editions_are_chosen_in_any_order(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = tab.open("compare/")
        page.get_by_label("Compare", exact=True).select_option("North America 2031")
        page.get_by_label("with").select_option("Europe 2030")
        page.get_by_role("button", name="Compare").click()
        page.wait_for_url("**/compare/a--b/")
        expect(page.locator("h1")).to_have_text("Conf Europe 2030 and Conf North America 2031")
        expect(page.get_by_role("row", name="Kernels")).to_contain_text("50.0%30 of 60")
        assert tab.complaints == []


def test_a_share_leads_to_the_sessions_that_it_counts(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = tab.open("compare/a--b/")
        kernels = page.get_by_role("row", name="Kernels")
        expect(kernels).to_contain_text("1 of 50")
        kernels.get_by_role("cell").nth(1).get_by_role("link").click()
        expect(page.get_by_role("status")).to_contain_text("1 of ")
        expect(page.get_by_label("Only what is confirmed").first).to_be_checked()
        assert tab.complaints == []


def test_an_edition_is_not_compared_with_itself(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = tab.open("compare/")
        for label in ("Compare", "with"):
            page.get_by_label(label, exact=True).select_option("Europe 2030")
        page.get_by_role("button", name="Compare").click()
        invalid = page.locator("select:invalid")
        expect(invalid).to_have_count(1)
        expect(page).to_have_url(f"{conference}compare/")
        page.get_by_label("with").select_option("Europe 2031")
        expect(invalid).to_have_count(0)


def test_without_scripts_the_table_leads_to_each_pair(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference, java_script_enabled=False) as tab:
        page = tab.open("events/")
        page.get_by_role("link", name="Compare two editions").click()
        expect(page.locator("form.kb-pair")).to_be_hidden()
        row = page.get_by_role("row", name="North America 2031")
        row.locator("summary").click()
        row.get_by_role("link", name="Europe 2030").click()
        page.wait_for_url("**/compare/a--b/")
        page = tab.open("events/c/")
        page.get_by_role("link", name="Europe 2030").click()
        page.wait_for_url("**/compare/a--c/")
        assert tab.complaints == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_bar_of_a_trend_leads_to_the_talks_of_its_edition(
    open_tab: OpenTab, conference: str, viewport: dict[str, int]
) -> None:
    with open_tab(conference, viewport=viewport, java_script_enabled=False) as tab:
        page = tab.open("themes/kernel/")
        bars = page.locator(".kb-shares a:has(path)").filter(visible=True)
        expect(bars).to_have_count(3)
        sizes = bars.locator("text").evaluate_all(
            "found => found.map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a)"
        )
        assert min(sizes) >= 11
        page.get_by_role("link", name="Europe 2031 4.0%, of 50 sessions").click()
        page.wait_for_url("**/themes/kernel/#event-c")
        expect(page.locator("#event-c")).to_be_in_viewport()
        page.locator("summary", has_text="The numbers").click()
        cells = page.get_by_role("row", name="North America 2031").get_by_role("cell")
        expect(cells).to_have_text(["50", "1", "2.0%", "1", "4.0%"])
        assert tab.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_trends_and_comparisons(
    open_tab: OpenTab, conference: str, viewport: dict[str, int], scheme: str
) -> None:
    looks = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    with open_tab(conference, **looks) as tab:
        for path in ("compare/", "compare/a--b/", "themes/kernel/", ""):
            page = tab.open(path)
            for each in page.locator("details").all():
                each.evaluate("details => details.open = true")
            judged = axe.findings(page) if scheme == "light" else axe.colours(page)
            assert judged == [], path
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            assert wide <= viewport["width"], path
        assert tab.complaints == []


def test_the_tile_of_a_theme_has_its_ribbon_beside_its_counts(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference, viewport=PHONE) as tab:
        page = tab.open("")
        tile = page.locator(".kb-tile a").first
        parts = (".kb-tile__name", ".kb-ribbon", ".kb-meta")
        name, ribbon, counts = (box(tile.locator(part)) for part in parts)
        assert ribbon["x"] > counts["x"] + counts["width"] - 1
        assert min(ribbon["y"], counts["y"]) >= name["y"] + name["height"] - 1
