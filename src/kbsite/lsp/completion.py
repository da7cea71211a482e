"""What may be written at a place: keys, values, and the targets of links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lsprotocol import types
from pydantic import BaseModel

from kbsite import catalog, models, records, yamlwrite
from kbsite.catalog import LEARNING, Thing
from kbsite.lsp import offers
from kbsite.lsp.cursor import Cursor, Part, cursor_at
from kbsite.lsp.documents import Document
from kbsite.lsp.index import MOST, Index
from kbsite.lsp.meanings import meaning
from kbsite.lsp.positions import Units
from kbsite.recordfiles import thing_of
from kbsite.slugs import fold

_LINK = re.compile(r"\[\[(?:(?P<kind>[A-Za-z-]*)|(?P<word>[A-Za-z-]+):(?P<target>[^\[\]|]*))\Z")
_REST_OF_KEY = re.compile(r"[\w-]*(?P<colon>[ ]*:)?")


Found: TypeAlias = tuple[list[types.CompletionItem], bool]
"""What may be written, and whether this is all of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an open file something is to be completed; line and column count from 0."""

    document: Document
    index: Index
    units: Units
    line: int
    column: int
    snippets: bool

    @property
    def before(self) -> str:
        return self.document.lines[self.line][: self.column]

    @property
    def after(self) -> str:
        return self.document.lines[self.line][self.column :]

    def edit(self, typed: str, new: str, more: int = 0) -> types.TextEdit:
        """`new` in the place of what was typed, and of some characters behind the cursor."""
        text = self.before + self.after
        start = self.units.count(text[: self.column - len(typed)])
        end = self.units.count(text[: self.column + more])
        return types.TextEdit(
            types.Range(types.Position(self.line, start), types.Position(self.line, end)), new
        )


def complete(place: Place) -> types.CompletionList:
    """All that may be written there, or the best of it."""
    if found := _LINK.search(place.before):
        items, is_all = _of_links(place, found)
    elif (cursor := _cursor(place)) is None or place.document.model is None:
        items, is_all = [], True
    else:
        items, is_all = _of_yaml(place, place.document.model, cursor)
    return types.CompletionList(is_incomplete=not is_all, items=items)


def _cursor(place: Place) -> Cursor | None:
    """Where one is in the YAML of a file, if one is in it."""
    document = place.document
    yaml, first = document.source.front, 0
    if document.path.endswith(".md"):
        fences = [at for at, line in enumerate(document.lines) if line.rstrip() == "---"][:2]
        if not fences or fences[0] != 0 or place.line == 0:
            return None
        first, last = 1, fences[1] if len(fences) == 2 else len(document.lines)
        if place.line >= last:
            return None
        yaml = "\n".join(document.lines[first:last])
    return cursor_at(yaml, place.line - first, place.column)


# Links


def _of_links(place: Place, found: re.Match[str]) -> Found:
    if found["word"] is None:
        typed = found["kind"]
        items = [
            types.CompletionItem(
                label=f"{word}:",
                kind=types.CompletionItemKind.Keyword,
                detail=f"a link to {_a(thing)}",
                text_edit=place.edit(typed, f"{word}:"),
            )
            for word in catalog.link_words()
            if (thing := catalog.linked_as(word))
        ]
        return items, True
    thing = catalog.linked_as(found["word"].lower())
    if thing is None:
        return [], True
    close = "" if place.after.startswith(("]", "|")) else "]]"
    return _of_things(place, thing, found["target"], lambda own, _: f"{own}{close}")


def _a(thing: Thing) -> str:
    return f"{'an' if thing.noun[0] in 'aeiou' else 'a'} {thing.noun}"


# YAML


def _of_yaml(place: Place, model: type[BaseModel], cursor: Cursor) -> Found:
    holder = models.model_at(model, cursor.path)
    if cursor.part is Part.KEY or (cursor.part is Part.EITHER and holder is not None):
        return (list(_keys(place, holder, model, cursor)) if holder else []), True
    if cursor.part is Part.TEXT:
        return [], True
    field = offers.field_at(model, cursor.path)
    return _values(place, *field, cursor) if field else ([], True)


def _keys(
    place: Place, holder: type[BaseModel], model: type[BaseModel], cursor: Cursor
) -> Iterator[types.CompletionItem]:
    """The keys that the mapping does not have yet, those first that it must have."""
    rest = _REST_OF_KEY.match(place.after)
    has_colon = rest is not None and rest["colon"] is not None
    more = rest.end() if rest and has_colon else 0
    dash = "- " if _wants_a_dash(model, cursor) else ""
    required = models.required(holder)
    for number, key in enumerate(models.keys(holder)):
        if key in cursor.keys and not (has_colon and cursor.typed.startswith(key)):
            continue
        snippet = place.snippets and not has_colon and not cursor.in_flow
        new = f"{key}:"
        if not has_colon:
            new = _beginning(holder, key, snippet=snippet, in_flow=cursor.in_flow)
        yield types.CompletionItem(
            label=key,
            kind=types.CompletionItemKind.Property,
            detail=models.keys(holder)[key].title,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, meaning(holder, key)),
            sort_text=f"{int(key not in required)}{number:03}",
            filter_text=key,
            text_edit=place.edit(cursor.typed, dash + new, more),
            insert_text_format=types.InsertTextFormat.Snippet
            if snippet
            else types.InsertTextFormat.PlainText,
        )


def _wants_a_dash(model: type[BaseModel], cursor: Cursor) -> bool:
    """Whether a key is written right below that of a list."""
    if not cursor.path or isinstance(cursor.path[-1], int) or cursor.in_flow:
        return False
    field = offers.field_at(model, cursor.path)
    return field is not None and offers.is_list(*field)


def _beginning(holder: type[BaseModel], key: str, *, snippet: bool, in_flow: bool) -> str:
    """A key, and how its value begins."""
    stop = "$0" if snippet else ""
    inner = models.model_at(holder, (key,))
    if in_flow:
        return f"{key}: "
    if inner is not None:
        first = f"- {models.first_key(inner)}: " if offers.is_list(holder, key) else ""
        return f"{key}:\n  {first}{stop}"
    if offers.is_list(holder, key):
        return f"{key}: [$0]" if snippet else f"{key}: "
    return f"{key}: {stop}"


def _values(place: Place, holder: type[BaseModel], key: str, cursor: Cursor) -> Found:
    bare = cursor.part is Part.VALUE or isinstance(cursor.path[-1], int)
    dash = "- " if offers.is_list(holder, key) and not bare and not cursor.typed else ""

    def written(value: str) -> str:
        if cursor.quote:
            return value.replace("'", "''") if cursor.quote == "'" else value
        return dash + yamlwrite.dump_flow([value])[1:-1]

    if offers.names_a_speaker(holder, key):
        return [_word(place, cursor, name, "", written(name)) for name in _speakers(place)], True
    if thing := offers.thing_in(holder, key):
        by_id = not thing.named_freely or key == "id"
        own = ""
        if thing is LEARNING and (session := _own_session(place)):
            own = f"{session}#"

        def new(id: str, name: str) -> str:
            return written((id.removeprefix(own) if own else id) if by_id else name)

        return _of_things(place, thing, cursor.typed, new)
    typed = fold(cursor.typed)
    pairs = offers.words(holder, key)
    found = [pair for pair in pairs if typed in fold(pair[0]) or typed in fold(pair[1])]
    found.sort(key=lambda pair: not fold(pair[0]).startswith(typed))
    items = [
        _word(place, cursor, word, what, word if word in ("true", "false") else written(word))
        for word, what in found[:MOST]
    ]
    return items, len(found) <= MOST


def _word(place: Place, cursor: Cursor, word: str, what: str, new: str) -> types.CompletionItem:
    return types.CompletionItem(
        label=word,
        kind=types.CompletionItemKind.EnumMember,
        detail=what or None,
        filter_text=cursor.typed or word,
        text_edit=place.edit(cursor.typed, new),
    )


def _of_things(place: Place, thing: Thing, typed: str, new: Callable[[str, str], str]) -> Found:
    entries, is_all = place.index.like(thing, typed)
    items = [
        types.CompletionItem(
            label=known.name if thing.named_freely else id,
            kind=types.CompletionItemKind.Reference,
            detail=id if thing.named_freely else known.name,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, known.about),
            sort_text=f"{number:04}",
            filter_text=typed or id,
            text_edit=place.edit(typed, new(id, known.name)),
        )
        for number, (id, known, _) in enumerate(entries)
    ]
    return items, is_all


def _speakers(place: Place) -> Iterable[str]:
    record = place.document.record
    if not isinstance(record, records.Session):
        return ()
    return [each.name or each.id or "" for each in record.speakers]


def _own_session(place: Place) -> str:
    """The id of the session that is open."""
    thing, path = thing_of(place.document.path), place.document.path
    is_session = thing is not None and thing.name == catalog.SESSION.name
    return path.partition("/")[2].rpartition(".")[0] if is_session else ""
