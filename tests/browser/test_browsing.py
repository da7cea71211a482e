"""The site in a browser: on a phone and a desk, light and dark, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from kbsite.pipeline import prepare
from tests import crawl
from tests.browser.conftest import DESK, PHONE, OpenTab
from tests.conftest import REPO


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_kind_of_page_complains_or_asks_another_host(
    open_tab: OpenTab,
    address: str,
    one_of_each: list[str],
    palette: str,
    size: dict[str, int],
) -> None:
    scheme = {"light": "default", "dark": "slate"}[palette]
    wrong = []
    with open_tab(address, viewport=size, color_scheme=palette) as tab:
        for path in one_of_each:
            page = tab.open(path)
            if page.locator("body").get_attribute("data-md-color-scheme") != scheme:
                wrong.append(f"{path}: is not {palette}")
            wrong += [f"{path}: {complaint}" for complaint in tab.complaints]
            tab.complaints.clear()
    assert wrong == []


def test_no_kind_of_page_scrolls_sideways_on_the_narrowest_phone(
    open_tab: OpenTab, address: str, one_of_each: list[str]
) -> None:
    wide = []
    with open_tab(address, viewport={"width": 320, "height": 640}) as tab:
        for path in one_of_each:
            width = tab.open(path).evaluate("document.scrollingElement.scrollWidth")
            if width > 320:
                wide.append(f"{path}: {width}")
    assert wide == []


def test_the_palette_that_was_chosen_is_remembered(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=DESK, color_scheme="light") as tab:
        page = tab.open("")
        body = page.locator("body")
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        page.locator("label[title='Switch to dark']").click()
        expect(body).to_have_attribute("data-md-color-scheme", "slate")
        page = tab.open("themes/ebpf/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert tab.complaints == []


def test_the_drawer_of_a_phone_opens_and_leads_to_the_themes(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open("")
        page.get_by_role("button", name="Menu").click()
        entry = page.locator(".md-nav--primary").get_by_role("link", name="Themes", exact=True)
        expect(entry).to_be_in_viewport()
        entry.click()
        page.wait_for_url(f"{address}themes/")
        expect(page.locator("article h1")).to_have_text("Themes")
        assert tab.complaints == []


def test_a_permalink_of_a_learning_shows_it_below_the_header(
    open_tab: OpenTab, address: str
) -> None:
    taught = max(prepare(REPO).graph.sessions.values(), key=lambda node: len(node.learnings))
    last = taught.learnings[-1]
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open(f"sessions/{last.session}/#learning-{last.id}")
        learning = page.locator(f"#learning-{last.id}")
        expect(learning).to_be_in_viewport()
        place, header = learning.bounding_box(), page.locator("header.md-header").bounding_box()
        assert place is not None
        assert header is not None
        assert place["y"] >= header["y"] + header["height"] - 1
        assert page.evaluate("scrollY") > 0


FORMER = "sessions/example-conf-2031/news-from-the-kernel/"
PRESENT = "sessions/example-conf-2031/kernel-news/"


def test_a_redirect_leads_on_and_keeps_the_anchor(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address, viewport=DESK) as tab:
        page = tab.open(f"{FORMER}#learning-fewer-copies")
        page.wait_for_url(f"{small_address}{PRESENT}#learning-fewer-copies")
        expect(page.locator("#learning-fewer-copies")).to_be_in_viewport()
        assert tab.complaints == []


def test_a_redirect_leads_on_without_javascript(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address, java_script_enabled=False) as tab:
        tab.open(FORMER).wait_for_url(f"{small_address}{PRESENT}")


def test_every_kind_of_page_shows_its_content_without_javascript(
    open_tab: OpenTab, address: str, site: Path, one_of_each: list[str]
) -> None:
    lacking = []
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        for path in one_of_each:
            page = tab.open(path)
            file = path if path.endswith(".html") else f"{path}index.html"
            written = crawl.read((site / file).read_text("utf-8"), file)
            shown = re.sub(r"\s+", "", page.locator("article").inner_text())
            lacking += [
                f"{path}: {heading.text}"
                for heading in written.headings
                if heading.level < 4 and re.sub(r"\s+", "", heading.text) not in shown
            ]
            if len(shown) < 0.8 * len(re.sub(r"\s+", "", written.content)):
                lacking.append(f"{path}: much of its text is not shown")
    assert lacking == []


def test_records_that_attack_run_nothing(
    open_tab: OpenTab, hostile_address: str, hostile_site: Path
) -> None:
    files = crawl.read_site(hostile_site)
    assert len(files) > 25
    wrong = []
    with open_tab(hostile_address, viewport=DESK) as tab:
        for file, read in files.items():
            page = tab.open(file)
            if not read.refresh:
                expect(page.locator("article h1")).to_have_count(1)
            wrong += [f"{file}: {complaint}" for complaint in tab.complaints]
            tab.complaints.clear()
    assert wrong == []


def test_the_menu_of_a_phone_works_by_keyboard(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open("")
        menu = page.get_by_role("button", name="Menu")
        entry = page.locator(".md-nav--primary").get_by_role("link", name="Themes", exact=True)
        expect(entry).to_be_hidden()
        menu.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("aria-expanded", "true")
        expect(entry).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(menu).to_have_attribute("aria-expanded", "false")
        expect(menu).to_be_focused()
        expect(entry).to_be_hidden()
        assert tab.complaints == []


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found


def test_tiles_of_themes_are_laid_out_as_tiles(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open("")
        tile = page.locator(".kb-tile a").first
        name, spark, counts = (tile.locator(part) for part in (".kb-tile__name", "svg", ".kb-meta"))
        first, beside, below = (box(part) for part in (name, spark, counts))
        assert beside["x"] > first["x"] + first["width"] - 1
        assert below["y"] >= first["y"] + first["height"] - 1
