"""A quiet hue for each theme and event, the same wherever it is shown."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import lru_cache
from zlib import crc32

from kbsite.graph import Graph

FIRST, SPAN = 275, 330  # around the circle of OKLCH hues, past the blue of what can be clicked
STEP = 4  # how many are added before all of them move closer together
APART = 0.9  # of the distance at which all would be as far apart as can be


def hue(graph: Graph, theme: str) -> int:
    """The hue of a theme, in degrees of OKLCH."""
    return _of_themes(graph)[theme]


def event_hue(graph: Graph, event: str) -> int:
    """The hue of an event, likewise."""
    return _of_events(graph)[event]


@lru_cache(maxsize=1)
def _of_themes(graph: Graph) -> dict[str, int]:
    return spread(graph.themes)


@lru_cache(maxsize=1)
def _of_events(graph: Graph) -> dict[str, int]:
    return spread(graph.events)


def spread(ids: Collection[str]) -> dict[str, int]:
    """A hue for each id: as near as may be to one that depends on nothing but the id.

    So most keep theirs when another is added, and yet all are well apart.
    """
    room = -(-len(ids) // STEP) * STEP
    enough = APART * SPAN / max(1, room)
    nearest = [SPAN] * SPAN  # from each place to the nearest that is taken
    out: dict[str, int] = {}
    for id in sorted(ids):
        own = crc32(id.encode()) % SPAN
        ranked = ((min(enough, free), -abs(at - own), at) for at, free in enumerate(nearest))
        chosen = max(ranked)[2]
        nearest = [min(free, abs(at - chosen)) for at, free in enumerate(nearest)]
        out[id] = (FIRST + chosen) % 360
    return out


def rgb(lightness: float, chroma: float, degrees: float) -> tuple[int, int, int]:
    """A colour of OKLCH in sRGB, for pictures that no browser paints.

    >>> rgb(0.0, 0.0, 0), rgb(1.0, 0.0, 0), rgb(0.62, 0.11, 150)
    ((0, 0, 0), (255, 255, 255), (81, 153, 98))
    """
    a = chroma * math.cos(math.radians(degrees))
    b = chroma * math.sin(math.radians(degrees))
    # Björn Ottosson's matrices: OKLab to the cube roots of cone responses, and those to linear RGB
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _byte(red), _byte(green), _byte(blue)


def _byte(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)
