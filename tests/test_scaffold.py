"""A new knowledge base is whole: it can be checked, built and imported into."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.config import load_config

import kbsite
from kbsite import scaffold, swap
from kbsite.build import build
from kbsite.cli import main
from kbsite.errors import UsageError
from kbsite.pipeline import prepare
from tests import crawl
from tests.conftest import REPO
from tests.importers.schedules import calendar, talk


def test_a_new_knowledge_base_has_no_problems_and_is_built(tmp_path: Path) -> None:
    made = scaffold.init(tmp_path / "example-conf")
    assert made == (
        ".github/ISSUE_TEMPLATE/learning.yml", ".github/ISSUE_TEMPLATE/leave-out.yml",
        ".github/ISSUE_TEMPLATE/name.yml", ".github/ISSUE_TEMPLATE/record.yml",
        ".github/dependabot.yml", ".github/pull_request_template.md",
        ".github/workflows/check.yml", ".github/workflows/comment.yml",
        ".github/workflows/learning.yml", ".github/workflows/publish.yml", ".gitignore",
        ".vscode/extensions.json", ".vscode/settings.json", "README.md", "content/about.md",
        "content/contribute.md", "mkdocs.yml", "requirements.txt", "sessions/.gitkeep",
        "sessions/example-event/event.yaml",
        "sessions/example-event/example-session.yaml", "themes/.gitkeep", "themes/example-theme.md",
    )  # fmt: skip
    assert prepare(tmp_path / "example-conf").problems == ()
    built = build(tmp_path / "example-conf", strict=True)
    assert crawl.faults(built.site_dir) == []
    assert "example-conf" in (built.site_dir / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Example: Conf #1", "no", "{x}", "[a](javascript:b)", "Ça va"])
def test_any_name_is_the_site_s(tmp_path: Path, name: str) -> None:
    scaffold.init(tmp_path / "new", name)
    config = load_config(str(tmp_path / "new" / "mkdocs.yml"))
    assert config.site_name == name
    assert "kbsite" in config.plugins
    assert (tmp_path / "new" / "README.md").read_text(encoding="utf-8").startswith(f"# {name}\n")


def test_nothing_in_it_is_of_this_repo_s_conference(tmp_path: Path) -> None:
    made = scaffold.init(tmp_path / "new", "Example Conf")
    for path in made:
        text = (tmp_path / "new" / path).read_text(encoding="utf-8").lower()
        assert not re.search("kubecon|cloudnative|cncf|kubernetes|linux foundation", text), path
        assert "{{ name" not in text


def test_its_workflows_do_what_those_of_this_repo_do(tmp_path: Path) -> None:
    scaffold.init(tmp_path / "new")
    for name in ("check", "publish"):
        theirs, ours = (
            yaml.safe_load((root / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
            for root in (tmp_path / "new", REPO)
        )
        for key in ("name", True, "permissions", "concurrency"):  # YAML 1.1 reads on as true
            assert theirs.get(key) == ours.get(key)
        assert theirs["jobs"].keys() == ours["jobs"].keys()


# What is typed for each command that its README and its contribute page tell: nobody is asked
TYPED = {
    "kbsite new learning example-session": "--text 'Say less.' --basis inferred",
    "kbsite new session": "'A talk' --event example-event --contributor Me",
    "kbsite new session --from https://www.youtube.com/watch?v=ID": "'Another' --event "
    "example-event --contributor Me",
    "kbsite new --help": "",
    "kbsite new session --help": "",
    "kbsite check": "--strict --quiet",
    "kbsite build": "--strict --quiet --no-search",
    'kbsite new event "Example Conf 2031" --timezone Europe/Amsterdam --start 2031-04-01 '
    "--end 2031-04-03": "",
    "kbsite import sched schedule.ics --event example-conf-2031": "",
    "kbsite schema --into .vscode/schemas": "--quiet",
}


def test_the_commands_that_it_tells_of_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "new", "--name", "Example Conf"]).exit_code == 0
    monkeypatch.chdir("new")
    calendar_of = calendar(talk("u1", "A talk - Ada Example, Works", "20310401T080000Z", ""))
    Path("schedule.ics").write_text(calendar_of, newline="")
    told = "".join(Path(name).read_text() for name in ("README.md", "content/contribute.md"))
    commands = re.findall(r"^ *(kbsite .+)$|`(kbsite \w+ [^`]+)`", told, re.MULTILINE)
    named = {"".join(found) for found in commands} - {"kbsite serve --open"}  # see test_serve
    assert named == TYPED.keys()
    for command in (*TYPED, "kbsite check"):
        words = shlex.split(f"{command} {TYPED[command]}".replace("v=ID", "v=abc123DEF45"))
        done = CliRunner().invoke(main, words[1:])
        assert done.exit_code == 0, done.output
        assert "--quiet" not in words or done.stdout == ""
    assert "pip install -r requirements.txt" in told
    assert Path("requirements.txt").read_text() == f"kbsite=={kbsite.__version__}\n"
    assert CliRunner().invoke(main, ["fmt", "--check"]).exit_code == 0


def test_the_example_can_be_deleted(tmp_path: Path) -> None:
    scaffold.init(tmp_path / "new")
    shutil.rmtree(tmp_path / "new/sessions/example-event")
    (tmp_path / "new/themes/example-theme.md").unlink()
    assert prepare(tmp_path / "new").problems == ()


@pytest.mark.parametrize("file", [REPO / ".gitignore", REPO / "src/kbsite/starter/dot-gitignore"])
def test_what_a_killed_import_or_build_leaves_is_not_committed(tmp_path: Path, file: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shutil.copy(file, tmp_path / ".gitignore")
    with swap.staging(tmp_path / "sessions" / "conf", "import") as folder:
        left = [folder / "talk.yaml", folder.parent / ".conf~old" / "talk.yaml"]
        left[1].parent.mkdir()
        for path in left:
            path.write_text("title: Half\n")
        status = subprocess.run(
            ["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, check=True
        )
    assert status.stdout.decode().split() == ["??", ".gitignore"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    scaffold.init(tmp_path / "new")
    assert (tmp_path / "new" / "mkdocs.yml").is_file()


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("a file")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    with pytest.raises(UsageError, match="is not empty; name a new folder, or an empty one"):
        scaffold.init(tmp_path / "mine")
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="is not a folder; name a new one"):
            scaffold.init(tmp_path / name)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_start_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, f"No space left on device for {self.name}")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="No space left"):
        scaffold.init(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (tmp_path / "empty").mkdir()
    with pytest.raises(OSError, match="No space left"):
        scaffold.init(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []
