"""The index of people, organisations or projects: by letter, on one page while it is short.

It is in the order of what they are listed by, as romanised: that decides the letter too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kbsite import slugs
from kbsite.catalog import Thing
from kbsite.graph.nodes import NamedNode
from kbsite.kinds import paging, words
from kbsite.kinds.base import Data, Page, Part, Ref, View, Views, part
from kbsite.kinds.cards import Tally
from kbsite.kinds.parts import Tallies

ON_INDEX = 300  # names that an index shows on one page before it is cut by letter
PER_PAGE = 200  # names on one page of a letter
FOREMOST = 24  # names that an index shows first, with most sessions

Letters = Mapping[str, Sequence[NamedNode]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """How things are listed: what a page shows of some of them, by what they are in order, and how
    that is told where it needs words.
    """

    show: Callable[[Views, Sequence[NamedNode]], Data]
    by: str = "name"
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter with the address of its names, and how many there are where that is shown."""

    ref: Ref
    number: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NameIndexView(View):
    lead: str
    total: str
    note: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameListView(View):
    letters: tuple[Letter, ...]
    here: str
    listed: Data
    slice: paging.Slice


def tallies(thing: Thing) -> Listing:
    """Names with the numbers of their sessions."""

    def show(views: Views, nodes: Sequence[NamedNode]) -> Data:
        shown = (Tally(views.ref(thing, node.id), len(node.sessions)) for node in nodes)
        return Tallies(tuple(shown))

    return Listing(show=show)


def pages(
    views: Views,
    thing: Thing,
    title: str,
    lead: str,
    nodes: Mapping[str, NamedNode],
    listing: Listing,
) -> Iterator[Page]:
    letters: dict[str, list[NamedNode]] = {}
    for node in sorted(nodes.values(), key=_order):
        letters.setdefault(letter(node), []).append(node)
    ordered = {key: letters[key] for key in sorted(letters)}
    total = words.count(len(nodes), thing.name, thing.plural)
    yield Page(
        kind=thing.name,
        path=thing.index,
        title=title,
        describe=partial(words.described, lead, f"{total}, by letter."),
        template="name_index.html",
        searchable=False,
        view=partial(_index, views, thing, lead, total, ordered, listing),
        tab=thing.index,
    )
    if len(nodes) <= ON_INDEX:
        return
    for key, held in ordered.items():
        here = _address(thing, key)
        for path, slice in paging.cut(len(held), here, here, PER_PAGE):
            yield Page(
                kind=thing.name,
                path=path,
                title=slice.of(f"{title}: {shown(key)}"),
                describe=partial(_description, lead, key, slice, listing),
                template="name_list.html",
                searchable=False,
                view=partial(_list, views, thing, ordered, key, slice, listing),
                tab=thing.index,
                trail=(Ref(title, thing.index),),
            )


def _description(lead: str, key: str, slice: paging.Slice, listing: Listing) -> str:
    return slice.of(f"{lead} Those whose {listing.by} begins with {shown(key)}") + "."


def _order(node: NamedNode) -> tuple[str, str, str]:
    return slugs.slug(node.sort) or node.id, slugs.fold(node.sort), node.id


def letter(node: NamedNode) -> str:
    """The letter under which a name is listed, "0" for digits."""
    first = (slugs.slug(node.sort) or node.id)[0]
    return first if first.isalpha() else "0"


def shown(key: str) -> str:
    return "0–9" if key == "0" else key.upper()


def _address(thing: Thing, key: str) -> str:
    return f"{thing.index}by/{key}/"


def _index(
    views: Views, thing: Thing, lead: str, total: str, letters: Letters, listing: Listing
) -> NameIndexView:
    nodes = [node for held in letters.values() for node in held]
    small = len(nodes) <= ON_INDEX
    ranked = sorted(nodes, key=lambda node: (-len(node.sessions), node.id))
    foremost = [node for node in ranked[:FOREMOST] if len(node.sessions) > 1]
    by_letter = letters if small else {}
    return NameIndexView(
        lead=lead,
        total=total,
        note=listing.note,
        letters=tuple(
            Letter(
                ref=Ref(shown(key), _place(thing, key) if small else _address(thing, key)),
                number=len(held),
            )
            for key, held in letters.items()
        ),
        parts=(
            *part("most-present", "Most present", listing.show(views, foremost), when=foremost),
            *(
                Part(_anchor(key), shown(key), listing.show(views, held))
                for key, held in by_letter.items()
            ),
        ),
    )


def _place(thing: Thing, key: str) -> str:
    """Where a letter is on the index itself."""
    return f"{thing.index}#{_anchor(key)}"


def _anchor(key: str) -> str:
    return f"letter-{key}"


def _list(
    views: Views, thing: Thing, letters: Letters, key: str, slice: paging.Slice, listing: Listing
) -> NameListView:
    return NameListView(
        letters=tuple(Letter(ref=Ref(shown(each), _address(thing, each))) for each in letters),
        here=_address(thing, key),
        listed=listing.show(views, letters[key][slice.start : slice.end]),
        slice=slice,
    )
