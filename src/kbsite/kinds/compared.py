"""What two editions of a conference have in common and what not: what the pages of pairs show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from kbsite.catalog import EVENT, ORGANISATION, PERSON, PROJECT, THEME, Thing
from kbsite.kinds import cards, explore, trends, videos
from kbsite.kinds.bars import Layer
from kbsite.kinds.base import Data, Ref, Views
from kbsite.kinds.editions import Edition, Family, families

THEMES = 12  # that rose, and that fell
NAMES = 30  # projects, organisations and people of one list
ROOM = 150  # how wide the picture of a change is


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Facts(Data):
    """How much there was at two editions."""

    macro: ClassVar = "compared_facts"
    before: Ref
    after: Ref
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A share in words, of how many of all sessions it is, and where these are listed."""

    share: str
    number: int
    total: int
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A theme at two editions; `points` are hundredths of the sessions. `x` are in the picture."""

    ref: cards.ThemeRef
    before: Part
    after: Part
    points: str
    x_before: float
    x_after: float


@dataclass(frozen=True, slots=True)
class Changes(Data):
    """The themes that changed most, largest change first; `unlisted` more changed less.

    `tracked` says that what only tracks say is counted, as it is known of both.
    """

    macro: ClassVar = "compared_themes"
    before: str
    after: str
    rose: tuple[Change, ...]
    fell: tuple[Change, ...]
    unlisted: int
    tracked: bool
    session: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Names(Data):
    """The things of one kind in the later of two editions: those that were in no earlier edition
    of the conference, and those that were in an earlier one and not in the one it is compared with.
    """

    macro: ClassVar = "compared_names"
    nouns: str
    verb: str
    before: str
    after: str
    first: str
    new: tuple[cards.Tally, ...]
    more_new: int
    again: tuple[cards.Tally, ...]
    more_again: int


@dataclass(frozen=True, slots=True)
class Returned(Data):
    """People who spoke at both editions, those with most sessions first; `total` at the later."""

    macro: ClassVar = "compared_people"
    before: str
    after: str
    number: int
    total: int
    people: tuple[cards.Tally, ...]
    more: int


class Held(NamedTuple):
    """What the sessions of one edition have, each with the number of sessions."""

    people: Counter[str]
    organisations: Counter[str]
    projects: Counter[str]
    themes: Counter[tuple[str, Layer]]
    recorded: int
    attributed: int


def held(views: Views, event: str) -> Held:
    edition = views.once(_editions, "")[event]
    sessions = [views.graph.sessions[id] for id in edition.sessions]
    return Held(
        Counter(person for s in sessions for person in {a.person for a in s.appearances}),
        Counter(cards.organisations_in(views, edition.sessions)),
        Counter(project for s in sessions for project in s.projects),
        Counter(layer for s in sessions for layer in trends.layers(s).items()),
        sum(videos.recording(s) is not None for s in sessions),
        sum(bool(s.appearances) for s in sessions),
    )


def _editions(views: Views, _: str) -> Mapping[str, Edition]:
    return {each.id: each for family in views.once(families, "") for each in family.editions}


def _of(found: Held, thing: Thing) -> Counter[str]:
    return found.projects if thing is PROJECT else found.organisations


def _first(views: Views, _: str) -> Mapping[tuple[str, str, str], str]:
    """The edition of a family at which each project and organisation is for the first time."""
    out: dict[tuple[str, str, str], str] = {}
    for family in views.once(families, ""):
        for edition in family.editions:
            for thing in (PROJECT, ORGANISATION):
                for id in _of(views.once(held, edition.id), thing):
                    out.setdefault((family.name, thing.name, id), edition.id)
    return out


def facts(views: Views, before: Edition, after: Edition) -> Facts:
    one, two = views.once(held, before.id), views.once(held, after.id)
    rows = (
        ("Sessions", len(before.sessions), len(after.sessions)),
        ("Sessions with a recording", one.recorded, two.recorded),
        ("Sessions whose speakers are known", one.attributed, two.attributed),
        ("People who spoke", len(one.people), len(two.people)),
        ("Organisations they came from", len(one.organisations), len(two.organisations)),
        ("Projects that sessions were about", len(one.projects), len(two.projects)),
    )
    return Facts(
        Ref(before.label, before.ref.path),
        Ref(after.label, after.ref.path),
        tuple(Fact(text, f"{a:,}", f"{b:,}") for text, a, b in rows),
    )


def changes(views: Views, before: Edition, after: Edition) -> Changes:
    one, two = views.once(held, before.id).themes, views.once(held, after.id).themes
    tracked = before.tracked and after.tracked
    sizes = len(before.sessions), len(after.sessions)

    def counted(found: Counter[tuple[str, Layer]], id: str) -> int:
        return found[id, "named"] + (found[id, "track"] if tracked else 0)

    both = {id: (counted(one, id), counted(two, id)) for id in views.graph.themes}
    shares = {id: (100 * a / sizes[0], 100 * b / sizes[1]) for id, (a, b) in both.items()}
    most = max((share for pair in shares.values() for share in pair), default=0) or 1
    moved = {id: b - a for id, (a, b) in shares.items() if round(b - a, 1)}

    def change(id: str) -> Change:
        numbers, own = both[id], shares[id]
        parts = (
            Part(
                trends.percent(number, size),
                number,
                size,
                explore.address((EVENT.noun, edition.id), (THEME.noun, id), explore.CONFIRMED),
            )
            for number, size, edition in zip(numbers, sizes, (before, after), strict=True)
        )
        return Change(
            ref=views.once(cards.theme_ref, id),
            before=next(parts),
            after=next(parts),
            points=f"{moved[id]:+.1f}".replace("-", "\N{MINUS SIGN}"),
            x_before=round(6 + (ROOM - 12) * own[0] / most, 1),
            x_after=round(6 + (ROOM - 12) * own[1] / most, 1),
        )

    rose = sorted((id for id in moved if moved[id] > 0), key=lambda own: (-moved[own], own))
    fell = sorted((id for id in moved if moved[id] < 0), key=lambda own: (moved[own], own))
    shown = (tuple(map(change, rose[:THEMES])), tuple(map(change, fell[:THEMES])))
    return Changes(
        before.label,
        after.label,
        *shown,
        len(moved) - sum(map(len, shown)),
        tracked,
        (f"{100 / sizes[0]:.1f}", f"{100 / sizes[1]:.1f}"),
    )


def names(views: Views, thing: Thing, family: Family, before: Edition, after: Edition) -> Names:
    one, two = (_of(views.once(held, each.id), thing) for each in (before, after))
    first = views.once(_first, "")
    new = [id for id in two if first[family.name, thing.name, id] == after.id]
    again = [id for id in two if id not in one and first[family.name, thing.name, id] != after.id]
    return Names(
        thing.nouns,
        "came up" if thing is PROJECT else "sent a speaker",
        before.label,
        after.label,
        family.editions[0].label,
        _tallies(views, thing, two, new),
        max(0, len(new) - NAMES),
        _tallies(views, thing, two, again),
        max(0, len(again) - NAMES),
    )


def returned(views: Views, before: Edition, after: Edition) -> Returned:
    one, two = (views.once(held, each.id).people for each in (before, after))
    both = Counter({id: one[id] + two[id] for id in two if id in one})
    return Returned(
        before.label,
        after.label,
        len(both),
        len(two),
        _tallies(views, PERSON, both, both),
        max(0, len(both) - NAMES),
    )


def _tallies(
    views: Views, thing: Thing, numbers: Counter[str], ids: Iterable[str]
) -> tuple[cards.Tally, ...]:
    return cards.tallied(views, thing, Counter({id: numbers[id] for id in ids}), NAMES)
