"""What a change breaks elsewhere: `kbsite check --since`, and `kbsite check FILE`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result

from kbsite.effects import came_up
from kbsite.errors import Problem
from tests.test_ci import git
from tests.test_cli import run

CONF = "sessions/example-conf-2031"
NEWS = f"{CONF}/kernel-news.yaml"
PAST = f"{CONF}/last-years-kernel.yaml"
BAD = "title: Bad\nrelated: [example-conf-2031/nowhere]\nsources: [{system: sched}]\n"


@pytest.fixture
def base(small: Path) -> Path:
    """The small knowledge base in a folder of a repository, with an old mistake of somebody's."""
    (small / CONF / "bad.yaml").write_text(BAD)
    git(small.parent, "init", "-q", "-b", "main")
    git(small.parent, "add", "-A")
    git(small.parent, "commit", "-qm", "Begin")
    return small


def change(base: Path, path: str, old: str, new: str) -> Path:
    file = base / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def told(done: Result) -> tuple[set[str], set[str]]:
    """The files with problems of their own, and those elsewhere."""
    assert done.exit_code in (0, 1), done.output
    parts = re.split(r"^elsewhere, because of .*:$", done.stdout, flags=re.MULTILINE)
    own, elsewhere = (
        set(re.findall(r"^(\S+?)(?::\d+:\d+)?: (?:error|warning) KB", part, re.MULTILINE))
        for part in (*parts, "")[:2]
    )
    return own, elsewhere


def since(base: Path, rev: str = "main") -> Result:
    return run("check", "--root", base, "--since", rev)


def test_a_branch_that_changed_nothing_has_no_problems(base: Path) -> None:
    done = since(base)
    assert (done.exit_code, done.stdout) == (0, "no problems in 0 files\n")


def test_what_a_branch_changed_is_what_it_committed_and_what_it_did_not(base: Path) -> None:
    git(base, "checkout", "-qb", "branch")
    change(base, NEWS, "title:", "titel:")
    git(base, "commit", "-qam", "Change")
    change(base, PAST, "title:", "titel:")
    (base / CONF / "new.yaml").write_text("titel: New\n")
    own, elsewhere = told(since(base))
    assert own == {NEWS, PAST, f"{CONF}/new.yaml"}
    assert f"{CONF}/bad.yaml" not in own | elsewhere


def test_what_came_to_main_meanwhile_is_no_change_of_a_branch(base: Path) -> None:
    git(base, "branch", "branch")
    change(base, NEWS, "title:", "titel:")
    git(base, "commit", "-qam", "Break main")
    git(base, "checkout", "-q", "branch")
    change(base, PAST, "title:", "titel:")
    assert told(since(base)) == ({PAST}, set())


def test_what_a_branch_broke_elsewhere_is_told_and_what_was_broken_is_not(base: Path) -> None:
    git(base, "rm", "-q", NEWS)
    done = since(base)
    own, elsewhere = told(done)
    assert own == set()
    assert {"content/about.md", PAST, "themes/kernel.md"} <= elsewhere
    assert f"{CONF}/bad.yaml" not in elsewhere
    assert "elsewhere, because of what changed since main:" in done.stdout
    assert re.search(r"^no problems in 0 files, \d+ errors elsewhere$", done.stdout, re.MULTILINE)
    assert done.exit_code == 1


def test_after_a_change_of_the_configuration_everything_counts(base: Path) -> None:
    change(base, "mkdocs.yml", "site_name:", "site_author: Me\nsite_name:")
    assert told(since(base)) == (set(), {f"{CONF}/bad.yaml"})


@pytest.mark.parametrize(
    "rev",
    ["no-such-branch", "--help", "", "main..main"],
)
def test_a_revision_that_is_none_is_a_wrong_usage(base: Path, rev: str) -> None:
    done = since(base, rev)
    assert (done.exit_code, f"git knows no commit '{rev}' here" in done.stderr) == (2, True)


def test_histories_without_a_common_commit_are_told(base: Path) -> None:
    git(base, "checkout", "-q", "--orphan", "other")
    git(base, "commit", "-qm", "Begin anew")
    done = since(base)
    assert (done.exit_code, "no commit in common" in done.stderr) == (2, True)


def test_without_git_there_is_no_since(small: Path) -> None:
    done = since(small)
    assert (done.exit_code, "--since needs git" in done.stderr) == (2, True)
    done = run("check", "--root", small, "--since", "main", small / NEWS)
    assert (done.exit_code, "not both" in done.stderr) == (2, True)


def test_a_renamed_file_is_told_what_leads_to_its_old_name(base: Path) -> None:
    (base / NEWS).rename(base / CONF / "news.yaml")
    done = run("check", base / CONF / "news.yaml")
    own, elsewhere = told(done)
    assert own == set()
    assert {"content/about.md", PAST, "themes/kernel.md"} <= elsewhere
    assert f"{CONF}/bad.yaml" not in elsewhere
    assert f"elsewhere, because of {base / CONF / 'news.yaml'}:" in done.stdout
    assert done.exit_code == 1


def test_a_new_file_is_not_told_of_one_that_went_away_for_other_reasons(base: Path) -> None:
    (base / NEWS).unlink()
    (base / CONF / "news.yaml").write_text("title: News\nsources: [{system: sched}]\n")
    assert told(run("check", base / CONF / "news.yaml")) == (set(), set())


def test_a_changed_file_is_told_what_it_broke_and_nothing_that_was_broken(base: Path) -> None:
    change(base, NEWS, "id: fewer-copies", "id: less-copying")
    _, elsewhere = told(run("check", base / NEWS))
    assert PAST in elsewhere
    assert f"{CONF}/bad.yaml" not in elsewhere


def test_a_file_of_no_repository_is_told_what_comes_from_it(small: Path) -> None:
    (small / CONF / "bad.yaml").write_text(BAD)
    alias = "aliases: [example-conf-2031/kernel-news]\n"
    text = f"title: Twin\n{alias}sources: [{{system: sched}}]\n"
    (small / CONF / "a-twin.yaml").write_text(text)
    own, elsewhere = told(run("check", small / CONF / "a-twin.yaml"))
    assert f"{CONF}/bad.yaml" not in own | elsewhere
    assert told(run("check", small / NEWS)) == (set(), {f"{CONF}/a-twin.yaml"})


def test_the_same_problem_in_other_words_is_no_new_one() -> None:
    def at(line: int, message: str) -> Problem:
        return Problem(code="KB1", severity="error", file="a", line=line, message=message)

    before = [at(1, "one of 3"), at(2, "x")]
    now = [at(1, "one of 4"), at(1, "another"), at(2, "x"), at(3, "new")]
    assert came_up(now, before) == [at(1, "another"), at(3, "new")]
    assert came_up(before, before) == []
