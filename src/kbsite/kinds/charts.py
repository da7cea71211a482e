"""Numbers to the coordinates of small SVG pictures. The same input gives the same picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbsite.graph import Graph
from kbsite.kinds import cards
from kbsite.kinds.base import Ref

BARS = 24  # events that a bar chart shows at most, the newest


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A bar from the bottom of a chart; `height` in hundredths of the tallest."""

    label: str
    number: int
    x: int
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    ref: Ref
    number: int
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str
    turn: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    label: str


def sessions_by_event(graph: Graph, ids: Sequence[str]) -> tuple[Bar, ...]:
    """How many of some sessions each event held, oldest event first."""
    held: dict[str, int] = {}
    for id in ids:
        event = graph.sessions[id].event
        held[event] = held.get(event, 0) + 1
    events = [e for e in reversed(list(graph.events)) if graph.events[e].sessions][-BARS:]
    tallest = max((held.get(e, 0) for e in events), default=0) or 1
    return tuple(
        Bar(
            label=graph.events[event].short,
            number=held.get(event, 0),
            x=at,
            height=round(100 * held.get(event, 0) / tallest),
        )
        for at, event in enumerate(events)
    )


def themes_map(graph: Graph) -> tuple[list[Node], list[Edge]]:
    """Themes on a circle, neighbours by how often they meet, sized by their sessions."""
    meetings = meeting_counts(graph)
    order = _round_table(list(graph.themes), meetings)
    total = len(order)
    most = max((len(graph.themes[t].sessions) for t in order), default=0) or 1
    crowded = total > 24
    ring = 205.0
    places: dict[str, tuple[float, float]] = {}
    nodes: list[Node] = []
    for at, theme in enumerate(order):
        angle = 2 * math.pi * at / max(1, total) - math.pi / 2
        x, y = ring * math.cos(angle), ring * math.sin(angle)
        places[theme] = (x, y)
        number = len(graph.themes[theme].sessions)
        radius = 5 + (11 if crowded else 19) * math.sqrt(number / most)
        reach = ring + radius + 8
        right = math.cos(angle) >= -1e-9
        degrees = math.degrees(angle)
        nodes.append(
            Node(
                ref=cards.theme_ref(graph, theme),
                number=number,
                x=round(x, 1),
                y=round(y, 1),
                radius=round(radius, 1),
                label_x=round(reach * math.cos(angle), 1),
                label_y=round(reach * math.sin(angle) + (0 if crowded else 4), 1),
                anchor="middle"
                if abs(math.cos(angle)) < 0.2 and not crowded
                else "start"
                if right
                else "end",
                turn=round(degrees if right else degrees + 180, 1) if crowded else 0,
            )
        )
    strongest = max(meetings.values(), default=1)
    edges = [
        Edge(
            x1=round(places[one][0], 1),
            y1=round(places[one][1], 1),
            x2=round(places[other][0], 1),
            y2=round(places[other][1], 1),
            width=round(0.6 + 5 * number / strongest, 1),
            label=f"{_name(graph, one)} and {_name(graph, other)}: {number}",
        )
        for (one, other), number in sorted(meetings.items(), key=lambda item: (item[1], item[0]))
    ]
    return nodes, edges


def _name(graph: Graph, theme: str) -> str:
    return graph.themes[theme].record.name


def meeting_counts(graph: Graph) -> dict[tuple[str, str], int]:
    """How many sessions each pair of themes shares."""
    out: dict[tuple[str, str], int] = {}
    for node in graph.sessions.values():
        own = sorted(node.themes)
        for at, one in enumerate(own):
            for other in own[at + 1 :]:
                out[one, other] = out.get((one, other), 0) + 1
    return out


def _round_table(themes: list[str], meetings: Mapping[tuple[str, str], int]) -> list[str]:
    """An order in which themes that meet often sit side by side."""
    if not themes:
        return []

    def met(one: str, other: str) -> int:
        return meetings.get((min(one, other), max(one, other)), 0)

    left = sorted(themes)
    order = [left.pop(0)]
    while left:
        following = min(left, key=lambda t: (-met(order[-1], t), t))
        left.remove(following)
        order.append(following)
    return order
