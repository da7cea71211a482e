"""What "My schedule" shows of the sessions of an event, in a file for each event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from kbsite.catalog import EVENT, SESSION
from kbsite.graph.nodes import SessionNode
from kbsite.kinds import words
from kbsite.kinds.base import Page, Views
from kbsite.outputs.base import Output, Surroundings


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A session, with its `stem` within the event; moments are in the event's zone."""

    stem: str
    title: str
    speakers: tuple[str, ...]
    begins: datetime | date | None
    ends: datetime | date | None
    room: str
    status: str
    calendar: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Timetable:
    event: str
    sessions: tuple[Entry, ...]


def outputs(views: Views, pages: Iterable[Page]) -> Iterator[Output[Timetable]]:
    calendars = {page.path: page.calendar for page in pages if page.calendar}
    before: dict[str, list[tuple[str, str]]] = {}
    for former, present in views.graph.redirects[SESSION.name].items():
        event, _, stem = former.partition("/")
        before.setdefault(event, []).append((stem, present))
    for id in views.graph.events:
        yield Output(
            path=f"{EVENT.path(id)}sessions.json",
            value=partial(_timetable, views, id, calendars, before.get(id, ())),
            write=_write,
        )


def _timetable(
    views: Views,
    event: str,
    calendars: dict[str, str],
    before: Sequence[tuple[str, str]],
) -> Timetable:
    """With its sessions also by the stems that they had `before`, as somebody may have kept one."""
    graph = views.graph
    node = graph.events[event]
    former = (_formerly(_entry(views, graph.sessions[id], calendars), stem) for stem, id in before)
    return Timetable(
        event=node.label,
        sessions=(*(_entry(views, graph.sessions[id], calendars) for id in node.sessions), *former),
    )


def _formerly(entry: Entry, stem: str) -> Entry:
    calendar = f"{stem}.ics" if entry.calendar else ""
    return replace(entry, stem=stem, calendar=calendar)


def _entry(views: Views, node: SessionNode, calendars: dict[str, str]) -> Entry:
    path = SESSION.path(node.id)
    return Entry(
        stem=node.id.partition("/")[2],
        title=node.label,
        speakers=tuple(views.graph.people[each.person].label for each in node.appearances),
        begins=node.start,
        ends=node.end,
        room=node.record.room or "",
        status=words.STATUS_LABELS[node.record.status],
        calendar=calendars.get(path, "").removeprefix(path),
    )


def _write(held: Timetable, _around: Surroundings) -> bytes:
    sessions = {each.stem: _row(each) for each in held.sessions}
    text = json.dumps(
        {"event": held.event, "sessions": sessions}, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def _row(each: Entry) -> list[str]:
    """Title, speakers, beginning, end, room, status and calendar; less what is empty at the end."""
    row = [each.title, ", ".join(each.speakers), _moment(each.begins), _moment(each.ends)]
    row += [each.room, each.status, each.calendar]
    while not row[-1]:
        row.pop()
    return row


def _moment(when: datetime | date | None) -> str:
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return when.isoformat() if when else ""
