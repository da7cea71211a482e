"""A session as a calendar entry, for people who mean to go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from icalendar import Calendar
from icalendar import Event as Entry

from kbsite import slugs
from kbsite.graph import Graph, times
from kbsite.graph.nodes import SessionNode
from kbsite.kinds.base import Asset, Site

TAKES_PLACE = ("held", "scheduled", "not-recorded")


def path(node: SessionNode) -> str:
    """Where a session's calendar entry is; empty where it has no time or will not take place."""
    if node.record.status not in TAKES_PLACE or not isinstance(node.start, datetime):
        return ""
    return f"{slugs.session_path(node.id)}{node.id.partition('/')[2]}.ics"


def files(graph: Graph) -> Iterator[Asset]:
    for node in graph.sessions.values():
        if own := path(node):
            yield Asset(path=own, content=partial(entry, graph, node), source=node.source.path)


def entry(graph: Graph, node: SessionNode, site: Site) -> bytes:
    """The calendar of one session, in UTC so that it needs no table of zones."""
    assert isinstance(node.start, datetime)  # noqa: S101  # else it has no path
    made = Entry()
    start = node.start.astimezone(UTC)
    made.add("uid", f"{node.id.replace('/', '.')}@kbsite")
    made.add("dtstamp", start)  # not the time of the build: the same records give the same bytes
    made.add("dtstart", start)
    if end := times.end_of(node):
        made.add("dtend", end)
    made.add("summary", node.record.title)
    event = graph.events[node.event].record
    if place := ", ".join(part for part in (node.record.room, event.venue, event.city) if part):
        made.add("location", place)
    names = ", ".join(graph.people[a.person].name for a in node.appearances)
    made.add("description", "\n".join(filter(None, (names, event.name))))
    if site.url:
        made.add("url", site.url + slugs.session_path(node.id))
    calendar = Calendar()
    calendar.add("prodid", "-//kbsite//EN")
    calendar.add("version", "2.0")
    calendar.add_component(made)
    return bytes(calendar.to_ical())
