"""Who is who, across all records: the names of themes, people, organisations and projects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from pydantic import BaseModel

from kbsite import catalog, cures, models, records, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, Thing
from kbsite.errors import Problem
from kbsite.fields import Refers
from kbsite.graph.addresses import settle
from kbsite.graph.names import Names, Use, claim
from kbsite.graph.titles import Told
from kbsite.graph.ways import Way, Ways, exactly, unknown
from kbsite.library import Entry, Library
from kbsite.remarks import twice
from kbsite.slugs import Vocabulary
from kbsite.sources import Path, Source
from kbsite.wording import did_you_mean, shown

_BETWEEN = re.compile(r"\s*[,;/&+]\s*|\s+(?:and\s+)?")

_FILE = re.compile(r"\A.*[/:#](?=.)|\.md\Z")  # what paths, links and tags have around an id

Report = Callable[[Problem], None]
Sessions = Mapping[str, Entry[records.Session]]


@dataclass(frozen=True, slots=True)
class Naming:
    """What every name means, by the name of the thing in the catalogue.

    Of what is named freely, only what published records name is known here.
    """

    names: Mapping[str, Names]

    def of(self, thing: Thing) -> Names:
        """The names of one kind of thing."""
        return self.names[thing.name]

    def person(self, speaker: records.SpeakerRef) -> str:
        """The id of a speaker, or nothing where neither id nor name is given."""
        if speaker.id:
            return speaker.id
        return self.of(PERSON).id_of(speaker.name) if speaker.name else ""

    def organisation(self, name: str | None) -> str | None:
        return self.of(ORGANISATION).id_of(name) if name else None

    def projects_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of projects, each once."""
        return self.ids_of(PROJECT, names)

    def ids_of(self, thing: Thing, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of things that are named freely, each once."""
        return tuple(dict.fromkeys(map(self.of(thing).id_of, names)))


def name_everything(
    library: Library, published: Sessions, told: Mapping[str, Told], report: Report
) -> Naming:
    """Claim the names that records give themselves, then settle what each name in use means.

    `told` is what the titles of the published sessions name.
    """
    named = [thing for thing in catalog.THINGS if thing.words and _has_names(thing)]
    uses: dict[str, list[Use]] = {thing.name: [] for thing in named}
    for own, entry in published.items():
        _note(entry, uses)
        uses[PROJECT.name] += [
            Use(entry.source, ("title",), None, project) for project in told[own].projects
        ]
    for thing in named:
        for own, entry in library.of(thing).items():
            if not thing.named_freely:
                uses[thing.name].append(Use(source=entry.source, path=(), name=None, id=own))
            _note(entry, uses)
    return Naming(
        {
            thing.name: settle(claim(library.of(thing), thing, report), uses[thing.name], report)
            for thing in named
        }
    )


def _has_names(thing: Thing) -> bool:
    """Whether the records of a thing say what it is called, and how else."""
    model = models.MODELS.get(thing.name)
    return model is not None and issubclass(model, records.Named)


def _note(entry: Entry[BaseModel], uses: Mapping[str, list[Use]]) -> None:
    """The names in a record of what needs no record of its own."""
    record, source = entry.record, entry.source
    for names, thing in _freely(type(record)):
        if thing is PERSON and isinstance(record, records.Session):
            uses[PERSON.name] += [
                Use(source, ("speakers", at, "name"), speaker.name, speaker.id)
                for at, speaker in enumerate(record.speakers)
            ]
        else:
            uses[thing.name] += [
                Use(source, path, name) for path, name in models.texts(record, names)
            ]


@lru_cache(maxsize=64)
def _freely(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Thing], ...]:
    """The fields of a model, named from the top, whose things need no record of their own."""
    marked = models.marked(model, Refers)
    return tuple((names, mark.thing) for names, mark in marked if mark.thing.named_freely)


@dataclass(frozen=True, kw_only=True)
class Finder:
    """Finds the things that records name and that have records of their own, as themes do."""

    thing: Thing
    library: Library
    names: Names
    report: Report

    def ids(self, words: Iterable[str], source: Source, path: Path) -> tuple[str, ...]:
        """Names, aliases and ids to ids, each once; KB104 for each word at `path` that is none, and
        KB130 for one that means the same as another.
        """
        out: dict[str, str] = {}
        words = tuple(words)
        for at, word in enumerate(words):
            own = self.names.claims.ids.get(slugs.name_key(word))
            if own is not None:
                other = out.setdefault(own, word)
                if slugs.name_key(other) != slugs.name_key(word):
                    said = f"{shown(word)} is the same as {shown(other)}, which is listed too"
                    self.report(twice(source, (*path, at), said))
            elif not self.library.may_hold(word, (self.thing.name,), asking=source.path):
                self.report(self._unknown(words, at, source, path))
        return tuple(out)

    def repeated(self, words: Iterable[str], others: Sequence[str], source: Source) -> None:
        """KB130 for suggested ones that are among `others`, which are confirmed."""
        ids = self.names.claims.ids
        confirmed = {ids.get(slugs.name_key(other)) for other in others}
        for at, word in enumerate(words):
            if ids.get(slugs.name_key(word), "") in confirmed:
                said = f"{shown(word)} is listed under themes, where it is confirmed"
                self.report(twice(source, ("suggested_themes", at), said))

    def _unknown(self, words: Sequence[str], at: int, source: Source, path: Path) -> Problem:
        """KB104 for one of the `words` at a path: what it may be, all that there are, or a new one.

        Two in one word are told apart.
        """
        word, place, known = words[at], (*path, at), self.names.claims
        several = [each for each in _BETWEEN.split(word) if slugs.name_key(each) in known.ids]
        if len(several) > 1 and len(several) == len(_BETWEEN.split(word)):
            whole = [*words[:at], *several, *words[at + 1 :]]
            said = f"write [{', '.join(several)}]"
            ways = Ways((("", Way(said, cures.writing(source, path, whole, said))),))
        elif by_path := known.ids.get(slugs.name_key(_FILE.sub("", word.strip("/ ")))):
            ways = exactly(by_path, source, place)
        else:
            near: dict[str, str] = {}  # ids to the likeliest of their names
            for each in self._vocabulary.nearest(word):
                near.setdefault(known.ids[slugs.name_key(each)], each)
            every = sorted(known.sources)
            ways = unknown(self.thing, word, [*near.values()], every, source, place)
        return source.problem(
            "KB104", place, f"unknown {self.thing.noun} '{word}'", ways.hint, cures=ways.cures
        )

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """Ids, and aliases that are written otherwise."""
        claims = self.names.claims
        return Vocabulary({*claims.sources, *chain(*claims.aliases.values())})


def check_named(published: Sessions, naming: Naming, library: Library) -> Iterator[Problem]:
    """KB212: a speaker given by id alone, whose name is found nowhere."""
    known: Vocabulary | None = None
    for entry in published.values():
        for at, speaker in enumerate(entry.record.speakers):
            own = speaker.id
            if own is None or speaker.name or naming.of(PERSON).spellings[own]:
                continue
            if own in naming.of(PERSON).claims.official or library.may_hold(
                own, models.may_name(PERSON), asking=entry.source.path
            ):
                continue
            if known is None:
                spellings = naming.of(PERSON).spellings
                known = Vocabulary(each for each, counts in spellings.items() if counts)
            yield entry.source.problem(
                "KB212",
                ("speakers", at, "id"),
                f"nothing says the name of the speaker '{own}'",
                did_you_mean(
                    near := known.nearest(own, count=1),
                    f"otherwise add a name, as '{models.example(records.SpeakerRef, 'name')}'",
                ),
                cures=cures.writing(entry.source, ("speakers", at, "id"), near[0])
                if near
                else cures.adding(
                    entry.source, ("speakers", at, "name"), own.replace("-", " ").title()
                ),
            )
