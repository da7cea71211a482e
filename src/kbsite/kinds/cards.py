"""The small views that many pages share: references, and cards of sessions, learnings and quotes.

Every `path` is an address from the root of the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from kbsite import prose, slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import (
    AnnouncementNode,
    Appearance,
    LearningNode,
    NamedNode,
    QuoteNode,
    SessionNode,
)
from kbsite.kinds import videos, words
from kbsite.kinds.base import Ref
from kbsite.kinds.hues import hue
from kbsite.records import Figure, Link


@dataclass(frozen=True, slots=True)
class ThemeRef(Ref):
    """A theme, with the hue that stands for it in every chip and chart."""

    hue: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A reference and how often it occurs."""

    ref: Ref
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCard:
    ref: Ref
    kind: str
    status: str
    event: Ref
    when: str
    hours: str
    room: str
    speakers: tuple[Ref, ...]
    themes: tuple[ThemeRef, ...]
    learnings: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LearningCard:
    """`text` is Markdown; `brief` its first words; `at` how the place in the video is written."""

    ref: Ref
    id: str
    text: str
    brief: str
    session: Ref
    event: Ref
    by: Ref | None
    at: str
    at_url: str
    seconds: int
    themes: tuple[ThemeRef, ...]
    superseded_by: Ref | None
    supersedes: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteCard:
    text: str
    by: Ref | None
    affiliation: str
    at: str
    at_url: str
    seconds: int
    session: Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncementCard:
    title: str
    by: Ref | None
    day: str
    iso: str
    text: str | None
    url: str | None
    projects: tuple[Ref, ...]
    session: Ref
    themes: tuple[ThemeRef, ...]


def resource(link: Link) -> dict[str, str]:
    """A link as an entry of a list: its kind, what it says and where it leads."""
    kind = words.LINK_LABELS[link.kind]
    return {"kind": kind, "label": link.label or kind, "url": link.url}


def session_ref(graph: Graph, id: str) -> Ref:
    return Ref(graph.sessions[id].record.title, slugs.session_path(id))


def event_ref(graph: Graph, id: str) -> Ref:
    return Ref(graph.events[id].short, slugs.event_path(id))


def theme_ref(graph: Graph, id: str) -> ThemeRef:
    return ThemeRef(graph.themes[id].record.name, slugs.theme_path(id), hue(graph, id))


def person_ref(graph: Graph, id: str) -> Ref:
    return Ref(graph.people[id].name, slugs.person_path(id))


def organisation_ref(graph: Graph, id: str) -> Ref:
    return Ref(graph.organisations[id].name, slugs.organisation_path(id))


def affiliation_ref(appearance: Appearance) -> Ref | None:
    """The organisation of an appearance, called what it was called there."""
    if appearance.organisation is None:
        return None
    path = slugs.organisation_path(appearance.organisation)
    return Ref(appearance.affiliation or "", path)


def latest(graph: Graph, person: NamedNode) -> tuple[SessionNode, Appearance] | None:
    """A person's newest appearance that says in what role or for whom, and its session."""
    own = (
        (graph.sessions[id], appearance)
        for id in person.sessions
        for appearance in graph.sessions[id].appearances
        if appearance.person == person.id
    )
    return next((each for each in own if each[1].role or each[1].organisation), None)


def project_ref(graph: Graph, id: str) -> Ref:
    return Ref(graph.projects[id].name, slugs.project_path(id))


def learning_path(node: LearningNode) -> str:
    return slugs.session_path(node.session) + "#" + slugs.learning_anchor(node.id)


def session_card(graph: Graph, id: str) -> SessionCard:
    node = graph.sessions[id]
    return SessionCard(
        ref=session_ref(graph, id),
        kind="" if node.record.kind == "talk" else words.KIND_LABELS[node.record.kind],
        status=words.STATUS_LABELS[node.record.status],
        event=event_ref(graph, node.event),
        when=words.brief_time(node),
        hours=words.hours(node),
        room=node.record.room or "",
        speakers=tuple(person_ref(graph, a.person) for a in node.appearances),
        themes=tuple(theme_ref(graph, t) for t in node.themes),
        learnings=len(node.learnings),
    )


def session_cards(graph: Graph, ids: Iterable[str]) -> tuple[SessionCard, ...]:
    return tuple(session_card(graph, id) for id in ids)


def learning_card(graph: Graph, key: str) -> LearningCard:
    node = graph.learnings[key]
    session = graph.sessions[node.session]
    at, at_url = videos.place(graph, node.session, node.at)
    newer = graph.learnings.get(node.superseded_by) if node.superseded_by else None
    return LearningCard(
        ref=Ref("Link to this learning", learning_path(node)),
        id=node.id,
        text=node.text,
        brief=words.sentence(prose.to_text(node.text), 60),
        session=session_ref(graph, node.session),
        event=event_ref(graph, session.event),
        by=person_ref(graph, node.by) if node.by else None,
        at=at,
        at_url=at_url,
        seconds=node.at or 0,
        themes=tuple(theme_ref(graph, t) for t in node.themes),
        superseded_by=_learning_ref(graph, newer) if newer else None,
        supersedes=tuple(_learning_ref(graph, graph.learnings[k]) for k in node.supersedes),
    )


def learning_cards(graph: Graph, keys: Iterable[str]) -> tuple[LearningCard, ...]:
    return tuple(learning_card(graph, key) for key in keys)


def _learning_ref(graph: Graph, node: LearningNode) -> Ref:
    return Ref(graph.sessions[node.session].record.title, learning_path(node))


def foremost(graph: Graph, sessions: Iterable[str], limit: int) -> list[str]:
    """The keys of the first learning of each of some sessions, then of their second ones, ...

    What a later learning has superseded is left out.
    """
    standing = (
        [each.key for each in graph.sessions[id].learnings if each.superseded_by is None]
        for id in sessions
    )
    taught = list(islice((keys for keys in standing if keys), limit))
    rounds = max(map(len, taught), default=0)
    return [keys[at] for at in range(rounds) for keys in taught if at < len(keys)][:limit]


def quote_card(graph: Graph, quote: QuoteNode) -> QuoteCard:
    at, at_url = videos.place(graph, quote.session, quote.at)
    affiliation = next(
        (
            a.affiliation or ""
            for a in graph.sessions[quote.session].appearances
            if a.person == quote.by
        ),
        "",
    )
    return QuoteCard(
        text=quote.text,
        by=person_ref(graph, quote.by) if quote.by else None,
        affiliation=affiliation,
        at=at,
        at_url=at_url,
        seconds=quote.at or 0,
        session=session_ref(graph, quote.session),
    )


def announcement_card(graph: Graph, node: AnnouncementNode) -> AnnouncementCard:
    return AnnouncementCard(
        title=node.title,
        by=organisation_ref(graph, node.organisation) if node.organisation else None,
        day=words.short_day(node.date) if node.date else "",
        iso=node.date.isoformat() if node.date else "",
        text=node.text,
        url=node.url,
        projects=tuple(project_ref(graph, p) for p in node.projects),
        session=session_ref(graph, node.session),
        themes=tuple(theme_ref(graph, t) for t in graph.sessions[node.session].themes),
    )


def announcements(graph: Graph, ids: Iterable[str]) -> list[AnnouncementNode]:
    """The announcements of some sessions, newest first; those without a date last."""
    found = [a for id in ids for a in graph.sessions[id].announcements]
    return sorted(found, key=lambda a: (a.date is None, -(a.date.toordinal() if a.date else 0)))


def mentions(graph: Graph, key: str, own_path: str) -> list[Ref]:
    """The places that link to "kind:id", other than its own page."""
    return [Ref(m.title, m.path) for m in graph.mentions.get(key, ()) if m.path != own_path]


def most(ids: Iterable[str], limit: int = 12) -> list[tuple[str, int]]:
    """The most frequent ids with their counts, ties by id."""
    return sorted(Counter(ids).items(), key=lambda item: (-item[1], item[0]))[:limit]


def people_of(graph: Graph, sessions: Iterable[str], limit: int = 30) -> tuple[Tally, ...]:
    ids = (a.person for s in sessions for a in graph.sessions[s].appearances)
    return tuple(Tally(person_ref(graph, id), n) for id, n in most(ids, limit=limit))


def organisations_of(graph: Graph, sessions: Iterable[str], limit: int = 12) -> tuple[Tally, ...]:
    ids = (
        o
        for s in sessions
        for o in dict.fromkeys(a.organisation for a in graph.sessions[s].appearances)
        if o
    )
    return tuple(Tally(organisation_ref(graph, id), n) for id, n in most(ids, limit=limit))


def projects_of(graph: Graph, sessions: Iterable[str], limit: int = 12) -> tuple[Tally, ...]:
    ids = (p for s in sessions for p in graph.sessions[s].projects)
    return tuple(Tally(project_ref(graph, id), n) for id, n in most(ids, limit=limit))


def figures_of(graph: Graph, sessions: Iterable[str], limit: int = 8) -> list[tuple[Figure, Ref]]:
    """The figures that some sessions gave, each with its session."""
    given = ((f, session_ref(graph, s)) for s in sessions for f in graph.sessions[s].record.figures)
    return list(islice(given, limit))


def themes_of(graph: Graph, sessions: Iterable[str], limit: int = 12) -> tuple[Tally, ...]:
    ids = (t for s in sessions for t in graph.sessions[s].themes)
    return tuple(Tally(theme_ref(graph, id), n) for id, n in most(ids, limit=limit))


def suggested_themes_of(
    graph: Graph, sessions: Iterable[str], limit: int = 12
) -> tuple[Tally, ...]:
    ids = (t for s in sessions for t in graph.sessions[s].suggested_themes)
    return tuple(Tally(theme_ref(graph, id), n) for id, n in most(ids, limit=limit))
