"""Everything that a record may name, told in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from kbsite.catalog import (
    EVENT,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    REPORT,
    SESSION,
    THEME,
    Thing,
)
from kbsite.excerpts import excerpt
from kbsite.graph import Graph
from kbsite.graph.nodes import NamedNode, SessionNode
from kbsite.kinds.words import count
from kbsite.lsp.messages import Key, Known
from kbsite.sources import in_file
from kbsite.wording import all_of
from kbsite.yamlfile import Path

LENGTH = 160  # characters of a summary


def known(graph: Graph) -> dict[Key, Known]:
    """All of it, by thing and id."""
    return dict(_all(graph))


def _all(graph: Graph) -> Iterator[tuple[Key, Known]]:
    for event in graph.events.values():
        about = f"event, {count(len(event.sessions), 'session')}: {event.record.name}"
        source = event.source.path
        yield (EVENT.name, event.id), Known(event.label, (), about, source, ("name",))
    for session in graph.sessions.values():
        about = _session(graph, session)
        source = session.source.path
        yield (SESSION.name, session.id), Known(session.label, (), about, source, ("title",))
        for at, learning in enumerate(session.learnings):
            where = in_file(("learnings", at, "id"), session.source.kept)
            said = excerpt(learning.text, LENGTH)
            about = f"learning of {session.label}"
            yield (LEARNING.name, learning.key), Known(said, (), about, source, where)
    for theme in graph.themes.values():
        about = f"theme, {count(len(theme.sessions), 'session')}"
        about += f", {count(len(theme.learnings), 'learning')}" if theme.learnings else ""
        about += f": {excerpt(theme.record.summary, LENGTH)}" if theme.record.summary else ""
        others, source = theme.record.aliases, theme.source.path
        yield (THEME.name, theme.id), Known(theme.label, others, about, source, ("name",))
    for report in graph.reports.values():
        author = report.record.author
        about = f"report by {author}, {count(len(report.sessions), 'session')}"
        source = report.page.source.path
        yield (REPORT.name, report.id), Known(report.label, (), about, source, ("title",))
    named: tuple[tuple[Thing, Mapping[str, NamedNode]], ...] = (
        (PERSON, graph.people),
        (ORGANISATION, graph.organisations),
        (PROJECT, graph.projects),
    )
    for thing, nodes in named:
        first = _first_named(graph, thing)
        for node in nodes.values():
            yield (thing.name, node.id), _named(thing, node, first)


def _session(graph: Graph, session: SessionNode) -> str:
    day = session.start.date() if isinstance(session.start, datetime) else session.start
    event = graph.events[session.event].label
    people = [graph.people[each.person].name for each in session.appearances]
    about = f"{session.record.kind} at {event}"
    about += f", {day.isoformat()}" if day else ""
    return about + (f", by {all_of(people)}" if people else "")


def _named(thing: Thing, node: NamedNode, first: Mapping[str, tuple[str, Path]]) -> Known:
    """Somebody or something with a page of its own, or else told where it is named first."""
    about = f"{thing.noun}, {count(len(node.sessions), 'session')}"
    where = (node.source.path, ("name",)) if node.source else first.get(node.id, ("", ()))
    return Known(node.name, node.other_names, about, *where)


def _first_named(graph: Graph, thing: Thing) -> dict[str, tuple[str, Path]]:
    """The file of the newest session that names each, and where in it."""
    first: dict[str, tuple[str, Path]] = {}
    for session in graph.sessions.values():
        for id, path in _names(session, thing):
            where = in_file(path, session.source.kept)
            first.setdefault(id, (session.source.path, where))
    return first


def _names(session: SessionNode, thing: Thing) -> Iterator[tuple[str, Path]]:
    if thing is PROJECT:
        given = [id for id in session.projects if id not in session.title_projects]
        yield from ((id, ("projects", at)) for at, id in enumerate(given))
        yield from ((id, ("title",)) for id in session.title_projects)
        return
    for at, appearance in enumerate(session.appearances):
        if thing is PERSON:
            key = "name" if session.record.speakers[at].name else "id"
            yield appearance.person, ("speakers", at, key)
        elif appearance.organisation:
            yield appearance.organisation, ("speakers", at, "org")
    if thing is ORGANISATION:
        for at, announcement in enumerate(session.announcements):
            if announcement.organisation:
                yield announcement.organisation, ("announcements", at, "by")
