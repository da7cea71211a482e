"""The pages of themes: what a theme is, what was learned about it, who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kbsite import prose, slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import AnnouncementNode, ThemeNode
from kbsite.kinds import cards, essays, layouts, listing, pictures, things, trends, words
from kbsite.kinds.base import Kind, Page, Ref, Section, View, present
from kbsite.kinds.cards import Tally

TAB = "themes/"
INDEX = Ref("Themes", TAB)
LEARNINGS = 30
FIGURES = 8
SUGGESTED = 20

SECTIONS = (
    Section(id="what", title="What it is"),
    Section(id="learnings", title="What was learned"),
    Section(id="figures", title="In numbers"),
    Section(id="who", title="Who says so"),
    Section(id="direction", title="Where it is going"),
    Section(id="sessions", title="Sessions"),
    Section(id="projects", title="Projects"),
    Section(id="neighbours", title="Neighbouring themes"),
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
        if len(node.suggested) > SUGGESTED:
            yield from listing.list_pages(
                graph,
                "theme",
                Ref(node.record.name, slugs.theme_path(id)),
                f"{slugs.theme_path(id)}suggested/",
                f"Suggested for {node.record.name}",
                node.suggested,
                INDEX,
            )


def _description(node: ThemeNode) -> str:
    text = prose.to_text(node.record.summary or node.body)
    counts = words.all_of(words.holdings(node))
    text = text or f"{node.record.name} at conferences."
    longer = f"{counts}, with the people and projects behind them."
    if not counts:
        return words.described(text)
    made = words.described(text, longer)
    return made if longer in made else words.described(text, f"{counts}.")


def tile(graph: Graph, id: str) -> dict[str, object]:
    """A theme as a tile: its counts and a small trend."""
    return _entry(graph, id) | {"bars": trends.trend(graph, graph.themes[id])}


def _entry(graph: Graph, id: str) -> dict[str, object]:
    """A theme as an entry of a list."""
    node = graph.themes[id]
    sessions, learnings = [*words.holdings(node), "", ""][:2]
    return {
        "ref": cards.theme_ref(graph, id),
        "summary": node.record.summary,
        "sessions": sessions or "No sessions yet",
        "learnings": learnings,
    }


def _index(graph: Graph) -> View:
    return {
        "tiles": [_entry(graph, id) for id in graph.themes],
        "map": len(graph.themes) > 1,
    }


def _theme(graph: Graph, node: ThemeNode, neighbours: Sequence[cards.ThemeRef]) -> View:
    held = [graph.sessions[id] for id in node.sessions]
    figures = cards.figures_of(graph, node.sessions, FIGURES)
    quotes = [cards.quote_card(graph, quote) for session in held for quote in session.quotes]
    announced = [cards.announcement_card(graph, a) for a in _announced(graph, node)]
    projects = cards.projects_of(graph, node.sessions)
    named = {tally.ref.path for tally in projects}
    projects += tuple(
        Tally(ref, 0)
        for ref in (cards.project_ref(graph, p) for p in node.projects)
        if ref.path not in named
    )
    shifts = [
        essays.summary(graph, shift) for shift in graph.shifts.values() if node.id in shift.themes
    ]
    written = [
        Ref(article.record.title, article.page.path)
        for article in graph.articles.values()
        if node.id in article.themes
    ]
    mentions = [
        ref
        for ref in cards.mentions(graph, f"theme:{node.id}", slugs.theme_path(node.id))
        if ref not in written and ref not in [shift["ref"] for shift in shifts]
    ]
    trend = trends.trend(graph, node) if node.sessions or node.suggested else None
    people = cards.people_of(graph, node.sessions)
    organisations = cards.organisations_of(graph, node.sessions)
    shown = {
        "what": bool(node.body.strip()),
        "learnings": bool(node.learnings),
        "figures": bool(figures),
        "who": bool(quotes or people or organisations),
        "direction": bool(shifts or announced or trend),
        "sessions": bool(node.sessions or node.suggested),
        "projects": bool(projects),
        "neighbours": bool(neighbours),
        "mentions": bool(written or mentions),
    }
    return {
        "sections": present(SECTIONS, shown),
        "name": node.record.name,
        "hue": cards.theme_ref(graph, node.id).hue,
        "aliases": node.record.aliases,
        "summary": node.record.summary,
        "body": node.body,
        "counts": words.numbers(
            (len(node.sessions), "session", "sessions"),
            (len(node.learnings), "learning", "learnings"),
            (len({a.person for s in held for a in s.appearances}), "person", "people"),
            (len(projects), "project", "projects"),
        ),
        "figures": figures,
        "learnings": cards.learning_cards(graph, node.learnings[:LEARNINGS]),
        "all_learnings": len(node.learnings) if len(node.learnings) > LEARNINGS else 0,
        "learnings_path": f"learnings/{node.id}/",
        "quotes": quotes[:FIGURES],
        "announcements": announced[:20],
        "groups": listing.by_event(graph, node.sessions[: listing.INLINE]),
        "all_sessions": len(node.sessions) if len(node.sessions) > listing.INLINE else 0,
        "sessions_path": f"{slugs.theme_path(node.id)}sessions/",
        "suggested": cards.session_cards(graph, node.suggested[:SUGGESTED]),
        "all_suggested": len(node.suggested) if len(node.suggested) > SUGGESTED else 0,
        "suggested_path": f"{slugs.theme_path(node.id)}suggested/",
        "people": people,
        "organisations": organisations,
        "projects": projects,
        "neighbours": neighbours,
        "trend": trend,
        "shifts": shifts,
        "mentions": (written + mentions)[:40],
    }


def _announced(graph: Graph, node: ThemeNode) -> list[AnnouncementNode]:
    """What was announced in the theme's sessions, or about a project that the theme names."""
    about = [s for project in node.projects for s in graph.projects[project].announced]
    own = set(node.sessions)
    return [
        announcement
        for announcement in cards.announcements(graph, dict.fromkeys([*node.sessions, *about]))
        if announcement.session in own or set(announcement.projects) & set(node.projects)
    ]


def _neighbours(graph: Graph) -> dict[str, list[cards.ThemeRef]]:
    """For each theme the themes it meets most, and those its record names."""
    met: dict[str, dict[str, int]] = {
        id: dict.fromkeys(node.related, 0) for id, node in graph.themes.items()
    }
    for (one, other), number in layouts.meeting_counts(graph).items():
        met[one][other] = number
        met[other][one] = number
    return {
        id: [
            cards.theme_ref(graph, other)
            for other, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:12]
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
