"""The models mirror the fields that are documented, and their schemas are for editors."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel, ValidationError

from kbsite import records
from tests.conftest import REPO

MODELS = [
    records.Session,
    records.Event,
    records.Theme,
    records.Extension,
    records.ProjectExtension,
    records.Article,
    records.Shift,
]


@pytest.mark.parametrize("model", MODELS)
def test_every_model_gives_a_json_schema_without_other_keys(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(model.model_fields)


def documented() -> dict[str, str]:
    """The table of a session's fields in CONTRIBUTING.md: names to descriptions."""
    text = (REPO / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text[text.index("| field | what it holds |") :].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ", 1) for line in table.splitlines()[2:]]
    return {name: holds for names, holds in rows for name in re.findall(r"`(\w+)`", names)}


def test_every_field_that_is_documented_is_a_field_of_the_models() -> None:
    fields = documented()
    named = {word for holds in fields.values() for word in re.findall(r"`([a-z_]+)`", holds)}
    nested = {
        name
        for field in fields
        if (model := records.model_at(records.Session, (field, 0))) is not None
        for name in model.model_fields
    }
    assert set(fields) <= set(records.Session.model_fields)
    assert named - {"false"} <= nested | set(records.Session.model_fields)
    assert set(records.Session.model_fields) <= set(fields) | named


@pytest.mark.parametrize(
    "field", [name for name in documented() if records.model_at(records.Session, (name, 0))]
)
def test_the_keys_of_a_nested_record_are_those_documented(field: str) -> None:
    model = records.model_at(records.Session, (field, 0))
    assert model is not None
    assert set(re.findall(r"`([a-z_]+)`", documented()[field])) == set(model.model_fields)


@pytest.mark.parametrize("model", MODELS)
def test_required_fields_have_no_default_and_all_others_do(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    required = {name for name, info in model.model_fields.items() if info.is_required()}
    assert set(schema.get("required", [])) == required
    assert required <= {"title", "name", "timezone", "start", "end"}


def test_a_record_cannot_be_changed() -> None:
    session = records.Session(title="One")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(session, "title", "Two")  # noqa: B010  # mypy knows that it is frozen


def test_a_session_needs_nothing_but_a_title() -> None:
    session = records.Session.model_validate({"title": "One"})
    assert (session.kind, session.status, session.publish) == ("talk", "held", True)
    assert (*session.speakers, *session.themes, *session.learnings) == ()


def test_the_model_at_a_path_is_found_through_lists() -> None:
    assert records.model_at(records.Session, ()) is records.Session
    assert records.model_at(records.Session, ("links",)) is records.Link
    assert records.model_at(records.Session, ("links", 3)) is records.Link
    assert records.model_at(records.Session, ("provenance",)) is records.Provenance
    assert records.model_at(records.Session, ("title",)) is None
    assert records.model_at(records.Session, ("links", 3, "url", 0)) is None
    assert records.model_at(records.Session, ("nothing", 0)) is None


def test_the_words_of_a_field_with_a_fixed_set_are_known() -> None:
    assert records.allowed_words(records.Session, "level") == (
        "beginner",
        "intermediate",
        "advanced",
        "any",
    )
    assert "keynote" in records.allowed_words(records.Session, "kind")
    assert records.allowed_words(records.Session, "title") == ()
    assert records.allowed_words(records.Session, "nothing") == ()
