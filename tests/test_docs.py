"""README.md and CONTRIBUTING.md are true: commands run, examples hold, nothing is left out."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import kbsite
from kbsite import models, yamlfile
from kbsite.cli import main
from kbsite.codes import CATALOGUE
from kbsite.pipeline import prepare
from tests import crawl, fields
from tests.conftest import REPO
from tests.importers.schedules import calendar, talk
from tests.live import fetch, serving
from tests.test_ci import git

README = (REPO / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPO / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCED = FENCE.findall(README)
COMMANDS = re.findall(r"^\$ (.+)$", README, re.MULTILINE)


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
    part = README[README.index("`--format json` gives an object") :].partition("\n### ")[0]
    table = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(table))) == sorted(said)
    summary = re.search(r"^\| `summary` \| (.*) \|$", part, re.MULTILINE)
    assert summary is not None
    assert set(re.findall(r"`(\w+)`", summary[1])) == set(said["summary"])
    (problem, *_) = said["problems"]
    described = part[part.index("A problem has") :].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", described)) - {"error", "warning", "null"} == set(problem)


def explains(root: Path) -> None:
    assert run("explain", "KB104", root=root).stdout.startswith("error KB104: ")


def exports(root: Path) -> None:
    assert run("export", "markdown", "../pages", root=root).exit_code == 0
    assert (root.parent / "pages" / "index.md").is_file()


def serves(root: Path) -> None:
    with serving(root) as address:
        assert "<h1" in fetch(address)


def imports_a_table(root: Path) -> None:
    (root / "talks.csv").write_text(
        "Nr,Title,Day,Begins,Minutes,Hall,Type,Speakers,Slides\n"
        "1,Kernel News,2032-04-01,09:00,30,Barn,Keynote,Ada Example; Bo Sample,https://example.org/1.pdf\n"
        "2,On Queues,2032-04-02,,,,,Cy Test,\n"
    )
    (root / "map.toml").write_text(example("toml", '"Nr"'), encoding="utf-8")
    (command,) = (each for each in COMMANDS if each.startswith("kbsite import table"))
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


def describes(root: Path) -> None:
    made = json.loads(run("schema", "session", root=root).output)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def formats(root: Path) -> None:
    record = next((root / "sessions").glob("*/kernel-news.yaml"))
    data = yamlfile.read(record.read_text(encoding="utf-8"))
    done = run("fmt", root=root)
    assert (done.exit_code, "changed" in done.stdout) == (0, True)
    assert yamlfile.read(record.read_text(encoding="utf-8")) == data
    assert run("fmt", "--check", root=root).exit_code == 0


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
        assert plan.stdout.splitlines()[-1] == f".venv/bin/{command}"

    return make


RUNS: dict[str, Callable[[Path], None]] = {
    "make site": calls("kbsite build", target="site"),
    "make serve": calls("kbsite serve", target="serve"),
    "make test": calls("python -m pytest -n auto --dist worksteal", target="test"),  # as these are
    ".venv/bin/kbsite check": checks,
    "kbsite check": checks,
    "kbsite fmt": formats,
    "kbsite diff": says_what_differs,
    "kbsite check --since origin/main": checks_a_branch,
    "kbsite check --fix": mends,
    "kbsite check --format json": checks_for_programs,
    "kbsite explain KB104": explains,
    "kbsite schema session": describes,
    "kbsite build": builds(into="site"),
    "kbsite build --strict --site-dir public": builds(
        "--strict", "--site-dir", "public", into="public"
    ),
    "kbsite build --no-search": builds("--no-search", into="site"),
    "kbsite serve": serves,
    "kbsite export markdown ../pages": exports,
    "kbsite import table talks.csv --map map.toml --event example-conf-2032 "
    '--name "Example Conf 2032" --timezone Europe/Amsterdam': imports_a_table,
    "kbsite enrich example-conf-2032 videos.json": enriches,
}


# From a schedule to a site: these are run one after the other.
(JOURNEY,) = (
    text.replace("$ ", "").splitlines() for _, text in FENCED if text.startswith("$ kbsite init ")
)


def test_every_command_of_the_readme_is_run_here() -> None:
    assert set(RUNS) | set(JOURNEY) == set(COMMANDS)


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
def test_a_command_of_the_readme_does_what_it_says(command: str, small: Path) -> None:
    RUNS[command](small)


def test_every_target_of_the_makefile_is_explained_by_it() -> None:
    help_text = subprocess.run(["make", "-n", "help"], cwd=REPO, capture_output=True, check=True)
    targets = re.search(r"^\.PHONY: (.+)$", (REPO / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    for target in set(targets[1].split()) - {"help"}:
        assert f"make {target} " in help_text.stdout.decode()


# Examples


def example(language: str, containing: str) -> str:
    (found,) = (text for name, text in FENCED if name == language and containing in text)
    return str(found)


def test_the_readme_s_record_is_all_that_a_contribution_needs(copy: Path) -> None:
    record = copy / "sessions" / "kubecon-eu-2026" / "kernel-news.yaml"
    record.write_text(example("yaml", "title:"), encoding="utf-8")
    assert prepare(copy).graph.learnings["kubecon-eu-2026/kernel-news#fewer-copies"].at == 750
    done = run("check", "--strict", root=copy)
    assert (done.exit_code, done.stdout.partition(" in ")[0]) == (0, "no problems")
    builds("--strict", into="site")(copy)
    assert (copy / "site" / "sessions" / "kubecon-eu-2026" / "kernel-news" / "index.html").is_file()


def test_the_readme_s_error_is_what_check_prints(copy: Path) -> None:
    printed = example("text", "error KB")
    typo = example("yaml", "title:").replace("themes: [ebpf]", "themes: [ebfp]")
    (copy / printed.split(":")[0]).write_text(typo, encoding="utf-8")
    done = run("check", root=copy)
    assert done.exit_code == 1
    problem, _, summary = done.stdout.partition("\n\n")
    assert f"{problem}\n" == printed
    assert summary.startswith("1 error in ")


def test_the_readme_s_configuration_is_enough(copy: Path) -> None:
    (copy / "mkdocs.yml").write_text(example("yaml", "site_name:"), encoding="utf-8")
    builds(into="site")(copy)


def test_the_records_of_the_contribute_page_have_no_problems(copy: Path) -> None:
    page = (copy / "content" / "contribute.md").read_text(encoding="utf-8")
    fenced = re.findall(r"^( *)```yaml\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)
    (_, part) = fenced.pop(1)  # what is added to a record, which the fuller one holds
    assert len(fenced) == 2
    assert part in fenced[1][1]
    for number, (indent, text) in enumerate(fenced):
        path = copy / "sessions" / "kubecon-eu-2026" / f"example-{number}.yaml"
        path.write_text(re.sub(rf"^{indent}", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert prepare(copy).problems == ()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_to_files_lead_to_files(name: str) -> None:
    text = re.sub(r"`[^`\n]*`", "", (REPO / name).read_text(encoding="utf-8"))
    linked = [url.partition("#")[0] for url in re.findall(r"\]\(([^)\s]+)\)", text)]
    assert [u for u in linked if u and "://" not in u and not (REPO / u).is_file()] == []


# Nothing is left out


@pytest.mark.parametrize("path", fields.DOCUMENTS, ids=lambda path: str(path.name))
def test_tables_of_fields_say_what_the_models_say(path: Path) -> None:
    """They are written by `make fields`."""
    text = path.read_text(encoding="utf-8")
    assert fields.tables(text) == fields.tables(fields.with_tables(text)) != []


def test_every_field_of_every_record_is_in_one_table() -> None:
    declared = {
        fields.declaring(model, key) for model in fields.every_model() for key in models.keys(model)
    }
    assert sorted(model for model, _ in fields.tables(CONTRIBUTING)) == sorted(declared)


def test_every_module_is_in_the_table_of_modules() -> None:
    folder = Path(kbsite.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    modules |= {f"{p.parent.name}/" for p in folder.glob("*/**/__init__.py")}
    table = CONTRIBUTING[CONTRIBUTING.index("| module in `src/kbsite/`") :].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_/]+)`", "\n".join(table.splitlines()[2:])))
    assert modules - named == set()
    assert named - modules == {"theme/", "starter/", "fonts/"}


def test_every_command_is_described_with_its_own_options_and_no_other() -> None:
    imports = README[README.index("`kbsite import` turns") : README.index("### A map for a table")]
    described = {
        name: {*re.findall(r"`(--[a-z-]+)", imports if _imports_a_schedule(name) else "")}
        for name, _ in _commands(main)
    }
    table = README[README.index("| option | of |") :].partition("\n\n")[0]
    for options, commands, _ in (row.strip("| ").split(" | ") for row in table.splitlines()[2:]):
        for name in described:
            if {f"`{name}`", f"`{name.partition(' ')[0]}`"} & {*commands.split(", ")}:
                described[name] |= {*re.findall(r"`(--[a-z-]+)", options)}
    assert described == {
        name: {
            option
            for parameter in command.get_params(click.Context(command))
            if isinstance(parameter, click.Option) and not parameter.hidden
            if not str(parameter.name).startswith("of_")  # a field's, which its model tells
            for option in parameter.opts
            if option.startswith("--") and option != "--help"
        }
        for name, command in _commands(main)
    }
    assert [name for name in described if f"kbsite {name}" not in README] == []


def _imports_a_schedule(name: str) -> bool:
    return name.startswith("import ") and name != "import projects"


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def test_every_problem_code_is_on_the_page_of_codes_with_its_cure(site: Path) -> None:
    page = crawl.read((site / "problems" / "index.html").read_text("utf-8"), "problems/index.html")
    headings = {heading.id: heading.text for heading in page.headings if heading.level == 2}
    assert headings == {code.code.lower(): f"{code.code} {code.title}" for code in CATALOGUE}
    for code in CATALOGUE:
        for text in (code.meaning, code.example, code.cure):
            assert " ".join(text.split()) in page.content, code.code
