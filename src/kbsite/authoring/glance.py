"""What a knowledge base holds, at a glance: by the names of its files, and a look into them.

Whoever types a command cannot wait until all of it has been read and linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from kbsite import catalog, models, records, slugs, yamlfile
from kbsite.catalog import EVENT, PERSON, SESSION, Thing
from kbsite.parse import parse_page, parse_record
from kbsite.tree import Tree, decoded

MARKDOWN = ".md"

_TITLE = re.compile(rb"^(?:\xef\xbb\xbf)?title:[ \t]+(.+?)[ \t]*\r?$", re.MULTILINE)
_NAME = re.compile(rb"^[ \t]*(?:-[ \t]+)?name:[ \t]+(.+?)[ \t]*\r?$", re.MULTILINE)


class Glance:
    """The records under `root`: nothing is looked at before somebody asks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tree = Tree(root.resolve(), lambda _: None)
        self._ids: dict[str, tuple[str, ...]] = {}

    def ids(self, thing: Thing) -> tuple[str, ...]:
        """The ids of a thing, by the names of files."""
        if thing.name not in self._ids:
            self._ids[thing.name] = tuple(sorted(self._listed(thing)))
        return self._ids[thing.name]

    def path(self, thing: Thing, id: str) -> str:
        """Where the record of an id is, or would be."""
        ending = f"/{thing.file}" if thing.file else thing.ending
        return f"{thing.folder}/{id}{ending}"

    def raw(self, path: str) -> bytes | None:
        """What is in a file; None where there is none that can be read."""
        return self._tree.read(path)

    def session(self, id: str) -> records.Session | None:
        """The record of a session, as far as it can be used."""
        found = self._record(SESSION, id)
        return found if isinstance(found, records.Session) else None

    def event(self, id: str) -> records.Event | None:
        """The record of an event, likewise."""
        found = self._record(EVENT, id)
        return found if isinstance(found, records.Event) else None

    @cached_property
    def sessions(self) -> Mapping[str, bytes]:
        """The bytes of all sessions, by id."""
        found = ((id, self.raw(self.path(SESSION, id))) for id in self.ids(SESSION))
        return {id: raw for id, raw in found if raw is not None}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What sessions are called, by id."""
        found = ((id, _TITLE.search(raw)) for id, raw in self.sessions.items())
        return {id: _read(match[1]) for id, match in found if match}

    def names(self, thing: Thing) -> Mapping[str, str]:
        """The keys of all names and aliases that records of a thing claim, to their ids."""
        out: dict[str, str] = {}
        for id in self.ids(thing):
            record = self._record(thing, id)
            called = [*getattr(record, "aliases", ()), *filter(None, [getattr(record, "name", "")])]
            for name in (id, *called):
                out.setdefault(slugs.name_key(name), id)
        return out

    def offered(self, thing: Thing) -> Sequence[str]:
        """What may be named of a thing, to choose from: ids, and of people their names."""
        if thing is PERSON:
            return self.people
        if thing is catalog.LEARNING:
            return [*self._learnings()]
        if not thing.named_freely:
            return self.ids(thing)
        called = (self._record(thing, id) for id in self.ids(thing))
        return sorted({record.name for record in called if record is not None})

    @cached_property
    def people(self) -> Sequence[str]:
        """The names of all who are in a session."""
        return sorted({_read(n) for raw in self.sessions.values() for n in _NAME.findall(raw)})

    def said(self, thing: Thing, key: str, event: str = "") -> Sequence[str]:
        """What records of a thing say at a key of their own; of sessions, those of one event."""
        said = re.compile(rb"^%s:[ \t]+(.+?)[ \t]*\r?$" % key.encode(), re.MULTILINE)
        ids = (id for id in self.ids(thing) if id.startswith(f"{event}/" if event else ""))
        raws = (self.raw(self.path(thing, id)) for id in ids)
        return sorted({_read(match[1]) for raw in raws if raw and (match := said.search(raw))})

    def _learnings(self) -> Iterator[str]:
        for id, raw in self.sessions.items():
            if b"\nlearnings:" in raw and (session := self.session(id)):
                yield from (f"{id}#{learning.id}" for learning in session.learnings)

    def holding(self, text: str) -> Iterable[str]:
        """The sessions in whose files a text stands, in any case."""
        wanted = text.encode().lower()
        return (id for id, raw in self.sessions.items() if wanted in raw.lower())

    def event_at(self, host: str) -> str | None:
        """The event whose own page, or whose sessions' pages, are at a host."""
        for id in self.ids(EVENT):
            event = self.event(id)
            if event and event.url and f"//{host}/" in f"{event.url}/":
                return id
        return next((id.partition("/")[0] for id in self.holding(f"//{host}/")), None)

    def _record(self, thing: Thing, id: str) -> Any:
        path = self.path(thing, id)
        raw = self.raw(path)
        text = decoded(path, raw) if raw is not None else None
        if not isinstance(text, str):
            return None
        parse = parse_page if thing.ending == MARKDOWN else parse_record
        return parse(models.MODELS[thing.name], path, text).record

    def _listed(self, thing: Thing) -> Iterator[str]:
        holders = [each for each in catalog.THINGS if each.file and each.folder == thing.folder]
        if not holders:
            for name, is_folder in self._inside(thing.folder):
                if not is_folder and name.endswith(thing.ending):
                    yield name.removesuffix(thing.ending)
            return
        for folder, is_folder in self._inside(thing.folder):
            inside = dict(self._inside(f"{thing.folder}/{folder}")) if is_folder else {}
            if thing.file:
                yield from [folder] if thing.file in inside else []
                continue
            for name in inside:
                if name.endswith(thing.ending) and name != holders[0].file:
                    yield f"{folder}/{name.removesuffix(thing.ending)}"

    def _inside(self, folder: str) -> Iterator[tuple[str, bool]]:
        if self._tree.is_folder(folder):
            yield from self._tree.folders_and_files(folder)


def _read(raw: bytes) -> str:
    """A text behind a key on one line."""
    text = raw.decode(errors="replace")
    if text[0] in "'\"|>" or " #" in text:
        try:
            return " ".join(str(yamlfile.read(text)).split())
        except yamlfile.YamlError:
            return text
    return text
