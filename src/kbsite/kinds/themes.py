"""The pages of themes: what a theme is, what was learned about it, who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kbsite import prose, slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import ThemeNode
from kbsite.kinds import cards, charts, hues, listing, pictures, things, words
from kbsite.kinds.base import Kind, Page, Ref, Section, View, present
from kbsite.kinds.cards import Tally

TAB = "themes/"
INDEX = Ref("Themes", TAB)
LEARNINGS = 30
FIGURES = 8

SECTIONS = (
    Section(id="figures", title="In numbers"),
    Section(id="learnings", title="What was learned"),
    Section(id="quotes", title="In their words"),
    Section(id="announcements", title="Announced"),
    Section(id="sessions", title="Sessions"),
    Section(id="people", title="People"),
    Section(id="organisations", title="Organisations"),
    Section(id="projects", title="Projects"),
    Section(id="neighbours", title="Neighbouring themes"),
    Section(id="trend", title="Sessions by event"),
    Section(id="mentions", title="Mentioned in"),
)


def pages(graph: Graph) -> Iterator[Page]:
    yield Page(
        kind="theme",
        path=TAB,
        title="Themes",
        description="What the sessions are about, theme by theme: "
        f"{words.count(len(graph.themes), 'theme')} with what was learned about each.",
        template="theme_index.html",
        searchable=False,
        view=partial(_index, graph),
        tab=TAB,
    )
    neighbours = _neighbours(graph)
    for id, node in graph.themes.items():
        yield Page(
            kind="theme",
            path=slugs.theme_path(id),
            title=node.record.name,
            description=_description(node),
            template="theme.html",
            view=partial(_theme, graph, node, neighbours.get(id, [])),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX,),
            picture=pictures.theme_picture(graph, id),
            thing=partial(things.theme, node),
        )
        yield from listing.session_pages(
            graph, "theme", cards.theme_ref(graph, id), node.sessions, INDEX
        )


def _description(node: ThemeNode) -> str:
    text = prose.to_text(node.record.summary or node.body)
    counts = words.count(len(node.sessions), "session")
    if node.learnings:
        counts += f" and {words.count(len(node.learnings), 'learning')}"
    return words.described(
        text or f"{node.record.name} at conferences.",
        f"{counts}, with the people and projects behind them.",
        f"{counts}.",
    )


def tile(graph: Graph, id: str) -> dict[str, object]:
    """A theme as a tile: its counts and a small trend."""
    node = graph.themes[id]
    return {
        "ref": cards.theme_ref(graph, id),
        "summary": node.record.summary,
        "sessions": words.count(len(node.sessions), "session"),
        "learnings": words.count(len(node.learnings), "learning") if node.learnings else "",
        "hue": hues.hue(graph, id),
        "bars": charts.trend(graph, node),
    }


def _index(graph: Graph) -> View:
    return {
        "tiles": [tile(graph, id) for id in graph.themes],
        "map": len(graph.themes) > 1,
    }


def _theme(graph: Graph, node: ThemeNode, neighbours: Sequence[Tally]) -> View:
    held = [graph.sessions[id] for id in node.sessions]
    figures = [
        (figure, cards.session_ref(graph, session.id))
        for session in held
        for figure in session.record.figures
    ]
    quotes = [cards.quote_card(graph, quote) for session in held for quote in session.quotes]
    announced = [
        cards.announcement_card(graph, a) for a in cards.announcements(graph, node.sessions)
    ]
    projects = cards.projects_of(graph, node.sessions)
    named = {tally.ref.path for tally in projects}
    projects += tuple(
        Tally(ref, 0)
        for ref in (cards.project_ref(graph, p) for p in node.projects)
        if ref.path not in named
    )
    essays = [
        Ref(essay.record.title, essay.page.path)
        for essay in (*graph.shifts.values(), *graph.articles.values())
        if node.id in essay.themes
    ]
    mentions = [
        ref
        for ref in cards.mentions(graph, f"theme:{node.id}", slugs.theme_path(node.id))
        if ref not in essays
    ]
    bars = charts.trend(graph, node)
    people = cards.people_of(graph, node.sessions)
    organisations = cards.organisations_of(graph, node.sessions)
    shown = {
        "figures": bool(figures),
        "learnings": bool(node.learnings),
        "quotes": bool(quotes),
        "announcements": bool(announced),
        "sessions": bool(node.sessions or node.suggested),
        "people": bool(people),
        "organisations": bool(organisations),
        "projects": bool(projects),
        "neighbours": bool(neighbours),
        "trend": bool(bars.shown and (node.sessions or node.suggested)),
        "mentions": bool(essays or mentions),
    }
    return {
        "sections": present(SECTIONS, shown),
        "name": node.record.name,
        "hue": hues.hue(graph, node.id),
        "aliases": node.record.aliases,
        "summary": node.record.summary,
        "body": node.body,
        "counts": [
            words.count(len(node.sessions), "session"),
            words.count(len(node.learnings), "learning"),
            words.count(len({a.person for s in held for a in s.appearances}), "person", "people"),
        ],
        "figures": figures[:FIGURES],
        "learnings": cards.learning_cards(graph, node.learnings[:LEARNINGS]),
        "all_learnings": len(node.learnings) if len(node.learnings) > LEARNINGS else 0,
        "learnings_path": f"learnings/{node.id}/",
        "quotes": quotes[:FIGURES],
        "announcements": announced[:20],
        "groups": listing.by_event(graph, node.sessions[: listing.INLINE]),
        "all_sessions": len(node.sessions) if len(node.sessions) > listing.INLINE else 0,
        "sessions_path": f"{slugs.theme_path(node.id)}sessions/",
        "suggested": cards.session_cards(graph, node.suggested[: listing.INLINE // 3]),
        "people": people,
        "organisations": organisations,
        "projects": projects,
        "neighbours": neighbours,
        "bars": bars,
        "essays": essays,
        "mentions": mentions[:40],
    }


def _neighbours(graph: Graph) -> dict[str, list[Tally]]:
    """For each theme the themes it meets most, and those its record names."""
    met: dict[str, dict[str, int]] = {
        id: dict.fromkeys(node.related, 0) for id, node in graph.themes.items()
    }
    for (one, other), number in charts.meeting_counts(graph).items():
        met[one][other] = number
        met[other][one] = number
    return {
        id: [
            Tally(cards.theme_ref(graph, other), number)
            for other, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:12]
        ]
        for id, found in met.items()
    }


KIND = Kind(
    name="theme",
    folder=Path(__file__).parent,
    pages=pages,
    files=pictures.of_themes,
    tab=("Themes", TAB),
)
