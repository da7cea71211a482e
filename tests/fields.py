"""The tables of fields in the documents, made from the models.

A table stands between two marks, of which the first names the model whose own fields it has; what
a model has from another is in the table of that one. A page for phones leaves the examples out.

    python -m tests.fields    writes every table; then read the diff
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import get_annotations
from pathlib import Path

from pydantic import BaseModel

from kbsite import models, records

REPO = Path(__file__).parents[1]
DOCUMENTS = (REPO / "CONTRIBUTING.md", REPO / "content" / "contribute.md")
_TABLE = re.compile(
    r"(?P<begin><!-- fields of (?P<model>\w+)(?P<bare> without examples)?, "
    r'written by "make fields" -->\n\n)'
    r"(?P<rows>.*?)"
    r"(?P<end>\n<!-- end of fields -->)",
    re.DOTALL,
)


def tables(text: str) -> list[tuple[str, list[str]]]:
    """The tables of a document: the name of the model of each, and its lines."""
    return [(found["model"], found["rows"].splitlines()) for found in _TABLE.finditer(text)]


def with_tables(text: str) -> str:
    """A document with its tables as the models are now."""

    def written(found: re.Match[str]) -> str:
        lines = table(getattr(records, found["model"]), examples=not found["bare"])
        rows = "".join(f"{line}\n" for line in lines)
        return f"{found['begin']}{rows}{found['end']}"

    return _TABLE.sub(written, text)


def table(model: type[BaseModel], *, examples: bool) -> list[str]:
    """The lines of a table of the fields that a model itself declares."""
    names = get_annotations(model)
    own = (key for name, key in _keys(model) if name in names)
    rows = [("field", "what it holds", "example"), ("---",) * 3, *(_row(model, key) for key in own)]
    return [f"| {' | '.join(row if examples else row[:2])} |" for row in rows]


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


def _row(model: type[BaseModel], key: str) -> tuple[str, ...]:
    cells = (
        f"`{key}`",
        " ".join(_sentences(model, key)),
        " or ".join(f"`{each}`" for each in models.examples(model, key)),
    )
    return tuple(cell.replace("|", r"\|") for cell in cells)


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


if __name__ == "__main__":
    for _path in DOCUMENTS:
        _path.write_text(with_tables(_path.read_text(encoding="utf-8")), encoding="utf-8")
