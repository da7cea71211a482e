"""What a session's title and tracks say it is about, beside what its record says.

A theme or a project whose name stands in the title is named by it; so is a theme by a track that
is its own. A keyword, or a project that belongs to a theme, only hints at the theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from kbsite import cures, records, slugs
from kbsite.catalog import PROJECT, THEME
from kbsite.errors import Problem
from kbsite.library import Entry, Library
from kbsite.phrases import Found, Phrase, Phrases
from kbsite.sources import Path
from kbsite.wording import did_you_mean

Evidence: TypeAlias = Literal["title", "track"]
Sort: TypeAlias = Literal["theme", "project", "keyword", "nothing"]


@dataclass(frozen=True, slots=True)
class Told:
    """The ids of what a session says it is about, each in the order in which it does.

    `themes` are with what names them; those that are only `suggested` are others.
    """

    themes: Mapping[str, Evidence] = field(default_factory=dict)
    suggested: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


class _Meaning(NamedTuple):
    """What a phrase says: it names a theme or project, hints at a theme, or says nothing."""

    sort: Sort
    id: str


class TitleReader:
    """Reads titles and tracks by what the records of themes and projects say of themselves."""

    def __init__(self, library: Library) -> None:
        themes: Mapping[str, Entry[records.Theme]] = library.of(THEME)
        projects: Mapping[str, Entry[records.ProjectExtension]] = library.of(PROJECT)
        self._phrases = Phrases([*_phrases("theme", themes), *_phrases("project", projects)])
        self._themes = _called(themes)
        self._projects = _called(projects)
        self._by_track = {
            slugs.name_key(track): own
            for own, entry in themes.items()
            for track in entry.record.tracks
        }
        self._themes_of: dict[str, list[str]] = {}  # a project
        for own, entry in themes.items():
            keys = map(slugs.name_key, entry.record.projects)
            for project in {self._projects[key] for key in keys if key in self._projects}:
                self._themes_of.setdefault(project, []).append(own)

    def read(self, session: records.Session) -> Told:
        """What the title and the tracks say, less what the record says no to."""
        denied = [slugs.name_key(word) for word in session.not_about]
        not_themes = {self._themes.get(key) for key in denied}
        not_projects = {self._projects.get(key) for key in denied}
        themes: dict[str, Evidence] = {}
        hints: dict[str, None] = {}
        projects: dict[str, None] = {}
        for track in session.tracks:
            own = self._by_track.get(slugs.name_key(track))
            if own is not None and own not in not_themes:
                themes[own] = "track"
        for sort, id in self._said(session.title):
            if sort == "project" and id not in not_projects:
                projects[id] = None
                hints |= dict.fromkeys(self._themes_of.get(id, ()))
            elif sort == "theme" and id not in not_themes:
                themes[id] = "title"
            elif sort == "keyword":
                hints[id] = None
        return Told(
            themes=themes,
            suggested=tuple(id for id in hints if id not in themes and id not in not_themes),
            projects=tuple(projects),
        )

    def denials(self, entry: Entry[records.Session], library: Library) -> Iterator[Problem]:
        """KB104 for each word that a record says no to, and that names nothing; KB229 for one to
        which it says yes as well.
        """
        for at, word in enumerate(entry.record.not_about):
            key = slugs.name_key(word)
            path: Path = ("not_about", at)
            if key in self._themes or key in self._projects:
                yield from self._contradictions(entry, word, path)
                continue
            if library.may_hold(word, (THEME.name, PROJECT.name), asking=entry.source.path):
                continue
            near = slugs.nearest(word, (*library.of(THEME), *library.of(PROJECT)))
            yield entry.source.problem(
                "KB104",
                path,
                f"no theme or project is called '{word}'",
                did_you_mean(near, "remove it: nothing would take the session to be about it"),
                cures=[
                    *(c for name in near for c in cures.writing(entry.source, path, name)),
                    *cures.removing(entry.source, path),
                ],
            )

    def _contradictions(
        self, entry: Entry[records.Session], word: str, path: Path
    ) -> Iterator[Problem]:
        """KB229 where a list names what a word at `path` denies."""
        key = slugs.name_key(word)
        for name, called in (
            ("themes", self._themes),
            ("suggested_themes", self._themes),
            ("projects", self._projects),
        ):
            for at, each in enumerate(getattr(entry.record, name)):
                if key in called and called.get(slugs.name_key(each)) == called[key]:
                    yield entry.source.problem(
                        "KB229",
                        path,
                        f"'{word}' stands below {name} too",
                        f"remove it here if the session is about it, and below {name} if it is not",
                        cures=[
                            *cures.removing(entry.source, path, "remove it here"),
                            *cures.removing(entry.source, (name, at), f"remove it from {name}"),
                        ],
                    )

    def _said(self, title: str) -> list[_Meaning]:
        """What the title's phrases mean. A keyword says nothing inside of a longer phrase, nor does
        a name inside of one in which it means something else.
        """
        found = list(self._phrases.found(title))
        return [
            each.means
            for each in found
            if not any(
                each.inside(other) and (each.means.sort == "keyword" or _annuls(other, each))
                for other in found
            )
        ]


def _annuls(other: Found[_Meaning], each: Found[_Meaning]) -> bool:
    return other.means.sort == "nothing" and other.means.id == each.means.id


def _called(entries: Mapping[str, Entry[records.Named]]) -> dict[str, str]:
    """The keys of all that things are called, to their ids."""
    return {
        slugs.name_key(word): own
        for own, entry in entries.items()
        for word in (own, entry.record.name, *entry.record.aliases)
    }


def _phrases(
    sort: Literal["theme", "project"], entries: Mapping[str, Entry[records.Topic]]
) -> Iterator[Phrase[_Meaning]]:
    """How titles name things, and hint at them. A project is named as it is written, for it may be
    called by a word: Harbor.
    """
    for own, entry in entries.items():
        record = entry.record
        if "name" in entry.lost:
            continue
        for name in record.in_titles or (record.name, *record.aliases):
            yield Phrase(name, _Meaning(sort, own), as_written=sort == "project")
        for words in record.not_in_titles:
            yield Phrase(words, _Meaning("nothing", own))
        if isinstance(record, records.Theme):
            for keyword in record.keywords:
                yield Phrase(keyword, _Meaning("keyword", own))
