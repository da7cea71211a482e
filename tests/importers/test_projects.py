"""Lists of projects to their pages, and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kbsite.cli import main
from kbsite.errors import ContentError, UsageError
from kbsite.importers.projects import LOCK, Outcome, run
from kbsite.pipeline import prepare
from kbsite.report import as_text
from tests.bases import write

TINY = {
    "name": "Tiny Kernel",
    "url": "https://tiny.example.org",
    "category": "Runtime",
    "maturity": "sandbox",
    "accepted": "2031-04-01",
}
OPEN = {"name": "Open Tool (OT)", "maturity": "graduated", "graduated": "2030-01-02"}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = tmp_path / "base"
    (root / "sessions").mkdir(parents=True)
    return root


def bring(root: Path, *entries: Any, dry_run: bool = False) -> Outcome:
    path = root.parent / "list.yaml"
    write(root.parent, {path.name: list(entries)})
    return run(root, str(path), dry_run=dry_run)


def page(root: Path, own: str) -> str:
    return (root / "content" / "projects" / f"{own}.md").read_bytes().decode()


def edit(root: Path, own: str, old: str, new: str) -> None:
    text = page(root, own)
    assert old in text
    (root / "content" / "projects" / f"{own}.md").write_bytes(text.replace(old, new).encode())


def everything(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "content" / "projects").iterdir()}


def test_each_project_gets_a_page_that_is_in_order(base: Path) -> None:
    outcome = bring(base, TINY, OPEN)
    assert outcome.added == ["tiny-kernel", "open-tool"]
    assert page(base, "tiny-kernel") == (
        "---\n"
        "name: Tiny Kernel\n"
        "url: https://tiny.example.org\n"
        "category: Runtime\n"
        "maturity: Sandbox\n"
        "accepted: 2031-04-01\n"
        "---\n"
    )
    assert "name: Open Tool\naliases:\n  - OT\n" in page(base, "open-tool")
    assert [as_text(problem) for problem in prepare(base).problems] == []


def test_the_same_list_again_writes_nothing(base: Path) -> None:
    bring(base, TINY, OPEN)
    before = everything(base)
    assert not bring(base, OPEN, TINY).writes
    assert everything(base) == before


def test_what_the_list_changes_follows_and_what_a_person_wrote_stays(base: Path) -> None:
    bring(base, TINY)
    edit(base, "tiny-kernel", "https://tiny.example.org", "https://mine.example.org # moved")
    edit(base, "tiny-kernel", "name: ", "not_in_titles: [Tiny Kernel of Truth]\nname: ")
    with (base / "content" / "projects" / "tiny-kernel.md").open("a") as file:
        file.write("What *I* know.\n")
    outcome = bring(
        base, TINY | {"url": "https://new.example.org", "maturity": "incubating", "category": None}
    )
    text = page(base, "tiny-kernel")
    assert "url: https://mine.example.org # moved\n" in text
    assert "maturity: Incubating\n" in text
    assert "category" not in text
    assert text.startswith("---\nnot_in_titles: [Tiny Kernel of Truth]\n")
    assert text.endswith("---\nWhat *I* know.\n")
    assert [(own, each.field) for own, each in outcome.kept] == [("tiny-kernel", "url")]
    assert [each.field for _, each in outcome.changed] == ["category", "maturity"]


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("tiny-kernel", "name: Tiny Kernel\n"),
        ("tk", "name: TK\naliases: [tiny KERNEL]\n"),
        ("tk", "name: tiny-kernel\nmaturity: Mature\n"),
    ],
)
def test_a_page_that_was_there_first_is_found_and_completed(
    base: Path, name: str, front: str
) -> None:
    folder = base / "content" / "projects"
    folder.mkdir(parents=True)
    (folder / f"{name}.md").write_text(f"---\n{front}---\nMine.\n")
    outcome = bring(base, TINY)
    assert outcome.added == []
    assert [path.name for path in sorted(folder.iterdir())] == [LOCK, f"{name}.md"]
    text = page(base, name)
    assert text.startswith(f"---\n{front}".partition("maturity")[0])
    assert "accepted: 2031-04-01\n" in text
    assert text.endswith("---\nMine.\n")
    assert ("maturity: Mature" in text) == ("Mature" in front)
    before = everything(base)
    assert not bring(base, TINY).writes
    assert everything(base) == before


def test_a_project_that_is_no_longer_listed_keeps_its_page(base: Path) -> None:
    bring(base, TINY, OPEN)
    outcome = bring(base, OPEN)
    assert outcome.gone == ["tiny-kernel"]
    assert "Tiny Kernel" in page(base, "tiny-kernel")


def test_what_cannot_be_a_page_is_said_with_its_line_and_the_rest_is_written(base: Path) -> None:
    bad = [{"name": "!"}, {"url": "https://example.org"}, TINY | {"accepted": "soon"}]
    twice = [OPEN, {"name": "Open-Tool"}]
    outcome = bring(base, *bad, *twice)
    assert outcome.added == ["open-tool"]
    assert [(p.code, p.line, p.message) for p in outcome.warnings] == [
        ("KB402", 1, "'!': it has no name to make an id of"),
        ("KB402", 2, "'': it has no name to make an id of"),
        ("KB402", 3, "'Tiny Kernel': accepted: 'soon' is not a date"),
        ("KB402", 11, "'Open-Tool': the list has another project with the id 'open-tool'"),
    ]


@pytest.mark.parametrize("text", ["name: Tiny\n", "[1, 2]", "- {", "- name: \xff", "&a []"])
def test_a_list_that_is_none_changes_nothing(base: Path, text: str) -> None:
    path = base.parent / "list.yaml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ContentError):
        run(base, str(path))
    assert not (base / "content").exists()


def test_a_broken_lock_and_a_broken_page_change_nothing(base: Path) -> None:
    bring(base, TINY)
    lock = base / "content" / "projects" / LOCK
    sound = lock.read_text()
    lock.write_text("<<<<<<<\n" + sound)
    with pytest.raises(ContentError) as refused:
        bring(base, OPEN)
    assert [problem.code for problem in refused.value.problems] == ["KB406"]
    lock.write_text(sound)
    edit(base, "tiny-kernel", "Tiny Kernel", "[Tiny")
    before = everything(base)
    with pytest.raises(ContentError):
        bring(base, OPEN)
    assert everything(base) == before


def test_a_dry_run_only_says_what_would_happen(base: Path) -> None:
    assert bring(base, TINY, dry_run=True).added == ["tiny-kernel"]
    assert not (base / "content").exists()


def test_the_command_says_what_it_did(base: Path) -> None:
    path = base.parent / "list.json"
    path.write_text('[{"name": "Tiny Kernel", "maturity": "sandbox"}]')
    done = CliRunner().invoke(main, ["import", "projects", str(path), "--root", str(base)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "added (1)\n  tiny-kernel\n1 project in the list\n"
    path.write_text('[{"name": "Tiny Kernel", "maturity": "graduated"}]')
    done = CliRunner().invoke(main, ["import", "projects", str(path), "--root", str(base)])
    assert "  tiny-kernel: maturity: Sandbox -> Graduated\n" in done.stdout
    done = CliRunner().invoke(main, ["import", "projects", str(path), "--root", str(base)])
    assert done.stdout == "1 project in the list\nnothing had to be changed\n"


@pytest.mark.parametrize(
    "place",
    ["content", "content/projects", "content/projects/tiny-kernel.md", f"content/projects/{LOCK}"],
)
def test_no_link_is_written_through_or_replaced(base: Path, tmp_path: Path, place: str) -> None:
    bring(base, TINY)
    linked, real = base / place, tmp_path / "real"
    linked.rename(real)
    linked.symlink_to(real)
    before = everything(base)
    with pytest.raises(UsageError) as refused:
        bring(base, TINY | {"category": "Storage"}, OPEN)
    assert str(refused.value) == (
        f"{place} is a symbolic link, and an import writes through none; "
        "put what it leads to in its place"
    )
    assert linked.is_symlink()
    assert everything(base) == before
