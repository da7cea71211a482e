"""The page of the sessions that a reader has given a star to, which only their browser knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from kbsite.catalog import EVENT
from kbsite.kinds import sections
from kbsite.kinds.base import Kind, Page, Ref, View, Views

PATH = "my-schedule/"
NEWEST = 5  # events among whose sessions there may be some to begin with


@dataclass(frozen=True, kw_only=True, slots=True)
class MyScheduleView(View):
    events: tuple[Ref, ...]


def pages(views: Views) -> Iterator[Page]:
    if views.graph.events:
        yield Page(
            kind="my-schedule",
            path=PATH,
            title="My schedule",
            describe=partial(str, "The sessions that you have given a star to, by day and hour."),
            template="my_schedule.html",
            searchable=False,
            view=partial(_view, views),
            tab=PATH,
        )


def _view(views: Views) -> MyScheduleView:
    newest = islice(views.graph.events, NEWEST)
    return MyScheduleView(events=tuple(views.ref(EVENT, id) for id in newest))


KIND = Kind(
    name="my-schedule",
    folder=Path(__file__).parent,
    pages=pages,
    tab=("My schedule", PATH),
    section=sections.EVENTS,
)
