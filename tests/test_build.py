"""A build puts a whole site in place, or leaves everything as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.structure.files import File

from kbsite import build as building
from kbsite import swap
from kbsite.errors import ContentError, EnvironmentFailure, UsageError
from kbsite.pipeline import prepare
from kbsite.plugin import running
from kbsite.sitefolder import farewell


def tree(folder: Path) -> dict[str, bytes]:
    """All files, without those that may be gone at any moment."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".cache" not in path.relative_to(folder).parts
    }


def test_a_build_makes_a_site_beside_the_records(small: Path) -> None:
    built = building.build(small)
    assert built.site_dir == small / "site"
    assert (small / "site" / "index.html").is_file()
    assert built.problems == ()


def test_a_second_build_replaces_the_first_and_leaves_nothing_beside_it(small: Path) -> None:
    building.build(small)
    (small / "site" / "left-over.html").write_text("old")
    before = sorted(path.name for path in small.iterdir())
    building.build(small)
    assert not (small / "site" / "left-over.html").exists()
    assert sorted(path.name for path in small.iterdir()) == before


def test_an_error_leaves_the_last_site_untouched_and_writes_nothing(small: Path) -> None:
    building.build(small)
    before = tree(small)
    event = next((small / "sessions").iterdir())
    (event / "broken.yaml").write_text("title: [\nsources: [{system: sched}]\n")
    with pytest.raises(ContentError) as caught:
        building.build(small)
    assert [p.code for p in caught.value.problems] == ["KB010"]
    (event / "broken.yaml").unlink()
    assert tree(small) == before


def test_a_warning_stops_a_strict_build_only(small: Path) -> None:
    event = next((small / "sessions").iterdir())
    (event / "early.yaml").write_text(
        "title: Too early\nstart: 1999-01-01\nsources: [{system: sched}]\n"
    )
    with pytest.raises(ContentError):
        building.build(small, strict=True)
    assert not (small / "site").exists()
    assert [p.code for p in building.build(small).problems] == ["KB110"]


def test_a_dead_link_in_a_hand_written_page_stops_a_strict_build_only(small: Path) -> None:
    (small / "content" / "links.md").write_text("# Links\n\n[gone](nowhere.md)\n")
    with pytest.raises(ContentError):
        building.build(small, strict=True)
    assert not (small / "site").exists()
    [problem] = building.build(small).problems
    assert (problem.code, problem.severity, problem.file, problem.line, problem.column) == (
        "KB231",
        "warning",
        "content/links.md",
        3,
        8,
    )
    assert "nowhere.md" in problem.message


def test_a_file_that_is_gone_while_the_site_is_built_is_named(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = small / "content" / "picture.png"
    picture.write_bytes(b"x")
    copy = File.copy_file

    def copy_late(file: File, *args: Any, **options: Any) -> None:
        picture.unlink(missing_ok=True)
        copy(file, *args, **options)

    monkeypatch.setattr(File, "copy_file", copy_late)
    with pytest.raises(ContentError) as refused:
        building.build(small)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("KB006", "content/picture.png")
    assert not (small / "site").exists()


def test_a_crash_while_rendering_leaves_the_last_site_untouched(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    building.build(small)
    before = tree(small)

    def crash(_project: object, _prepared: object, folder: Path, **_options: object) -> None:
        (folder / "index.html").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(running.Project, "build", crash)
    with pytest.raises(
        EnvironmentFailure, match="No space left on device; what was there is untouched"
    ):
        building.build(small)
    assert tree(small) == before


def test_a_build_that_was_cut_off_between_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    old = tmp_path / ".site~old"
    old.mkdir()
    (old / "index.html").write_text("the last good site")
    (tmp_path / ".site~new-abc").mkdir()
    swap.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "the last good site"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("place", [".", "..", "sessions", "content/below", "themes"])
def test_a_site_is_never_built_over_the_content(small: Path, place: str) -> None:
    before = tree(small)
    with pytest.raises(UsageError, match="the site cannot be built into"):
        building.build(small, site_dir=small / place)
    assert tree(small) == before


def test_a_folder_that_is_no_site_is_never_replaced(small: Path, tmp_path: Path) -> None:
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    (mine / "index.html").write_text("my own page")
    with pytest.raises(UsageError, match="holds what kbsite did not build"):
        building.build(small, site_dir=mine)
    assert (mine / "thesis.txt").read_text() == "years of work"


def test_an_empty_folder_and_one_that_does_not_exist_are_fine(small: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "deep" / "down"):
        building.build(small, site_dir=place)
        assert (place / "index.html").is_file()


def test_without_search_there_is_no_index_and_no_search_box(small: Path) -> None:
    building.build(small, search=False)
    assert not (small / "site" / "pagefind").exists()
    assert "data-kb-search" not in (small / "site" / "index.html").read_text()
    assert "data-search" not in (small / "site" / "explore" / "index.html").read_text()
    building.build(small)
    assert (small / "site" / "pagefind" / "pagefind.js").is_file()
    assert (small / "site" / "index.html").read_text().count("data-kb-search") == 2


def test_the_site_goes_where_the_configuration_says(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write("site_dir: public\n")
    assert building.build(small).site_dir == small / "public"


def in_place(root: Path) -> list[str]:
    """Build as `mkdocs build` does, which empties the folder and fills it; gives the warnings."""
    project = running.Project(root)
    project.build(prepare(root), project.site_dir, search=False)
    return project.warnings


def quickly(root: Path) -> list[str]:
    """Build as `kbsite build` does; gives the warnings."""
    built = building.build(root, search=False)
    gone = [farewell(built.removed)] if built.removed else []
    return [problem.message for problem in built.problems] + gone


BOTH_WAYS = pytest.mark.parametrize("build", [quickly, in_place])
Build = Callable[[Path], list[str]]


def configure(root: Path, setting: str) -> None:
    with (root / "mkdocs.yml").open("a") as file:
        file.write(f"{setting}\n")


@pytest.mark.parametrize("place", ["../home", "docs", "site"])
def test_a_folder_of_somebody_s_is_not_replaced_because_the_configuration_names_it(
    small: Path, place: str
) -> None:
    mine = small / place
    mine.mkdir()
    (mine / "index.html").write_text("years of work")
    configure(small, f"site_dir: {place}")
    before = tree(small.parent)
    with pytest.raises(UsageError) as caught:
        building.build(small)
    assert str(caught.value) == (
        f"{mine.resolve()} holds what kbsite did not build (index.html), and a build would delete "
        "that. If it is a site that something else built, such as MkDocs without the plugin "
        "kbsite, delete it yourself and build again; if not, name another folder with --site-dir, "
        "or as site_dir in mkdocs.yml"
    )
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert (done.returncode, str(caught.value) in done.stderr) == (1, True)
    assert tree(small.parent) == before


def test_what_mkdocs_built_with_the_plugin_is_a_site_like_any_other(small: Path) -> None:
    for build in (in_place, quickly, in_place):
        assert build(small) == []


def for_hosts_and_git(site: Path) -> dict[str, bytes]:
    """Put into a site what hosts and git read there, and give it."""
    files = {
        ".git/HEAD": b"ref: refs/heads/pages\n",
        ".git/objects/ab/cd": b"object",
        ".nojekyll": b"",
        ".well-known/security.txt": b"Contact: mailto:ada@example.org\n",
        "CNAME": b"kb.example.org\n",
    }
    for name, data in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return files


@BOTH_WAYS
def test_what_hosts_and_git_read_stays_in_the_site(small: Path, build: Build) -> None:
    build(small)
    made = tree(small / "site")
    files = for_hosts_and_git(small / "site")
    for _ in range(2):
        assert build(small) == []
        assert tree(small / "site") == made | files


@BOTH_WAYS
def test_a_domain_that_the_content_names_comes_and_goes_with_it(small: Path, build: Build) -> None:
    build(small)
    (small / "site" / "CNAME").write_text("by hand")
    (small / "content" / "CNAME").write_text("by content")
    build(small)
    assert (small / "site" / "CNAME").read_text() == "by content"
    shutil.rmtree(small / "site")
    build(small)
    (small / "content" / "CNAME").unlink()
    build(small)
    assert not (small / "site" / "CNAME").exists()


def add_notes(site: Path) -> None:
    """Put into a site what no build made."""
    (site / "drafts" / "deep").mkdir(parents=True)
    (site / "drafts" / "deep" / "one.html").write_text("mine")
    (site / "notes.html").write_text("mine")
    (site / "themes" / "kernel" / "notes.txt").write_text("mine")


@BOTH_WAYS
def test_what_no_build_made_and_does_not_stay_is_named(small: Path, build: Build) -> None:
    build(small)
    before = tree(small / "site")
    add_notes(small / "site")
    [said] = build(small)
    assert said.removeprefix("kbsite: ") == (
        "removed from the site, for no build had made it: drafts/, notes.html, "
        "themes/kernel/notes.txt; what belongs to the site is safe in content/"
    )
    assert tree(small / "site") == before


def test_a_strict_build_removes_nothing_that_no_build_made(small: Path) -> None:
    site = building.build(small, search=False).site_dir
    add_notes(site)
    before = tree(small)
    with pytest.raises(UsageError, match="a strict build does not remove that: drafts/, notes"):
        building.build(small, search=False, strict=True)
    assert tree(small) == before


def test_what_another_plugin_makes_is_part_of_the_site(small: Path) -> None:
    (small / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'theirs.txt').write_text('theirs')\n"
    )
    configure(small, "hooks: [hook.py]")
    for build in (in_place, quickly, in_place):
        assert build(small) == []


def test_a_build_by_mkdocs_that_broke_off_can_be_repeated(small: Path) -> None:
    (small / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_post_page(output, **_):\n"
        "    if Path(__file__).with_name('full').exists():\n"
        "        raise SystemExit('the disk is full')\n"
    )
    configure(small, "hooks: [hook.py]")
    (small / "full").touch()
    with pytest.raises(EnvironmentFailure, match="the disk is full"):
        in_place(small)
    (small / "site" / "CNAME").write_text("kb.example.org")
    (small / "full").unlink()
    assert in_place(small) == []
    assert (small / "site" / "CNAME").read_text() == "kb.example.org"


def test_two_builds_to_one_place_do_not_meet(small: Path) -> None:
    building.build(small)
    before = tree(small / "site")
    with swap.staging(small / "site", "build") as folder:
        (folder / "index.html").write_text("half")
        with pytest.raises(EnvironmentFailure, match=r"another build to .* is running"):
            building.build(small)
        assert (folder / "index.html").read_text() == "half"
    assert tree(small / "site") == before


def test_a_link_is_never_built_into(small: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="name the folder that it leads to"):
        building.build(small, site_dir=tmp_path / "link")
