"""A day's sessions by the hour: in a grid of hours and rooms, or where rooms are many in bands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Literal, TypeAlias

from kbsite.graph import times
from kbsite.graph.nodes import Day, SessionNode
from kbsite.kinds import cards, words
from kbsite.kinds.base import Views
from kbsite.kinds.choices import FEW, Choices, choices

Layout: TypeAlias = Literal["grid", "bands", "list"]

MOST_COLUMNS = 8  # of a grid that is seen at a glance: a room in which things overlap takes several
BAND = timedelta(minutes=30)  # by the clock; what begins within it is together
WAVE = 4  # sessions that begin at once, and a band of their own
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
    """A session in the schedule.

    `choices` are the places of its tracks and themes among those of the plan. `area` is its own in
    the grid, as CSS writes it; empty where there is no grid. One that is `whole` takes the width
    of all; one that is `later` begins after its slot does. `minutes` are from when to when it is
    on, counted from the beginning of the plan; empty where that is not known.
    """

    card: cards.SessionCard
    about: str
    choices: str
    area: str = ""
    whole: bool = False
    later: bool = False
    minutes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """What begins at one time, or in a quarter of an hour: when that is, and its ISO form.

    `hour` names the weekday too where clocks show another day than the one it belongs to. `row` is
    that of the grid, or 0.
    """

    hour: str
    iso: str
    anchor: str
    row: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """Sessions that have no place by the hour, and why."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """An hour of the clock, and where on the page it begins."""

    hour: str
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A day, or a part of one. `rooms` are empty where there is no grid, which has so many
    `columns`. `begins` is when its first session does, in ISO 8601.
    """

    title: str
    layout: Layout
    begins: str
    slots: tuple[Slot, ...]
    rest: tuple[Rest, ...]
    rooms: tuple[Room, ...]
    columns: int
    jumps: tuple[Jump, ...]
    choices: Choices
    number: int


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
    def held(self) -> bool:
        return not self.node.called_off

    @property
    def until(self) -> datetime:
        """When its place is free again."""
        return self.end or self.start + INSTANT


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grid:
    """`columns` are those of sessions that have one, `rows` those of each time; both as in CSS."""

    rooms: tuple[Room, ...]
    columns: Mapping[str, int]
    rows: Mapping[datetime, int]

    def area(self, each: _Timed) -> str:
        row, column = self.rows[each.start], self.columns.get(each.node.id)
        last = self.rows[each.end] if each.end else row + 1
        return f"{row}/{column}/{last}/{column + 1}" if column else f"{row}/2/{last}/-1"


def sizes(views: Views, day: Day, most: int) -> list[int]:
    """How many sessions of a day each of its pages holds.

    A page holds whole bands, and no more than `most` sessions unless one band alone has more.
    """
    timed = _timed(views, day.begun)
    out = [0]
    for held in _bands(timed):
        if out[-1] and out[-1] + len(held) > most:
            out.append(0)
        out[-1] += len(held)
    for _ in range(len(day.sessions) - len(timed)):
        if out[-1] >= most:
            out.append(0)
        out[-1] += 1
    return out


def plan(views: Views, day: Day, first: int = 0, end: int | None = None) -> Plan:
    """The sessions of a day, or those of them from place `first` up to `end`."""
    nodes = [views.graph.sessions[id] for id in day.sessions[first:end]]
    timed = _timed(views, day.begun[first:end])
    every = _timed(views, day.begun)
    plenary = _plenary(every)
    covered = _covered(every, plenary)
    layout = _layout([each for each in every if each.node.id not in plenary | covered])
    if layout == "grid":
        timed = [each for each in timed if each.node.id not in covered]
    else:
        covered = set()
    grid = _grid(timed, plenary) if layout == "grid" else None
    chosen = choices(views, nodes)
    places = {
        node.id: Place(
            card=views.once(cards.session_card, node.id),
            about=_about(views, node),
            choices=" ".join(map(str, own)),
        )
        for node, own in zip(nodes, chosen.of, strict=True)
    }
    slots = tuple(
        Slot(
            hour=_hour(views, held[0]),
            iso=held[0].local.isoformat(),
            anchor=_anchor(held[0].local),
            row=grid.rows[held[0].start] if grid else 0,
            places=tuple(
                replace(
                    places[each.node.id],
                    area=grid.area(each) if grid else "",
                    whole=each.node.id in plenary
                    and not any(other.held for other in held if other is not each),
                    later=each.start > held[0].start,
                    minutes=_minutes(timed[0], each),
                )
                for each in held
            ),
        )
        for held in (_bands(timed) if layout == "bands" else _starts(timed))
    )
    known = {each.node.id for each in timed} | covered
    return Plan(
        title=words.long_day(day.date) if day.date else "",
        layout=layout,
        begins=timed[0].local.isoformat() if timed else "",
        slots=slots,
        rest=tuple(
            Rest(title, tuple(places[id] for id in held))
            for title, held in (
                ("Hour not known", [id for id in day.begun if id in places and id not in known]),
                ("Called off", [id for id in day.begun if id in places and id in covered]),
                ("Begun before this day", [id for id in day.continued if id in places]),
            )
            if held
        ),
        rooms=grid.rooms if grid else (),
        columns=sum(room.width for room in grid.rooms) if grid else 0,
        jumps=_jumps(slots) if len(nodes) > FEW else (),
        choices=chosen,
        number=len(nodes),
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


def _starts(timed: Iterable[_Timed]) -> Iterator[list[_Timed]]:
    """The sessions that begin at each time."""
    for _, held in groupby(timed, key=lambda each: each.start):
        yield list(held)


def _bands(timed: Iterable[_Timed]) -> Iterator[list[_Timed]]:
    """The sessions that begin in each half hour of the clock, cut where many begin at once."""
    band: list[_Timed] = []
    for held in _starts(timed):
        cut = len(held) >= WAVE or (band and _half_hour(band[0]) != _half_hour(held[0]))
        if band and cut:
            yield band
            band = []
        band += held
    if band:
        yield band


def _half_hour(each: _Timed) -> tuple[datetime, bool]:
    """The half hour of the clock in which a session begins."""
    local = each.local.replace(tzinfo=None)
    return local - (local - datetime.min) % BAND, bool(each.local.fold)


def _layout(timed: Sequence[_Timed]) -> Layout:
    """How what is not for everybody is shown: one thing after another needs no rooms beside it."""
    rooms, _ = _rooms(timed)
    columns = sum(room.width for room in rooms)
    if columns <= 1:
        return "list"
    return "grid" if len(rooms) > 1 and columns <= MOST_COLUMNS else "bands"


def _about(views: Views, node: SessionNode) -> str:
    """What kind of session it is and what it belongs to; its first theme where no track is."""
    kind = "" if node.record.kind == "talk" else words.KIND_LABELS[node.record.kind]
    tracks = ", ".join(node.record.tracks)
    if not tracks and node.themes:
        tracks = views.graph.themes[node.themes[0]].label
    said = kind.casefold() in tracks.casefold()
    return tracks if said else " · ".join(filter(None, (kind, tracks)))


def _hour(views: Views, each: _Timed) -> str:
    """When a session begins, as '10:00'; as 'Fri 01:30' in the night that ends another day."""
    day = times.day_of(each.local, views.graph.events[each.node.event].record.day_change)
    return f"{each.local:%H:%M}" if day == each.node.day else f"{each.local:%a %H:%M}"


def _anchor(local: datetime) -> str:
    """What is unique among the days of an event, and in the hour that clocks repeat."""
    return f"at-{local:%m%d-%H%M}{'-again' if local.fold else ''}"


def _minutes(first: _Timed, each: _Timed) -> str:
    if not each.held:
        return ""
    minutes = ((when - first.start) // timedelta(minutes=1) for when in (each.start, each.until))
    return " ".join(map(str, minutes))


def _jumps(slots: Iterable[Slot]) -> tuple[Jump, ...]:
    """Each hour of the clock in which something begins, where there are several."""
    hours = groupby(slots, key=lambda slot: (slot.iso[:13], slot.iso[19:]))
    firsts = [next(held) for _, held in hours]
    jumps = tuple(Jump(slot.hour.rpartition(":")[0], slot.anchor) for slot in firsts)
    return jumps if len(jumps) > 1 else ()


def _plenary(timed: Sequence[_Timed]) -> set[str]:
    """The sessions that are for everybody: nothing else is held beside them, and they are
    keynotes, or in a room of keynotes, or breaks that no room is given for.

    `timed` is in the order of the schedule.
    """
    alone = _alone(timed) | _alone([each for each in timed if each.held])
    halls = {each.node.record.room for each in timed if each.node.record.kind == "keynote"}
    return {
        node.id
        for node in (each.node for each in timed if each.node.id in alone)
        if node.record.kind == "keynote"
        or (node.record.room in halls if node.record.room else node.record.kind == "other")
    }


def _alone(timed: Sequence[_Timed]) -> set[str]:
    """The sessions beside which nothing else takes place."""
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


def _covered(timed: Iterable[_Timed], plenary: Collection[str]) -> set[str]:
    """The sessions that are not held and in whose place in a grid something else is."""
    everywhere: list[_Timed] = []
    rooms: dict[str | None, list[_Timed]] = {}
    off: list[_Timed] = []
    for each in timed:
        if not each.held:
            off.append(each)
        elif each.node.id in plenary:
            everywhere.append(each)
        else:
            rooms.setdefault(each.node.record.room, []).append(each)
    return {
        each.node.id
        for each in off
        if any(
            other.start < each.until and each.start < other.until
            for other in (*everywhere, *rooms.get(each.node.record.room, ()))
        )
    }


def _grid(timed: Sequence[_Timed], plenary: Collection[str]) -> _Grid:
    """A row for every time at which something begins or ends, a column for each room."""
    rooms, columns = _rooms([each for each in timed if each.node.id not in plenary])
    changes = {each.start for each in timed} | {each.end for each in timed if each.end}
    rows = {when: row for row, when in enumerate(sorted(changes), start=2)}
    return _Grid(rooms=rooms, columns=columns, rows=rows)


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
