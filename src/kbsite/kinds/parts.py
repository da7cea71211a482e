"""What the parts of pages show: frozen values, each with the macro of _parts.html that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from kbsite.graph.nodes import Mention
from kbsite.kinds.base import Data, Ref
from kbsite.kinds.cards import (
    AnnouncementCard,
    LearningCard,
    More,
    OfEvent,
    QuoteCard,
    Tally,
    ThemeRef,
)
from kbsite.kinds.figure_cards import FigureCard

MENTIONS = 40  # places that "Mentioned in" lists at most


@dataclass(frozen=True, slots=True)
class Prose(Data):
    """Markdown, in the language that `lang` names, if it does."""

    macro: ClassVar = "prose"
    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Learnings(Data):
    macro: ClassVar = "learnings"
    cards: tuple[LearningCard, ...]


@dataclass(frozen=True, slots=True)
class Figures(Data):
    """Figures, each with its session unless that is whose page it is."""

    macro: ClassVar = "figures"
    cards: tuple[FigureCard, ...]
    in_session: bool = True


@dataclass(frozen=True, slots=True)
class Quotes(Data):
    """Quotes, likewise."""

    macro: ClassVar = "quotes"
    cards: tuple[QuoteCard, ...]
    in_session: bool = True


@dataclass(frozen=True, slots=True)
class Announcements(Data):
    """Announcements, likewise."""

    macro: ClassVar = "announcements"
    cards: tuple[AnnouncementCard, ...]
    in_session: bool = True


@dataclass(frozen=True, slots=True)
class Sessions(Data):
    """Sessions under their events, newest first, or the first of them.

    Where these are not all, `years` lead into the list of all.
    """

    macro: ClassVar = "sessions"
    groups: tuple[OfEvent, ...]
    years: tuple[Tally, ...]
    more: More | None


@dataclass(frozen=True, slots=True)
class Tallies(Data):
    macro: ClassVar = "tallies"
    entries: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Neighbours(Data):
    """The themes that a theme meets."""

    macro: ClassVar = "neighbours"
    themes: tuple[ThemeRef, ...]


@dataclass(frozen=True, slots=True)
class Mentions(Data):
    """The places whose texts link to something."""

    macro: ClassVar = "mentions"
    refs: tuple[Ref, ...]


def refs(found: Iterable[Mention]) -> tuple[Ref, ...]:
    return tuple(Ref(mention.title, mention.path) for mention in found)
