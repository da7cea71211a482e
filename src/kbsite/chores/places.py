"""Where records and pages name things: by fields that refer to them, and by [[links]] in prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from kbsite import models, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, REPORT, SESSION, THEME, Thing
from kbsite.chores.desk import Desk, Relink
from kbsite.errors import UsageError
from kbsite.fields import Markdown, Refers
from kbsite.library import Entry, Library
from kbsite.sources import Path

# What refers to a thing beside the fields that are marked so: records, and names from the top
_BESIDE: Mapping[str, tuple[tuple[Thing, tuple[str, ...]], ...]] = {
    PERSON.name: (
        (SESSION, ("speakers", "id")),
        *((SESSION, (claims, "by")) for claims in ("learnings", "quotes", "figures")),
        (PERSON, ("distinct_from",)),
    ),
    ORGANISATION.name: ((ORGANISATION, ("distinct_from",)), (REPORT, ("author",))),
    PROJECT.name: ((PROJECT, ("distinct_from",)), (SESSION, ("not_about",))),
    THEME.name: ((SESSION, ("not_about",)),),
    SESSION.name: ((SESSION, ("related",)), (SESSION, ("learnings", "superseded_by"))),
}


class Named(NamedTuple):
    """A word of a record that names something, and where it stands."""

    entry: Entry[BaseModel]
    path: Path
    word: str

    @property
    def file(self) -> str:
        return self.entry.source.path


def named(library: Library, thing: Thing) -> Iterator[Named]:
    """Every word that refers to a thing of one kind, of published records and of others."""
    beside = _BESIDE.get(thing.name, ())
    for name, entries in library.records.items():
        marks = models.marked(models.MODELS[name], Refers)
        fields = [names for names, mark in marks if mark.thing is thing]
        fields += [names for other, names in beside if other.name == name]
        if not fields:
            continue
        for entry in entries.values():
            for names in fields:
                for path, word in models.texts(entry.record, names):
                    yield Named(entry, path, word)


def rename(desk: Desk, thing: Thing, write: Callable[[Named], str | None]) -> None:
    """Other words in the place of those that refer to a thing; None for one that stays."""
    changes: dict[str, dict[Path, str]] = {}
    for each in named(desk.base.library, thing):
        new = write(each)
        if new is not None and new != each.word:
            changes.setdefault(each.file, {})[each.path] = new
    for file, values in changes.items():
        desk.rewrite(file, values)


def relink(desk: Desk, write: Relink) -> None:
    """Other links in the place of [[links]] in all prose and on all pages."""
    library = desk.base.library
    done = set()
    for name, entries in library.records.items():
        prose = [names for names, _ in models.marked(models.MODELS[name], Markdown)]
        for entry in entries.values():
            source = entry.source
            if "[[" in source.text and not entry.stand_in:
                fields = {
                    path: text
                    for names in prose
                    for path, text in models.texts(entry.record, names)
                    if "[[" in text
                }
                desk.relink(source.path, fields, write)
                done.add(source.path)
    for source in library.pages.values():
        if "[[" in source.text and source.path not in done:
            desk.relink(source.path, {}, write)


def demand_known(desk: Desk, words: Iterable[str]) -> None:
    """Raise UsageError where a record that cannot be read holds one of the words."""
    library = desk.base.library
    wanted = [slugs.fold(word) for word in words if word]
    broken = [(own, text) for (_, own), text in library.unreadable.items()]
    broken += [
        (entry.source.path, entry.source.text)
        for entries in library.records.values()
        for entry in entries.values()
        if entry.lost or entry.source.mended
    ]
    for place, text in broken:
        folded = slugs.fold(text)
        if any(word in folded for word in wanted):
            raise UsageError(
                f"{place} may name this too, and is not what it was meant to be; mend it first: "
                "kbsite check says how"
            )
