"""What stands at a place, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from kbsite import catalog, models, records, yamlfile
from kbsite.catalog import LEARNING, PERSON, Thing
from kbsite.lsp import offers
from kbsite.lsp.documents import Document
from kbsite.lsp.index import Index
from kbsite.lsp.messages import Known
from kbsite.yamlfile import Path

_LINK = re.compile(r"\[\[(?P<kind>[A-Za-z-]+):(?P<target>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is named in a file: from where to where in its text, and what it may be."""

    start: int
    end: int
    thing: Thing
    word: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key of a record: from where to where, and the field that it is."""

    start: int
    end: int
    holder: type[BaseModel]
    key: str


def at(document: Document, line: int, column: int) -> Named | Keyed | None:
    """What stands at a place; line and column count from 0."""
    begin = document.offset(line, 0)
    for found in _LINK.finditer(document.lines[line]):
        if found.start() <= column <= found.end() and (
            thing := catalog.linked_as(found["kind"].lower())
        ):
            start, end = found.span("target")
            return Named(begin + start, begin + end, thing, found["target"].strip())
    return _in_yaml(document, begin + column)


def every(document: Document) -> Iterator[Named]:
    """All that is named in a file."""
    for line, text in enumerate(document.lines):
        if "[[" in text:
            for found in _LINK.finditer(text):
                named = at(document, line, found.start("target"))
                if isinstance(named, Named):
                    yield named
    for path, place in yamlfile.places(document.source.front).values.items():
        is_long = "\n" in document.source.front[place.start : place.end]
        if path and not is_long and (named := _named(document, path, place)):
            yield named


def _in_yaml(document: Document, offset: int) -> Named | Keyed | None:
    source, model = document.source, document.model
    inside = offset - source.front_start
    if model is None or not 0 <= inside <= len(source.front):
        return None
    places = yamlfile.places(source.front)
    for path, place in places.keys.items():
        if place.start <= inside <= place.end:
            field = offers.field_at(model, path)
            start, end = source.front_start + place.start, source.front_start + place.end
            return Keyed(start, end, *field) if field else None
    around = [
        (path, place)
        for path, place in places.values.items()
        if place.start <= inside <= place.end and "\n" not in source.front[place.start : place.end]
    ]
    if not around:
        return None
    path, place = max(around, key=lambda each: len(each[0]))
    return _named(document, path, place)


def _named(document: Document, path: Path, place: yamlfile.Place) -> Named | None:
    if document.model is None or (field := offers.field_at(document.model, path)) is None:
        return None
    front = document.source.front_start
    raw = document.source.front[place.start : place.end]
    word = raw.strip("'\"") if raw[:1] in ("'", '"') else raw
    start, end = front + place.start, front + place.end
    if field == (records.SpeakerRef, "name") or offers.names_a_speaker(*field):
        return Named(start, end, PERSON, word)
    thing = offers.thing_in(*field)
    if thing is None or (offers.is_list(*field) and not isinstance(path[-1], int)):
        return None
    if thing is LEARNING and "#" not in word.removeprefix("#"):
        own = document.path.partition("/")[2].rpartition(".")[0]
        word = f"{own}#{word.removeprefix('#')}"
    return Named(start, end, thing, word)


def hover(index: Index, found: Named | Keyed) -> str:
    """What there is to say of it, in Markdown; empty where that is nothing."""
    if isinstance(found, Keyed):
        return meaning(found.holder, found.key)
    return "\n\n".join(told(id, known) for id, known in index.lookup(found.thing, found.word))


def told(id: str, known: Known) -> str:
    """Somebody or something, in Markdown."""
    others = f"\n\nAlso: {', '.join(map(_escaped, known.others))}" if known.others else ""
    return f"**{_escaped(known.name)}** (`{id}`)\n\n{_escaped(known.about)}{others}"


def meaning(holder: type[BaseModel], key: str) -> str:
    """What a field is, in Markdown."""
    need = ", required" if key in models.required(holder) else ""
    title = models.keys(holder)[key].title
    said = [f"**{title}** (`{key}`{need})", models.description(holder, key)]
    if words := models.allowed_words(holder, key):
        said.append("One of: " + ", ".join(f"`{word}`" for word in words))
    if examples := models.examples(holder, key):
        said.append("Such as: " + ", ".join(f"`{key}: {each}`" for each in examples))
    return "\n\n".join(said)


def _escaped(text: str) -> str:
    """A text as Markdown, with nothing in it that does anything."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", text)
