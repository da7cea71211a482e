"""All that there is in a knowledge base, as the editor asks for it: by the first letters of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        self._known: dict[str, dict[str, Known]] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._by_name: dict[str, dict[str, list[str]]] = {}

    def update(self, new: Mapping[Key, Known], gone: Sequence[Key]) -> None:
        """Take what is new or other, and forget what is gone."""
        for (thing, id), known in new.items():
            self._known.setdefault(thing, {})[id] = known
        for thing, id in gone:
            self._known.get(thing, {}).pop(id, None)
        for thing in {thing for thing, _ in (*new, *gone)}:
            self._entries.pop(thing, None)
            self._by_name.pop(thing, None)

    def like(self, thing: Thing, typed: str, most: int = MOST) -> tuple[list[Entry], bool]:
        """Those with `typed` in a name or the id, best first, and whether these are all."""
        entries = self._entries_of(thing)
        wanted = fold(typed)
        if not wanted:
            return entries[:most], len(entries) <= most
        begin: list[Entry] = []
        hold: list[Entry] = []
        for each in entries:
            at = each.words.find(wanted)
            if at >= 0:
                (begin if each.words[at - 1] in "\n " else hold).append(each)
        found = sorted(begin, key=lambda each: f"\n{wanted}" not in each.words) + hold
        return found[:most], len(found) <= most

    def get(self, thing: Thing, id: str) -> Known | None:
        return self._known.get(thing.name, {}).get(id)

    def lookup(self, thing: Thing, word: str) -> list[tuple[str, Known]]:
        """What a word may mean: an id, a name or another name."""
        known = self._known.get(thing.name, {})
        if word in known:
            return [(word, known[word])]
        if thing.name not in self._by_name:
            names: dict[str, list[str]] = {}
            for id, each in known.items():
                for name in {name_key(name) for name in (id, each.name, *each.others)}:
                    names.setdefault(name, []).append(id)
            self._by_name[thing.name] = names
        return [(id, known[id]) for id in self._by_name[thing.name].get(name_key(word), ())]

    def _entries_of(self, thing: Thing) -> list[Entry]:
        if thing.name not in self._entries:
            self._entries[thing.name] = [
                Entry(id, known, "\n" + "\n".join(map(fold, (id, known.name, *known.others))))
                for id, known in self._known.get(thing.name, {}).items()
            ]
        return self._entries[thing.name]
