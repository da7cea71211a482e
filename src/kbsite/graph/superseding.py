"""Which learning supersedes which, across sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kbsite import cures
from kbsite.catalog import LEARNING, SESSION
from kbsite.errors import Problem
from kbsite.graph.former import renewed
from kbsite.graph.naming import Report
from kbsite.graph.nodes import SessionNode
from kbsite.graph.relinking import instead
from kbsite.graph.target import Unresolved
from kbsite.graph.targets import Targets
from kbsite.sources import Path, Source

MOST = 5  # learnings of a circle that may be the newest


@dataclass(frozen=True, slots=True)
class _Claim:
    """A learning that says what it is superseded by, and where it says so."""

    older: str
    newer: str
    source: Source
    path: Path


def with_superseding(
    sessions: Mapping[str, SessionNode], targets: Targets, report: Report
) -> dict[str, SessionNode]:
    """The sessions with each learning knowing what supersedes it and what it supersedes.

    KB204 and KB205 where that cannot be, KB228 where a session is named by an id that it had.
    """
    claims: dict[str, _Claim] = {}
    for said in (_renewed(each, targets, report) for each in _claims(sessions)):
        wrong = _why_not(said, targets)
        if wrong is None:
            claims[said.older] = said
        elif not wrong.silent:
            here = said.older.partition("#")[0]
            keys = tuple(key.removeprefix(here) for key in wrong.instead)
            hint = f"write {' or '.join(keys)}" if keys else wrong.hint
            wrong = replace(wrong, instead=keys, hint=hint)
            mended = instead(said.source, said.path, wrong) or cures.removing(
                said.source, said.path
            )
            if not wrong.instead and "remove" not in wrong.hint:
                wrong = replace(wrong, hint=f"{wrong.hint}; or remove it")
            report(said.source.problem("KB204", said.path, wrong.message, wrong.hint, cures=mended))
    for problem in _loops(claims):
        report(problem)
    return _noted(sessions, {older: said.newer for older, said in claims.items()})


def _claims(sessions: Mapping[str, SessionNode]) -> Iterator[_Claim]:
    for own, node in sessions.items():
        for at, learning in enumerate(node.record.learnings):
            newer = learning.superseded_by
            if newer is not None:
                key = own + newer if newer.startswith("#") else newer
                path: Path = ("learnings", at, "superseded_by")
                yield _Claim(f"{own}#{learning.id}", key, node.source, path)


def _renewed(said: _Claim, targets: Targets, report: Report) -> _Claim:
    """What is said, by the present id of a session that had another one before."""
    why = renewed(targets.redirects, LEARNING, said.newer)
    if why is None or targets.learning(*why.instead[0].split("#")) is None:
        return said
    mended = instead(said.source, said.path, why)
    report(said.source.problem(why.code, said.path, why.message, why.hint, cures=mended))
    return replace(said, newer=why.instead[0])


def _why_not(said: _Claim, targets: Targets) -> Unresolved | None:
    session, _, learning = said.newer.partition("#")
    session = targets.redirects[SESSION.name].get(session, session)
    if session not in targets.sessions:
        why = targets.why_no_session(session, said.source.path)
        keys = [f"{own}#{learning}" for own in why.instead if targets.learning(own, learning)]
        return replace(why, instead=tuple(keys), certain=False)
    if targets.learning(session, learning) is None:
        return targets.why_no_learning(session, learning)
    return None


def _loops(claims: Mapping[str, _Claim]) -> Iterator[Problem]:
    """KB205, once for each circle, at the learning that comes first in it."""
    done: set[str] = set()
    for beginning in claims:
        way: dict[str, None] = {}
        key = beginning
        while key in claims and key not in done and key not in way:
            way[key] = None
            key = claims[key].newer
        done.update(way)
        if key in way:
            keys = list(way)
            circle = keys[keys.index(key) :]
            first = claims[circle[0]]
            yield first.source.problem(
                "KB205",
                first.path,
                "this learning supersedes itself: " + " → ".join([*circle, circle[0]]),
                "remove `superseded_by` from the newest of them",
                cures=[
                    cure
                    for key in circle[:MOST]
                    for cure in cures.removing(
                        claims[key].source, claims[key].path, f"'{key}' is the newest"
                    )
                ],
            )


def _noted(
    sessions: Mapping[str, SessionNode], superseded: Mapping[str, str]
) -> dict[str, SessionNode]:
    older: dict[str, list[str]] = {}
    for key, newer in superseded.items():
        older.setdefault(newer, []).append(key)
    out = dict(sessions)
    for own in {key.partition("#")[0] for key in (*superseded, *older)}:
        out[own] = replace(
            out[own],
            learnings=tuple(
                replace(
                    learning,
                    superseded_by=superseded.get(learning.key),
                    supersedes=tuple(older.get(learning.key, ())),
                )
                for learning in out[own].learnings
            ),
        )
    return out
