"""Where a session's page leads on to: what its theme taught elsewhere, and other sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from kbsite.catalog import EVENT, SESSION, THEME
from kbsite.graph.nodes import SessionNode
from kbsite.graph.queries import Places
from kbsite.graph.repeats import given_again, one_talk
from kbsite.kinds import cards, learnings, words
from kbsite.kinds.base import Data, Part, Ref, Views, part

TAUGHT = 3  # learnings of a theme that a session without any shows
OTHERS = 5  # sessions of the same speakers that a page shows
RELATED = 6  # sessions beside these, unless an editor chose more
AROUND = 2  # themes whose neighbouring sessions a page leads to


@dataclass(frozen=True, slots=True)
class Others(Data):
    """Other sessions of the same people, newest first."""

    macro: ClassVar = "others"
    cards: tuple[cards.SessionCard, ...]


@dataclass(frozen=True, slots=True)
class Related(Data):
    """Other sessions, each with the reason."""

    macro: ClassVar = "related"
    sessions: tuple[tuple[cards.SessionCard, str], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A list that a session is in, and what stands before and after it there."""

    owner: Ref
    before: Ref | None
    after: Ref | None


def further(views: Views, node: SessionNode) -> Iterator[Part]:
    """What else there is for somebody who has read or watched all of a session."""
    if not node.learnings:
        yield from _taught_elsewhere(views, node)
    others = tuple(_others(views, node))
    people = [views.graph.people[a.person].name for a in node.appearances]
    title = f"More by {people[0]}" if len(people) == 1 else "Other talks of these speakers"
    yield from part("others", title, Others(cards.session_cards(views, others)), when=others)
    relations = (r for r in views.graph.relations[node.id] if r.session not in others)
    related = tuple(
        (views.once(cards.session_card, relation.session), relation.reason)
        for relation in islice(relations, max(RELATED, len(node.record.related)))
    )
    yield from part("related", "Related sessions", Related(related), when=related)


def _taught_elsewhere(views: Views, node: SessionNode) -> Iterator[Part]:
    """What the first of a session's themes that taught something did; those suggested come last."""
    for theme in (*node.themes, *node.suggested_themes):
        if keys := views.once(_of_theme, theme):
            taught = learnings.Sample(
                about=views.graph.themes[theme].label,
                cards=cards.learning_cards(views, keys),
                path=learnings.of_theme(theme),
                number=len(views.graph.themes[theme].learnings),
            )
            title = f"What {views.graph.themes[theme].label} taught elsewhere"
            yield Part("elsewhere", title, taught)
            return


def _of_theme(views: Views, id: str) -> tuple[str, ...]:
    """The learnings that speak for a theme: of the newest sessions, one of each."""
    graph = views.graph
    newest: dict[str, str] = {}
    for key in graph.themes[id].learnings:
        learning = graph.learnings[key]
        if learning.superseded_by is None:
            newest.setdefault(learning.session, key)
    return tuple(newest.values())[:TAUGHT]


def _others(views: Views, node: SessionNode) -> list[str]:
    """The newest other sessions of a session's speakers, but for those that an editor chose."""
    place, graph = views.once(_places, ""), views.graph
    known = {node.id, *node.record.related}
    found = {
        id
        for appearance in node.appearances
        for id in islice(
            (
                id
                for id in graph.people[appearance.person].sessions
                if id not in known and not one_talk(node, graph.sessions[id])
            ),
            OTHERS,
        )
    }
    return sorted(found, key=place.__getitem__)[:OTHERS]


def _places(views: Views, _id: str) -> Mapping[str, int]:
    """All sessions with their places in the order in which they are shown."""
    return {id: at for at, id in enumerate(views.graph.sessions)}


def again(views: Views, node: SessionNode) -> tuple[Ref, ...]:
    """The other times that a talk was given at its event, by when and where that was."""
    ids = views.once(_given_again, "").get(node.id, ())
    return tuple(
        Ref(_when_and_where(views.graph.sessions[id]) or "on a day not known", SESSION.path(id))
        for id in ids
    )


def _given_again(views: Views, _id: str) -> Mapping[str, tuple[str, ...]]:
    return given_again(views.graph.sessions.values())


def _when_and_where(node: SessionNode) -> str:
    return ", ".join(filter(None, (words.brief_time(node), node.record.room)))


def around(views: Views, node: SessionNode, places: Places) -> tuple[Around, ...]:
    """The lists that a session is in with others."""
    event = views.ref(EVENT, node.event)
    owners = (
        Ref(f"Schedule: {event.text}", event.path) if node.days else event,
        *(views.ref(THEME, theme) for theme in node.themes[:AROUND]),
    )
    found = ((owner, places.around(owner.path, node.id)) for owner in owners)
    return tuple(
        Around(owner, *_told_apart(views, node, beside)) for owner, beside in found if beside
    )


def _told_apart(
    views: Views, node: SessionNode, beside: tuple[str | None, ...]
) -> Iterator[Ref | None]:
    """What stands beside a session, with when and where it is if only its title would not tell."""
    titles = [views.graph.sessions[id].label for id in (node.id, *beside) if id]
    for id in beside:
        ref = views.ref(SESSION, id) if id else None
        if ref and id and titles.count(ref.text) > 1:
            told = _when_and_where(views.graph.sessions[id])
            ref = replace(ref, text=f"{ref.text} ({told})") if told else ref
        yield ref
