"""With navigation.instant the theme puts pages in the place of others: all goes on working."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kbsite.build import build
from kbsite.plugin.defaults import FEATURES
from tests.bases import CONFIG, write
from tests.browser.axe import colours
from tests.browser.conftest import OpenTab, Tab
from tests.browser.test_session import NEWS, player
from tests.conftest import SMALL
from tests.serving import served

ANYWHERE = "https://example.org/"


@pytest.fixture(scope="module")
def instant_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small site with navigation.instant is served.

    The theme follows links to what the map of the site lists, which knows where it is published.
    """
    base = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("instant") / "base"))
    theme = {"name": "material", "features": [*FEATURES, "navigation.instant"]}
    write(base, {"mkdocs.yml": CONFIG | {"theme": theme, "site_url": ANYWHERE}})
    site = build(base, strict=True).site_dir
    with served(site) as host:
        listed = site / "sitemap.xml"
        listed.write_text(listed.read_text("utf-8").replace(ANYWHERE, host), "utf-8")
        yield host


def arrive(tab: Tab, path: str) -> Page:
    """A page, from which all others are reached without leaving it."""
    page = tab.open(path)
    page.wait_for_load_state("networkidle")  # the map of the site is there
    page.evaluate("window.here = true")
    return page


def follow(page: Page, link: str, path: str) -> None:
    page.locator("article").get_by_role("link", name=link, exact=True).first.click()
    arrived(page, path)


def tab_to(page: Page, name: str, path: str) -> None:
    page.locator(".md-tabs").get_by_role("link", name=name, exact=True).click()
    arrived(page, path)


def arrived(page: Page, path: str) -> None:
    page.wait_for_url(re.compile(rf"/{path}(\?.*|#.*)?$"))
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("window.here"), "the browser went to another page"


def to_the_news(page: Page) -> None:
    follow(page, "Kernel news & gossip in <ten> minutes", NEWS)


def test_a_session_plays_copies_and_tells_the_time_when_it_is_reached(
    open_tab: OpenTab, instant_address: str
) -> None:
    with open_tab(instant_address) as tab:
        tab.move("America/New_York")
        page = arrive(tab, "people/ada-example/")
        to_the_news(page)
        expect(page.locator(".kb-when .kb-local").last).to_have_text("04:00–04:20 your time")
        page.locator("summary", has_text="Cite this session").click()
        page.get_by_role("button", name="Copy the BibTeX").click()
        link = page.locator("#learning-fewer-copies .kb-permalink")
        link.click()
        arrived(page, NEWS)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{instant_address}{NEWS}#learning-fewer-copies"
        assert tab.complaints == []
        page.get_by_role("link", name="Jump to 12:30").click()
        player(page, 750)
        tab_to(page, "People & projects", "people/")
        follow(page, "Ada Example", "people/ada-example/")
        to_the_news(page)
        expect(page.locator(".kb-local", has_text="your time")).to_have_count(1)
        page.get_by_role("link", name="Watch the recording").click()
        player(page, 0)


def test_a_link_to_a_learning_elsewhere_is_copied_where_it_stands(
    open_tab: OpenTab, instant_address: str
) -> None:
    with open_tab(instant_address) as tab:
        page = arrive(tab, "themes/")
        follow(page, "Kernels", "themes/kernel/")
        page.locator(".kb-learning", has_text="copying less").locator(".kb-permalink").click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('#'))")
        arrived(page, "themes/kernel/")
        assert tab.complaints == []


def test_explore_is_whole_on_every_visit(open_tab: OpenTab, instant_address: str) -> None:
    with open_tab(instant_address) as tab:
        page = arrive(tab, "themes/")
        rows = page.locator("#kb-explore .kb-session")
        for _ in range(2):
            tab_to(page, "Explore", "explore/")
            expect(rows).to_have_count(4)
            kinds = page.get_by_role("group", name="Kind").get_by_role("button")
            if kinds.get_attribute("aria-expanded") == "false":
                kinds.click()
            page.get_by_role("checkbox", name="Lightning talk").check()
            expect(rows).to_have_count(1)
            page.go_back()
            expect(rows).to_have_count(4)
            page.go_forward()
            expect(rows).to_have_count(1)
            tab_to(page, "Themes", "themes/")
        page.go_back()
        expect(rows).to_have_count(1)
        assert page.evaluate("window.here")
        assert tab.complaints == []


def test_search_opens_anywhere_as_it_looks_everywhere(
    open_tab: OpenTab, instant_address: str
) -> None:
    with open_tab(instant_address) as tab:
        page = arrive(tab, "themes/")
        for path, name in (("people/", "People & projects"), ("events/", "Events")):
            page.get_by_role("link", name="Search", exact=True).click()
            dialog = page.locator("dialog.kb-search")
            expect(dialog).to_be_visible()
            expect(dialog).to_have_css("overflow", "hidden")  # as its own style sheet says
            page.keyboard.press("Escape")
            tab_to(page, name, path)
        page.keyboard.press("/")
        page.keyboard.type("gossip")
        expect(page.locator("[role=option]").first).to_contain_text("gossip")
        page.keyboard.press("Enter")
        arrived(page, NEWS)
        expect(page.locator("dialog.kb-search")).to_be_hidden()
        assert tab.complaints == []


def test_the_palette_stays(open_tab: OpenTab, instant_address: str) -> None:
    with open_tab(instant_address) as tab:
        page = arrive(tab, "themes/")
        page.locator("label[title='Switch to dark']").click()
        tab_to(page, "People & projects", "people/")
        follow(page, "Ada Example", "people/ada-example/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert colours(page) == []
