"""The kinds of pages. To add one: a module here, its templates beside it, and its name in KINDS."""

from kbsite.kinds import (
    compare,
    cutouts,
    essays,
    events,
    explore,
    home,
    learnings,
    my_schedule,
    organisations,
    people,
    problems,
    projects,
    redirects,
    reports,
    sessions,
    themes,
    themes_map,
)
from kbsite.kinds.base import Kind

KINDS: tuple[Kind, ...] = (
    home.KIND,
    themes.KIND,
    themes_map.KIND,
    events.KIND,
    compare.KIND,
    sessions.KIND,
    cutouts.KIND,
    my_schedule.KIND,
    people.KIND,
    organisations.KIND,
    projects.KIND,
    explore.KIND,
    learnings.KIND,
    essays.SHIFTS,
    essays.ARTICLES,
    reports.KIND,
    problems.KIND,
    redirects.KIND,
)

__all__ = ["KINDS", "Kind"]
