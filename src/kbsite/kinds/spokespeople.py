"""Who spoke for an organisation in which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from kbsite.catalog import ORGANISATION, PERSON
from kbsite.graph.nodes import NamedNode
from kbsite.graph.queries import most
from kbsite.kinds import cards, paging, words
from kbsite.kinds.base import Data, Page, Ref, View, Views

INLINE = 60  # people that the page of an organisation names; somebody counts in each year
PER_PAGE = 300  # likewise, on one page of the list of all


@dataclass(frozen=True, slots=True)
class Year:
    """Those who spoke in a year, most often first; `anchor` is unique on its page."""

    anchor: str
    title: str
    people: tuple[cards.Tally, ...]


@dataclass(frozen=True, slots=True)
class Spokespeople(Data):
    """Those of each year, newest first."""

    macro: ClassVar = "spokespeople"
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Foremost(Data):
    """Those who spoke most often, and the ways to those of each year and to all."""

    macro: ClassVar = "foremost"
    people: tuple[cards.Tally, ...]
    years: tuple[cards.Tally, ...]
    more: cards.More | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokespeopleView(View):
    total: str
    years: tuple[cards.Tally, ...]
    groups: tuple[Year, ...]
    slice: paging.Slice


Spoke = tuple[int, str, int]  # a year, a person, and how often they spoke in it


def shown(views: Views, node: NamedNode) -> Spokespeople | Foremost:
    """What the organisation's own page says of them."""
    spoke = _spoke(views, node)
    if len(spoke) <= INLINE:
        return Spokespeople(_years(views, spoke))
    often: Counter[str] = Counter()
    for _, person, number in spoke:
        often[person] += number
    return Foremost(
        tuple(cards.Tally(views.ref(PERSON, id), n) for id, n in most(often.elements(), INLINE)),
        _places(spoke, list(_cut(node, spoke))),
        cards.More(len(often), "person", _address(node)),
    )


def pages(views: Views, node: NamedNode, index: Ref) -> Iterator[Page]:
    """The list of all, year by year, if the organisation's own page does not have it."""
    spoke = _spoke(views, node)
    if len(spoke) <= INLINE:
        return
    slices = list(_cut(node, spoke))
    total = words.count(len({person for _, person, _ in spoke}), "person", "people")
    for path, slice in slices:
        yield Page(
            kind=ORGANISATION.name,
            path=path,
            title=slice.of(f"People: {node.name}"),
            describe=partial(
                str,
                slice.of(f"{total} who spoke for {node.name}, year by year, newest first") + ".",
            ),
            template="spokespeople.html",
            searchable=False,
            view=partial(_view, views, total, spoke, _places(spoke, slices), slice),
            tab=index.path,
            trail=(index, views.ref(ORGANISATION, node.id)),
        )


def _address(node: NamedNode) -> str:
    return f"{ORGANISATION.path(node.id)}people/"


def _cut(node: NamedNode, spoke: list[Spoke]) -> Iterator[tuple[str, paging.Slice]]:
    years = Counter(year for year, _, _ in spoke)
    sizes = paging.packed(years.values(), PER_PAGE)
    return paging.parted(sizes, _address(node), _address(node))


def _spoke(views: Views, node: NamedNode) -> list[Spoke]:
    """Who spoke for it, newest year first, and in a year most often first."""
    years: dict[int, list[str]] = {}
    for id in node.sessions:
        session = views.graph.sessions[id]
        year = views.graph.events[session.event].record.start.year
        own = dict.fromkeys(a.person for a in session.appearances if a.organisation == node.id)
        years.setdefault(year, []).extend(own)
    return [
        (year, person, number)
        for year, people in years.items()
        for person, number in most(people, len(people))
    ]


def _years(views: Views, spoke: list[Spoke]) -> tuple[Year, ...]:
    held: dict[int, list[cards.Tally]] = {}
    for year, person, number in spoke:
        held.setdefault(year, []).append(cards.Tally(views.ref(PERSON, person), number))
    return tuple(Year(_anchor(year), str(year), tuple(people)) for year, people in held.items())


def _anchor(year: int) -> str:
    return f"people-{year}"


def _places(spoke: list[Spoke], slices: list[tuple[str, paging.Slice]]) -> tuple[cards.Tally, ...]:
    """Each year with the number of its people, and where in the list of all they begin."""
    numbers = Counter(year for year, _, _ in spoke)
    places: dict[int, str] = {}
    for path, slice in slices:
        for year, _, _ in spoke[slice.start : slice.end]:
            places.setdefault(year, f"{path}#{_anchor(year)}")
    return tuple(cards.Tally(Ref(str(year), places[year]), numbers[year]) for year in places)


def _view(
    views: Views,
    total: str,
    spoke: list[Spoke],
    years: tuple[cards.Tally, ...],
    slice: paging.Slice,
) -> SpokespeopleView:
    groups = _years(views, spoke[slice.start : slice.end])
    return SpokespeopleView(total=total, years=years, groups=groups, slice=slice)
