"""What a pull request is asked for: the records and their site, or everything."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPO


def git(root: Path, *arguments: str) -> None:
    person = ("-c", "user.name=Cem Example", "-c", "user.email=cem@example.org")
    subprocess.run(["git", *person, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    for file in ("sessions/conf/talk.yaml", "themes/kernel.md", "content/about.md", "src/code.py"):
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        path.write_text(f"{file}\n" * 20)
    shutil.copytree(REPO / ".ci", tmp_path / ".ci")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("echo x > sessions/conf/new.yaml", "content"),
        (
            "echo x > 'content/a b\nü.md'; rm themes/kernel.md; echo x >> content/about.md",
            "content",
        ),
        ("mkdir sessions/src; git mv sessions/conf/talk.yaml sessions/src/talk.yaml", "content"),
        ("echo x > sessions/conf/new.yaml; echo x >> src/code.py", "code"),
        ("git mv src/code.py content/code.py", "code"),
        ("git mv content/about.md about.md", "code"),
        ("rm src/code.py", "code"),
        ("echo x > sessions.py", "code"),
        ("mkdir src/content; echo x > src/content/a.md", "code"),
        ("echo x > mkdocs.yml", "code"),
        ("echo x > content/contribute.md", "code"),
        ("mkdir content/contribute; echo x > content/contribute/fields.md", "code"),
    ],
)
def test_a_change_of_records_and_pages_alone_is_told_from_others(
    repo: Path, change: str, part: str
) -> None:
    subprocess.run(["sh", "-c", change], cwd=repo, check=True)
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Change")
    done = subprocess.run(
        [repo / ".ci" / "changed", "HEAD^"], cwd="/", capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{part}\n"


def test_every_pull_request_gets_the_one_check_that_may_be_required() -> None:
    text = (REPO / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # all of it stays text
    assert workflow["on"]["pull_request"] == "", "paths here would leave the check unreported"
    (job,) = workflow["jobs"].values()
    assert "if" not in job
    runs = {step["run"]: step.get("if") for step in job["steps"] if "run" in step}
    assert runs[".ci/run content"] == "steps.changed.outputs.part == 'content'"
    assert runs[".ci/run"] == "steps.changed.outputs.part != 'content'"
