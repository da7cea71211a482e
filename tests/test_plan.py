"""Files beside the pages: made when they are written, and never over something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsite.build import build, listed
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import KINDS, Kind, sessions
from kbsite.kinds.base import Page, View, Views
from kbsite.kinds.redirects import RedirectView
from kbsite.pipeline import prepare
from kbsite.report import as_text


def kind_with(path: str, calendar: str) -> Kind:
    """A kind of one page with a calendar beside it."""

    def view() -> View:
        raise AssertionError("nothing is made before it is written")

    def pages(_: Views) -> Iterator[Page]:
        yield Page(
            kind="group", path=path, title="One", template="x.html", view=view, calendar=calendar
        )

    return Kind(name="group", folder=KINDS[0].folder, pages=pages)


def said(root: Path, path: str, calendar: str) -> list[str]:
    return [
        as_text(problem).split("\n")[0]
        for problem in prepare(root, (*KINDS, kind_with(path, calendar))).problems
    ]


def test_nothing_is_made_before_it_is_written(small: Path) -> None:
    outputs = prepare(small, (kind_with("groups/one/", "groups/one/one.ics"),)).outputs
    paths = [output.path for output in outputs]
    assert {"groups/one/index.html", "groups/one/one.ics"} <= set(paths)
    assert len(paths) == len(set(paths))


def test_no_page_is_described_before_it_is_written(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described: list[str] = []

    def describe(_views: Views, node: SessionNode) -> str:
        described.append(node.id)
        return node.id

    monkeypatch.setattr(sessions, "_description", describe)
    page = next(
        page
        for page in prepare(small).pages
        if page.source == "sessions/example-conf-2031/silent.yaml"
    )
    assert described == []
    assert [page.description, page.description, *described] == ["example-conf-2031/silent"] * 3


def test_a_file_where_a_hand_written_one_stands_is_an_error(small: Path) -> None:
    (small / "content" / "one.ics").write_text("By hand.")
    assert said(small, "groups/one/", "one.ics") == [
        "content/one.ics: error KB208: this file stands where kbsite writes its own: /one.ics"
    ]


@pytest.mark.parametrize("path", ["explore/facets.json", "themes/index.html"])
def test_a_file_where_something_else_would_be_is_an_error(small: Path, path: str) -> None:
    assert said(small, "groups/one/", path) == [
        f"sessions: error KB203: two things would be written to /{path}"
    ]


def test_what_is_for_the_public_waits_for_an_address(small: Path) -> None:
    card = "assets/cards/site.png"
    assert not (build(small).site_dir / card).exists()
    assert card not in {path for _, path in listed(small)}
    with (small / "mkdocs.yml").open("a") as config:
        config.write("site_url: https://example.org/\n")
    assert (build(small).site_dir / card).exists()
    assert card in {path for _, path in listed(small)}


# Addresses that lead on


def test_the_address_of_an_alias_leads_to_the_thing_s_page(small: Path) -> None:
    page = next(page for page in prepare(small).pages if page.path == "people/a-example/")
    assert page.kind == "redirect"
    assert page.view() == RedirectView(target="people/ada-example/")
    html = (build(small, strict=True).site_dir / page.path / "index.html").read_text("utf-8")
    assert 'href="../../people/ada-example/"' in html


@pytest.mark.parametrize("by_hand", ["a-example.md", "a-example.html", "a-example/index.md"])
def test_the_address_of_an_alias_is_left_to_a_page_written_by_hand(
    small: Path, by_hand: str
) -> None:
    file = small / "content" / "people" / by_hand
    file.parent.mkdir(parents=True)
    file.write_text("# Another A.\n\nSomebody else.\n")
    prepared = prepare(small)
    assert prepared.problems == ()
    assert "people/a-example/" not in {page.path for page in prepared.pages}


@pytest.mark.parametrize("first", [True, False])
def test_the_address_of_an_alias_is_left_to_a_page_of_any_kind(small: Path, first: bool) -> None:
    kind = kind_with("people/a-example/", "")
    prepared = prepare(small, (kind, *KINDS) if first else (*KINDS, kind))
    assert prepared.problems == ()
    (page,) = (page for page in prepared.pages if page.path == "people/a-example/")
    assert page.kind == "group"
