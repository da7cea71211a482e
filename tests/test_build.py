"""A build puts a whole site in place, or leaves everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite import build as building
from kbsite import swap
from kbsite.errors import ContentError, EnvironmentFailure, UsageError
from kbsite.plugin import running


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
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
    (event / "broken.yaml").write_text("title: [")
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
    assert (problem.code, problem.severity, problem.file) == (
        "KB301",
        "warning",
        "content/links.md",
    )
    assert "nowhere.md" in problem.message


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
    with pytest.raises(UsageError, match="holds files that kbsite did not build"):
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


def test_the_folder_that_the_configuration_names_is_replaced_whoever_built_it(small: Path) -> None:
    (small / "site").mkdir()
    (small / "site" / "index.html").write_text("built by something else")
    building.build(small)
    assert "built by something else" not in (small / "site" / "index.html").read_text()


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
    with pytest.raises(UsageError, match="is not a folder"):
        building.build(small, site_dir=tmp_path / "link")
