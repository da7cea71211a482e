"""What a session's page does for its reader, and what remains of it without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab, Tab

NEWS = "sessions/example-conf-2031/kernel-news/"
QUIET = "sessions/example-conf-2031/last-years-kernel/"
EVENT = "events/example-conf-2031/"
PLAYER = "https://www.youtube-nocookie.com/embed/example"


def player(page: Page, second: int) -> None:
    """Expect the recording to be played from there."""
    expect(page.locator(".kb-video iframe")).to_have_attribute(
        "src", f"{PLAYER}?autoplay=1&start={second}"
    )
    expect(page.locator(".kb-video")).to_be_in_viewport()


def test_the_recording_is_asked_for_when_it_is_clicked_and_not_before(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open(NEWS)
        expect(page.locator("iframe")).to_have_count(0)
        assert tab.complaints == []
        page.get_by_role("link", name="Watch the recording").click()
        player(page, 0)
        expect(page.locator(".kb-video iframe")).to_have_count(1)
        assert [c for c in tab.complaints if c.startswith("left")] == [
            f"left the host: {PLAYER}?autoplay=1&start=0"
        ]


def test_a_learning_jumps_to_its_minute_again_and_again(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open(NEWS)
        page.get_by_role("link", name="Jump to 12:30").click()
        player(page, 750)
        page.get_by_role("link", name="at 14:05").click()
        player(page, 845)
        expect(page.locator(".kb-video iframe")).to_have_count(1)


def test_without_javascript_the_minutes_are_links_into_the_recording(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address, java_script_enabled=False) as tab:
        page = tab.open(NEWS)
        watch = "https://www.youtube.com/watch?v=example"
        expect(page.get_by_role("link", name="Watch the recording")).to_have_attribute(
            "href", watch
        )
        expect(page.get_by_role("link", name="Jump to 12:30")).to_have_attribute(
            "href", f"{watch}&t=750s"
        )
        expect(page.get_by_role("link", name="Add to calendar")).to_be_visible()
        expect(page.locator("[data-kb-copy]:visible")).to_have_count(0)
        page.locator("summary", has_text="Cite this session").click()
        expect(page.locator("#cite-bibtex")).to_contain_text("@misc{example-2031-kernel-news")


def stopped(tab: Tab, path: str) -> Page:
    """A page whose timers wait, so that what it says for two seconds cannot be missed."""
    tab.page.clock.install(time="2031-03-31T09:00:00Z")
    page = tab.open(path)
    page.clock.pause_at("2031-03-31T10:00:00Z")
    return page


@pytest.mark.parametrize("path", [NEWS, "themes/kernel/"])
def test_a_link_to_a_learning_is_copied(open_tab: OpenTab, small_address: str, path: str) -> None:
    with open_tab(small_address) as tab:
        page = stopped(tab, path)
        link = page.locator(".kb-learning", has_text="copying less").locator(".kb-permalink")
        link.click()
        expect(link).to_contain_text("copied to: Most of the gain")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{small_address}{NEWS}#learning-fewer-copies"
        page.clock.run_for(2_000)
        expect(link).to_contain_text("copy link")
        page.goto(copied)
        expect(page.locator("#learning-fewer-copies")).to_be_in_viewport()
        assert tab.complaints == []


def test_a_citation_is_copied_whole(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address) as tab:
        page = stopped(tab, NEWS)
        page.get_by_text("Cite this session").click()
        page.get_by_role("button", name="Copy the BibTeX").click()
        expect(page.get_by_role("button", name="copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(r"@misc\{[a-z0-9-]+,\n(  \w+ = (\{.*\}|[a-z]{3}),?\n)+\}", copied), (
            copied
        )
        assert r"Kernel news \& gossip" in copied


@pytest.mark.parametrize(
    ("zone", "session", "hour"),
    [
        ("America/New_York", "04:00–04:20 your time", "04:00"),
        ("Pacific/Auckland", "21:00–21:20 your time", "21:00"),
        ("Pacific/Kiritimati", "22:00–22:20 your time", "22:00"),
        ("Europe/Berlin", "", ""),
    ],
)
def test_readers_elsewhere_see_their_own_time_beside_the_event_s(
    open_tab: OpenTab, small_address: str, zone: str, session: str, hour: str
) -> None:
    with open_tab(small_address) as tab:
        tab.move(zone)
        page = tab.open(NEWS)
        expect(page.locator("time[data-kb-time]")).to_have_text("Tuesday 1 April 2031, 10:00–10:20")
        expect(page.locator(".kb-when .kb-zone")).to_have_text("Europe/Oslo, UTC+2")
        beside = page.locator(".kb-when .kb-local").all_inner_texts()
        assert beside == ([session] if session else [])
        page = tab.open(EVENT)
        beneath = page.locator("time[data-kb-time] + .kb-local").all_inner_texts()
        assert beneath[:1] == ([hour] if hour else [])
        assert page.locator("[data-kb-yours]").first.is_visible() == bool(hour)
        assert tab.complaints == []


def test_what_is_over_has_no_time_of_the_reader_s(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address) as tab:
        tab.move("America/New_York")
        tab.page.clock.set_fixed_time("2031-04-01T08:19:00Z")
        page = tab.open(NEWS)
        expect(page.get_by_text("your time")).to_be_visible()
        tab.page.clock.set_fixed_time("2031-04-01T08:21:00Z")
        page = tab.open(NEWS)
        expect(page.locator("time[data-kb-time]")).to_be_visible()
        expect(page.get_by_text("your time")).to_have_count(0)
        tab.page.clock.set_fixed_time("2031-05-01T00:00:00Z")
        page = tab.open(EVENT)
        expect(page.locator("time[data-kb-time] + .kb-local")).to_have_count(0)
        expect(page.locator("[data-kb-yours]").first).to_be_hidden()


def test_an_hour_that_is_another_day_elsewhere_says_so(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        tab.move("Pacific/Auckland")
        page = tab.open(EVENT)
        beneath = page.locator("time[data-kb-time] + .kb-local").all_inner_texts()
        assert [text for text in beneath if "Thu" in text] == beneath[-1:]  # 2 April, 14:00 in Oslo


@pytest.mark.parametrize("over", [False, True], ids=["to come", "over"])
def test_a_session_to_come_can_be_noted_and_one_that_is_over_asks_what_was_learned(
    open_tab: OpenTab, small_address: str, *, over: bool
) -> None:
    with open_tab(small_address) as tab:
        tab.page.clock.set_fixed_time("2031-04-03T00:00:00Z" if over else "2031-03-31T00:00:00Z")
        page = tab.open(NEWS)
        expect(page.get_by_role("link", name="Add to calendar")).to_be_visible(visible=not over)
        page = tab.open("sessions/example-conf-2031/silent/")
        expect(page.get_by_text("still to come")).to_be_visible(visible=not over)
        expect(page.get_by_text("Were you there")).to_be_visible(visible=over)


def test_the_calendar_entry_is_one(open_tab: OpenTab, small_address: str) -> None:
    with open_tab(small_address) as tab:
        page = tab.open(NEWS)
        page.evaluate("document.querySelectorAll('[hidden]').forEach(e => e.hidden = false)")
        href = page.get_by_role("link", name="Add to calendar").evaluate("a => a.href")
        answer = page.request.get(href)
        assert answer.ok
        assert answer.text().startswith("BEGIN:VCALENDAR\r\n")


def test_on_paper_there_is_the_session_black_on_white_and_nothing_to_click(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address, color_scheme="dark") as tab:
        page = tab.open(NEWS)
        page.emulate_media(media="print")
        for part in (
            "header.md-header",
            ".kb-trail",
            ".kb-video",
            ".kb-around",
            ".kb-permalink",
            ".kb-dot",
        ):
            expect(page.locator(part).first).to_be_hidden()
        expect(page.locator("article h1")).to_be_visible()
        expect(page.locator("#learning-fewer-copies")).to_be_visible()
        for part in ("article h1", "article h2", ".kb-learning__text", ".kb-meta", ".kb-chip"):
            colour = page.locator(part).first.evaluate(LIGHTNESS)
            assert colour < 0.6, f"{part} is too pale for paper: {colour}"


# Of the colour of a text, from 0 for black to 1 for white
LIGHTNESS = """element => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d")
  canvas.fillStyle = getComputedStyle(element).color
  canvas.fillRect(0, 0, 1, 1)
  return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)) / 255
}"""


def test_the_sessions_before_and_after_are_a_click_away(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open(NEWS)
        page.get_by_role("navigation", name="Schedule: ExConf 31").get_by_role("link").last.click()
        expect(page.locator("article h1")).not_to_contain_text("Kernel news")
        page.get_by_role("navigation", name="Schedule: ExConf 31").locator("[rel=prev]").click()
        page.wait_for_url(f"{small_address}{NEWS}")
