"""The pages of organisations: who spoke for them, where, and what they announced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import NamedNode
from kbsite.kinds import cards, listing, named, things, words
from kbsite.kinds.base import Kind, Page, Section, View, present
from kbsite.kinds.cards import Tally

TAB = "organisations/"

SECTIONS = (
    Section(id="figures", title="In numbers"),
    Section(id="announcements", title="Announced"),
    Section(id="learnings", title="What was learned"),
    Section(id="people", title="People"),
    Section(id="sessions", title="Sessions"),
    Section(id="themes", title="Themes"),
    Section(id="mentions", title="Mentioned in"),
)


def pages(graph: Graph) -> Iterator[Page]:
    return named.pages(
        graph,
        graph.organisations,
        kind="organisation",
        template="organisation.html",
        title="Organisations",
        tab=TAB,
        lead="Employers and hosts of the speakers, and those who announced something.",
        view=_organisation,
        describe=_describe,
        thing=things.organisation,
    )


def _describe(_graph: Graph, node: NamedNode) -> str:
    if not node.sessions:
        return f"What {node.name} announced, and where."
    sessions = words.count(len(node.sessions), "session")
    return f"{node.name} in {sessions}: who spoke for it, and what was learned and announced."


def _organisation(graph: Graph, node: NamedNode) -> View:
    people = [
        a.person
        for id in node.sessions
        for a in graph.sessions[id].appearances
        if a.organisation == node.id
    ]
    announced = [
        cards.announcement_card(graph, a)
        for a in cards.announcements(graph, node.announced)
        if a.organisation == node.id
    ]
    learnings = [each.key for id in node.sessions for each in graph.sessions[id].learnings]
    figures = cards.figures_of(graph, node.sessions)
    themes = cards.themes_of(graph, node.sessions)
    mentions = cards.mentions(graph, f"organisation:{node.id}", slugs.organisation_path(node.id))
    shown = {
        "figures": bool(figures),
        "announcements": bool(announced),
        "learnings": bool(learnings),
        "people": bool(people),
        "sessions": bool(node.sessions),
        "themes": bool(themes),
        "mentions": bool(mentions),
    }
    return {
        "sections": present(SECTIONS, shown),
        "name": node.name,
        "other_names": node.other_names,
        "body": node.body,
        "links": [cards.resource(link) for link in node.links],
        "figures": figures,
        "announcements": announced[:30],
        "learnings": cards.learning_cards(graph, learnings[:12]),
        "people": [
            Tally(cards.person_ref(graph, id), number)
            for id, number in cards.most(people, limit=60)
        ],
        "groups": listing.by_event(graph, node.sessions[: listing.INLINE]),
        "all_sessions": len(node.sessions) if len(node.sessions) > listing.INLINE else 0,
        "sessions_path": f"{slugs.organisation_path(node.id)}sessions/",
        "themes": themes,
        "mentions": mentions[:40],
    }


KIND = Kind(
    name="organisation",
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Organisations", TAB),
)
