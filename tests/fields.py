"""The fields of records, as tables for the guide that has all of them, made from the models."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import get_annotations

from pydantic import BaseModel

from kbsite import models, records


def table(model: type[BaseModel]) -> list[str]:
    """The lines of a table of the fields that a model itself declares.

    It has two columns, for more are not read on a phone.
    """
    names = get_annotations(model)
    own = (key for name, key in _keys(model) if name in names)
    rows = [("field", "what it holds"), ("---", "---"), *(_row(model, key) for key in own)]
    return [f"| {' | '.join(row)} |" for row in rows]


def every_model() -> list[type[BaseModel]]:
    """The models of all files, and those of their parts."""
    out: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [*models.MODELS.values(), records.PlainPage]
    while waiting:
        model = waiting.pop()
        out[model.__name__] = model
        waiting += filter(None, (models.model_at(model, (key,)) for key in models.keys(model)))
    return [out[name] for name in sorted(out)]


def declaring(model: type[BaseModel], key: str) -> str:
    """The name of the model that says what a field is: this one, or one that it builds on."""
    name = next(name for name, own in _keys(model) if own == key)
    return next(each.__name__ for each in model.__mro__ if name in get_annotations(each))


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """What fields are called in Python and in a file."""
    return zip(model.model_fields, models.keys(model), strict=True)


def _row(model: type[BaseModel], key: str) -> tuple[str, str]:
    return f"`{key}`", " ".join(_sentences(model, key))


def _sentences(model: type[BaseModel], key: str) -> Iterator[str]:
    info = models.keys(model)[key]
    if info.is_required():
        yield "Required."
    yield models.description(model, key)
    if words := models.allowed_words(model, key):
        usual = f"`{info.default}` unless you say otherwise; also " if info.default else ""
        others = ", ".join(f"`{word}`" for word in words if word != info.default)
        yield f"{usual or 'One of '}{others}."
    if inner := models.model_at(model, (key,)):
        yield f"Keys: {', '.join(f'`{each}`' for each in models.keys(inner))}."
    if examples := models.examples(model, key):
        yield f"Example: {' or '.join(f'`{each}`' for each in examples)}"
