"""Pages as outputs: what is on them, and what their heads say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from kbsite.graph.nodes import PageNode
from kbsite.head import Picture, head
from kbsite.kinds.base import Page, Site, View, Views
from kbsite.outputs.base import Output, Surroundings
from kbsite.outputs.pictures import own_picture, picture
from kbsite.outputs.structured import thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """All that one page says, and the hand-written page that it is put around, if any.

    `picture` is that of its own which previews of links to it show.
    """

    page: Page
    picture: Picture | None
    description: str
    view: View
    written: PageNode | None


def outputs(views: Views, pages: Iterable[Page]) -> Iterator[Output[Content]]:
    for page in pages:
        yield Output(
            path=file_of(page),
            kind="page",
            value=partial(_content, views, page),
            write=None if page.wraps else _write,
            depends=lambda around: (around.site, around.theme),
            source=page.source,
        )


def file_of(page: Page) -> str:
    """Where the file of a page lies, below the site's root."""
    return f"{page.path}index.html"


def _content(views: Views, page: Page) -> Content:
    written = views.graph.pages[page.wraps] if page.wraps else None
    return Content(
        page=page,
        picture=own_picture(page),
        description=page.description,
        view=page.view(),
        written=written,
    )


def _write(content: Content, around: Surroundings) -> bytes:
    return around.compose(content.page, content.view)


def page_head(
    site: Site,
    path: str,
    title: str,
    description: str,
    page: Page | None = None,
    view: View | None = None,
) -> str:
    """What the page at `path` says about itself in its head; `page` is one of ours, if it is."""
    return head(
        site,
        path,
        title=title,
        heading=page.title if page and page.full_title else "",
        description=description,
        picture=picture(page, site),
        thing=thing(page, view) if page and view else {},
        trail=page.trail if page else (),
    )
