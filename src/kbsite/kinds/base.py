"""What a kind of page is, and what one page is before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kbsite.graph import Graph

View: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """Something with a page: what to call it, and its address from the root of the site."""

    text: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What pages and files know of the site around them. Addresses are absolute, or empty where
    unknown.

    `url` is the site's root and ends in a slash. `edit_url` is what a path from the root is
    appended to, to edit it; `issues_url` opens a report.
    """

    name: str
    description: str = ""
    url: str = ""
    edit_url: str = ""
    issues_url: str = ""
    search: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of a page with a heading, listed in its table of contents."""

    id: str
    title: str


def present(sections: Iterable[Section], shown: Mapping[str, object]) -> tuple[Section, ...]:
    """Those of the sections that have something to show."""
    return tuple(section for section in sections if shown[section.id])


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An image's path from the site's root, and what to read out in its place."""

    path: str
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page to come.

    `path` is its address from the root of the site ("themes/ebpf/"; the home page has ""), `title`
    and `description` are plain text. `view` makes what the template sees, when the page is
    rendered; its key "sections", if any, becomes the table of contents, which a `wide` page does
    not show beside it. `trail` are the pages above it, from its tab's index down. `source` is the
    file to edit, relative to the root. `wraps` names the hand-written page, inside content/, that
    the template is put around; any other page is written whole. A `bare` page is its template and
    nothing else. A page that only lists other pages is not `searchable`: they are found themselves.

    `picture` is the image that previews of links to the page show, where that is not
    the site's own. `thing` makes the schema.org object that the page is about; what it names on
    this site it names as "kb:/themes/ebpf/".
    """

    kind: str
    path: str
    title: str
    description: str = ""
    template: str
    view: Callable[[], View]
    source: str | None = None
    tab: str = ""
    trail: tuple[Ref, ...] = ()
    wraps: str | None = None
    bare: bool = False
    wide: bool = False
    searchable: bool = True
    picture: Picture | None = None
    thing: Callable[[], View] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """A file beside the pages: its path from the site's root, and what makes its bytes.

    The same graph and site give the same bytes. `source` is the record it is made from, if it is
    made from one. What is only `for_the_public` is left out of previews, and of a site that does
    not know its own address: nobody could be led to it.
    """

    path: str
    content: Callable[[Site], bytes]
    source: str | None = None
    for_the_public: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of page: its name, the folder of its templates, and the pages it has for a graph.

    `files` are what it has beside its pages. `tab` is the title and address of its index page in
    the navigation, where it has one.
    """

    name: str
    folder: Path
    pages: Callable[[Graph], Iterator[Page]]
    files: Callable[[Graph], Iterator[Asset]] | None = None
    tab: tuple[str, str] | None = None
