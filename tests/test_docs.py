"""The README and the guides are true: commands run, examples hold, nothing is left out."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import kbsite
from kbsite import models, scaffold
from kbsite.cli import main
from kbsite.codes import CATALOGUE
from kbsite.pipeline import prepare
from tests import commands, crawl, fields, tables
from tests.conftest import REPO
from tests.guides import CONTRIBUTE, FOLDER, example, fenced, guide
from tests.importers.schedules import calendar, talk
from tests.live import fetch, serving
from tests.test_ci import git

README, CONTRIBUTING = (
    (REPO / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
)
GUIDES = (REPO / "AGENTS.md", CONTRIBUTE, *sorted(FOLDER.glob("*.md")))


def called(text: str) -> list[str]:
    """The commands that a document shows."""
    return "".join(fenced(text, "sh")).splitlines()


# Commands


def run(*arguments: str, root: Path) -> Result:
    """A command of kbsite, run in `root`."""
    with chdir(root):
        return CliRunner().invoke(main, arguments)


def builds(*arguments: str, into: str) -> Callable[[Path], None]:
    def build(root: Path) -> None:
        assert run("build", *arguments, root=root).exit_code == 0
        assert (root / into / "index.html").is_file()

    return build


def checks(root: Path) -> None:
    done = run("check", root=root)
    assert done.exit_code == 0
    assert re.fullmatch(r"no problems in \d+ sessions of \d+ events?\n", done.stdout)


def checks_a_branch(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    page = root / "content" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[[theme:nowhere]]\n", encoding="utf-8")
    done = run("check", "--since", "origin/main", root=root)
    assert (done.exit_code, done.stdout.count("error KB207")) == (1, 1)


def mends(root: Path) -> None:
    done = run("check", "--fix", root=root)
    assert (done.exit_code, done.stdout.startswith("no problems in ")) == (0, True)


def checks_for_programs(root: Path) -> None:
    (root / "themes" / "odd.md").write_text("---\nnam: Odd\n---\n")
    said = json.loads(run("check", "--format", "json", root=root).stdout)
    text = guide("commands")
    part = text[text.index("### Problems as JSON") :].partition("\n## ")[0]
    table = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(table))) == sorted(said)
    summary = re.search(r"^\| `summary` \| (.*) \|$", part, re.MULTILINE)
    assert summary is not None
    assert set(re.findall(r"`(\w+)`", summary[1])) == set(said["summary"])
    (problem, *_) = said["problems"]
    described = part[part.index("A problem has") :].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", described)) - {"error", "warning", "null"} == set(problem)


def serves(root: Path) -> None:
    with serving(root) as address:
        assert "<h1" in fetch(address)


def imports_a_table(root: Path) -> None:
    (root / "talks.csv").write_text(
        "Nr,Title,Day,Begins,Minutes,Hall,Type,Speakers,Slides\n"
        "1,Kernel News,2032-04-01,09:00,30,Barn,Keynote,Ada Example; Bo Sample,https://example.org/1.pdf\n"
        "2,On Queues,2032-04-02,,,,,Cy Test,\n"
    )
    text = guide("import")
    (root / "map.toml").write_text(example(text, "toml", '"Nr"'), encoding="utf-8")
    (command,) = (each for each in called(text) if each.startswith("kbsite import table"))
    assert run(*shlex.split(command)[1:], root=root).exit_code == 0
    folder = root / "sessions" / "example-conf-2032"
    assert "end: 2032-04-01T09:30" in (folder / "kernel-news.yaml").read_text()
    assert "start: 2032-04-02\n" in (folder / "on-queues.yaml").read_text()


def enriches(root: Path) -> None:
    imports_a_table(root)
    video = {"ie_key": "Youtube", "id": "AbC_123-xyz", "title": "Keynote: Kernel News - A. Example"}
    (root / "videos.json").write_text(json.dumps({"_type": "playlist", "entries": [video]}))
    assert run("enrich", "example-conf-2032", "videos.json", root=root).exit_code == 0
    record = (root / "sessions" / "example-conf-2032" / "kernel-news.yaml").read_text()
    assert "url: https://www.youtube.com/watch?v=AbC_123-xyz\n" in record


def says_what_differs(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    record = next((root / "sessions").glob("*/silent.yaml"))
    record.write_text(record.read_text(encoding="utf-8") + "level: any\n", encoding="utf-8")
    done = run("diff", root=root)
    assert (done.exit_code, "another level\n" in done.stdout) == (0, True)


def calls(command: str, *, target: str) -> Callable[[Path], None]:
    """That `make target` ends in a command."""

    def make(_: Path) -> None:
        plan = subprocess.run(
            ["make", "--no-print-directory", "-n", target],
            cwd=REPO,
            env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))},
            capture_output=True,
            text=True,
            check=True,
        )
        assert plan.stdout.splitlines()[-1].rstrip() == f".venv/bin/{command}"

    return make


def installs(_: Path) -> None:
    """That what is installed has the command; `make wheel` installs it, into an empty place."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert callable(pkgutil.resolve_name(project["scripts"]["kbsite"]))


BASH, ZSH = (f'eval "$(_KBSITE_COMPLETE={shell}_source kbsite)"' for shell in ("bash", "zsh"))


def completes(root: Path) -> None:
    """That Bash completes a command once it has read the line."""
    folder = Path(sys.executable).parent
    script = f"{BASH}; COMP_WORDS=(kbsite exp); COMP_CWORD=1; _kbsite_completion kbsite exp kbsite"
    done = subprocess.run(
        ["bash", "-c", f"{script}; echo ${{COMPREPLY[@]}}"],
        cwd=root,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["explain", "export"]


def completes_in(shell: str) -> Callable[[Path], None]:
    """That kbsite gives a shell, which may not be here, what completes."""

    def gives(_: Path) -> None:
        done = CliRunner().invoke(main, env={"_KBSITE_COMPLETE": f"{shell}_source"})
        assert "_kbsite_completion" in done.stdout

    return gives


RUNS: dict[str, Callable[[Path], None]] = {
    "make site": calls("kbsite build", target="site"),
    "make serve": calls("kbsite serve", target="serve"),
    "make check": calls("kbsite check", target="check"),
    "make test": calls("python -m pytest -n auto --dist worksteal", target="test"),  # as these are
    "python -m pip install .": installs,
    BASH: completes,
    ZSH: completes_in("zsh"),
    "kbsite check": checks,
    "kbsite diff": says_what_differs,
    "kbsite check --since origin/main": checks_a_branch,
    "kbsite check --fix": mends,
    "kbsite check --format json": checks_for_programs,
    "kbsite build": builds(into="site"),
    "kbsite build --strict --site-dir public": builds(
        "--strict", "--site-dir", "public", into="public"
    ),
    "kbsite serve --open": serves,
    "kbsite import table talks.csv --map map.toml --event example-conf-2032 "
    '--name "Example Conf 2032" --timezone Europe/Amsterdam': imports_a_table,
    "kbsite enrich example-conf-2032 videos.json": enriches,
}
NOT_OURS = (". ", "cd ", "export ", "gh ", "make ", "python ", "eval ")
# What is typed where nobody can be asked
TYPED = {
    "kbsite new learning": "silent --text 'Say less.' --basis inferred",
    "kbsite new session --from https://www.youtube.com/watch?v=ID": "'A talk' --event "
    "example-conf-2031 --contributor Cem",
    'kbsite new session "Kernel news in ten minutes" --event example-conf-2031': "--contributor "
    "Cem",
    "kbsite new theme Kernels": "--summary 'What runs below.'",
}


def anew(root: Path) -> None:
    shutil.rmtree(root)
    scaffold.init(root)


def with_an_event(root: Path) -> None:
    anew(root)
    days = ("--start", "2031-04-01", "--end", "2031-04-03", "--timezone", "UTC")
    assert run("new", "event", "Example Conf 2031", *days, root=root).exit_code == 0


def with_a_schedule(root: Path) -> None:
    anew(root)
    text = calendar(talk("u1", "A talk - Ada Example, Works", "20310401T080000Z", ""))
    (root / "schedule.ics").write_text(text, newline="")


def with_projects(root: Path) -> None:
    (root / "projects.yaml").write_text("- {name: Other Kernel, maturity: Sandbox}\n")


def with_videos(root: Path) -> None:
    video = {"ie_key": "Youtube", "id": "AbC_123-xyz", "title": "A quiet hour - Ada Example"}
    (root / "videos.json").write_text(json.dumps({"_type": "playlist", "entries": [video]}))


def with_another_spelling(root: Path) -> None:
    record = root / "sessions" / "example-conf-2031" / "silent.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("Ada Example", "Ada Exampel"))


def with_another_theme(root: Path) -> None:
    assert run("new", "theme", "Observing", "--summary", "To see.", root=root).exit_code == 0


def in_style(root: Path) -> None:
    assert run("fmt", root=root).exit_code == 0


FIRST: dict[str, Callable[[Path], None]] = {
    "kbsite import sched": with_a_schedule,
    "kbsite import projects": with_projects,
    "kbsite enrich": with_videos,
    "kbsite merge person": with_another_spelling,
    "kbsite merge theme": with_another_theme,
    "kbsite new event": anew,
    'kbsite new session "': with_an_event,
    "kbsite new theme": anew,
    "kbsite fmt --check": in_style,
}


def unique(texts: list[str]) -> list[str]:
    return [*dict.fromkeys(line for text in texts for line in called(text))]


GUIDED = unique([path.read_text(encoding="utf-8") for path in GUIDES])
# From a schedule to a site: these are run one after the other.
(JOURNEY,) = (text.splitlines() for text in fenced(README, "sh") if text.startswith("kbsite init "))


def test_every_command_of_the_readme_is_run_here() -> None:
    assert [line for line in unique([README]) if line not in {*RUNS, *JOURNEY}] == []
    assert set(RUNS) - {*unique([README]), *GUIDED} == set()


def test_the_readme_s_way_from_a_schedule_to_a_site(tmp_path: Path) -> None:
    talks = (
        talk(f"u{n}", f"Talk {n} - Ada Example, Example Works", f"2031040{n % 3 + 1}T080000Z", "")
        for n in range(60)
    )
    lunch = talk("lunch", "Lunch", categories="BREAKS")
    text = calendar(*talks, lunch)
    start = JOURNEY.index("cd example-conf")
    for part in (JOURNEY[: start + 1], JOURNEY[start:]):
        if part[0] == "cd example-conf":
            (tmp_path / "example-conf" / "schedule.ics").write_text(text, newline="")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        script = " && ".join(part)
        environment = {**os.environ, "PATH": path}
        subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment, check=True)
    site = tmp_path / "example-conf" / "site"
    assert crawl.faults(site) == []
    event = (site / "events" / "example-conf-2031" / "index.html").read_text(encoding="utf-8")
    assert "60 sessions" in event
    assert "Lunch" not in event
    assert (site / "people" / "ada-example" / "index.html").is_file()


@pytest.mark.parametrize("command", RUNS)
def test_a_command_of_the_readme_and_the_guides_does_what_it_says(
    command: str, small: Path
) -> None:
    RUNS[command](small)


@pytest.mark.parametrize(
    "command", [each for each in GUIDED if each not in RUNS and not each.startswith(NOT_OURS)]
)
def test_every_other_command_of_the_guides_can_be_called(command: str, small: Path) -> None:
    for begin, first in FIRST.items():
        if command.startswith(begin):
            first(small)
    typed = f"{command} {TYPED.get(command, '')}".replace("v=ID", "v=abc123DEF45")
    done = run(*shlex.split(typed)[1:], root=small)
    assert done.exit_code == 0, done.output


def test_what_windows_runs_is_what_make_does() -> None:
    (block,) = fenced(README, "bat")
    plan = subprocess.run(
        ["make", "--no-print-directory", "-Bn", "site"],
        cwd=REPO,
        env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for line in block.splitlines():
        same = line.replace("py -m", "python3 -m").replace(".venv\\Scripts\\", ".venv/bin/")
        assert same.replace(".[dev]", "'.[dev]'") in plan.replace(
            " --quiet --disable-pip-version-check", ""
        )


def test_every_target_of_the_makefile_is_explained_by_it() -> None:
    help_text = subprocess.run(["make", "-n", "help"], cwd=REPO, capture_output=True, check=True)
    targets = re.search(r"^\.PHONY: (.+)$", (REPO / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    for target in set(targets[1].split()) - {"help"}:
        assert f"make {target} " in help_text.stdout.decode()


# Examples


def test_the_readme_s_record_is_all_that_a_contribution_needs(copy: Path) -> None:
    record = copy / "sessions" / "kubecon-eu-2026" / "kernel-news.yaml"
    record.write_text(example(README, "yaml", "title:"), encoding="utf-8")
    assert prepare(copy).graph.learnings["kubecon-eu-2026/kernel-news#fewer-copies"].at == 750
    done = run("check", "--strict", root=copy)
    assert (done.exit_code, done.stdout.partition(" in ")[0]) == (0, "no problems")
    builds("--strict", into="site")(copy)
    assert (copy / "site" / "sessions" / "kubecon-eu-2026" / "kernel-news" / "index.html").is_file()


def test_the_readme_s_error_is_what_check_prints(copy: Path) -> None:
    printed = example(README, "text", "error KB")
    typo = example(README, "yaml", "title:").replace("themes: [ebpf]", "themes: [ebfp]")
    (copy / printed.split(":")[0]).write_text(typo, encoding="utf-8")
    done = run("check", root=copy)
    assert done.exit_code == 1
    problem, _, summary = done.stdout.partition("\n\n")
    assert f"{problem}\n" == printed
    assert summary.startswith("1 error in ")


def test_the_configuration_of_the_guide_is_enough(small: Path) -> None:
    text = guide("another-conference")
    enough = example(text, "yaml", "site_name:")
    (small / "mkdocs.yml").write_text(enough, encoding="utf-8")
    builds(into="site")(small)


def test_the_records_of_the_guides_have_no_problems(copy: Path) -> None:
    (part, small) = fenced(CONTRIBUTE.read_text(encoding="utf-8"), "yaml")
    (fuller,) = fenced(guide("fields"), "yaml")
    learned = fuller.replace(fuller[fuller.index("learnings:") : fuller.index("quotes:")], part)
    for text in (small, fuller, learned):
        path = copy / "sessions" / "kubecon-eu-2026" / "example.yaml"
        path.write_text(text, encoding="utf-8")
        assert prepare(copy).problems == ()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "AGENTS.md"])
def test_links_to_files_lead_to_files(name: str) -> None:
    text = re.sub(r"`[^`\n]*`", "", (REPO / name).read_text(encoding="utf-8"))
    linked = [url.partition("#")[0] for url in re.findall(r"\]\(([^)\s]+)\)", text)]
    assert [u for u in linked if u and "://" not in u and not (REPO / u).is_file()] == []


# Nothing is left out


@pytest.mark.parametrize("path", tables.DOCUMENTS, ids=lambda path: str(path.name))
def test_tables_of_fields_and_commands_say_what_models_and_commands_say(path: Path) -> None:
    """They are written by `make tables`."""
    text = path.read_text(encoding="utf-8")
    assert tables.made(text) == tables.made(tables.with_made(text)) != {}


def test_every_field_of_every_record_is_in_one_table() -> None:
    declared = {
        fields.declaring(model, key) for model in fields.every_model() for key in models.keys(model)
    }
    text = guide("fields")
    assert {model for _, model in tables.made(text)} == declared


def test_every_module_is_in_the_table_of_modules() -> None:
    folder = Path(kbsite.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    modules |= {f"{p.parent.name}/" for p in folder.glob("*/**/__init__.py")}
    table = CONTRIBUTING[CONTRIBUTING.index("| module in `src/kbsite/`") :].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_/]+)`", "\n".join(table.splitlines()[2:])))
    assert modules - named == set()
    assert named - modules == {"theme/", "starter/", "fonts/"}


def test_every_command_is_described_with_its_own_options_and_no_other() -> None:
    text = guide("commands")
    named = {name for name, command in main.commands.items() if not command.hidden}
    assert {name for _, name in tables.made(text)} == named | {"all"}
    for name in named:
        assert f"\n## kbsite {name}\n\n<!-- command {name}," in text
        assert f"(#kbsite-{name})" in text
    for (_, name), made in tables.made(text).items():
        for leaf in (each for each, _ in commands.leaves() if each.startswith(f"{name} ")):
            assert f"\n| `{leaf.partition(' ')[2]}" in made


def test_every_problem_code_is_on_the_page_of_codes_with_its_cure(site: Path) -> None:
    page = crawl.read((site / "problems" / "index.html").read_text("utf-8"), "problems/index.html")
    headings = {heading.id: heading.text for heading in page.headings if heading.level == 2}
    assert headings == {code.code.lower(): f"{code.code} {code.title}" for code in CATALOGUE}
    for code in CATALOGUE:
        for text in (code.meaning, code.example, code.cure):
            assert " ".join(text.split()) in page.content, code.code


def test_the_labels_of_the_forms_are_told_where_they_are_to_be_made() -> None:
    forms = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((REPO / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    ]
    named = {form["name"]: label for form in forms for label in form["labels"]}
    of_github = {"bug"}  # which every repository has
    labels = {label for label in named.values() if label not in of_github}
    text = guide("maintain")
    assert {line.split()[-1] for line in called(text) if line.startswith("gh label")} == labels
    for name, label in named.items():
        assert label in of_github or f"\n| {name} | `{label}` |" in text
    starter = (REPO / "src" / "kbsite" / "starter" / "README.md").read_text(encoding="utf-8")
    told = next(line for line in starter.splitlines() if line.startswith("- Issues, Labels"))
    assert set(re.findall(r"`([\w-]+)`", told)) == labels
