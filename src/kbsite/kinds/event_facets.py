"""How sessions are found by when and where they took place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kbsite import slugs
from kbsite.catalog import EVENT
from kbsite.kinds import words
from kbsite.kinds.base import Facet, Views, facet


def facets(views: Views) -> Iterator[Facet]:
    """Of all events, and of each: its days, tracks and rooms."""
    graph = views.graph
    nodes = graph.sessions.values()
    yield replace(facet(views, EVENT, ((node.event,) for node in nodes)), ordered=True)
    days = sorted({day for node in nodes for day in node.days})
    yield Facet(
        id="day",
        label="Day",
        plural="days",
        values=tuple((day.isoformat(), words.week_day(day)) for day in days),
        of=tuple(tuple(day.isoformat() for day in node.days) for node in nodes),
        ordered=True,
        within=EVENT.noun,
    )
    yield _called("track", (node.record.tracks for node in nodes))
    yield _called("room", ((node.record.room,) if node.record.room else () for node in nodes))
    began = [graph.events[node.event].record.start.year for node in nodes]
    years = sorted(set(began), reverse=True)
    yield Facet(
        id="year",
        label="Year",
        plural="years",
        values=tuple((f"{year:04}", f"{year:04}") for year in years),
        of=tuple((f"{year:04}",) for year in began),
        ordered=True,
    )


def _called(id: str, held: Iterable[tuple[str, ...]]) -> Facet:
    """What is known by its name alone, however that is spelled."""
    of = [{_key(name): name for name in names} for names in held]
    names = {key: name for own in reversed(of) for key, name in own.items()}
    return Facet(
        id=id,
        label=id.capitalize(),
        plural=f"{id}s",
        values=tuple(sorted(names.items())),
        of=tuple(map(tuple, of)),
        within=EVENT.noun,
    )


def _key(name: str) -> str:
    return slugs.fold(name).replace(" ", "-")
