"""Rooms and tracks of one event, and series, that are written in two ways.

Schedules may say so, and know better: of what is in records that come from one nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kbsite import cures, slugs
from kbsite.errors import Problem
from kbsite.graph.nodes import EventNode, SessionNode
from kbsite.meant import traces
from kbsite.sources import Path, Source
from kbsite.wording import as_pasted, shown

_NO_LETTERS = re.compile(r"[\W_]+")


class _Use(NamedTuple):
    word: str
    source: Source
    path: Path
    of_schedule: bool = False


def spelled_twice(
    sessions: Mapping[str, SessionNode], events: Mapping[str, EventNode]
) -> Iterator[Problem]:
    """KB132, for each record that has the rarer spelling of one word."""
    held: dict[tuple[str, str, str], dict[str, list[_Use]]] = {}
    for what, event, use in _uses(sessions, events):
        alike = _NO_LETTERS.sub("", slugs.fold(use.word))
        if alike and not traces.in_line(use.word):
            held.setdefault((what, event, alike), {}).setdefault(use.word, []).append(use)
    for (what, *_), spellings in held.items():
        if len(spellings) > 1:
            yield from _told(what, spellings)


def _uses(
    sessions: Mapping[str, SessionNode], events: Mapping[str, EventNode]
) -> Iterator[tuple[str, str, _Use]]:
    for node in sessions.values():
        record, source = node.record, node.source
        of_schedule = bool(record.sources)
        if record.room:
            yield "room", node.event, _Use(record.room, source, ("room",), of_schedule)
        for at, track in enumerate(record.tracks):
            yield "track", node.event, _Use(track, source, ("tracks", at), of_schedule)
    for event in events.values():
        if event.record.series:
            yield "series", "", _Use(event.record.series, event.source, ("series",))


def _told(what: str, spellings: Mapping[str, Iterable[_Use]]) -> Iterator[Problem]:
    uses = {word: list(found) for word, found in spellings.items()}
    common, *rare = sorted(uses, key=lambda word: (-len(uses[word]), -_capitals(word), word))
    for use in (use for word in rare for use in uses[word] if not use.of_schedule):
        elsewhere = f"{len(uses[common])} {'record' if len(uses[common]) == 1 else 'records'}"
        whole = f"{elsewhere} of {'other events' if what == 'series' else 'the event'}"
        yield use.source.problem(
            "KB132",
            use.path,
            f"the {what} is {shown(common)} in {whole}, and {shown(use.word)} here",
            f"write {as_pasted(common)}",
            cures=cures.writing(use.source, use.path, common),
        )


def _capitals(word: str) -> int:
    return sum(map(str.isupper, word))
