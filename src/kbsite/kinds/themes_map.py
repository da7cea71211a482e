"""The map of themes and how often they meet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kbsite.graph import Graph
from kbsite.kinds import charts
from kbsite.kinds.base import Kind, Page, Ref, Section, View

MEETINGS = Section(id="meetings", title="The same as a list")


def pages(graph: Graph) -> Iterator[Page]:
    if len(graph.themes) < 2:
        return
    yield Page(
        kind="map",
        path="map/",
        title="Themes map",
        description="How the themes of the sessions hang together: which of them meet, how often.",
        template="themes_map.html",
        searchable=False,
        view=partial(_map, graph),
        tab="themes/",
        trail=(Ref("Themes", "themes/"),),
    )


def _map(graph: Graph) -> View:
    nodes, edges = charts.themes_map(graph)
    return {
        "nodes": nodes,
        "edges": edges,
        "meetings": [edge.label for edge in reversed(edges)][:60],
        "sections": (MEETINGS,) if edges else (),
    }


KIND = Kind(name="map", folder=Path(__file__).parent, pages=pages)
