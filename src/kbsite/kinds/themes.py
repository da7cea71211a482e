"""The pages of themes: what a theme is, what was learned about it, who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar

from kbsite import prose
from kbsite.catalog import LEARNING, ORGANISATION, PERSON, PROJECT, THEME
from kbsite.fields import all_of
from kbsite.graph.nodes import AnnouncementNode, ThemeNode
from kbsite.graph.queries import announcements, mentions, neighbours
from kbsite.kinds import cards, essays, parts, previews, session_lists, trends, words
from kbsite.kinds.base import Data, Facet, Kind, Page, Part, Ref, View, Views, facet, part
from kbsite.kinds.cards import More
from kbsite.kinds.evidence import Sum, summed

TAB = THEME.index
INDEX = Ref("Themes", TAB)
LEARNINGS = 30
FIGURES = 8
QUOTES = 8
ANNOUNCEMENTS = 20
PEOPLE = 30
NEIGHBOURS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeEntry:
    """A theme as an entry of a list."""

    ref: cards.ThemeRef
    anchor: str
    summary: str | None
    sessions: str
    learnings: str
    trend: trends.Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeIndexView(View):
    entries: tuple[ThemeEntry, ...]
    map: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeView(View):
    aliases: tuple[str, ...]
    summary: str | None
    counts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ThemeLearnings(Data):
    """What was learned about a theme, all in its hue."""

    macro: ClassVar = "theme_learnings"
    hue: int
    evidence: Sum | None
    cards: tuple[cards.LearningCard, ...]
    more: More | None


@dataclass(frozen=True, slots=True)
class Voices(Data):
    """Who says what was learned about a theme."""

    macro: ClassVar = "voices"
    quotes: tuple[cards.QuoteCard, ...]
    people: tuple[cards.Tally, ...]
    organisations: tuple[cards.Tally, ...]


@dataclass(frozen=True, slots=True)
class Direction(Data):
    """Where a theme is going."""

    macro: ClassVar = "direction"
    name: str
    shifts: tuple[essays.EssayCard, ...]
    announcements: tuple[cards.AnnouncementCard, ...]
    trend: trends.Trend | None


@dataclass(frozen=True, slots=True)
class ThemeSessions(Data):
    """The sessions about a theme, and those for which it is only suggested.

    `named` is how many of the former are there because title or track names the theme.
    """

    macro: ClassVar = "theme_sessions"
    confirmed: parts.Sessions
    named: int
    suggested: tuple[cards.SessionCard, ...]
    more: More | None


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    yield Page(
        kind=THEME.name,
        path=TAB,
        title="Themes",
        describe=partial(
            str,
            "What the sessions are about, theme by theme: "
            f"{words.count(len(graph.themes), 'theme')} with what was learned about each.",
        ),
        template="theme_index.html",
        searchable=False,
        view=partial(_index, views),
        tab=TAB,
    )
    met = neighbours(graph)
    for id, node in graph.themes.items():
        yield Page(
            kind=THEME.name,
            path=THEME.path(id),
            title=node.record.name,
            describe=partial(_description, node),
            template="theme.html",
            view=partial(_theme, views, node, met[id]),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX,),
            previews=(views.once(previews.of_theme, id),),
        )
        owner = views.ref(THEME, id)
        yield from session_lists.pages(views, THEME.name, owner, node.sessions, INDEX)
        if len(node.suggested) > session_lists.SUGGESTED:
            title = f"Suggested for {node.record.name}"
            base = session_lists.suggested_address(owner.path)
            yield from session_lists.list_pages(
                views, THEME.name, owner, base, title, node.suggested, INDEX
            )


def _description(node: ThemeNode) -> str:
    text = prose.to_text(node.record.summary or node.body)
    counts = all_of(words.holdings(node))
    text = text or f"{node.record.name} at conferences."
    longer = f"{counts}, with the people and projects behind them."
    if not counts:
        return words.described(text)
    made = words.described(text, longer)
    return made if longer in made else words.described(text, f"{counts}.")


def entry(views: Views, id: str) -> ThemeEntry:
    node = views.graph.themes[id]
    sessions, learnings = [*words.holdings(node), "", ""][:2]
    return ThemeEntry(
        ref=views.once(cards.theme_ref, id),
        anchor=f"theme-{id}",
        summary=node.record.summary,
        sessions=sessions or "No sessions yet",
        learnings=learnings,
        trend=views.once(trends.trend, id),
    )


def _index(views: Views) -> ThemeIndexView:
    themes = views.graph.themes
    return ThemeIndexView(
        entries=tuple(views.once(entry, id) for id in themes), map=len(themes) > 1
    )


def _theme(views: Views, node: ThemeNode, met: Sequence[str]) -> ThemeView:
    held = [views.graph.sessions[id] for id in node.sessions]
    projects = _projects(views, node)
    return ThemeView(
        aliases=node.record.aliases,
        summary=node.record.summary,
        counts=words.numbers(
            (len(node.sessions), "session", "sessions"),
            (len(node.learnings), "learning", "learnings"),
            (len({a.person for s in held for a in s.appearances}), "person", "people"),
            (len(projects), "project", "projects"),
        ),
        parts=_parts(views, node, projects, met),
    )


def _parts(
    views: Views, node: ThemeNode, projects: tuple[cards.Tally, ...], met: Sequence[str]
) -> tuple[Part, ...]:
    learnings = ThemeLearnings(
        views.graph.hues[node.id],
        summed(views, (views.graph.learnings[key] for key in node.learnings)),
        cards.learning_cards(views, node.learnings[:LEARNINGS]),
        cards.more(len(node.learnings), LEARNINGS, "learning", f"{LEARNING.index}{node.id}/"),
    )
    figures = cards.figures_of(views, node.sessions, FIGURES)
    voices = _voices(views, node)
    direction = _direction(views, node)
    sessions = ThemeSessions(
        session_lists.shown(views, node.sessions, THEME.path(node.id)),
        sum(node.id in views.graph.sessions[id].theme_evidence for id in node.sessions),
        cards.session_cards(views, node.suggested[: session_lists.SUGGESTED]),
        cards.more(
            len(node.suggested),
            session_lists.SUGGESTED,
            "suggested session",
            session_lists.suggested_address(THEME.path(node.id)),
        ),
    )
    near = cards.theme_refs(views, met[:NEIGHBOURS])
    mentioned = _mentions(views, node, direction.shifts)
    return (
        *part("what", "What it is", parts.Editorial(node.body), when=node.body.strip()),
        *part("learnings", "What was learned", learnings, when=learnings.cards),
        *part("figures", "In numbers", parts.Figures(figures), when=figures),
        *part(
            "who",
            "Who says so",
            voices,
            when=voices.quotes or voices.people or voices.organisations,
        ),
        *part(
            "direction",
            "Where it is going",
            direction,
            when=direction.shifts or direction.announcements or direction.trend,
        ),
        *part("sessions", "Sessions", sessions, when=node.sessions or node.suggested),
        *part("projects", "Projects", parts.Tallies(projects), when=projects),
        *part("neighbours", "Neighbouring themes", parts.Neighbours(near), when=near),
        *part("mentions", "Mentioned in", parts.Mentions(mentioned), when=mentioned),
    )


def _projects(views: Views, node: ThemeNode) -> tuple[cards.Tally, ...]:
    """Those of the theme's sessions, most frequent first, then those that its record names."""
    ids = (project for id in node.sessions for project in views.graph.sessions[id].projects)
    frequent = cards.tallied(views, PROJECT, ids)
    known = {tally.ref.path for tally in frequent}
    others = (cards.Tally(views.ref(PROJECT, id), 0) for id in node.projects)
    return (*frequent, *(tally for tally in others if tally.ref.path not in known))


def _voices(views: Views, node: ThemeNode) -> Voices:
    quotes = (quote for id in node.sessions for quote in views.graph.sessions[id].quotes)
    organisations = cards.organisations_in(views, node.sessions)
    return Voices(
        tuple(cards.quote_card(views, quote) for quote in islice(quotes, QUOTES)),
        cards.tallied(views, PERSON, cards.people_in(views, node.sessions), PEOPLE),
        cards.tallied(views, ORGANISATION, organisations),
    )


def _direction(views: Views, node: ThemeNode) -> Direction:
    announced = _announced(views, node)[:ANNOUNCEMENTS]
    return Direction(
        node.record.name,
        tuple(
            essays.card(views, shift)
            for shift in views.graph.shifts.values()
            if node.id in shift.themes
        ),
        tuple(cards.announcement_card(views, each) for each in announced),
        views.once(trends.trend, node.id) if node.sessions or node.suggested else None,
    )


def _announced(views: Views, node: ThemeNode) -> list[AnnouncementNode]:
    """What was announced in the theme's sessions, or about a project that the theme names."""
    about = [s for project in node.projects for s in views.graph.projects[project].announced]
    own = set(node.sessions)
    return [
        announcement
        for announcement in announcements(views.graph, dict.fromkeys([*node.sessions, *about]))
        if announcement.session in own or set(announcement.projects) & set(node.projects)
    ]


def _mentions(views: Views, node: ThemeNode, shifts: Sequence[essays.EssayCard]) -> tuple[Ref, ...]:
    """The articles about a theme, and the places that link to it, less those shown before."""
    written = [
        Ref(article.label, article.page.path)
        for article in views.graph.articles.values()
        if node.id in article.themes
    ]
    shown = [*written, *(shift.ref for shift in shifts)]
    found = parts.refs(mentions(views.graph, [THEME.key(node.id)], THEME.path(node.id)))
    return (*written, *(ref for ref in found if ref not in shown))[: parts.MENTIONS]


def facets(views: Views) -> Iterator[Facet]:
    graph = views.graph
    found = facet(views, THEME, (node.themes for node in graph.sessions.values()))
    hues = tuple(graph.hues[id] for id, _ in found.values)
    suggested = tuple(node.suggested_themes for node in graph.sessions.values())
    yield replace(found, suggested=suggested, path=THEME.path("{}"), hues=hues)


KIND = Kind(
    name=THEME.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("Themes", TAB),
)
