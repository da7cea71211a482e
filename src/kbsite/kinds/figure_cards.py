"""Cards of the figures that sessions gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from kbsite.catalog import FIGURE, SESSION
from kbsite.graph.nodes import FigureNode
from kbsite.kinds.base import Ref, Views
from kbsite.kinds.evidence import Evidence, evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureCard:
    """`note` is Markdown."""

    ref: Ref
    id: str
    value: str
    label: str
    brief: str
    note: str | None
    session: Ref
    evidence: Evidence


def figure_card(views: Views, node: FigureNode) -> FigureCard:
    return FigureCard(
        ref=Ref("Link to this figure", FIGURE.path(node.key)),
        id=node.id,
        value=node.value,
        label=node.label,
        brief=f"{node.value} {node.label}",
        note=node.note,
        session=views.ref(SESSION, node.session),
        evidence=evidence(views, node, node.by),
    )


def figures_of(views: Views, sessions: Iterable[str], limit: int) -> tuple[FigureCard, ...]:
    """The figures that some sessions gave, each with its session."""
    given = (
        figure_card(views, figure) for id in sessions for figure in views.graph.sessions[id].figures
    )
    return tuple(islice(given, limit))
