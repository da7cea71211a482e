"""Which sessions are related, and why. The work per session is bounded, however large the site."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

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


def relate(
    sessions: Mapping[str, SessionNode], events: Mapping[str, EventNode], names: Mapping[str, str]
) -> dict[str, tuple[Relation, ...]]:
    """For each session the related ones, best first.

    What two sessions share counts the more the rarer it is. `names` maps "kind:id" to what people
    call it. `sessions` must be in a fixed order: where a list is long, only the nearest in that
    order are compared.
    """
    ids = list(sessions)
    features = [_features(node) for node in sessions.values()]
    holders: dict[str, list[int]] = {}
    for at, own in enumerate(features):
        for feature in own:
            holders.setdefault(feature, []).append(at)
    weight = {
        feature: _WEIGHTS[feature.partition(":")[0]] * math.log(1 + len(ids) / len(held))
        for feature, held in holders.items()
    }
    event = [node.event for node in sessions.values()]
    series = [events[each].record.series for each in event]
    place = {own: at for at, own in enumerate(ids)}
    out: dict[str, tuple[Relation, ...]] = {}
    for at, node in enumerate(sessions.values()):
        chosen = [
            place[other] for other in node.record.related if other in place and other != node.id
        ]
        scores = _scores(at, features[at], holders, weight)
        for other in chosen:
            scores.pop(other, None)
        if series[at] is not None:
            for other in scores:
                if series[other] == series[at] and event[other] != event[at]:
                    scores[other] += _SERIES
        best = nsmallest(
            max(0, SHOWN - len(chosen)), ((-score, other) for other, score in scores.items())
        )
        out[node.id] = tuple(
            Relation(
                session=ids[other],
                reasons=_reasons(
                    [feature for feature in features[at] if feature in features[other]],
                    weight,
                    names,
                    chosen=other in chosen,
                    series=series[at]
                    if series[other] == series[at] and event[other] != event[at]
                    else None,
                ),
            )
            for other in (*dict.fromkeys(chosen), *(other for _, other in best))
        )
    return out


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
    at: int, own: Iterable[str], holders: Mapping[str, list[int]], weight: Mapping[str, float]
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
    names: Mapping[str, str],
    *,
    chosen: bool,
    series: str | None,
) -> tuple[str, ...]:
    """Reasons as people would say them, the weightiest first.

    >>> _reasons(["theme:a", "theme:b"], {"theme:a": 1, "theme:b": 2}, {}, chosen=True, series=None)
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
    said = [(-worth[kind], _said(kind, of_kind, names)) for kind, of_kind in found.items()]
    out = [text for _, text in sorted(said)]
    if series is not None:
        out.append(f"same series: {series}")
    return ("chosen by an editor", *out) if chosen else tuple(out)


def _said(kind: str, shared: list[str], names: Mapping[str, str]) -> str:
    one, many = _WORDS[kind]
    if len(shared) > 1:
        return f"{len(shared)} {many}"
    own = shared[0].partition(":")[2]
    return f"{one}: {names.get(f'theme:{own}' if kind == 'topic' else shared[0], own)}"
