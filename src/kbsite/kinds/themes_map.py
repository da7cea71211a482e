"""The map of themes and how often they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import THEME
from kbsite.graph.queries import ranked
from kbsite.kinds import layouts
from kbsite.kinds.base import Data, Kind, Page, Ref, View, Views, part

LISTED = 60  # pairs of themes that the list shows, the strongest


@dataclass(frozen=True, kw_only=True, slots=True)
class MapView(View):
    """`undrawn` says how many meetings have no line on the `maps`."""

    maps: tuple[layouts.ThemesMap, ...]
    undrawn: int


@dataclass(frozen=True, slots=True)
class Meetings(Data):
    """Pairs of themes and how many sessions they share; `unlisted` more meet less often."""

    macro: ClassVar = "meetings"
    pairs: tuple[tuple[Ref, Ref, int], ...]
    unlisted: int


def pages(views: Views) -> Iterator[Page]:
    if len(views.graph.themes) < 2:
        return
    yield Page(
        kind="map",
        path="map/",
        title="Themes map",
        describe=partial(
            str,
            "How the themes of the sessions hang together: which of them meet, how often, "
            "as a picture and as a list.",
        ),
        template="themes_map.html",
        searchable=False,
        view=partial(_map, views),
        tab=THEME.index,
        trail=(Ref("Themes", THEME.index),),
    )


def _map(views: Views) -> MapView:
    meetings = views.graph.meetings
    pairs = tuple(
        (views.ref(THEME, one), views.ref(THEME, other), number)
        for (one, other), number in ranked(meetings)[:LISTED]
    )
    return MapView(
        maps=(layouts.ring(views), layouts.column(views)),
        undrawn=len(meetings) - len(layouts.drawn(meetings)),
        parts=part(
            "meetings",
            "The same as a list",
            Meetings(pairs, max(0, len(meetings) - LISTED)),
            when=pairs,
        ),
    )


KIND = Kind(name="map", folder=Path(__file__).parent, pages=pages)
