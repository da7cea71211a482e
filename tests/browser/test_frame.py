"""What is around a page, and where its parts stand: contents, text and margin."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from kbsite.build import build
from tests.browser.conftest import DESK, PHONE, OpenTab, box
from tests.guides import example, fenced, guide
from tests.serving import served

TABLET: ViewportSize = {"width": 1100, "height": 900}
ORGANISATION = "organisations/example-works/"


def test_on_a_desk_contents_text_and_margin_stand_side_by_side(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address, viewport=DESK) as tab:
        page = tab.open(ORGANISATION)
        contents, text, margin = (
            box(page.locator(part)) for part in (".md-sidebar--secondary", ".kb-text", ".kb-margin")
        )
        assert contents["x"] + contents["width"] <= text["x"]
        assert text["x"] + text["width"] < margin["x"]
        assert margin["y"] < text["y"] + 100
        expect(page.locator(".md-sidebar--secondary")).not_to_contain_text("Themes")
        assert tab.complaints == []


@pytest.mark.parametrize("viewport", [PHONE, TABLET], ids=["phone", "tablet"])
def test_on_a_narrow_screen_the_margin_stands_below_the_text(
    open_tab: OpenTab, small_address: str, viewport: ViewportSize
) -> None:
    with open_tab(small_address, viewport=viewport) as tab:
        page = tab.open(ORGANISATION)
        text, margin = box(page.locator(".kb-text")), box(page.locator(".kb-margin"))
        assert margin["y"] >= text["y"] + text["height"]
        assert margin["x"] == text["x"]


def test_a_margin_stays_in_sight_and_one_that_is_too_tall_with_its_end(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address, viewport=DESK) as tab:
        page = tab.open(ORGANISATION)
        margin = page.locator(".kb-margin")
        page.locator(".kb-text").evaluate("text => text.style.height = '4000px'")
        page.evaluate("scrollTo(0, 1500)")
        header = box(page.locator(".md-header"))
        assert box(margin)["y"] > header["y"] + header["height"]
        expect(margin).to_be_in_viewport(ratio=1)
        margin.evaluate("margin => margin.style.height = '1500px'")
        page.wait_for_function(
            "() => Math.abs(innerHeight - document.querySelector('.kb-margin')"
            ".getBoundingClientRect().bottom) < 40"
        )


def test_pages_are_set_in_the_fonts_that_come_with_the_site(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open("people/")
        page.wait_for_function("document.fonts.status === 'loaded'")
        came = page.evaluate(
            "() => [...document.fonts].filter(({ status }) => status === 'loaded')"
            ".map(({ family }) => family)"
        )
        assert {"inter", "kbsite serif"} <= {name.strip('"').lower() for name in came}
        assert tab.complaints == []


LINES = """heading => {
    const range = document.createRange();
    range.selectNodeContents(heading.firstChild);
    return [...range.getClientRects()].map(({ top }) => top);
}"""


def test_a_heading_of_several_lines_has_them_evenly_spaced(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport={"width": 320, "height": 800}) as tab:
        page = tab.open("articles/amsterdam-2026-operations-come-of-age/")
        page.wait_for_function("document.fonts.status === 'loaded'")
        longest = page.locator("article h2:has(.headerlink)").first
        tops = sorted(set(map(round, longest.evaluate(LINES))))
        gaps = {below - above for above, below in pairwise(tops)}
        assert len(tops) > 2
        assert max(gaps) - min(gaps) <= 1


def test_the_tint_of_a_note_is_as_wide_as_its_box_and_no_field_s_name_is_split(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        note = tab.open("about/").locator(".admonition")
        title = box(note.locator(".admonition-title"))
        assert box(note)["width"] - title["width"] < 4
    with open_tab(address, viewport=PHONE) as tab:
        lines = "all => all.map(code => code.getClientRects().length)"
        split = tab.open("contribute/fields/").locator("td:first-child code").evaluate_all(lines)
        assert set(split) == {1}


def test_what_an_option_does_has_half_of_a_phone_s_width(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        last = tab.open("contribute/commands/").locator("article th:last-child")
        widths = last.evaluate_all("all => all.map(it => it.getBoundingClientRect().width)")
        assert min(widths) > PHONE["width"] / 2


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_begins_close_below_the_site_s_header(
    open_tab: OpenTab, small_address: str, viewport: ViewportSize
) -> None:
    with open_tab(small_address, viewport=viewport) as tab:
        for path, first in ((ORGANISATION, ".kb-trail"), ("explore/", "h1")):
            page = tab.open(path)
            header = box(page.locator(".md-header"))
            assert 8 <= box(page.locator(first))["y"] - header["y"] - header["height"] <= 32


def test_a_phone_cuts_no_name_and_no_title_of_a_talk(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address, viewport=PHONE) as tab:
        for path in (ORGANISATION, "sessions/"):
            page = tab.open(path)
            expect(page.locator(".kb-session--row").first).to_be_visible()
            texts = page.locator(".kb-session__who, .kb-session__what, .kb-session__title a")
            assert (
                texts.evaluate_all(
                    "all => all.filter(it => getComputedStyle(it).overflow !== 'visible').length"
                )
                == 0
            )


def test_the_look_of_another_conference_is_as_its_guide_says(
    open_tab: OpenTab, small: Path
) -> None:
    text = guide("another-conference")
    enough, look = (example(text, "yaml", each) for each in ("site_name:", "extra_css:"))
    (style,) = fenced(text, "css")
    assets = small / "content" / "assets"
    assets.mkdir()
    (assets / "own.css").write_text(style, encoding="utf-8")
    (assets / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (small / "mkdocs.yml").write_text(enough.replace("theme: material\n", look), encoding="utf-8")
    site = build(small, site_dir=small / "site", search=False).site_dir
    colours = []
    for scheme in ("light", "dark"):
        with served(site) as host, open_tab(host, color_scheme=scheme) as tab:
            page = tab.open("about/")
            logo = page.locator(".md-header__button.md-logo img")
            expect(logo).to_have_attribute("src", "../assets/logo.svg")
            link = page.locator("article p a").first
            colours.append(link.evaluate("link => getComputedStyle(link).color"))
    assert colours == ["rgb(0, 105, 92)", "rgb(128, 203, 196)"]
