"""The tabs of a site, what stands at the foot of its pages, and a navigation of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kbsite import build as building
from kbsite import kinds
from kbsite.kinds.sections import SECTIONS

TABS = ["Themes", "Events", "People & projects", "Explore", "Learnings & articles"]


def between(html: str, start: str, end: str) -> str:
    found = re.search(f"{start}(.*?){end}", html, re.DOTALL)
    return found[1] if found else ""


def links(html: str) -> Iterator[tuple[str, str]]:
    """The words and addresses of links."""
    for href, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL):
        yield unescape(" ".join(re.sub(r"<[^>]*>", " ", words).split())), href


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def tabs(html: str) -> str:
    return between(html, '<ul class="md-tabs__list"', "</ul>")


def beside(html: str) -> str:
    return between(html, '<ul class="kb-subtabs"', "</ul>")


def foot(html: str) -> str:
    return between(html, '<footer class="md-footer"', "</footer>")


def test_a_kind_with_an_index_is_in_a_section() -> None:
    for kind in kinds.KINDS:
        assert not kind.tab or kind.section in ("", *SECTIONS), kind.name
        assert kind.section or not kind.tab or kind.name == "home"


@pytest.mark.parametrize("path", ["", "people/ada-example", "problems"])
def test_a_site_has_five_tabs(small_site: Path, path: str) -> None:
    assert [words for words, _ in links(tabs(read(small_site, path)))] == TABS


@pytest.mark.parametrize(
    ("path", "section", "index"),
    [
        ("people", "People & projects", "People"),
        ("people/ada-example", "People & projects", "People"),
        ("organisations/example-works", "People & projects", "Organisations"),
        ("sessions/example-conf-2031/kernel-news", "Events", "Sessions"),
        ("map", "Themes", "Map"),
        ("shifts/less-is-measured", "Learnings & articles", "Shifts"),
        ("reports", "Learnings & articles", "Reports"),
        ("reports/a-week-among-kernels", "Learnings & articles", "Reports"),
    ],
)
def test_the_tab_of_a_page_and_its_index_are_shown_as_open(
    small_site: Path, path: str, section: str, index: str
) -> None:
    html = read(small_site, path)
    [active] = re.findall(
        r'md-tabs__item--active">\s*<a [^>]*>\s*(.*?)\s*</a>', tabs(html), re.DOTALL
    )
    assert unescape(active) == section
    [here] = re.findall(r'aria-current="(?:page|true)">(.*?)</a>', beside(html))
    assert here == index


def test_what_has_no_index_page_is_in_no_section(small: Path) -> None:
    for shift in (small / "content" / "shifts").glob("*.md"):
        shift.unlink()
    site = building.build(small, search=False).site_dir
    assert "Shifts" not in dict(links(beside(read(site, "learnings"))))


def test_a_narrow_screen_has_all_sections_in_its_drawer_and_what_is_beside_an_index_above_it(
    small_site: Path,
) -> None:
    html = read(small_site, "people")
    drawer = dict(links(between(html, '<nav class="md-nav md-nav--primary kb-drawer"', "</nav>")))
    assert {"Home", "Map", "Sessions", "Organisations", "Explore", "Shifts"} <= drawer.keys()
    assert "About" not in drawer
    above = dict(links(between(html, '<nav class="kb-letters kb-beside"', "</nav>")))
    assert above == {"Organisations": "../organisations/", "Projects": "../projects/"}
    assert "kb-beside" not in read(small_site, "people/ada-example")


def test_pages_about_the_site_stand_at_the_foot_of_every_page(small_site: Path) -> None:
    for path, up in (("", ""), ("people/ada-example", "../../"), ("problems", "../")):
        found = dict(links(foot(read(small_site, path))))
        assert {words: href.removeprefix("./") for words, href in found.items()}.items() >= {
            "About": f"{up}about/",
            "Problem codes": f"{up}problems/" if path != "problems" else "",
        }.items()
    lost = (small_site / "404.html").read_text("utf-8")
    assert dict(links(foot(lost)))["About"] == "/about/"


def test_the_foot_says_what_the_configuration_says_and_nothing_else(small: Path) -> None:
    site = building.build(small, search=False).site_dir
    plain = foot(read(site, "people"))
    assert "Last changed" not in plain
    assert "Source" not in plain
    with (small / "mkdocs.yml").open("a") as file:
        file.write(
            "copyright: Texts under <b>some</b> licence\n"
            "repo_url: https://code.example/conf\n"
            "extra: {changed: 2031-04-05}\n"
        )
    site = building.build(small, search=False).site_dir
    said = foot(read(site, "people"))
    assert "<p>Texts under <b>some</b> licence</p>" in said
    assert '<time datetime="2031-04-05">2031-04-05</time>' in said
    assert dict(links(said))["Source of this site"] == "https://code.example/conf"


def test_a_navigation_of_the_site_s_own_is_shown_as_it_is(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write(
            "nav:\n  - index.md\n  - Everything: [themes/index.md, people/index.md]\n  - about.md\n"
        )
    site = building.build(small, search=False).site_dir
    html = read(site, "themes")
    assert [words for words, _ in links(tabs(html))][1:] == ["Everything", "About"]
    assert beside(html) == ""
    assert "kb-drawer" not in html
    assert "kb-beside" not in html
