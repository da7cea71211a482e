"""What was learned, under the talks that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kbsite.kinds import cards
from kbsite.kinds.base import Data, Views
from kbsite.kinds.evidence import Sum

PRINTED = 12  # learnings that a brief on paper holds at least, where there are so many


@dataclass(frozen=True, slots=True)
class Source:
    """A talk, and what was learned in it. One that is not `printed` has no room on paper."""

    talk: cards.SessionCard
    learnings: tuple[cards.LearningCard, ...]
    printed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings(Data):
    """Learnings by their talks, in the order given; in the hue of one theme, if they are of one.

    `evidence` is what stands above them.
    """

    macro: ClassVar = "findings"
    sources: tuple[Source, ...]
    evidence: Sum | None = None
    hue: int | None = None
    more: cards.More | None = None

    @property
    def unprinted(self) -> int:
        """How many learnings have no room on paper."""
        return sum(len(each.learnings) for each in self.sources if not each.printed)


def findings(
    views: Views,
    keys: Sequence[str],
    *,
    evidence: Sum | None = None,
    hue: int | None = None,
    more: cards.More | None = None,
) -> Findings:
    """The learnings of these keys; `evidence` is the sum of all, to whose others `more` leads."""
    return Findings(sources=tuple(_sources(views, keys)), evidence=evidence, hue=hue, more=more)


def by_talk(views: Views, keys: Iterable[str]) -> dict[str, list[str]]:
    """Sessions, each with the keys of its own learnings."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(views.graph.learnings[key].session, []).append(key)
    return found


def told(views: Views, keys: Iterable[str]) -> list[str]:
    """Those learnings that come from their talks, and are not what somebody concluded."""
    learnings = views.graph.learnings
    return [key for key in keys if learnings[key].grounds.basis != "inferred"]


def inferred_last(views: Views, keys: Iterable[str]) -> list[str]:
    """Learnings in their order, but those that somebody concluded after the others."""
    learnings = views.graph.learnings
    return sorted(keys, key=lambda key: learnings[key].grounds.basis == "inferred")


def _sources(views: Views, keys: Sequence[str]) -> Iterable[Source]:
    before = 0
    for session, own in by_talk(views, keys).items():
        yield Source(
            views.once(cards.session_card, session),
            cards.learning_cards(views, own),
            printed=before < PRINTED,
        )
        before += len(own)
