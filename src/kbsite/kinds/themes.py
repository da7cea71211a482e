"""The pages of themes: what was learned, what to watch, whom to follow, and what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar

from kbsite import prose
from kbsite.catalog import LEARNING, ORGANISATION, PROJECT, THEME
from kbsite.graph.nodes import AnnouncementNode, ThemeNode
from kbsite.graph.queries import announcements, mentions, neighbours
from kbsite.kinds import (
    cards,
    essays,
    figure_cards,
    findings,
    parts,
    previews,
    sections,
    session_lists,
    to_watch,
    trends,
    voices,
    words,
)
from kbsite.kinds.base import Data, Facet, Kind, Page, Part, Ref, View, Views, facet, part
from kbsite.kinds.cards import More
from kbsite.kinds.evidence import summed
from kbsite.wording import all_of

TAB = THEME.index
INDEX = Ref("Themes", TAB)
LEARNINGS = 30
FIGURES = 8
QUOTES = 8
ANNOUNCEMENTS = 20
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
    """`counts` are how much there is of what, each with the part that shows it.

    The first `brief` parts are for somebody with ten minutes, and for paper.
    """

    aliases: tuple[str, ...]
    summary: str | None
    counts: tuple[tuple[str, str], ...]
    brief: int


@dataclass(frozen=True, slots=True)
class Meaning(Data):
    """What somebody wrote about a theme, and what else it is called."""

    macro: ClassVar = "meaning"
    body: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverTime(Data):
    """The trend of a theme."""

    macro: ClassVar = "over_time"
    trend: trends.Trend


@dataclass(frozen=True, slots=True)
class Untaught(Data):
    """An invitation to write down what the talks on a theme taught."""

    macro: ClassVar = "untaught"
    contribute: str | None


@dataclass(frozen=True, slots=True)
class Shifts(Data):
    """Where a theme is going."""

    macro: ClassVar = "shifts"
    cards: tuple[essays.EssayCard, ...]


@dataclass(frozen=True, slots=True)
class ThemeSessions(Data):
    """The sessions about a theme, and those for which it is only suggested.

    `in_all` is how many of the former there are, and `named` how many of those are there because
    title or track names the theme. Of the latter `suggested` are the first, and
    `suggested_in_all` is how many there are.
    """

    macro: ClassVar = "theme_sessions"
    confirmed: parts.Sessions
    in_all: int
    named: int
    suggested: tuple[cards.SessionCard, ...]
    suggested_in_all: int
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
    people = {a.person for id in node.sessions for a in views.graph.sessions[id].appearances}
    projects = _projects(views, node)
    shifts = tuple(
        essays.card(views, shift)
        for shift in views.graph.shifts.values()
        if node.id in shift.themes
    )
    brief = _brief(views, node)
    counts = (
        (len(node.sessions), "session", "sessions", "sessions"),
        (len(node.learnings), "learning", "learnings", "learnings"),
        (len(people), "person", "people", "people"),
    )
    return ThemeView(
        aliases=node.record.aliases,
        summary=node.record.summary,
        counts=tuple(
            (words.count(number, one, many), part) for number, one, many, part in counts if number
        ),
        brief=len(brief),
        parts=(*brief, *_further(views, node, shifts)),
        margin=_margin(views, node, projects, met, shifts),
    )


def _brief(views: Views, node: ThemeNode) -> tuple[Part, ...]:
    """What was learned, and where to go on; a theme with neither begins with what it is."""
    shown = node.learnings[:LEARNINGS]
    learnings = findings.findings(
        views,
        shown,
        evidence=summed(views, (views.graph.learnings[key] for key in node.learnings)),
        hue=views.graph.hues[node.id],
        more=cards.more(len(node.learnings), LEARNINGS, "learning", f"{LEARNING.index}{node.id}/"),
    )
    watch = to_watch.to_watch(views, node)
    people = voices.voices(views, node, shown)
    has_sessions = bool(node.sessions or node.suggested)
    meaning = part(
        "what",
        "What it is",
        Meaning(node.body, node.record.aliases),
        when=node.body.strip() or node.record.aliases,
    )
    begins = not shown and not node.record.summary
    return (
        *(meaning if begins else ()),
        *part("learnings", "What was learned", learnings, when=shown),
        *part("watch", "Talks to watch", watch, when=watch.picks),
        *part("people", "People to follow", people, when=people.behind or people.also),
        *(meaning if shown else ()),
        *part("trend", "Edition by edition", _over_time(views, node), when=has_sessions),
        *part("add", "Add what you learned", _untaught(views), when=has_sessions and not shown),
        *(() if shown or begins else meaning),
    )


def _over_time(views: Views, node: ThemeNode) -> OverTime:
    return OverTime(views.once(trends.trend, node.id))


def _untaught(views: Views) -> Untaught:
    return Untaught("contribute/" if "contribute.md" in views.graph.pages else None)


def _further(
    views: Views, node: ThemeNode, shifts: tuple[essays.EssayCard, ...]
) -> tuple[Part, ...]:
    figures = figure_cards.figures_of(views, node.sessions, FIGURES)
    quoted = (quote for id in node.sessions for quote in views.graph.sessions[id].quotes)
    quotes = tuple(cards.quote_card(views, quote) for quote in islice(quoted, QUOTES))
    announced = tuple(
        cards.announcement_card(views, each) for each in _announced(views, node)[:ANNOUNCEMENTS]
    )
    sessions = ThemeSessions(
        session_lists.shown(views, node.sessions, THEME.path(node.id)),
        len(node.sessions),
        sum(node.id in views.graph.sessions[id].theme_evidence for id in node.sessions),
        cards.session_cards(views, node.suggested[: session_lists.SUGGESTED]),
        len(node.suggested),
        cards.more(
            len(node.suggested),
            session_lists.SUGGESTED,
            "suggested session",
            session_lists.suggested_address(THEME.path(node.id)),
        ),
    )
    return (
        *part("direction", "Where it is going", Shifts(shifts), when=shifts),
        *part("figures", "In numbers", parts.Figures(figures), when=figures),
        *part("quotes", "In their words", parts.Quotes(quotes), when=quotes),
        *part("announcements", "Announced", parts.Announcements(announced), when=announced),
        *part("sessions", "Sessions", sessions, when=node.sessions or node.suggested),
    )


def _margin(
    views: Views,
    node: ThemeNode,
    projects: tuple[cards.Tally, ...],
    met: Sequence[str],
    shifts: Sequence[essays.EssayCard],
) -> tuple[Part, ...]:
    sent = cards.organisations_in(views, node.sessions)
    organisations = cards.tallied(views, ORGANISATION, sent)
    near = cards.theme_refs(views, met[:NEIGHBOURS])
    mentioned = _mentions(views, node, shifts)
    return (
        *part("neighbours", "Neighbouring themes", parts.Neighbours(near), when=near),
        *part("organisations", "Organisations", parts.Tallies(organisations), when=organisations),
        *part("projects", "Projects", parts.Tallies(projects), when=projects),
        *part("mentions", "Mentioned in", parts.Mentions(mentioned), when=mentioned),
    )


def _projects(views: Views, node: ThemeNode) -> tuple[cards.Tally, ...]:
    """Those of the theme's sessions, most frequent first, then those that its record names."""
    ids = (project for id in node.sessions for project in views.graph.sessions[id].projects)
    frequent = cards.tallied(views, PROJECT, ids)
    known = {tally.ref.path for tally in frequent}
    others = (cards.Tally(views.ref(PROJECT, id), 0) for id in node.projects)
    return (*frequent, *(tally for tally in others if tally.ref.path not in known))


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
    yield replace(found, suggested=suggested, listed=True, hues=hues)


KIND = Kind(
    name=THEME.name,
    folder=Path(__file__).parent,
    pages=pages,
    facets=facets,
    tab=("Themes", TAB),
    section=sections.THEMES,
)
