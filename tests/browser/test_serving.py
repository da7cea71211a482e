"""`kbsite serve` in a browser: a page is loaded again when it is another one, and only then."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import APIResponse, Page, Response, Route, expect

from kbsite.plugin.live.indexing import BEING_MADE
from tests.browser.conftest import OpenTab
from tests.live import eventually, serving, started
from tests.test_serve import NEWS, hanging, retitled

STAYS = "() => window.here === true"


def stay(page: Page) -> None:
    """Have a mark that is gone when the page is loaded again."""
    page.evaluate("window.here = true")


def is_asked_for(answer: Response, url: str) -> bool:
    """Whether a page has asked if it is another one by now."""
    return answer.request.method == "HEAD" and answer.url == url


def test_a_page_is_loaded_again_when_it_has_changed_and_stays_otherwise(
    small: Path, open_tab: OpenTab
) -> None:
    with serving(small) as address, open_tab(address) as tab:
        with tab.page.expect_request("**/.kbsite/changes"):
            page = tab.open(f"{NEWS}/")
        stay(page)
        about = small / "content" / "about.md"
        for _ in range(3):  # what comes of one is seen by the next at the latest
            with page.expect_response(lambda answer: is_asked_for(answer, page.url)):
                about.write_text(about.read_text() + "\nMore.\n")
        assert page.evaluate(STAYS)
        retitled(small, "Another title")
        expect(page.get_by_role("heading", level=1)).to_have_text("Another title")
        assert not page.evaluate(STAYS)
        record = small / f"{NEWS}.yaml"
        text = record.read_text()
        record.write_text(f"{text}\ntittle: again\n")
        expect(page.get_by_role("alert")).to_contain_text("unknown key 'tittle'")
        record.write_text(text)
        expect(page.get_by_role("alert")).to_have_count(0)
        assert tab.complaints == []


def test_a_page_is_loaded_again_when_what_it_has_fetched_has_changed(
    small: Path, open_tab: OpenTab
) -> None:
    style = small / "content" / "style.css"
    style.write_text("#page { color: rgb(1, 2, 3) !important }")
    with (small / "mkdocs.yml").open("a") as config:
        config.write("extra_css: [style.css]\n")
    with serving(small) as address, open_tab(address) as tab:
        with tab.page.expect_request("**/.kbsite/changes"):
            page = tab.open("explore/")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_css("color", "rgb(1, 2, 3)")
        style.write_text("#page { color: rgb(4, 5, 6) !important }")
        expect(heading).to_have_css("color", "rgb(4, 5, 6)")
        expect(page.get_by_text("Sorted afterwards")).to_have_count(0)
        retitled(small, "Sorted afterwards")
        expect(page.get_by_text("Sorted afterwards")).to_be_visible()
        assert tab.complaints == []


def test_a_page_is_loaded_again_when_what_it_asks_is_answered_late(
    small: Path, open_tab: OpenTab
) -> None:
    held: list[Route] = []
    late = True

    def ask(route: Route) -> None:
        if late and route.request.method == "HEAD":
            held.append(route)
        else:
            route.continue_()

    with serving(small) as address, open_tab(address) as tab:
        tab.route("**/*", ask)
        with tab.page.expect_request("**/.kbsite/changes"):
            page = tab.open("explore/")
        expect(page.get_by_text("Kernel news")).to_be_visible()
        retitled(small, "Sorted afterwards")
        eventually(f"{address}{NEWS}/", holds="Sorted afterwards")
        while not held:
            page.wait_for_timeout(1)
        late = False
        for route in held:
            route.continue_()
        expect(page.get_by_text("Sorted afterwards")).to_be_visible()


def test_a_page_is_loaded_again_when_what_it_fetches_comes_late_and_is_old(
    small: Path, open_tab: OpenTab
) -> None:
    late: list[tuple[Route, APIResponse]] = []
    with serving(small) as address, open_tab(address) as tab:
        tab.route("**/explore/rows/*", lambda route: late.append((route, route.fetch())), times=1)
        with tab.page.expect_request("**/.kbsite/changes"):
            page = tab.open("explore/")
        while not late:
            page.wait_for_timeout(1)
        with page.expect_response(lambda answer: is_asked_for(answer, page.url)):
            retitled(small, "Sorted afterwards")
        for route, old in late:
            route.fulfill(response=old)
        expect(page.get_by_text("Sorted afterwards")).to_be_visible()


def test_search_says_that_its_index_is_being_made(
    small: Path, tmp_path: Path, open_tab: OpenTab
) -> None:
    environment, _ = hanging(tmp_path)
    with started(small, **environment) as (_, address), open_tab(address) as tab:
        page = tab.open("")
        page.keyboard.press("/")
        note = page.get_by_role("dialog", name="Search").get_by_text(BEING_MADE)
        expect(note).to_be_visible()


def test_an_author_is_led_to_the_page_that_was_saved_and_to_the_place_of_a_problem(
    small: Path, open_tab: OpenTab
) -> None:
    command = ("kbsite", "serve", "--follow", "--editor", "vscode", "--addr")
    with serving(small, command=command) as address, open_tab(address) as tab:
        with tab.page.expect_request("**/.kbsite/changes"):
            page = tab.open("themes/seeing/")
        record = small / f"{NEWS}.yaml"
        text = record.read_text()
        record.write_text(text.replace("title: ", "title: Latest "))
        page.wait_for_url(f"{address}{NEWS}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Latest")
        record.write_text(f"{text}\ntittle: again\n")
        line = len(text.splitlines()) + 2
        place = page.get_by_role("alert").get_by_role("link", name=f"{NEWS}.yaml:{line}:1")
        expect(place).to_have_attribute("href", f"vscode://file{record.resolve()}:{line}:1")
        assert tab.complaints == []
