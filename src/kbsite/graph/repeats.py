"""Talks that are given more than once, each time with a record of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kbsite.graph.nodes import SessionNode


def given_again(sessions: Iterable[SessionNode]) -> Mapping[str, tuple[str, ...]]:
    """For each session of a talk that took place more often at its event, the other times."""
    same: dict[object, list[SessionNode]] = {}
    for node in sessions:
        if node.appearances:
            same.setdefault((node.event, _title(node), _people(node)), []).append(node)
    return {
        node.id: others
        for held in same.values()
        if len(held) > 1
        for node in held
        if (others := tuple(o.id for o in held if o is not node and not o.called_off))
    }


def one_talk(one: SessionNode, other: SessionNode) -> bool:
    """Whether two sessions are one talk: given twice at an event, or given up and planned anew."""
    if _title(one) != _title(other):
        return False
    if one.called_off or other.called_off:
        return True
    people = _people(one)
    return bool(people) and one.event == other.event and people == _people(other)


def _title(node: SessionNode) -> str:
    return node.record.title.casefold()


def _people(node: SessionNode) -> frozenset[str]:
    return frozenset(appearance.person for appearance in node.appearances)
