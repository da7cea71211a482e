"""Values of another shape than their field takes: what they are in its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbsite import models, records, slugs
from kbsite.fields import Markdown, Refers, scheme_problem
from kbsite.meant import NOTHING, Meaning, ids, links, people, rows, words
from kbsite.sources import Path
from kbsite.wording import as_written

TEXT, LIST, MAPPING = "text", "a list", "a mapping of keys and values"
_NUMBER = re.compile(
    r"(?P<value>[~<>≈$€£+-]?[0-9][0-9.,]*(?:[%x×+]|ms|[kKMB])?"
    r"(?: (?:thousand|million|billion|trillion|percent|times|ms|seconds|minutes|hours|GB|TB|PB))?) "
    r"(?P<label>(?:of |[^\W\d_])[^\n]{2,})\Z"
)
_LINK_LAST = re.compile(r"(?P<words>[^:\n]{2,80}?)(?: ?[:–—-]| at)? +(?P<url>https?://\S+)\Z")
_BETWEEN = re.compile(r"\s+(?:and|&|\+|/)\s+|\s*[;|]\s*")
SHAPES = {
    "string_type": TEXT,
    "tuple_type": LIST,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
}


def in_shape(holder: type[BaseModel], key: str, value: Any, *, item: bool = False) -> Meaning:
    """What a value behind a key of `holder`, or one in the list there, is as the field takes it."""
    for error in _errors(holder, key, [value] if item else value):
        shape = SHAPES.get(error["type"])
        if error["type"] == "literal_error" and isinstance(value, str):
            return words.word(value, models.allowed_words(holder, key))
        if instead := error.get("ctx", {}).get("instead"):
            return Meaning(instead, bool(error["ctx"]["certain"]))
        inner = models.model_at(holder, (key,))
        if shape == TEXT and key == "org" and isinstance(value, list):  # one appearance has one
            return Meaning.perhaps(*(each for each in value if isinstance(each, str)))
        if shape == TEXT:
            return _as_text(value, prose=((key,), Markdown()) in models.marked(holder, Markdown))
        if shape == LIST:
            names = {key for (key, *_), _ in models.marked(holder, Refers)}
            return as_list(inner, value, names=inner is None and key in names)
        if shape == MAPPING and inner is not None:
            return as_mapping(inner, value)
    return NOTHING


def mapping_at(data: Any, path: Path) -> Mapping[str, Any]:
    """The mapping at a path of some data; an empty one where something else is."""
    for part in path:
        data = data[part]
    return data if isinstance(data, dict) else {}


def fits(holder: type[BaseModel], key: str, value: Any) -> bool:
    """Whether a value can stand behind a key."""
    return not _errors(holder, key, value)


def _errors(holder: type[BaseModel], key: str, value: Any) -> list[ErrorDetails]:
    """What is wrong with a value, whatever stands beside it."""
    try:
        holder.model_validate({key: value})
    except ValidationError as refused:
        return [each for each in refused.errors(include_url=False) if each["loc"][:1] == (key,)]
    return []


def as_list(inner: type[BaseModel] | None, value: Any, *, names: bool = False) -> Meaning:
    """A value as a list of texts, which may be `names`, or of records of the model `inner`.

    >>> as_list(None, "ebpf"), as_list(records.Link, {"video": "https://example.org"}).values
    (Meaning(values=(['ebpf'],), certain=True), ([{'kind': 'video', 'url': 'https://example.org'}],))
    """
    value = as_written(value)
    if isinstance(value, str) and value.strip():
        if marked := rows.items(value):
            return _items_as_list(inner, marked)
        if inner is records.SpeakerRef:
            several = people.listed(value)
            return Meaning(tuple(list(each) for each in several.values), several.certain)
        if inner is not None:
            one = as_mapping(inner, value)
            return Meaning(tuple([each] for each in one.values), one.certain)
        rows_of = [row.strip() for row in value.strip().split("\n")]
        if names and len(rows_of) > 1 and all(rows_of):
            return Meaning.perhaps(rows_of)
        bare = rows.without_brackets(value)
        parts = [part.strip() for part in bare.split(",")]
        if len(parts) > 1 and all(parts):
            return Meaning.perhaps(parts, [value])
        parts = _BETWEEN.split(value) if names else [value]
        if len(parts) > 1 and all(parts):
            ids_only = all(map(slugs.is_id, parts))  # not the words of one name
            return Meaning.perhaps(*([parts, [value]] if ids_only else [[value], parts]))
        return Meaning.of([value])
    if isinstance(value, dict) and (each := _keys_or_values(value)):
        return as_each(inner, each)
    if isinstance(value, dict) and inner is not None:
        return _mapping_as_list(inner, value)
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return Meaning.perhaps([*value.values()]) if value else NOTHING
    return NOTHING


def _keys_or_values(value: Mapping[str, Any]) -> list[Any]:
    """What of a mapping is a list: keys that have nothing behind them, or values with numbers."""
    if all(each is None or each is True for each in value.values()):
        return [*value]
    return [*value.values()] if all(map(str.isdecimal, value)) else []


def as_each(inner: type[BaseModel] | None, values: Sequence[Any]) -> Meaning:
    """Values as the items of a list."""
    if inner is None:
        return Meaning.perhaps([*values]) if all(isinstance(v, str) for v in values) else NOTHING
    items = [each if isinstance(each, dict) else _first(as_mapping(inner, each)) for each in values]
    return Meaning.perhaps(items) if all(_stands(inner, each) for each in items) else NOTHING


def _first(meaning: Meaning) -> Any:
    return next(iter(meaning.values), None)


def _items_as_list(inner: type[BaseModel] | None, texts: Sequence[str]) -> Meaning:
    """Texts that had other marks than dashes before them, each as an item."""
    if inner is None:
        return Meaning.perhaps([*texts])
    found = [as_mapping(inner, text).values for text in texts]
    if not all(len(each) == 1 for each in found):
        return NOTHING
    items = [dict(each[0]) for each in found]
    taken: set[Any] = set()
    for item in items if inner is records.Learning else ():
        item["id"] = free(item["id"], taken)
        taken.add(item["id"])
    return Meaning.perhaps(items)


def _mapping_as_list(inner: type[BaseModel], value: Mapping[str, Any]) -> Meaning:
    """One record that lacks its dash, or several that have a word for a key each."""
    if value.keys() <= models.keys(inner).keys():
        return Meaning.of([dict(value)]) if _stands(inner, value) else NOTHING
    if not all(isinstance(each, str) for each in value.values()):
        return NOTHING
    items: list[dict[str, str]] = []
    for key, text in value.items():
        if inner is records.Link and scheme_problem(text) is None:
            kind = words.link_kind(key)
            items.append({"kind": kind, "url": text} if kind else {"url": text, "label": key})
        elif inner is records.SourceRef and scheme_problem(text) is None:
            items.append({"system": key, "url": text})
        elif inner is records.SpeakerRef:
            items.append({"name": key, "org": text})
        elif inner is records.Figure:
            items.append({"value": text, "label": key})
        elif inner is records.Learning and slugs.is_id(key):
            items.append({"id": key, "text": text})
        else:
            return NOTHING
    return Meaning.perhaps(items)


def of_words(inner: type[BaseModel], value: Mapping[str, Any]) -> Meaning:
    """A mapping whose keys are words for what stands behind them, as records of `inner`.

    >>> of_words(records.Link, {"Her pages": "https://example.org"}).values
    ([{'url': 'https://example.org', 'label': 'Her pages'}],)
    """
    if len(value) == 1 and value.keys().isdisjoint(models.keys(inner)):
        (whole,) = value.values()
        if isinstance(whole, dict) and len(whole) > 1 and _stands(inner, whole):
            return Meaning.perhaps([whole])
    words_only = inner is not records.SpeakerRef or all(" " in key for key in value)
    if not value or not words_only or not value.keys().isdisjoint(models.keys(inner)):
        return NOTHING
    return _mapping_as_list(inner, value)


def as_mapping(inner: type[BaseModel], value: Any) -> Meaning:
    """One text as a record of the model `inner`.

    >>> as_mapping(records.Learning, "Measure before you move.").values
    ({'id': 'measure-before-move', 'text': 'Measure before you move.'},)
    """
    value = as_written(value)
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return _joined(inner, value)
    if not isinstance(value, str) or not value.strip():
        return NOTHING
    found: Mapping[str, str] = {}
    certain = inner in (records.Quote, records.Announcement, records.Provenance, records.Link)
    if inner is records.SpeakerRef:
        several = people.listed(value)
        single = [dict(each[0]) for each in several.values if len(each) == 1]
        return Meaning(tuple(single), several.certain)
    if inner is records.Learning:
        found = {"id": ids.from_text(value), "text": value}
    elif inner is records.Quote:
        found = {"text": value}
    elif inner is records.Announcement:
        found = {"title": value}
    elif inner is records.Provenance:
        found = {"contributed_by": value}
    elif inner is records.Figure and (number := _NUMBER.match(value.strip())):
        found = {"value": number["value"], "label": number["label"]}
    elif inner is records.Link and (labelled := links.labelled(value)):
        found = {"url": labelled[0], "label": labelled[1]}
    elif inner is records.Link and (address := _LINK_LAST.match(value.strip())):
        kind = words.link_kind(address["words"])
        more = {"kind": kind} if kind else {"label": address["words"]}
        found = {"url": address["url"]} | more if kind != "other" else {"url": address["url"]}
    elif inner is records.Link:
        url, _, label = value.strip().partition(" ")
        certain = certain and not label
        found = {"url": url, "label": label.strip(" -–—:")} if label else {"url": url}
    elif inner is records.SourceRef:
        found = {"system": "web", "url": value}
    return Meaning((found,), certain) if found and _stands(inner, found) else NOTHING


def _joined(inner: type[BaseModel], items: Sequence[Mapping[str, Any]]) -> Meaning:
    """One mapping of those of a list, if no two say something of one key."""
    whole = {key: each for item in items for key, each in item.items()}
    if len(whole) < sum(map(len, items)) or not _stands(inner, whole):
        return NOTHING
    return Meaning.of(whole)


def _stands(inner: type[BaseModel], value: Mapping[str, Any]) -> bool:
    try:
        inner.model_validate(value)
    except ValidationError:
        return False
    return True


def _as_text(value: Any, *, prose: bool = False) -> Meaning:
    """A value as one text, in paragraphs if it is `prose`."""
    if isinstance(value, bool):
        return Meaning.of(str(value).lower())
    value = [*map(as_written, value)] if isinstance(value, list) else value
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        whole = ("\n\n" if prose else ", ").join(value)
        alone = ids.linked(f"[[{value[0]}]]") if "://" not in value[0] else ""
        if len(value) == 1 and alone:
            return Meaning.of(alone)
        return Meaning.of(value[0]) if len(value) == 1 else Meaning.perhaps(whole)
    if isinstance(value, dict) and len(value) == 1:
        (inner,) = value.values()
        return Meaning.perhaps(inner) if isinstance(inner, str) and inner.strip() else NOTHING
    return NOTHING


def derived(holder: type[BaseModel], key: str, given: Any, others: Sequence[Any]) -> Meaning:
    """What a required key may say that is not there, of a record in a list with some `others`."""
    if not isinstance(given, dict):
        return NOTHING
    if holder is records.Learning and key == "id":
        text = given.get("text")
        own = ids.from_text(text) if isinstance(text, str) else ""
        taken = {each.get("id") for each in others if isinstance(each, dict)}
        return Meaning.perhaps(free(own, taken)) if own else NOTHING
    if holder is records.SourceRef and isinstance(given.get("url"), str):
        return Meaning.perhaps("web")
    if holder is records.SourceRef and given.get("id"):
        return Meaning.perhaps("schedule")
    if holder is records.Event and key == "end" and fits(holder, "start", given.get("start")):
        return Meaning.perhaps(given["start"])
    return NOTHING


def free(id: str, taken: set[Any]) -> str:
    """`id`, with a number behind it if others have it."""
    return next(each for each in slugs.numbered(id) if each not in taken)
