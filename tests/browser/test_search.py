"""Search in a browser: by mouse and by keyboard, wherever the site is."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from kbsite.build import build
from kbsite.pipeline import Prepared
from tests.bases import CONFIG, EVENT, write
from tests.browser.conftest import DESK, PHONE, OpenTab, Tab
from tests.serving import served

NAMES = "**/assets/names.gzip"
COUNTED = re.compile(r"^\d+ results(, and there are more)?$")
ON = ("", "themes/", "themes/ebpf/", "people/vincent-caldeira/", "explore/", "about/")


def search(page: Page, words: str) -> Locator:
    """Open search by its key, type, and wait for what is found: the options."""
    box = page.get_by_role("combobox", name="Search")
    page.keyboard.press("/")
    if words.isascii():
        page.keyboard.type(words)
    else:  # Playwright has no keys for the others
        box.fill(words)
    expect(box).to_have_value(words)
    dialog = page.get_by_role("dialog", name="Search")
    options = dialog.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(dialog.get_by_role("status").filter(has_text="result")).to_be_visible()
    return options


class Holding:
    """Holds back the requests of a pattern, from when it is to see one until it is released."""

    def __init__(self, tab: Tab, pattern: str | re.Pattern[str]) -> None:
        self._page, self._pattern = tab.page, pattern
        self._held: list[Route] = []
        self._holds = False
        tab.route(pattern, self._hold)

    @contextmanager
    def until_asked(self) -> Iterator[None]:
        """Something inside makes the browser ask; when it has, and waits, this ends."""
        self._holds = True
        with self._page.expect_request(self._pattern):
            yield
        while not self._held:  # a request is told of before what is to become of it is asked
            self._page.wait_for_timeout(1)

    def release(self) -> None:
        self._holds = False
        for route in self._held:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._holds:
            self._held.append(route)
        else:
            route.continue_()


@pytest.fixture(scope="module")
def ask(open_tab: OpenTab, address: str) -> Iterator[Callable[[str], Page]]:
    """Looks for words in a search that is open already, and gives the page with what was found."""
    with open_tab(address) as tab:
        page = tab.open("themes/")
        search(page, "eBPF")

        def look_for(words: str) -> Page:
            box, status = page.get_by_role("combobox", name="Search"), page.get_by_role("status")
            box.fill("")
            expect(status).to_contain_text("Ask for a name")
            box.fill(words)
            expect(status).to_have_text(re.compile(r"\d+ results?\b"))
            return page

        yield look_for


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name).get_by_role("option")


@pytest.mark.parametrize("path", ON)
def test_the_key_opens_search_on_every_page(open_tab: OpenTab, address: str, path: str) -> None:
    with open_tab(address) as tab:
        search(tab.open(path), "eBPF")
        assert tab.complaints == []


def test_nothing_of_search_is_fetched_before_it_is_wanted(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        fetched: list[str] = []
        tab.page.on("request", lambda request: fetched.append(request.url))
        page = tab.open("themes/")
        assert not [url for url in fetched if re.search("search|finding|names|pagefind", url)]
        search(page, "eBPF")
        assert [url for url in fetched if "pagefind" in url]


def test_search_leaves_the_page_its_own_fetch(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=DESK) as tab:
        page = tab.open("themes/")
        page.evaluate("window.before = window.fetch")
        search(page, "eBPF")
        assert page.evaluate("window.fetch === window.before")


def test_a_theme_comes_first_where_it_is_called_so(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        options = search(page, "eBPF")
        expect(options.first).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("group").first).to_have_attribute(
            "aria-labelledby", "kb-found-theme"
        )
        expect(options.first.locator("mark")).to_have_text("eBPF")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}themes/ebpf/")
        assert tab.complaints == []


def test_a_person_comes_first_by_name(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("themes/")
        search(page, "Vincent Caldeira")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}people/vincent-caldeira/")
        expect(page.locator("article h1")).to_contain_text("Vincent Caldeira")


def test_search_works_by_mouse_and_by_touch(open_tab: OpenTab, address: str) -> None:
    for size, touch in ((DESK, False), (PHONE, True)):
        with open_tab(address, viewport=size, has_touch=touch) as tab:
            page = tab.open("")
            control = page.locator("header [data-kb-search]")
            box = control.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            control.tap() if touch else control.click()
            page.get_by_role("combobox", name="Search").fill("Uber")
            found = group(page, "Organisations").first
            expect(found).to_contain_text("Uber")
            found.tap() if touch else found.click()
            page.wait_for_url(f"{address}organisations/uber/")
            assert tab.complaints == []


def test_the_box_on_the_home_page_opens_search(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        page.locator(".kb-hero [data-kb-search]").click()
        expect(page.get_by_role("combobox", name="Search")).to_be_focused()


def test_results_have_the_headings_and_the_order_that_the_site_gives_them(
    open_tab: OpenTab, address: str
) -> None:
    def renamed(route: Route) -> None:
        known = json.loads(gzip.decompress(route.fetch().body()))
        for kind in known["named"]:
            kind[1] = f"All {kind[1]}"
        route.fulfill(body=gzip.compress(json.dumps(known).encode()))

    with open_tab(address) as tab:
        tab.route(NAMES, renamed)
        page = tab.open("")
        search(page, "observ")
        shown = page.locator("[role=group] [role=presentation]").all_inner_texts()
        assert shown.index("All Themes") < shown.index("Sessions")
        expect(group(page, "All Themes").first).to_contain_text("Observability")
        assert tab.complaints == []


def test_arrows_escape_and_tab_work(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        opener = page.locator("header [data-kb-search]")
        opener.focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("combobox", name="Search")
        expect(box).to_be_focused()
        page.keyboard.type("kubernetes")
        expect(group(page, "Sessions").first).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="result")).to_be_visible()
        count = page.get_by_role("option").count()

        def at() -> int:
            name = box.get_attribute("aria-activedescendant") or ""
            selected = page.locator("[role=option][aria-selected=true]")
            expect(selected).to_have_count(1)
            assert selected.get_attribute("id") == name
            return int(name.rpartition("-")[2])

        assert at() == 0
        for key, place in (
            ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("ArrowUp", 0),
            ("ArrowUp", count - 1), ("ArrowDown", 0),
        ):  # fmt: skip
            page.keyboard.press(key)
            assert at() == place
        page.keyboard.press("Home")
        assert at() == 0
        assert box.evaluate("box => box.selectionStart") == 0  # they move in the text
        expect(box).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="All sessions that match")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).not_to_be_visible()
        expect(opener).to_be_focused()
        page.keyboard.press("Control+k")
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).not_to_be_visible()
        assert tab.complaints == []


def test_a_slash_in_a_field_is_a_slash(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/")
        words = page.get_by_role("searchbox", name="Words in the sessions")
        words.focus()
        page.keyboard.type("a/b")
        expect(words).to_have_value("a/b")
        expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("pajak", "People", "Robert Pająk"),
        ("Pająk", "People", "Robert Pająk"),
        ("platform engi", "Themes", "Platform engineering"),
        ("kubernets", "Projects", "Kubernetes"),
        ("OTel", "Themes", "OpenTelemetry"),
    ],
)
def test_accents_prefixes_slips_and_other_names_find_the_thing(
    ask: Callable[[str], Page], words: str, kind: str, found: str
) -> None:
    expect(group(ask(words), kind).filter(has_text=found).first).to_be_visible()


def test_what_is_found_is_counted_and_leads_to_all_sessions(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        page = tab.open("themes/ebpf/")
        search(page, "agents")
        expect(page.get_by_role("status")).to_have_text(COUNTED)
        page.get_by_role("link", name="All sessions that match").click()
        page.wait_for_url(f"{address}explore/?q=agents")
        expect(page.locator(".kb-rows li").first).to_be_visible()
        assert tab.complaints == []


def test_what_was_learned_of_a_theme_follows_the_theme(
    ask: Callable[[str], Page], prepared: Prepared
) -> None:
    page = ask("what was learned about Platform engineering")
    headings = page.locator("[role=group] [role=presentation]")
    expect(headings.first).to_have_text("Themes")
    expect(headings.nth(1)).to_have_text("Learnings")
    expect(group(page, "Themes").first).to_contain_text("Platform engineering")
    learnings = prepared.graph.learnings.values()
    of_it = [f"#learning-{each.id}" for each in learnings if "platform-engineering" in each.themes]
    shown = [each.get_attribute("href") or "" for each in group(page, "Learnings").all()]
    assert len(of_it) > 5
    assert sum(href.endswith(tuple(of_it)) for href in shown) >= min(len(of_it), 10)


def test_a_quote_is_found_at_its_place_with_where_it_comes_from(
    ask: Callable[[str], Page],
) -> None:
    page = ask("agentic vulnerability is statistical")
    expect(page.locator("[role=group] [role=presentation]").first).to_have_text("Quotes")
    quote = page.get_by_role("option").first
    expect(quote.locator("b")).to_have_text(
        "Agentic vulnerability is statistical, not deterministic."
    )
    expect(quote.locator("span").first).to_contain_text("Reported by Soumia")
    expect(quote).to_have_attribute("href", re.compile(r"/sessions/[^#]+/#quote-"))


def test_as_many_results_are_said_as_are_shown(ask: Callable[[str], Page]) -> None:
    for words in ("agents", "uber figures", "agentic vulnerability is statistical"):
        page = ask(words)
        said = re.match(r"\d+", page.get_by_role("status").inner_text())
        assert said
        expect(page.get_by_role("option")).to_have_count(int(said[0]))


def test_finding_nothing_says_what_to_do(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        page = tab.open("themes/ebpf/")
        page.keyboard.press("/")
        page.get_by_role("combobox", name="Search").fill("вфыжщ")
        expect(page.get_by_role("status")).to_contain_text("Nothing was found for “вфыжщ”. Try")
        expect(page.get_by_role("option")).to_have_count(0)
        dialog = page.locator("dialog")
        dialog.get_by_role("link", name="people").click()
        page.wait_for_url(f"{address}people/")


def test_enter_opens_what_is_typed_though_older_results_are_still_shown(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        expect(search(page, "uber").first).to_contain_text("Uber")
        box = page.get_by_role("combobox", name="Search")
        box.press("Control+a")
        page.keyboard.type("backstage")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}projects/backstage/")


def test_enter_before_there_are_results_is_remembered(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        holding = Holding(tab, "**/assets/search.js")
        page = tab.open("")
        with holding.until_asked():
            page.keyboard.press("/")
            page.keyboard.type("ebpf")
            page.keyboard.press("Enter")
        holding.release()
        page.wait_for_url(f"{address}themes/ebpf/")
        tab.open("")
        page.keyboard.press("/")
        page.keyboard.type("ebpf")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}themes/ebpf/")
        assert tab.complaints == []


def test_escape_gives_up_a_search_that_is_still_being_fetched(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        holding = Holding(tab, "**/assets/search.js")
        page = tab.open("")
        with holding.until_asked():
            page.keyboard.press("/")
            page.keyboard.press("Escape")
        holding.release()
        page.evaluate("import('./assets/search.js').then(({open}) => open(() => null))")
        assert page.locator("dialog").count() == 1
        assert page.locator("dialog[open]").count() == 0
        search(page, "eBPF")


def test_a_search_that_cannot_be_fetched_leads_to_explore(open_tab: OpenTab, address: str) -> None:
    with open_tab(address) as tab:
        tab.route("**/assets/search.js", lambda route: route.abort())
        page = tab.open("themes/")
        page.keyboard.press("/")
        page.wait_for_url(f"{address}explore/")


def missing(route: Route) -> None:
    route.fulfill(status=404, body="")


def cut_off(route: Route) -> None:
    route.abort()


def cut_short(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.body()[:-20])


def test_names_that_are_missing_are_said_and_fetched_again(open_tab: OpenTab, address: str) -> None:
    for answer in (missing, cut_off, cut_short):
        with open_tab(address) as tab:
            tab.route(NAMES, answer)
            page = tab.open("")
            page.keyboard.press("/")
            page.keyboard.type("eBPF")
            status = page.get_by_role("status")
            expect(status).to_contain_text("Search could not be loaded")
            expect(page.get_by_role("option")).to_have_count(0)
            tab.unroute()
            page.get_by_role("combobox", name="Search").fill("ebpf")
            expect(page.get_by_role("option").first).to_contain_text("eBPF")
            expect(status).to_contain_text("results")


def test_names_are_found_where_a_part_of_the_index_is_missing_which_is_fetched_again(
    open_tab: OpenTab, address: str
) -> None:
    for part, answer in (
        ("**/*.pf_index", missing), ("**/*.pf_fragment", missing),
        ("**/pagefind-entry.json*", missing), ("**/pagefind.js*", missing),
        ("**/*.pf_meta", cut_off), ("**/*.pf_index", cut_off), ("**/*.pf_index", cut_short),
    ):  # fmt: skip
        with open_tab(address) as tab:
            tab.route(part, answer)
            page = tab.open("")
            page.keyboard.press("/")
            page.keyboard.type("eBPF")
            status = page.get_by_role("status")
            expect(status).to_contain_text("the texts could not be loaded")
            expect(page.get_by_role("option").first).to_contain_text("eBPF")
            tab.unroute()
            page.get_by_role("combobox", name="Search").fill("ebpf")
            expect(status).to_have_text(COUNTED)


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("predictions a second", "sessions/kubecon-eu-2026/one-controller-to-rule-them-all"),
        ("vulnerability is statistical", "sessions/kubecon-eu-2026/ai-agents-and-platform-eng"),
        ("agentregistry donated", "sessions/kubecon-eu-2026/ai-agents-and-platform-engineering"),
        ("uber figures", "organisations/uber/"),
        ("schedule 25 march", "events/kubecon-eu-2026/#day-2026-03-25"),
        ("Wednesday", "events/kubecon-eu-2026/#day-2026-03-25"),
    ],
)
def test_figures_quotes_announcements_and_days_are_found(
    ask: Callable[[str], Page], words: str, leads: str
) -> None:
    expect(ask(words).locator(f"a[role=option][href*='/{leads}']").first).to_be_visible()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("what was learned about eBPF", "eBPF"),
        ("who is Vincent Caldeira?", "Vincent Caldeira"),
    ],
)
def test_a_question_finds_what_it_is_about(
    ask: Callable[[str], Page], words: str, found: str
) -> None:
    expect(ask(words).get_by_role("option").first).to_contain_text(found)


def test_words_that_nothing_has_together_find_what_has_some(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        page.keyboard.press("/")
        box = page.get_by_role("combobox", name="Search")
        box.fill("eBPF Crossplane")
        status = page.get_by_role("status")
        expect(status).to_contain_text("Nothing has all of these words")
        expect(group(page, "Themes").first).to_contain_text("eBPF")
        box.fill("e")
        expect(status).to_have_text("Type two letters or more.")
        box.fill("what who")  # of such words alone, they are looked for
        expect(page.get_by_role("option").first).to_be_visible()


def test_the_box_on_the_home_page_hands_its_text_over_and_back(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        page = tab.open("")
        home = page.locator(".kb-hero [data-kb-search]")
        home.focus()
        page.keyboard.type("uber")
        expect(page.get_by_role("combobox", name="Search")).to_have_value("uber")
        expect(page.get_by_role("option").first).to_contain_text("Uber")
        page.keyboard.type(" ebpf")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).not_to_be_visible()
        expect(home).to_have_value("uber ebpf")
        expect(home).to_be_focused()
        assert tab.complaints == []


def test_the_newest_words_win(open_tab: OpenTab, address: str) -> None:
    """However late the answer to older ones comes."""
    with open_tab(address) as tab:
        holding = Holding(tab, re.compile(r"\.pf_(index|fragment)"))
        page = tab.open("")
        search(page, "eBPF")
        box = page.get_by_role("combobox", name="Search")
        with holding.until_asked():
            box.fill("backstage")
        box.fill("eBPF")
        holding.release()
        answered = """({seek}) => seek("backstage")
          .then(({results}) => Promise.all(results.map(result => result.data())))"""
        page.evaluate(f"import('./assets/search.js').then({answered})")
        assert "eBPF" in page.get_by_role("option").first.inner_text()


def learnings_base(root: Path) -> Path:
    session = {
        "title": "Queues at night",
        "start": "2031-04-01",
        "speakers": [{"name": "Ada Example"}],
        "links": [{"kind": "video", "url": "https://video.example/1"}],
        "learnings": [
            {"id": "one", "text": "Nothing of interest here."},
            {"id": "two", "text": "Backpressure belongs at the *edge*.", "at": "12:30"},
        ],
    }
    return write(
        root,
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": ({"title": "Home"}, "Hello."),
            "sessions/example-conf/event.yaml": EVENT,
            "sessions/example-conf/queues.yaml": session,
        },
    )


def test_in_a_subfolder_a_learning_is_found_with_its_talk_and_minute(
    open_tab: OpenTab, tmp_path: Path
) -> None:
    site = build(learnings_base(tmp_path / "base")).site_dir
    shutil.copytree(site, tmp_path / "host" / "repo")
    with served(tmp_path / "host") as host, open_tab(host) as tab:
        page = tab.open("repo/people/ada-example/")
        search(page, "backpress")
        learning = group(page, "Learnings")
        expect(learning).to_have_count(1)
        expect(learning).to_contain_text("Backpressure belongs at the edge.")
        expect(learning).to_contain_text("Example Conf · 12:30 · Queues at night")
        learning.click()
        page.wait_for_url(f"{host}repo/sessions/example-conf/queues/#learning-two")
        expect(page.locator("#learning-two")).to_be_in_viewport()
        search(page, "Queues")
        expect(page.get_by_role("option").first).to_have_attribute(
            "href", f"{host}repo/sessions/example-conf/queues/"
        )
        assert tab.complaints == []


def test_without_javascript_the_way_to_search_leads_to_explore(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        page = tab.open("themes/ebpf/")
        page.locator("header [data-kb-search]").click()
        page.wait_for_url(f"{address}explore/")


def test_sessions_can_be_found_by_their_titles(
    ask: Callable[[str], Page], prepared: Prepared
) -> None:
    for node in list(prepared.graph.sessions.values())[::9]:
        found = ask(node.record.title).get_by_role("group").first
        expect(found).to_contain_text(node.record.title)


def test_records_that_attack_run_nothing_in_results(
    open_tab: OpenTab, hostile_address: str
) -> None:
    with open_tab(hostile_address) as tab:
        page = tab.open("")
        for words in ("javascript", "onerror", "script", "alert"):
            search(page, words)
            page.keyboard.press("Escape")
            expect(page.locator("dialog")).not_to_be_visible()
        page = tab.open("explore/?q=alert")
        expect(page.locator(".kb-rows li").first).to_be_visible()
        assert page.locator("#kb-explore :is(script, img), dialog :is(script, img)").count() == 0
        assert tab.complaints == []
