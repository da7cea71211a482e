"""Who is who, across all records: the names of themes, people, organisations and projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kbsite import records, slugs
from kbsite.catalog import Thing
from kbsite.errors import Problem
from kbsite.fields import did_you_mean
from kbsite.graph.addresses import Use, settle
from kbsite.graph.names import Names, claim
from kbsite.library import Entry, Library
from kbsite.slugs import Vocabulary
from kbsite.sources import Path, Source

Report = Callable[[Problem], None]
Sessions = Mapping[str, Entry[records.Session]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """What every name means. Only what published records name is known here."""

    themes: Names
    people: Names
    organisations: Names
    projects: Names

    def of(self, thing: Thing) -> Names:
        """The names of one kind of thing."""
        names: Names = getattr(self, thing.plural)
        return names

    def person(self, speaker: records.SpeakerRef) -> str:
        """The id of a speaker, or nothing where neither id nor name is given."""
        if speaker.id:
            return speaker.id
        return self.people.id_of(speaker.name) if speaker.name else ""

    def organisation(self, name: str | None) -> str | None:
        return self.organisations.id_of(name) if name else None

    def projects_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of projects, each once."""
        return tuple(dict.fromkeys(map(self.projects.id_of, names)))


def name_everything(library: Library, published: Sessions, report: Report) -> Naming:
    """Claim the names that records give themselves, then settle what each name in use means."""
    people: list[Use] = []
    organisations: list[Use] = []
    projects: list[Use] = []
    for entry in published.values():
        session, source = entry.record, entry.source
        for at, speaker in enumerate(session.speakers):
            path: Path = ("speakers", at)
            people.append(
                Use(source=source, path=(*path, "name"), name=speaker.name, id=speaker.id)
            )
            if speaker.org:
                organisations.append(Use(source=source, path=(*path, "org"), name=speaker.org))
        projects += _uses(session.projects, source, ("projects",))
        for at, announcement in enumerate(session.announcements):
            path = ("announcements", at)
            if announcement.by:
                organisations.append(Use(source=source, path=(*path, "by"), name=announcement.by))
            projects += _uses(announcement.projects, source, (*path, "projects"))
    themes: list[Use] = []
    for own, theme in library.themes.items():
        themes.append(Use(source=theme.source, path=(), name=None, id=own))
        projects += _uses(theme.record.projects, theme.source, ("projects",))
    return Naming(
        themes=settle(claim(library.themes, "theme", report), themes, report),
        people=settle(claim(library.speakers, "speaker", report), people, report),
        organisations=settle(
            claim(library.organisations, "organisation", report), organisations, report
        ),
        projects=settle(claim(library.projects, "project", report), projects, report),
    )


def _uses(names: Iterable[str], source: Source, path: Path) -> Iterator[Use]:
    for at, name in enumerate(names):
        yield Use(source=source, path=(*path, at), name=name)


@dataclass(frozen=True, kw_only=True)
class ThemeFinder:
    """Finds the themes that records name."""

    library: Library
    names: Names
    report: Report

    @cached_property
    def _ids(self) -> Vocabulary:
        return Vocabulary(self.library.themes)

    def ids(self, words: Iterable[str], source: Source, path: Path) -> tuple[str, ...]:
        """Names, aliases and ids to ids, each once; KB104 for each word at `path` that is none."""
        out: dict[str, None] = {}
        for at, word in enumerate(words):
            own = self.names.claims.ids.get(slugs.name_key(word))
            if own is not None:
                out[own] = None
            elif not self.library.may_hold(word, ("themes",), asking=source.path):
                near = self._ids.nearest(word)
                another = f"add themes/{slugs.slug(word) or 'name'}.md"
                self.report(
                    source.problem(
                        "KB104",
                        (*path, at),
                        f"unknown theme '{word}'",
                        did_you_mean(near) or f"the themes are the files in themes/; {another}",
                    )
                )
        return tuple(out)


def check_named(published: Sessions, naming: Naming, library: Library) -> Iterator[Problem]:
    """KB212: a speaker given by id alone, whose name is found nowhere."""
    known = Vocabulary(own for own, counts in naming.people.spellings.items() if counts)
    for entry in published.values():
        for at, speaker in enumerate(entry.record.speakers):
            own = speaker.id
            if own is None or speaker.name or naming.people.spellings[own]:
                continue
            if own in naming.people.claims.official or library.may_hold(
                own, ("sessions", "speakers"), asking=entry.source.path
            ):
                continue
            yield entry.source.problem(
                "KB212",
                ("speakers", at, "id"),
                f"nothing says the name of the speaker '{own}'",
                did_you_mean(known.nearest(own, count=1), "otherwise add: name: Ada Example"),
            )
