"""Which recordings to begin with on a theme, and why these.

Five queues are asked in turn, and nobody is heard twice: the talks of which most was written down,
keynotes, titles that name the theme, what was told first hand, and all; each with its newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kbsite.catalog import THEME
from kbsite.graph.nodes import SessionNode, ThemeNode
from kbsite.graph.recordings import Recording
from kbsite.kinds import cards, findings, videos, words
from kbsite.kinds.base import Data, Ref, Views
from kbsite.wording import all_of

NUMBER = 5
ASIDE = ("bof", "contribfest", "meeting", "other", "poster")  # kinds that are no talks


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a talk is there, in words or by the themes of what was told first hand."""

    words: str = ""
    first_hand: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A talk to watch: where its recording begins, and what sets it apart from the others."""

    talk: cards.SessionCard
    url: str
    why: Reason | None


@dataclass(frozen=True, slots=True)
class ToWatch(Data):
    """`rule` says how several were chosen."""

    macro: ClassVar = "to_watch"
    picks: tuple[Pick, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Talks in a row: what they are as a whole, and why one of them is there."""

    name: str
    talks: Sequence[SessionNode]
    why: Callable[[SessionNode], Reason]


def to_watch(views: Views, theme: ThemeNode) -> ToWatch:
    graph = views.graph
    told = findings.told(views, theme.learnings)
    taught = {id: len(own) for id, own in findings.by_talk(views, told).items()}
    first_hand = {id for id, each in graph.themes.items() if each.record.first_hand} - {theme.id}
    ids = dict.fromkeys((*theme.sessions, *taught))
    recorded = {id: video for id in ids if (video := _video(graph.sessions[id]))}
    nodes = (graph.sessions[id] for id in recorded)
    newest = sorted(nodes, key=lambda node: _day(views, node), reverse=True)

    def learned(node: SessionNode) -> Reason:
        return Reason(f"{words.count(taught[node.id], 'learning')} written down")

    def told_in(node: SessionNode) -> Reason:
        themes = (id for id in node.themes if id in first_hand)
        return Reason(first_hand=tuple(views.ref(THEME, id) for id in themes))

    def recent(node: SessionNode) -> Reason:
        return Reason("the newest recording" if node is newest[0] else "among the newest")

    telling = (
        Queue(
            "the talks of which most was written down",
            sorted((n for n in newest if n.id in taught), key=lambda n: -taught[n.id]),
            learned,
        ),
        Queue(
            "keynotes",
            [n for n in newest if n.record.kind == "keynote"],
            lambda _: Reason("a keynote"),
        ),
        Queue(
            "titles that name the theme",
            [n for n in newest if theme.id in n.title_themes],
            lambda _: Reason("its title names the theme"),
        ),
        Queue(
            "what was told first hand",
            [n for n in newest if not first_hand.isdisjoint(n.themes)],
            told_in,
        ),
    )
    chosen = _in_turn((*telling, Queue("the newest", newest, recent)))
    reasons = [
        [each.why(node) for each in (*telling, source) if each is source or node in each.talks]
        for node, source in chosen
    ]

    def telling_of(own: list[Reason]) -> Reason | None:
        """The first that does not hold for all."""
        alone = len(reasons) == 1
        return next((r for r in own if alone or not all(r in each for each in reasons)), None)

    return ToWatch(
        tuple(
            Pick(
                views.once(cards.session_card, node.id),
                videos.beginning(recorded[node.id]),
                telling_of(own),
            )
            for (node, _), own in zip(chosen, reasons, strict=True)
        ),
        _rule([source.name for _, source in chosen]),
    )


def _rule(sources: Sequence[str]) -> str:
    """How talks were chosen, by where each of them is from."""
    if len(sources) < 2:
        return ""
    names = list(dict.fromkeys(sources))
    turn = " in turn" if len(names) > 1 else ""
    return f"Recordings, chosen{turn} from {all_of(names)}; nobody is heard twice."


def _video(node: SessionNode) -> Recording | None:
    """The recording of a talk that took place, if there is one."""
    is_talk = node.record.kind not in ASIDE or node.learnings
    return videos.recording(node) if is_talk and node.record.status == "held" else None


def _day(views: Views, node: SessionNode) -> date:
    return node.day or views.graph.events[node.event].record.start


def _in_turn(queues: Sequence[Queue]) -> list[tuple[SessionNode, Queue]]:
    """One of each queue after the other, until there are enough or the queues are at their ends."""
    picked: list[tuple[SessionNode, Queue]] = []
    heard: set[str] = set()
    waiting = [(queue, iter(queue.talks)) for queue in queues]
    while waiting and len(picked) < NUMBER:
        queue, talks = waiting.pop(0)
        for node in talks:
            people = {appearance.person for appearance in node.appearances}
            if heard.isdisjoint(people) and all(node is not other for other, _ in picked):
                picked.append((node, queue))
                heard |= people
                waiting.append((queue, talks))
                break
    return picked
