"""The built site as a reader finds it: all that the records hold is there, and links lead on."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import kbsite
from kbsite import prose, records
from kbsite.catalog import EVENT, ORGANISATION, PERSON, PROJECT, SESSION, THEME
from kbsite.graph import Graph
from kbsite.library import Library
from kbsite.load import load
from kbsite.pipeline import Prepared, prepare
from tests import crawl
from tests.conftest import SMALL, Pages
from tests.crawl import HtmlPage
from tests.weights import EVERYWHERE, SOMEWHERE, too_heavy

Records = Mapping[str, records.Session]

PANEL = "example-conf-2031/ask-the-operators"
QUOTING = "example-conf-2031/kernel-news"


@pytest.fixture(scope="module")
def pages(repo_pages: Pages) -> Pages:
    return repo_pages


@pytest.fixture(scope="module")
def library(sampled: Path) -> Library:
    return load(sampled)[0]


@pytest.fixture(scope="module")
def shown(library: Library) -> Records:
    """The sessions that are published, as their files have them."""
    return {id: e.record for id, e in library.sessions.items() if e.record.publish}


@pytest.fixture(scope="module")
def graph(prepared: Prepared) -> Graph:
    return prepared.graph


def at(pages: Pages, path: str) -> HtmlPage:
    return pages[f"{path}index.html"]


def session_page(pages: Pages, id: str) -> HtmlPage:
    return at(pages, SESSION.path(id))


def leads(page: HtmlPage, path: str) -> bool:
    """Whether a page has a link to what is at `path`."""
    return f"{path}index.html" in set(page.leads_to())


# The repo's own site


def test_a_crawl_of_the_site_finds_nothing_wrong(site: Path, pages: Pages) -> None:
    assert len(pages) > 200
    assert crawl.faults(site, pages) == []


def test_every_page_is_reached_from_the_home_page_by_links(pages: Pages) -> None:
    unreached = pages.keys() - crawl.reachable(pages) - {"404.html"}
    assert [file for file in sorted(unreached) if not pages[file].refresh] == []


def test_every_session_and_event_has_a_page_with_its_title(
    pages: Pages, library: Library, shown: Records
) -> None:
    assert shown
    for id, record in shown.items():
        assert session_page(pages, id).headings[0].text == record.title
    for id, event in library.events.items():
        assert at(pages, EVENT.path(id)).headings[0].text == event.record.name


def test_every_session_is_in_the_schedule_of_its_event_and_in_the_index(
    pages: Pages, shown: Records
) -> None:
    for id in shown:
        path = SESSION.path(id)
        assert leads(at(pages, EVENT.path(id.partition("/")[0])), path)
        assert leads(at(pages, "sessions/"), path)


def test_every_learning_is_on_its_session_s_page_under_its_own_anchor(
    pages: Pages, shown: Records, graph: Graph
) -> None:
    written = {
        f"{id}#{learning.id}" for id, record in shown.items() for learning in record.learnings
    }
    assert written
    assert set(graph.learnings) == written
    for key, node in graph.learnings.items():
        element = session_page(pages, node.session).with_id(f"learning-{node.id}")
        assert prose.to_text(node.text) in element.text, key


def test_every_learning_is_in_the_list_of_each_of_its_themes(pages: Pages, graph: Graph) -> None:
    for node in graph.learnings.values():
        for theme in node.themes:
            assert prose.to_text(node.text) in at(pages, f"learnings/{theme}/").content


def test_a_session_without_learnings_invites_one(pages: Pages, shown: Records) -> None:
    silent = [id for id, record in shown.items() if not record.learnings]
    assert silent
    for id in silent:
        page = session_page(pages, id)
        assert [e.tag for e in page.of_class("kb-invite")] == ["p"]
        assert leads(page, "contribute/")


def test_figures_are_shown_where_they_were_given(pages: Pages, shown: Records) -> None:
    given = [(id, figure) for id, record in shown.items() for figure in record.figures]
    assert given
    for id, figure in given:
        texts = [e.text for e in session_page(pages, id).of_class("kb-figure")]
        assert any(figure.value in text and figure.label in text for text in texts)


def test_every_announcement_is_on_the_pages_of_session_organisation_and_project(
    pages: Pages, graph: Graph
) -> None:
    announced = [a for node in graph.sessions.values() for a in node.announcements]
    assert announced
    for announcement in announced:
        holders = [SESSION.path(announcement.session)]
        holders += [PROJECT.path(project) for project in announcement.projects]
        if announcement.organisation:
            holders.append(ORGANISATION.path(announcement.organisation))
        for path in holders:
            shown = [e.text for e in at(pages, path).of_class("kb-announcement__title")]
            assert announcement.title in shown, path


def test_the_shifts_are_on_the_home_page_and_show_their_evidence(
    pages: Pages, graph: Graph
) -> None:
    assert graph.shifts
    assert all(leads(at(pages, ""), s.page.path) for s in list(graph.shifts.values())[:3])
    for shift in graph.shifts.values():
        page = at(pages, shift.page.path)
        assert leads(at(pages, "shifts/"), shift.page.path)
        assert all(leads(page, THEME.path(theme)) for theme in shift.themes)
        for key in shift.evidence:
            node = graph.learnings[key]
            assert prose.to_text(node.text) in page.content
            assert leads(page, SESSION.path(node.session))


def test_every_theme_page_lists_its_sessions_learnings_and_people(
    pages: Pages, graph: Graph
) -> None:
    assert graph.themes
    for id, node in graph.themes.items():
        page = at(pages, THEME.path(id))
        for session in (*node.sessions, *node.suggested):
            assert leads(page, SESSION.path(session)), (id, session)
        for key in node.learnings:
            assert prose.to_text(graph.learnings[key].text) in page.content
        for session in node.sessions:
            for appearance in graph.sessions[session].appearances:
                assert leads(page, PERSON.path(appearance.person)), (id, appearance.person)


def test_no_page_is_too_heavy(pages: Pages) -> None:
    assert too_heavy(pages) == []


def test_style_sheets_and_scripts_of_our_own_are_light(site: Path) -> None:
    ours = Path(kbsite.__file__).parent / "theme" / "assets"
    names = sorted(p.name for p in ours.iterdir() if p.suffix in (".css", ".js"))
    sizes = {name: (site / "assets" / name).stat().st_size for name in names}
    assert len(sizes) >= 6
    assert sizes.pop("kbsite.css") + sizes.pop("kbsite.js") < EVERYWHERE
    assert {name: size for name, size in sizes.items() if size > SOMEWHERE} == {}


# The small site


def test_a_crawl_of_the_small_site_finds_nothing_wrong(
    small_site: Path, small_pages: Pages
) -> None:
    assert crawl.faults(small_site, small_pages) == []


def test_a_panel_shows_who_spoke_for_whom_and_who_moderated(small_pages: Pages) -> None:
    page = session_page(small_pages, PANEL)
    speakers = load(SMALL)[0].sessions[PANEL].record.speakers
    assert [speaker.moderator for speaker in speakers] == [True, False]
    for place in ("kb-by", "kb-speakers"):
        (listed,) = page.of_class(place)
        said = [e.text for e in page.elements if e.tag == "li" and e.hrefs]
        for speaker in speakers:
            entries = (text for text in said if text.startswith(str(speaker.name)))
            entry = max((text for text in entries if text in listed.text), key=len)
            assert (speaker.org or "") in entry
            assert ("Moderator" in entry) == speaker.moderator


def test_a_quote_names_its_speaker_who_links_back_to_every_appearance(small_pages: Pages) -> None:
    graph = prepare(SMALL).graph
    quote = graph.sessions[QUOTING].quotes[0]
    assert quote.by is not None
    talk, person = session_page(small_pages, QUOTING), at(small_pages, PERSON.path(quote.by))
    speaker = graph.people[quote.by]
    for page in (talk, person):
        shown = page.of_class("kb-quote")[0]
        assert quote.text in shown.text
        assert speaker.name in shown.text
    assert leads(talk, PERSON.path(quote.by))
    assert QUOTING in speaker.sessions
    for session in speaker.sessions:
        assert leads(person, SESSION.path(session))


def test_a_former_address_of_a_session_leads_to_its_page(small_pages: Pages) -> None:
    former = session_page(small_pages, "example-conf-2031/news-from-the-kernel")
    target = f"{SESSION.path('example-conf-2031/kernel-news')}index.html"
    assert crawl.target(former, former.refresh)[0] == target
    assert set(former.leads_to()) == {target}


def test_nothing_of_an_unpublished_session_is_in_any_file(small_site: Path) -> None:
    secret = (SMALL / "sessions" / "example-conf-2031" / "not-to-be-seen.yaml").read_text("utf-8")
    words = ("zanzibarquark", "quentin", "unseenperson", "unseenorganisation", "not-to-be-seen")
    assert all(word in secret.lower() or word == "not-to-be-seen" for word in words)
    found = [
        (path.relative_to(small_site).as_posix(), word)
        for path in small_site.rglob("*")
        for word in words
        if word in path.relative_to(small_site).as_posix()
        or (path.is_file() and word.encode() in path.read_bytes().lower())
    ]
    assert found == []


@pytest.mark.parametrize("own", [False, True], ids=["small", "of the repo's own"])
def test_two_builds_are_equal_byte_for_byte_wherever_and_whenever(
    tmp_path: Path, sampled: Path, own: bool
) -> None:
    base = sampled if own else SMALL
    sites, builds = [], []
    for name, zone, seed in (
        ("one", "Pacific/Kiritimati", "1"),
        ("another/two", "America/Adak", "2"),
    ):
        root = tmp_path / name / "base"
        for folder in ("content", "sessions", "themes"):
            shutil.copytree(base / folder, root / folder)
        shutil.copy(base / "mkdocs.yml", root)
        target = tmp_path / name / f"site-{seed}"
        environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        environment |= {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        builds.append(
            subprocess.Popen(
                [sys.executable, "-m", "kbsite", "build", "--quiet", "--site-dir", str(target)],
                cwd=root,
                env=environment | {"KBSITE_SITE_URL": "https://example.org/kb/"},
            )
        )
        sites.append(target)
    assert [build.wait() for build in builds] == [0, 0]
    assert list(differences(*sites)) == []
    assert (sites[0] / "assets" / "cards").is_dir() == own


def differences(one: Path, other: Path) -> Iterator[str]:
    """Every file that only one of two folders has, or that differs between them."""
    found = [
        {p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()} for f in (one, other)
    ]
    yield from sorted(found[0] ^ found[1])
    for name in sorted(found[0] & found[1]):
        if not filecmp.cmp(one / name, other / name, shallow=False):
            yield name
