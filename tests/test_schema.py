"""JSON Schemas of records: they take what kbsite takes, and refuse what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from kbsite import models, yamlfile
from kbsite.cli import main
from kbsite.load import load
from kbsite.schema import KINDS, schema
from tests.conftest import REPO, SMALL

KEPT = REPO / ".vscode" / "schemas"


def validator(kind: str, known: Mapping[str, list[str]] | None = None) -> Draft202012Validator:
    return Draft202012Validator(schema(kind, known))


def faults(kind: str, text: str) -> list[str]:
    return [error.message for error in validator(kind).iter_errors(yamlfile.read(text))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_by_the_rules_of_2020_12(kind: str) -> None:
    made = schema(kind, {"theme": ["ebpf"], "project": ["tiny-kernel"]})
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert made["properties"].keys() == models.keys(models.MODELS[KINDS[kind].name]).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_it_is_and_shows_an_example_that_it_takes(kind: str) -> None:
    made = schema(kind)
    holders = [made, *made.get("$defs", {}).values()]
    for holder in holders:
        for key, field in holder.get("properties", {}).items():
            assert "title" in field or "$ref" in field["anyOf"][0], key
            assert field["description"], key
            checked = Draft202012Validator({**field, "$defs": made.get("$defs", {})})
            for example in field["examples"]:
                value = yamlfile.read(example) if isinstance(example, str) else example
                assert [error.message for error in checked.iter_errors(value)] == [], key


@pytest.mark.parametrize("own", [False, True], ids=["small", "of the repo's own"])
def test_records_without_problems_are_by_their_schemas(sampled: Path, *, own: bool) -> None:
    library, problems = load(sampled if own else SMALL)
    assert problems == []
    seen = 0
    for kind, thing in KINDS.items():
        checker = validator(kind)
        for entry in library.of(thing).values():
            data = yamlfile.read(entry.source.front)
            assert [error.message for error in checker.iter_errors(data)] == [], entry.source.path
            seen += 1
    assert seen > (100 if own else 10)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: A\ntittle: B\n", "'tittle' was unexpected"),
        ("kind: talk\n", "'title' is a required property"),
        ("title: A\nlevel: expert\n", "'expert' is not valid under any of the given schemas"),
        ("title: A\nthemes: ebpf\n", "'ebpf' is not valid under any of the given schemas"),
        ("title: A\npublish:\n", "None is not of type 'boolean'"),
        ("title: A\nspeakers:\n  - Ada Example\n", "is not valid under any of the given schemas"),
        ("title: [A]\n", "['A'] is not of type 'string', 'number'"),
    ],
)
def test_what_an_editor_should_underline_is_refused(text: str, said: str) -> None:
    assert [said in fault for fault in faults("session", text)] == [True]


@pytest.mark.parametrize(
    "text",
    ["title: 1984\n", "title: A\nroom:\nthemes:\n", "title: A\nlearnings:\n  - {id: a, text: 4}\n"],
)
def test_what_kbsite_takes_is_not_refused(text: str) -> None:
    assert faults("session", text) == []


def test_known_ids_are_offered_and_other_spellings_are_taken() -> None:
    known = {"theme": ["ebpf", "seeing"], "report": []}
    parts = schema("session", known)["$defs"]
    assert parts["ids-of-theme"] == {"enum": ["ebpf", "seeing"]}
    assert "ids-of-report" not in parts
    spelt = {"title": "A", "themes": ["ebpf", "eBPF", "Extended BPF"]}
    assert validator("session", known).is_valid(spelt)


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["schema", *args])
    return done.exit_code, done.output


def test_the_schemas_of_the_repo_are_those_of_its_models_and_records() -> None:
    code, said = run("--root", str(REPO), "--into", str(KEPT), "--check")
    assert (code, said) == (0, ""), "write them anew: make schemas"
    assert sorted(path.stem for path in KEPT.iterdir()) == sorted(KINDS)


def test_an_editor_is_told_which_schema_is_for_which_record() -> None:
    settings = json.loads((REPO / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert {(REPO / path).is_file() for path in settings["yaml.schemas"]} == {True}


def test_schemas_are_written_only_where_something_is_new(tmp_path: Path, small: Path) -> None:
    into = ("--root", str(small), "--into", str(tmp_path / "new"))
    code, said = run(*into, "--check")
    assert code == 1
    assert "to write it anew: kbsite schema --into" in said
    assert run(*into) == (0, f"9 of 9 schemas were written to {tmp_path}/new/\n")
    assert run(*into, "--check") == (0, "")
    (small / "themes" / "new.md").write_text("---\nname: New\n---\n")
    assert run(*into)[1].startswith("4 of 9 schemas")


def test_one_schema_is_printed_as_it_is_written(small: Path) -> None:
    code, said = run("theme", "--root", str(small))
    known: Any = json.loads(said)["$defs"]["ids-of-theme"]["enum"]
    assert code == 0
    assert "kernel" in known


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sesion"], "there is no kind of record 'sesion'; did you mean 'session'?"),
        ([], "name one of the kinds of records: event, session, theme, speaker, organisation, "),
        (["--check"], "--into DIR writes all kinds, and --check goes with it"),
    ],
)
def test_what_cannot_be_given_is_said(args: list[str], said: str) -> None:
    code, told = run(*args, "--root", str(SMALL))
    assert code == 2
    assert said in told
