"""Lists of one entry and of a thousand: each page stays light, and every entry is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from kbsite.build import build
from tests import crawl
from tests.bases import CONFIG, EVENT, write
from tests.weights import too_heavy

# The pages of talks, and of those who gave them, are as those of the first ten.
ALIKE = re.compile(r"(sessions/example-conf/talk-\d\d+|people/[^/]+-\d\d+)/index\.html")


@pytest.mark.parametrize("number", [1, 60, 61, 100, 101, 1000])
def test_a_list_of_any_length_stays_light_and_leads_to_every_entry(
    tmp_path: Path, number: int
) -> None:
    files: dict[str, object] = {
        "mkdocs.yml": CONFIG,
        "content/index.md": ({"title": "Home"}, "Text."),
        "sessions/example-conf/event.yaml": EVENT,
        "themes/kernel.md": ({"name": "Kernels"}, "Text."),
    }
    for at in range(number):
        files[f"sessions/example-conf/talk-{at}.yaml"] = {
            "title": f"Talk {at} about what was seen in the kernel",
            "start": f"2031-04-0{1 + at % 2}T{8 + at % 12:02}:{at % 4 * 15:02}",
            "speakers": [
                {"name": "Ada Example", "org": "Example Works"},
                {
                    "name": f"Ann {chr(65 + at % 26)}{'aeiou'[at % 5]}x-{at}",
                    "org": f"Org {at % 40}",
                },
            ],
            "themes": ["kernel"],
            "projects": ["Tiny Kernel", f"Project {at % 40}"],
            "learnings": [{"id": "one", "text": f"Learning {at}: *less* is copied."}],
        }
    root = write(tmp_path / "base", files)
    site = build(root, site_dir=tmp_path / "site", search=False).site_dir
    pages = crawl.read_site(site, lambda file: not ALIKE.fullmatch(file))
    assert crawl.faults(site, pages) == []
    assert too_heavy(pages) == []
    unreached = pages.keys() - crawl.reachable(pages) - {"404.html", "problems/index.html"}
    assert [file for file in sorted(unreached) if not pages[file].refresh] == []
    talks = {f"sessions/example-conf/talk-{at}/index.html" for at in range(number)}
    for owner in (
        "themes/kernel/",
        "events/example-conf/",
        "people/ada-example/",
        "organisations/example-works/",
        "projects/tiny-kernel/",
        "learnings/kernel/",
        "sessions/",
    ):
        assert talks <= led_to(pages, owner), owner
    people = {file.relative_to(site).as_posix() for file in site.glob("people/*/index.html")}
    assert len(people) == number + 1
    assert people <= led_to(pages, "people/")


def test_an_organisation_that_announced_much_and_spoke_once_has_one_session(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "mkdocs.yml": CONFIG,
        "content/index.md": ({"title": "Home"}, "Text."),
        "sessions/example-conf/event.yaml": EVENT,
        "sessions/example-conf/spoken.yaml": {
            "title": "Spoken",
            "speakers": [{"name": "Ada Example", "org": "Example Works"}],
            "projects": ["Tiny Kernel"],
        },
    }
    for at in range(61):
        files[f"sessions/example-conf/talk-{at}.yaml"] = {
            "title": f"Talk {at}",
            "announcements": [
                {"title": f"New {at}", "by": "Example Works", "projects": ["Tiny Kernel"]}
            ],
        }
    root = write(tmp_path / "base", files)
    site = build(root, site_dir=tmp_path / "site").site_dir
    pages = crawl.read_site(site)
    assert crawl.faults(site, pages) == []
    for owner in ("organisations/example-works", "projects/tiny-kernel"):
        page = (site / owner / "index.html").read_text("utf-8")
        assert "All 62 sessions" not in page
        assert "New 0" in page
        assert not (site / owner / "sessions").exists()
        index = (site / owner).parent / "index.html"
        assert "62 sessions" not in index.read_text("utf-8")


def led_to(pages: Mapping[str, crawl.HtmlPage], owner: str) -> set[str]:
    """What the page of `owner` and the pages of its own lists link to in their articles."""
    out: set[str] = set()
    lists = re.compile(rf"{owner}((sessions|all|by/\w|\d{{4}}-\d\d-\d\d)/)?(page/\d+/)?index\.html")
    for file, page in pages.items():
        if lists.fullmatch(file):
            hrefs = {href for element in page.elements for href in element.hrefs}
            out |= {crawl.target(page, href)[0] for href in hrefs if "://" not in href}
    return out
