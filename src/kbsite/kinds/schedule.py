"""A day's sessions by the hour, and where rooms are known, in a grid of hours and rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from kbsite.graph import times
from kbsite.graph.nodes import Day, SessionNode
from kbsite.kinds import cards
from kbsite.kinds.base import Views

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
    """What begins at one time: how it is written, its ISO form, and its row in the grid or 0.

    `hour` names the weekday too where clocks show another day than the one it belongs to.
    """

    hour: str
    iso: str
    row: int
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A day. `rooms` is empty where there is no grid; `rest` are sessions that begin at no known
    time of it.
    """

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    columns: int
    rest: tuple[cards.SessionCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Timed:
    """A session whose hour is known, in UTC: by the clock, one hour of autumn comes twice.

    `local` is its start by the clock; `end` is None where it is unknown, or not later than that.
    """

    node: SessionNode
    local: datetime
    start: datetime
    end: datetime | None

    @property
    def until(self) -> datetime:
        """When its place is free again."""
        return self.end or self.start + INSTANT


def sizes(views: Views, day: Day, most: int) -> list[int]:
    """How many sessions of a day each of its pages holds.

    A page holds whole hours, and no more than `most` sessions unless one hour alone has more.
    """
    timed = _timed(views, day.begun)
    out = [0]
    for _, held in groupby(timed, key=lambda each: each.start):
        together = len(list(held))
        if out[-1] and out[-1] + together > most:
            out.append(0)
        out[-1] += together
    for _ in range(len(day.sessions) - len(timed)):
        if out[-1] >= most:
            out.append(0)
        out[-1] += 1
    return out


def plan(views: Views, day: Day, first: int = 0, end: int | None = None) -> Plan:
    """The sessions of a day, or those of them from place `first` up to `end`."""
    ids = day.sessions[first:end]
    timed = _timed(views, day.begun[first:end])
    plenary = _alone(_timed(views, day.begun))
    rooms, columns = _rooms([each for each in timed if each.node.id not in plenary])
    grid = len(rooms) > 1 and sum(room.width for room in rooms) <= MOST_COLUMNS
    lines = {when: at + 2 for at, when in enumerate(_boundaries(timed))}
    slots: list[Slot] = []
    for start, group in groupby(timed, key=lambda each: each.start):
        held = list(group)
        row = lines[start]
        places: list[Place] = []
        for each in held:
            last = lines[each.end] if each.end else row + 1
            column = columns.get(each.node.id, 2)
            beyond = column + 1 if each.node.id in columns else -1
            area = f"{row}/{column}/{last}/{beyond}" if grid else ""
            places.append(Place(card=views.once(cards.session_card, each.node.id), area=area))
        slots.append(
            Slot(
                hour=_hour(views, held[0]),
                iso=held[0].local.isoformat(),
                row=row if grid else 0,
                places=tuple(places),
            )
        )
    known = {each.node.id for each in timed}
    return Plan(
        slots=tuple(slots),
        rooms=rooms if grid else (),
        columns=sum(room.width for room in rooms) if grid else 0,
        rest=cards.session_cards(views, (id for id in ids if id not in known)),
    )


def _timed(views: Views, ids: Sequence[str]) -> list[_Timed]:
    """Those of some sessions whose hour is known, in the same order."""
    out: list[_Timed] = []
    for id in ids:
        node = views.graph.sessions[id]
        if isinstance(node.start, datetime):
            start, end = node.start.astimezone(UTC), times.end_of(node.start, node.end)
            out.append(_Timed(node=node, local=node.start, start=start, end=end))
    return out


def _hour(views: Views, each: _Timed) -> str:
    """When a session begins, as '10:00'; as 'Fri 01:30' in the night that ends another day."""
    day = times.day_of(each.local, views.graph.events[each.node.event].record.day_change)
    return f"{each.local:%H:%M}" if day == each.node.day else f"{each.local:%a %H:%M}"


def _alone(timed: Sequence[_Timed]) -> set[str]:
    """The sessions beside which nothing else takes place; in a grid they are as wide as it is.

    `timed` is in the order of the schedule.
    """
    alone: set[str] = set()
    until: datetime | None = None
    last = ""
    for each in timed:
        if until is None or until <= each.start:
            alone.add(each.node.id)
        else:
            alone.discard(last)
        if until is None or each.until > until:
            until, last = each.until, each.node.id
    return alone


def _boundaries(timed: Sequence[_Timed]) -> list[datetime]:
    """Every time at which something begins or ends."""
    ends = {each.end for each in timed if each.end}
    return sorted({each.start for each in timed} | ends)


def _rooms(timed: Sequence[_Timed]) -> tuple[tuple[Room, ...], dict[str, int]]:
    """The rooms with their columns, and each session's column.

    A room in which things happen at the same time gets as many columns as it takes.
    """
    held: dict[str, list[_Timed]] = {}
    for each in timed:
        held.setdefault(each.node.record.room or "", []).append(each)
    rooms: list[Room] = []
    columns: dict[str, int] = {}
    free = 2  # the first column is for the hours
    for name in sorted(held, key=_natural):
        lanes: list[datetime] = []
        for each in held[name]:
            lane = next((at for at, end in enumerate(lanes) if end <= each.start), len(lanes))
            lanes[lane : lane + 1] = [each.until]
            columns[each.node.id] = free + lane
        rooms.append(Room(name=name or ELSEWHERE, column=free, width=len(lanes)))
        free += len(lanes)
    return tuple(rooms), columns


def _natural(name: str) -> tuple[bool, list[tuple[int, str]]]:
    """Room 9 comes before Room 10, and no room at all comes last."""
    pieces = re.findall(r"\d+|\D+", name.casefold())
    return not name, [(int(p), "") if p.isdecimal() else (-1, p) for p in pieces]
