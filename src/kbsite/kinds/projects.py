"""The pages of projects and products: where they came up, and what was announced about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import ProjectNode
from kbsite.kinds import cards, listing, named, things, words
from kbsite.kinds.base import Kind, Page, Section, View, present

TAB = "projects/"

SECTIONS = (
    Section(id="announcements", title="Announced"),
    Section(id="learnings", title="Learned in these sessions"),
    Section(id="sessions", title="Sessions"),
    Section(id="people", title="People"),
    Section(id="themes", title="Themes"),
    Section(id="mentions", title="Mentioned in"),
)


def pages(graph: Graph) -> Iterator[Page]:
    return named.pages(
        graph,
        graph.projects,
        kind="project",
        template="project.html",
        title="Projects",
        tab=TAB,
        lead="Projects and products that sessions were about, or that were announced.",
        view=_project,
        describe=_describe,
        thing=things.project,
    )


def _describe(_graph: Graph, node: ProjectNode) -> str:
    if not node.sessions:
        return f"{node.name}: where it came up, and what was announced."
    sessions = words.count(len(node.sessions), "session")
    return f"{node.name} in {sessions}: where it came up, what was learned and announced."


def _project(graph: Graph, node: ProjectNode) -> View:
    announced = [
        cards.announcement_card(graph, a)
        for a in cards.announcements(graph, node.announced)
        if node.id in a.projects
    ]
    learnings = [each.key for id in node.sessions for each in graph.sessions[id].learnings]
    themes = list(cards.themes_of(graph, node.sessions))
    named = {tally.ref.path for tally in themes}
    themes += [
        cards.Tally(cards.theme_ref(graph, id), 0)
        for id, theme in graph.themes.items()
        if node.id in theme.projects and slugs.theme_path(id) not in named
    ]
    people = cards.people_of(graph, node.sessions)
    mentions = cards.mentions(graph, f"project:{node.id}", slugs.project_path(node.id))
    shown = {
        "announcements": bool(announced),
        "learnings": bool(learnings),
        "sessions": bool(node.sessions),
        "people": bool(people),
        "themes": bool(themes),
        "mentions": bool(mentions),
    }
    return {
        "sections": present(SECTIONS, shown),
        "name": node.name,
        "other_names": node.other_names,
        "body": node.body,
        "links": [cards.resource(link) for link in node.links],
        "url": node.url,
        "maturity": node.maturity,
        "announcements": announced[:30],
        "learnings": cards.learning_cards(graph, learnings[:12]),
        "groups": listing.by_event(graph, node.sessions[: listing.INLINE]),
        "all_sessions": len(node.sessions) if len(node.sessions) > listing.INLINE else 0,
        "sessions_path": f"{slugs.project_path(node.id)}sessions/",
        "people": people,
        "themes": themes,
        "mentions": mentions[:40],
    }


KIND = Kind(name="project", folder=Path(__file__).parent, pages=pages, tab=("Projects", TAB))
