"""A schedule in a browser: what stays in sight, filters, what is on, stars, and "My schedule"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import icalendar
import pytest
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect

from kbsite.build import build
from kbsite.plugin.defaults import FEATURES
from tests.bases import CONFIG, EVENT, write
from tests.browser import axe
from tests.browser.conftest import DESK, PHONE, OpenTab, Tab
from tests.serving import served

DAY = "events/example-conf/2031-04-01/"
NEXT_DAY = "events/example-conf/2031-04-02/"
GRID = "events/meeting/"
MINE = "my-schedule/"
ROOMS = 12
TRACKS = ("AI + ML", "Networking", "Storage & data")
HOURS = (9, 10, 11, 14)
ANYWHERE = "https://example.org/"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def made(root: Path, site: Path) -> Path:
    """A site of an event with many rooms on two days, and one with three rooms on one day."""
    theme = {"name": "material", "features": [*FEATURES, "navigation.instant"]}
    files: dict[str, object] = {
        "mkdocs.yml": CONFIG | {"theme": theme, "site_url": ANYWHERE},
        "content/index.md": ({"title": "Home"}, "Text."),
        "themes/kernel.md": ({"name": "Kernels"}, ""),
        "themes/mesh.md": ({"name": "Service mesh"}, ""),
        "sessions/example-conf/event.yaml": EVENT,
        "sessions/meeting/event.yaml": EVENT
        | {"name": "Meeting", "start": "2031-05-01"}
        | {"end": "2031-05-01"},
    }
    for day in (1, 2):
        for hour in HOURS:
            for room in range(ROOMS if day == 1 else 5):
                number = room + hour
                files[f"sessions/example-conf/talk-{day}-{hour}-{room}.yaml"] = {
                    "title": f"Talk {day} {hour} {room}: ;,\\ ☃ a title that goes on for a while",
                    "start": f"2031-04-0{day}T{hour:02}:00",
                    "end": f"2031-04-0{day}T{hour:02}:{30 + room % 2 * 45 % 30:02}",
                    "room": f"Room {room}",
                    "tracks": [TRACKS[number % 3]],
                    "themes": [("kernel", "mesh")[number % 2]],
                    "speakers": [{"name": f"Ada Example {room}", "org": "Example Works"}],
                }
    files["sessions/example-conf/long.yaml"] = {
        "title": "A long workshop",
        "start": "2031-04-01T09:20",
        "end": "2031-04-01T10:10",
        "room": "Attic",
        "tracks": ["Workshops"],
    }
    files["sessions/example-conf/some-time.yaml"] = {"title": "Some time", "start": "2031-04-01"}
    for hour in range(9, 18):
        for room in range(3):
            files[f"sessions/meeting/talk-{hour}-{room}.yaml"] = {
                "title": f"Meeting {hour} {room}",
                "start": f"2031-05-01T{hour:02}:00",
                "end": f"2031-05-01T{hour:02}:50",
                "room": f"Room {room}",
                "tracks": [TRACKS[room]],
            }
    return build(write(root, files), site_dir=site, search=False).site_dir


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served; its pages replace each other without loading."""
    folder = tmp_path_factory.mktemp("conference")
    site = made(folder / "base", folder / "site")
    with served(site) as host:
        listed = site / "sitemap.xml"
        listed.write_text(listed.read_text("utf-8").replace(ANYWHERE, host), "utf-8")
        yield host


def rows(page: Page) -> Locator:
    return page.locator(".kb-plan .kb-session:visible")


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found
    return found


def star(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=f"Star: {title}")


def give(page: Page, *titles: str) -> None:
    for title in titles:
        star(page, title).click()
        expect(star(page, title)).to_have_attribute("aria-pressed", "true")


def listed(page: Page) -> list[str]:
    expect(page.locator("#kb-mine [role=status]")).to_be_attached()
    titles = page.locator("#kb-mine .kb-session__title a").all_inner_texts()
    return [title.partition(":")[0].strip() for title in titles]


# What stays in sight


def test_on_a_desk_the_hour_of_a_band_and_the_rooms_of_a_grid_stay(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(DAY)
        heading = page.locator("#at-0401-1000")
        page.evaluate("y => scrollTo(0, y)", box(heading)["y"] + 200)
        expect(heading).to_be_in_viewport()
        assert (
            box(page.locator(".kb-slot:has(#at-0401-1000) .kb-session").first)["y"]
            < (box(heading)["y"])
        )
        page = tab.open(f"{GRID}#at-0501-1500")
        expect(page.locator(".kb-rooms")).to_be_in_viewport()
        expect(page.get_by_text("Meeting 15 2")).to_be_in_viewport()
        assert tab.complaints == []


def test_a_grid_puts_each_session_under_its_room_beside_its_hour(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(GRID)
        for hour in (9, 12):
            for room in range(3):
                place = box(page.locator(f".kb-session:has-text('Meeting {hour} {room}')"))
                under = box(page.locator(".kb-rooms span").nth(room))
                beside = box(page.locator(f"#at-0501-{hour:02}00"))
                assert abs(place["x"] - under["x"]) < 2
                assert abs(place["y"] - beside["y"]) < 12


def test_bands_have_four_cards_across_on_a_desk_and_one_on_a_phone(
    open_tab: OpenTab, conference: str
) -> None:
    for viewport, across in ((DESK, 4), ({"width": 1000, "height": 700}, 3), (PHONE, 1)):
        with open_tab(conference, viewport=viewport) as tab:
            page = tab.open(DAY)
            cards = page.locator(".kb-slot:has(#at-0401-1000) .kb-session").all()
            assert len({box(card)["x"] for card in cards}) == across


def test_on_a_phone_hours_stay_and_the_bar_leads_to_them(
    open_tab: OpenTab, conference: str
) -> None:
    for width in (390, 320):
        with open_tab(conference, viewport={"width": width, "height": 800}) as tab:
            page = tab.open(DAY)
            assert page.evaluate(WIDER) <= 0
            page.get_by_role("navigation", name="Hours of").get_by_role("link", name="14").click()
            expect(page.locator("#at-0401-1400")).to_be_in_viewport()
            expect(page.get_by_role("link", name="14", exact=True)).to_be_in_viewport()
            page.mouse.wheel(0, 300)
            expect(page.locator("#at-0401-1400")).to_be_in_viewport()
            under = box(page.locator(".kb-jumps"))
            assert box(page.locator("#at-0401-1400"))["y"] >= under["y"] + under["height"] - 1


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_jump_leads_to_the_beginning_of_an_hour_though_cards_out_of_sight_have_no_size_yet(
    open_tab: OpenTab, conference: str, *, java_script_enabled: bool
) -> None:
    viewport: ViewportSize = {"width": 320, "height": 500}
    with open_tab(conference, viewport=viewport, java_script_enabled=java_script_enabled) as tab:
        page = tab.open(DAY)
        for hour in ("11", "14"):
            page.get_by_role("link", name=hour, exact=True).click()
            expect(page).to_have_url(re.compile(f"#at-0401-{hour}00$"))
            heading = box(page.locator(f"#at-0401-{hour}00"))
            card = box(page.locator(f".kb-slot:has(#at-0401-{hour}00) .kb-session").first)
            assert 0 <= card["y"] - heading["y"] - heading["height"] < 12


# Filters


def unfold(page: Page) -> None:
    """On a phone the filters are folded at first."""
    folded = page.locator(".kb-unfold[aria-expanded=false]:visible")
    if folded.count():
        folded.click()


def choose(page: Page, facet: str, *names: str) -> None:
    unfold(page)
    panel = page.locator("details", has=page.locator("summary", has_text=facet))
    panel.locator("summary").click()
    for name in names:
        panel.get_by_role("checkbox", name=name).check()
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    expect(panel.locator("summary")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_chips_filter_by_track_and_theme_and_the_address_holds_them(
    open_tab: OpenTab, conference: str, viewport: ViewportSize
) -> None:
    with open_tab(conference, viewport=viewport) as tab:
        page = tab.open(DAY)
        every = rows(page).count()
        assert every == ROOMS * len(HOURS) + 2
        choose(page, "Tracks", "AI + ML")
        expect(page.get_by_role("status")).to_have_text(f"16 of {every} sessions")
        assert rows(page).count() == 16
        choose(page, "Tracks", "Workshops")
        expect(page.get_by_role("status")).to_have_text(f"17 of {every} sessions")
        choose(page, "Themes", "Kernels")
        expect(page.get_by_role("status")).to_have_text(f"8 of {every} sessions")
        assert page.url.endswith("?track=AI+%2B+ML&track=Workshops&theme=Kernels")
        page.reload()
        assert rows(page).count() == 8
        expect(page.locator("summary").first).to_have_text("Tracks (2)")
        page.get_by_role("link", name="Wed 2 Apr").click()
        page.wait_for_url(re.compile("2031-04-02/.*theme=Kernels"))
        unfold(page)
        expect(page.get_by_role("status")).to_have_text(re.compile(r"^[1-9] of 20 sessions$"))
        page.get_by_role("button", name="Show all").click()
        expect(rows(page)).to_have_count(20)
        assert page.url.endswith(NEXT_DAY)
        assert tab.complaints == []


def test_on_a_phone_the_filters_stay_and_unfold_over_the_sessions(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference, viewport=PHONE) as tab:
        page = tab.open(f"{DAY}?track=Networking")
        tracks = page.locator("summary", has_text="Tracks")
        page.locator("#at-0401-1400").scroll_into_view_if_needed()
        expect(page.get_by_role("button", name="Filter (1)")).to_be_in_viewport()
        expect(tracks).to_be_hidden()
        choose(page, "Tracks", "Storage & data")
        assert page.evaluate("scrollY") > PHONE["height"]
        expect(page.get_by_role("button", name="Filter (2)")).to_have_attribute(
            "aria-expanded", "true"
        )
        assert page.evaluate(WIDER) <= 0
        expect(tracks).to_be_visible()
        page.keyboard.press("Escape")
        expect(tracks).to_be_hidden()
        expect(page.get_by_role("button", name="Filter (2)")).to_be_focused()
        page.keyboard.press("Enter")
        expect(tracks).to_be_visible()
        page.locator("h1").click()
        expect(tracks).to_be_hidden()


def test_each_count_is_what_its_chip_would_give(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = tab.open(f"{DAY}?theme=Kernels")
        page.locator("summary", has_text="Tracks").click()
        label = page.locator("label:has(input[value='Storage & data'])")
        said = int(label.locator(".kb-count").inner_text())
        label.click()
        expect(rows(page)).to_have_count(said)


def test_hours_without_a_session_go_and_their_jumps_with_them(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(f"{DAY}?track=Workshops")
        expect(rows(page)).to_have_count(1)
        hours = page.get_by_role("navigation", name="Hours of")
        expect(hours.get_by_role("link")).to_have_text(["09"])
        expect(page.locator("#at-0401-1400")).to_be_hidden()
        page.get_by_role("checkbox", name="Starred").check()
        expect(page.get_by_role("status")).to_have_text(re.compile("^0 of "))
        star_free = page.get_by_role("button", name="Show all")
        star_free.click()
        expect(hours.get_by_role("link")).to_have_text(["09", "10", "11", "14"])


# What is on


@pytest.mark.parametrize(
    ("when", "on", "jump"),
    [
        ("2031-03-31T10:10", 0, None),
        ("2031-04-01T08:59", 0, None),
        ("2031-04-01T09:25", 13, "Now"),
        ("2031-04-01T10:05", 13, "Now"),
        ("2031-04-01T10:12", 12, "Now"),
        ("2031-04-01T12:00", 0, "Next: 14:00"),
        ("2031-04-01T15:00", 0, None),
    ],
)
def test_what_is_on_is_marked_while_the_event_lasts_by_the_reader_s_clock(
    open_tab: OpenTab, conference: str, when: str, on: int, jump: str | None
) -> None:
    with open_tab(conference) as tab:
        tab.move("America/New_York")
        tab.page.clock.set_fixed_time(datetime.fromisoformat(when).replace(tzinfo=UTC))
        page = tab.open(DAY)
        expect(page.locator(".kb-shown")).to_be_attached()
        expect(page.locator(".kb-label--now")).to_have_count(on)
        link = page.locator(".kb-jump--now a")
        if jump:
            expect(link).to_have_text(jump)
            link.click()
            expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()
        else:
            expect(link).to_have_count(0)


def test_what_is_on_changes_as_time_goes_by(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        tab.page.clock.install(time=datetime(2031, 4, 1, 8, 59, tzinfo=UTC))
        page = tab.open(DAY)
        expect(page.locator(".kb-label--now")).to_have_count(0)
        page.clock.fast_forward("02:00")
        expect(page.locator(".kb-label--now")).to_have_count(ROOMS)


# Stars


def test_a_star_stays_on_all_pages_however_they_are_reached(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(DAY)
        page.wait_for_load_state("networkidle")
        page.evaluate("window.here = true")
        give(page, "A long workshop")
        expect(page.locator(".kb-head .kb-mine")).to_have_text("My schedule (1)")
        page.get_by_role("link", name="A long workshop").click()
        expect(page.locator("h1")).to_have_text("A long workshop")
        own = star(page, "A long workshop")
        expect(own).to_have_attribute("aria-pressed", "true")
        own.press("Space")
        expect(own).to_have_attribute("aria-pressed", "false")
        own.press("Enter")
        page.go_back()
        expect(page.locator("h1")).to_contain_text("Tuesday")
        expect(star(page, "A long workshop")).to_have_attribute("aria-pressed", "true")
        page.locator(".kb-mine").click()
        expect(page.locator("h1")).to_have_text("My schedule")
        assert listed(page) == ["A long workshop"]
        assert page.evaluate("window.here"), "the browser went to another page"
        page.reload()
        assert listed(page) == ["A long workshop"]
        assert tab.complaints == []


def test_another_tab_hears_of_a_star(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = tab.open(MINE)
        other = page.context.new_page()
        other.goto(conference + DAY)
        give(other, "A long workshop")
        expect(page.locator("#kb-mine .kb-session")).to_have_count(1)


@pytest.mark.parametrize(
    "held", ["{{", '"a"', '[1, null, "no id", "example-conf/long"]', '[["a/b"]]', "null"]
)
def test_what_is_no_list_of_stars_is_passed_over(
    open_tab: OpenTab, conference: str, held: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(DAY)
        page.evaluate("held => localStorage.setItem('kbsite:stars:/', held)", held)
        page.reload()
        expect(page.locator(".kb-star[aria-pressed=true]")).to_have_count(int("long" in held))
        give(page, "Talk 1 9 0")
        assert tab.complaints == []


@pytest.mark.parametrize("what", ["setItem", "getItem"])
def test_a_browser_that_keeps_nothing_says_so_and_goes_on(
    open_tab: OpenTab, conference: str, what: str
) -> None:
    with open_tab(conference) as tab:
        tab.page.add_init_script(f"Storage.prototype.{what} = () => {{ throw new DOMException() }}")
        if what == "getItem":
            tab.page.add_init_script("Storage.prototype.setItem = Storage.prototype.getItem")
        page = tab.open(DAY)
        page.wait_for_load_state("networkidle")
        give(page, "A long workshop")
        expect(page.get_by_text("This browser keeps no stars")).to_be_visible()
        page.locator(".kb-mine").click()
        expect(page.locator("#kb-mine .kb-session")).to_have_count(1)


# My schedule


def with_stars(tab: Tab, *stems: str) -> Page:
    """My schedule of some sessions of the event."""
    ids = ", ".join(f"'example-conf/{stem}'" for stem in stems)
    tab.page.add_init_script(
        f"localStorage.getItem('kbsite:stars:/') ??"
        f" localStorage.setItem('kbsite:stars:/', JSON.stringify([{ids}]))"
    )
    return tab.open(MINE)


def test_my_schedule_is_by_event_day_and_hour_and_tells_of_clashes(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = with_stars(tab, "talk-2-9-0", "some-time", "talk-1-10-2", "long", "talk-1-14-1")
        page.evaluate("scrollTo(0, 0)")
        expect(page.locator("#kb-mine h3")).to_have_text(
            ["Tuesday 1 April 2031", "Wednesday 2 April 2031"]
        )
        day_one = ["Some time", "A long workshop", "Talk 1 10 2", "Talk 1 14 1"]
        assert listed(page) == [*day_one, "Talk 2 9 0"]
        clashes = page.locator(".kb-clash")
        expect(clashes).to_have_count(2)
        expect(clashes.first).to_contain_text("Clashes with Talk 1 10 2")
        expect(clashes.last).to_contain_text("Clashes with A long workshop")
        assert axe.findings(page) == []
        assert tab.complaints == []


def test_what_is_taken_from_the_list_comes_back(open_tab: OpenTab, conference: str) -> None:
    with open_tab(conference) as tab:
        page = with_stars(tab, "long", "some-time")
        star(page, "A long workshop").click()
        expect(page.locator("#kb-mine .kb-session")).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#kb-mine .kb-session")).to_have_count(2)


def test_a_session_that_is_gone_is_said_to_be_and_can_be_taken_away(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = with_stars(tab, "long", "gone")
        gone = page.locator("#kb-mine .kb-session", has_text="not here any more")
        expect(gone.get_by_role("link")).to_have_attribute(
            "href", f"{conference}sessions/example-conf/gone/"
        )
        star(page, "example-conf/gone").click()
        expect(gone).to_have_count(0)
        page.evaluate("localStorage.setItem('kbsite:stars:/', '[\"no-event/one\"]')")
        page.reload()
        expect(page.locator("#kb-mine .kb-session")).to_contain_text("not here any more")


def test_the_calendar_file_holds_what_the_calendars_of_the_sessions_do(
    open_tab: OpenTab, conference: str, tmp_path: Path
) -> None:
    stems = ("talk-1-9-3", "long", "some-time")
    with open_tab(conference, accept_downloads=True) as tab:
        page = with_stars(tab, *stems)
        expect(page.get_by_text("1 session without an hour, or not held")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Calendar file of 2 sessions").click()
        expect(page.get_by_role("status")).to_have_text("Saved 2 sessions.")
        assert download.value.suggested_filename == "my-schedule.ics"
        download.value.save_as(tmp_path / "mine.ics")
        single = [
            page.request.get(f"{conference}sessions/example-conf/{stem}/{stem}.ics").body()
            for stem in ("talk-1-9-3", "long")
        ]
    written = (tmp_path / "mine.ics").read_bytes()
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75
    held = icalendar.Calendar.from_ical(written)
    assert {str(each["UID"]): each.to_ical() for each in held.walk("VEVENT")} == {
        str(each["UID"]): each.to_ical()
        for text in single
        for each in icalendar.Calendar.from_ical(text).walk("VEVENT")
    }
    titles = {str(each["SUMMARY"]) for each in held.walk("VEVENT")}
    assert titles == {
        "A long workshop",
        "Talk 1 9 3: ;,\\ ☃ a title that goes on for a while",
    }
    assert str(held["VERSION"]) == "2.0"
    assert held["PRODID"]


def test_a_calendar_that_is_not_to_be_had_is_no_half_file(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        tab.route("**/*.ics", lambda route: route.abort())
        page = with_stars(tab, "long")
        page.get_by_role("button", name="Calendar file").click()
        expect(page.get_by_role("status")).to_contain_text("could not be made")


def test_a_list_is_carried_to_another_browser_by_its_link(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = with_stars(tab, "long", "talk-2-9-0")
        page.get_by_role("button", name="Copy a link").click()
        expect(page.get_by_role("status")).to_contain_text("Copied a link")
        address = page.evaluate("navigator.clipboard.readText()")
    with open_tab(conference) as tab:
        page = with_stars(tab, "some-time")
        page.goto(address)
        expect(page.get_by_text("Somebody shared these sessions")).to_be_visible()
        assert len(listed(page)) == 2
        page.get_by_role("button", name="Star all 2").click()
        expect(page.get_by_role("button", name="Star all")).to_have_count(0)
        page.get_by_role("button", name="Show those with your stars").click()
        expect(page.locator("#kb-mine .kb-session")).to_have_count(3)


@pytest.mark.parametrize("broken", ["%", "example-conf/long,%E2%9", "nothing"])
def test_a_link_that_came_broken_shows_what_has_stars(
    open_tab: OpenTab, conference: str, broken: str
) -> None:
    with open_tab(conference) as tab:
        with_stars(tab, "some-time")
        page = tab.open(f"{MINE}?#{broken}")
        expect(page.locator("#kb-mine .kb-session")).to_have_count(1)
        expect(page.get_by_text("Kept in this browser")).to_be_visible()
        assert tab.complaints == []


def test_a_link_may_name_what_no_session_is_called_and_one_session_twice(
    open_tab: OpenTab, conference: str
) -> None:
    odd = ("example-conf/constructor", "example-conf/__proto__", "__proto__/x", "%3F/x", "a%25/x")
    with open_tab(conference) as tab:
        page = tab.open(f"{MINE}#{','.join(odd)},example-conf/long,example-conf/long")
        expect(page.get_by_text("not here any more")).to_have_count(len(odd))
        expect(page.get_by_role("link", name="A long workshop")).to_have_count(1)
        expect(page.get_by_role("button", name="Star all 6")).to_be_visible()
        expect(page.locator(".kb-clash")).to_have_count(0)


def test_where_clocks_go_back_what_comes_later_stands_later(
    open_tab: OpenTab, conference: str
) -> None:
    night = {
        "later": ["Later", "", "2031-10-26T02:10+01:00", "2031-10-26T02:20+01:00"],
        "sooner": ["Sooner", "", "2031-10-26T02:30+02:00", "2031-10-26T02:50+02:00"],
    }
    with open_tab(conference) as tab:
        tab.route(
            "**/example-conf/sessions.json",
            lambda route: route.fulfill(json={"event": "Night", "sessions": night}),
        )
        page = with_stars(tab, *night)
        expect(page.locator(".kb-clash")).to_have_count(0)
        assert listed(page) == ["Sooner", "Later"]


def test_my_schedule_tells_who_has_no_stars_how_to_begin(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference, viewport=PHONE) as tab:
        page = tab.open(MINE)
        expect(page.get_by_text("No session has your star yet")).to_be_visible()
        expect(page.get_by_role("link", name="Example Conf")).to_be_visible()
        assert page.evaluate(WIDER) <= 0


# For everybody


def test_without_javascript_all_is_there_but_what_needs_it(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference, java_script_enabled=False) as tab:
        page = tab.open(f"{DAY}?track=Workshops")
        assert rows(page).count() == ROOMS * len(HOURS) + 2
        for never in (".kb-filters", ".kb-unfold", ".kb-star", ".kb-shown"):
            assert page.locator(f"{never}:visible").count() == 0
        page.get_by_role("link", name="14", exact=True).click()
        expect(page.locator("#at-0401-1400")).to_be_in_viewport()
        page = tab.open("sessions/example-conf/long/")
        assert page.locator(".kb-star:visible").count() == 0
        page = tab.open(MINE)
        expect(page.get_by_text("this page needs JavaScript")).to_be_visible()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_a_schedule_in_use(
    open_tab: OpenTab,
    conference: str,
    viewport: ViewportSize,
    color_scheme: Literal["light", "dark"],
) -> None:
    check = axe.findings if color_scheme == "light" else axe.colours
    with open_tab(conference, viewport=viewport, color_scheme=color_scheme) as tab:
        tab.page.clock.set_fixed_time(datetime(2031, 4, 1, 9, 25, tzinfo=UTC))
        page = tab.open(f"{DAY}?track=Workshops&track=AI+%2B+ML")
        give(page, "A long workshop")
        unfold(page)
        page.locator("summary", has_text="Tracks").click()
        assert check(page) == []
        page = tab.open(GRID)
        assert check(page) == []


def test_headings_name_the_hours_and_lists_hold_the_sessions(
    open_tab: OpenTab, conference: str
) -> None:
    with open_tab(conference) as tab:
        page = tab.open(DAY)
        hours = page.get_by_role("heading", level=2)
        expect(hours).to_have_text(["09:00", "10:00", "11:00", "14:00", "Hour not known"])
        page = tab.open(GRID)
        day = page.get_by_role("heading", name="Thursday 1 May 2031")
        expect(day).to_be_visible()
        expect(page.get_by_role("heading", level=3)).to_have_count(9)
        assert page.get_by_role("listitem").filter(has_text="Meeting 9 0").count() > 0
