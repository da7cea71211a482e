"""What Explore finds sessions by: facets with their values, and what a list shows of each session.

The sessions themselves are in files of their own, a few in each, and named by their place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

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


def outputs(views: Views, kinds: Iterable[Kind]) -> Iterator[Output[object]]:
    yield Output(
        path=f"{explore.TAB}facets.json",
        value=partial(_facets, views, tuple(kinds)),
        write=_write_facets,
    )
    ids = list(views.graph.sessions)
    for number, first in enumerate(range(0, len(ids), PER_FILE)):
        yield Output(
            path=f"{explore.TAB}rows/{number}.json",
            value=partial(cards.session_cards, views, ids[first : first + PER_FILE]),
            write=_write_rows,
        )


def _facets(views: Views, kinds: Iterable[Kind]) -> Facets:
    return Facets(
        len(views.graph.sessions),
        tuple(each for kind in kinds if kind.facets for each in kind.facets(views)),
    )


def _write_facets(data: Facets, _around: Surroundings) -> bytes:
    """Facets; of sessions, newest first, the places of their values."""
    facets = [_facet(each) for each in data.facets]
    return _json({"total": data.total, "per": PER_FILE, "facets": facets})


def _facet(facet: Facet) -> dict[str, Any]:
    places = {id: place for place, (id, _) in enumerate(facet.values)}
    out: dict[str, Any] = {"id": facet.id, "label": facet.label, "plural": facet.plural}
    if facet.path:
        out["path"] = facet.path
    if facet.hues:
        out["hues"] = facet.hues
    out["values"] = [_value(*each) for each in facet.values]
    out["sessions"] = [[places[id] for id in own] for own in facet.of]
    return out


def _value(id: str, name: str) -> str | list[str]:
    """A value's id and name; the name alone where the id can be told from it."""
    plain = name.isascii() and name.lower().replace(" ", "-") == id
    return name if plain else [id, name]


def _write_rows(held: Iterable[SessionCard], _around: Surroundings) -> bytes:
    return _json([_row(card) for card in held])


def _row(card: SessionCard) -> list[str]:
    """A session's address, title, the line under it, and what there is of it."""
    who = ", ".join(speaker.text for speaker in card.speakers)
    line = " · ".join(filter(None, (card.kind, who, card.event.text, card.when)))
    there_is = " · ".join(sign.number + sign.words for sign in card.signs)
    return [card.ref.path, card.ref.text, line, there_is]


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
