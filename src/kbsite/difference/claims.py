"""What sessions claim: what is new, gone, or says something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from kbsite.catalog import CLAIMS
from kbsite.claims import Grounds
from kbsite.difference.parts import ClaimChange
from kbsite.graph.nodes import ClaimNode, Graph, SessionNode

ALIKE = 0.6  # of two texts, above which one is taken for the other, said better
MOST_COMPARED = 50  # claims of one kind in a session that have another id
COMPARED = 500  # characters of a claim

_OWN = ("text", "title", "value", "label", "note", "by", "organisation", "date", "url", "projects")
_LEFT_OUT = frozenset({"session", "id", "grounds", "supersedes"})


def claim_changes(before: Graph, after: Graph) -> tuple[ClaimChange, ...]:
    """By session, in the order of the site; those of sessions that are gone last."""
    former: dict[str, SessionNode] = {}
    gone: list[SessionNode] = []
    for old in before.sessions.values():
        own = present(old.id, after)
        if own in after.sessions:
            former.setdefault(own, old)
        else:
            gone.append(old)
    pairs = [(former.get(node.id), node) for node in after.sessions.values()]
    return tuple(
        change
        for old, new in [*pairs, *((node, None) for node in gone)]
        for change in _of_session(old, new)
    )


def present(session: str, after: Graph) -> str:
    """The id that a session has by now, if it is still there."""
    return session if session in after.sessions else after.redirects["session"].get(session, "")


def _of_session(old: SessionNode | None, new: SessionNode | None) -> Iterator[ClaimChange]:
    node = new or old
    if node is None:
        return
    for thing in CLAIMS:
        ours: tuple[ClaimNode, ...] = getattr(old, thing.plural) if old else ()
        theirs: tuple[ClaimNode, ...] = getattr(new, thing.plural) if new else ()
        for one, other in _paired(ours, theirs):
            before, after = _said(one), _said(other)
            if _has_themes_of(one, old) and _has_themes_of(other, new):
                before.pop("themes", None)
                after.pop("themes", None)
            claim = other or one
            if claim is not None and before != after:
                yield ClaimChange(
                    how="changed" if before and after else "added" if after else "removed",
                    kind=thing.name,
                    session=node.id,
                    title=node.record.title,
                    id=claim.id,
                    file=node.source.path,
                    before=before,
                    after=after,
                )


def _paired(
    ours: Sequence[ClaimNode], theirs: Sequence[ClaimNode]
) -> Iterator[tuple[ClaimNode | None, ClaimNode | None]]:
    """What became of what: by id, or else by the text, of whose words an id may be made."""
    if ours == theirs:
        return
    left = {claim.id: claim for claim in ours}
    new: list[ClaimNode] = []
    for claim in theirs:
        if claim.id in left:
            yield left.pop(claim.id), claim
        else:
            new.append(claim)
    for claim in new:
        same = _most_alike(claim, [*left.values()]) if len(new) <= MOST_COMPARED else None
        yield left.pop(same.id) if same else None, claim
    for claim in left.values():
        yield claim, None


def _most_alike(claim: ClaimNode, others: Sequence[ClaimNode]) -> ClaimNode | None:
    found, best = None, ALIKE
    for other in others[:MOST_COMPARED]:
        like = SequenceMatcher(None, _start(other), _start(claim)).ratio()
        if like > best:
            found, best = other, like
    return found


def _start(claim: ClaimNode) -> str:
    return words_of(_said(claim))[:COMPARED]


def words_of(said: Mapping[str, Any]) -> str:
    """What a claim says, without all that is told about it."""
    return " ".join(str(said[name]) for name in ("value", "label", "title", "text") if name in said)


def _has_themes_of(claim: ClaimNode | None, session: SessionNode | None) -> bool:
    """Whether a claim has the themes of its session, or is not there."""
    return claim is None or session is None or getattr(claim, "themes", ()) == session.themes


def _said(claim: ClaimNode | None) -> dict[str, Any]:
    """All that a claim says, as plain data."""
    if claim is None:
        return {}
    every = {
        field.name: getattr(claim, field.name)
        for field in fields(claim)
        if field.name not in _LEFT_OUT
    }
    grounds: Grounds = claim.grounds
    every |= {"basis": grounds.basis, "from": grounds.report}
    ordered = {name: every[name] for name in (*_OWN, *every) if name in every}
    return {name: _plain(value) for name, value in ordered.items() if value not in (None, (), "")}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [*value]
    return value.isoformat() if isinstance(value, date) else value
