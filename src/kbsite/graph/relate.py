"""Which sessions are related, and why. The work per session is bounded, however large the site."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Protocol

from kbsite.graph.nodes import EventNode, Relation, SessionNode

SHOWN = 6
NEIGHBOURS = 24  # how many sessions around one are looked at in each list it is part of

_WEIGHTS = {"theme": 0.6, "topic": 0.6, "project": 1.2, "person": 1.5, "organisation": 0.3}
_SERIES = 0.25
_WORDS = {
    "theme": ("same theme", "shared themes"),
    "topic": ("perhaps the same theme", "themes that they may share"),
    "project": ("same project", "shared projects"),
    "person": ("same speaker", "shared speakers"),
    "organisation": ("same organisation", "shared organisations"),
}


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
            if other in shared.place and other != node.id
        )
        scores = _scores(at, own, shared.holders, weight)
        for other in chosen:
            scores.pop(other, None)
        if self._events[node.event].record.series is not None:
            for other in scores:
                if self._series(node, shared.ids[other]):
                    scores[other] += _SERIES
        best = nsmallest(
            max(0, SHOWN - len(chosen)), ((-score, other) for other, score in scores.items())
        )
        for other in (*chosen, *(other for _, other in best)):
            theirs = shared.features[other]
            reasons = _reasons(
                [feature for feature in own if feature in theirs],
                weight,
                self._name,
                chosen=other in chosen,
                series=self._series(node, shared.ids[other]),
            )
            yield Relation(session=shared.ids[other], reasons=reasons)

    def _series(self, node: SessionNode, other: str) -> str | None:
        """The series of which both sessions' events are editions, if these are two."""
        event = self._sessions[other].event
        if event == node.event:
            return None
        series = self._events[node.event].record.series
        return series if series == self._events[event].record.series else None

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


def _reasons(
    shared: Sequence[str],
    weight: Mapping[str, float],
    name: Callable[[str], str],
    *,
    chosen: bool,
    series: str | None,
) -> tuple[str, ...]:
    """Reasons as people would say them, the weightiest first.

    >>> weight = {"theme:a": 1, "theme:b": 2}
    >>> _reasons(["theme:a", "theme:b"], weight, str, chosen=True, series=None)
    ('chosen by an editor', '2 shared themes')
    """
    found: dict[str, list[str]] = {}
    worth: dict[str, float] = {}
    for feature in shared:
        kind, _, own = feature.partition(":")
        if kind == "topic" and f"theme:{own}" in shared:
            kind = "theme"
        else:
            found.setdefault(kind, []).append(feature)
        worth[kind] = worth.get(kind, 0.0) + weight[feature]
    said = [(-worth[kind], _said(kind, of_kind, name)) for kind, of_kind in found.items()]
    out = [text for _, text in sorted(said)]
    if series is not None:
        out.append(f"same series: {series}")
    return ("chosen by an editor", *out) if chosen else tuple(out)


def _said(kind: str, shared: Sequence[str], name: Callable[[str], str]) -> str:
    one, many = _WORDS[kind]
    return f"{len(shared)} {many}" if len(shared) > 1 else f"{one}: {name(shared[0])}"
