"""The pages of projects and products: where they came up, and what was announced about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbsite.catalog import PERSON, PROJECT, THEME
from kbsite.graph.nodes import ProjectNode
from kbsite.graph.queries import announcements
from kbsite.kinds import cards, named, parts, sections, words
from kbsite.kinds.base import Facet, Kind, Page, Part, View, Views, facet, part
from kbsite.records import ProjectExtension

PEOPLE = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectView(View):
    """`stages` are the days on which it came to each stage, in order."""

    entity: named.Entity
    url: str | None
    repo: str | None
    category: str | None
    maturity: str | None
    stages: tuple[tuple[str, str], ...]


def pages(views: Views) -> Iterator[Page]:
    return named.pages(
        views,
        PROJECT,
        template="project.html",
        title="Projects",
        lead="Projects and products that sessions were about, or that were announced.",
        view=_project,
        describe=_describe,
    )


def _describe(_views: Views, node: ProjectNode) -> str:
    if not node.sessions:
        return f"{node.name}: where it came up at conferences, and what was announced."
    sessions = words.count(len(node.sessions), "session")
    return f"{node.name} in {sessions}: where it came up, what was learned and announced."


def _project(views: Views, node: ProjectNode) -> ProjectView:
    facts = node.facts or ProjectExtension(name=node.name)
    return ProjectView(
        entity=named.entity(node),
        url=facts.url,
        repo=facts.repo,
        category=facts.category,
        maturity=facts.maturity,
        stages=tuple(_stages(facts)),
        parts=_parts(views, node),
    )


def _stages(facts: ProjectExtension) -> Iterator[tuple[str, str]]:
    """What became of it, and when; one that began at a later stage was accepted on the same day."""
    seen: date | None = None
    for label, day in (
        ("Accepted", facts.accepted),
        ("Incubating", facts.incubating),
        ("Graduated", facts.graduated),
        ("Archived", facts.archived),
    ):
        if day and day != seen:
            yield label, words.short_day(day)
        seen = day or seen


def _parts(views: Views, node: ProjectNode) -> tuple[Part, ...]:
    found = announcements(views.graph, node.announced)
    own = [each for each in found if node.id in each.projects][: named.ANNOUNCEMENTS]
    announced = tuple(cards.announcement_card(views, each) for each in own)
    keys = cards.learnings_in(views, node.sessions)[: named.LEARNINGS]
    learnings = cards.learning_cards(views, keys)
    people = cards.tallied(views, PERSON, cards.people_in(views, node.sessions), PEOPLE)
    themes = _themes(views, node)
    return (
        *part("announcements", "Announced", parts.Announcements(announced), when=announced),
        *part("learnings", "Learned in these sessions", parts.Learnings(learnings), when=learnings),
        *named.sessions_part(views, PROJECT, node),
        *part("people", "People", parts.Tallies(people), when=people),
        *part("themes", "Themes", parts.Tallies(themes), when=themes),
        *named.mentions_part(views, PROJECT, node),
    )


def _themes(views: Views, node: ProjectNode) -> tuple[cards.Tally, ...]:
    """Those of the project's sessions, most frequent first, then those that name the project."""
    frequent = cards.tallied(views, THEME, cards.themes_in(views, node.sessions))
    known = {tally.ref.path for tally in frequent}
    naming = (id for id, theme in views.graph.themes.items() if node.id in theme.projects)
    others = (cards.Tally(views.ref(THEME, id), 0) for id in naming)
    return (*frequent, *(tally for tally in others if tally.ref.path not in known))


def facets(views: Views) -> Iterator[Facet]:
    sessions = views.graph.sessions.values()
    yield facet(views, PROJECT, (node.projects for node in sessions))


KIND = Kind(
    name=PROJECT.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("Projects", PROJECT.index),
    section=sections.NAMES,
)
