"""The crawler itself: it sees every fault that it is trusted to see."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests import crawl

PAGE = """<!doctype html><html lang="en"><head><title>One</title></head><body>
<article><h1 id="page">One</h1>{}</article></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "two").mkdir()
    (tmp_path / "index.html").write_text(PAGE.format('<h2 id="a">A</h2><p>x</p>'))
    (tmp_path / "two" / "index.html").write_text(PAGE.format('<p><a href="../#a">back</a></p>'))
    (tmp_path / "style.css").write_text("p { color: red }")
    return tmp_path


def test_a_good_site_has_no_faults(site: Path) -> None:
    assert crawl.faults(site) == []


FAULTS = [
    ('<a href="../three/">x</a>', "leads to three/index.html, which is not there"),
    ('<a href="../#b">x</a>', "leads to an anchor that index.html does not have"),
    ('<img src="none.png" srcset="one.png 1x, two.png 2x">', "leads to two/two.png"),
    ('<a href="kb:/themes/">x</a>', "is an address that should have been made relative"),
    ('<a href="javascript:x">x</a>', "has a scheme that no page may use"),
    ('<img src="https://example.org/x.png">', "fetches from another host"),
    ("<script>fetch('https://example.org/')</script>", "a script names another host"),
    ('<meta http-equiv="refresh" content="1; url=../three/">', "leads to three/index.html"),
    ("<p>[[theme:ebpf]]</p>", "a link in double brackets is left: [[theme:ebpf]]"),
    ("<h1>Two</h1>", "2 first-level headings: ['One', 'Two']"),
    ("<h3>Three</h3>", "h3 'Three' comes after h1"),
    ('<p id="page">x</p>', "2 elements with the id 'page'"),
    ('<p class="kb-meta"> </p>', "<p class='kb-meta'> is empty"),
    ("<p>a · </p>", "a stray separator: 'a ·'"),
    ("<p>a , b</p>", "a stray comma: 'a , b'"),
    ("<p>a<div>b</div></p>", "<div> inside <p>"),
    ('<a href="../">a<a href="../">b</a></a>', "<a> inside <a>"),
    ("</ul>", "</ul> closes nothing"),
    ("<ul><li>x</ul>", "an element is not closed before </ul>"),
    ('<p class="a" class="b">x</p>', "<p> has an attribute twice"),
    ('<script type="application/ld+json">{</script>', "JSON-LD that does not parse"),
    ('<meta property="og:image" content="https://x.example/a.png">', "is not on this site"),
]


@pytest.mark.parametrize(("html", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_found(site: Path, html: str, fault: str) -> None:
    (site / "two" / "index.html").write_text(PAGE.format(html))
    assert any(line.startswith("two/index.html: ") and fault in line for line in crawl.faults(site))


def test_a_page_without_a_title_is_found(site: Path) -> None:
    (site / "two" / "index.html").write_text(PAGE.format("").replace("One</title>", "</title>"))
    assert crawl.faults(site) == ["two/index.html: no title"]


def test_a_style_sheet_that_fetches_from_another_host_is_found(site: Path) -> None:
    (site / "style.css").write_text("@import 'https://example.org/x.css';")
    assert crawl.faults(site) == ["style.css: fetches from another host"]


def test_a_search_index_that_leads_nowhere_is_found(site: Path) -> None:
    folder = site / "pagefind" / "fragment"
    folder.mkdir(parents=True)
    anchors = [{"id": "learning-nothing"}, {"id": None}]
    for name, url in (("a", "/two/"), ("b", "/three/")):
        data = json.dumps({"url": url, "anchors": anchors}).encode()
        (folder / f"{name}.pf_fragment").write_bytes(gzip.compress(b"pagefind_dcd" + data))
    assert crawl.faults(site) == [
        "search index: '/two/#learning-nothing' leads nowhere",
        "search index: '/three/' leads nowhere",
    ]


def test_an_address_of_the_site_itself_has_to_lead_somewhere(site: Path) -> None:
    own = '<meta property="og:image" content="https://x.example/kb/{}">'
    page = site / "two" / "index.html"
    page.write_text(PAGE.format(own.format("style.css")))
    assert crawl.faults(site, url="https://x.example/kb/") == []
    page.write_text(PAGE.format(own.format("none.png")))
    [fault] = crawl.faults(site, url="https://x.example/kb/")
    assert "leads to none.png, which is not there" in fault


def test_code_may_show_a_link_in_double_brackets(site: Path) -> None:
    (site / "two" / "index.html").write_text(PAGE.format("<p><code>[[theme:x]]</code></p>"))
    assert crawl.faults(site) == []


def test_pages_that_nothing_leads_to_are_not_reached(site: Path) -> None:
    assert crawl.reachable(crawl.read_site(site)) == {"index.html"}
    assert crawl.reachable(crawl.read_site(site), "two/index.html") == {
        "index.html",
        "two/index.html",
    }


def test_text_has_spaces_between_blocks_and_none_inside_words() -> None:
    page = crawl.read(PAGE.format("<p>One<em>two</em></p><p>three</p>"))
    assert page.content == "One Onetwo three"
