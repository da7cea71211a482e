"""JSON Schemas 2020-12 of records, made from their models: what editors and other programs read.

A schema describes the whole of a YAML record, or the front matter of a page. It says what a field
is, not how fields belong together: that is for `check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kbsite import models
from kbsite.catalog import THINGS, Thing
from kbsite.fields import REFERS, Refers

SCHEMAS = ".vscode/schemas"  # where those of a knowledge base are for editors

_WORDS = ("title", "description", "examples")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: Mapping[str, Thing] = {thing.noun: thing for thing in THINGS if thing.name in models.MODELS}
LISTED = frozenset(  # the things whose ids schemas list: all to which fields refer
    mark.thing.name for model in models.MODELS.values() for _, mark in models.marked(model, Refers)
)


def schema(kind: str, known: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
    """The schema of one of KINDS.

    `known` are ids by the name of the thing that has them: editors offer them where a field names
    such a thing. Names and other spellings may stand there too, so that no schema refuses them.
    """
    thing = KINDS[kind]
    made = models.MODELS[thing.name].model_json_schema()
    what = "front matter" if thing.ending == ".md" else "record"
    head = {
        "$schema": DIALECT,
        "title": f"The {what} of {'an' if kind[0] in 'aeiou' else 'a'} {kind}",
        "description": f"{_where(thing)}.",
    }
    rest = {key: value for key, value in made.items() if key not in head}
    whole = {**head, **_polished(rest, known or {})}
    text = repr(whole)
    used = {_ids(name): {"enum": list(ids)} for name, ids in (known or {}).items() if ids}
    used = {name: ids for name, ids in used.items() if repr(_reference(name)) in text}
    return {**whole, "$defs": {**whole.get("$defs", {}), **used}} if used else whole


def _ids(name: str) -> str:
    return f"ids-of-{name}"


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _where(thing: Thing) -> str:
    if thing.file:
        return f"{thing.folder}/EVENT/{thing.file}"
    inside = "EVENT/" if thing.folder == "sessions" else ""
    return f"{thing.folder}/{inside}NAME{thing.ending}"


def _polished(node: Any, known: Mapping[str, Sequence[str]]) -> Any:
    """A part of a schema as files are read: a number may stand for a text, a key may be left empty.

    What the models say of themselves is for who reads the code, and left out.
    """
    if isinstance(node, list):
        return [_polished(each, known) for each in node]
    if not isinstance(node, dict):
        return node
    left_out = {"default", *(["description"] if "properties" in node else [])}
    node = {key: _polished(value, known) for key, value in node.items() if key not in left_out}
    for key, field in node.get("properties", {}).items():
        if key not in node.get("required", ()):
            node["properties"][key] = _or_nothing(field)
    named = node.pop(REFERS, None)
    if node.get("type") == "string" and not {"enum", "const", "pattern", "format"} & node.keys():
        node["type"] = ["string", "number"]
    if isinstance(named, str) and known.get(named):
        return {"anyOf": [_reference(_ids(named)), node]}
    return node


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    """A field whose key may stand without a value, which is as if it were not there."""
    nothing = {"type": "null"}
    if field.get("type") == "boolean":
        return field
    if "anyOf" in field:
        return field if nothing in field["anyOf"] else field | {"anyOf": [*field["anyOf"], nothing]}
    about = {key: value for key, value in field.items() if key in _WORDS}
    rest = {key: value for key, value in field.items() if key not in _WORDS}
    return {**about, "anyOf": [rest, nothing]}
