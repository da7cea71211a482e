"""One record's data: every problem in one pass, and what remains when some of it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from kbsite import models, records
from kbsite.parse import parse_page, parse_record
from kbsite.validate import Checked, check, without_nothing
from kbsite.yamlfile import read
from tests.odd_records import ODD, WHOLE, as_yaml, variants


def session(text: str) -> Checked[records.Session]:
    """The record of `text`, and of somebody who stands for it."""
    text += "basis: inferred\nprovenance: {contributed_by: Cem Example}\n"
    return parse_record(records.Session, "talk.yaml", text)


def said(checked: Checked[Any]) -> list[str]:
    return [f"{p.line}:{p.column} {p.code} {p.field}" for p in checked.problems]


@pytest.mark.parametrize(("model", "data"), WHOLE)
def test_a_record_with_every_field_is_fine(model: type[BaseModel], data: dict[str, Any]) -> None:
    checked = parse_record(model, "x.yaml", as_yaml(data))
    assert said(checked) == []
    assert checked.record is not None
    assert checked.lost == frozenset()
    of_the_theme = (
        {"hide", "icon", "search", "status", "tags"} if "hide" in model.model_fields else ()
    )
    assert set(data) == set(models.keys(model)).difference(of_the_theme)


@pytest.mark.parametrize(("model", "data"), WHOLE)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_any_value_anywhere_is_used_or_is_a_problem_at_its_place(
    model: type[BaseModel], data: dict[str, Any], odd: Any
) -> None:
    whole = parse_record(model, "x.yaml", as_yaml(data)).record
    for changed in variants(data, odd):
        text = as_yaml(changed)
        checked = parse_record(model, "x.yaml", text)
        lines = text.split("\n")
        for problem in checked.problems:
            assert problem.message
            assert problem.source == (lines[problem.line - 1] if problem.line else "")
            assert problem.column <= len(problem.source) + 1
        if not checked.problems:
            assert checked.lost == frozenset()
            left_out = odd is None  # and may be what it is without being said
            assert left_out or (checked.record == whole) == (changed == data), text


def test_a_key_left_empty_is_a_key_left_out() -> None:
    assert without_nothing({"a": None, "b": [None, {"c": None}]}, []) == {"b": [None, {}]}


def test_one_pass_finds_everything_in_a_record() -> None:
    text = "titel: One\nkind: x\nspeakers: [{name: [A]}, {nam: B}]\nstart: 1\nlinks: [{url: x}]\n"
    assert said(session(text)) == [
        "3:26 KB101 speakers[1].nam",
        "1:1 KB101 titel",
        "2:7 KB105 kind",
        "4:8 KB107 start",
        "3:19 KB103 speakers[0].name",
        "5:15 KB109 links[0].url",
    ]


def test_items_after_a_refused_one_keep_their_places() -> None:
    checked = session("title: One\nquotes:\n- {text: A, by: X}\n- [B]\n- {text: C, by: Y}\n")
    assert said(checked) == [
        "4:3 KB103 quotes[1]",
        "3:17 KB201 quotes[0].by",
        "5:17 KB201 quotes[2].by",
    ]
    assert checked.record is not None
    assert [quote.text for quote in checked.record.quotes] == ["A", "C"]


def test_nothing_is_said_of_what_depends_on_a_refused_value() -> None:
    refused_speaker = "title: One\nspeakers: [{name: [Ada]}]\nquotes: [{text: A, by: Ada}]\n"
    assert said(session(refused_speaker)) == ["2:19 KB103 speakers[0].name"]
    misspelt_speakers = "title: One\nspeaker: [{name: Ada}]\nquotes: [{text: A, by: Ada}]\n"
    assert said(session(misspelt_speakers)) == ["2:1 KB101 speaker"]
    refused_start = "title: One\nstart: soon\nend: 2031-04-01\n"
    assert said(session(refused_start)) == ["2:8 KB107 start"]
    misspelt_title = "tittle: One\n"
    assert said(session(misspelt_title)) == ["1:1 KB101 tittle"]


def test_the_rest_of_a_record_is_kept() -> None:
    checked = session(
        "title: [One]\nroom: {}\nlearnings:\n- {id: A B, text: x}\n- {id: two, text: [y], at: 9}\n"
        "figures: [{valu: 1, labl: x}, {value: 2, label: y}]\n"
    )
    record = checked.record
    assert record is not None
    assert record.title == "untitled"
    assert [learning.id for learning in record.learnings] == ["two"]
    assert [figure.value for figure in record.figures] == ["2"]
    assert {"title", "room", "learnings", "learnings.at", "figures"} <= checked.lost


def test_a_record_without_what_everything_hangs_on_is_not_used() -> None:
    checked = parse_record(
        records.Event, "event.yaml", "name: X\ntimezone: UTC\nstart: x\nend: y\n"
    )
    assert checked.record is None
    assert said(checked) == ["3:8 KB107 start", "4:6 KB107 end"]


def test_the_items_of_a_list_may_repeat_and_be_many() -> None:
    text = "title: One\nthemes:\n" + "- kernel\n" * 50 + "- [x]\n" * 50
    assert len(session(text).problems) == 50


def test_a_list_with_too_many_items_is_one_problem_and_lost() -> None:
    text = "title: One\nspeakers:\n" + "".join(f"- name: Ada {at} !!\n" for at in range(4000))
    checked = session(text)
    assert said(checked) == ["2:1 KB119 speakers"]
    assert checked.lost == {"speakers"}
    assert checked.record is not None
    assert checked.record.speakers == ()


@pytest.mark.parametrize("body", ["", "Text.\n", "---\n", "\n---\nmore\n---\n"])
def test_the_prose_of_a_page_is_what_follows_its_front_matter(body: str) -> None:
    checked = parse_page(records.Theme, "x.md", f"---\nname: Kernels\n---\n{body}")
    assert checked.record is not None
    assert checked.source.body.strip() == body.strip()


@pytest.mark.parametrize(
    "text",
    ["", "\n", "Text", "---", "---\n", "---\nname: x", "--- \nname: x\n", "- - -\n", "-----"],
)
def test_a_page_without_front_matter_is_one_problem(text: str) -> None:
    checked = parse_page(records.Theme, "x.md", text)
    assert checked.record is None
    assert [problem.code for problem in checked.problems] in (["KB018"], ["KB014"])


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("name: x\n", []),
        ("\n\nname: x\n\n", []),
        ("# only a comment\n", ["KB102"]),
        ("name: x\nname: y\n", ["KB011"]),
        ("- x\n", ["KB103"]),
        ("x\n", ["KB103"]),
        ("name: x\n  y: z\n", ["KB010"]),
        ("name: |\n  ---\n", []),
        ("{name: x}\n", []),
        ("name: x\n...\n", []),
    ],
)
def test_front_matter_is_read_by_the_rules_of_yaml(front: str, expected: list[str]) -> None:
    checked = parse_page(records.Theme, "x.md", f"---\n{front}---\nText.\n")
    assert [problem.code for problem in checked.problems] == expected


def test_yaml_that_was_read_can_be_checked_again() -> None:
    source = parse_record(records.Session, "talk.yaml", "title: One\n").source
    assert check(records.Session, read("title: One"), source).record is not None
