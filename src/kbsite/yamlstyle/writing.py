"""A tree of entries to lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from kbsite import yamlwrite
from kbsite.yamlfile import Path
from kbsite.yamlstyle.entries import Entry, Note

Order: TypeAlias = Callable[[Path], Iterable[str]]
"""The keys of the mapping at a path, as they are to follow on each other; others stay behind those
that they stand behind."""


def written(root: Entry, order: Order) -> list[str]:
    """The lines of a record."""
    head = [note.text for note in root.above]
    out = _with_notes([], root.above, "")
    if not root.inner:
        return [*head, *(line.removeprefix(" ") for line in root.words)]
    body = _collection(root, 0, order)
    return [*out, "", *body] if out else body


def _collection(holder: Entry, column: int, order: Order, *, bare: bool = False) -> list[str]:
    """The entries that one holds; with `bare` without the comments above the first of them."""
    out: list[str] = []
    pad = " " * column
    for number, entry in enumerate(_in_order(holder, order)):
        if number or not bare:
            _with_notes(out, _above(entry, order), pad)
        if entry.apart and out and out[-1]:
            out.append("")
        out += _lines(entry, column, order)
    return _with_notes(out, holder.foot, pad)


def _in_order(holder: Entry, order: Order) -> Sequence[Entry]:
    if holder.inner[0].key is None:
        return holder.inner
    ranks = {key: rank for rank, key in enumerate(order(holder.path))}
    rank = -1
    ranked: list[tuple[int, int, Entry]] = []
    for number, entry in enumerate(holder.inner):
        rank = ranks.get(entry.key or "", rank)
        ranked.append((rank, number, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda each: each[:2])]


def _above(entry: Entry, order: Order) -> Iterator[Note]:
    """The comments that come above an entry's line: also those that its line has no place for."""
    yield from entry.above
    shares_its_line = entry.key is None and entry.inner
    yield from entry.own[: None if shares_its_line or not entry.beside else -1]
    if shares_its_line:
        yield from _above(_in_order(entry, order)[0], order)


def _with_notes(out: list[str], notes: Iterable[Note], pad: str) -> list[str]:
    for note in notes:
        if note.apart and out and out[-1]:
            out.append("")
        out.append(f"{pad}{note.text}")
    return out


def _lines(entry: Entry, column: int, order: Order) -> list[str]:
    pad = " " * column
    if entry.inner and entry.key is None:
        first, *rest = _collection(entry, column + 2, order, bare=True)
        return [f"{pad}- {first[column + 2 :]}", *rest]
    note = f" {entry.own[-1].text}" if entry.beside else ""
    head = "-" if entry.key is None else f"{yamlwrite.key(entry.key)}:"
    if entry.inner:
        return [f"{pad}{head}{note}", *_collection(entry, column + 2, order)]
    word, *lines = entry.words
    return [f"{pad}{head}{word}{note}", *(f"{pad}{line}" if line else "" for line in lines)]
