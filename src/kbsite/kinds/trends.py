"""How many sessions of a theme each event held, as bars."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kbsite.catalog import EVENT
from kbsite.kinds import words
from kbsite.kinds.base import Ref, Views

BARS = 24  # events that a trend shows at most, the newest
QUIET = 8  # so many events are all shown; of more, those with no session are left out


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """An event: sessions that carry a theme, and those for which it was only suggested.

    `height` and `above` are the same in hundredths of the most of any event, one upon the other.
    """

    event: Ref
    number: int
    suggested: int
    height: float
    above: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """The newest events, oldest first; `shown` are those worth a row, newest first."""

    hue: int
    bars: tuple[Bar, ...]
    shown: tuple[Bar, ...]
    note: str

    @property
    def suggested(self) -> bool:
        return any(bar.suggested for bar in self.shown)


def trend(views: Views, id: str) -> Trend:
    """How many sessions of a theme each event held: each of the newest, or if none of those held
    any, the newest that did.
    """
    graph = views.graph
    theme = graph.themes[id]
    held = Counter(graph.sessions[each].event for each in theme.sessions)
    proposed = Counter(graph.sessions[each].event for each in theme.suggested)
    every = [each for each, event in graph.events.items() if event.sessions]
    newest = every[:BARS]
    past = not any(held[each] or proposed[each] for each in newest)
    if past:
        every = [each for each in every if held[each] or proposed[each]]
        newest = every[:BARS]
    most = max((held[each] + proposed[each] for each in newest), default=0) or 1
    bars = tuple(
        Bar(
            event=views.ref(EVENT, each),
            number=held[each],
            suggested=proposed[each],
            height=round(100 * held[each] / most, 1),
            above=round(100 * proposed[each] / most, 1),
        )
        for each in newest
    )
    shown = bars if len(bars) <= QUIET else tuple(b for b in bars if b.number or b.suggested)
    silent = len(bars) - len(shown)
    notes = []
    if past and newest:
        notes.append(f"The newest {words.count(BARS, 'event')} had none.")
    if silent:
        notes.append(f"{silent} of the newest {words.count(len(bars), 'event')} had none.")
    if len(every) > BARS:
        notes.append(f"{words.count(len(every) - BARS, 'older event')} not shown.")
    return Trend(hue=graph.hues[id], bars=bars[::-1], shown=shown, note=" ".join(notes))
