"""The outline of an open record: its keys, and what its lists hold."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from kbsite import yamlfile
from kbsite.lsp.documents import Document
from kbsite.yamlfile import Path

LENGTH = 60  # characters of a value that are shown
_NAMING = ("name", "id", "title", "label", "text", "url")


def symbols(
    document: Document, range_of: Callable[[int, int], types.Range]
) -> list[types.DocumentSymbol]:
    """The keys at the top, each with the items of its list."""
    if document.model is None:
        return []
    source = document.source
    places = yamlfile.places(source.front)

    def text(path: Path) -> str:
        place = places.values.get(path)
        raw = source.front[place.start : place.end] if place else ""
        return "" if "\n" in raw.strip() or path in holders else raw.strip("'\"")[:LENGTH]

    def symbol(path: Path, name: str, start: int, end: int) -> types.DocumentSymbol:
        first = source.front_start
        kind = types.SymbolKind.Property if path in places.keys else types.SymbolKind.Object
        return types.DocumentSymbol(
            name=name,
            kind=kind,
            range=range_of(first + start, first + end),
            selection_range=range_of(first + start, first + min(end, start + len(name))),
            detail=text(path),
            children=[],
        )

    holders = {path[:-1] for path in places.values if path}
    top: dict[str, types.DocumentSymbol] = {}
    out: list[types.DocumentSymbol] = []
    for path, key in places.keys.items():
        if len(path) == 1:
            value = places.values.get(path, key)
            top[str(path[0])] = symbol(path, str(path[0]), key.start, value.end)
            out.append(top[str(path[0])])
    for path, place in places.values.items():
        if len(path) == 2 and isinstance(path[1], int) and path in holders:
            naming = (text((*path, key)) for key in _NAMING)
            name = next(filter(None, naming), str(path[1] + 1))
            children = top[str(path[0])].children
            if isinstance(children, list):
                children.append(symbol(path, name, place.start, place.end))
    return out
