"""A theme's page as a brief: for ten minutes on a phone, and on two sheets of paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from kbsite.pipeline import Prepared
from tests.browser.conftest import PHONE, OpenTab

SHEET = re.compile(rb"/Type\s*/Page\b")  # of a PDF; it has one of "/Type /Pages" besides


def taught(prepared: Prepared) -> list[str]:
    """The themes of which something was learned, most first."""
    nodes = [node for node in prepared.graph.themes.values() if node.learnings]
    assert len(nodes) > 5
    return [node.id for node in sorted(nodes, key=lambda node: -len(node.learnings))]


def test_the_first_learning_of_a_theme_is_read_on_the_first_screen_of_a_phone(
    open_tab: OpenTab, address: str, prepared: Prepared
) -> None:
    below = []
    with open_tab(address, viewport=PHONE) as tab:
        for id in taught(prepared):
            place = tab.open(f"themes/{id}/").locator(".kb-learning__text").first.bounding_box()
            assert place is not None
            if place["y"] + place["height"] > PHONE["height"]:
                below.append((id, place))
        assert tab.complaints == []
    assert below == []


def test_the_parts_of_a_theme_are_in_reach_on_a_phone_wherever_one_is(
    open_tab: OpenTab, address: str, prepared: Prepared
) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open(f"themes/{taught(prepared)[0]}/")
        parts = page.get_by_role("navigation", name="On this page")
        page.get_by_role("heading", name="Edition by edition").scroll_into_view_if_needed()
        expect(parts).to_be_in_viewport()
        parts.get_by_role("link", name="Sessions").click()
        heading = page.locator("#sessions")
        expect(heading).to_be_in_viewport()
        bar, title = parts.bounding_box(), heading.bounding_box()
        assert bar
        assert title
        assert title["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("script", [True, False])
def test_the_talks_of_older_events_are_folded_and_open_where_a_link_leads_to_them(
    open_tab: OpenTab, address: str, prepared: Prepared, script: bool
) -> None:
    graph = prepared.graph
    id = next(
        id
        for id, node in graph.themes.items()
        if len({graph.sessions[each].event for each in node.sessions}) > 1
    )
    with open_tab(address, java_script_enabled=script) as tab:
        page = tab.open(f"themes/{id}/")
        folds = page.locator("details[id^=event-]")
        expect(folds.first).to_have_attribute("open", "")
        last = folds.last
        expect(last.get_by_role("listitem").first).to_be_hidden()
        if script:
            page.evaluate("id => { location.hash = id }", last.get_attribute("id"))
        else:
            last.locator("summary").click()
        expect(last.get_by_role("listitem").first).to_be_visible()
        assert tab.complaints == []


def test_the_brief_of_the_richest_theme_is_two_sheets(
    open_tab: OpenTab, address: str, prepared: Prepared
) -> None:
    with open_tab(address) as tab:
        page = tab.open(f"themes/{taught(prepared)[0]}/")
        paper = page.pdf(format="A4")
        page.emulate_media(media="print")
        for part in ("learnings", "watch", "people", "what", "trend"):
            expect(page.locator(f"#{part}")).to_be_visible()
        for part in ("sessions", "neighbours"):
            expect(page.locator(f"#{part}")).to_be_hidden()
        for tool in ("navigation", "banner", "contentinfo"):
            expect(page.get_by_role(tool)).to_have_count(0)
        for learning in page.locator(".kb-learning").all():
            expect(learning).to_be_visible()
    assert len(SHEET.findall(paper)) <= 2
