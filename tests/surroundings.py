"""What outputs are made in when no site is built, and the search documents of a knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs import Surroundings
from kbsite.pipeline import prepare


def around(site: Site) -> Surroundings:
    return Surroundings(site=site, program="", theme="", compose=_compose)


def _compose(_page: Page, _view: View) -> bytes:
    raise AssertionError("no page is made here")


class Found(NamedTuple):
    """A document, by the address of the page that it leads to."""

    path: str
    html: str


def documents_of(root: Path) -> tuple[Found, ...]:
    known = around(Site(name="Example"))
    return tuple(
        Found(output.path.removesuffix("index.html"), output.make(known).decode())
        for output in prepare(root).documents
    )
