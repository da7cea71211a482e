"""What MkDocs keeps out of a site is nowhere on it: no page, tab, card, mention, result."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config

from kbsite import build as building
from kbsite.cli import main
from kbsite.errors import ContentError
from kbsite.plugin import published
from tests import crawl
from tests.live import eventually, fetch, serving
from tests.test_build import tree

DRAFT = "---\ntitle: Half a thought\nauthor: Bo Example\n---\nSee [[session:{}/kernel-news]].\n"


def configure(root: Path, more: str) -> Path:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(more)
    return root


KEPT_OUT = {  # each with words that only it has
    "about.md": "Everything here is invented",
    "articles/": "A quiet week",
    "less-is-measured.md": "Teams measure fewer things",
    "speakers/ada-example.md": "long letters",
    "/organisations/*": "They make tools",
    "projects/": "A kernel that fits on a page",
    "index.md": "What Example Conf taught",
}


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_a_page_that_is_kept_out_is_nowhere_on_the_site(small: Path, key: str) -> None:
    before = str(tree(building.build(small, strict=True).site_dir))
    configure(small, f"{key}: |\n  " + "\n  ".join(KEPT_OUT) + "\n")
    site = building.build(small).site_dir  # with its page gone, one name may be another's
    assert crawl.faults(site) == []
    after = str([crawl.fragments(site), tree(site)])
    assert [words for words in KEPT_OUT.values() if words not in before] == []
    assert [words for words in KEPT_OUT.values() if words in after] == []


def test_what_mkdocs_excludes_on_its_own_is_no_page_either(small: Path) -> None:
    page = small / "content" / "templates" / "letter.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: A letter\n---\nDear [[speaker:Ada Example]],\n")
    site = building.build(small, strict=True).site_dir
    assert crawl.faults(site) == []
    assert "A letter" not in crawl.read_site(site)["people/ada-example/index.html"].content


def test_mistakes_in_what_is_kept_out_are_nobodys_business(small: Path) -> None:
    (small / "content" / "articles" / "Half a Thought.md").write_text("---\ntitle: [\n---\n")
    configure(small, "exclude_docs: |\n  articles/Half*\n")
    assert CliRunner().invoke(main, ["check", "--root", str(small)]).exit_code == 0
    assert building.build(small, strict=True).problems == ()
    asked = str(small / "content" / "articles" / "Half a Thought.md")
    done = CliRunner().invoke(main, ["check", asked])
    assert done.exit_code == 2
    assert f"nothing is read from {asked}: " in done.output
    assert "not kept out by mkdocs.yml" in done.output


def test_a_link_to_a_page_that_is_kept_out_is_a_dead_link(small: Path) -> None:
    (small / "content" / "links.md").write_text("# Links\n\n[about](about.md)\n")
    configure(small, "exclude_docs: about.md\nnav: [index.md, about.md, links.md]\n")
    with pytest.raises(ContentError):
        building.build(small, strict=True)
    problems = building.build(small).problems
    assert [(problem.file, "about.md" in problem.message) for problem in problems] == [
        ("content/links.md", True),
        ("mkdocs.yml", True),
    ]


def test_a_name_that_only_an_excluded_page_gives_leads_nowhere(small: Path) -> None:
    page = small / "content" / "speakers" / "ada-example.md"
    page.write_text("---\nname: Ada Example\naliases: [Countess Ada]\n---\n")
    (small / "content" / "about.md").write_text("# About\n\n[[speaker:Countess Ada]]\n")
    assert CliRunner().invoke(main, ["check", "--root", str(small)]).exit_code == 0
    configure(small, "exclude_docs: speakers/\n")
    done = CliRunner().invoke(main, ["check", "--root", str(small)])
    assert done.exit_code == 1
    assert "content/about.md:3:1: error KB207" in done.output


def test_patterns_about_pages_leave_the_theme_alone(small: Path) -> None:
    own = small / "content" / "assets" / "kbsite.css"
    own.parent.mkdir()
    own.write_text("body { color: red }")
    site = building.build(configure(small, "exclude_docs: assets/\n"), strict=True).site_dir
    assert crawl.faults(site) == []
    assert "color: red }" not in (site / "assets" / "kbsite.css").read_text()


def test_a_page_that_is_not_in_the_navigation_is_in_no_tab(small: Path) -> None:
    site = building.build(configure(small, "not_in_nav: about.md\n"), strict=True).site_dir
    pages = crawl.read_site(site)
    assert "about/index.html" in pages
    assert "about/index.html" not in set(pages["people/index.html"].leads_to())
    assert "Mentioned in" in pages["sessions/example-conf-2031/kernel-news/index.html"].content


def test_drafts_are_served_and_not_built(small: Path) -> None:
    event = next((small / "sessions").iterdir()).name
    (small / "content" / "articles" / "draft.md").write_text(DRAFT.format(event))
    (small / "content" / "speakers" / "bo-example-of-oslo.md").write_text(
        "---\nname: Bo Example\n---\nBo writes drafts.\n"
    )
    configure(small, "draft_docs: |\n  articles/draft.md\n  speakers/bo*\n")
    with serving(small) as address:
        assert "Half a thought" in fetch(address + "articles/")
        assert "Half a thought" in fetch(address + f"sessions/{event}/kernel-news/")
        assert "DRAFT" in fetch(address + "articles/draft/")
        assert "Bo writes drafts." in fetch(address + "people/bo-example-of-oslo/")
        with pytest.raises(Exception, match="404"):
            fetch(address + "speakers/bo-example-of-oslo/")
        configure(small, "site_author: Once more\n")
        eventually(address + "articles/", holds="Once more")
    assert "Half a thought" not in str(tree(building.build(small, strict=True).site_dir))


def test_mkdocs_build_leaves_out_the_same(small: Path) -> None:
    configure(small, "exclude_docs: articles/\ndraft_docs: about.md\n")
    building.build(small, site_dir=small / "site", strict=True)
    ours = tree(small / "site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    subprocess.run(command, cwd=small, check=True)
    assert tree(small / "site") == ours


def test_what_is_published_is_what_mkdocs_itself_says(small: Path) -> None:
    configure(small, "exclude_docs: |\n  /a/*\n  !/a/kept.md\ndraft_docs: b.md\n")
    config = load_config(str(small / "mkdocs.yml"))
    files = ["a/one.md", "a/kept.md", "b.md", ".hidden.md", "c/.hidden/d.md", "templates/e.md"]
    hidden = published.excludes(config)
    assert [file for file in files if not hidden(file)] == ["a/kept.md"]
    hidden = published.excludes(config, drafts=True)
    assert [file for file in files if not hidden(file)] == ["a/kept.md", "b.md"]


HIDDEN = """\
title: A word unheard
publish: false
speakers: [{name: Nobody Known}]
sources: [{system: x}]
"""


def test_no_record_is_published_as_it_is_nor_what_is_not_to_be(small: Path) -> None:
    event = "sessions/example-conf-2031"
    there = (f"{event}/secret.yaml", f"{event}/notes.pdf", "themes/notes.png", f"{event}/a/b.md~")
    for path in there:
        (small / path).parent.mkdir(exist_ok=True)
        (small / path).write_text(HIDDEN, encoding="utf-8")
    site = building.build(small).site_dir
    made = str([crawl.fragments(site), tree(site)])
    assert [words for words in ("unheard", "Nobody Known", "nobody-known") if words in made] == []
    raw = [path for path in site.rglob("*") if path.suffix in (".yaml", ".yml", ".pdf")]
    assert raw == []


@pytest.mark.parametrize("name", ["secret.yaml", "secret.json", "files/secret.txt", "s", "s.yaml"])
def test_what_would_publish_a_record_as_it_is_stops_the_build(small: Path, name: str) -> None:
    record = small / "sessions" / "example-conf-2031" / "secret.yaml"
    record.write_text(HIDDEN, encoding="utf-8")
    place = small / "content" / name
    place.parent.mkdir(exist_ok=True)
    if name.startswith("s") and "secret" not in name:
        place.symlink_to(record.parent if name == "s" else record)
    else:
        place.write_text(HIDDEN, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        building.build(small)
    assert {problem.file for problem in refused.value.problems} == {f"content/{name}"}
    assert not (small / "site").exists()
