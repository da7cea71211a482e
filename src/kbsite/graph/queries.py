"""The questions that pages ask of the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from kbsite.catalog import EVENT, THEME
from kbsite.graph.nodes import (
    AnnouncementNode,
    Appearance,
    Graph,
    Meetings,
    Mention,
    NamedNode,
    SessionNode,
)


def latest(graph: Graph, person: NamedNode) -> tuple[SessionNode, Appearance] | None:
    """A person's newest appearance that says in what role or for whom, and its session."""
    own = (
        (graph.sessions[id], appearance)
        for id in person.sessions
        for appearance in graph.sessions[id].appearances
        if appearance.person == person.id
    )
    return next((each for each in own if each[1].role or each[1].organisation), None)


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


def announcements(graph: Graph, ids: Iterable[str]) -> list[AnnouncementNode]:
    """The announcements of some sessions, newest first; those without a date last."""
    found = [a for id in ids for a in graph.sessions[id].announcements]
    return sorted(found, key=lambda a: (a.date is None, -(a.date.toordinal() if a.date else 0)))


def mentions(graph: Graph, keys: Iterable[str], own_path: str) -> tuple[Mention, ...]:
    """The places that link to any "thing:id", each once, other than its own page."""
    found = (m for key in keys for m in graph.mentions.get(key, ()) if m.path != own_path)
    return tuple(dict.fromkeys(found))


def most(ids: Iterable[str], limit: int) -> list[tuple[str, int]]:
    """The most frequent ids with their counts, ties by id; of a Counter, by what it counted."""
    return sorted(Counter(ids).items(), key=lambda item: (-item[1], item[0]))[:limit]


def ranked(meetings: Meetings) -> list[tuple[tuple[str, str], int]]:
    """Pairs of themes with their meetings, most first."""
    return sorted(meetings.items(), key=lambda item: (-item[1], item[0]))


def neighbours(graph: Graph) -> dict[str, list[str]]:
    """For each theme the themes it meets, most often first, then those that its record names."""
    met: dict[str, dict[str, int]] = {
        id: dict.fromkeys(node.related, 0) for id, node in graph.themes.items()
    }
    for (one, other), number in graph.meetings.items():
        met[one][other] = number
        met[other][one] = number
    return {
        id: [other for other, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
        for id, found in met.items()
    }


class Places:
    """Where each session stands in the schedule of its event and among the sessions of a theme.

    A list is known by the address of what it belongs to.
    """

    def __init__(self, graph: Graph) -> None:
        self._lists: dict[str, tuple[str, ...]] = {
            **{EVENT.path(id): node.sessions for id, node in graph.events.items()},
            **{THEME.path(id): node.sessions for id, node in graph.themes.items()},
        }
        self._places = {
            path: {id: at for at, id in enumerate(ids)} for path, ids in self._lists.items()
        }

    def around(self, owner: str, id: str) -> tuple[str | None, str | None] | None:
        """The sessions before and after one in a list; None if it is alone there."""
        ids = self._lists[owner]
        if len(ids) < 2:
            return None
        at = self._places[owner][id]
        return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


def meetings(sessions: Mapping[str, SessionNode]) -> dict[tuple[str, str], int]:
    """How many sessions each pair of themes shares."""
    out: dict[tuple[str, str], int] = {}
    for node in sessions.values():
        own = sorted(node.themes)
        for at, one in enumerate(own):
            for other in own[at + 1 :]:
                out[one, other] = out.get((one, other), 0) + 1
    return out
