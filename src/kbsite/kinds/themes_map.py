"""The map of themes and how often they meet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kbsite.graph import Graph
from kbsite.kinds import cards, layouts
from kbsite.kinds.base import Kind, Page, Ref, Section, View

LISTED = 60  # pairs of themes that the list shows, the strongest
MEETINGS = Section(id="meetings", title="The same as a list")


def pages(graph: Graph) -> Iterator[Page]:
    if len(graph.themes) < 2:
        return
    yield Page(
        kind="map",
        path="map/",
        title="Themes map",
        description="How the themes of the sessions hang together: which of them meet, how often, "
        "as a picture and as a list.",
        template="themes_map.html",
        searchable=False,
        view=partial(_map, graph),
        tab="themes/",
        trail=(Ref("Themes", "themes/"),),
    )


def _map(graph: Graph) -> View:
    meetings = layouts.meeting_counts(graph)
    pairs = layouts.ranked(meetings)
    return {
        "maps": (layouts.ring(graph), layouts.column(graph)),
        "undrawn": len(meetings) - len(layouts.drawn(meetings)),
        "meetings": [
            (cards.theme_ref(graph, one), cards.theme_ref(graph, other), number)
            for (one, other), number in pairs[:LISTED]
        ],
        "unlisted": max(0, len(pairs) - LISTED),
        "sections": (MEETINGS,) if pairs else (),
    }


KIND = Kind(name="map", folder=Path(__file__).parent, pages=pages)
