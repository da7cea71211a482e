"""What stands on the page of a session, in which order, for whoever comes from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from kbsite.build import build
from tests.bases import CONFIG, EVENT, write
from tests.browser.axe import colours, findings
from tests.browser.conftest import DESK, PHONE, OpenTab, box
from tests.conftest import REPO, Once
from tests.graphs import KERNEL, SEEING, talk
from tests.serving import served

FULL = "sessions/conf/full/"
SILENT = "sessions/conf/silent/"
LONG = "sessions/conf/long/"
ARABIC = "sessions/conf/arabic/"
ODD = [FULL, SILENT, LONG, ARABIC]
VIDEO = "https://www.youtube.com/watch?v=abc-DEF_123"
PLAYER = "https://www.youtube-nocookie.com/embed/abc-DEF_123"
ADA = {"name": "Ada Kern", "org": "Works", "role": "Writer of kernels"}
BO = {"name": "Bo Stone", "org": "Stone & Daughters", "moderator": True}
WHEN = {"start": "2031-04-01T10:00", "end": "2031-04-01T10:30"}


def taught(number: int) -> dict[str, Any]:
    learning = {"id": "one", "text": f"What talk {number} taught.", "themes": ["kernel"]}
    return talk(f"Talk {number}", themes=["kernel"], learnings=[learning])


def recorded(**more: Any) -> list[dict[str, Any]]:
    return [{"kind": "video", "url": VIDEO, **more}]


TALKS: Mapping[str, dict[str, Any]] = {
    **{f"talk-{number}": taught(number) for number in range(1, 6)},
    "full": talk(
        "A full record",
        subtitle="With all that there may be",
        kind="panel",
        room="Hall A",
        tracks=["Kernels"],
        level="beginner",
        language="en",
        speakers=[ADA, BO],
        summary="In short.",
        abstract="At length.",
        themes=["kernel"],
        projects=["Tiny Kernel"],
        learnings=[{"id": "one", "text": "Less is more.", "at": "1:12:30"}],
        quotes=[{"text": "Less.", "by": "Ada Kern", "at": "1:14:00"}],
        figures=[{"value": "30%", "label": "less"}],
        announcements=[{"title": "Less 2.0"}],
        links=[
            {"kind": "schedule", "url": "https://conf.example/full"},
            {"kind": "other", "url": "https://notes.example/full"},
            {"kind": "code", "url": "https://code.example/full"},
            {"kind": "slides", "url": "https://slides.example/full"},
            *recorded(start="1:05:00"),
        ],
        sources=[{"system": "sched", "url": "https://conf.example/full"}],
        **WHEN,
    ),
    "silent": talk(
        "A silent record",
        speakers=[ADA],
        themes=["kernel"],
        links=recorded(),
        sources=[{"system": "sched", "url": "https://conf.example/silent"}],
    ),
    "long": talk(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
        subtitle="x" * 120,
        speakers=[
            {"name": "Ada" + "a" * 60, "org": "Org" + "o" * 60, "role": "Role" + "r" * 60},
            *({"name": f"Speaker {number}", "org": "Works"} for number in range(9)),
        ],
        tracks=["Track" + "t" * 80],
        themes=["seeing"],
        links=recorded(label="Recording" + "g" * 60),
    ),
    "arabic": talk(
        "أخبار النواة في عشر دقائق",
        subtitle="وما فعله المجدول بعد ذلك",
        language="ar",
        speakers=[{"name": "مريم المثال"}],
        abstract="مقدمة قصيرة إلى النواة.",
        links=recorded(),
    ),
}


@pytest.fixture(scope="module")
def talks_address(once: Once, _no_addresses: None) -> Iterator[str]:
    """Where a site of such sessions is served."""

    def fill(own: Path) -> None:
        talks = {f"sessions/conf/{name}.yaml": record for name, record in TALKS.items()}
        files = {
            "mkdocs.yml": CONFIG,
            "content/about.md": ({"title": "About"}, ""),
            "sessions/conf/event.yaml": EVENT | {"short": "EC 31", "city": "Oslo"},
            "themes/kernel.md": KERNEL,
            "themes/seeing.md": SEEING,
            **talks,
        }
        build(write(own / "base", files), site_dir=own / "site")

    with served(once("talks", fill) / "site") as host:
        yield host


def headings(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("article h2[id]").all_inner_texts()]


@pytest.mark.parametrize("path", [FULL, SILENT])
def test_who_when_and_what_there_is_stand_on_the_first_screen(
    open_tab: OpenTab, talks_address: str, path: str
) -> None:
    for viewport in (PHONE, DESK):
        with open_tab(talks_address, viewport=viewport) as tab:
            page = tab.open(path)
            for part in ("h1", ".kb-by", ".kb-when", ".kb-offers"):
                expect(page.locator(f"article {part}")).to_be_in_viewport(ratio=1)
            assert tab.complaints == []


def test_what_there_is_of_a_session_is_a_row_of_links_the_recording_first(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address, java_script_enabled=False) as tab:
        page = tab.open(FULL)
        links = page.locator(".kb-offers a").evaluate_all(
            "links => links.map(a => [a.textContent, a.getAttribute('href')])"
        )
        assert links == [
            ["Recording", f"{VIDEO}&t=3900s"],
            ["Slides", "https://slides.example/full"],
            ["Code", "https://code.example/full"],
            ["Schedule", "https://conf.example/full"],
            ["notes.example", "https://notes.example/full"],
            ["Add to calendar", "../../../sessions/conf/full/full.ics"],
        ]


def test_what_was_learned_comes_first_and_where_it_leads_on_last(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address, viewport=PHONE) as tab:
        assert headings(tab.open(FULL)) == [
            "What was learned",
            "In short",
            "Abstract",
            "In numbers",
            "In their words",
            "Announced",
            "Recording",
            "Speakers",
            "The session",
            "Themes",
            "Projects",
            "Where the facts are from",
            "Other talks of these speakers",
            "Related sessions",
            "About this record",
        ]
        assert headings(tab.open(SILENT)) == [
            "Recording",
            "Speaker",
            "The session",
            "Themes",
            "Where the facts are from",
            "What Kernels taught elsewhere",
            "More by Ada Kern",
            "Related sessions",
            "Add what you learned",
            "About this record",
        ]


def test_on_a_desk_the_facts_stand_beside_what_was_said(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address, viewport=DESK) as tab:
        page = tab.open(FULL)
        margin, text = box(page.locator(".kb-margin")), box(page.locator(".kb-text").first)
        after = box(page.locator(".kb-text").last)
        assert margin["x"] > text["x"] + text["width"]
        assert abs(after["y"] - text["y"] - text["height"]) < 2
        known = page.locator(".kb-margin")
        for fact in ("Writer of kernels", "Moderator", "Hall A", "Beginner", "English", "Sched"):
            expect(known).to_contain_text(fact)


def test_a_page_without_learnings_shows_three_of_its_theme_and_the_way_to_all(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address, java_script_enabled=False) as tab:
        page = tab.open(SILENT)
        expect(page.locator(".kb-learning")).to_have_count(3)
        page.get_by_role("link", name="All 6 learnings about Kernels").click()
        expect(page.locator("article h1")).to_contain_text("Kernels")
        expect(tab.open(FULL).locator("#elsewhere")).to_have_count(0)


def test_a_related_session_says_why_in_words_and_is_no_other_talk_of_the_speaker(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address) as tab:
        page = tab.open(SILENT)
        why = page.locator(".kb-session", has_text="Talk 1").locator(".kb-why")
        expect(why).to_have_text("Both about Kernels")
        other = page.locator("#others + ul").get_by_role("link", name="A full record")
        expect(other).to_be_visible()
        related = page.locator("#related + ul").get_by_role("link", name="A full record")
        expect(related).to_have_count(0)


@pytest.mark.parametrize("at", ["the button", "the poster"])
def test_a_recording_of_several_talks_is_played_from_where_this_one_begins(
    open_tab: OpenTab, talks_address: str, at: str
) -> None:
    with open_tab(talks_address) as tab:
        page = tab.open(FULL)
        expect(page.locator("iframe")).to_have_count(0)
        assert tab.complaints == []
        link = (
            page.locator("article").get_by_role("link", name="Recording", exact=True)
            if at == "the button"
            else page.get_by_role("link", name="Watch the recording from 1:05:00")
        )
        link.click()
        frame = page.locator(".kb-video iframe")
        expect(frame).to_have_attribute("src", f"{PLAYER}?autoplay=1&start=3900")
        expect(frame).to_be_in_viewport()
        page.get_by_role("link", name="Jump to 1:12:30").click()
        expect(frame).to_have_attribute("src", f"{PLAYER}?autoplay=1&start=4350")


@pytest.mark.parametrize("path", ODD)
def test_nothing_is_wider_than_a_narrow_screen(
    open_tab: OpenTab, talks_address: str, path: str
) -> None:
    with open_tab(talks_address, viewport={"width": 320, "height": 640}) as tab:
        page = tab.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        poster = page.locator(".kb-video a")
        assert poster.evaluate("a => a.scrollHeight - a.clientHeight") <= 1
        expect(poster.locator(".kb-play")).to_be_visible()


def test_a_title_from_right_to_left_is_read_so_wherever_it_stands(
    open_tab: OpenTab, talks_address: str
) -> None:
    with open_tab(talks_address) as tab:
        page = tab.open(ARABIC)
        for part in ("h1", ".kb-lead", ".kb-poster__title", "#abstract + div"):
            found = page.locator(f"article {part}").evaluate(
                "e => [getComputedStyle(e).direction, e.lang]"
            )
            assert found == ["rtl", "ar"], part
        direction = page.locator(".kb-when").evaluate("e => getComputedStyle(e).direction")
        assert direction == "ltr"


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_an_odd_page(
    open_tab: OpenTab, talks_address: str, viewport: Any, palette: Any
) -> None:
    check = findings if palette == "light" else colours
    with open_tab(talks_address, viewport=viewport, color_scheme=palette) as tab:
        for path in ODD:
            assert check(tab.open(path)) == [], path


def test_the_title_of_a_tab_says_who_and_where(open_tab: OpenTab, talks_address: str) -> None:
    with open_tab(talks_address) as tab:
        page = tab.open(FULL)
        expect(page).to_have_title("A full record – Ada Kern, Bo Stone – EC 31 - Example")
        said = page.locator("meta[property='og:title']").get_attribute("content")
        assert said == "A full record – Ada Kern, Bo Stone – EC 31"
        expect(page.locator("[data-md-component=header-topic]").last).to_have_text("A full record")
        title = tab.open(LONG).title()
        assert "Speaker 0, Speaker 1, 7 more – EC 31" in title


def test_invitations_and_reports_lead_to_forms_that_are_filled_in_or_to_the_record(
    tmp_path: Path, open_tab: OpenTab
) -> None:
    files = {
        "content/about.md": ({"title": "About"}, ""),
        "sessions/conf/event.yaml": EVENT,
        "sessions/conf/silent.yaml": TALKS["silent"] | {"title": "100% & <more>?", "themes": []},
    }
    ways: list[str] = []
    reports: list[str] = []
    github = "https://github.com/example/kb"
    gitlab = "https://gitlab.com/example/kb"
    for repo, form in ((github, False), (gitlab, True), ("", True), (github, True)):
        config = CONFIG | ({"repo_url": repo, "site_url": "https://kb.example/"} if repo else {})
        root = write(tmp_path / str(len(ways)), {"mkdocs.yml": config, **files})
        if form:
            (root / ".github").mkdir()
            shutil.copytree(REPO / ".github/ISSUE_TEMPLATE", root / ".github/ISSUE_TEMPLATE")
        site = root / "site"
        build(root, site_dir=site, search=False)
        with served(site) as host, open_tab(host, java_script_enabled=False) as tab:
            page = tab.open(SILENT)
            invitation = page.locator(".kb-invite")
            expect(invitation).to_have_count(1)
            report = page.get_by_text("Report a problem")
            for link, found in ((invitation.locator("a"), ways), (report, reports)):
                found.append((link.count() and link.get_attribute("href")) or "")
            if not repo:
                expect(invitation.locator("code")).to_have_text("sessions/conf/silent.yaml")
    blank, filled = urlsplit(ways[0]), urlsplit(ways[3])
    for each in (blank, filled):
        assert f"{each.scheme}://{each.netloc}{each.path}" == f"{github}/issues/new"
    asked = parse_qs(blank.query)
    assert asked["title"] == ["What I learned in: 100% & <more>?"]
    body = asked["body"][0]
    assert body.startswith("Session: 100% & <more>?\nhttps://kb.example/sessions/conf/silent/\n")
    assert ways[1].startswith("https://gitlab.com/example/kb/")
    assert ways[1].endswith("/sessions/conf/silent.yaml")
    assert ways[2] == ""
    assert parse_qs(filled.query) == {
        "template": ["learning.yml"],
        "title": ["What I learned in: 100% & <more>?"],
        "session": ["https://kb.example/sessions/conf/silent/"],
    }
    record = "sessions/conf/silent.yaml"
    title = {"title": [f"Problem with {record}"]}
    whole = title | {"template": ["record.yml"], "page": [record]}
    assert [parse_qs(urlsplit(each).query) for each in reports] == [title, {}, {}, whole]
