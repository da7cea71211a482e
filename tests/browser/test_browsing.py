"""The site in a browser: on a phone and a desk, light and dark, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import expect

from kbsite.pipeline import Prepared
from tests.browser.conftest import DESK, PHONE, OpenTab, box
from tests.conftest import Pages


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_the_palette_is_the_one_that_the_reader_s_system_has(
    open_tab: OpenTab, address: str, palette: Literal["light", "dark"]
) -> None:
    scheme = {"light": "default", "dark": "slate"}[palette]
    with open_tab(address, color_scheme=palette) as tab:
        for path in ("", "404.html"):
            body = tab.open(path).locator("body")
            expect(body).to_have_attribute("data-md-color-scheme", scheme)
        assert tab.complaints == []


def test_the_palette_that_was_chosen_is_remembered(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, color_scheme="light") as tab:
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
    open_tab: OpenTab, address: str, prepared: Prepared
) -> None:
    taught = max(prepared.graph.sessions.values(), key=lambda node: len(node.learnings))
    last = taught.learnings[-1]
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open(f"sessions/{last.session}/#learning-{last.id}")
        learning = page.locator(f"#learning-{last.id}")
        page.wait_for_function("scrollY > 0")
        expect(learning).to_be_in_viewport()
        header = box(page.locator("header.md-header"))
        assert box(learning)["y"] >= header["y"] + header["height"] - 1


MAP = "map/"
EXPLORE = "explore/"
FORMER = "sessions/example-conf-2031/news-from-the-kernel/"
PRESENT = "sessions/example-conf-2031/kernel-news/"


def test_a_redirect_leads_on_and_keeps_the_anchor(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address) as tab:
        page = tab.open(f"{FORMER}#learning-fewer-copies")
        page.wait_for_url(f"{small_address}{PRESENT}#learning-fewer-copies")
        expect(page.locator("#learning-fewer-copies")).to_be_in_viewport()
        assert tab.complaints == []


def test_a_redirect_leads_on_without_javascript(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address, java_script_enabled=False) as tab:
        tab.open(FORMER).wait_for_url(f"{small_address}{PRESENT}")


SEEN = "'<style>* { content-visibility: visible !important }</style>'"


def test_every_kind_of_page_shows_its_content_without_javascript(
    open_tab: OpenTab, address: str, repo_pages: Pages, one_of_each: list[str]
) -> None:
    lacking = []
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        for path in one_of_each:
            page = tab.open(path)
            # What is far out of sight of a phone is laid out as it comes near.
            page.evaluate(f"document.head.insertAdjacentHTML('beforeend', {SEEN})")
            written = repo_pages[path if path.endswith(".html") else f"{path}index.html"]
            shown = re.sub(r"\s+", "", page.locator("article").inner_text())
            lacking += [
                f"{path}: {heading.text}"
                for heading in written.headings
                if heading.level < 4 and re.sub(r"\s+", "", heading.text) not in shown
            ]
            # Phones have a picture of the map for its table, on the home page fewer of each, and
            # on Explore sessions without their times and themes.
            if path == "" or path.startswith((MAP, EXPLORE)):
                continue
            if len(shown) < 0.8 * len(re.sub(r"\s+", "", written.content)):
                lacking.append(f"{path}: much of its text is not shown")
    assert lacking == []


def test_records_that_attack_run_nothing(
    open_tab: OpenTab, hostile_address: str, hostile_pages: Pages
) -> None:
    assert len(hostile_pages) > 25
    wrong = []
    with open_tab(hostile_address) as tab:
        for file, read in hostile_pages.items():
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


def test_on_a_phone_few_learnings_and_few_themes_stand_on_the_home_page_and_the_way_to_all(
    open_tab: OpenTab, address: str
) -> None:
    seen = {}
    for name, viewport in (("phone", PHONE), ("desk", DESK)):
        with open_tab(address, viewport=viewport) as tab:
            page = tab.open("")
            lists = (page.locator(".kb-learnings > li"), page.locator(".kb-tiles > li"))
            seen[name] = [each.filter(visible=True).count() for each in lists]
            expect(page.get_by_role("link", name=re.compile(r"^All \d+ themes$"))).to_be_visible()
            headings = page.locator("article h2").all_inner_texts()
            assert headings[:3] == ["Where the field is going", "What was learned", "Themes"]
    assert seen == {"phone": [3, 8], "desk": [6, 24]}
