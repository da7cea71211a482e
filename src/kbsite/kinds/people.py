"""The pages of people: what they said, where, when, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import EVENT, PERSON
from kbsite.graph.nodes import NamedNode
from kbsite.graph.queries import latest
from kbsite.kinds import cards, named, parts, sections, session_lists, words
from kbsite.kinds.base import Data, Facet, Kind, Page, Part, Ref, View, Views, facet, part
from kbsite.kinds.cards import More

QUOTES = 30
LEARNINGS = 30  # of their own
COMPANIONS = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Latest:
    """What somebody was, and for whom, when last seen."""

    role: str | None
    organisation: Ref | None
    event: Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView(View):
    entity: named.Entity
    latest: Latest | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AppearanceCard:
    """A session that somebody spoke in, and as what."""

    session: cards.SessionCard
    organisation: Ref | None
    role: str | None
    moderator: bool


@dataclass(frozen=True, slots=True)
class Appearances(Data):
    macro: ClassVar = "appearances"
    cards: tuple[AppearanceCard, ...]
    more: More | None


@dataclass(frozen=True, slots=True)
class OthersLearnings(Data):
    """What was learned in sessions that somebody spoke in, and perhaps not said by them."""

    macro: ClassVar = "others_learnings"
    name: str
    cards: tuple[cards.LearningCard, ...]


def pages(views: Views) -> Iterator[Page]:
    return named.pages(
        views,
        PERSON,
        template="person.html",
        title="People",
        lead="Everybody who spoke in a session.",
        view=_person,
        describe=_describe,
    )


def _describe(views: Views, node: NamedNode) -> str:
    spoke = f"{node.name} spoke in {words.count(len(node.sessions), 'session')}"
    if not node.sessions:
        return f"{spoke}."
    return f"{spoke}, latest in “{views.graph.sessions[node.sessions[0]].record.title}”."


def _person(views: Views, node: NamedNode) -> PersonView:
    return PersonView(
        entity=named.entity(node), latest=_latest(views, node), parts=_parts(views, node)
    )


def _latest(views: Views, node: NamedNode) -> Latest | None:
    found = latest(views.graph, node)
    if found is None:
        return None
    session, own = found
    return Latest(
        role=own.role,
        organisation=cards.affiliation_ref(own),
        event=views.ref(EVENT, session.event),
    )


def _parts(views: Views, node: NamedNode) -> tuple[Part, ...]:
    held = [views.graph.sessions[id] for id in node.sessions]
    said = [quote for session in held for quote in session.quotes if quote.by == node.id]
    quotes = tuple(cards.quote_card(views, quote) for quote in said[:QUOTES])
    learnings = [each for session in held for each in session.learnings]
    taught = [each.key for each in learnings if each.by == node.id]
    others = [each.key for each in learnings if each.by != node.id]
    companions = [id for id in cards.people_in(views, node.sessions) if id != node.id]
    own = cards.learning_cards(views, taught[:LEARNINGS])
    theirs = cards.learning_cards(views, others[: named.LEARNINGS])
    return (
        *part("quotes", "In their words", parts.Quotes(quotes), when=quotes),
        *part("learnings", "What they taught", parts.Learnings(own), when=own),
        *part("sessions", "Sessions", _appearances(views, node), when=held),
        *part(
            "session-learnings",
            "Learned in these sessions",
            OthersLearnings(node.name, theirs),
            when=theirs,
        ),
        *part(
            "with",
            "Spoke with",
            parts.Tallies(cards.tallied(views, PERSON, companions, COMPANIONS)),
            when=companions,
        ),
        *named.mentions_part(views, PERSON, node),
    )


def _appearances(views: Views, node: NamedNode) -> Appearances:
    shown = []
    for id in node.sessions[: session_lists.INLINE]:
        own = next(a for a in views.graph.sessions[id].appearances if a.person == node.id)
        shown.append(
            AppearanceCard(
                session=views.once(cards.session_card, id),
                organisation=cards.affiliation_ref(own),
                role=own.role,
                moderator=own.moderator,
            )
        )
    path = session_lists.address(PERSON.path(node.id))
    more = cards.more(len(node.sessions), session_lists.INLINE, "session", path)
    return Appearances(tuple(shown), more)


def facets(views: Views) -> Iterator[Facet]:
    sessions = views.graph.sessions.values()
    of = ((a.person for a in node.appearances) for node in sessions)
    yield facet(views, PERSON, of)


KIND = Kind(
    name=PERSON.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("People", PERSON.index),
    section=sections.NAMES,
)
