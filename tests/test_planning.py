"""Files beside the pages: made when they are written, and never over something else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kbsite.build import build
from kbsite.graph import Graph
from kbsite.kinds import KINDS, Asset, Kind, Site
from kbsite.pipeline import prepare
from kbsite.report import as_text


def count(graph: Graph, path: str, site: Site) -> bytes:
    return f"{len(graph.sessions)} sessions in {path} of {site.name}".encode()


def kind_with(*paths: str) -> Kind:
    """A kind that has files and no pages."""

    def files(graph: Graph) -> Iterator[Asset]:
        for path in paths:
            yield Asset(path=path, content=partial(count, graph, path))

    return Kind(name="counts", folder=KINDS[0].folder, pages=lambda _: iter(()), files=files)


def said(root: Path, *paths: str) -> list[str]:
    return [
        as_text(problem).split("\n")[0]
        for problem in prepare(root, (*KINDS, kind_with(*paths))).problems
    ]


def test_a_kind_s_files_are_on_the_site(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbsite.pipeline.KINDS", (*KINDS, kind_with("data/count.txt")))
    site = build(small, strict=True).site_dir
    said = (site / "data" / "count.txt").read_text()
    assert said == "4 sessions in data/count.txt of Example Conf, remembered"


def test_a_file_is_not_made_before_it_is_written(small: Path) -> None:
    def fail(_: Site) -> bytes:
        raise AssertionError

    def files(_: Graph) -> Iterator[Asset]:
        yield Asset(path="data/never.txt", content=fail)

    kind = Kind(name="never", folder=KINDS[0].folder, pages=lambda _: iter(()), files=files)
    assert [asset.path for asset in prepare(small, (kind,)).assets] == ["data/never.txt"]


def test_a_file_where_a_hand_written_one_stands_is_an_error(small: Path) -> None:
    (small / "content" / "count.txt").write_text("By hand.")
    assert said(small, "count.txt") == [
        "content/count.txt: error KB208: this file stands where kbsite writes its own: /count.txt"
    ]


def test_what_is_for_the_public_waits_for_an_address(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files(graph: Graph) -> Iterator[Asset]:
        yield Asset(path="a.txt", content=partial(count, graph, "a"), for_the_public=True)

    kind = Kind(name="public", folder=KINDS[0].folder, pages=lambda _: iter(()), files=files)
    monkeypatch.setattr("kbsite.pipeline.KINDS", (*KINDS, kind))
    assert not (build(small).site_dir / "a.txt").exists()
    with (small / "mkdocs.yml").open("a") as config:
        config.write("site_url: https://example.org/\n")
    assert (build(small).site_dir / "a.txt").exists()


@pytest.mark.parametrize("paths", [("a.txt", "a.txt"), ("themes/index.html",)])
def test_a_file_where_something_else_would_be_is_an_error(
    small: Path, paths: tuple[str, ...]
) -> None:
    assert said(small, *paths) == [
        f"sessions: error KB203: two things would be written to /{paths[0]}"
    ]
