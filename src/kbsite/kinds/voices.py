"""People to follow on a theme, and why: those whose talks its findings cite, others who spoke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kbsite.catalog import EVENT, PERSON, SESSION
from kbsite.graph.nodes import Appearance, SessionNode, ThemeNode
from kbsite.kinds import cards, findings, words
from kbsite.kinds.base import Data, Ref, Views

BEHIND = 24  # people of whom the page says on which findings they stand
ALSO = 10  # others of whom it says what they spoke of
NAMED = 24  # and so many more of whom it says how often


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Somebody, for whom they last spoke of the theme, and what speaks for them.

    `learnings` are how many of those shown come from their talks, `sessions` how many they had on
    the theme and since when, if others than these. The `latest`, at an `event`, is named unless it
    is one of these.
    """

    ref: Ref
    organisation: Ref | None
    learnings: str
    sessions: str
    latest: Ref | None
    event: Ref | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Voices(Data):
    """The speakers of the talks that the findings cite, those who also spoke, and some more."""

    macro: ClassVar = "voices"
    behind: tuple[Voice, ...]
    also: tuple[Voice, ...]
    more: tuple[cards.Tally, ...]


def voices(views: Views, theme: ThemeNode, shown: Sequence[str]) -> Voices:
    """`shown` are the keys of the learnings that the page shows."""
    graph = views.graph
    spoke: dict[str, list[SessionNode]] = {}
    for id in theme.sessions:
        for person in dict.fromkeys(a.person for a in graph.sessions[id].appearances):
            spoke.setdefault(person, []).append(graph.sessions[id])
    cited = _cited(views, findings.told(views, shown))
    often = sorted(
        (person for person in spoke if person not in cited), key=lambda p: -len(spoke[p])
    )
    behind = sorted(cited, key=lambda p: -sum(cited[p].values()))

    def voice(person: str) -> Voice:
        return _voice(views, person, cited.get(person, {}), spoke.get(person, []), len(shown))

    return Voices(
        behind=tuple(map(voice, behind[:BEHIND])),
        also=tuple(map(voice, often[:ALSO])),
        more=tuple(
            cards.Tally(views.ref(PERSON, person), len(spoke[person]))
            for person in often[ALSO : ALSO + NAMED]
        ),
    )


def _cited(views: Views, keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """The people behind learnings, each with their talks and how many come from each.

    Of a talk of several people those of a learning are all, unless it says whose it is.
    """
    graph = views.graph
    found: dict[str, dict[str, int]] = {}
    for session, own in findings.by_talk(views, keys).items():
        speakers = [a.person for a in graph.sessions[session].appearances]
        for key in own:
            by = graph.learnings[key].by
            for person in dict.fromkeys([by] if by else speakers):
                talks = found.setdefault(person, {})
                talks[session] = talks.get(session, 0) + 1
    return found


def _voice(
    views: Views, person: str, cited: dict[str, int], spoke: Sequence[SessionNode], shown: int
) -> Voice:
    graph = views.graph
    known = spoke or [graph.sessions[id] for id in cited]
    latest = spoke[0] if spoke and spoke[0].id not in cited else None
    others = latest or len(spoke) > 1
    return Voice(
        ref=views.ref(PERSON, person),
        organisation=_organisation(known, person),
        learnings=_behind(sum(cited.values()), shown) if cited else "",
        sessions=_since(views, spoke) if others else "",
        latest=views.ref(SESSION, latest.id) if latest else None,
        event=views.ref(EVENT, latest.event) if latest else None,
    )


def _behind(number: int, shown: int) -> str:
    """How many of so many learnings are somebody's.

    >>> _behind(2, 3), _behind(3, 3), _behind(1, 1)
    ('behind 2 of these learnings', 'behind all of these learnings', 'behind this learning')
    """
    if shown == 1:
        return "behind this learning"
    return f"behind {'all' if number == shown else number} of these learnings"


def _organisation(sessions: Sequence[SessionNode], person: str) -> Ref | None:
    """For whom somebody last spoke."""
    appearances: Iterable[Appearance] = (a for s in sessions for a in s.appearances)
    own = (cards.affiliation_ref(a) for a in appearances if a.person == person)
    return next(filter(None, own), None)


def _since(views: Views, spoke: Sequence[SessionNode]) -> str:
    """As '5 sessions on it since 2019', newest first."""
    number = f"{words.count(len(spoke), 'session')} on it"
    years = {views.graph.events[node.event].record.start.year for node in spoke}
    if len(spoke) == 1:
        return number
    return f"{number} since {min(years)}" if len(years) > 1 else f"{number} in {min(years)}"
