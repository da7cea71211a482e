"""The map of themes as coordinates of SVG pictures. The same graph gives the same pictures."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kbsite.excerpts import fitting
from kbsite.graph import Graph
from kbsite.graph.nodes import Meetings
from kbsite.graph.queries import ranked
from kbsite.kinds import cards, explore, words
from kbsite.kinds.base import Ref, Views

STRONGEST = 3  # lines of each theme that the map draws at least
LINES = 40  # so many lines are all drawn
LABEL = 15  # the size of a label's letters on the map

# How wide letters are, in their size; a little more than in any of the usual fonts
_NARROW, _WIDE = frozenset(" .,:;'!|()[]fijlrtI-/"), frozenset("mwMW@%&—")


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A theme: its circle, its label, and `own`, the path of all lines that lead to it.

    `label` is its name, shortened where there is no room; `turn` is in degrees about its place.
    """

    ref: Ref
    number: int
    hue: int
    x: float
    y: float
    radius: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    turn: float
    own: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """Two themes that meet, with what that says and where their sessions are listed.

    `strength` is in hundredths of the strongest.
    """

    words: str
    path: str
    line: str
    width: float
    strength: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemesMap:
    """One layout of the map, with the frame that holds all of it: left, top, width, height."""

    name: str
    frame: tuple[float, float, float, float]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def drawn(meetings: Meetings) -> dict[tuple[str, str], int]:
    """The meetings worth a line: the strongest of each theme, or all where they are few."""
    if len(meetings) <= LINES:
        return dict(ranked(meetings))
    taken: Counter[str] = Counter()
    out = {}
    for pair, number in ranked(meetings):
        if min(taken[theme] for theme in pair) < STRONGEST:
            out[pair] = number
            taken.update(pair)
    return out


def ring(views: Views) -> ThemesMap:
    """Themes on a circle, those that meet often side by side; for wide screens."""
    meetings = views.graph.meetings
    order = _round_table(list(views.graph.themes), meetings)
    flat = _ring_nodes(views, order, turned=False)
    nodes = flat if not overlapping(flat) else _ring_nodes(views, order, turned=True)
    places = {theme: (node.x, node.y) for theme, node in zip(order, nodes, strict=True)}

    def line(one: str, other: str) -> str:
        (x1, y1), (x2, y2) = places[one], places[other]
        return f"M{x1} {y1}Q{(x1 + x2) / 6:.1f} {(y1 + y2) / 6:.1f} {x2} {y2}"

    return _joined(views, "wide", order, nodes, drawn(meetings), line)


def _ring_nodes(views: Views, order: Sequence[str], *, turned: bool) -> list[Node]:
    total = max(1, len(order))
    radius = max(190.0, total * 24 / (2 * math.pi))
    largest = min(22.0, 0.42 * 2 * math.pi * radius / total)
    most = _most(views.graph)
    nodes = []
    for at, theme in enumerate(order):
        angle = 2 * math.pi * at / total - math.pi / 2
        across, down = math.cos(angle), math.sin(angle)
        right = across >= -1e-9
        size = _size(views.graph, theme, most, largest)
        reach = radius + (largest if turned else size) + 8
        degrees = math.degrees(angle)
        middle = abs(across) < 0.1 and not turned
        nodes.append(
            _node(
                views,
                theme,
                x=radius * across,
                y=radius * down,
                radius=size,
                room=210,
                label_x=reach * across,
                label_y=reach * down + (0 if turned else LABEL * (0.35 + 0.4 * down)),
                anchor="middle" if middle else "start" if right else "end",
                turn=(degrees if right else degrees + 180) if turned else 0.0,
            )
        )
    return nodes


def column(views: Views) -> ThemesMap:
    """Themes below each other, joined by arcs; for narrow screens."""
    graph, meetings = views.graph, views.graph.meetings
    order = _round_table(list(graph.themes), meetings)
    pitch, left, reach = 30.0, 206.0, 136.0
    most = _most(graph)
    nodes = [
        _node(
            views,
            theme,
            x=left + 14,
            y=pitch * at,
            radius=_size(graph, theme, most, 12),
            room=left - 8,
            label_x=left - 4,
            label_y=pitch * at + LABEL * 0.35,
            anchor="end",
            turn=0.0,
        )
        for at, theme in enumerate(order)
    ]
    row = {theme: at for at, theme in enumerate(order)}

    def line(one: str, other: str) -> str:
        upper, lower = sorted((row[one] * pitch, row[other] * pitch))
        tall = lower - upper
        wide = reach * (tall / pitch / max(1, len(order) - 1)) ** 0.6
        x = left + 14
        return f"M{x:g} {upper:g}A{wide:.1f} {tall / 2:g} 0 0 1 {x:g} {lower:g}"

    made = _joined(views, "narrow", order, nodes, drawn(meetings), line)
    frame = (0.0, -pitch / 2, left + 14 + reach + 4, pitch * max(1, len(order)))
    return replace(made, frame=frame)


def _most(graph: Graph) -> int:
    return max((len(node.sessions) for node in graph.themes.values()), default=0) or 1


def _size(graph: Graph, theme: str, most: int, largest: float) -> float:
    """The radius of a theme's circle: its area grows with the theme's sessions."""
    return max(3.5, largest * math.sqrt(len(graph.themes[theme].sessions) / most))


def _node(
    views: Views,
    theme: str,
    *,
    x: float,
    y: float,
    radius: float,
    room: float,
    label_x: float,
    label_y: float,
    anchor: str,
    turn: float,
) -> Node:
    ref = views.once(cards.theme_ref, theme)
    return Node(
        ref=ref,
        number=len(views.graph.themes[theme].sessions),
        hue=ref.hue,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        label=shortened(ref.text, room),
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        anchor=anchor,
        turn=round(turn, 1),
        own="",
    )


def _joined(
    views: Views,
    name: str,
    order: Sequence[str],
    nodes: Sequence[Node],
    meetings: Meetings,
    line: Callable[[str, str], str],
) -> ThemesMap:
    """A layout with its lines, the strongest last and so on top."""
    most = max(meetings.values(), default=1)
    own: dict[str, list[str]] = {theme: [] for theme in order}
    edges = []
    for pair, number in reversed(ranked(meetings)):
        path = line(*pair)
        one, other = (views.graph.themes[theme].label for theme in pair)
        edges.append(
            Edge(
                words=f"{one} and {other}: {words.count(number, 'session')}",
                path=explore.together(pair),
                line=path,
                width=round(1 + 5 * number / most, 1),
                strength=round(100 * number / most),
            )
        )
        for theme in pair:
            own[theme].append(path)
    held = tuple(
        replace(node, own="".join(own[theme])) for theme, node in zip(order, nodes, strict=True)
    )
    return ThemesMap(name=name, frame=_frame(held), nodes=held, edges=tuple(edges))


def _frame(nodes: Sequence[Node]) -> tuple[float, float, float, float]:
    """What holds every circle and every label, with a little air."""
    corners = [corner for node in nodes for corner in label_box(node)]
    corners += [
        (node.x + sign * node.radius, node.y + sign * node.radius)
        for node in nodes
        for sign in (-1, 1)
    ]
    if not corners:
        return (0, 0, 1, 1)
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    return (
        round(left - 6, 1),
        round(top - 6, 1),
        round(right - left + 12, 1),
        round(bottom - top + 12, 1),
    )


def label_box(node: Node) -> list[tuple[float, float]]:
    """The corners of the space that a label takes, as far as can be told without its font."""
    width = text_width(node.label)
    left = {"start": 0.0, "middle": -width / 2, "end": -width}[node.anchor]
    if node.turn:  # its middle is on the line
        top, bottom = -LABEL * 0.6, LABEL * 0.6
    else:
        top, bottom = -LABEL * 0.95, LABEL * 0.3
    angle = math.radians(node.turn)
    return [
        (
            node.label_x + x * math.cos(angle) - y * math.sin(angle),
            node.label_y + x * math.sin(angle) + y * math.cos(angle),
        )
        for x, y in ((left, top), (left + width, top), (left + width, bottom), (left, bottom))
    ]


def overlapping(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """The pairs of labels that lie over each other."""
    boxes = [label_box(node) for node in nodes]
    return [
        (nodes[one].label, nodes[other].label)
        for one in range(len(nodes))
        for other in range(one)
        if _meet(boxes[one], boxes[other])
    ]


def _meet(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether two rectangles share a point: no side of either has the other beyond it."""
    for box in (one, other):
        for (x1, y1), (x2, y2) in ((box[0], box[1]), (box[1], box[2])):
            along = (x2 - x1, y2 - y1)
            spans = [[x * along[0] + y * along[1] for x, y in corners] for corners in (one, other)]
            if max(spans[0]) <= min(spans[1]) or max(spans[1]) <= min(spans[0]):
                return False
    return True


def text_width(text: str, size: float = LABEL) -> float:
    """How wide a text is at most, in any of the usual fonts."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.38
    if letter in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.72 if letter.isupper() else 0.6


def shortened(text: str, room: float) -> str:
    """A text that is no wider than `room`."""
    return fitting(text, lambda part: text_width(part) <= room)


def _round_table(themes: list[str], meetings: Meetings) -> list[str]:
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
