"""The pages that quotes and figures have for themselves, to be linked to and shown in previews."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbsite.build import build
from kbsite.kinds import cutouts
from kbsite.kinds.base import Page, Views
from kbsite.outputs import pictures
from tests import crawl
from tests.bases import CONFIG, EVENT, write
from tests.crawl import HtmlPage
from tests.graphs import KERNEL, linked, talk

TALK = talk(
    "Fewer copies",
    speakers=[{"name": "Ada Kern", "org": "Works"}, {"name": "Bo Stone"}],
    themes=["kernel"],
    quotes=[
        {"id": "slow", "text": "Slow is *smooth*.", "by": "Ada Kern", "basis": "said"},
        {"id": "nobody", "text": "Nobody reads the second page. " * 8, "basis": "inferred"},
    ],
    figures=[{"id": "copies", "value": "30%", "label": "less copying", "basis": "shown"}],
)
FILES = {
    "mkdocs.yml": CONFIG | {"site_url": "https://kb.example/"},
    "content/about.md": ({"title": "About"}, ""),
    "sessions/conf/event.yaml": EVENT | {"short": "EC 31"},
    "sessions/conf/one.yaml": TALK,
    "themes/kernel.md": KERNEL,
}
ONE = "sessions/conf/one/"
SLOW, COPIES = f"{ONE}quotes/slow/", f"{ONE}figures/copies/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("cutouts"), FILES)
    build(root, site_dir=root / "site", search=False)
    return root / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, HtmlPage]:
    return {page.path: page for page in crawl.read_site(site).values()}


def planned(root: Path, record: dict[str, Any] = TALK) -> dict[str, Page]:
    graph = linked(root, {"one": record}, {"themes/kernel.md": KERNEL})
    return {page.path: page for page in cutouts.pages(Views(graph))}


def test_each_quote_and_figure_has_a_page(tmp_path: Path) -> None:
    assert list(planned(tmp_path)) == [SLOW, f"{ONE}quotes/nobody/", COPIES]


def test_a_page_says_what_was_said_by_whom_where_and_on_what_evidence(
    pages: dict[str, HtmlPage],
) -> None:
    (quote,) = pages[SLOW].of_class("kb-quote")
    assert "Slow is smooth." in quote.text
    assert "Ada Kern, Works" in quote.text
    (figure,) = pages[COPIES].of_class("kb-figure")
    assert "30%" in figure.text
    assert "less copying" in figure.text
    for path, basis in ((SLOW, "said"), (COPIES, "shown")):
        (evidence,) = pages[path].of_class("kb-evidence")
        assert f'data-kb-basis="{basis}"' in pages[path].html
        assert "not reviewed" in evidence.text
        assert pages[path].headings[0].text.endswith("from “Fewer copies”")
        assert "Bo Stone" in pages[path].html


def test_a_page_leads_to_its_place_in_the_session_which_leads_to_it(
    pages: dict[str, HtmlPage],
) -> None:
    for path, anchor in ((SLOW, "quote-slow"), (COPIES, "figure-copies")):
        assert f'href="../../../../../{ONE}#{anchor}"' in pages[path].html
        assert pages[ONE].with_id(anchor)
        assert path + "index.html" in set(pages[ONE].leads_to())


def test_a_page_is_its_own_and_shows_a_picture_of_its_own(
    site: Path, pages: dict[str, HtmlPage]
) -> None:
    for path in (SLOW, COPIES):
        html = pages[path].html
        assert f'<link rel="canonical" href="https://kb.example/{path}">' in html
        picture = f"assets/cards/{path.rstrip('/')}.png"
        assert f'content="https://kb.example/{picture}"' in html
        assert (site / picture).read_bytes().startswith(b"\x89PNG")
    assert "<title>“Slow is smooth.” – Ada Kern – EC 31 - Example</title>" in pages[SLOW].html
    assert "<title>30% less copying – Fewer copies – EC 31 - Example</title>" in pages[COPIES].html


def test_what_a_preview_shows_says_where_it_comes_from(tmp_path: Path) -> None:
    by_path = planned(tmp_path)
    said = by_path[SLOW].previews[0]
    assert (said.kind, said.title) == ("Quote from Example Conf", "“Slow is smooth.”")
    assert said.foot == ("Said in the session", "Ada Kern")  # the end may be cut
    assert "inferred by Cem Example" in by_path[f"{ONE}quotes/nobody/"].description
    assert len(by_path[f"{ONE}quotes/nobody/"].said_title) < 150
    for page in by_path.values():
        picture = pictures.own_picture(page)
        assert picture is not None
        assert picture.path == page.previews[0].path


def test_no_list_and_no_search_has_such_a_page(pages: dict[str, HtmlPage]) -> None:
    for path in (SLOW, COPIES):
        leading = {p for p, page in pages.items() if path + "index.html" in set(page.leads_to())}
        assert leading <= {ONE, path}
