"""The home page: what this is in one line, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kbsite.graph import Graph
from kbsite.kinds import cards, essays, events, pictures, themes, things, words
from kbsite.kinds.base import Kind, Page, View

THEMES = 24
LEARNINGS = 7
EVENTS = 6


def pages(graph: Graph) -> Iterator[Page]:
    written = graph.pages.get("index.md")
    yield Page(
        kind="home",
        path="",
        title=written.title if written else "Home",
        template="home.html",
        view=partial(_home, graph, written.title if written else "What was learned"),
        source=written.source.path if written else None,
        wraps="index.md" if written else None,
        thing=partial(things.website, written.title if written else ""),
    )


def _home(graph: Graph, title: str) -> View:
    ranked = sorted(graph.themes.values(), key=lambda t: (-len(t.sessions), t.record.name))
    foremost, *learnings = cards.learning_cards(
        graph, cards.foremost(graph, graph.sessions, LEARNINGS)
    ) or (None,)
    return {
        "title": title,
        "foremost": foremost,
        "shifts": [essays.summary(graph, essay) for essay in list(graph.shifts.values())[:3]],
        "all_shifts": len(graph.shifts) if len(graph.shifts) > 3 else 0,
        "map": len(graph.themes) > 1,
        "tiles": [themes.tile(graph, node.id) for node in ranked[:THEMES]],
        "all_themes": len(graph.themes) if len(graph.themes) > THEMES else 0,
        "learnings": learnings,
        "all_learnings": words.count(len(graph.learnings), "learning"),
        "events": [events.summary(graph, id) for id in list(graph.events)[:EVENTS]],
        "all_events": len(graph.events) if len(graph.events) > EVENTS else 0,
        "articles": [essays.summary(graph, e) for e in list(graph.articles.values())[:3]],
        "counts": [
            (words.count(len(graph.sessions), "session"), "sessions/"),
            (words.count(len(graph.learnings), "learning"), "learnings/"),
            (words.count(len(graph.people), "person", "people"), "people/"),
            (words.count(len(graph.organisations), "organisation"), "organisations/"),
            (words.count(len(graph.projects), "project"), "projects/"),
        ],
    }


KIND = Kind(
    name="home",
    folder=Path(__file__).parent,
    pages=pages,
    files=pictures.of_the_site,
    tab=("Home", ""),
)
