"""How often themes meet, as half a table in which those that are alike stand side by side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kbsite.graph.nodes import Meetings
from kbsite.graph.queries import ranked
from kbsite.kinds import cards, explore
from kbsite.kinds.base import Views

WIDE = 44  # rows of which all columns fit on a wide page
# What a page may weigh bounds both
THEMES = 60  # rows at most, of the themes that meet others most often
CELLS = 600  # with a number at most, the highest
SHADES = 5

Likeness = Mapping[frozenset[str], float]


@dataclass(frozen=True, slots=True)
class Cell:
    """Two themes that meet: in how many sessions, the cell's shade, and where these are listed."""

    number: int
    shade: int
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """A theme with its cells, one for each of the themes before it."""

    ref: cards.ThemeRef
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matrix:
    """`darkest` is the highest share in hundredths: of the sessions with either theme, those with
    both. `lone` themes meet no other; `themes` and `meetings` are how many had no room.
    """

    rows: tuple[Row, ...]
    darkest: int
    lone: tuple[cards.ThemeRef, ...]
    themes: int
    meetings: int

    @property
    def whole(self) -> bool:
        """Whether a wide page has room for all its columns."""
        return len(self.rows) <= WIDE


def matrix(views: Views) -> Matrix:
    meetings = views.graph.meetings
    often: Counter[str] = Counter()
    for pair, number in meetings.items():
        for theme in pair:
            often[theme] += number
    by_use = sorted(often, key=lambda theme: (-often[theme], theme))
    taken = set(by_use[:THEMES])
    within = {pair: number for pair, number in ranked(meetings) if taken.issuperset(pair)}
    held = dict(list(within.items())[:CELLS])
    shares = likeness(views, within)
    order = alike(sorted(taken), shares)
    most = max(shares.values(), default=1.0)

    def cell(one: str, other: str) -> Cell | None:
        number = held.get((min(one, other), max(one, other)))
        if number is None:
            return None
        shade = math.ceil(SHADES * math.sqrt(shares[frozenset((one, other))] / most))
        return Cell(number, max(1, min(SHADES, shade)), explore.together((one, other)))

    return Matrix(
        rows=tuple(
            Row(views.once(cards.theme_ref, one), tuple(cell(one, other) for other in order[:at]))
            for at, one in enumerate(order)
        ),
        darkest=round(100 * most),
        lone=cards.theme_refs(views, (id for id in views.graph.themes if id not in often)),
        themes=len(by_use) - len(taken),
        meetings=len(meetings) - len(held),
    )


def likeness(views: Views, meetings: Meetings) -> Likeness:
    """For each pair that meets, of the sessions with either theme the part with both."""
    size = {id: len(node.sessions) for id, node in views.graph.themes.items()}
    return {
        frozenset((one, other)): number / (size[one] + size[other] - number)
        for (one, other), number in meetings.items()
    }


def alike(themes: Sequence[str], shares: Likeness) -> list[str]:
    """An order in which themes that are alike stand near each other.

    Rows of themes are joined, the two most alike on the average first, by those of their ends that
    are most alike.

    >>> near = {frozenset("ac"): 0.5, frozenset("bd"): 0.4, frozenset("cb"): 0.1}
    >>> alike("abcd", near)
    ['a', 'c', 'b', 'd']
    """
    rows = {theme: [theme] for theme in themes}
    mean = {pair: shares.get(frozenset(pair), 0.0) for pair in combinations(sorted(themes), 2)}
    while len(rows) > 1:
        one, other = min(mean, key=lambda pair: (-mean[pair], pair))
        left, right = rows[one], rows.pop(other)
        rows[one] = _joined(left, right, shares)
        for third in rows:
            if third != one:
                near, far = _pair(one, third), _pair(other, third)
                both = len(left) * mean[near] + len(right) * mean.pop(far)
                mean[near] = both / (len(left) + len(right))
        del mean[one, other]
    return next(iter(rows.values()), [])


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _joined(left: list[str], right: list[str], shares: Likeness) -> list[str]:
    """Two rows as one, each as it is or turned round."""
    ways: Iterable[tuple[list[str], list[str]]] = (
        (left, right),
        (left, right[::-1]),
        (left[::-1], right),
        (left[::-1], right[::-1]),
    )
    one, other = max(ways, key=lambda way: shares.get(frozenset((way[0][-1], way[1][0])), 0.0))
    return one + other
