"""Every file of the site that kbsite makes: one list, of paths with what makes their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbsite.kinds.base import Kind, Page, Views
from kbsite.outputs import calendars, documents, facets, pages, pictures
from kbsite.outputs.base import Output, Surroundings

__all__ = ["Output", "Surroundings", "outputs"]


def outputs(
    views: Views, planned: Sequence[Page], kinds: Sequence[Kind]
) -> Iterator[Output[object]]:
    """The pages, and what belongs to them: pictures, calendars, facets, search documents."""
    yield from pages.outputs(views, planned)
    yield from pictures.outputs(views, planned)
    yield from calendars.outputs(planned)
    yield from facets.outputs(views, kinds)
    yield from documents.outputs(views, planned)
