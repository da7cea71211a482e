"""Pages that list the sessions of something that has too many for its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kbsite.kinds import cards, paging, parts, words
from kbsite.kinds.base import Page, Ref, View, Views

INLINE = 60  # sessions that a page of something shows by itself
SUGGESTED = 20  # and of those for which it is only suggested


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionListView(View):
    total: int
    groups: tuple[cards.OfEvent, ...]
    years: tuple[cards.Tally, ...]
    slice: paging.Slice


def address(owner: str) -> str:
    """Where the list of all sessions of what is at `owner` begins."""
    return f"{owner}sessions/"


def suggested_address(owner: str) -> str:
    """Where the list of all sessions begins for which what is at `owner` is only suggested."""
    return f"{owner}suggested/"


def places(views: Views, ids: Sequence[str], owner: str) -> dict[str, str]:
    """For each event of some sessions the address at which they begin in the list of `owner`."""
    if len(ids) > INLINE:
        return _begins(views, ids, address(owner))
    events = dict.fromkeys(views.graph.sessions[id].event for id in ids)
    alone = len(events) == 1  # and so without a heading
    return {e: f"{owner}#{'sessions' if alone else cards.event_anchor(e)}" for e in events}


def suggested_places(views: Views, ids: Sequence[str], owner: str) -> dict[str, str]:
    """Likewise for those for which it is only suggested."""
    if len(ids) > SUGGESTED:
        return _begins(views, ids, suggested_address(owner))
    return {views.graph.sessions[id].event: f"{owner}#suggested-sessions" for id in ids}


def _begins(views: Views, ids: Sequence[str], base: str) -> dict[str, str]:
    begins: dict[str, str] = {}
    for path, slice in paging.cut(len(ids), base, base):
        for id in ids[slice.start : slice.end]:
            event = views.graph.sessions[id].event
            begins.setdefault(event, f"{path}#{cards.event_anchor(event)}")
    return begins


def shown(views: Views, ids: Sequence[str], owner: str) -> parts.Sessions:
    """The sessions that the page at `owner` shows by itself, and the way to the others."""
    base = address(owner)
    cut_off = len(ids) > INLINE
    return parts.Sessions(
        groups=cards.by_event(views, ids[:INLINE]),
        years=years(views, ids, paging.cut(len(ids), base, base)) if cut_off else (),
        more=cards.more(len(ids), INLINE, "session", base),
    )


def years(
    views: Views, ids: Sequence[str], slices: Iterable[tuple[str, paging.Slice]]
) -> tuple[cards.Tally, ...]:
    """The years of a list that covers several, each with its sessions and the place of its first.

    `slices` are the pages of the list, each with its address.
    """
    held: Counter[int] = Counter()
    places: dict[int, str] = {}
    for path, slice in slices:
        for id in ids[slice.start : slice.end]:
            event = views.graph.sessions[id].event
            year = views.graph.events[event].record.start.year
            held[year] += 1
            places.setdefault(year, f"{path}#{cards.event_anchor(event)}")
    if len(held) < 2:
        return ()
    return tuple(cards.Tally(Ref(str(year), places[year]), held[year]) for year in places)


def pages(views: Views, kind: str, owner: Ref, ids: Sequence[str], index: Ref) -> Iterator[Page]:
    """The list of all sessions of `owner`, if its own page does not show them."""
    if len(ids) > INLINE:
        title = f"Sessions: {owner.text}"
        yield from list_pages(views, kind, owner, address(owner.path), title, ids, index)


def list_pages(
    views: Views, kind: str, owner: Ref, base: str, title: str, ids: Sequence[str], index: Ref
) -> Iterator[Page]:
    """The list of some sessions, at `base`, that belongs to the page of `owner`."""
    slices = list(paging.cut(len(ids), base, base))
    known = years(views, ids, slices)
    for path, part in slices:
        yield Page(
            kind=kind,
            path=path,
            title=part.of(title),
            describe=partial(
                str,
                part.of(
                    f"{title}: {words.count(len(ids), 'session')}, newest event first, "
                    "with speakers and themes"
                )
                + ".",
            ),
            template="session_list.html",
            searchable=False,
            view=partial(_view, views, ids, known, part),
            tab=index.path,
            trail=(index, owner),
        )


def _view(
    views: Views, ids: Sequence[str], years: tuple[cards.Tally, ...], part: paging.Slice
) -> SessionListView:
    return SessionListView(
        total=len(ids),
        groups=cards.by_event(views, ids[part.start : part.end]),
        years=years,
        slice=part,
    )
