"""The tracks and themes that the sessions of one list are chosen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbsite import slugs
from kbsite.graph.nodes import SessionNode
from kbsite.kinds.base import Views

FEW = 8  # sessions among which nobody needs to choose

_Key: TypeAlias = tuple[Literal["track", "theme"], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A track or a theme, and how many sessions of the list have it."""

    name: str
    number: int
    hue: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Each in the order of names. `suggested` says whether some sessions count for a theme that
    nobody has confirmed. `of` are for each session the places of its own, tracks counted first.
    """

    tracks: tuple[Choice, ...] = ()
    themes: tuple[Choice, ...] = ()
    suggested: bool = False
    of: tuple[tuple[int, ...], ...] = ()


def choices(views: Views, nodes: Sequence[SessionNode]) -> Choices:
    """What some sessions are chosen by; nothing where they are few, or all the same."""
    if len(nodes) <= FEW:
        return Choices(of=((),) * len(nodes))
    graph = views.graph
    held = Counter(key for node in nodes for key in _keys(node))
    telling = [key for key, number in held.items() if number < len(nodes)]
    tracks = sorted((id for kind, id in telling if kind == "track"), key=slugs.fold)
    labels = {id: graph.themes[id].label for kind, id in telling if kind == "theme"}
    themes = sorted(labels, key=lambda theme: slugs.fold(labels[theme]))
    ordered: list[_Key] = [*(("track", id) for id in tracks), *(("theme", id) for id in themes)]
    places = {key: place for place, key in enumerate(ordered)}
    return Choices(
        tracks=tuple(Choice(name=id, number=held["track", id], hue=None) for id in tracks),
        themes=tuple(
            Choice(name=labels[id], number=held["theme", id], hue=graph.hues[id]) for id in themes
        ),
        suggested=any(node.suggested_themes for node in nodes),
        of=tuple(tuple(places[key] for key in _keys(node) if key in places) for node in nodes),
    )


def _keys(node: SessionNode) -> tuple[_Key, ...]:
    """The tracks and themes of a session, each once."""
    tracks: list[_Key] = [("track", track) for track in node.record.tracks]
    themes: list[_Key] = [("theme", theme) for theme in (*node.themes, *node.suggested_themes)]
    return tuple(dict.fromkeys((*tracks, *themes)))
