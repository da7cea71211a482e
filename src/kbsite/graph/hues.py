"""A quiet hue for each theme and event, the same wherever it is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

FIRST, SPAN = 275, 330  # around the circle of OKLCH hues, past the blue of what can be clicked
STEP = 4  # how many are added before all of them move closer together
APART = 0.9  # of the distance at which all would be as far apart as can be


def spread(ids: Collection[str]) -> dict[str, int]:
    """A hue for each id, in degrees of OKLCH: as near as may be to one that its id alone gives.

    So most keep theirs when another is added, and yet all are well apart.
    """
    room = -(-len(ids) // STEP) * STEP
    enough = APART * SPAN / max(1, room)
    nearest = [SPAN] * SPAN  # from each place to the nearest that is taken
    out: dict[str, int] = {}
    for id in sorted(ids):
        own = crc32(id.encode()) % SPAN
        chosen = _place(own, nearest, enough)
        nearest = [min(free, abs(at - chosen)) for at, free in enumerate(nearest)]
        out[id] = (FIRST + chosen) % 360
    return out


def _place(own: int, nearest: Sequence[int], enough: float) -> int:
    """The place nearest to `own` that is far enough from all others, or else the freest."""
    for away in range(SPAN):
        for at in (own + away, own - away):
            if 0 <= at < SPAN and nearest[at] >= enough:
                return at
    return max((free, -abs(at - own), at) for at, free in enumerate(nearest))[2]
