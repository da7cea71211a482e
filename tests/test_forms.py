"""What a check found, as GitHub, programs and viewers of SARIF read it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import report
from kbsite.codes import CATALOGUE
from kbsite.errors import Cure, Edit, Move, NewFile, Problem
from kbsite.findings import Findings, Mended
from kbsite.forms import data, github, sarif
from tests.conftest import REPO
from tests.test_ci import git
from tests.test_cli import break_a_record, run

SCHEMA = json.loads((REPO / "tests/data/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
EDIT = Edit(file="a.yaml", line=7, column=9, end_line=7, end_column=10, new="y")
PROBLEM = Problem(
    code="KB104",
    severity="error",
    file="a.yaml",
    line=7,
    column=9,
    field="themes[0]",
    message="unknown theme 'x'",
    hint="did you mean 'y'?",
    source="themes: x",
    length=1,
    cures=(
        Cure(title="write 'y'", changes=(EDIT,), certain=True),
        Cure(title="add it", changes=(NewFile(file="themes/x.md", text="x"),)),
        Cure(title="move it", changes=(Move(file="a.yaml", to="b.yaml"),)),
    ),
)
WHOLE = Problem(code="KB005", severity="warning", file="b é.yaml", message="whole")
EVERYTHING = Findings(
    problems=(PROBLEM, WHOLE),
    elsewhere=(replace(PROBLEM, file="c.yaml"),),
    cause="elsewhere, because of a.yaml",
    mended=(Mended(PROBLEM, PROBLEM.cures[0]),),
    extent="2 files",
    changed=frozenset({"b é.yaml"}),
    prefix="kb/",
    site="https://example.org/site/",
)
ODD = "%:,\r\n`<>&[]()!#@*_\\|~\x1b\u202e"
HOSTILE = st.text(st.characters() | st.sampled_from(ODD), max_size=20)
PLAIN = re.compile(r"|## .*|### (`+) .* \1|(?:\\[!-/:-@\[-`{-~]|[^!-/:-@\[-`{-~])*")


# GitHub


def commands(*problems: Problem, **more: Any) -> list[str]:
    return list(github.commands(Findings(problems=problems, **more)))


def unescaped(line: str) -> tuple[str, dict[str, str], str]:
    """A command as a runner reads it: its name, its properties, its data."""
    found = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    return found[1], {key: unquote(value) for key, value in properties.items()}, unquote(found[3])


def test_a_problem_is_a_command_with_its_whole_place() -> None:
    (said,) = commands(PROBLEM)
    about, _, words = said.rpartition("::")
    assert about == "::error file=a.yaml,line=7,endLine=7,col=9,endColumn=10,title=KB104"
    assert words == "unknown theme 'x'%0Ahelp: did you mean 'y'?%0Aa.yaml:7:9"
    assert commands(WHOLE) == ["::warning file=b é.yaml,title=KB005::whole%0Ab é.yaml"]


def test_changed_files_come_first_then_what_they_broke_elsewhere_by_paths_from_the_top() -> None:
    said = [unescaped(line) for line in github.commands(EVERYTHING)]
    assert [(name, about["file"]) for name, about, _ in said] == [
        ("notice", "kb/a.yaml"),
        ("warning", "kb/b é.yaml"),
        ("error", "kb/a.yaml"),
        ("error", "kb/c.yaml"),
    ]
    assert said[0][2] == "fixed: write 'y'"
    assert "elsewhere, because of a.yaml" in said[3][2]


@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_a_stranger_wrote_is_a_command(file: str, message: str, hint: str) -> None:
    (line,) = commands(replace(PROBLEM, file=file, message=message, hint=hint))
    assert line.splitlines() == [line]
    assert re.match(r"::error file=[^,:]*,line=7,endLine=7,col=9,endColumn=10,title=KB104::", line)
    assert report.printable(message) in unescaped(line)[2]


def test_of_one_file_a_few_are_told_and_how_many_more_there_are() -> None:
    many = [replace(PROBLEM, line=line) for line in range(1, 40_001)]
    said = commands(*many, WHOLE)
    assert len(said) == report.IN_A_FILE + 2
    assert said[-1] == "::notice file=a.yaml::and 39,980 more in a.yaml"


# The summary of a step


def test_the_summary_holds_everything_with_the_address_of_each_code() -> None:
    text = github.summary(EVERYTHING)
    assert text.startswith("## 2 errors, 1 warning in 2 files\n")
    assert report.as_text(PROBLEM) in text
    assert "\nelsewhere\\, because of a\\.yaml\n" in text
    assert "[KB104](https://example.org/site/problems/#kb104)" in text
    assert "a.yaml:7:9: KB104: write 'y'" in text


@given(HOSTILE, HOSTILE)
def test_nothing_that_a_stranger_wrote_is_markdown(file: str, message: str) -> None:
    said = Findings(
        problems=(replace(PROBLEM, file=file, message=message, source=message),),
        elsewhere=(replace(PROBLEM, file=f"{file}x", message=message),),
        cause=message,
    )
    is_code, fence = False, ""
    for line in github.summary(said).split("\n"):
        if is_code:
            is_code = line != fence
        elif opened := re.fullmatch(r"(`{3,})text", line):
            is_code, fence = True, opened[1]
        else:
            assert PLAIN.fullmatch(line), line
    assert not is_code


def test_a_summary_has_an_end_and_says_how_much_more_there_is() -> None:
    many = tuple(replace(PROBLEM, line=line, message="é" * 50) for line in range(1, 40_001))
    text = github.summary(Findings(problems=many))
    assert github.SUMMARY_LIMIT * 0.9 < len(text.encode()) <= github.SUMMARY_LIMIT
    shown = text.count("error KB104")
    assert f"and {40_000 - shown:,} more: `kbsite check --all` shows them" in text


# The commands in GitHub's actions


def test_on_github_the_form_is_chosen_by_itself(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_a_record(small)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    done = run("check", "--root", small)
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=small/sessions/")
    assert done.stdout.splitlines()[-1].startswith("1 error in ")
    assert "KB101" in (tmp_path / "summary.md").read_text()
    assert run("check", "--root", small, "--format", "text").stdout.startswith("sessions/")


def test_a_summary_that_is_full_already_gets_no_more(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_a_record(small)
    full = tmp_path / "summary.md"
    for size in (github.SUMMARY_LIMIT, github.SUMMARY_LIMIT - 300, 0):
        full.write_bytes(b"x" * size)
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(full))
        run("check", "--root", small, "--format", "github")
        assert full.stat().st_size <= github.SUMMARY_LIMIT
    assert full.stat().st_size > 100


def test_on_github_the_files_of_the_last_commit_come_first(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "content" / "aaa.md").write_text("[[theme:nowhere]]\n")
    git(small, "init", "-q")
    git(small, "add", "-A")
    git(small, "commit", "-qm", "Begin")
    record = break_a_record(small)
    git(small, "commit", "-qam", "Break it")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    files = re.findall(r"^::error file=([^,]*)", run("check", "--root", small).stdout, re.MULTILINE)
    assert files == [record.relative_to(small).as_posix(), "content/aaa.md"]


def test_a_build_notes_its_problems_on_github_too(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_a_record(small)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    done = run("build", "--root", small, "--quiet")
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=sessions/")
    assert "; nothing was written\n" in done.stderr
    assert "KB101" in (tmp_path / "summary.md").read_text()


# JSON


def test_json_has_every_problem_with_its_place_and_its_cures() -> None:
    said = json.loads(data.as_json(EVERYTHING))
    assert said["version"] == 1
    assert said["summary"] == {"errors": 2, "warnings": 1, "fixed": 1, "looked_at": "2 files"}
    first, whole = said["problems"]
    assert first == {
        "code": "KB104",
        "severity": "error",
        "file": "a.yaml",
        "line": 7,
        "column": 9,
        "end_line": 7,
        "end_column": 10,
        "field": "themes[0]",
        "message": "unknown theme 'x'",
        "hint": "did you mean 'y'?",
        "help": "https://example.org/site/problems/#kb104",
        "cures": [
            {
                "title": "write 'y'",
                "certain": True,
                "changes": [
                    {
                        "change": "edit",
                        "file": "a.yaml",
                        "line": 7,
                        "column": 9,
                        "end_line": 7,
                        "end_column": 10,
                        "new": "y",
                    }
                ],
            },
            {
                "title": "add it",
                "certain": False,
                "changes": [{"change": "new file", "file": "themes/x.md", "text": "x"}],
            },
            {
                "title": "move it",
                "certain": False,
                "changes": [{"change": "move", "file": "a.yaml", "to": "b.yaml"}],
            },
        ],
    }
    places = {"line", "column", "end_line", "end_column"}
    assert {key for key, value in whole.items() if value is None} == places
    assert [each["file"] for each in said["elsewhere"]] == ["c.yaml"]
    assert said["fixed"][0]["cures"] == [first["cures"][0]]


def test_json_says_nothing_else_on_standard_output(small: Path) -> None:
    done = run("check", "--root", small, "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)["problems"]) == (0, [])
    break_a_record(small)
    done = run("check", "--root", small, "--format", "json", "--suggested")
    assert (done.exit_code, len(json.loads(done.stdout)["problems"])) == (1, 1)


# SARIF


def valid(text: str) -> dict[str, Any]:
    """The one run of a log that is valid by the schema; each region says where it begins."""
    said = json.loads(text)
    jsonschema.Draft7Validator(SCHEMA).validate(said)
    (found,) = said["runs"]
    for region in re.findall(r'"(?:region|deletedRegion)": \{([^}]*)\}', text):
        assert '"startLine": ' in region
    return dict(found)


def test_sarif_is_valid_and_has_a_rule_for_every_code() -> None:
    found = valid(sarif.as_sarif(EVERYTHING))
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.code for code in CATALOGUE]
    assert {rule["helpUri"] for rule in rules} == {
        f"https://example.org/site/problems/#{code.code.lower()}" for code in CATALOGUE
    }
    assert found["columnKind"] == "unicodeCodePoints"
    valid(sarif.as_sarif(Findings(problems=())))


def test_a_result_has_its_rule_its_place_and_the_cures_that_are_edits() -> None:
    first, whole, elsewhere = valid(sarif.as_sarif(EVERYTHING))["results"]
    assert CATALOGUE[first["ruleIndex"]].code == first["ruleId"] == "KB104"
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "kb/a.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 10},
    }
    (fix,) = first["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 10},
            "insertedContent": {"text": "y"},
        }
    ]
    place = whole["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "kb/b%20%C3%A9.yaml"
    assert place["region"] == {"startLine": 1}
    (related,) = elsewhere["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "kb/b%20%C3%A9.yaml"


@given(HOSTILE.filter(lambda text: not re.search("[\ud800-\udfff]", text)), HOSTILE)
def test_sarif_of_anything_is_valid(file: str, message: str) -> None:
    problem = replace(PROBLEM, file=file or "x", message=message or "x")
    valid(sarif.as_sarif(Findings(problems=(problem,), prefix="kb/")))


def test_a_name_that_is_not_utf_8_is_named_by_its_bytes() -> None:
    said = Findings(problems=(replace(PROBLEM, file="b\udcff.yaml"),))
    (result,) = valid(sarif.as_sarif(said))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%FF.yaml"


def test_a_check_says_what_it_found_as_sarif(small: Path) -> None:
    break_a_record(small)
    done = run("check", "--root", small, "--format", "sarif")
    assert done.exit_code == 1
    assert [each["ruleId"] for each in valid(done.stdout)["results"]] == ["KB101"]


def test_files_are_named_from_the_top_of_the_repository(small: Path) -> None:
    break_a_record(small)
    git(small.parent, "init", "-q")
    done = run("check", "--root", small, "--format", "sarif")
    (result,) = valid(done.stdout)["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place.startswith("small/sessions/")
    said = json.loads(run("check", "--root", small, "--format", "json").stdout)
    assert said["prefix"] == "small/"
    assert said["problems"][0]["file"].startswith("sessions/")
