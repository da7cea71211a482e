"""The map of themes and how often they meet: a picture, and a table where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import THEME
from kbsite.graph.queries import ranked
from kbsite.kinds import explore, layouts, matrix, sections
from kbsite.kinds.base import Data, Kind, Page, Ref, View, Views, part

LISTED = 60  # pairs of themes that the list shows, the strongest
FEW = 8  # themes of which a picture alone shows all that meet
MAP, PICTURE = "map/", "map/picture/"
WAYS = (Ref("Overview", MAP), Ref("Picture and list", PICTURE))


@dataclass(frozen=True, kw_only=True, slots=True)
class MapView(View):
    """`undrawn` says how many meetings have no line on the `maps`; `ways` are the other pages."""

    maps: tuple[layouts.ThemesMap, ...]
    undrawn: int
    ways: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixView(View):
    """A table for wide screens, and for narrow ones the `column`."""

    matrix: matrix.Matrix
    column: layouts.ThemesMap
    ways: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Meetings(Data):
    """Pairs of themes and how many sessions they share, which `path` lists; `unlisted` more meet
    less often.
    """

    macro: ClassVar = "meetings"
    pairs: tuple[tuple[Ref, Ref, Ref], ...]
    unlisted: int


def pages(views: Views) -> Iterator[Page]:
    number = len(views.graph.themes)
    if 1 < number <= FEW:
        yield _page(MAP, "Themes map", "themes_map.html", partial(_map, views, ()))
    if number > FEW:
        yield _page(MAP, "Themes map", "themes_matrix.html", partial(_matrix, views))
        above = Ref("Themes map", MAP)
        view = partial(_map, views, WAYS)
        title = "Themes map: picture and list"
        yield _page(PICTURE, title, "themes_map.html", view, above)


def _page(path: str, title: str, template: str, view: Callable[[], View], *above: Ref) -> Page:
    return Page(
        kind="map",
        path=path,
        title=title,
        describe=partial(
            str,
            "How the themes of the sessions hang together: which of them meet, how often, "
            f"as a picture and as a {'table' if template == 'themes_matrix.html' else 'list'}.",
        ),
        template=template,
        searchable=False,
        view=view,
        tab=MAP,
        trail=(Ref("Themes", THEME.index), *above),
        wide=True,
    )


def _matrix(views: Views) -> MatrixView:
    return MatrixView(matrix=matrix.matrix(views), column=layouts.column(views), ways=WAYS)


def _map(views: Views, ways: tuple[Ref, ...]) -> MapView:
    meetings = views.graph.meetings
    pairs = tuple(
        (views.ref(THEME, one), views.ref(THEME, other), Ref(str(number), explore.together(pair)))
        for pair, number in ranked(meetings)[:LISTED]
        for one, other in (pair,)
    )
    return MapView(
        maps=(layouts.ring(views), layouts.column(views)),
        undrawn=len(meetings) - len(layouts.drawn(meetings)),
        ways=ways,
        parts=part(
            "map-list",
            "The same as a list",
            Meetings(pairs, max(0, len(meetings) - LISTED)),
            when=pairs,
        ),
    )


KIND = Kind(
    name="map",
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Map", MAP),
    section=sections.THEMES,
)
