"""What lists of people say of each: their name by its family's, for whom they spoke, about what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kbsite.catalog import PERSON
from kbsite.graph.nodes import NamedNode
from kbsite.graph.queries import most
from kbsite.kinds import alphabet, cards
from kbsite.kinds.base import Data, Ref, Views

THEMES = 2  # that a list names of each


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A person in a list; `before`, `family` and `after` make up the name as it is written.

    The organisation is the latest, and the themes those of most of their sessions.
    """

    ref: Ref
    before: str
    family: str
    after: str
    number: int
    organisation: Ref | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory(Data):
    macro: ClassVar = "directory"
    entries: tuple[Entry, ...]


def _show(views: Views, nodes: Sequence[NamedNode]) -> Directory:
    return Directory(tuple(views.once(entry, node.id) for node in nodes))


LISTING = alphabet.Listing(
    show=_show,
    by="family name",
    note="The family name is taken to be the last word of a name, with “van”, “de” and their like "
    "before it; a name in Chinese, Japanese or Korean script begins with it. Where that is wrong, "
    "the person’s page can say what it is.",
)


def entry(views: Views, id: str) -> Entry:
    node = views.graph.people[id]
    family = node.sort.partition(",")[0]
    before, found, after = node.name.rpartition(family)
    own = (
        appearance
        for session in node.sessions
        for appearance in views.graph.sessions[session].appearances
        if appearance.person == id and appearance.organisation
    )
    latest = next(own, None)
    themes = most(cards.themes_in(views, node.sessions), THEMES)
    return Entry(
        ref=views.ref(PERSON, id),
        before=before,
        family=found,
        after=after,
        number=len(node.sessions),
        organisation=cards.affiliation_ref(latest) if latest else None,
        themes=tuple(views.graph.themes[theme].label for theme, _ in themes),
    )
