"""The home page: what this is in one line, and the ways in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from kbsite.catalog import (
    EVENT,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    SESSION,
    SHIFT,
    THEME,
)
from kbsite.graph.nodes import EssayNode
from kbsite.graph.queries import foremost
from kbsite.kinds import cards, essays, event_entries, themes, trends, words
from kbsite.kinds.base import Kind, Page, Ref, View, Views

THEMES = 24
LEARNINGS = 6
THEMES_ON_PHONE = 8  # as many as the style sheet leaves there
TAUGHT = 6
EVENTS = 6
SHIFTS = 3
ARTICLES = 3
COUNTED = (SESSION, LEARNING, PERSON, ORGANISATION, PROJECT)


@dataclass(frozen=True, slots=True)
class Tile:
    """A theme with its counts and a small trend."""

    ref: cards.ThemeRef
    sessions: str
    learnings: str
    trend: trends.Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeView(View):
    """`taught` are the themes of which most was learned."""

    counts: tuple[Ref, ...]
    taught: tuple[cards.ThemeRef, ...]
    shifts: tuple[essays.EssayCard, ...]
    more_shifts: cards.More | None
    tiles: tuple[Tile, ...]
    more_themes: cards.More | None
    map: bool
    learnings: tuple[cards.LearningCard, ...]
    all_learnings: Ref
    events: tuple[event_entries.EventEntry, ...]
    more_events: cards.More | None
    articles: tuple[essays.EssayCard, ...]


def pages(views: Views) -> Iterator[Page]:
    written = views.graph.pages.get("index.md")
    yield Page(
        kind="home",
        path="",
        title=written.title if written else "What was learned",
        template="home.html",
        view=partial(_home, views),
        source=written.source.path if written else None,
        wraps="index.md" if written else None,
    )


def _home(views: Views) -> HomeView:
    graph = views.graph
    ranked = sorted(
        graph.themes.values(), key=lambda t: (-len(t.learnings), -len(t.sessions), t.record.name)
    )
    taught = [node.id for node in ranked if node.learnings]
    learnings = cards.learning_cards(views, foremost(graph, graph.sessions, LEARNINGS))
    return HomeView(
        counts=tuple(
            Ref(words.count(len(graph.nodes(thing)), thing.name, thing.plural), thing.index)
            for thing in COUNTED
            if graph.nodes(thing)
        ),
        taught=cards.theme_refs(views, taught[:TAUGHT]),
        shifts=_essays(views, SHIFTS, graph.shifts.values()),
        more_shifts=cards.more(len(graph.shifts), SHIFTS, SHIFT.name, SHIFT.index),
        tiles=tuple(_tile(views, node.id) for node in ranked[:THEMES]),
        more_themes=cards.more(len(graph.themes), THEMES_ON_PHONE, THEME.name, THEME.index),
        map=len(graph.themes) > 1,
        learnings=learnings,
        all_learnings=Ref(words.count(len(graph.learnings), LEARNING.name), LEARNING.index),
        events=tuple(views.once(event_entries.entry, id) for id in list(graph.events)[:EVENTS]),
        more_events=cards.more(len(graph.events), EVENTS, EVENT.name, EVENT.index),
        articles=_essays(views, ARTICLES, graph.articles.values()),
    )


def _tile(views: Views, id: str) -> Tile:
    entry = views.once(themes.entry, id)
    return Tile(entry.ref, entry.sessions, entry.learnings, entry.trend)


def _essays(views: Views, limit: int, nodes: Iterable[EssayNode]) -> tuple[essays.EssayCard, ...]:
    return tuple(essays.card(views, node) for node in islice(nodes, limit))


KIND = Kind(name="home", folder=Path(__file__).parent, pages=pages, tab=("Home", ""))
