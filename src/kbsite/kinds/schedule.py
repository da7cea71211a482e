"""A day's sessions by the hour, and where rooms are known, in a grid of hours and rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import cards

MOST_COLUMNS = 40  # a wider grid could not be read
INSTANT = timedelta(minutes=1)  # how long something of unknown end is taken to last
ELSEWHERE = "No room given"


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A heading of the grid, over `width` columns from `column` on."""

    name: str
    column: int
    width: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A session, and its area in the grid as CSS writes it; empty where there is no grid."""

    card: cards.SessionCard
    area: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """What begins at one time: how it is written, its ISO form, and its row in the grid or 0."""

    hour: str
    iso: str
    row: int
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A day. `rooms` is empty where there is no grid; `rest` are sessions of unknown time."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    columns: int
    rest: tuple[cards.SessionCard, ...]


def plan(graph: Graph, ids: Sequence[str]) -> Plan:
    """The sessions `ids`, which are in the order of the schedule."""
    nodes = [graph.sessions[id] for id in ids]
    timed = [(node, node.start) for node in nodes if isinstance(node.start, datetime)]
    plenary = _alone(timed)
    rooms, columns = _rooms([(node, start) for node, start in timed if node.id not in plenary])
    grid = len(rooms) > 1 and sum(room.width for room in rooms) <= MOST_COLUMNS
    lines = {when: at + 2 for at, when in enumerate(_boundaries(timed))}
    slots: dict[datetime, list[Place]] = {}
    for node, start in timed:
        first = lines[start]
        end = _end(node, start)
        last = lines[end] if end else first + 1
        column = columns.get(node.id, 2)
        beyond = column + 1 if node.id in columns else -1
        area = f"{first}/{column}/{last}/{beyond}" if grid else ""
        place = Place(card=cards.session_card(graph, node.id), area=area)
        slots.setdefault(start, []).append(place)
    return Plan(
        slots=tuple(
            Slot(
                hour=f"{start:%H:%M}",
                iso=start.isoformat(),
                row=lines[start] if grid else 0,
                places=tuple(places),
            )
            for start, places in slots.items()
        ),
        rooms=rooms if grid else (),
        columns=sum(room.width for room in rooms) if grid else 0,
        rest=cards.session_cards(
            graph, (node.id for node in nodes if not isinstance(node.start, datetime))
        ),
    )


def _alone(timed: Sequence[tuple[SessionNode, datetime]]) -> set[str]:
    """The sessions beside which nothing else takes place; in a grid they are as wide as it is.

    `timed` is in the order of the schedule.
    """
    alone: set[str] = set()
    until: datetime | None = None
    last = ""
    for node, start in timed:
        if until is None or until <= start:
            alone.add(node.id)
        else:
            alone.discard(last)
        end = _end(node, start) or start + INSTANT
        if until is None or end > until:
            until, last = end, node.id
    return alone


def _end(node: SessionNode, start: datetime) -> datetime | None:
    """When a session ends, if that is known and later than its start."""
    return node.end if isinstance(node.end, datetime) and node.end > start else None


def _boundaries(timed: Sequence[tuple[SessionNode, datetime]]) -> list[datetime]:
    """Every time at which something begins or ends."""
    ends = (_end(node, start) for node, start in timed)
    return sorted({*(start for _, start in timed), *(end for end in ends if end)})


def _rooms(
    timed: Sequence[tuple[SessionNode, datetime]],
) -> tuple[tuple[Room, ...], dict[str, int]]:
    """The rooms with their columns, and each session's column.

    A room in which things happen at the same time gets as many columns as it takes.
    """
    held: dict[str, list[tuple[SessionNode, datetime]]] = {}
    for node, start in timed:
        held.setdefault(node.record.room or "", []).append((node, start))
    rooms: list[Room] = []
    columns: dict[str, int] = {}
    free = 2  # the first column is for the hours
    for name in sorted(held, key=_natural):
        lanes: list[datetime] = []
        for node, start in held[name]:
            lane = next((at for at, end in enumerate(lanes) if end <= start), len(lanes))
            lanes[lane : lane + 1] = [_end(node, start) or start + INSTANT]
            columns[node.id] = free + lane
        rooms.append(Room(name=name or ELSEWHERE, column=free, width=len(lanes)))
        free += len(lanes)
    return tuple(rooms), columns


def _natural(name: str) -> tuple[bool, list[tuple[int, str]]]:
    """Room 9 comes before Room 10, and no room at all comes last."""
    pieces = re.findall(r"\d+|\D+", name.casefold())
    return not name, [(int(p), "") if p.isdecimal() else (-1, p) for p in pieces]
