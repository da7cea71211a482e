"""All that there is in a knowledge base, as the editor asks for it: by the first letters of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from kbsite.catalog import Thing
from kbsite.lsp.messages import Key, Known
from kbsite.slugs import fold, name_key

MOST = 60  # that an editor is offered at once


class Entry(NamedTuple):
    """One thing, and all its names as they are searched."""

    id: str
    known: Known
    words: str


class Index:
    """What is known, by thing."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, Entry]] = {}
        self._by_name: dict[tuple[str, str], list[str]] = {}  # a thing and a key to ids

    def update(self, new: Mapping[Key, Known], gone: Sequence[Key]) -> None:
        """Take what is new or other, and forget what is gone."""
        for thing, id in gone:
            self._forget_names(thing, self._entries.get(thing, {}).pop(id, None))
        for (thing, id), known in new.items():
            entries = self._entries.setdefault(thing, {})
            self._forget_names(thing, entries.get(id))
            entries[id] = entry = Entry(id, known, _searched(id, known))
            for name in _keys(entry):
                self._by_name.setdefault((thing, name), []).append(id)

    def _forget_names(self, thing: str, entry: Entry | None) -> None:
        if entry is not None:
            for name in _keys(entry):
                self._by_name[thing, name].remove(entry.id)

    def like(self, thing: Thing, typed: str, most: int = MOST) -> tuple[list[Entry], bool]:
        """Those with `typed` in a name or the id, best first, and whether these are all."""
        entries = self._entries.get(thing.name, {})
        wanted = fold(typed)
        if not wanted:
            return list(islice(entries.values(), most)), len(entries) <= most
        begin: list[Entry] = []
        hold: list[Entry] = []
        for each in entries.values():
            at = each.words.find(wanted)
            if at >= 0:
                (begin if each.words[at - 1] in "\n " else hold).append(each)
        found = sorted(begin, key=lambda each: f"\n{wanted}" not in each.words) + hold
        return found[:most], len(found) <= most

    def get(self, thing: Thing, id: str) -> Known | None:
        entry = self._entries.get(thing.name, {}).get(id)
        return entry.known if entry else None

    def lookup(self, thing: Thing, word: str) -> list[tuple[str, Known]]:
        """What a word may mean: an id, a name or another name."""
        entries = self._entries.get(thing.name, {})
        ids = [word] if word in entries else self._by_name.get((thing.name, name_key(word)), ())
        return [(id, entries[id].known) for id in ids]


def _searched(id: str, known: Known) -> str:
    """All names of a thing, each on a line."""
    return "\n" + "\n".join(map(fold, (id, known.name, *known.others)))


def _keys(entry: Entry) -> set[str]:
    """The keys of all names of a thing."""
    return {name_key(name) for name in (entry.id, entry.known.name, *entry.known.others)}
