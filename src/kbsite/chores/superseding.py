"""A learning that another one supersedes."""

from __future__ import annotations

from typing import Any

from kbsite import slugs
from kbsite.catalog import SESSION
from kbsite.chores import renaming
from kbsite.chores.desk import Desk
from kbsite.errors import UsageError
from kbsite.records import Learning
from kbsite.wording import did_you_mean


def supersede(desk: Desk, old: str, new: str) -> str:
    """Let a learning say that another one supersedes it; in words. Both are SESSION#LEARNING.

    Raises UsageError where there is none, or the older one is superseded by a third.
    """
    older, at, learning = _learning(desk, old)
    newer, _, _ = _learning(desk, new)
    if older == newer:
        raise UsageError("a learning does not supersede itself")
    session = older.partition("#")[0]
    if learning.superseded_by is not None:
        held = learning.superseded_by
        held = f"{session}{held}" if held.startswith("#") else held
        if held == newer:
            raise UsageError(f"{newer} supersedes {older} already")
        raise UsageError(
            f"{older} is superseded by {held}; if that one is superseded by {newer}, say so of it: "
            f"kbsite supersede {held} {newer}; otherwise take 'superseded_by' out of the record"
        )
    said = newer.removeprefix(session) if newer.startswith(f"{session}#") else newer

    def change(data: dict[str, Any]) -> None:
        held = data["learnings"][at]
        order = tuple(Learning.model_fields)
        rank = order.index("superseded_by")
        before = [key for key in held if key in order and order.index(key) < rank]
        items = list(held.items())
        place = max((list(held).index(key) for key in before), default=-1) + 1
        held.clear()
        held.update([*items[:place], ("superseded_by", said), *items[place:]])

    desk.alter(desk.base.library.sessions[session].source.path, change)
    return f"{newer} supersedes {older}"


def _learning(desk: Desk, key: str) -> tuple[str, int, Learning]:
    """The key of a learning that is there, its place in its record, and what it says."""
    session, mark, id = key.removeprefix("learning:").partition("#")
    if not mark or not id:
        raise UsageError(f"'{key}' names no learning, which is SESSION#LEARNING, as conf/talk#less")
    own = renaming.known_id(desk, SESSION, session)
    learnings = desk.base.library.sessions[own].record.learnings
    for at, each in enumerate(learnings):
        if each.id in (id, id.removeprefix("learning-")):  # as addresses have it
            return f"{own}#{each.id}", at, each
    ids = [each.id for each in learnings]
    every = f"its learnings: {', '.join(ids)}" if ids else "it has none"
    near = did_you_mean(slugs.nearest(id, ids, count=1), every)
    raise UsageError(f"the session {own} has no learning '{id}'; {near}")
