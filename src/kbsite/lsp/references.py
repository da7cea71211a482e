"""Where something is named: in fields and links of all records and pages, wherever that is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import chain

from kbsite.catalog import Thing
from kbsite.library import Library
from kbsite.lsp import meanings
from kbsite.lsp.documents import Document
from kbsite.lsp.index import Index
from kbsite.lsp.messages import Place
from kbsite.sources import Source

_WORD = re.compile(r"[^\W_]+")


def places(library: Library, index: Index, thing: Thing, ids: Collection[str]) -> Iterator[Place]:
    """Every place that names one of the things with these ids, by file and line."""
    signs = {sign for id in ids for sign in _signs(index, thing, id)}
    for path, text in sorted(_texts(library).items()):
        plain = _plain(text)
        if any(sign in plain for sign in signs):  # most files need not be looked at closely
            yield from _in_file(Document("", path, None, text), index, thing, ids)


def _in_file(
    document: Document, index: Index, thing: Thing, ids: Collection[str]
) -> Iterator[Place]:
    found = {(each.start, each.end): each for each in meanings.every(document)}
    for (start, end), named in sorted(found.items()):
        if named.thing != thing:
            continue
        if any(id in ids for id, _ in index.lookup(thing, named.word)):
            line = document.text.count("\n", 0, start)
            begin = document.text.rfind("\n", 0, start) + 1
            yield Place(document.path, line, start - begin, end - begin, document.lines[line])


def _texts(library: Library) -> dict[str, str]:
    """The texts of all records and pages, as they are in their files."""
    sources = chain(
        (entry.source for held in library.records.values() for entry in held.values()),
        library.pages.values(),
    )
    return {source.path: _text(source) for source in sources}


def _text(source: Source) -> str:
    return source.mended.text if source.mended else source.text


def _signs(index: Index, thing: Thing, id: str) -> Iterator[str]:
    """For each name of a thing a part that stands in every spelling of it."""
    known = index.get(thing, id)
    last = re.split("[/#]", id)[-1]
    for name in (last, known.name, *known.others) if known else (last,):
        plain = _plain(name)
        yield max(_WORD.findall(plain), key=len, default=plain)


def _plain(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
