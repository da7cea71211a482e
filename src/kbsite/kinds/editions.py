"""Editions of one series of events: what each is called, and which of them can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from babel import Locale

from kbsite.catalog import EVENT
from kbsite.graph.nodes import EventNode, SessionNode
from kbsite.kinds import words
from kbsite.kinds.base import Ref, Views

# Sessions of an edition from which on a share says something: of fewer, one talk more moves it by
# over two points, which is more than most themes move from one edition to the next.
ENOUGH = 50
_PLACES = sorted(set(Locale("en").territories.values()), key=lambda name: (-len(name), name))


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One event of a family. `label` is what is left of its name where all are of that family.

    `sessions` are those that were not called off; `tracked` says that most of them tell their
    track. `fault` is why its shares are not compared with those of others, empty if they can be.
    """

    id: str
    ref: Ref
    label: str
    series: str
    sessions: tuple[str, ...]
    tracked: bool
    fault: str


@dataclass(frozen=True, slots=True)
class Family:
    """The editions of one conference wherever it was held, in order of time."""

    name: str
    editions: tuple[Edition, ...]

    @property
    def comparable(self) -> tuple[Edition, ...]:
        return tuple(each for each in self.editions if not each.fault)


def family_of(series: str) -> str:
    """What a series is called without the part of the world at its end.

    >>> family_of("Example Conf North America"), family_of("Example Conf"), family_of("Europe")
    ('Example Conf', 'Example Conf', 'Europe')
    """
    place = next((place for place in _PLACES if series.endswith(f" {place}")), "")
    return series.removesuffix(place).rstrip() or series


def families(views: Views, _: str = "") -> tuple[Family, ...]:
    """The families of all events that name their series, that with most to compare first."""
    held: dict[str, list[EventNode]] = {}
    for node in views.graph.events.values():
        if node.record.series and node.sessions:
            held.setdefault(family_of(node.record.series), []).append(node)
    found = (Family(name, _editions(views, nodes)) for name, nodes in held.items())
    return tuple(sorted(found, key=lambda f: (-len(f.comparable), -len(f.editions), f.name)))


def _editions(views: Views, nodes: Iterable[EventNode]) -> tuple[Edition, ...]:
    ordered = sorted(nodes, key=lambda node: (node.record.start, node.id))
    labels = _shortened([node.label for node in ordered])
    return tuple(_edition(views, node, label) for node, label in zip(ordered, labels, strict=True))


def _edition(views: Views, node: EventNode, label: str) -> Edition:
    own = [(id, views.graph.sessions[id]) for id in node.sessions]
    held = [(id, session) for id, session in own if not session.called_off]
    return Edition(
        id=node.id,
        ref=views.ref(EVENT, node.id),
        label=label,
        series=node.record.series or "",
        sessions=tuple(id for id, _ in held),
        tracked=2 * sum(bool(session.record.tracks) for _, session in held) >= len(held) > 0,
        fault=_fault([session for _, session in held]),
    )


def _fault(held: Sequence[SessionNode]) -> str:
    if not any(session.themes or session.suggested_themes for session in held):
        return "no session has a theme"
    return "" if len(held) >= ENOUGH else words.count(len(held), "session")


def _shortened(labels: Sequence[str]) -> list[str]:
    """Names without the words with which all of them begin.

    >>> _shortened(["Conf EU 2030", "Conf China 2031"]), _shortened(["Conf 1"])
    (['EU 2030', 'China 2031'], ['Conf 1'])
    """
    split = [label.split() for label in labels]
    together = takewhile(lambda words: len(set(words)) == 1, zip(*split, strict=False))
    shared = len(list(together)) if len(split) > 1 else 0
    short = [" ".join(each[shared:]) for each in split]
    return short if all(short) and len(set(short)) == len(short) else list(labels)
