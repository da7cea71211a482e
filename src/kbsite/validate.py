"""One record's data to a model and its problems, every one of them in a single pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbsite import cures, models, records, slugs
from kbsite.errors import Problem
from kbsite.fields import did_you_mean, shown
from kbsite.rules import check_rules
from kbsite.salvage import salvage
from kbsite.sources import Path, Source

M = TypeVar("M", bound=BaseModel)

_SHAPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
}
_PLAIN = re.compile(r"(?!(?i:true|false|null)\Z)[A-Za-z][\w ./-]{0,58}\w\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked(Generic[M]):
    """A record, its source, and the problems it has by itself.

    `record` is None when too little of the file could be used; `lost` names its fields that are not
    what the file says, because that was refused.
    """

    record: M | None
    source: Source
    problems: tuple[Problem, ...]
    lost: frozenset[str] = frozenset()


def check(model: type[M], data: Any, source: Source) -> Checked[M]:
    """Validate `data`, as read from `source`, against `model`."""
    if not isinstance(data, dict):
        problem = source.problem(
            "KB103",
            (),
            f"expected a mapping of keys and values, found {described(data)}",
            f"write keys and values, one to a line, as '{_beginning(model)}'",
        )
        return Checked(record=None, source=source, problems=(problem,))
    data = without_nothing(data)
    try:
        record = model.model_validate(data)
    except ValidationError as refused:
        return _with_refused(model, data, source, refused.errors(include_url=False))
    return Checked(
        record=record, source=source, problems=tuple(check_rules(record, source, frozenset()))
    )


def _with_refused(
    model: type[M], data: dict[str, Any], source: Source, details: Sequence[ErrorDetails]
) -> Checked[M]:
    misspelt = {
        (*detail["loc"][:-1], models.meant_key(model, detail["loc"]))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    problems = tuple(
        _problem(model, detail, source)
        for detail in details
        if detail["type"] != "missing" or detail["loc"] not in misspelt
    )
    rest = salvage(model, data, details)
    if rest is None:
        return Checked(record=None, source=source, problems=problems)
    source = replace(source, kept=rest.kept)
    return Checked(
        record=rest.record,
        source=source,
        problems=(*problems, *check_rules(rest.record, source, rest.lost)),
        lost=rest.lost,
    )


def without_nothing(data: Any) -> Any:
    """`data` less the keys that have no value: a key left empty is a key left out."""
    if isinstance(data, dict):
        return {
            key: value if isinstance(value, str) else without_nothing(value)
            for key, value in data.items()
            if value is not None
        }
    if isinstance(data, list):
        return [item if isinstance(item, str) else without_nothing(item) for item in data]
    return data


# What pydantic found, in words


def _problem(model: type[BaseModel], detail: ErrorDetails, source: Source) -> Problem:
    path: Path = detail["loc"]
    kind, found = detail["type"], detail["input"]
    holder = models.model_at(model, path[:-1]) or model
    last = str(path[-1])
    if kind == "extra_forbidden":
        every = "known here: " + ", ".join(sorted(models.keys(holder)))
        meant = models.meant_key(model, path)
        hint = did_you_mean([meant]) if meant else every
        mended = cures.renaming(source, path, meant) if meant else ()
        return source.problem("KB101", path, f"unknown key '{last}'", hint, key=True, cures=mended)
    if kind == "missing":
        what = "has no value" if source.holds(path) else "is missing"
        return source.problem_of_absence(
            "KB102", path, f"the required key '{last}' {what}", _example(holder, last, found)
        )
    if kind == "literal_error":
        words = models.allowed_words(holder, last)
        near = slugs.nearest(str(found), words, count=1)
        return source.problem(
            "KB105",
            path,
            f"unknown {last} {shown(found)}",
            did_you_mean(near, "allowed: " + ", ".join(words)),
            cures=[cure for word in near or words for cure in cures.writing(source, path, word)],
        )
    if kind in _SHAPES:
        return source.problem(
            "KB103",
            path,
            f"expected {_SHAPES[kind]}, found {described(found)}",
            _shape_hint(model, path, _SHAPES[kind], found),
        )
    context = detail.get("ctx", {})
    return source.problem(
        kind if kind.startswith("KB") else "KB103",
        path,
        str(context.get("message", detail["msg"])),
        str(context.get("hint", "")),
        cures=[
            cure
            for at, value in enumerate(context.get("instead", ()))
            for cure in cures.writing(
                source, path, value, certain=bool(context.get("certain")) and at == 0
            )
        ],
    )


def described(value: Any) -> str:
    """A value as messages name it.

    >>> described("a"), described([]), described(None)
    ("the text 'a'", 'a list', 'nothing')
    """
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"the number {shown(value)[1:-1]}"
    return shown(value)


def _example(holder: type[BaseModel], key: str, given: Any) -> str:
    line = models.example(holder, key)
    if holder is records.Learning and key == "id":
        text = given.get("text") if isinstance(given, dict) else None
        words = slugs.slug(text if isinstance(text, str) else "").split("-")[:4]
        line = f"id: {'-'.join(words)}" if any(words) else line
        return f"add a short id that never changes, as '{line}'"
    meaning = models.description(holder, key).removesuffix(".")
    return f"add it, as '{line}' ({meaning[0].lower()}{meaning[1:]})"


def _beginning(model: type[BaseModel]) -> str:
    """A line to begin a record with."""
    return models.example(model, models.first_key(model))


def _only_text(found: Any) -> str:
    """The one item of a list, if it is a short plain text that may stand without quotes."""
    only = found[0] if isinstance(found, list) and len(found) == 1 else None
    return only if isinstance(only, str) and _PLAIN.match(only) else ""


def _shape_hint(model: type[BaseModel], path: Path, expected: str, found: Any) -> str:
    inner = models.model_at(model, path)
    if expected == "a list":
        return _list_hint(models.model_at(model, path[:-1]) or model, str(path[-1]), found)
    if found is None:
        return "write something after the '- ', or remove it"
    if expected == "text":
        if isinstance(found, bool):
            return f'put it into quotes: "{str(found).lower()}"'
        if isinstance(found, dict):
            return "write one text, not keys and values; a text that holds ': ' goes into quotes"
        quoting = "a text that begins with '[' goes into quotes"
        if found_one := _only_text(found):
            key = f"{path[-1]}: " if isinstance(path[-1], str) else ""
            return f"write {key}{found_one}; {quoting}"
        return f"write one text; {quoting}"
    if inner and isinstance(path[-1], int):
        key, _, example = _beginning(inner).partition(": ")
        return f"write '{key}: {found if isinstance(found, str) else example}' after the '- '"
    keys = ", ".join(models.keys(inner)) if inner else ""
    return f"write the keys on lines of their own below it, indented: {keys}"


def _list_hint(holder: type[BaseModel], key: str, found: Any) -> str:
    inner = models.model_at(holder, (key,))
    if isinstance(found, dict):
        return (
            "put '- ' before the first key of each item"
            if inner
            else "write each item on a line of its own after '- '"
        )
    if inner:
        return f"begin each item on a line of its own, as '- {_beginning(inner)}'"
    if isinstance(found, bool):  # which is no text either
        return f"write {models.example(holder, key)}"
    item = shown(found).strip("'")
    return f"write {key}: [{item}], or each item on a line of its own after '- '"
