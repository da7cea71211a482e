"""Who and what is meant by a name that somebody gives, among all that records name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kbsite import records, slugs
from kbsite.catalog import PERSON, PROJECT, THEME, Thing
from kbsite.chores.desk import Desk
from kbsite.chores.places import Named
from kbsite.errors import UsageError
from kbsite.graph.naming import name_everything
from kbsite.graph.titles import Told
from kbsite.phrases import Phrase, Phrases
from kbsite.sources import Source
from kbsite.wikilinks import WikiLink
from kbsite.wording import did_you_mean

SHOWN = 5  # ids that a message lists


class Known(NamedTuple):
    """One of those that are named: its id, its name, and its page, if it has one."""

    id: str
    name: str
    page: Source | None


class Who:
    """All of one kind that are named: in published records, in others, and by pages alone."""

    def __init__(self, desk: Desk, thing: Thing) -> None:
        library = desk.base.library
        told = dict.fromkeys(library.sessions, Told())  # what titles name is in no field
        naming = name_everything(library, library.sessions, told, lambda _: None)
        self.thing, self.names = thing, naming.of(thing)

    def known(self, word: str) -> Known:
        """The one that goes by an id, a name or an alias. Raises UsageError."""
        found = self.meant(word)
        if len(found) == 1:
            own = found[0]
            return Known(own, self.names.name(own), self.names.claims.sources.get(own))
        if found:
            raise several(word, found)
        near = self.names.vocabulary.nearest(word) or slugs.nearest(word, self.names.claims.sources)
        hint = did_you_mean(near) or "say a name as records have it, or an id"
        raise UsageError(f"there is no {self.thing.noun} '{word}'; {hint}")

    def meant(self, word: str) -> list[str]:
        """The ids of all that a word may mean."""
        if word in self.names.claims.aliases:
            return [word]
        claimed = self.names.claims.ids.get(slugs.name_key(word))
        return self.names.lookup(word) or ([claimed] if claimed is not None else [])

    def is_taken(self, id: str) -> bool:
        return id in self.names.spellings or id in self.names.claims.aliases

    def is_named(self, each: Named, own: str) -> bool:
        """Whether a word of a record means the one with an id."""
        record = each.entry.record
        if self.thing is not PERSON or not isinstance(record, records.Session):
            return self.meant(each.word) == [own]
        at = each.path[1]
        if each.path[0] == "speakers" and isinstance(at, int):
            return self.speaker(record.speakers[at]) == own
        return any(
            self.speaker(speaker) == own
            and (each.word == speaker.id or _key(each.word) == _key(speaker.name or own))
            for speaker in record.speakers
        )

    def speaker(self, speaker: records.SpeakerRef) -> str:
        return speaker.id or self.names.id_of(speaker.name or "")

    def is_linked(self, link: WikiLink, own: str) -> bool:
        return self.meant(link.target) == [own]


def several(word: str, found: Sequence[str]) -> UsageError:
    """Why nothing is done about a word that may mean each of several ids."""
    return UsageError(f"'{word}' can be any of {', '.join(found[:SHOWN])}; say which by its id")


def told_by_titles(desk: Desk, thing: Thing, words: str) -> bool:
    """Whether the title of a session would name a theme or a project that is called so."""
    if thing not in (THEME, PROJECT):
        return False
    phrases = Phrases([Phrase(words, None, as_written=thing is PROJECT)])
    sessions = desk.base.library.sessions.values()
    return any(True for entry in sessions for _ in phrases.found(entry.record.title))


def titles(record: records.Topic) -> list[str]:
    """How titles name something."""
    return [*(record.in_titles or (record.name, *record.aliases))]


def _key(word: str) -> str:
    return slugs.name_key(word)
