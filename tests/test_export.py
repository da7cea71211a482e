"""The pages as Markdown files: all of them, with links that lead to each other, and safely put."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path

import frontmatter
import pytest
from click.testing import CliRunner

from kbsite import commonmark
from kbsite.build import build
from kbsite.cli import main
from kbsite.errors import ContentError, UsageError
from kbsite.export import export
from kbsite.pipeline import prepare
from tests.bases import write_hostile
from tests.conftest import SMALL

HREF = re.compile(r'<a href="([^"#:]*)(?:#([^"]*))?"')
ANCHOR = re.compile(r'<a id="([^"]+)"></a>|<h[2-4]>(.*?)</h[2-4]>')


@pytest.fixture(scope="module", params=[False, True], ids=["small", "of the repo's own"])
def root(request: pytest.FixtureRequest, sampled: Path) -> Path:
    return sampled if request.param else SMALL


@pytest.fixture(scope="module")
def tree(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(root, tmp_path_factory.mktemp("export") / "pages").folder


def texts(tree: Path) -> dict[str, str]:
    return {
        file.relative_to(tree).as_posix(): file.read_text(encoding="utf-8")
        for file in tree.rglob("*.md")
    }


def test_every_page_that_says_something_has_a_file(root: Path, tree: Path) -> None:
    prepared = prepare(root)
    paths = {page.path for page in prepared.pages if not page.bare}
    paths |= {node.path for node in prepared.graph.pages.values()}
    assert set(texts(tree)) == {f"{path[:-1] or 'index'}.md" for path in paths}


def test_every_link_leads_to_a_file_and_to_a_place_in_it(tree: Path) -> None:
    pages = {
        path: commonmark.render(frontmatter.loads(t).content, raw=True)
        for path, t in texts(tree).items()
    }
    anchors = {
        path: {
            id or re.sub(r"<.*?>", "", words).lower().replace(" ", "-")
            for id, words in ANCHOR.findall(html)
        }
        for path, html in pages.items()
    }
    astray = []
    for path, html in pages.items():
        for href, anchor in HREF.findall(html):
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), href)) if href else path
            if not (tree / to).is_file() or (anchor and anchor not in anchors[to]):
                astray.append((path, href, anchor))
    assert astray == []


def test_front_matter_says_what_the_page_is(tree: Path, root: Path) -> None:
    for path, text in texts(tree).items():
        front = frontmatter.loads(text).metadata
        assert front["title"]
        assert front["url"] == f"/{path.removesuffix('.md')}/".replace("/index/", "/")
        assert "source" not in front or (root / str(front["source"])).is_file()


def test_a_session_has_its_date_and_what_was_said(tmp_path: Path) -> None:
    export(SMALL, tmp_path / "pages")
    page = frontmatter.load(str(tmp_path / "pages/sessions/example-conf-2031/kernel-news.md"))
    assert str(page["date"]) == "2031-04-01 10:00:00+02:00"
    assert "> Most of the gain came from copying **less**, not from faster code.\n" in page.content
    assert "| fewer copies | 30% |" in page.content
    assert "[Ask the operators](ask-the-operators.md)" in page.content


def test_the_same_records_give_the_same_files(tmp_path: Path) -> None:
    one, other = (texts(export(SMALL, tmp_path / name).folder) for name in ("one", "other"))
    assert one == other


def test_attacks_in_records_stay_words(tmp_path: Path) -> None:
    tree = export(write_hostile(tmp_path / "base"), tmp_path / "pages").folder
    for text in texts(tree).values():
        html = commonmark.render(frontmatter.loads(text).content, raw=True)
        assert not re.search(r"<(script|img|svg)\b|<[a-z][^<>]*\son\w+=", html)


def test_attacks_in_what_anybody_brings_stay_words(small: Path, tmp_path: Path) -> None:
    text = (
        "# One\n\n<script>alert(1)</script> <img src=x onerror=y> <svg/onload=y> <ScRiPt\nsrc=x>\n"
        "[a](javascript:y) [b](JavaScript&colon;y) [c](data:text/html,x) `<script>`\n"
        "[d](../about.md) <b>bold</b> <https://example.org/a:b>\n"
    )
    page = small / "content" / "articles" / "one.md"
    page.write_text(f"---\ntitle: One\n---\n{text}", encoding="utf-8")
    tree = export(small, tmp_path / "pages").folder
    written = frontmatter.load(str(tree / "articles" / "one.md")).content
    html = commonmark.render(written, raw=True)
    runs = r"<(script|img|svg)\b|<[a-z][^<>]*\son\w+=|href=\"(java|data)"
    assert not re.search(runs, html, re.IGNORECASE)
    assert "`<script>`" in written
    assert "<b>bold</b> <https://example.org/a:b>" in written
    assert "[d](../about.md)" in written


def test_links_of_hand_written_pages_lead_on(small: Path, tmp_path: Path) -> None:
    (small / "content" / "guide").mkdir()
    (small / "content" / "guide" / "plan.png").write_bytes(b"png")
    (small / "content" / "guide" / "index.md").write_text(
        "# Guide\n\n[About](../about.md#who) [theme](../themes/kernel/index.md) ![Plan](plan.png)\n"
        "[out](https://a.example/) [[theme:kernel]] [nothing](gone.txt)\n",
        encoding="utf-8",
    )
    tree = export(small, tmp_path / "pages").folder
    assert (tree / "guide" / "plan.png").read_bytes() == b"png"
    assert frontmatter.load(str(tree / "guide.md")).content == (
        "[About](about.md#who) [theme](themes/kernel.md) ![Plan](guide/plan.png)\n"
        "[out](https://a.example/) [Kernels](themes/kernel.md) [nothing](gone.txt)"
    )


def test_an_export_takes_the_place_of_the_last_and_of_nothing_else(
    small: Path, tmp_path: Path
) -> None:
    place = tmp_path / "pages"
    export(small, place)
    (place / ".git").mkdir()
    (place / "notes.txt").write_text("mine")
    (small / "sessions" / "example-conf-2031" / "silent.yaml").unlink()
    assert export(small, place).removed == ("notes.txt",)
    assert (place / ".git").is_dir()
    assert not (place / "sessions" / "example-conf-2031" / "silent.md").exists()
    with pytest.raises(
        UsageError, match="holds the export of a knowledge base, whose place a build may not take"
    ):
        build(small, site_dir=place)
    build(small, search=False)
    with pytest.raises(UsageError, match="holds the site of a knowledge base"):
        export(small, small / "site")
    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.md").write_text("mine")
    with pytest.raises(
        UsageError, match=r"did not export \(thesis.md\), and an export would delete that; name"
    ):
        export(small, own)
    assert (own / "thesis.md").read_text() == "mine"
    (tmp_path / "link").symlink_to(own)
    with pytest.raises(UsageError, match="is a symbolic link"):
        export(small, tmp_path / "link")


@pytest.mark.parametrize("place", [".", "content/pages", "sessions", ".."])
def test_an_export_is_never_put_into_the_content(small: Path, place: str) -> None:
    with pytest.raises(UsageError, match="the export cannot be written into"):
        export(small, small / place)


def test_nothing_is_written_when_there_are_errors(small: Path, tmp_path: Path) -> None:
    (small / "sessions" / "example-conf-2031" / "silent.yaml").write_text("titel: no")
    with pytest.raises(ContentError):
        export(small, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_the_command_says_what_it_wrote(small: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "pages")
    done = CliRunner().invoke(main, ["export", "markdown", place, "--root", str(small)])
    assert done.exit_code == 0
    assert re.search(r"^wrote \d+ pages into ", done.stderr, re.MULTILINE)
    assert (
        CliRunner().invoke(main, ["export", "markdown", place, "-q", "--root", str(small)]).output
        == ""
    )
    shutil.rmtree(small / "content")
    (small / "mkdocs.yml").unlink()
    done = CliRunner().invoke(main, ["export", "markdown", place, "--root", str(small)])
    assert done.exit_code == 2
