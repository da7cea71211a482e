"""The sessions of an event of which no day is known, by track, and by kind where no track is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, TypeAlias

from kbsite import slugs
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import cards, paging, words
from kbsite.kinds.base import Data, Ref, Views

KEYNOTES = 40  # that the page of an event shows of a longer programme
GROUPS = 60  # likewise
PER_PAGE = 150  # sessions on one page of it
FIRST = (0, 0, "")  # the order of keynotes

_Order: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions of one track or kind."""

    anchor: str
    title: str
    cards: tuple[cards.SessionCard, ...]


@dataclass(frozen=True, slots=True)
class Programme(Data):
    """All of a programme; `tracks` says whether any of it is by track."""

    macro: ClassVar = "programme"
    groups: tuple[Group, ...]
    tracks: bool


@dataclass(frozen=True, slots=True)
class ProgrammeInBrief(Data):
    """Its keynotes, how many sessions each group has, and the way to all of them."""

    macro: ClassVar = "programme_in_brief"
    keynotes: tuple[cards.SessionCard, ...]
    groups: tuple[cards.Tally, ...]
    tracks: bool
    number: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """Ids of sessions under their title; `place` is where in the programme they begin."""

    anchor: str
    title: str
    keynotes: bool
    place: int
    ids: tuple[str, ...]


def cut(views: Views, event: str, base: str) -> Iterator[tuple[str, paging.Slice]]:
    """The pages of an event's programme at `base`, each with its address."""
    number = sum(len(held.ids) for held in views.once(_groups, event))
    return paging.cut(number, base, base, PER_PAGE)


def programme(views: Views, event: str, first: int = 0, end: int | None = None) -> Programme:
    """The programme of an event, or what is in it from place `first` up to `end`."""
    groups = []
    for held in views.once(_groups, event):
        last = len(held.ids) if end is None else max(end - held.place, 0)
        own = held.ids[max(first - held.place, 0) : last]
        if own:
            groups.append(Group(held.anchor, held.title, cards.session_cards(views, own)))
    return Programme(tuple(groups), _has_tracks(views, event))


def in_brief(views: Views, event: str, base: str) -> ProgrammeInBrief:
    """What an event's own page says of a programme whose pages are at `base`."""
    groups = views.once(_groups, event)
    paths = [path for path, _ in cut(views, event, base)]
    keynotes = groups[0].ids if groups and groups[0].keynotes else ()
    return ProgrammeInBrief(
        cards.session_cards(views, keynotes[:KEYNOTES]),
        tuple(
            cards.Tally(
                Ref(held.title, f"{paths[held.place // PER_PAGE]}#{held.anchor}"), len(held.ids)
            )
            for held in groups[:GROUPS]
        ),
        _has_tracks(views, event),
        words.count(sum(len(held.ids) for held in groups), "session"),
        base,
    )


def _sessions(views: Views, event: str) -> Iterator[SessionNode]:
    """The sessions of an event of which no day is known."""
    for day in views.graph.events[event].days:
        if day.date is None:
            yield from (views.graph.sessions[id] for id in day.sessions)


def _groups(views: Views, event: str) -> tuple[_Held, ...]:
    """Keynotes, then each track by its name, then each kind of what has no track."""
    titles: dict[_Order, str] = {}
    ids: dict[_Order, list[str]] = {}
    for node in _sessions(views, event):
        order, title = _group(node)
        titles.setdefault(order, title)
        ids.setdefault(order, []).append(node.id)
    ordered = sorted(ids)
    places = accumulate((len(ids[order]) for order in ordered), initial=0)
    return tuple(
        _Held(
            anchor=f"group-{number}",
            title=titles[order],
            keynotes=order == FIRST,
            place=place,
            ids=tuple(ids[order]),
        )
        for number, (order, place) in enumerate(zip(ordered, places, strict=False), start=1)
    )


def _group(node: SessionNode) -> tuple[_Order, str]:
    """The group of a session: its order among the others, and its title."""
    kind = node.record.kind
    track = next(iter(node.record.tracks), "")
    if kind == "keynote":
        return FIRST, words.KIND_PLURALS[kind]
    if track:
        return (1, 0, slugs.fold(track)), track
    return (2, list(words.KIND_PLURALS).index(kind), ""), words.KIND_PLURALS[kind]


def _has_tracks(views: Views, event: str) -> bool:
    return any(node.record.tracks for node in _sessions(views, event))
