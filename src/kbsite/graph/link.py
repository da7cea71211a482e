"""Records to the graph: resolve every name, link everything, report what does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from kbsite import records
from kbsite.catalog import (
    ARTICLE,
    EVENT,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    SESSION,
    SHIFT,
    THEME,
)
from kbsite.errors import Problem
from kbsite.graph import checks, entities, essays, namesakes, queries
from kbsite.graph.addresses import former
from kbsite.graph.apart import told_apart
from kbsite.graph.editions import misdated, misnamed
from kbsite.graph.former import former_events, former_sessions
from kbsite.graph.hues import spread
from kbsite.graph.mentions import Mentions
from kbsite.graph.naming import Finder, Sessions, check_named, name_everything
from kbsite.graph.nodes import Graph
from kbsite.graph.others import others
from kbsite.graph.relate import Relations
from kbsite.graph.reports import Reports, reports
from kbsite.graph.sessions import SessionLinker
from kbsite.graph.spellings import spelled_twice
from kbsite.graph.superseding import with_superseding
from kbsite.graph.targets import Targets
from kbsite.graph.times import Moment, Moments, check_times, moments
from kbsite.graph.titles import TitleReader
from kbsite.graph.twice import told_twice
from kbsite.graph.written import oddly_written, of_things
from kbsite.library import Entry, Library


def link(library: Library) -> tuple[Graph, list[Problem]]:
    """The graph of `library`'s published records, and every problem between records."""
    problems: list[Problem] = []
    report = problems.append

    # What is said of when, and by what names
    whens = {own: moments(e.record, _event(library, own)) for own, e in library.sessions.items()}
    problems += _times(library, whens)
    published = _published(library, whens)
    titles = TitleReader(library)
    told = {own: titles.read(entry.record) for own, entry in published.items()}
    for entry in published.values():
        problems += titles.denials(entry, library)
    naming = name_everything(library, published, told, report)
    problems += check_named(published, naming, library)
    finder = Finder(thing=THEME, library=library, names=naming.of(THEME), report=report)

    # What can be linked to; while records become nodes, their links are noted
    events_renamed = former_events(library, report)
    renamed = former_sessions(published, library, events_renamed, report)
    redirects = {EVENT.name: events_renamed, SESSION.name: renamed}
    targets = Targets(
        library=library,
        sessions={own: entry.record for own, entry in published.items()},
        naming=naming,
        redirects=redirects,
    )
    mentions = Mentions(targets, report)

    # Sessions, and what they name
    linker = SessionLinker(
        naming=naming,
        themes=finder,
        reports=Reports(library=library, report=report),
        mentions=mentions,
        whens=whens,
        told=told,
        renamed=renamed,
    )
    linked = {own: linker.node(entry, _event(library, own)) for own, entry in published.items()}
    sessions = with_superseding(linked, targets, report)
    events = entities.events(library, sessions)
    themes = entities.themes(library, sessions, naming, finder, mentions)
    people = entities.people(library, sessions, naming, mentions)
    organisations = entities.organisations(library, sessions, naming, mentions)
    projects = entities.projects(library, sessions, naming, mentions)

    # Hand-written pages, and whatever else has records
    pages = essays.pages(library, mentions)
    articles = essays.essays(ARTICLE, library, pages, finder, mentions)
    shifts = essays.essays(SHIFT, library, pages, finder, mentions)
    more = others(library, naming, mentions, report)

    problems += checks.related(published, targets)
    problems += checks.extensions(PERSON, people, library, naming)
    problems += checks.extensions(ORGANISATION, organisations, library, naming)
    problems += checks.extensions(PROJECT, projects, library, naming)
    problems += checks.listed_twice(published, naming)
    apart = told_apart(PERSON, naming.of(PERSON), library, report)
    problems += namesakes.near_people(people, naming, apart)
    for thing, code, nodes in (
        (ORGANISATION, "KB216", organisations),
        (PROJECT, "KB218", projects),
    ):
        apart = told_apart(thing, naming.of(thing), library, report)
        problems += namesakes.near_things(thing, code, nodes, naming, apart)
    problems += namesakes.at_two_organisations(published, library, naming)
    followed = {
        LEARNING.key(each.superseded_by)
        for node in sessions.values()
        for each in node.learnings
        if each.superseded_by
    }
    problems += checks.learnings_told_twice(published, followed | mentions.backlinks().keys())
    problems += checks.entries_told_twice(library)
    problems += told_twice(sessions)
    problems += namesakes.in_two_scripts(naming)
    problems += [*oddly_written(naming), *of_things(naming)]
    problems += spelled_twice(sessions, events)
    problems += checks.thin_shifts(library.of(SHIFT))

    # What is computed of the whole
    joined = {thing: former(names) for thing, names in naming.names.items()}
    things = ((THEME, themes), (PERSON, people), (ORGANISATION, organisations), (PROJECT, projects))
    graph = Graph(
        events=events,
        sessions=sessions,
        learnings={each.key: each for node in sessions.values() for each in node.learnings},
        themes=themes,
        people=people,
        organisations=organisations,
        projects=projects,
        articles=articles,
        shifts=shifts,
        reports=reports(library, pages, sessions, naming),
        others=more,
        pages=pages,
        assets=library.assets,
        relations=Relations(sessions, events, {thing.name: nodes for thing, nodes in things}),
        meetings=queries.meetings(sessions),
        hues=spread(themes),
        event_hues=spread(events),
        mentions=mentions.backlinks(),
        redirects=redirects | joined,
    )
    return graph, problems


def _event(library: Library, session: str) -> records.Event:
    return library.events[session.partition("/")[0]].record


def _times(library: Library, whens: Mapping[str, Moments]) -> list[Problem]:
    """Problems of sessions' times, where the event's own are known."""
    known = {
        own: event for own, event in library.events.items() if not (event.stand_in or event.lost)
    }
    wrong = misdated(known, library.sessions, whens)
    return [
        *wrong.values(),
        *misnamed({own: event for own, event in known.items() if own not in wrong}),
        *(
            problem
            for own, entry in library.sessions.items()
            if (event := own.partition("/")[0]) in known
            for problem in check_times(
                entry.record,
                known[event].record,
                whens[own],
                entry.source,
                dated=event not in wrong,
            )
        ),
    ]


def _published(library: Library, whens: Mapping[str, Moments]) -> Sessions:
    """The sessions that are shown, in the order of their events, then of the schedule."""
    published = {own: e for own, e in library.sessions.items() if e.record.publish}
    held = Counter(own.partition("/")[0] for own in published)

    def place(item: tuple[str, Entry[records.Session]]) -> tuple[object, ...]:
        own, entry = item
        event = own.partition("/")[0]
        return (
            *entities.event_place(library.events[event].record, event, held[event]),
            *_sortable(whens[own][0]),
            entry.record.room or "",
            entry.record.title.casefold(),
            own,
        )

    return dict(sorted(published.items(), key=place))


def _sortable(when: Moment) -> tuple[bool, str, str]:
    """By the event's own days; a day without hour comes after its hours, no day comes last."""
    if isinstance(when, datetime):
        return (False, when.date().isoformat(), when.astimezone(UTC).isoformat())
    return (when is None, when.isoformat() if when else "", "~")
