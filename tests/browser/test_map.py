"""The map of themes in a browser: whatever is pressed leads to what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from kbsite.graph.queries import ranked
from kbsite.kinds.explore import together
from kbsite.pipeline import Prepared
from tests.browser.conftest import DESK, PHONE, OpenTab

HOLD = """() => document.addEventListener("click", event => {
  event.preventDefault();
  window.pressed = event.target.closest("a")?.getAttribute("href");
}, true)"""
# Circles and labels of the picture that is shown, each with where its link leads
PLACES = """() => [...document.querySelectorAll(".kb-map svg")]
  .filter(svg => svg.getClientRects().length)
  .flatMap(svg => [...svg.querySelectorAll("a:has(circle)")])
  .flatMap(link => ["circle", "text"].map(name => {
    const {x, y, width, height} = link.querySelector(name).getBoundingClientRect();
    const href = link.getAttribute("href");
    return {href, x: x + width / 2, y: y + height / 2 + scrollY, what: name};
  }))"""


def pressed(page: Page, x: float, y: float) -> object:
    """What a press on a point of the page, scrolled there, would open."""
    at = page.evaluate("y => { scrollTo(0, y - innerHeight / 2); return scrollY; }", y)
    page.evaluate("window.pressed = null")
    page.mouse.click(x, y - at)
    return page.evaluate("window.pressed")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_each_circle_and_each_label_of_the_map_leads_to_its_theme(
    open_tab: OpenTab,
    address: str,
    small_address: str,
    prepared: Prepared,
    viewport: ViewportSize,
) -> None:
    many = len(prepared.graph.themes)
    pictures = [(address, "map/picture/", many), (small_address, "map/", 2)]
    if viewport is PHONE:
        pictures.append((address, "map/", many))
    for host, path, number in pictures:
        with open_tab(host, viewport=viewport) as tab:
            page = tab.open(path)
            places = page.evaluate(PLACES)
            assert len(places) == 2 * number
            page.evaluate(HOLD)
            wrong = [
                (each["what"], each["href"], found)
                for each in places
                if (found := pressed(page, each["x"], each["y"])) != each["href"]
            ]
            assert wrong == []
            assert tab.complaints == []


def test_a_cell_of_the_table_leads_to_the_sessions_with_both_themes(
    open_tab: OpenTab, address: str, prepared: Prepared
) -> None:
    pair, number = ranked(prepared.graph.meetings)[0]
    with open_tab(address) as tab:
        page = tab.open("map/")
        table = page.get_by_role("table")
        expect(table).to_be_visible()
        one, other = (table.locator(f"td a[href$='{together(own)}']") for own in (pair, pair[::-1]))
        cell = one.or_(other)
        expect(cell).to_have_text(str(number))
        cell.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(f"{number} of ")
        expect(page.locator(".kb-chips button")).to_have_count(2)
        assert tab.complaints == []


def test_a_line_of_the_picture_leads_to_the_sessions_with_both_themes(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open("map/")
        link = page.locator(".kb-map__wide .kb-map__edges a")
        expect(link).to_have_count(1)
        x, y = link.evaluate("""element => {
          const line = element.querySelector("path");
          const middle = line.getPointAtLength(line.getTotalLength() / 2);
          const seen = middle.matrixTransform(line.getScreenCTM());
          return [seen.x, seen.y];
        }""")
        page.mouse.click(x, y)
        page.wait_for_url(f"**/{together(('kernel', 'seeing'))}")
        assert tab.complaints == []


def test_the_headers_of_the_table_stay_while_it_is_scrolled(
    open_tab: OpenTab, address: str
) -> None:
    low: ViewportSize = {"width": 1000, "height": 700}
    with open_tab(address, viewport=low, java_script_enabled=False) as tab:
        page = tab.open("map/")
        region = page.get_by_role("group", name="Table of themes")
        region.focus()
        page.keyboard.press("End")
        last = region.locator("tbody tr").last
        expect(last).to_be_in_viewport()
        expect(region.locator("thead th").first).to_be_in_viewport()
        for _ in range(20):
            page.keyboard.press("ArrowRight")
        expect(region.locator("thead th").last).to_be_in_viewport()
        expect(last.locator("th")).to_be_in_viewport()
        assert tab.complaints == []


def test_a_wide_screen_has_all_of_the_table_with_its_heads_below_the_header(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address, java_script_enabled=False) as tab:
        page = tab.open("map/")
        region = page.get_by_role("group", name="Table of themes")
        assert region.evaluate("it => it.clientHeight - it.firstElementChild.offsetHeight") >= 0
        row = region.locator("tbody tr").last
        row.scroll_into_view_if_needed()
        row.hover()
        head = region.locator("thead th").first
        expect(head).to_be_in_viewport(ratio=1)
        below = page.locator(".md-header").evaluate("it => it.getBoundingClientRect().bottom")
        assert head.evaluate("it => it.getBoundingClientRect().top") == pytest.approx(below, abs=1)
        assert tab.complaints == []


def test_a_phone_shows_the_picture_in_the_place_of_the_table(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        page = tab.open("map/")
        expect(page.locator(".kb-matrix")).to_be_hidden()
        expect(page.locator(".kb-map__narrow")).to_be_visible()
        expect(page.get_by_role("navigation", name="Ways to look at it")).to_have_count(0)
        page.get_by_role("link", name="The same as a list").click()
        expect(page.get_by_role("heading", name="The same as a list")).to_be_in_viewport()
        expect(page.get_by_role("navigation", name="Ways to look at it")).to_have_count(0)
        assert tab.complaints == []
