"""What a kind of page is, what one page is before it is rendered, and what views are made of."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote

from kbsite.catalog import SESSION, Thing
from kbsite.graph import Graph
from kbsite.kinds import words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ref:
    """Something with a page: what to call it, and its address from the root of the site.

    `lang` is the language of `text` as HTML has it, empty for English and where it is not said.
    """

    text: str
    path: str
    lang: str = field(default="", kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What pages and files know of the site around them. Addresses are absolute, or empty where
    unknown.

    `url` is the site's root and ends in a slash. `edit_pattern` is where to edit a file, with
    {path} for its path from the root; {path_noext} is that without the ending, and {path!q} goes
    into a query; `new_pattern` is where to begin one, with its {folder!q}, its {name!q} and its
    {text!q} too. `issues_url` opens a report; of the `forms` for it that `kbsite init` brings, the
    repository has these. Without `pictures` only themes and events have
    one of their own in previews of links. `language` is that of what is around pages, and of
    those that are written by hand; what kbsite says is in English.
    """

    name: str
    description: str = ""
    url: str = ""
    edit_pattern: str = ""
    new_pattern: str = ""
    issues_url: str = ""
    forms: tuple[str, ...] = ()
    search: bool = False
    pictures: bool = True
    language: str = "en"

    @property
    def is_english(self) -> bool:
        """Whether what is around pages speaks as they do."""
        return is_english(self.language)

    def edit_url(self, path: str) -> str:
        """Where to edit the file at `path` from the root, empty where that is unknown.

        >>> Site(name="X", edit_pattern="https://example.org/?f={path!q}").edit_url("themes/a.md")
        'https://example.org/?f=themes%2Fa.md'
        """
        noext = posixpath.splitext(path)[0]
        return _Quoting().format(self.edit_pattern, path=path, path_noext=noext)

    def new_url(self, path: str, text: str) -> str:
        """Where to begin a file at `path` from the root with `text`, empty where that is unknown.

        >>> site = Site(name="X", new_pattern="https://example.org/{folder}?f={name!q}&v={text!q}")
        >>> site.new_url("content/speakers/ada.md", "name: Ada")
        'https://example.org/content/speakers?f=ada.md&v=name%3A%20Ada'
        """
        folder, name = posixpath.split(path)
        return _Quoting().format(self.new_pattern, folder=folder, name=name, text=text)


def is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


class _Quoting(Formatter):
    """Knows the conversion `!q`, for what goes into a query."""

    def convert_field(self, value: str, conversion: str | None) -> Any:
        if conversion == "q":
            return quote(value, safe="")
        return super().convert_field(value, conversion)


class Data:
    """What a part of a page shows: base of frozen values.

    `macro` is the macro of _parts.html that shows it.
    """

    __slots__ = ()
    macro: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page under a heading of its own, which the table of contents lists."""

    id: str
    title: str
    data: Data


def part(id: str, title: str, data: Data, *, when: object = True) -> tuple[Part, ...]:
    """A part of a page if there is something to show, which `when` says; or else none."""
    return (Part(id, title, data),) if when else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """All that one page will say: base of frozen values, one class for each template.

    `parts` are in the order of the page. `margin` is what stands beside them where there is room,
    and below them elsewhere: short, and not missed in the table of contents.
    """

    parts: tuple[Part, ...] = ()
    margin: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What the picture in previews of links shows, and where it lies.

    `foot` are the pieces of its last line. `groups` are rows of dots with a gap between them: for
    each session whether something was learned in it. One of `many` is smaller, and a site may go
    without.
    """

    path: str
    kind: str
    title: str
    foot: tuple[str, ...]
    hue: int
    groups: tuple[tuple[bool, ...], ...]
    many: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page to come.

    `path` is its address from the root of the site ("themes/ebpf/"; the home page has ""), `title`
    is its heading too; it and the description are plain text. `full_title` is what browsers and
    previews of links call it, where the heading says too little without the page. `describe` makes
    the description, and `view` all that its `template` will say, when somebody needs to know. The
    table of contents of its parts is not shown beside a `wide` page. `trail` are the pages above
    it, from its tab's index down. `source` is the file to edit, relative to the root; a page
    without one is as old as the file `follows`, and where it could have one, `begins` makes its
    path and the text to begin it with. `wraps` names the hand-written page, inside
    content/, that the template is put around; any other page is written whole. A `bare` page is its
    template and nothing else. A page that `yields` is there if no other has its address. One that
    only lists other pages is not `searchable`: they are found themselves.

    `calendar` is the address of its entry for calendars, empty where there is none. Previews of
    links to the page show the first of its `previews` that can be drawn, or else the site's
    own.
    """

    kind: str
    path: str
    title: str
    full_title: str = ""
    describe: Callable[[], str] = field(default=str, compare=False)
    template: str
    view: Callable[[], View] = field(compare=False)
    source: str | None = None
    begins: Callable[[], tuple[str, str]] | None = field(default=None, compare=False)
    follows: str | None = None
    tab: str = ""
    trail: tuple[Ref, ...] = ()
    wraps: str | None = None
    bare: bool = False
    yields: bool = False
    wide: bool = False
    searchable: bool = True
    calendar: str = ""
    previews: tuple[Preview, ...] = field(default=(), compare=False)

    @property
    def said_title(self) -> str:
        """What the page is called where its heading is not in sight."""
        return self.full_title or self.title

    @cached_property
    def description(self) -> str:
        """What search engines and previews of links show."""
        return self.describe()


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """What sessions are filtered by on Explore.

    `id` stands in addresses, `label` above the values, `plural` within a sentence; facets of one
    label are in one set. `values` are ids and names, in the order in which they are shown if that
    is `ordered`, or else in which those of equally many sessions are; `of` are for each session of
    the graph, in its order, the ids of its own, and `suggested` of those that nobody has confirmed.
    The values of a facet that is `within` another mean something where a value of that is chosen.
    Where values have pages, `path` is the address of one from the root of the site, with {} for its
    id. A session in the list links to its values if they are `listed`; `hues` are their colours in
    degrees of OKLCH, if they have any.
    """

    id: str
    label: str
    plural: str
    values: tuple[tuple[str, str], ...]
    of: tuple[tuple[str, ...], ...]
    suggested: tuple[tuple[str, ...], ...] = ()
    ordered: bool = False
    within: str = ""
    path: str = ""
    listed: bool = False
    hues: tuple[int, ...] = ()


class Views:
    """What pages show of a graph, each value made once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._made: dict[tuple[Callable[..., Any], str], Any] = {}
        self._refs: dict[tuple[str, str], Ref] = {}

    def once(self, make: Callable[[Views, str], T], id: str) -> T:
        """What `make` gives for the thing `id`, made only the first time."""
        key = (make, id)
        try:
            made: T = self._made[key]
        except KeyError:
            made = self._made[key] = make(self, id)
        return made

    def ref(self, thing: Thing, id: str) -> Ref:
        """A thing by what links to it say."""
        key = (thing.name, id)
        ref = self._refs.get(key)
        if ref is None:
            lang = words.tag(self.graph.sessions[id].record.language) if thing is SESSION else ""
            label = self.graph.nodes(thing)[id].label
            ref = self._refs[key] = Ref(label, thing.path(id), lang=lang)
        return ref


def facet(views: Views, thing: Thing, of: Iterable[Iterable[str]]) -> Facet:
    """The choice among things of one kind; `of` says for each session which of them it has."""
    return Facet(
        id=thing.noun,
        label=thing.noun.capitalize(),
        plural=thing.nouns,
        values=tuple((own, node.label) for own, node in views.graph.nodes(thing).items()),
        of=tuple(map(tuple, of)),
        path=thing.path("{}"),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of page: its name, the folder of its templates, and the pages it has for a graph.

    `facets` are the ways it gives to choose sessions. `tab` is the title and address of its index
    page in the navigation, where it has one, and `section` the section of the site that it is in.
    """

    name: str
    folder: Path
    pages: Callable[[Views], Iterator[Page]]
    facets: Callable[[Views], Iterable[Facet]] | None = None
    tab: tuple[str, str] | None = None
    section: str = ""
