"""The kinds of pages. To add one: a module here, its templates beside it, and its name in KINDS."""

from kbsite.kinds import (
    essays,
    events,
    explore,
    home,
    learnings,
    organisations,
    people,
    problems,
    projects,
    redirects,
    sessions,
    themes,
    themes_map,
)
from kbsite.kinds.base import Asset, Kind, Page, Ref, Section, Site, View
from kbsite.kinds.planning import Plan, plan

KINDS: tuple[Kind, ...] = (
    home.KIND,
    themes.KIND,
    themes_map.KIND,
    learnings.KIND,
    sessions.KIND,
    events.KIND,
    people.KIND,
    organisations.KIND,
    projects.KIND,
    explore.KIND,
    essays.SHIFT,
    essays.ARTICLE,
    problems.KIND,
    redirects.KIND,
)

__all__ = ["KINDS", "Asset", "Kind", "Page", "Plan", "Ref", "Section", "Site", "View", "plan"]
