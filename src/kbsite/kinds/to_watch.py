"""Which recordings to begin with on a theme, and why these.

Five queues are asked in turn, and nobody is heard twice: the talks of which most was written down,
keynotes, titles that name the theme, what was told first hand, and all; each with its newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kbsite.catalog import THEME
from kbsite.graph.nodes import SessionNode, ThemeNode
from kbsite.graph.recordings import Recording
from kbsite.kinds import cards, findings, videos, words
from kbsite.kinds.base import Data, Ref, Views

NUMBER = 5
ASIDE = ("bof", "contribfest", "meeting", "other", "poster")  # kinds that are no talks


@dataclass(frozen=True, slots=True)
class Pick:
    """A talk to watch: where its recording begins, and the reasons in words.

    `first_hand` are the themes that say so.
    """

    talk: cards.SessionCard
    url: str
    why: tuple[str, ...]
    first_hand: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ToWatch(Data):
    macro: ClassVar = "to_watch"
    picks: tuple[Pick, ...]


def to_watch(views: Views, theme: ThemeNode) -> ToWatch:
    graph = views.graph
    told = findings.told(views, theme.learnings)
    taught = {id: len(own) for id, own in findings.by_talk(views, told).items()}
    first_hand = {id for id, each in graph.themes.items() if each.record.first_hand} - {theme.id}
    ids = dict.fromkeys((*theme.sessions, *taught))
    recorded = {id: video for id in ids if (video := _video(graph.sessions[id]))}
    nodes = (graph.sessions[id] for id in recorded)
    newest = sorted(nodes, key=lambda node: _day(views, node), reverse=True)
    queues = (
        sorted((n for n in newest if n.id in taught), key=lambda n: -taught[n.id]),
        [n for n in newest if n.record.kind == "keynote"],
        [n for n in newest if theme.id in n.title_themes],
        [n for n in newest if not first_hand.isdisjoint(n.themes)],
        newest,
    )

    def why(node: SessionNode) -> Iterator[str]:
        if node.id in taught:
            yield f"{words.count(taught[node.id], 'learning')} written down"
        if node.record.kind == "keynote":
            yield "a keynote"
        if theme.id in node.title_themes:
            yield "its title names the theme"
        if node is newest[0]:
            yield "the newest recording"

    def pick(node: SessionNode) -> Pick:
        told = tuple(views.ref(THEME, id) for id in node.themes if id in first_hand)
        reasons = tuple(why(node))
        return Pick(
            views.once(cards.session_card, node.id),
            videos.beginning(recorded[node.id]),
            reasons if reasons or told else ("among the newest",),
            told,
        )

    return ToWatch(tuple(map(pick, _in_turn(queues))))


def _video(node: SessionNode) -> Recording | None:
    """The recording of a talk that took place, if there is one."""
    is_talk = node.record.kind not in ASIDE or node.learnings
    return videos.recording(node) if is_talk and node.record.status == "held" else None


def _day(views: Views, node: SessionNode) -> date:
    return node.day or views.graph.events[node.event].record.start


def _in_turn(queues: Iterable[Iterable[SessionNode]]) -> list[SessionNode]:
    """One of each queue after the other, until there are enough or the queues are at their ends."""
    picked: list[SessionNode] = []
    heard: set[str] = set()
    waiting = [iter(queue) for queue in queues]
    while waiting and len(picked) < NUMBER:
        queue = waiting.pop(0)
        for node in queue:
            people = {appearance.person for appearance in node.appearances}
            if heard.isdisjoint(people) and all(node is not other for other in picked):
                picked.append(node)
                heard |= people
                waiting.append(queue)
                break
    return picked
