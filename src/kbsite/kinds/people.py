"""The pages of people: what they said, where, when, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import NamedNode
from kbsite.kinds import cards, listing, named, things, words
from kbsite.kinds.base import Kind, Page, Section, View, present
from kbsite.kinds.cards import Tally

TAB = "people/"

SECTIONS = (
    Section(id="quotes", title="In their words"),
    Section(id="learnings", title="What they taught"),
    Section(id="sessions", title="Sessions"),
    Section(id="session-learnings", title="Learned in these sessions"),
    Section(id="with", title="Spoke with"),
    Section(id="mentions", title="Mentioned in"),
)


def pages(graph: Graph) -> Iterator[Page]:
    return named.pages(
        graph,
        graph.people,
        kind="person",
        template="person.html",
        title="People",
        tab=TAB,
        lead="Everybody who spoke in a session.",
        view=_person,
        describe=_describe,
        thing=things.person,
    )


def _describe(graph: Graph, node: NamedNode) -> str:
    spoke = f"{node.name} spoke in {words.count(len(node.sessions), 'session')}"
    if not node.sessions:
        return f"{spoke}."
    return f"{spoke}, latest in “{graph.sessions[node.sessions[0]].record.title}”."


def _person(graph: Graph, node: NamedNode) -> View:
    quotes = []
    learnings: list[str] = []
    others: list[str] = []
    companions: list[str] = []
    appearances: list[View] = []
    for id in node.sessions:
        session = graph.sessions[id]
        quotes += [cards.quote_card(graph, q) for q in session.quotes if q.by == node.id]
        learnings += [each.key for each in session.learnings if each.by == node.id]
        others += [each.key for each in session.learnings if each.by != node.id]
        companions += [a.person for a in session.appearances if a.person != node.id]
        if len(appearances) < listing.INLINE:
            own = next(a for a in session.appearances if a.person == node.id)
            appearances.append(
                {
                    "card": cards.session_card(graph, id),
                    "organisation": cards.affiliation_ref(own),
                    "role": own.role,
                    "moderator": own.moderator,
                }
            )
    mentions = cards.mentions(graph, f"speaker:{node.id}", slugs.person_path(node.id))
    shown = {
        "quotes": bool(quotes),
        "learnings": bool(learnings),
        "sessions": bool(appearances),
        "session-learnings": bool(others),
        "with": bool(companions),
        "mentions": bool(mentions),
    }
    return {
        "sections": present(SECTIONS, shown),
        "name": node.name,
        "latest": _latest(graph, node),
        "other_names": node.other_names,
        "body": node.body,
        "links": [cards.resource(link) for link in node.links],
        "quotes": quotes[:30],
        "learnings": cards.learning_cards(graph, learnings[:30]),
        "others": cards.learning_cards(graph, others[:12]),
        "appearances": appearances,
        "all_sessions": len(node.sessions) if len(node.sessions) > listing.INLINE else 0,
        "sessions_path": f"{slugs.person_path(node.id)}sessions/",
        "companions": [
            Tally(cards.person_ref(graph, id), number)
            for id, number in cards.most(companions, limit=24)
        ],
        "mentions": mentions[:40],
    }


def _latest(graph: Graph, node: NamedNode) -> View | None:
    """What somebody was, and where, when last seen."""
    found = cards.latest(graph, node)
    if found is None:
        return None
    session, own = found
    return {
        "role": own.role,
        "organisation": cards.affiliation_ref(own),
        "event": graph.events[session.event].short,
    }


KIND = Kind(name="person", folder=Path(__file__).parent, pages=pages, tab=("People", TAB))
