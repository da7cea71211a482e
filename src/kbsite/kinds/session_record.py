"""What a session's page says of its record: how to add to it, to cite it, and who stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kbsite.catalog import SESSION
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import citing, session_facts, videos, words
from kbsite.kinds.base import Data, Views


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation(Data):
    """An invitation to write down what was learned in a session.

    `to_come` is when it will be over, in ISO 8601; empty where that is not known. `file` is its
    record, `contribute` a page that says how to write one.
    """

    macro: ClassVar = "invitation"
    title: str
    path: str
    recorded: bool
    to_come: str
    contribute: str | None
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class About(Data):
    """How to share and cite a session, and who stands for its record."""

    macro: ClassVar = "about"
    title: str
    path: str
    citation: citing.Citation
    contributed_by: str | None
    ai_assisted: bool
    reviewed: str | None
    file: str


def invitation(views: Views, node: SessionNode) -> Invitation:
    return Invitation(
        title=node.record.title,
        path=SESSION.path(node.id),
        recorded=videos.recording(node) is not None,
        to_come=session_facts.over(node),
        contribute="contribute/" if "contribute.md" in views.graph.pages else None,
        file=node.source.path,
    )


def about(views: Views, node: SessionNode) -> About:
    provenance = node.record.provenance
    return About(
        title=node.record.title,
        path=SESSION.path(node.id),
        citation=citing.cite(views.graph, node),
        contributed_by=provenance.contributed_by,
        ai_assisted=provenance.ai_assisted,
        reviewed=words.short_day(provenance.reviewed) if provenance.reviewed else None,
        file=node.source.path,
    )
