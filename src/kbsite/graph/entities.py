"""Events, themes, people, organisations and projects, each with the sessions that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from kbsite import cures, records, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, THEME, Thing
from kbsite.errors import Problem
from kbsite.graph import surnames
from kbsite.graph.days import days
from kbsite.graph.mentions import Mentions, resolved
from kbsite.graph.naming import Finder, Naming
from kbsite.graph.nodes import (
    EventNode,
    Mention,
    NamedNode,
    ProjectNode,
    SessionNode,
    ThemeNode,
)
from kbsite.library import Entry, Library

Sessions = Mapping[str, SessionNode]


def events(library: Library, sessions: Sessions) -> dict[str, EventNode]:
    """Newest first; of events that begin on one day the one with most sessions."""
    held = _index((own, (node.event,)) for own, node in sessions.items())
    nodes = [
        EventNode(
            id=own,
            record=entry.record,
            source=entry.source,
            sessions=tuple(held.get(own, ())),
            days=days(sessions[id] for id in held.get(own, ())),
        )
        for own, entry in library.events.items()
    ]
    nodes.sort(key=lambda n: event_place(n.record, n.id, len(n.sessions)))
    return {node.id: node for node in nodes}


def event_place(event: records.Event, own: str, sessions: int) -> tuple[int, int, str]:
    return (-event.start.toordinal(), -sessions, own)


def themes(
    library: Library, sessions: Sessions, naming: Naming, finder: Finder, mentions: Mentions
) -> dict[str, ThemeNode]:
    confirmed = _index((own, node.themes) for own, node in sessions.items())
    suggested = _index((own, node.suggested_themes) for own, node in sessions.items())
    learned = _index(
        (learning.key, learning.themes) for node in sessions.values() for learning in node.learnings
    )
    out: list[ThemeNode] = []
    for own, entry in library.themes.items():
        here = Mention(title=entry.record.name, path=THEME.path(own), kind=THEME.noun)
        record = resolved(entry.record, entry.source, here, mentions)
        related = finder.ids(record.related, entry.source, ("related",))
        if own in related:
            finder.report(_to_itself(entry, finder))
        out.append(
            ThemeNode(
                id=own,
                record=record,
                source=entry.source,
                body=mentions.in_body(entry.source, here),
                related=tuple(theme for theme in related if theme != own),
                projects=naming.projects_of(record.projects),
                sessions=tuple(confirmed.get(own, ())),
                suggested=tuple(suggested.get(own, ())),
                learnings=tuple(learned.get(own, ())),
            )
        )
    return {n.id: n for n in sorted(out, key=lambda n: (slugs.fold(n.record.name), n.id))}


def _to_itself(entry: Entry[records.Theme], finder: Finder) -> Problem:
    """KB206 for a theme among its own neighbours."""
    ids = [finder.names.claims.ids.get(slugs.name_key(word)) for word in entry.record.related]
    path = ("related", ids.index(entry.id))
    cure = cures.removing(entry.source, path, certain=True)
    message = "a theme is not related to itself"
    return entry.source.problem("KB206", path, message, "remove it", cures=cure)


def people(
    library: Library, sessions: Sessions, naming: Naming, mentions: Mentions
) -> dict[str, NamedNode]:
    given = _index((own, (a.person for a in node.appearances)) for own, node in sessions.items())
    return _named(PERSON, naming, library, given, {}, mentions)


def organisations(
    library: Library, sessions: Sessions, naming: Naming, mentions: Mentions
) -> dict[str, NamedNode]:
    """Those that sent a speaker, and those that only announced something."""
    given = _index((own, (a.organisation for a in n.appearances)) for own, n in sessions.items())
    announced = _index(
        (own, (a.organisation for a in n.announcements)) for own, n in sessions.items()
    )
    return _named(ORGANISATION, naming, library, given, announced, mentions)


def projects(
    library: Library, sessions: Sessions, naming: Naming, mentions: Mentions
) -> dict[str, ProjectNode]:
    """Those that sessions are about, and those that only announcements or themes name."""
    given = _index((own, node.projects) for own, node in sessions.items())
    announced = _index(
        (own, (p for a in node.announcements for p in a.projects)) for own, node in sessions.items()
    )
    pages: Mapping[str, Entry[records.ProjectExtension]] = library.of(PROJECT)
    named = _named(PROJECT, naming, library, given, announced, mentions)
    return {own: _project(node, pages.get(own)) for own, node in named.items()}


def _project(node: NamedNode, page: Entry[records.ProjectExtension] | None) -> ProjectNode:
    return ProjectNode(
        **{field.name: getattr(node, field.name) for field in fields(node)},
        facts=page.record if page else None,
    )


def _named(
    thing: Thing,
    naming: Naming,
    library: Library,
    given: Mapping[str, list[str]],
    announced: Mapping[str, list[str]],
    mentions: Mentions,
) -> dict[str, NamedNode]:
    names = naming.of(thing)
    pages: Mapping[str, Entry[records.Extension]] = library.of(thing)
    out: list[NamedNode] = []
    for own in dict.fromkeys((*given, *announced, *names.spellings)):
        name = names.name(own)
        page = pages.get(own)
        here = Mention(title=name, path=thing.path(own), kind=thing.noun)
        out.append(
            NamedNode(
                id=own,
                name=name,
                sort=_sort(thing, name, page.record if page else None),
                other_names=names.other_names(own),
                sessions=tuple(given.get(own, ())),
                announced=tuple(announced.get(own, ())),
                links=page.record.links if page else (),
                body=mentions.in_body(page.source, here) if page else "",
                source=page.source if page else None,
            )
        )
    return {node.id: node for node in sorted(out, key=lambda n: (slugs.fold(n.name), n.id))}


def _sort(thing: Thing, name: str, page: records.Extension | None) -> str:
    if isinstance(page, records.PersonExtension) and page.sort:
        return page.sort
    return surnames.listed(name) if thing is PERSON else name


def _index(pairs: Iterable[tuple[str, Iterable[str | None]]]) -> dict[str, list[str]]:
    """From "who holds what" to "who is held by whom", each holder once, in the same order."""
    out: dict[str, list[str]] = {}
    for holder, held in pairs:
        for item in dict.fromkeys(held):
            if item:
                out.setdefault(item, []).append(holder)
    return out
