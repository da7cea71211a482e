"""Which sessions are related, and why. The work per session is bounded, however large the site."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop
from typing import Protocol

from kbsite.graph.nodes import EventNode, Relation, SessionNode
from kbsite.graph.repeats import one_talk
from kbsite.wording import all_of

MOST = 8  # related sessions that are found, unless an editor chose more
NEIGHBOURS = 24  # how many sessions around one are looked at in each list it is part of

# Of a speaker's other sessions a page has a list, so that he alone makes few related
_WEIGHTS = {"theme": 0.6, "topic": 0.6, "project": 1.2, "person": 0.15, "organisation": 0.3}
_SERIES = 0.25
_SUBJECTS = {"theme": "subject", "project": "subject"}
NAMED = 3  # things that a reason names at most


class Labelled(Protocol):
    """What people call by a name."""

    @property
    def label(self) -> str: ...


class Relations(Mapping[str, tuple[Relation, ...]]):
    """For each session the related ones, best first, found when somebody asks.

    What two sessions share counts the more the rarer it is.
    """

    def __init__(
        self,
        sessions: Mapping[str, SessionNode],
        events: Mapping[str, EventNode],
        things: Mapping[str, Mapping[str, Labelled]],
    ) -> None:
        """`things` are what sessions can share, by the name of the kind and by id.

        `sessions` must be in a fixed order: where a list is long, only the nearest in that order
        are compared.
        """
        self._sessions, self._events, self._things = sessions, events, things

    def __getitem__(self, id: str) -> tuple[Relation, ...]:
        return tuple(self._of(self._sessions[id]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def __repr__(self) -> str:
        return repr(dict(self))

    @cached_property
    def shared(self) -> Shared:
        """What is known of all sessions before the relations of one can be found."""
        return _shared(self._sessions)

    def _of(self, node: SessionNode) -> Iterator[Relation]:
        shared, weight = self.shared, self.shared.weight
        at = shared.place[node.id]
        own = shared.features[at]
        chosen = dict.fromkeys(
            shared.place[other]
            for other in node.record.related
            if other in shared.place and other != node.id and not self._one_talk(node, other)
        )
        scores = {
            other: score
            for other, score in _scores(at, own, shared.holders, weight).items()
            if other not in chosen
        }
        editions = self._editions(node.event)
        for other in scores if editions else ():
            if self._sessions[shared.ids[other]].event in editions:
                scores[other] += _SERIES
        ranked = [(-score, other) for other, score in scores.items()]
        heapify(ranked)
        while ranked and len(chosen) < MOST:
            _, other = heappop(ranked)
            if not self._one_talk(node, shared.ids[other]):
                chosen[other] = None
        by_hand = set(node.record.related)
        for other in chosen:
            theirs = shared.features[other]
            said = reason(
                [feature for feature in own if feature in theirs],
                weight,
                self._name,
                chosen=shared.ids[other] in by_hand,
                speakers=len(node.appearances),
            )
            yield Relation(session=shared.ids[other], reason=said)

    def _one_talk(self, node: SessionNode, other: str) -> bool:
        return one_talk(node, self._sessions[other])

    def _editions(self, event: str) -> set[str]:
        """The other events of an event's series."""
        series = self._events[event].record.series
        if series is None:
            return set()
        return {
            id for id, node in self._events.items() if node.record.series == series and id != event
        }

    def _name(self, feature: str) -> str:
        kind, _, id = feature.partition(":")
        node = self._things.get("theme" if kind == "topic" else kind, {}).get(id)
        return node.label if node else id


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What sessions can share, by their places in the order of all.

    `features` are what each has, `holders` the places of those that have a feature, `weight` is how
    much it counts.
    """

    ids: Sequence[str]
    place: Mapping[str, int]
    features: Sequence[Mapping[str, None]]
    holders: Mapping[str, Sequence[int]]
    weight: Mapping[str, float]


def _shared(sessions: Mapping[str, SessionNode]) -> Shared:
    features = [_features(node) for node in sessions.values()]
    holders: dict[str, list[int]] = {}
    for at, own in enumerate(features):
        for feature in own:
            holders.setdefault(feature, []).append(at)
    return Shared(
        ids=tuple(sessions),
        place={own: at for at, own in enumerate(sessions)},
        features=features,
        holders=holders,
        weight={
            feature: _WEIGHTS[feature.partition(":")[0]] * math.log(1 + len(sessions) / len(held))
            for feature, held in holders.items()
        },
    )


def _features(node: SessionNode) -> dict[str, None]:
    """What a session can share, in a fixed order.

    A topic is a theme that is confirmed or only suggested, so a confirmed theme counts twice.
    """
    return dict.fromkeys(
        (
            *(f"theme:{theme}" for theme in node.themes),
            *(f"topic:{theme}" for theme in (*node.themes, *node.suggested_themes)),
            *(f"project:{project}" for project in node.projects),
            *(f"person:{appearance.person}" for appearance in node.appearances),
            *(f"organisation:{a.organisation}" for a in node.appearances if a.organisation),
        )
    )


def _scores(
    at: int, own: Iterable[str], holders: Mapping[str, Sequence[int]], weight: Mapping[str, float]
) -> dict[int, float]:
    """How much is shared with each of the sessions that are near in a list that both are in."""
    scores: dict[int, float] = {}
    for feature in own:
        held = holders[feature]
        low = 0
        if len(held) > NEIGHBOURS:
            low = min(bisect_left(held, at) - NEIGHBOURS // 2, len(held) - NEIGHBOURS - 1)
        worth = weight[feature]
        for other in held[max(0, low) : max(0, low) + NEIGHBOURS + 1]:
            scores[other] = scores.get(other, 0.0) + worth
    scores.pop(at, None)
    return scores


def reason(
    shared: Sequence[str],
    weight: Mapping[str, float],
    name: Callable[[str], str],
    *,
    chosen: bool = False,
    speakers: int = 1,
) -> str:
    """Why two sessions are related, as people would say it.

    `shared` are the features of both, `speakers` how many people spoke in the first of them.

    >>> weight = {"theme:A": 1, "topic:B": 1, "project:C": 2, "person:Ada": 3, "organisation:D": 1}
    >>> named = lambda feature: feature.partition(":")[2]
    >>> reason(["theme:A", "project:C"], weight, named)
    'Both about C and A'
    >>> reason(["theme:A", "person:Ada"], weight, named)
    'By the same speaker, about A'
    >>> reason(["topic:B", "organisation:D"], weight, named)
    'Both perhaps about B, by people from D'
    """
    of: dict[str, list[str]] = {}
    for feature in sorted(shared, key=lambda each: -weight[each]):
        kind, _, own = feature.partition(":")
        if kind != "topic" or f"theme:{own}" not in shared:
            of.setdefault(_SUBJECTS.get(kind, kind), []).append(name(feature))
    people, organisations = of.get("person", []), of.get("organisation", [])
    said = ["Chosen by an editor"] if chosen else []
    if people:
        said.append(_by(people, speakers))
    if about := of.get("subject") or of.get("topic"):
        perhaps = "" if "subject" in of else "perhaps "
        begun = perhaps if people else f"both {perhaps}"
        said.append(f"{begun}about {_told(about)}")
    if organisations and not people:
        said.append(f"by people from {all_of(organisations[:NAMED])}")
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def _told(subjects: Sequence[str]) -> str:
    """Subjects in a row, without those that the name of another says.

    >>> _told(["Cilium", "eBPF and Cilium", "Networking"]), _told(["Cilium", "Tetragon"])
    ('eBPF and Cilium, and Networking', 'Cilium and Tetragon')
    """
    names = [
        name
        for name in dict.fromkeys(subjects)
        if not any(name in other for other in subjects if other != name)
    ][:NAMED]
    if len(names) > 1 and any(" and " in name for name in names):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return all_of(names)


def _by(people: Sequence[str], speakers: int) -> str:
    """Who speaks in both of two sessions, of which the first has so many `speakers`."""
    if len(people) == speakers:
        return "by the same speaker" if speakers == 1 else "by the same speakers"
    return f"also with {all_of(people[:NAMED])}"
