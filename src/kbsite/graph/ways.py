"""Ways out of a doubt about names: what a page says to settle it, and other names in their place.

Each is told in words and, where a program can make it, as a cure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from kbsite import cures, models, slugs
from kbsite.catalog import Thing
from kbsite.cures import Cures
from kbsite.errors import Cure, NewFile
from kbsite.graph.names import Claims, Names
from kbsite.sources import Path, Source
from kbsite.wording import did_you_mean
from kbsite.yamlwrite import dump_flow

CHOICES = 12  # things that a message offers all of
REWRITTEN = 10  # places of one name that are written anew at once


class Way(NamedTuple):
    """One way out."""

    words: str
    cures: Cures = ()


class Ways(NamedTuple):
    """Ways out to choose from, each with what it is for; the first is the likeliest."""

    choices: tuple[tuple[str, Way | None], ...]

    @property
    def hint(self) -> str:
        """All ways in words; what follows a whole file stands on a line of its own."""
        said = [f"{case}: {way.words}" if case else way.words for case, way in self._there]
        between = ["\n" if "\n" in each else " " if each[-1] == "?" else "; " for each in said]
        return "".join(chain.from_iterable(zip(said, [*between[:-1], ""], strict=True)))

    @property
    def cures(self) -> Cures:
        return tuple(
            Cure(title=f"{case}: {cure.title}" if case else cure.title, changes=cure.changes)
            for case, way in self._there
            for cure in way.cures
        )

    @property
    def _there(self) -> list[tuple[str, Way]]:
        return [(case, way) for case, way in self.choices if way is not None]


def unknown(
    thing: Thing, word: str, near: Sequence[str], every: Sequence[str], source: Source, path: Path
) -> Ways:
    """Ways out where `word` at a path is no thing of those that have records of their own: those
    that are `near` it, or else all that there are, if they are few, and a new one.
    """
    guessed = list(near or (every if len(every) <= CHOICES else ()))
    said = did_you_mean(guessed) if near else f"the {thing.nouns} are {', '.join(guessed)}"
    said = said if guessed else ""
    written = Way(said, tuple(c for g in guessed for c in cures.writing(source, path, g)))
    is_address = "://" in word
    own = slugs.slug(_last_of(word) if is_address else word)
    made = first_page(thing, own, word) if own else None
    if made is not None and is_address:  # which is no name of the new one
        named = tuple(each for cure in cures.writing(source, path, own) for each in cure.changes)
        made = Way(
            f"{made.words}\nand here: {own}",
            tuple(Cure(title=each.title, changes=(*each.changes, *named)) for each in made.cures),
        )
    choices = (("", written if said else None), (f"a new {thing.noun}", made))
    return Ways(choices if near else choices[::-1])


def exactly(own: str, source: Source, path: Path) -> Ways:
    """What is certainly meant at a path."""
    return Ways((("", Way(f"write {own}", cures.writing(source, path, own, certain=True))),))


def first_page(thing: Thing, own: str, word: str) -> Way:
    """The file of a thing that nobody has written about yet, with all that it needs."""
    file, url = page_of(thing, own), word if "://" in word else ""
    name = own.replace("-", " ").capitalize() if url or slugs.is_id(word) else word
    lines = [
        f"{key}: {dump_flow(name)}" if key in ("name", "title") else models.example(model, key)
        for model in [models.MODELS[thing.name]]
        for key in models.required(model)
    ]
    if url and "url" in models.keys(models.MODELS[thing.name]):
        lines.append(f"url: {dump_flow(url)}")
    text = "\n".join(("---", *lines, "---"))
    made = NewFile(file=file, text=f"{text}\n")
    return Way(f"write {file}:\n{text}", (Cure(title=f"write {file}", changes=(made,)),))


def _last_of(url: str) -> str:
    """The last words of an address, or its host."""
    host, *parts = url.partition("://")[2].partition("?")[0].partition("#")[0].split("/")
    return next((part.rpartition(".")[0] or part for part in reversed(parts) if part), host)


def page_of(thing: Thing, own: str) -> str:
    """Where the page of somebody or something is, or would be."""
    return f"{thing.folder}/{own}{thing.ending}"


def new_page(thing: Thing, own: str, name: str, field: str = "", word: str = "") -> Way:
    """A page for who or what has the id `own` and goes by `name`, with one word in a field."""
    file = page_of(thing, own)
    lines = ["---", f"name: {dump_flow(name)}"]
    if field:
        lines.append(f"{field}: {dump_flow([word])}")
    text = "\n".join((*lines, "---"))
    made = NewFile(file=file, text=f"{text}\n")
    return Way(
        f"write {file}:\n{text}", (Cure(title=f"write {file} with {lines[-1]}", changes=(made,)),)
    )


def on_page(claims: Claims, own: str, name: str, field: str, word: str) -> Way:
    """`word` in a list of the page of `own`, which is written if it is not there."""
    source = claims.sources.get(own)
    if source is None:
        return new_page(claims.thing, own, name, field, word)
    if not source.holds((field,)):
        line = f"{field}: {dump_flow([word])}"
        added = cures.adding(source, (field,), [word], f"add {line} to {source.path}")
        return Way(f"add '{line}' to {source.path}", added)
    said = f"add '{dump_flow(word)}' to the {field} in {source.path}"
    return Way(said, cures.adding(source, (field, 0), word, said))


def written_as(names: Names, meant: str, other: str) -> Way | None:
    """The name of `meant` wherever `other` is named, if a program can and nobody has settled it."""
    name, uses = names.name(meant), names.places.get(other, ())
    if (
        other in names.claims.aliases
        or not 0 < len(uses) <= REWRITTEN
        or any(use.id or not use.name for use in uses)
    ):
        return None
    made = [cures.writing(use.source, use.path, name) for use in uses]
    if not all(made):
        return None
    changes = tuple(chain.from_iterable(cure.changes for (cure,) in made))
    said = f"write {dump_flow(name)}" + (f", in {len(uses)} places" if len(uses) > 1 else "")
    return Way(said, (Cure(title=said, changes=changes),))
