"""The sections of a site: its tabs, in their order, and what stands at the foot of each page.

A kind with an index page says which section that is in. The first of a section is where its tab
leads; the others are a step away from there.
"""

from __future__ import annotations

THEMES = "Themes"
EVENTS = "Events"
NAMES = "People & projects"
EXPLORE = "Explore"
FINDINGS = "Learnings & articles"
FOOT = "About this site"

SECTIONS = (THEMES, EVENTS, NAMES, EXPLORE, FINDINGS, FOOT)
