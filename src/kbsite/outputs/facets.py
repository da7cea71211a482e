"""What Explore finds sessions by: facets with their values, and what a list shows of each session.

What is within an event is in a file for each. The sessions themselves are in files of their own, a
few in each, and named by their place: the newest is the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kbsite.catalog import EVENT
from kbsite.kinds import cards, explore
from kbsite.kinds.base import Facet, Kind, Views
from kbsite.kinds.cards import SessionCard
from kbsite.outputs.base import Output, Surroundings

PER_FILE = 50  # sessions that one file lists


@dataclass(frozen=True, slots=True)
class Facets:
    """All that the script knows of facets, and how many sessions there are."""

    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The facets within an event, and the places of its sessions."""

    places: tuple[int, ...]
    facets: tuple[Facet, ...]


def outputs(views: Views, kinds: Iterable[Kind]) -> Iterator[Output[object]]:
    found = partial(_found, tuple(kinds))
    yield Output(
        path=f"{explore.TAB}facets.json", value=partial(_facets, views, found), write=_write_facets
    )
    for event in views.graph.events:
        yield Output(
            path=f"{explore.TAB}{EVENT.noun}/{event}.json",
            value=partial(_within, views, found, event),
            write=_write_within,
        )
    ids = list(views.graph.sessions)
    for number, first in enumerate(range(0, len(ids), PER_FILE)):
        yield Output(
            path=f"{explore.TAB}rows/{number}.json",
            value=partial(cards.session_cards, views, ids[first : first + PER_FILE]),
            write=_write_rows,
        )


_Find = Callable[[Views, str], tuple[Facet, ...]]


def _found(kinds: tuple[Kind, ...], views: Views, _id: str) -> tuple[Facet, ...]:
    return tuple(each for kind in kinds if kind.facets for each in kind.facets(views))


def _facets(views: Views, found: _Find) -> Facets:
    return Facets(len(views.graph.sessions), views.once(found, ""))


def _within(views: Views, found: _Find, event: str) -> Within:
    places = views.once(_places, "")
    own = tuple(places[id] for id in views.graph.events[event].sessions)
    inner = (each for each in views.once(found, "") if each.within == EVENT.noun)
    return Within(own, tuple(_of(facet, own) for facet in inner))


def _places(views: Views, _id: str) -> dict[str, int]:
    return {id: place for place, id in enumerate(views.graph.sessions)}


def _of(facet: Facet, places: Sequence[int]) -> Facet:
    """A facet as some sessions have it."""
    of = tuple(facet.of[place] for place in places)
    used = {id for own in of for id in own}
    values = tuple(value for value in facet.values if value[0] in used)
    return Facet(id=facet.id, label=facet.label, plural=facet.plural, values=values, of=of)


def _write_facets(data: Facets, _around: Surroundings) -> bytes:
    """Facets; of each value the places of its sessions."""
    facets = [_facet(each, range(data.total)) for each in data.facets]
    return _json({"total": data.total, "per": PER_FILE, "facets": facets})


def _facet(facet: Facet, places: Sequence[int]) -> dict[str, Any]:
    out: dict[str, Any] = {"id": facet.id, "label": facet.label, "plural": facet.plural}
    if facet.path:
        out["path"] = facet.path
    if facet.listed:
        out["listed"] = True
    if facet.hues:
        out["hues"] = facet.hues
    if facet.ordered:
        out["ordered"] = True
    if facet.within:
        return out | {"within": facet.within}
    return out | _held(facet, places)


def _held(facet: Facet, places: Sequence[int]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "values": [_value(*each) for each in facet.values],
        "places": _steps(facet, facet.of, places),
    }
    if any(facet.suggested):
        out["suggested"] = _steps(facet, facet.suggested, places)
    return out


def _steps(facet: Facet, of: Sequence[tuple[str, ...]], places: Sequence[int]) -> list[list[int]]:
    """For each value the places of its sessions, each as its distance from the one before."""
    steps: dict[str, list[int]] = {id: [] for id, _ in facet.values}
    last = dict.fromkeys(steps, 0)
    for place, own in zip(places, of, strict=True):
        for id in own:
            steps[id].append(place - last[id])
            last[id] = place
    return list(steps.values())


def _value(id: str, name: str) -> str | list[str]:
    """A value's id and name; the name alone where the id can be told from it."""
    plain = name.isascii() and name.lower().replace(" ", "-") == id
    return name if plain else [id, name]


def _write_within(data: Within, _around: Surroundings) -> bytes:
    return _json([{"id": each.id} | _held(each, data.places) for each in data.facets])


def _write_rows(held: Iterable[SessionCard], _around: Surroundings) -> bytes:
    return _json([_row(card) for card in held])


def _row(card: SessionCard) -> dict[str, Any]:
    """What a row of the list says, as a page does."""
    return {
        "path": card.ref.path,
        "title": card.ref.text,
        "lang": card.ref.lang,
        "theme": card.theme and [card.theme.text, card.theme.hue, int(card.suggested)],
        "status": card.status,
        "kind": card.kind,
        "event": [card.event.path, card.event.text],
        "when": card.when,
        "who": [[each.text, each.path, each.organisation] for each in card.named],
        "more": card.unnamed,
        "signs": [[sign.name, sign.number, sign.words] for sign in card.signs],
    }


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
