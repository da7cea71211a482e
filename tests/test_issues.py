"""Learnings that strangers send with a form of GitHub's: every answer is hostile text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kbsite.authoring import issues
from kbsite.authoring.asks import CONTRIBUTOR
from kbsite.cli import main
from kbsite.errors import UsageError
from tests.conftest import REPO

TALK = "sessions/example-conf-2031/kernel-news.yaml"
FORM = REPO / ".github" / "ISSUE_TEMPLATE" / "learning.yml"
SAID = {
    "Session": "example-conf-2031/kernel-news",
    "What you learned": "A kernel that copies less\nneeds no faster code.",
    "How you know": "Said in the session",
    "Who said it": "Ada Example",
    "Minute of the recording": "_No response_",
    "Your name": "_No response_",
}


def event(**said: str) -> str:
    answers = SAID | {label.replace("_", " "): text for label, text in said.items()}
    body = "\n\n".join(f"### {label}\n\n{text}" for label, text in answers.items())
    return json.dumps({"issue": {"body": body, "user": {"login": "cem"}}})


def add(root: Path, text: str) -> Any:
    file = root.parent / "event.json"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(
        main, ["new", "learning", "--from-issue", str(file), "--root", str(root)]
    )


def learnings(root: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load((root / TALK).read_text())["learnings"]
    return found


def test_the_form_asks_what_is_read() -> None:
    asked = {
        each["attributes"]["label"]: each
        for each in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"]
        if each["type"] != "markdown"
    }
    assert [*asked] == [*issues.LABELS]
    assert asked["Session"]["id"] == "session", "pages of sessions fill it in"
    (page, *_) = yaml.safe_load(FORM.with_name("record.yml").read_text(encoding="utf-8"))["body"]
    assert page["id"] == "page", "so do all pages, where they lead to a report"
    assert asked["How you know"]["attributes"]["options"] == [*issues.CHOICES]


def test_an_issue_becomes_a_learning_of_the_session_that_it_names(small: Path) -> None:
    before = learnings(small)
    done = add(small, event())
    assert done.exit_code == 0, done.stderr
    *others, new = learnings(small)
    assert others == before
    assert new | {"id": ""} == {
        "id": "", "text": SAID["What you learned"],
        "by": "Ada Example", "basis": "said",
    }  # fmt: skip


def test_who_gives_no_name_goes_by_that_on_github() -> None:
    assert issues.answers(event())[CONTRIBUTOR] == "cem"
    assert issues.answers(event(Your_name="Cem Example"))[CONTRIBUTOR] == "Cem Example"


def test_what_is_no_answer_is_none() -> None:
    assert issues.answers(event()).keys() == {"session", "text", "basis", "by", CONTRIBUTOR}


def test_an_answer_may_look_like_the_form() -> None:
    text = "One.\n\n### Session\n\nexample-conf-2031/silent\n\n## Two"
    said = issues.answers(event(What_you_learned=text))
    assert said["session"] == SAID["Session"]
    assert said["text"] == text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"Session": "../../etc/passwd"}, "there is no session '../../etc/passwd'"),
        ({"Session": "$(touch x)"}, "there is no session '$(touch x)'"),
        ({"Session": "_No response_"}, "say which session"),
        ({"How_you_know": "A dream"}, "--basis: "),
        ({"Who_said_it": "Nobody Here"}, "Nobody Here"),
        ({"Minute_of_the_recording": "soon"}, "--at: "),
        ({"What_you_learned": "x" * 70_000}, ""),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    small: Path, said: dict[str, str], told: str
) -> None:
    before = (small / TALK).read_bytes()
    done = add(small, event(**said))
    assert done.exit_code in {1, 2}, done.output
    assert told in done.stderr
    assert (small / TALK).read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"issue": 3}', '{"issue": {"body": null}}',
             '{"issue": {"body": "Hello"}}', '{"issue": {"body": "", "user": 3}}', "[" * 99_999],
)  # fmt: skip
def test_what_is_no_such_issue_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        issues.answers(text)


@given(st.dictionaries(st.sampled_from([*issues.LABELS]), st.text()), st.text())
def test_nothing_that_is_typed_is_lost_or_fails(said: dict[str, str], other: str) -> None:
    body = "\r\n".join(f"### {label}\r\n\r\n{text}\r\n" for label, text in said.items()) + other
    try:
        found = issues.answers(json.dumps({"issue": {"body": body}}))
    except UsageError:
        return
    assert {*found} <= {*issues.LABELS.values()}


HOSTILE = ("'; rm -rf /; '", "a: b\n- c", "&a *a !!python/object:os.system x", "{{ 1 }}", "# x")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_learned_stays_text(small: Path, text: str) -> None:
    count = len(learnings(small))
    done = add(small, event(What_you_learned=f"Read {text}"))
    if done.exit_code == 0:
        assert learnings(small)[-1]["text"].split() == f"Read {text}".split()
    else:
        assert len(learnings(small)) == count
        assert done.stderr
