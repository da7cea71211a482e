"""Shares over editions as coordinates of SVG pictures. The same shares give the same pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple, TypeAlias

from kbsite.kinds.layouts import text_width

Layer: TypeAlias = Literal["named", "track", "suggested"]
LAYERS: tuple[Layer, ...] = ("named", "track", "suggested")  # from the ground up

LETTERS, SMALL = 13, 11  # sizes of letters, in rows and at columns
WIDE, NARROW = 590, 330  # how wide pictures are: a column of text, and a phone, 288 at least
TALL = 190  # how high the highest column may be
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50)  # between lines, in hundredths
LINES = 4  # of a grid at most
STEM, GAP, HIGH = 5, 2, 22  # of a ribbon


class Shares(NamedTuple):
    """Parts of a whole in hundredths, one upon the other."""

    named: float
    track: float
    suggested: float

    @property
    def sure(self) -> str:
        return f"{self.named + self.track:.1f}"

    @property
    def maybe(self) -> str:
        return f"+ {self.suggested:.1f}" if self.suggested else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    x: float
    y: float
    anchor: str
    text: str
    faint: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """One bar: paths of its layers and of the space that it has, its name and its numbers.

    `suggested` is a line, as thick as the picture's bars.
    """

    space: str
    named: str
    track: str
    suggested: str
    labels: tuple[Text, ...]
    numbers: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Bars in a frame (width and height), with the lines behind them and what these mean."""

    name: str
    frame: tuple[float, float]
    thick: float
    bars: tuple[Drawn, ...]
    grid: str
    scale: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ribbon:
    """All bars of a small picture: their confirmed and suggested parts, and the line below."""

    frame: tuple[float, float]
    thick: float
    sure: str
    suggested: str
    base: str


def pictures(labels: Sequence[str], shares: Sequence[Shares]) -> tuple[Picture, ...]:
    """Columns for wide screens, where their labels fit below them, and rows."""
    below = _columns(labels, shares)
    beside = _rows("rows" if below else "only", labels, shares)
    return (below, beside) if below else (beside,)


def _top(shares: Iterable[Shares]) -> tuple[float, float]:
    """Where a scale ends that holds all, and its step."""
    most = max(map(sum, shares))
    step = next((step for step in STEPS if most <= step * LINES), STEPS[-1])
    return step * math.ceil(round(most / step, 6)), step


def _columns(labels: Sequence[str], shares: Sequence[Shares]) -> Picture | None:
    left, above, foot = 36, 34, 42
    pitch = round(min(72.0, (WIDE - left) / len(labels)), 1)
    lines = [label.rsplit(" ", 1) for label in labels]
    if any(_crowded(line, pitch) for line in zip_longest(*lines, fillvalue="")):
        return None
    top, step = _top(shares)
    base, thick = above + TALL, round(min(34.0, pitch * 0.64), 1)
    made = []
    for at, (own, share) in enumerate(zip(lines, shares, strict=True)):
        middle = round(left + pitch * (at + 0.5), 1)
        x, y = round(middle - thick / 2, 1), round(middle - pitch / 2, 1)
        ends = [round(base - TALL * sum(share[:n]) / top, 1) for n in range(4)]
        named, track = (
            f"M{x} {lower}h{thick}V{upper}h-{thick}z" if upper < lower else ""
            for lower, upper in pairwise(ends[:3])
        )
        below = (
            Text(x=middle, y=base + 16 + 15 * n, anchor="middle", text=line, faint=False)
            for n, line in enumerate(own)
        )
        made.append(
            Drawn(
                space=f"M{y} 0h{pitch}v{base + foot}h-{pitch}z",
                named=named,
                track=track,
                suggested=f"M{middle} {ends[2]}V{ends[3]}" if ends[3] < ends[2] else "",
                labels=tuple(below),
                numbers=_numbers(share, middle, ends[3] - 5, "middle", down=-13),
            )
        )
    ticks = [step * n for n in range(round(top / step) + 1)]
    heights = [round(base - TALL * tick / top, 1) for tick in ticks]
    width = round(left + pitch * len(labels), 1)
    return Picture(
        name="columns",
        frame=(width, base + foot),
        thick=thick,
        bars=tuple(made),
        grid="".join(f"M{left} {y}H{width}" for y in heights),
        scale=tuple(
            Text(x=left - 6, y=y + 4, anchor="end", text=f"{tick:g}%", faint=True)
            for tick, y in zip(ticks, heights, strict=True)
        ),
    )


def _crowded(names: Sequence[str], pitch: float) -> bool:
    """Whether any two of a line of names below columns have too little room beside each other."""
    widths = [text_width(name, SMALL) for name in names]
    return any((one + other) / 2 > pitch for one, other in pairwise([*widths, widths[-1]]))


def _rows(name: str, labels: Sequence[str], shares: Sequence[Shares]) -> Picture:
    pitch, thick, beside = 28, 14, 92
    left = round(min(150.0, max(text_width(label, LETTERS) for label in labels) + 8))
    top, _ = _top(shares)
    room = NARROW - left - beside
    made = []
    for at, (label, share) in enumerate(zip(labels, shares, strict=True)):
        y = pitch * at + pitch // 2
        ends = [round(left + room * sum(share[:n]) / top, 1) for n in range(4)]
        named, track = (
            f"M{start} {y - thick // 2}H{end}v{thick}H{start}z" if start < end else ""
            for start, end in pairwise(ends[:3])
        )
        along = round(text_width(f"{share.sure}%", LETTERS), 1) + 3
        made.append(
            Drawn(
                space=f"M0 {pitch * at}h{NARROW}v{pitch}H0z",
                named=named,
                track=track,
                suggested=f"M{ends[2]} {y}H{ends[3]}" if ends[2] < ends[3] else "",
                labels=(Text(x=left - 8, y=y + 4.5, anchor="end", text=label, faint=False),),
                numbers=_numbers(share, ends[3] + 6, y + 4.5, "start", unit="%", along=along),
            )
        )
    return Picture(
        name=name,
        frame=(NARROW, pitch * len(labels)),
        thick=thick,
        bars=tuple(made),
        grid=f"M{left} 0V{pitch * len(labels)}",
        scale=(),
    )


def _numbers(
    share: Shares,
    x: float,
    y: float,
    anchor: str,
    *,
    unit: str = "",
    along: float = 0,
    down: float = 0,
) -> tuple[Text, ...]:
    """What is certain, and so far from it, fainter, what is suggested."""
    sure = Text(x=round(x, 1), y=round(y, 1), anchor=anchor, text=share.sure + unit, faint=False)
    if not share.suggested:
        return (sure,)
    x, y = round(x + along, 1), round(y + down, 1)
    return (sure, Text(x=x, y=y, anchor=anchor, text=share.maybe, faint=True))


def ribbon(shares: Sequence[Shares]) -> Ribbon:
    """The bars without words, by the highest of them."""
    most = max(map(sum, shares))
    sure, maybe = [], []
    for at, share in enumerate(shares):
        x = at * (STEM + GAP)
        confirmed = HIGH - HIGH * (share.named + share.track) / most
        both = HIGH - HIGH * sum(share) / most
        if confirmed < HIGH:
            sure.append(f"M{x} {HIGH}h{STEM}V{confirmed:.1f}h-{STEM}z")
        if both < confirmed:
            maybe.append(f"M{x + STEM / 2} {confirmed:.1f}V{both:.1f}")
    width = len(shares) * (STEM + GAP) - GAP
    return Ribbon(
        frame=(width, HIGH + 2),
        thick=STEM,
        sure="".join(sure),
        suggested="".join(maybe),
        base=f"M0 {HIGH + 1}H{width}",
    )
