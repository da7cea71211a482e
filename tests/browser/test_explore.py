"""Explore in a browser: facets, their counts, and the address that holds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from kbsite.graph.nodes import Graph, SessionNode
from kbsite.pipeline import Prepared
from tests.browser.conftest import PHONE, OpenTab

VALUES: dict[str, Callable[[SessionNode], Iterable[str]]] = {
    "theme": lambda node: node.themes,
    "event": lambda node: (node.event,),
    "speaker": lambda node: (a.person for a in node.appearances),
    "organisation": lambda node: {a.organisation for a in node.appearances if a.organisation},
    "project": lambda node: node.projects,
    "kind": lambda node: (node.record.kind,),
    "level": lambda node: (node.record.level,) if node.record.level else (),
    "learnings": lambda node: ("yes",) if node.learnings else (),
    "video": lambda node: ("yes",) if any(e.kind == "video" for e in node.record.links) else (),
}


@pytest.fixture(scope="module")
def graph(prepared: Prepared) -> Graph:
    return prepared.graph


def fitting(graph: Graph, chosen: dict[str, list[str]]) -> list[SessionNode]:
    return [
        node
        for node in graph.sessions.values()
        if all(set(values) & set(VALUES[facet](node)) for facet, values in chosen.items())
    ]


def expected(graph: Graph, chosen: dict[str, list[str]], facet: str) -> Counter[str]:
    """How many sessions each value of a facet would give: its own choice does not count."""
    others = {name: values for name, values in chosen.items() if name != facet}
    return Counter(value for node in fitting(graph, others) for value in VALUES[facet](node))


@pytest.fixture(scope="module")
def foremost(graph: Graph) -> list[str]:
    """Themes, those of most sessions first, as Explore offers them."""
    return [theme for theme, _ in expected(graph, {}, "theme").most_common()]


def shown(page: Page, facet: str) -> dict[str, int]:
    out = {}
    for option in page.locator(f"label:has(input[name={facet}])").all():
        value = option.locator("input").get_attribute("value") or ""
        out[value] = int(option.locator(".kb-count").inner_text().replace(",", ""))
    return out


def ready(page: Page, graph: Graph, number: int) -> None:
    every = len(graph.sessions)
    total = f"{number} of {every} sessions" if number != every else f"{every} sessions"
    expect(page.get_by_role("status")).to_have_text(total)


def choose(page: Page, facet: str, value: str) -> None:
    page.locator(f"input[name={facet}][value='{value}']").click()


def test_facets_are_those_of_the_data_whatever_they_are(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    names = [f"Group {number}" for number in range(20)]
    places = [[at % len(names)] for at, _ in enumerate(graph.sessions)]
    groups = {
        "id": "group", "label": "Working group", "plural": "working groups", "path": "groups/{}/",
        "values": names, "sessions": places,
    }  # fmt: skip
    with open_tab(address) as tab:

        def only_groups(route: Route) -> None:
            data = route.fetch().json()
            route.fulfill(json=data | {"facets": [groups]})

        tab.route("**/facets.json", only_groups)
        page = tab.open("explore/?group=group-3")
        held = [
            node
            for node, place in zip(graph.sessions.values(), places, strict=True)
            if place == [3]
        ]
        ready(page, graph, len(held))
        expect(page.get_by_role("group", name="Working group")).to_be_visible()
        page.get_by_role("searchbox", name="Find in working groups").fill("group 19")
        expect(page.locator("label:has(input[name=group])")).to_contain_text(
            ["Group 3", "Group 19"]
        )
        links = page.locator(".kb-rows .kb-session__title a")
        assert links.all_inner_texts() == [node.record.title for node in held]
        chip = page.locator(".kb-rows li").first.get_by_role("link", name="Group 3")
        expect(chip).to_have_attribute("href", f"{address}groups/group-3/")
        assert tab.complaints == []


def test_counts_are_those_of_the_records_whatever_is_chosen(
    open_tab: OpenTab, address: str, graph: Graph, foremost: list[str]
) -> None:
    steps = [
        ("theme", foremost[0]),
        ("theme", foremost[1]),
        ("level", "intermediate"),
        ("event", "kubecon-eu-2026"),
    ]
    chosen: dict[str, list[str]] = {}
    with open_tab(address) as tab:
        page = tab.open("explore/")
        for facet, value in [("", ""), *steps]:
            if facet:
                choose(page, facet, value)
                chosen.setdefault(facet, []).append(value)
            fits = fitting(graph, chosen)
            ready(page, graph, len(fits))
            for name in VALUES:
                counts = expected(graph, chosen, name)
                there = shown(page, name)
                assert bool(there) == bool(counts), name
                assert there == {value: counts[value] for value in there}, name
                most = sorted(counts.values(), reverse=True)[: len(there)]
                if not chosen.get(name):
                    assert sorted(there.values(), reverse=True) == most, name
            titles = page.locator(".kb-rows .kb-session__title a").all_inner_texts()
            assert titles == [node.record.title for node in fits[:20]]
        assert tab.complaints == []


def test_a_shared_address_shows_what_was_chosen(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    chosen = {"theme": ["ebpf", "observability"], "level": ["intermediate"]}
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=ebpf&theme=observability&level=intermediate")
        ready(page, graph, len(fitting(graph, chosen)))
        chips = page.get_by_role("list", name="Chosen").get_by_role("button")
        expect(chips).to_have_text([re.compile(n) for n in ("eBPF|Obs", "eBPF|Obs", "Intermed")])
        chips.last.click()
        ready(page, graph, len(fitting(graph, {"theme": chosen["theme"]})))
        assert parse_qs(urlsplit(page.url).query) == {"theme": chosen["theme"]}
        tab.open("explore/?theme=no-such-theme&q=")
        ready(page, graph, len(graph.sessions))
        assert tab.complaints == []


def test_an_address_may_ask_for_all_values_of_a_facet(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    both = {"observability", "opentelemetry"}
    held = [node for node in graph.sessions.values() if both <= set(node.themes)]
    assert 0 < len(held) < len(fitting(graph, {"theme": list(both)}))
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=observability&theme=opentelemetry&all=theme")
        ready(page, graph, len(held))
        assert tab.complaints == []


def test_back_and_forward_go_through_what_was_chosen(
    open_tab: OpenTab, address: str, graph: Graph, foremost: list[str]
) -> None:
    theme = foremost[0]
    one = len(fitting(graph, {"theme": [theme]}))
    two = len(fitting(graph, {"theme": [theme], "level": ["beginner"]}))
    with open_tab(address) as tab:
        page = tab.open("explore/")
        ready(page, graph, len(graph.sessions))
        choose(page, "theme", theme)
        ready(page, graph, one)
        choose(page, "level", "beginner")
        ready(page, graph, two)
        page.go_back()
        ready(page, graph, one)
        expect(page.locator("input[name=level][value=beginner]")).not_to_be_checked()
        page.go_back()
        ready(page, graph, len(graph.sessions))
        page.go_forward()
        ready(page, graph, one)
        page.locator(".kb-rows .kb-session__title a").first.click()
        page.wait_for_url("**/sessions/**")
        page.go_back()
        ready(page, graph, one)


def test_words_and_facets_work_together(open_tab: OpenTab, address: str, graph: Graph) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=observability")
        words = page.get_by_role("searchbox", name="Words in the sessions")
        words.fill("eBPF")
        expect(page).to_have_url(re.compile(r"\?q=eBPF&theme=observability$"))
        expect(page.locator(".kb-rows .kb-session__title a").first).to_contain_text("eBPF")
        themes = {node.record.title for node in fitting(graph, {"theme": ["observability"]})}
        assert set(page.locator(".kb-rows .kb-session__title a").all_inner_texts()) <= themes
        expect(words).to_be_focused()
        assert tab.complaints == []


def test_an_empty_result_offers_what_to_leave_out_and_what_that_gives(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    kept_out = len(fitting(graph, {"theme": ["ebpf"]}))
    other = len(fitting(graph, {"event": ["cncf-colocated-eu-2026"]}))
    assert not fitting(graph, {"theme": ["ebpf"], "event": ["cncf-colocated-eu-2026"]})
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=ebpf&event=cncf-colocated-eu-2026")
        ready(page, graph, 0)
        offers = page.locator(".kb-relax").get_by_role("button")
        noun = "session" if other == 1 else "sessions"
        expect(offers).to_have_text([f"Theme: {other} {noun}", f"Event: {kept_out} sessions"])
        offers.last.click()
        ready(page, graph, kept_out)
        page = tab.open("explore/?theme=ebpf&q=Crossplane")
        ready(page, graph, 0)
        page.get_by_role("button", name="The words").click()
        ready(page, graph, kept_out)
        page = tab.open("explore/?q=вфыжщ&theme=ebpf&event=cncf-colocated-eu-2026")
        page.get_by_role("button", name="Everything").click()
        ready(page, graph, len(graph.sessions))


def test_words_and_filters_that_agree_in_nothing_can_be_had_alone(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=ebpf&event=cncf-colocated-eu-2026&q=Caldeira")
        ready(page, graph, 0)
        offers = page.locator(".kb-relax")
        expect(offers).to_contain_text("No session matches all of these. Try without: All filters:")
        offers.get_by_role("button", name="All filters").click()
        expect(page).to_have_url(re.compile(r"/explore/\?q=Caldeira$"))
        expect(page.locator(".kb-rows li").first).to_be_visible()
        expect(page.get_by_role("status")).to_be_focused()
        page = tab.open("explore/?q=eBPF+Crossplane")
        expect(page.get_by_role("status")).to_contain_text("Nothing has all of these words")
        assert tab.complaints == []


def test_removing_a_filter_by_keyboard_keeps_the_focus(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=ebpf&theme=observability")
        chips = page.get_by_role("button", name="Remove filter")
        page.get_by_role("button", name="Remove filter eBPF").focus()
        page.keyboard.press("Enter")
        expect(chips).to_have_count(1)
        expect(chips).to_be_focused()
        page.keyboard.press("Enter")
        ready(page, graph, len(graph.sessions))
        expect(page.get_by_role("status")).to_be_focused()


def test_what_cannot_be_fetched_is_said_and_the_lists_stay(open_tab: OpenTab, address: str) -> None:
    for missing, asked in (
        ("**/facets.json", ""), ("**/rows/*.json", ""), ("**/pagefind.js*", "?q=eBPF"),
        ("**/*.pf_index", "?q=eBPF"), ("**/sessions.json", "?q=eBPF"),
    ):  # fmt: skip
        with open_tab(address) as tab:
            tab.route(missing, lambda route: route.fulfill(status=404, body="no"))
            page = tab.open(f"explore/{asked}")
            article = page.locator("article")
            expect(article).to_contain_text("could not be loaded. The lists are below.")
            expect(article.get_by_role("link", name=re.compile(r"^\d+ themes$"))).to_be_visible()
            if asked:
                page.unroute(missing)
                page.get_by_role("searchbox", name="Words in the sessions").fill("ebpf")
                expect(page.locator(".kb-rows li").first).to_be_visible()


def test_a_long_facet_is_found_in_by_typing_and_keeps_its_list_short(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/")
        ready(page, graph, len(graph.sessions))
        assert len(shown(page, "speaker")) == 8
        page.get_by_role("searchbox", name="Find in speakers").fill("pajak")
        expect(page.locator("label:has(input[name=speaker])")).to_have_text(["Robert Pająk1"])
        choose(page, "speaker", "robert-pajak")
        ready(page, graph, 1)
        assert tab.complaints == []


def test_it_all_works_by_keyboard(
    open_tab: OpenTab, address: str, graph: Graph, foremost: list[str]
) -> None:
    theme = foremost[0]
    with open_tab(address) as tab:
        page = tab.open("explore/")
        ready(page, graph, len(graph.sessions))
        page.locator(f"input[name=theme][value={theme}]").focus()
        page.keyboard.press("Space")
        ready(page, graph, len(fitting(graph, {"theme": [theme]})))
        expect(page.locator(f"input[name=theme][value={theme}]")).to_be_focused()


def test_more_sessions_are_shown_on_demand(open_tab: OpenTab, address: str, graph: Graph) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/")
        rows = page.locator(".kb-rows li")
        expect(rows).to_have_count(20)
        page.get_by_role("button", name="Show more").click()
        expect(rows).to_have_count(40)
        expect(rows.nth(20).locator(".kb-session__title a")).to_be_focused()
        while page.get_by_role("button", name="Show more").is_visible():
            count = rows.count()
            page.get_by_role("button", name="Show more").click()
            expect(rows.nth(count)).to_be_visible()
        expect(rows).to_have_count(len(graph.sessions))
        expect(page.get_by_role("button", name="Show more")).not_to_be_visible()


def test_on_a_phone_the_facets_are_folded_away(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address, viewport=PHONE) as tab:
        page = tab.open("explore/?theme=ebpf")
        facet = page.locator("input[name=theme][value=ebpf]")
        expect(page.locator(".kb-rows li").first).to_be_visible()
        expect(facet).not_to_be_visible()
        number = len(fitting(graph, {"theme": ["ebpf"]}))
        page.get_by_text(f"Filters (1): {number} sessions").click()
        expect(facet).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_without_javascript_it_leads_to_the_lists(open_tab: OpenTab, address: str) -> None:
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        page = tab.open("explore/")
        for name in ("themes", "learnings", "sessions", "events", "people", "projects"):
            link = page.locator("article").get_by_role("link", name=re.compile(rf"^\d+ {name}$"))
            expect(link).to_be_visible()
        page.locator("article").get_by_role("link", name=re.compile("people")).click()
        page.wait_for_url(f"{address}people/")
