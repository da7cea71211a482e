"""What pages say about themselves in their <head>, by kind, with and without a known address."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kbsite.build import build
from kbsite.graph import Graph
from kbsite.head import Picture, head
from kbsite.kinds import people, reports, sessions
from kbsite.kinds.base import Ref, Site, Views
from kbsite.outputs import structured
from tests import crawl
from tests.bases import ATTACK
from tests.conftest import SMALL, Once, Pages
from tests.crawl import HtmlPage
from tests.graphs import linked, talk

URL = "https://example.org/kb/"
NEWS = "sessions/example-conf-2031/kernel-news/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def addressed(once: Once) -> Path:
    """The site of the small knowledge base, which knows its own address."""
    return once("addressed", with_an_address) / "site"


def with_an_address(folder: Path) -> None:
    root = Path(shutil.copytree(SMALL, folder / "small"))
    with (root / "mkdocs.yml").open("a") as config:
        config.write(f"site_url: {URL}\nsite_description: What was learned at Example Conf.\n")
    panel = root / "sessions" / "example-conf-2031" / "ask-the-operators.yaml"
    panel.write_text(panel.read_text() + "status: cancelled\n")
    build(root, site_dir=folder / "site", strict=True)


@pytest.fixture(scope="module")
def pages(addressed: Path) -> Pages:
    return crawl.read_site(addressed)


def things(page: HtmlPage) -> list[dict[str, Any]]:
    (text,) = page.data
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def thing(pages: Pages, path: str) -> dict[str, Any]:
    page = pages[f"{path}index.html"]
    first = things(page)[0]
    assert first["@id"] == first["url"] == URL + path == page.metas["og:url"]
    return first


# Kinds


def test_a_session_is_an_event_within_its_event(pages: Pages) -> None:
    found = thing(pages, NEWS)
    assert found["@type"] == "Event"
    assert found["name"] == "Kernel news & gossip in <ten> minutes"
    assert re.fullmatch(r"2031-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", found["startDate"])
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"]["@type"] == "Place"
    assert found["performer"][0]["@id"] == f"{URL}people/ada-example/"
    assert found["performer"][0]["affiliation"]["@type"] == "Organization"
    assert found["superEvent"]["@id"] == f"{URL}events/example-conf-2031/"
    assert found["about"][0]["@type"] == "DefinedTerm"


def test_a_cancelled_session_says_so(pages: Pages) -> None:
    found = thing(pages, "sessions/example-conf-2031/ask-the-operators/")
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    page = pages["sessions/example-conf-2031/ask-the-operators/index.html"]
    assert [line.text for line in page.of_class("kb-off")] == ["This session was cancelled."]
    assert not page.of_class("kb-star")


def test_an_event_has_its_days_and_its_place(pages: Pages) -> None:
    found = thing(pages, "events/example-conf-2031/")
    assert found["@type"] == "Event"
    assert found["startDate"] < found["endDate"]
    assert found["location"]["address"]["@type"] == "PostalAddress"


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("themes/kernel/", "DefinedTerm"),
        ("people/ada-example/", "Person"),
        ("organisations/example-works/", "Organization"),
        ("projects/tiny-kernel/", "Thing"),
    ],
)
def test_what_has_a_name_has_a_type(pages: Pages, path: str, type: str) -> None:
    found = thing(pages, path)
    assert found["@type"] == type
    assert found["name"] == pages[f"{path}index.html"].headings[0].text


def test_a_person_is_affiliated_as_in_the_latest_appearance(
    pages: Pages,
) -> None:
    affiliation = thing(pages, "people/ada-example/")["affiliation"]
    assert affiliation["@id"].startswith(f"{URL}organisations/")


@pytest.mark.parametrize(
    ("author", "type"),
    [("kernel works", "Organization"), ("Dee Writer", "Person"), ("Ada Kern", "Person")],
)
def test_an_account_is_by_an_organisation_where_its_author_is_one(
    tmp_path: Path, author: str, type: str
) -> None:
    learning = {"id": "small", "text": "Kernels are small.", "basis": "reported", "from": "a-week"}
    ada = {"name": "Ada Kern", "org": "Kernel Works"}
    graph = linked(
        tmp_path,
        {"one": talk(speakers=[ada], learnings=[learning])},
        {"content/reports/a-week.md": ({"title": "A week", "author": author}, "Text.")},
    )
    made = (*reports.pages(Views(graph)), *sessions.pages(Views(graph)))
    of = {page.path: structured.thing(page, page.view()) for page in made}
    (account,) = of["sessions/conf/one/"]["subjectOf"]
    assert of["reports/a-week/"]["about"]["author"]["@type"] == type
    assert account["author"]["@type"] == type


def ada_kern(graph: Graph) -> Mapping[str, Any]:
    """What is said of her to search engines."""
    (page,) = (p for p in people.pages(Views(graph)) if p.path == "people/ada-kern/")
    return structured.thing(page, page.view())


def test_a_person_s_role_is_that_of_the_latest_appearance_that_names_one(
    tmp_path: Path,
) -> None:
    ada = {"name": "Ada Kern"}
    talks = {
        "first": talk(start="2031-04-01", speakers=[ada | {"role": "Engineer"}]),
        "second": talk(start="2031-04-02", speakers=[ada]),
    }
    graph = linked(tmp_path, talks)
    assert ada_kern(graph)["jobTitle"] == "Engineer"


def test_a_role_is_not_said_of_an_employer_that_it_was_not_held_at(tmp_path: Path) -> None:
    ada = {"name": "Ada Kern", "id": "ada-kern"}
    talks = {
        "first": talk(start="2031-04-01", speakers=[ada | {"org": "Newer Works"}]),
        "second": talk(start="2031-04-02", speakers=[ada | {"org": "Older", "role": "Engineer"}]),
    }
    graph = linked(tmp_path, talks)
    person = ada_kern(graph)
    assert person["affiliation"]["name"] == "Newer Works"
    assert not person["jobTitle"]


def test_a_page_that_is_not_there_says_so_in_its_title(pages: Pages) -> None:
    assert pages["404.html"].title == "Page not found - Example Conf, remembered"


def test_an_essay_is_an_article_of_its_day(pages: Pages) -> None:
    page = pages["articles/a-quiet-week/index.html"]
    found = thing(pages, "articles/a-quiet-week/")
    assert found["@type"] == "Article"
    assert found["headline"] == page.headings[0].text
    assert page.metas["og:type"] == "article"
    assert page.metas["article:published_time"] == found["datePublished"]


def test_the_home_page_is_the_site_and_says_how_to_search_it(
    pages: Pages,
) -> None:
    found = thing(pages, "")
    assert found["@type"] == "WebSite"
    assert found["name"] == "Example Conf, remembered"
    target = found["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{URL}explore/?q={{search_term_string}}"


def test_the_way_to_a_page_is_a_list_of_crumbs_that_ends_with_it(
    pages: Pages,
) -> None:
    page = pages[f"{NEWS}index.html"]
    crumbs = things(page)[-1]
    assert crumbs["@type"] == "BreadcrumbList"
    items = crumbs["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert [item["item"] for item in items] == [
        URL,
        f"{URL}sessions/",
        f"{URL}events/example-conf-2031/",
        URL + NEWS,
    ]
    assert items[-1]["name"] == page.headings[0].text


# Every page


def shown(pages: Pages) -> Iterator[HtmlPage]:
    """Pages that search engines are to show."""
    return (page for file, page in pages.items() if not page.refresh and file != "404.html")


def test_addresses_of_the_site_lead_to_what_is_there(addressed: Path, pages: Pages) -> None:
    assert crawl.faults(addressed, pages, url=URL) == []


def test_every_page_has_what_a_preview_shows(pages: Pages) -> None:
    for page in shown(pages):
        assert page.metas["og:site_name"] == "Example Conf, remembered", page.file
        assert page.title == f"{page.metas['og:title']} - Example Conf, remembered", page.file
        assert page.metas["og:description"], page.file
        assert page.metas["og:image"].startswith(f"{URL}assets/cards/"), page.file
        assert page.metas["twitter:card"] == "summary_large_image", page.file
        assert page.metas["og:url"] == URL + page.path, page.file
        assert crawl.Link("link", "href", URL + page.path) in page.links, page.file


def test_themes_events_and_sessions_have_pictures_of_their_own(
    pages: Pages,
) -> None:
    cards = f"{URL}assets/cards/"
    assert pages["themes/kernel/index.html"].metas["og:image"] == f"{cards}themes/kernel.png"
    assert pages[f"{NEWS}index.html"].metas["og:image"] == f"{cards}{NEWS.rstrip('/')}.png"
    event = pages["events/example-conf-2031/index.html"]
    assert event.metas["og:image"] == f"{cards}events/example-conf-2031.png"
    assert pages["people/index.html"].metas["og:image"] == f"{cards}site.png"


def test_every_page_of_the_repo_s_site_has_a_description_of_its_own(repo_pages: Pages) -> None:
    described: dict[str, str] = {}
    for page in shown(repo_pages):
        text = page.metas["description"]
        assert 50 <= len(text) <= 160, f"{page.file}: {text}"
        assert described.setdefault(text, page.file) == page.file, text
        assert page.metas["og:description"] == text


def test_the_sitemap_lists_every_page_and_no_redirect(addressed: Path, pages: Pages) -> None:
    listed = [e.text for e in ET.parse(addressed / "sitemap.xml").iter(SITEMAP)]  # noqa: S314  # our own
    assert sorted(map(str, listed)) == sorted(URL + page.path for page in shown(pages))


def test_a_site_with_a_template_of_its_own_has_all_of_it_too(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as config:
        config.write("site_url: https://example.org/kb/\n")
    config_text = (small / "mkdocs.yml").read_text()
    own = "theme:\n  name: material\n  custom_dir: overrides\n"
    (small / "mkdocs.yml").write_text(re.sub(r"theme: material\n", own, config_text))
    (small / "overrides").mkdir()
    (small / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}'
        '{% block extrahead %}<meta name="own" content="yes">{% endblock %}'
    )
    for page in shown(crawl.read_site(build(small, strict=True).site_dir)):
        assert page.metas["own"] == "yes", page.file
        assert page.metas["og:url"] == URL + page.path, page.file


def test_without_an_address_nothing_names_one(small_pages: Pages) -> None:
    for page in shown(small_pages):
        assert not {"og:url", "og:image"} & page.metas.keys(), page.file
        assert page.metas["twitter:card"] == "summary"
        for text in page.data:
            assert not re.search(r'"(@id|item|urlTemplate)":', text), page.file
            assert "BreadcrumbList" not in text
            assert "kb:/" not in text


# Texts that attack


def test_no_text_can_leave_its_place() -> None:
    html = head(
        Site(name=ATTACK, url=URL),
        "x/",
        title=ATTACK,
        description=ATTACK,
        picture=Picture(path="x.png", alt=ATTACK, width=1, height=1),
        thing={"@type": "Thing", "name": f"<!--<script>{ATTACK}", "description": "kb:/x"},
        trail=(Ref(f"</script>{ATTACK}\u2028", "y/"),),
    )
    assert html.count("<script") == html.count("</script>") == 1
    data = html.partition('ld+json">')[2].partition("</script>")[0]
    assert {"<", ">", "&", "\u2028"} & set(data) == set()
    read = crawl.read(f"<!doctype html><html><head>{html}</head><body></body></html>")
    assert read.metas["og:title"] == read.metas["og:description"] == ATTACK
    found, crumbs = things(read)
    assert found["name"] == f"<!--<script>{ATTACK}"
    assert found["description"] == "kb:/x"  # words about an address are no address
    assert crumbs["itemListElement"][2]["name"] == ATTACK


def test_hostile_records_give_data_that_parses(hostile_pages: Pages) -> None:
    with_data = [page for page in hostile_pages.values() if page.data]
    types = {found["@type"] for page in with_data for found in things(page)}
    assert types == {
        *("Article", "DefinedTerm", "Event", "Organization", "Person", "Thing", "WebSite")
    }
