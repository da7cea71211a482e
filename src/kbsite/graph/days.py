"""The days of an event: what begins on each of them, and what goes on from the day before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from kbsite.graph.nodes import Day, SessionNode


def days(nodes: Iterable[SessionNode]) -> tuple[Day, ...]:
    """The days of an event on which something takes place, in order; the unknown day comes last.

    `nodes` are the event's sessions in the order of the schedule.
    """
    timed: defaultdict[date | None, list[str]] = defaultdict(list)
    untimed: defaultdict[date | None, list[str]] = defaultdict(list)
    continued: defaultdict[date | None, list[str]] = defaultdict(list)
    for node in nodes:
        first, *later = node.days or (None,)
        (timed if isinstance(node.start, datetime) else untimed)[first].append(node.id)
        for day in later:
            continued[day].append(node.id)
    known = {*timed, *untimed, *continued}
    return tuple(
        Day(date=day, begun=(*timed[day], *untimed[day]), continued=tuple(continued[day]))
        for day in sorted(known, key=lambda day: (day is None, day or date.min))
    )
