"""A session as a calendar entry, for people who mean to go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from kbsite.catalog import SESSION
from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from kbsite.graph.times import end_of
from kbsite.kinds.base import Page
from kbsite.outputs.base import Output, Surroundings

LONGEST = 75  # octets of a line
_SPECIAL = re.compile(r"[\\;,]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A session in a calendar; `path` is the address of its page."""

    id: str
    path: str
    title: str
    begins: datetime
    ends: datetime | None
    place: str
    description: str


def outputs(graph: Graph, pages: Iterable[Page]) -> Iterator[Output[Entry]]:
    """The calendar entries of the pages that have one, which are those of sessions."""
    nodes = {SESSION.path(id): node for id, node in graph.sessions.items()}
    for page in pages:
        if page.calendar:
            yield Output(
                path=page.calendar,
                value=partial(_entry, graph, nodes, page),
                write=write,
                depends=lambda around: around.site.url,
                source=page.source,
            )


def _entry(graph: Graph, nodes: Mapping[str, SessionNode], page: Page) -> Entry:
    node = nodes[page.path]
    assert isinstance(node.start, datetime)  # noqa: S101  # else it has no calendar
    event = graph.events[node.event].record
    names = ", ".join(graph.people[each.person].label for each in node.appearances)
    return Entry(
        id=node.id,
        path=page.path,
        title=page.title,
        begins=node.start,
        ends=end_of(node.start, node.end),
        place=", ".join(filter(None, (node.record.room, event.venue, event.city))),
        description="\n".join(filter(None, (names, event.name))),
    )


def write(entry: Entry, around: Surroundings) -> bytes:
    """The calendar of one session, in UTC so that it needs no table of zones."""
    start, site = _moment(entry.begins), around.site
    return written(
        (
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", "-//kbsite//EN"),
            ("BEGIN", "VEVENT"),
            ("UID", f"{entry.id.replace('/', '.')}@kbsite"),
            ("DTSTAMP", start),  # not the time of the build: the same records give the same bytes
            ("DTSTART", start),
            ("DTEND", _moment(entry.ends) if entry.ends else ""),
            ("SUMMARY", _text(entry.title)),
            ("LOCATION", _text(entry.place)),
            ("DESCRIPTION", _text(entry.description)),
            ("URL", site.url + entry.path if site.url else ""),
            ("END", "VEVENT"),
            ("END", "VCALENDAR"),
        )
    )


def written(lines: Iterable[tuple[str, str]]) -> bytes:
    """Lines of iCalendar, RFC 5545, without those that are empty.

    >>> written([("SUMMARY", "x" * 70), ("URL", "")]).split(b"\\r\\n")
    [b'SUMMARY:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b' xxx', b'']
    """
    out: list[bytes] = []
    for name, value in lines:
        rest = f"{name}:{value}".encode() if value else b""
        start = b""
        while rest:
            end = LONGEST - len(start)
            while len(rest) > end and rest[end] & 0xC0 == 0x80:  # within a character
                end -= 1
            out += (start, rest[:end], b"\r\n")
            start, rest = b" ", rest[end:]
    return b"".join(out)


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", "\n".join(text.splitlines())).replace("\n", r"\n")
