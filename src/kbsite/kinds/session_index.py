"""The index of all sessions, newest event first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kbsite.catalog import SESSION
from kbsite.kinds import cards, paging, session_lists, words
from kbsite.kinds.base import Page, Ref, View, Views

MORE = f"{SESSION.index}all/"  # its first page is the index itself


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionIndexView(View):
    total: int
    events: int
    groups: tuple[cards.OfEvent, ...]
    years: tuple[cards.Tally, ...]
    slice: paging.Slice


def pages(views: Views, index: Ref) -> Iterator[Page]:
    every = tuple(views.graph.sessions)
    slices = list(paging.cut(len(every), index.path, MORE))
    years = session_lists.years(views, every, slices)
    for path, slice in slices:
        yield Page(
            kind=SESSION.name,
            path=path,
            title=slice.of("Sessions"),
            describe=partial(
                str,
                slice.of(
                    f"All {words.count(len(views.graph.sessions), 'session')}, newest event first, "
                    "with their speakers and themes"
                )
                + ".",
            ),
            template="session_index.html",
            searchable=False,
            view=partial(_index, views, every, years, slice),
            tab=index.path,
        )


def _index(
    views: Views, every: Sequence[str], years: tuple[cards.Tally, ...], slice: paging.Slice
) -> SessionIndexView:
    return SessionIndexView(
        total=len(every),
        events=len(views.graph.events),
        groups=cards.by_event(views, every[slice.start : slice.end]),
        years=years,
        slice=slice,
    )
