"""`kbsite check PATH...` means the files that are read by these paths, however they are reached."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import Result

from tests.test_cli import run

EVENT = "sessions/example-conf-2031"
PLACES = (
    "sessions are sessions/EVENT/NAME.yaml, themes are themes/NAME.md, pages are in content/ and "
    "not kept out by mkdocs.yml"
)


@pytest.fixture
def base(small: Path) -> Path:
    """A knowledge base with a mistake in a page and in a record, and links to both."""
    (small / "content" / "real").mkdir()
    (small / "content" / "real" / "page.md").write_text("# Page\n\n[[theme:nowhere]]\n")
    (small / "content" / "x.md").symlink_to("real/page.md")
    (small / "content" / "linked").symlink_to("real")
    (small / EVENT / "odd.yaml").write_text("titel: Odd\n")
    return small


def found(done: Result) -> set[str]:
    """The files in which problems were found."""
    assert done.exit_code in (0, 1), done.output
    return set(re.findall(r"^(\S+?)(?::\d+:\d+)?: (?:error|warning) KB", done.stdout, re.MULTILINE))


def check(*paths: str | Path) -> Result:
    return run("check", *paths)


def test_without_paths_everything_is_meant(base: Path) -> None:
    pages = {"content/real/page.md", "content/x.md", "content/linked/page.md"}
    assert found(run("check", "--root", base)) == {f"{EVENT}/odd.yaml", *pages}
    assert found(check(base)) == {f"{EVENT}/odd.yaml", *pages}


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("content/x.md", "content/x.md"),
        ("content/linked", "content/linked/page.md"),
        ("content/linked/page.md", "content/linked/page.md"),
        ("content/real", "content/real/page.md"),
        ("content/linked/../x.md", "content/x.md"),
        ("sessions", f"{EVENT}/odd.yaml"),
        (f"{EVENT}/odd.yaml", f"{EVENT}/odd.yaml"),
    ],
)
def test_a_path_means_what_is_read_by_it_wherever_one_stands(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, file: str
) -> None:
    (tmp_path / "way").symlink_to(base)
    (tmp_path / "other").mkdir()
    for here, given in (
        (tmp_path, base / path),
        (tmp_path, f"way/{path}"),
        (tmp_path / "other", f"../way/{path}"),
        (base, path),
        (base / "themes", f"../{path}"),
        (tmp_path / "way" / "content" / "linked", f"../../{path}"),
    ):
        monkeypatch.chdir(here)
        assert found(check(given)) == {file}
        assert found(run("check", "--root", tmp_path / "way", given)) == {file}


def test_a_link_from_elsewhere_means_the_record_it_leads_to(base: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").symlink_to(base / EVENT / "odd.yaml")
    assert found(check(tmp_path / "odd.yaml")) == {f"{EVENT}/odd.yaml"}


def test_a_link_that_may_not_be_followed_is_reported_when_it_is_meant(
    base: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "page.md").write_text("# Out\n")
    (base / "content" / "out").symlink_to(tmp_path / "out")
    (base / "content" / "gone.md").symlink_to("nowhere.md")
    for path, file in (
        ("content/out", "content/out"),
        ("content/out/page.md", "content/out"),
        ("content/gone.md", "content/gone.md"),
    ):
        done = check(base / path)
        assert found(done) == {file}
        assert "error KB004" in done.stdout
        assert done.stdout.endswith("\n\n1 error\n")


def test_a_problem_of_its_folder_concerns_a_record(base: Path) -> None:
    (base / "sessions" / "new-conf").mkdir()
    (base / "sessions" / "new-conf" / "one.yaml").write_text("title: One\n")
    (base / "sessions" / "new-conf" / "deep").mkdir()
    (base / "sessions" / "new-conf" / "deep" / "two.yaml").write_text("title: Two\n")
    done = check(base / "sessions" / "new-conf" / "one.yaml")
    assert "sessions/new-conf: error KB005" in done.stdout
    done = check(base / "sessions" / "new-conf" / "deep" / "two.yaml")
    assert "sessions/new-conf/deep: error KB007" in done.stdout


@pytest.mark.parametrize("path", ["README.md", "docs", f"{EVENT}/.hidden.yaml", "sessions/empty"])
def test_where_nothing_is_read_is_said(base: Path, path: str) -> None:
    place = base / path
    if "." in place.name:
        place.write_text("title: One\n")
    else:
        place.mkdir()
    done = check(place)
    said = f"nothing is read from {place}: {PLACES}, and no name begins with a dot"
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"error: {said}\n"
    done = check(place, base / "themes")
    assert (done.exit_code, done.stderr) == (0, f"note: {said}\n")
    assert done.stdout == "no problems in 2 files\n"


def test_what_was_looked_at_is_counted(base: Path) -> None:
    (base / "content" / "picture.png").write_bytes(b"")
    for paths, said in (
        (["content/about.md"], "no problems in 1 file"),
        (["content/picture.png", "content/about.md"], "no problems in 2 files"),
        (["mkdocs.yml"], "no problems in 1 file"),
        (["themes", "themes/kernel.md"], "no problems in 2 files"),
        ([f"{EVENT}/odd.yaml", "themes"], "1 error, 1 warning in 3 files"),
    ):
        done = check(*(base / path for path in paths))
        assert done.stdout.endswith(f"{said}\n"), done.output


@pytest.mark.parametrize("path", ["sessions/none.yaml", "content/x.md/none"])
def test_a_path_that_leads_nowhere_is_a_wrong_usage(base: Path, path: str) -> None:
    done = check(base / path)
    assert (done.exit_code, done.stderr) == (2, f"error: there is no {base / path}\n")


def test_a_path_outside_the_knowledge_base_is_a_wrong_usage(base: Path, tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        done = run("check", "--root", base, path)
        assert done.exit_code == 2
        assert done.stderr == f"error: {path} is not part of the knowledge base {base.resolve()}\n"
    done = check(os.devnull)
    assert (done.exit_code, "no knowledge base here" in done.stderr) == (2, True)
