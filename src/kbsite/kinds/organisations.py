"""The pages of organisations: who spoke for them, where, and what they announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbsite.catalog import ORGANISATION, THEME
from kbsite.graph.nodes import NamedNode
from kbsite.graph.queries import announcements
from kbsite.kinds import cards, figure_cards, named, parts, sections, spokespeople, words
from kbsite.kinds.base import Facet, Kind, Page, Part, View, Views, facet, part
from kbsite.kinds.findings import inferred_last

FIGURES = 8
LEARNINGS = 3  # from talks with its speakers


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationView(View):
    entity: named.Entity
    counts: tuple[tuple[str, str], ...]


def pages(views: Views) -> Iterator[Page]:
    return named.pages(
        views,
        ORGANISATION,
        template="organisation.html",
        title="Organisations",
        lead="Employers and hosts of the speakers, and those who announced something.",
        view=_organisation,
        describe=_describe,
        below=spokespeople.pages,
    )


def _describe(_views: Views, node: NamedNode) -> str:
    if not node.sessions:
        return f"What {node.name} announced, and where."
    sessions = words.count(len(node.sessions), "session")
    return f"{node.name} in {sessions}: who spoke for it, and what was learned and announced."


def _organisation(views: Views, node: NamedNode) -> OrganisationView:
    themes = cards.tallied(views, THEME, cards.themes_in(views, node.sessions))
    return OrganisationView(
        entity=named.entity(node),
        counts=words.numbers(
            (len(node.sessions), "session", "sessions"),
            (len({views.graph.sessions[id].event for id in node.sessions}), "event", "events"),
            (len(_speakers(views, node)), "person", "people"),
        ),
        parts=_parts(views, node),
        margin=(
            *part("themes", "Themes", parts.Tallies(themes), when=themes),
            *named.mentions_part(views, ORGANISATION, node),
        ),
    )


def _speakers(views: Views, node: NamedNode) -> set[str]:
    """Those who spoke for it."""
    appearances = (a for id in node.sessions for a in views.graph.sessions[id].appearances)
    return {a.person for a in appearances if a.organisation == node.id}


def _parts(views: Views, node: NamedNode) -> tuple[Part, ...]:
    graph = views.graph
    figures = figure_cards.figures_of(views, node.sessions, FIGURES)
    found = announcements(graph, node.announced)
    own = [each for each in found if each.organisation == node.id][: named.ANNOUNCEMENTS]
    announced = tuple(cards.announcement_card(views, each) for each in own)
    learnings = cards.learning_cards(views, _learnings(views, node)[:LEARNINGS])
    return (
        *part("figures", "In numbers", parts.Figures(figures), when=figures),
        *part("announcements", "Announced", parts.Announcements(announced), when=announced),
        *part(
            "learnings",
            f"From talks with speakers of {node.name}",
            parts.Learnings(learnings),
            when=learnings,
        ),
        *part("people", "People", spokespeople.shown(views, node), when=node.sessions),
        *named.sessions_part(views, ORGANISATION, node),
    )


def _learnings(views: Views, node: NamedNode) -> list[str]:
    """What was learned in its speakers' talks: first what they said, last what others inferred."""
    keys = cards.learnings_in(views, node.sessions)
    speakers = _speakers(views, node)
    others = [key for key in keys if views.graph.learnings[key].by not in speakers]
    own = [key for key in keys if views.graph.learnings[key].by in speakers]
    return inferred_last(views, [*own, *others])


def facets(views: Views) -> Iterator[Facet]:
    sessions = views.graph.sessions
    yield facet(views, ORGANISATION, (cards.organisations_in(views, [s]) for s in sessions))


KIND = Kind(
    name=ORGANISATION.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("Organisations", ORGANISATION.index),
    section=sections.NAMES,
)
