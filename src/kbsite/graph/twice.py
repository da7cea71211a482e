"""One talk in two records, one recording of two talks, one speaker in two rooms at once.

Sources may say so, and know better: of two records that both come from entries of a source nothing
is said. A talk that is given again has another start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from kbsite import slugs
from kbsite.errors import Problem
from kbsite.graph.nodes import SessionNode
from kbsite.graph.recordings import recording
from kbsite.graph.times import end_of

Nodes = Mapping[str, SessionNode]


def told_twice(sessions: Nodes) -> Iterator[Problem]:
    """KB225 to KB227, one for two records."""
    asked: set[frozenset[str]] = set()
    for one, other in _pairs(_talks(sessions)):
        if not _imported(one, other) and not _given_again(one, other):
            asked.add(frozenset((one.id, other.id)))
            yield one.source.problem(
                "KB225",
                ("title",),
                f"the session '{other.id}' has the same title and speakers",
                f"keep one of the two: this or {other.source.path}; if the talk was given again, "
                "give each its own start",
            )
    for one, other in _pairs(_recordings(sessions)):
        if not _imported(one, other) and frozenset((one.id, other.id)) not in asked:
            asked.add(frozenset((one.id, other.id)))
            at = next(at for at, link in enumerate(other.record.links) if link.kind == "video")
            yield other.source.problem(
                "KB226",
                ("links", at, "url"),
                f"the recording of '{one.id}' is the same, from the same second",
                "write the address of this talk's own; where one video holds both, add 'start:' "
                "with the place where each begins, as 'start: 12:30'",
            )
    for one, other, person in _at_once(sessions):
        if not _imported(one, other) and frozenset((one.id, other.id)) not in asked:
            asked.add(frozenset((one.id, other.id)))
            at = [each.person for each in other.appearances].index(person)
            yield other.source.problem(
                "KB227",
                ("speakers", at, "name"),
                f"'{other.record.speakers[at].name or person}' is in {one.record.room} at that "
                f"time too, for {one.id}",
                f"check start, end and room here and in {one.source.path}; two people of one name "
                "need an id each",
            )


def _imported(one: SessionNode, other: SessionNode) -> bool:
    return bool(one.record.sources and other.record.sources)


def _given_again(one: SessionNode, other: SessionNode) -> bool:
    """Whether both have a start, and not the same, or one was called off and planned anew."""
    if one.called_off or other.called_off:
        return True
    return one.start is not None and other.start is not None and one.start != other.start


def _pairs(held: Mapping[object, list[SessionNode]]) -> Iterator[tuple[SessionNode, SessionNode]]:
    """Of all that have something in common, each with the one before it."""
    for nodes in held.values():
        nodes.sort(key=lambda node: node.id)
        yield from pairwise(nodes)


def _talks(sessions: Nodes) -> dict[object, list[SessionNode]]:
    out: dict[object, list[SessionNode]] = {}
    for node in sessions.values():
        people = frozenset(each.person for each in node.appearances)
        out.setdefault((node.event, slugs.fold(node.record.title), people), []).append(node)
    return out


def _recordings(sessions: Nodes) -> dict[object, list[SessionNode]]:
    out: dict[object, list[SessionNode]] = {}
    for node in sessions.values():
        if video := recording(node.record):
            out.setdefault(video, []).append(node)
    return out


def _at_once(sessions: Nodes) -> Iterator[tuple[SessionNode, SessionNode, str]]:
    """Two sessions in two rooms, of which the second begins before the first is over, and who
    speaks in both. Posters hang for as long as there is somebody.
    """
    held: dict[tuple[str, str], list[tuple[datetime, SessionNode]]] = {}
    for node in sessions.values():
        if node.called_off or not node.record.room or node.record.kind == "poster":
            continue
        if isinstance(node.start, datetime):
            for each in node.appearances:
                held.setdefault((node.event, each.person), []).append((node.start, node))
    for (_, person), places in held.items():
        if len(places) == 1:
            continue
        places.sort(key=lambda place: (place[0], place[1].id))
        for (start, one), (begun, other) in pairwise(places):
            until = end_of(one.start, one.end)
            overlaps = begun < until if until else begun == start
            if overlaps and _room(one) != _room(other):
                yield one, other, person


def _room(node: SessionNode) -> str:
    return slugs.fold(node.record.room or "")
