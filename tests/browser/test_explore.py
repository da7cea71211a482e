"""Explore in a browser: facets, their counts, and the address that holds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from kbsite import slugs
from kbsite.graph.nodes import Graph, SessionNode
from kbsite.pipeline import Prepared
from tests.browser.conftest import DESK, PHONE, OpenTab

VALUES: dict[str, Callable[[SessionNode], Iterable[str]]] = {
    "theme": lambda node: (*node.themes, *node.suggested_themes),
    "event": lambda node: (node.event,),
    "day": lambda node: (day.isoformat() for day in node.days),
    "track": lambda node: map(key, node.record.tracks),
    "room": lambda node: map(key, filter(None, [node.record.room])),
    "year": lambda node: (f"{node.day:%Y}",) if node.day else (),
    "speaker": lambda node: (a.person for a in node.appearances),
    "organisation": lambda node: {a.organisation for a in node.appearances if a.organisation},
    "project": lambda node: node.projects,
    "kind": lambda node: (node.record.kind,),
    "level": lambda node: (node.record.level,) if node.record.level else (),
    "language": lambda node: (node.record.language,) if node.record.language else (),
    "video": lambda node: has_link(node, "video"),
    "slides": lambda node: has_link(node, "slides"),
    "learnings": lambda node: ("yes",) if node.learnings else (),
}
WITHIN = ("day", "track", "room")
ORDERED = ("event", "day", "year", "level")


def key(name: str) -> str:
    return slugs.fold(name).replace(" ", "-")


def has_link(node: SessionNode, kind: str) -> Iterable[str]:
    return ("yes",) if any(each.kind == kind for each in node.record.links) else ()


@pytest.fixture(scope="module")
def graph(prepared: Prepared) -> Graph:
    return prepared.graph


def fitting(
    graph: Graph, chosen: dict[str, list[str]], *, every: bool = False
) -> list[SessionNode]:
    """The sessions that have one of the values of each facet, or all of them."""

    def fits(node: SessionNode, facet: str, values: list[str]) -> bool:
        has = set(VALUES[facet](node))
        return has >= set(values) if every else bool(has & set(values))

    return [
        node
        for node in graph.sessions.values()
        if all(fits(node, facet, values) for facet, values in chosen.items())
    ]


def expected(graph: Graph, chosen: dict[str, list[str]], facet: str) -> Counter[str]:
    """How many sessions each value of a facet would give: its own choice does not count."""
    if facet in WITHIN and "event" not in chosen:
        return Counter()
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
        count = option.locator(".kb-count").first.text_content() or ""
        out[value] = int(re.sub(r", \d+ suggested$", "", count).replace(",", ""))
    return out


def ready(page: Page, graph: Graph, number: int) -> None:
    every = len(graph.sessions)
    total = f"{number} of {every} sessions" if number != every else f"{every} sessions"
    expect(page.get_by_role("status")).to_have_text(total)


def choose(page: Page, facet: str, value: str) -> None:
    unfold(page, facet)
    page.locator(f"input[name={facet}][value='{value}']").click()


def unfold(page: Page, facet: str) -> None:
    fold = page.locator(f"fieldset:has(input[name={facet}])").locator(".kb-unfold")
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()


def test_what_is_called_otherwise_by_now_is_still_found(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open("explore/?theme=observability&organisation=example-works-ltd")
        expect(page.locator(".kb-chips[aria-label=Chosen] li")).to_have_text(
            ["Seeing what runs", "Example Works"]
        )
        asked = parse_qs(urlsplit(page.url).query)
        assert asked == {"theme": ["seeing"], "organisation": ["example-works"]}
        assert tab.complaints == []


def test_what_never_was_is_left_out_and_said_until_something_is_chosen(
    open_tab: OpenTab, small_address: str
) -> None:
    with open_tab(small_address) as tab:
        page = tab.open("explore/?event=conf-1999&kind=dance&theme=kernel")
        expect(page.get_by_role("status").locator("h2")).to_contain_text("of 4 sessions")
        expect(page.get_by_role("status")).to_contain_text(
            "There is no event “conf-1999” here. There is no kind “dance” here."
        )
        choose(page, "theme", "seeing")
        expect(page.get_by_role("status")).not_to_contain_text("There is no")


def test_facets_are_those_of_the_data_whatever_they_are(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    names = [f"Group {number}" for number in range(20)]
    groups_of = [at % len(names) for at, _ in enumerate(graph.sessions)]
    step = len(names)
    groups = {
        "id": "group", "label": "Working group", "plural": "working groups", "path": "groups/{}/",
        "listed": True,
        "values": names,
        "places": [[at, *[step] * groups_of[at + 1 :].count(at)] for at in range(step)],
    }  # fmt: skip
    with open_tab(address) as tab:

        def only_groups(route: Route) -> None:
            data = route.fetch().json()
            route.fulfill(json=data | {"facets": [groups]})

        tab.route("**/facets.json", only_groups)
        page = tab.open("explore/?group=group-3")
        held = [
            node
            for node, group in zip(graph.sessions.values(), groups_of, strict=True)
            if group == 3
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
                if not chosen.get(name) and name not in ORDERED:
                    assert list(there.values()) == most, name
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
        tab.open("explore/?q=&order=oldest")
        ready(page, graph, len(graph.sessions))
        assert tab.complaints == []


def test_an_address_may_ask_for_all_values_of_a_facet(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    both = {"theme": ["observability", "opentelemetry"]}
    one, all_of_them = len(fitting(graph, both)), len(fitting(graph, both, every=True))
    assert 0 < all_of_them < one
    with open_tab(address) as tab:
        page = tab.open("explore/?theme=observability&theme=opentelemetry&all=theme")
        ready(page, graph, all_of_them)
        every = page.get_by_role("checkbox", name="All of these themes")
        expect(every).to_be_checked()
        assert shown(page, "theme")["observability"] == all_of_them
        held = fitting(graph, both, every=True)
        unsure = [node for node in held if not set(both["theme"]) <= set(node.themes)]
        label = page.locator(".kb-rows .kb-label").get_by_text("suggested")
        expect(label).to_have_count(len(unsure))
        every.click()
        ready(page, graph, one)
        expect(page).to_have_url(re.compile(r"\?theme=observability&theme=opentelemetry$"))
        every.click()
        ready(page, graph, all_of_them)
        expect(page).to_have_url(re.compile(r"&theme=opentelemetry&all=theme$"))
        choose(page, "theme", "opentelemetry")
        ready(page, graph, len(fitting(graph, {"theme": ["observability"]})))
        expect(every).not_to_be_visible()
        expect(page).to_have_url(re.compile(r"\?theme=observability$"))
        assert tab.complaints == []


def test_what_is_suggested_counts_and_is_marked_and_can_be_left_out(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    theme = next(
        each for each in graph.themes.values() if len(each.sessions) and len(each.suggested)
    )
    sure, maybe = len(theme.sessions), len(theme.suggested)
    with open_tab(address) as tab:
        page = tab.open(f"explore/?theme={theme.id}")
        ready(page, graph, sure + maybe)
        option = page.locator(f"label:has(input[value={theme.id}])")
        expect(option).to_contain_text(f"{sure + maybe}, {maybe} suggested")
        label = page.locator(".kb-rows .kb-label").get_by_text("suggested")
        expect(label).to_have_count(maybe)
        expect(label.locator("visible=true")).to_have_count(0)
        chip = page.locator(".kb-rows .kb-chips--suggested").get_by_text(theme.label, exact=True)
        expect(chip.locator("visible=true")).to_have_count(maybe)
        page.get_by_role("checkbox", name="Only what is confirmed").check()
        ready(page, graph, sure)
        expect(page).to_have_url(re.compile(rf"\?theme={theme.id}&confirmed=theme$"))
        assert shown(page, "theme")[theme.id] == sure
        expect(label).to_have_count(0)
        page.reload()
        ready(page, graph, sure)
        assert tab.complaints == []


def test_days_tracks_and_rooms_come_and_go_with_their_event(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    event = "kubecon-eu-2026"
    held = fitting(graph, {"event": [event]})
    room = next(key(node.record.room) for node in held if node.record.room)
    day = held[-1].days[0].isoformat()
    with open_tab(address) as tab:
        page = tab.open("explore/")
        ready(page, graph, len(graph.sessions))
        assert not any(shown(page, facet) for facet in WITHIN)
        choose(page, "event", event)
        ready(page, graph, len(held))
        expect(page.get_by_role("group", name="Day")).to_be_visible()
        assert list(shown(page, "day")) == sorted(expected(graph, {"event": [event]}, "day"))
        choose(page, "day", day)
        ready(page, graph, len(fitting(graph, {"event": [event], "day": [day]})))

        page = tab.open(f"explore/?event={event}&room={room}")
        ready(page, graph, len(fitting(graph, {"event": [event], "room": [room]})))
        page.get_by_role("button", name="Remove filter KubeCon EU 2026").click()
        ready(page, graph, len(graph.sessions))
        expect(page).to_have_url(re.compile(r"/explore/$"))
        expect(page.get_by_role("group", name="Day")).not_to_be_visible()
        assert tab.complaints == []


def test_days_of_two_events_are_side_by_side(open_tab: OpenTab, address: str, graph: Graph) -> None:
    both = {"event": ["kubecon-eu-2026", "cncf-colocated-eu-2026"]}
    with open_tab(address) as tab:
        page = tab.open("explore/?event=kubecon-eu-2026&event=cncf-colocated-eu-2026")
        ready(page, graph, len(fitting(graph, both)))
        days = expected(graph, both, "day")
        assert shown(page, "day") == {day: days[day] for day in sorted(days)}
        assert tab.complaints == []


def test_sessions_are_in_the_order_that_a_reader_chooses(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    titles = [node.record.title for node in graph.sessions.values()]
    with open_tab(address) as tab:
        page = tab.open("explore/")
        links = page.locator(".kb-rows .kb-session__title a")
        expect(links).to_have_text(titles[:20])
        page.get_by_label("Order of the sessions").select_option("Oldest first")
        expect(links).to_have_text(titles[:-21:-1])
        page.reload()
        expect(links).to_have_text(titles[:-21:-1])
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
        expect(page.get_by_role("status").get_by_role("heading")).to_be_focused()
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
        expect(page.get_by_role("status").get_by_role("heading")).to_be_focused()


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
                tab.unroute()
                page.get_by_role("searchbox", name="Words in the sessions").fill("ebpf")
                expect(page.locator(".kb-rows li").first).to_be_visible()


def test_a_long_facet_is_found_in_by_typing_and_keeps_its_list_short(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address) as tab:
        page = tab.open("explore/")
        ready(page, graph, len(graph.sessions))
        assert len(shown(page, "speaker")) == 8
        unfold(page, "speaker")
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
        page.get_by_role("button", name="Theme", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"input[name=theme][value={theme}]")).not_to_be_visible()
        page.keyboard.press("Enter")
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
        filters = page.get_by_text(f"Filters (1): {number} sessions")
        filters.click()
        expect(facet).to_be_visible()
        expect(page.locator("input[name=video]")).not_to_be_visible()
        choose(page, "video", "yes")
        fewer = len(fitting(graph, {"theme": ["ebpf"], "video": ["yes"]}))
        reveal = page.get_by_role("button", name=f"Show {fewer}", exact=True)
        reveal.click()
        expect(facet).not_to_be_visible()
        heading = page.get_by_role("heading", level=2, name=f"{fewer} of")
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()


ROWS = """[...document.querySelectorAll(".kb-rows > li")].slice(0, 20).map(
    row => [row.getBoundingClientRect().y, row.innerText.replace(/\\s+/g, " ")])"""


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_newest_sessions_are_there_before_the_facets_and_stay_where_they_are(
    open_tab: OpenTab, address: str, graph: Graph, viewport: ViewportSize
) -> None:
    late: list[Route] = []
    with open_tab(address, viewport=viewport) as tab:
        tab.route("**/facets.json", lambda each: late.append(each))  # noqa: PLW0108  # no built-in
        tab.page.goto(f"{address}explore/", wait_until="domcontentloaded")
        page = tab.page
        expect(page.locator(".kb-rows li")).to_have_count(20)
        before = page.evaluate(ROWS)
        link = page.locator(".kb-rows .kb-session__title a").nth(3)
        link.focus()
        for route in late:
            route.continue_()
        ready(page, graph, len(graph.sessions))
        assert page.evaluate(ROWS) == before
        expect(link).to_be_focused()
        assert tab.complaints == []


def test_words_typed_before_the_facets_are_there_are_sought(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    late: list[Route] = []
    with open_tab(address) as tab:
        tab.route("**/facets.json", lambda each: late.append(each))  # noqa: PLW0108  # no built-in
        page = tab.page
        page.goto(f"{address}explore/", wait_until="domcontentloaded")
        box = page.get_by_role("searchbox", name="Words in the sessions")
        box.fill("zzzzqqqq")
        for route in late:
            route.continue_()
        ready(page, graph, 0)
        expect(box).to_be_focused()
        expect(box).to_have_value("zzzzqqqq")


def test_an_address_with_filters_shows_no_other_sessions_first(
    open_tab: OpenTab, address: str
) -> None:
    with open_tab(address) as tab:
        tab.route("**/facets.json", lambda _: None)
        page = tab.page
        page.goto(f"{address}explore/?theme=ebpf", wait_until="domcontentloaded")
        expect(page.locator("#kb-explore")).to_be_empty()


def test_without_javascript_it_shows_the_newest_and_leads_to_the_lists(
    open_tab: OpenTab, address: str, graph: Graph
) -> None:
    with open_tab(address, viewport=PHONE, java_script_enabled=False) as tab:
        page = tab.open("explore/")
        newest = [node.record.title for node in list(graph.sessions.values())[:20]]
        assert page.locator(".kb-rows .kb-session__title a").all_inner_texts() == newest
        expect(page.locator("#kb-explore :is(input, summary)")).to_have_count(0)
        for name in ("themes", "learnings", "sessions", "events", "people", "projects"):
            link = page.locator("article").get_by_role("link", name=re.compile(rf"^\d+ {name}$"))
            expect(link).to_be_visible()
        expect(page.locator("article")).to_contain_text("only with JavaScript")
        page.locator("article").get_by_role("link", name=re.compile("people")).click()
        page.wait_for_url(f"{address}people/")
