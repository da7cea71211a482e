"""The models say in words what their fields are, and their schemas are for editors."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel, ValidationError

from kbsite import models, records, yamlfile
from tests import fields

MODELS = [
    records.Session,
    records.Event,
    records.Theme,
    records.Extension,
    records.ProjectExtension,
    records.Article,
    records.Shift,
    records.Report,
]


@pytest.mark.parametrize("model", MODELS)
def test_every_model_gives_a_json_schema_without_other_keys(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(models.keys(model))


@pytest.mark.parametrize("model", fields.every_model(), ids=lambda model: str(model.__name__))
def test_every_field_says_in_words_what_it_is(model: type[BaseModel]) -> None:
    for key, info in models.keys(model).items():
        assert info.title, key
        assert re.fullmatch(r"[A-Z`].+[^.]\.", models.description(model, key)), key
        assert models.examples(model, key), key
    titles = [info.title for info in model.model_fields.values()]
    assert len(titles) == len(set(titles))


EXAMPLES = [
    (model, key, example)
    for model in fields.every_model()
    for key in models.keys(model)
    for example in models.examples(model, key)
]


@pytest.mark.parametrize(("model", "key", "example"), EXAMPLES)
def test_an_example_of_a_field_can_be_written_as_it_is_shown(
    model: type[BaseModel], key: str, example: str
) -> None:
    lines = {name: models.example(model, name) for name in models.required(model)}
    text = "\n".join({**lines, key: f"{key}: {example}"}.values())
    record = model.model_validate(yamlfile.read(text))
    info = models.keys(model)[key]
    name = next(name for name, each in model.model_fields.items() if each is info)
    assert getattr(record, name) != model.model_fields[name].default


@pytest.mark.parametrize("model", MODELS)
def test_required_fields_have_no_default_and_all_others_do(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    required = {name for name, info in models.keys(model).items() if info.is_required()}
    assert set(schema.get("required", [])) == required
    assert required <= {"title", "name", "timezone", "start", "end", "author"}


def test_a_record_cannot_be_changed() -> None:
    session = records.Session(title="One")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(session, "title", "Two")  # noqa: B010  # mypy knows that it is frozen


def test_a_session_needs_nothing_but_a_title() -> None:
    session = records.Session.model_validate({"title": "One"})
    assert (session.kind, session.status, session.publish) == ("talk", "held", True)
    assert (*session.speakers, *session.themes, *session.learnings) == ()


def test_the_model_at_a_path_is_found_through_lists() -> None:
    assert models.model_at(records.Session, ()) is records.Session
    assert models.model_at(records.Session, ("links",)) is records.Link
    assert models.model_at(records.Session, ("links", 3)) is records.Link
    assert models.model_at(records.Session, ("provenance",)) is records.Provenance
    assert models.model_at(records.Session, ("title",)) is None
    assert models.model_at(records.Session, ("links", 3, "url", 0)) is None
    assert models.model_at(records.Session, ("nothing", 0)) is None


def test_the_words_of_a_field_with_a_fixed_set_are_known() -> None:
    assert models.allowed_words(records.Session, "level") == (
        "beginner",
        "intermediate",
        "advanced",
        "any",
    )
    assert "keynote" in models.allowed_words(records.Session, "kind")
    assert models.allowed_words(records.Session, "title") == ()
    assert models.allowed_words(records.Session, "nothing") == ()
