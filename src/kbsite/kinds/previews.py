"""What the pictures in previews of links show: a name, and a dot for every session."""

from __future__ import annotations

from collections.abc import Iterable

from kbsite.catalog import SESSION, Thing
from kbsite.graph.nodes import EventNode, NamedNode, SessionNode
from kbsite.kinds import words
from kbsite.kinds.base import Preview, Views

FOLDER = "assets/cards/"
SITE = f"{FOLDER}site.png"
SITE_HUE = 250


def of_theme(views: Views, id: str) -> Preview:
    graph = views.graph
    node = graph.themes[id]
    return Preview(
        path=f"{FOLDER}themes/{id}.png",
        kind="Theme",
        title=node.record.name,
        foot=tuple(words.holdings(node)),
        hue=graph.hues[id],
        groups=(_taught(views, node.sessions),),
    )


def of_themes(views: Views, ids: Iterable[str]) -> tuple[Preview, ...]:
    return tuple(views.once(of_theme, id) for id in ids)


def of_event(views: Views, id: str) -> Preview:
    """An event, with a group of dots for each day."""
    node = views.graph.events[id]
    return Preview(
        path=f"{FOLDER}events/{id}.png",
        kind="Event",
        title=node.record.name,
        foot=(words.days(node.record.start, node.record.end), *_counts(views, node)),
        hue=views.graph.event_hues[id],
        groups=tuple(_taught(views, day.begun) for day in node.days),
    )


def of_session(views: Views, node: SessionNode) -> Preview:
    """A session, with its event and who spoke."""
    graph = views.graph
    return Preview(
        path=f"{FOLDER}{SESSION.path(node.id).rstrip('/')}.png",
        kind=f"{words.KIND_LABELS[node.record.kind]} at {graph.events[node.event].label}",
        title=node.record.title,
        foot=tuple(graph.people[each.person].name for each in node.appearances),
        hue=hue_of(views, node),
        groups=(),
        many=True,
    )


def of_named(views: Views, thing: Thing, node: NamedNode) -> Preview:
    """A person, an organisation or a project, in the colour of the latest session."""
    sessions = [views.graph.sessions[id] for id in node.sessions]
    learned = sum(len(each.learnings) for each in sessions)
    return Preview(
        path=f"{FOLDER}{thing.path(node.id).rstrip('/')}.png",
        kind=thing.noun.capitalize(),
        title=node.name,
        foot=_counted(len(sessions), learned),
        hue=hue_of(views, sessions[0]) if sessions else SITE_HUE,
        groups=(_taught(views, node.sessions),),
        many=True,
    )


def of_claim(
    views: Views, node: SessionNode, path: str, *, kind: str, title: str, foot: tuple[str, ...]
) -> Preview:
    """Something that was said or counted in a session, which has a page at `path`."""
    return Preview(
        path=f"{FOLDER}{path.rstrip('/')}.png",
        kind=kind,
        title=title,
        foot=tuple(filter(None, foot)),
        hue=hue_of(views, node),
        groups=(),
        many=True,
    )


def hue_of(views: Views, node: SessionNode) -> int:
    """The colour of a session: that of its first theme, or else of its event."""
    graph = views.graph
    return graph.hues[node.themes[0]] if node.themes else graph.event_hues[node.event]


def of_site(views: Views) -> Preview:
    """All sessions; what the site is called is known only where it is built."""
    graph = views.graph
    return Preview(
        path=SITE,
        kind="Sessions and what was learned in them",
        title=words.count(len(graph.sessions), "session"),
        foot=_counted(len(graph.sessions), len(graph.learnings)),
        hue=SITE_HUE,
        groups=(_taught(views, graph.sessions),),
    )


def _counts(views: Views, node: EventNode) -> tuple[str, ...]:
    learned = sum(len(views.graph.sessions[id].learnings) for id in node.sessions)
    return _counted(len(node.sessions), learned)


def _counted(sessions: int, learnings: int) -> tuple[str, ...]:
    held = words.count(sessions, "session")
    return (held, words.count(learnings, "learning")) if learnings else (held,)


def _taught(views: Views, ids: Iterable[str]) -> tuple[bool, ...]:
    return tuple(bool(views.graph.sessions[id].learnings) for id in ids)
