"""The pages of people: what they said, where, when, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import EVENT, PERSON, PROJECT, THEME
from kbsite.graph.nodes import Appearance, NamedNode
from kbsite.graph.queries import latest
from kbsite.kinds import (
    cards,
    directory,
    named,
    paging,
    parts,
    sections,
    session_lists,
    videos,
    words,
)
from kbsite.kinds.base import Data, Facet, Kind, Page, Part, Ref, View, Views, facet, part
from kbsite.kinds.cards import More
from kbsite.kinds.findings import inferred_last

QUOTES = 30
LEARNINGS = 30  # of their own
COMPANIONS = 12
FEW = 8  # themes and projects
STINTS = 12  # organisations
MANY = 12  # sessions to which the years lead


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
    counts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AppearanceCard:
    """A session that somebody spoke in, for whom, and with whom: those a row names, and others."""

    session: cards.SessionCard
    organisation: Ref | None
    moderator: bool
    named: tuple[cards.SpeakerRef, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class Year:
    """What somebody did in a year; `anchor` is unique on their page."""

    anchor: str
    title: str
    cards: tuple[AppearanceCard, ...]


@dataclass(frozen=True, slots=True)
class Appearances(Data):
    """Sessions by year, newest first; of many, ways to each year, which may be on another page."""

    macro: ClassVar = "appearances"
    years: tuple[Year, ...]
    ways: tuple[cards.Tally, ...]
    more: More | None


@dataclass(frozen=True, slots=True)
class Stint:
    """For whom somebody spoke, if that is known, in which years, and as what."""

    organisation: Ref | None
    years: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stints(Data):
    """Newest first."""

    macro: ClassVar = "stints"
    stints: tuple[Stint, ...]


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
        lead="Everybody who spoke in a session, by family name.",
        view=_person,
        describe=_describe,
        listing=directory.LISTING,
    )


def _describe(views: Views, node: NamedNode) -> str:
    spoke = f"{node.name} spoke in {words.count(len(node.sessions), 'session')}"
    if not node.sessions:
        return f"{spoke}."
    return f"{spoke}, latest in “{views.graph.sessions[node.sessions[0]].record.title}”."


def _person(views: Views, node: NamedNode) -> PersonView:
    held = [views.graph.sessions[id] for id in node.sessions]
    taught = [each for session in held for each in session.learnings if each.by == node.id]
    return PersonView(
        entity=named.entity(node),
        latest=_latest(views, node),
        counts=words.numbers(
            (len(held), "session", "sessions"),
            (len({session.event for session in held}), "event", "events"),
            (sum(bool(videos.recording(s)) for s in held), "recording", "recordings"),
            (len(taught), "learning", "learnings"),
        ),
        parts=_parts(views, node),
        margin=_margin(views, node),
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
    own = cards.learning_cards(views, taught[:LEARNINGS])
    theirs = cards.learning_cards(views, inferred_last(views, others)[: named.LEARNINGS])
    return (
        *part("quotes", "In their words", parts.Quotes(quotes), when=quotes),
        *part("learnings", "What they taught", parts.Learnings(own), when=own),
        *part("sessions", "Sessions", _appearances(views, node), when=held),
        *part(
            "session-learnings",
            "From their talks",
            OthersLearnings(node.name, theirs),
            when=theirs,
        ),
    )


def _margin(views: Views, node: NamedNode) -> tuple[Part, ...]:
    graph = views.graph
    stints = _stints(views, node)
    themes = cards.tallied(views, THEME, cards.themes_in(views, node.sessions), FEW)
    about = (project for id in node.sessions for project in graph.sessions[id].projects)
    projects = cards.tallied(views, PROJECT, about, FEW)
    companions = [id for id in cards.people_in(views, node.sessions) if id != node.id]
    together = cards.tallied(views, PERSON, companions, COMPANIONS)
    return (
        *part("roles", "Spoke as", Stints(stints), when=stints),
        *part("themes", "Themes", parts.Tallies(themes), when=themes),
        *part("projects", "Projects", parts.Tallies(projects), when=projects),
        *part("with", "Spoke with", parts.Tallies(together), when=together),
        *named.mentions_part(views, PERSON, node),
    )


def _own(views: Views, node: NamedNode, id: str) -> Appearance:
    return next(a for a in views.graph.sessions[id].appearances if a.person == node.id)


def _year(views: Views, id: str) -> int:
    return views.graph.events[views.graph.sessions[id].event].record.start.year


def _stints(views: Views, node: NamedNode) -> tuple[Stint, ...]:
    held: dict[str | None, list[tuple[int, Appearance]]] = {}
    for id in node.sessions:
        own = _own(views, node, id)
        if own.role or own.organisation:
            held.setdefault(own.organisation, []).append((_year(views, id), own))
    return tuple(
        Stint(
            cards.affiliation_ref(own[0][1]),
            words.years(year for year, _ in own),
            tuple(dict.fromkeys(appearance.role for _, appearance in own if appearance.role)),
        )
        for own in islice(held.values(), STINTS)
    )


def _appearances(views: Views, node: NamedNode) -> Appearances:
    shown: dict[int, list[AppearanceCard]] = {}
    for id in node.sessions[: session_lists.INLINE]:
        own = _own(views, node, id)
        card = views.once(cards.session_card, id)
        path = PERSON.path(node.id)
        others = tuple(each for each in card.speakers if each.path != path)
        shown.setdefault(_year(views, id), []).append(
            AppearanceCard(
                session=card,
                organisation=cards.affiliation_ref(own),
                moderator=own.moderator,
                named=cards.some(others),
                unnamed=len(others) - len(cards.some(others)),
            )
        )
    years = tuple(Year(f"year-{year}", str(year), tuple(held)) for year, held in shown.items())
    base = session_lists.address(PERSON.path(node.id))
    more = cards.more(len(node.sessions), session_lists.INLINE, "session", base)
    if more:
        slices = paging.cut(len(node.sessions), base, base)
        return Appearances(years, session_lists.years(views, node.sessions, slices), more)
    ways = (Ref(year.title, f"{PERSON.path(node.id)}#{year.anchor}") for year in years)
    many = len(node.sessions) > MANY and len(years) > 1
    tallies = tuple(
        cards.Tally(way, len(year.cards)) for way, year in zip(ways, years, strict=True)
    )
    return Appearances(years, tallies if many else (), None)


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
