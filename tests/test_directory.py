"""The list of people by family name, and what the page of one says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kbsite.kinds.base import Site
from kbsite.pipeline import prepare
from kbsite.render import Renderer
from tests import crawl
from tests.bases import EVENT, write
from tests.crawl import HtmlPage

LATER = EVENT | {"name": "Later Conf", "start": "2033-04-01", "end": "2033-04-02"}


def pages(root: Path, files: dict[str, object]) -> dict[str, HtmlPage]:
    """The bodies of all pages of a knowledge base, by their addresses."""
    prepared = prepare(write(root, {"sessions/conf/event.yaml": EVENT, **files}))
    assert not [each for each in prepared.problems if each.severity == "error"]
    renderer = Renderer(prepared.kinds, Site(name="Example"))
    bodies = ((page.path, renderer.render(page, page.view(), "")) for page in prepared.pages)
    return {path: crawl.read(f"<article>{html}</article>") for path, html in bodies}


def said(page: HtmlPage, name: str) -> list[str]:
    """The texts of the elements of a class."""
    return [" ".join(each.text.split()) for each in page.of_class(name)]


def talk(title: str, *speakers: Mapping[str, object], **more: object) -> dict[str, object]:
    return {
        "title": title,
        "speakers": list(speakers),
        "provenance": {"contributed_by": "Cem Example"},
        **more,
    }


def test_people_are_listed_by_family_name_with_the_latest_organisation_and_themes(
    tmp_path: Path,
) -> None:
    made = pages(
        tmp_path,
        {
            "themes/kernel.md": ({"name": "Kernels"}, ""),
            "themes/seeing.md": ({"name": "Seeing"}, ""),
            "themes/third.md": ({"name": "Third"}, ""),
            "sessions/later/event.yaml": LATER,
            "content/speakers/ana-example-stone.md": (
                {"name": "Ana Example Stone", "sort": "Example Stone, Ana"},
                "",
            ),
            "sessions/conf/a.yaml": talk(
                "A",
                {"name": "Zed Adams", "org": "Old Works"},
                {"name": "Ann van der Berg"},
                {"name": "Øyvind Østen"},
                {"name": "Ana Example Stone"},
                themes=["kernel", "seeing"],
            ),
            "sessions/later/b.yaml": talk(
                "B", {"name": "Zed Adams", "org": "New Works"}, themes=["seeing", "third"]
            ),
        },
    )
    page = made["people/"]
    assert [each.text for each in page.headings if each.id.startswith("letter-")] == [
        "A", "E", "O", "V",
    ]  # fmt: skip
    (first, *others) = [
        line
        for letter in page.of_class("kb-directory")[1:]
        for line in [" ".join(letter.text.split())]
    ]
    assert first == "Zed Adams 2 sessions New Works · Seeing, Kernels"
    assert [line.partition(" Kernels")[0] for line in others] == [
        "Ana Example Stone", "Øyvind Østen", "Ann van der Berg",
    ]  # fmt: skip
    names = [each.text for each in page.elements if each.tag == "b"]
    assert names[1:] == ["Adams", "Example Stone", "Østen", "van der Berg"]
    assert "last word of a name" in page.content


def test_somebody_s_page_has_sessions_by_year_with_whom_and_for_whom(tmp_path: Path) -> None:
    video = {"kind": "video", "url": "https://video.example/1"}
    made = pages(
        tmp_path,
        {
            "sessions/later/event.yaml": LATER,
            "sessions/conf/a.yaml": talk(
                "A",
                {"name": "Ada Example", "org": "Old Works", "role": "Engineer"},
                {"name": "Bo Other", "org": "Else"},
                links=[video],
                projects=["Tiny Kernel"],
            ),
            "sessions/later/b.yaml": talk(
                "B",
                {"name": "Ada Example", "org": "Old Works", "role": "Chief", "moderator": True},
            ),
            "sessions/later/c.yaml": talk("C", {"name": "Ada Example", "org": "New Works"}),
        },
    )
    page = made["people/ada-example/"]
    years = [each.text for each in page.headings if each.id.startswith("year-")]
    assert years == ["2033", "2031"]
    assert said(page, "kb-session") == [
        "B Moderator · Old Works · Later Conf",
        "C New Works · Later Conf",
        "A Old Works · with Bo Other (Else) · Example Conf · Recording",
    ]
    assert said(page, "kb-stats") == ["sessions 3 events 2 recording 1"]
    margin = {each.id: each.text for each in page.headings if each.level == 2}
    assert margin == {
        "sessions": "Sessions",
        "roles": "Spoke as",
        "projects": "Projects",
        "with": "Spoke with",
    }
    assert said(page, "kb-tallies")[0] == "Old Works 2033, 2031 Chief · Engineer New Works 2033"


def test_many_sessions_of_somebody_have_ways_to_each_year(tmp_path: Path) -> None:
    ada = {"name": "Ada Example"}
    files: dict[str, object] = {"sessions/later/event.yaml": LATER}
    for at in range(31):
        folder = "later" if at % 2 else "conf"
        files[f"sessions/{folder}/t{at}.yaml"] = talk(f"Talk {at}", ada)
    few = {"sessions/conf/of-bo.yaml": talk("One", {"name": "Bo Other"})}
    made = pages(tmp_path, files | few)
    page = made["people/ada-example/"]
    assert said(page, "kb-letters") == ["2033 15 2031 16"]
    assert len(page.of_class("kb-session")) == 31
    assert made["people/bo-other/"].of_class("kb-letters") == []
