"""A session as a calendar entry, for people who mean to go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

from kbsite import slugs
from kbsite.graph import Graph, times
from kbsite.graph.nodes import SessionNode
from kbsite.kinds.base import Asset, Site

LONGEST = 75  # octets of a line
_SPECIAL = re.compile(r"[\\;,]")
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
    event = graph.events[node.event].record
    start, end = _moment(node.start), times.end_of(node.start, node.end)
    place = ", ".join(part for part in (node.record.room, event.venue, event.city) if part)
    names = ", ".join(graph.people[a.person].name for a in node.appearances)
    return written(
        (
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", "-//kbsite//EN"),
            ("BEGIN", "VEVENT"),
            ("UID", f"{node.id.replace('/', '.')}@kbsite"),
            ("DTSTAMP", start),  # not the time of the build: the same records give the same bytes
            ("DTSTART", start),
            ("DTEND", _moment(end) if end else ""),
            ("SUMMARY", _text(node.record.title)),
            ("LOCATION", _text(place)),
            ("DESCRIPTION", _text("\n".join(filter(None, (names, event.name))))),
            ("URL", site.url + slugs.session_path(node.id) if site.url else ""),
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
