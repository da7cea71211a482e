"""Events as entries of lists: when and where they were, and how much there is of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from babel import Locale

from kbsite.catalog import EVENT
from kbsite.graph.nodes import EventNode
from kbsite.kinds import cards, words
from kbsite.kinds.base import Data, Ref, Views

_TERRITORIES = Locale("en").territories


@dataclass(frozen=True, kw_only=True, slots=True)
class EventEntry:
    """An event as an entry of a list."""

    ref: Ref
    when: str
    where: str
    sessions: str
    learnings: str


@dataclass(frozen=True, slots=True)
class Events(Data):
    macro: ClassVar = "events"
    entries: tuple[EventEntry, ...]


def when(node: EventNode) -> str:
    return words.days(node.record.start, node.record.end)


def where(node: EventNode) -> str:
    """Venue, city and country; a two-letter country is spelt out."""
    record = node.record
    country = _TERRITORIES.get(record.country, record.country) if record.country else None
    return ", ".join(part for part in (record.venue, record.city, country) if part)


def entry(views: Views, id: str) -> EventEntry:
    node = views.graph.events[id]
    learnings = len(cards.learnings_in(views, node.sessions))
    return EventEntry(
        ref=Ref(node.record.name, EVENT.path(id)),
        when=when(node),
        where=where(node),
        sessions=words.count(len(node.sessions), "session"),
        learnings=words.count(learnings, "learning") if learnings else "",
    )
