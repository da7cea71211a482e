"""The commands as people run them: exit codes, and words on the right stream."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kbsite.cli import main
from kbsite.codes import BY_CODE, CATALOGUE
from tests.importers.schedules import calendar, talk


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def break_a_record(root: Path) -> Path:
    record = next((root / "sessions").glob("*/kernel-news.yaml"))
    record.write_text(record.read_text() + "tittle: Twice\n")
    return record


def test_the_module_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "kbsite", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, run("--version").stdout), done.stderr


def test_check_of_a_clean_knowledge_base_exits_0(small: Path) -> None:
    done = run("check", "--root", small)
    assert done.exit_code == 0
    assert re.fullmatch(r"no problems in \d+ sessions of 1 events?\n", done.stdout)


def test_check_reports_problems_and_exits_1(small: Path) -> None:
    record = break_a_record(small)
    done = run("check", "--root", small)
    assert done.exit_code == 1
    line = len(record.read_text().splitlines())
    place = record.relative_to(small).as_posix()
    assert f"{place}:{line}:1: error KB101: unknown key 'tittle'" in done.stdout
    assert "help: 'title' is given too" in done.stdout
    assert "1 error in" in done.stdout


def test_check_of_one_file_reports_only_its_problems(small: Path) -> None:
    record = break_a_record(small)
    (record.parent / "other.yaml").write_text("titel: Misspelt\n")
    done = run("check", "--root", small, record)
    assert done.exit_code == 1
    assert "kernel-news.yaml" in done.stdout
    assert "other.yaml" not in done.stdout
    assert run("check", "--root", small, small / "themes").exit_code == 0


def test_check_finds_the_knowledge_base_of_the_path_it_is_given(small: Path) -> None:
    record = break_a_record(small)
    assert run("check", record).exit_code == 1


def test_a_path_outside_the_knowledge_base_is_a_wrong_usage(small: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.yaml"
    stray.write_text("title: x")
    done = run("check", "--root", small, stray)
    assert done.exit_code == 2
    assert "is not part of the knowledge base" in done.stderr


def test_warnings_fail_only_a_strict_check(small: Path) -> None:
    event = next((small / "sessions").iterdir())
    (event / "early.yaml").write_text(
        "title: Too early\nstart: 1999-01-01\nsources: [{system: sched}]\n"
    )
    assert run("check", "--root", small).exit_code == 0
    strict = run("check", "--root", small, "--strict")
    assert strict.exit_code == 1
    assert "1 warning in" in strict.stdout


def test_outside_of_any_knowledge_base_a_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build", "serve"):
        done = run(command)
        assert done.exit_code == 2
        assert "holds 'sessions'; name one with --root" in " ".join(done.stderr.split())


def test_the_root_is_the_nearest_folder_upward_with_sessions(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(next((small / "sessions").iterdir()))
    assert run("check").exit_code == 0


def test_build_says_where_the_site_is(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    done = run("build")
    assert done.exit_code == 0
    assert re.search(r"built \d+ pages in site/", done.stderr)
    assert (small / "site" / "index.html").is_file()


def test_a_quiet_build_says_nothing(small: Path) -> None:
    done = run("build", "--root", small, "--quiet")
    assert (done.exit_code, done.output) == (0, "")


def test_build_with_an_error_exits_1_and_writes_nothing(small: Path) -> None:
    break_a_record(small)
    done = run("build", "--root", small)
    assert done.exit_code == 1
    assert "1 error; nothing was written" in done.stderr
    assert not (small / "site").exists()


def test_build_into_another_folder(small: Path, tmp_path: Path) -> None:
    done = run("build", "--root", small, "--site-dir", tmp_path / "public", "--strict", "-q")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "public" / "index.html").is_file()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("out[v2]", "out[v2]"),
        ("[/x]", "[/x]"),
        (":smile:", ":smile:"),
        ("a\\[b]", "a\\[b]"),
        ("a\x1b[31m\nb", "a\\x1b[31m b"),
    ],
)
def test_a_path_is_shown_as_it_is_whatever_it_looks_like(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("build", "--root", small, "--site-dir", name, "--no-search")
    assert (done.exit_code, done.stderr.endswith(f" pages in {shown}/\n")) == (0, True)
    assert (tmp_path / name / "index.html").is_file()
    done = run("init", f"{name} too")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"a new knowledge base is in {shown} too/\n")
    (tmp_path / f"{name} too" / "stray.ics").write_text("no calendar")
    done = run("import", "sched", f"{name} too/stray.ics", "--event", "x", "--root", small)
    assert done.exit_code == 1
    assert f"kbsite: reading {shown} too/stray.ics\n" in done.stderr
    assert f"{shown} too/stray.ics:1: error KB401" in done.stderr


def test_a_build_from_inside_the_site_that_it_replaces_says_where_the_site_is(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--root", small, "-q", "--no-search").exit_code == 0
    monkeypatch.chdir(small / "site")
    done = run("build", "--no-search")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.endswith(f" in {small}/site/\n")


def test_a_bug_is_reported_without_a_traceback(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_root: Path, **_options: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("kbsite.commands.reading.prepare", fail)
    done = run("check", "--root", small)
    assert done.exit_code == 3
    said = " ".join(done.stderr.split())
    assert "kbsite itself failed (ZeroDivisionError: division by zero, at reading.py:" in said
    assert "Traceback" not in done.output


def test_markup_and_escapes_in_a_record_are_shown_and_not_obeyed(small: Path) -> None:
    event = next((small / "sessions").iterdir())
    (event / "odd.yaml").write_text('title: x\n"[red]\\e[31mkey": y\n')
    done = run("check", "--root", small)
    assert done.exit_code == 1
    assert "[red]\\x1b[31mkey" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("command", ["build", "serve", "check"])
def test_every_command_explains_itself(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "--root" in done.stdout


def groups(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
    """The words of each command that leads to others."""
    yield names
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from groups(command, *names, name)


def test_what_a_list_of_commands_says_of_each_is_whole() -> None:
    said = "".join(run(*names, "--help").stdout for names in groups(main))
    assert [line for line in said.splitlines() if re.match("  .*[.]{3}$", line)] == []


@pytest.mark.parametrize(
    "address",
    [
        "8000", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:٨", ":8", "a b:80",
        "::1:8000", "[::1]", "[::1:8000", "[:::]:8000", "[127.0.0.1]:8000", "example.org:8000",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_a_wrong_usage(small: Path, address: str) -> None:
    done = run("serve", "--root", small, "--addr", address)
    assert done.exit_code == 2
    assert "is not HOST:PORT, such as 127.0.0.1:8000, localhost:8000 or [::1]:8000" in done.stderr


@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_busy_address_is_said_before_anything_is_built(
    small: Path, family: socket.AddressFamily, host: str
) -> None:
    try:
        busy = socket.create_server((host, 0), family=family)
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with busy:
        port = busy.getsockname()[1]
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        done = run("serve", "--root", small, "--addr", address)
        asked = done.exit_code, done.stderr
        (small / "mkdocs.yml").write_text(
            (small / "mkdocs.yml").read_text() + f"dev_addr: '{address}'\n"
        )
        configured = run("serve", "--root", small)
    said = f"error: cannot serve on {address} (Address already in use); name another address"
    assert asked == (2, f"{said} with --addr\n")
    assert (configured.exit_code, configured.stderr) == asked


def test_a_configured_port_that_is_none_is_a_wrong_usage(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write("dev_addr: '127.0.0.1:99999'\n")
    done = run("serve", "--root", small)
    assert done.exit_code == 2
    assert done.stderr.startswith("error: cannot serve on 127.0.0.1:99999 (")


def test_ctrl_c_leaves_the_last_site_and_has_a_code_of_its_own(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_root: Path, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kbsite.build.prepare", interrupt)
    done = run("build", "--root", small)
    assert done.exit_code == 130
    assert done.stderr.endswith("\nerror: interrupted\n")
    assert not (small / "site").exists()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("chek", "there is no command 'kbsite chek'; did you mean 'check'"),
        ("x", "there is no command 'kbsite x'; there are build, check, "),
        (
            "import pretalx schedule.json",
            "there is no command 'kbsite import pretalx'; pretalx exports two formats: ",
        ),
        ("import XLSX x.xlsx", "there is no command 'kbsite import XLSX'; save the sheet as CSV"),
        ("new talk", "there is no command 'kbsite new talk'; a talk is a session"),
        ("export html x", "there is no command 'kbsite export html'; there are markdown"),
        (
            "new learning beyond a trap",
            "got unexpected extra argument (trap); words that belong together stand in quotes",
        ),
        ("check --al", "no such option '--al'"),
        ("import sched", "missing argument 'SOURCE'"),
        ("serve --addr here", "invalid value for '--addr': 'here' is not HOST:PORT"),
    ],
)
def test_a_call_that_cannot_be_is_told_like_every_error(call: str, said: str) -> None:
    done = run(*call.split())
    usage, error, more = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (2, "")
    assert usage.startswith("Usage: kbsite ")
    assert error.startswith(f"error: {said}")
    assert re.fullmatch(r"'kbsite.* --help' says more", more)


def test_all_that_an_import_did_is_listed_if_asked(small: Path, tmp_path: Path) -> None:
    talks = [talk(f"k{i}", f"Talk number {i} - Ada Example, Example Works") for i in range(20)]
    (tmp_path / "x.ics").write_text(calendar(*talks))
    event = ("--event", "x-2031", "--name", "X", "--timezone", "UTC", "--root", small)
    told = run("import", "sched", tmp_path / "x.ics", *event, "--dry-run")
    assert told.exit_code == 0
    assert told.stdout.count("x-2031/talk-number-") == 12
    assert "  and 8 more; --all lists them\n" in told.stdout
    every = run("import", "sched", tmp_path / "x.ics", *event, "--dry-run", "--all").stdout
    assert every.count("x-2031/talk-number-") == 20
    assert "more" not in every


def test_a_group_of_commands_alone_shows_what_there_is() -> None:
    done = run("import")
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: kbsite import [OPTIONS] COMMAND")
    assert "sessionize" in done.stderr
    assert "error" not in done.stderr


def test_a_built_site_is_not_taken_for_a_knowledge_base(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--root", small, "-q").exit_code == 0
    monkeypatch.chdir(small / "site")
    done = run("check")
    assert done.exit_code == 0
    assert "no problems in 0 sessions" not in done.stdout


# Explaining


def test_a_code_is_explained_in_the_terminal_as_on_its_page() -> None:
    said = """\
error KB112: An unknown time zone

Zones are named as in the IANA database.

for example:
    timezone: CET+1

mended:
    timezone: Europe/Amsterdam
"""
    for asked in ("KB112", "kb112", "112"):
        done = run("explain", asked)
        assert (done.exit_code, done.stdout) == (0, said)


def test_without_a_code_all_are_listed() -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == [code.code for code in CATALOGUE]
    assert f"KB112  error    {BY_CODE['KB112'].title}" in lines


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("KB1O4", "did you mean 'KB1"),
        ("KB999", "there is no code 'KB999'; "),
        ("\x1b[31m", "there is no code '\\x1b[31m'; 'kbsite explain' lists all codes"),
        ("٣", "'kbsite explain' lists all codes"),
    ],
)
def test_a_code_that_is_none_is_a_wrong_usage(code: str, said: str) -> None:
    done = run("explain", code)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


# Importing


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "schedule.ics"
    text = calendar(talk("k1", "Queues [red] - Ada Example, Example Works"), talk("l", "Lunch"))
    path.write_text(text, newline="")
    return path


def test_an_import_says_what_it_did_as_a_table(small: Path, source: Path) -> None:
    command = ("import", "sched", source, "--event", "new-conf", "--root", small)
    refused = run(*command)
    assert refused.exit_code == 2
    assert "add for example: --timezone Europe/Amsterdam" in " ".join(refused.stderr.split())
    done = run(*command, "--timezone", "Europe/Amsterdam")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "new event (1)",
        "  new-conf",
        "added (1)",
        "  new-conf/queues-red: Queues [red]",
        "left out (1)",
        "  Lunch (logistics)",
        "entries imported left out refused added changed kept conflicts withdrawn",
        "      2        1        1       0     1       0    0         0         0",
    ]
    assert "kbsite: writing" in done.stderr
    again = run(*command, "-q")
    assert (again.exit_code, again.output) == (0, "")


def test_an_import_says_what_it_would_do_as_json(small: Path, source: Path) -> None:
    done = run(
        "import", "sched", source, "--event", "new-conf", "--root", small, "--dry-run",
        "--format", "json", "--timezone", "Europe/Amsterdam", "--start", "2031-03-31",
    )  # fmt: skip
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["dry_run"] is True
    assert said["added"] == [{"session": "new-conf/queues-red", "title": "Queues [red]"}]
    assert [each["title"] for each in said["left_out"]] == ["Lunch"]
    assert set(said) >= {"changed", "kept", "conflicts", "withdrawn", "refused", "warnings"}
    assert done.stderr == ""
    assert not (small / "sessions" / "new-conf").exists()


def test_a_dry_run_says_that_it_was_one(small: Path, source: Path) -> None:
    done = run(
        "import", "sched", source, "--event", "new-conf", "--root", small, "--dry-run",
        "--timezone", "Europe/Amsterdam",
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "nothing was written: this was a dry run"


def test_a_source_may_come_from_standard_input(small: Path, source: Path) -> None:
    arguments = ["import", "sched", "-", "--event", "new-conf", "--root", str(small), "-q"]
    arguments += ["--timezone", "Europe/Amsterdam"]
    done = CliRunner().invoke(main, arguments, input=source.read_bytes())
    assert done.exit_code == 0, done.output
    assert (small / "sessions" / "new-conf" / "queues-red.yaml").is_file()


def test_a_source_of_another_format_exits_1_and_names_the_source(small: Path, source: Path) -> None:
    done = run("import", "frab", source, "--event", "new-conf", "--root", small)
    assert done.exit_code == 1
    assert f"{source}:" in done.stderr
    assert "error KB401" in done.stderr
    assert "1 error; nothing was written" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--timezone", "Europe/Amsterdm", "did you mean 'Europe/Amsterdam'"),
        ("--start", "1 April", "'1 April' is not a day, such as 2031-03-23"),
        ("--event", "New Conf", "write --event new-conf"),
        ("--tables", "no-such.toml", "no-such.toml"),
    ],
)
def test_an_option_of_an_import_that_is_wrong_says_what_to_write(
    small: Path, source: Path, option: str, value: str, said: str
) -> None:
    done = run("import", "sched", source, "--root", small, "--event", "x", option, value)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert not (small / "sessions" / "x").exists()


def test_suggested_themes_are_listed_for_a_person_to_confirm(small: Path) -> None:
    event = next((small / "sessions").iterdir())
    (event / "new.yaml").write_text(
        "title: New\nsuggested_themes: [kernel]\nsources: [{system: sched}]\n"
    )
    done = run("check", "--root", small, "--suggested")
    assert f"sessions/{event.name}/new.yaml: kernel\n" in done.stdout
    assert "new.yaml" not in run("check", "--root", small).stdout
    assert "new.yaml" not in run("check", "--root", small, "--suggested", small / "themes").stdout


def test_init_makes_a_knowledge_base_and_says_what_is_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("init", "example-conf", "--name", "Example Conf")
    assert done.exit_code == 0
    assert done.stdout.startswith("a new knowledge base is in example-conf/\nnext: cd example-conf")
    assert run("check", "--root", "example-conf").exit_code == 0
    assert run("init", "example-conf").exit_code == 2


EARLY = """
import runpy, sys
class Pressed:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
runpy.run_module("kbsite", run_name="__main__")
"""


def test_ctrl_c_is_heard_before_the_command_is_even_read() -> None:
    done = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"error: interrupted\n")
