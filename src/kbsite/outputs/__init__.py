"""Every file of the site that kbsite makes: one list, of paths with what makes their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kbsite.kinds.base import Kind, Page, Views
from kbsite.outputs import (
    calendars,
    documents,
    facets,
    former,
    names,
    pages,
    pictures,
    timetables,
)
from kbsite.outputs.base import Output, Surroundings

__all__ = ["Output", "Surroundings", "files", "found", "outputs"]


def files(views: Views, planned: Sequence[Page], kinds: Sequence[Kind]) -> Iterator[Output[object]]:
    """What lies beside pages: pictures, calendars, what scripts read of sessions and search."""
    addressed = (
        *pictures.outputs(views, planned),
        *calendars.outputs(views.graph, planned),
        *timetables.outputs(views, planned),
    )
    yield from addressed
    yield from former.outputs(views.graph, addressed)
    yield from facets.outputs(views, kinds)
    yield from names.outputs(views.graph)


def outputs(
    views: Views, planned: Sequence[Page], beside: Iterable[Output[object]]
) -> Iterator[Output[object]]:
    """The pages, and what lies `beside` them."""
    yield from pages.outputs(views, planned)
    yield from beside


def found(views: Views, planned: Sequence[Page]) -> Iterator[Output[object]]:
    """What search finds, of which an index is made."""
    yield from documents.outputs(views, planned)
