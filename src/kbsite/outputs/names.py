"""What search answers from at once: the names of things, and the titles of sessions.

The texts are in Pagefind's index, which takes longer to fetch. The file is packed here, for not
every host packs what it sends.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from kbsite import prose
from kbsite.catalog import EVENT, LEARNING, ORGANISATION, PERSON, PROJECT, QUOTE, SESSION, THEME
from kbsite.graph import Graph
from kbsite.graph.nodes import EventNode, NamedNode, ThemeNode
from kbsite.graph.queries import latest
from kbsite.kinds import event_entries
from kbsite.outputs import spelling
from kbsite.outputs.base import Output, Surroundings
from kbsite.slugs import ID_LIMIT

FILE = "assets/names.gzip"
NAMED = (THEME, PROJECT, EVENT, PERSON, ORGANISATION)  # of equal matches, the first
OTHERS = (
    (SESSION.name, "Sessions"), (LEARNING.name, "Learnings"), (QUOTE.name, "Quotes"),
    ("page", "Pages"),
)  # fmt: skip
FIRST = 5  # themes to begin with
_NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A thing by its name, its `others` and the `words` that ask for it but mean more.

    `line` is what a result says of it beside the number of its `sessions`; `near` are the places of
    projects that belong to it among all.
    """

    id: str
    name: str
    sessions: int
    line: str = ""
    others: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    near: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """The things of one kind in the graph's order, and the heading above those that are found."""

    kind: str
    heading: str
    address: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A session: its id below its event, and the places of its speakers among all people."""

    id: str
    title: str
    speakers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """The sessions of an event, by its id and what it is called."""

    event: str
    label: str
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All of it; `first` are the places of the themes to begin with: those that taught most."""

    names: tuple[Names, ...]
    titles: tuple[Titles, ...]
    first: tuple[int, ...]


def outputs(graph: Graph) -> Iterator[Output[object]]:
    yield Output(path=FILE, value=partial(_known, graph), write=_write)


def _known(graph: Graph) -> Known:
    themes = list(enumerate(graph.themes.values()))
    themes.sort(key=lambda each: (-len(each[1].learnings), -len(each[1].sessions)))
    return Known(_names(graph), _titles(graph), tuple(place for place, _ in themes[:FIRST]))


def _names(graph: Graph) -> tuple[Names, ...]:
    projects = {id: place for place, id in enumerate(graph.projects)}
    held: dict[str, Iterable[Name]] = {
        THEME.name: (_theme(node, projects) for node in graph.themes.values()),
        EVENT.name: map(_event, graph.events.values()),
        PERSON.name: (_person(graph, node) for node in graph.people.values()),
    }
    return tuple(
        Names(
            kind=thing.name,
            heading=thing.plural.capitalize(),
            address=thing.address,
            names=tuple(held.get(thing.name) or map(_named, graph.nodes(thing).values())),
        )
        for thing in NAMED
    )


def _theme(node: ThemeNode, projects: dict[str, int]) -> Name:
    """With its keywords: they suggest the theme for a session, and so for a question."""
    record = node.record
    return Name(
        id=node.id,
        name=record.name,
        sessions=len(node.sessions),
        line=prose.to_text(record.summary or ""),
        others=record.aliases,
        words=record.keywords,
        near=tuple(projects[id] for id in node.projects if id in projects),
    )


def _event(node: EventNode) -> Name:
    record = node.record
    return Name(
        id=node.id,
        name=record.name,
        sessions=len(node.sessions),
        line=" · ".join(filter(None, (event_entries.where(node), event_entries.when(node)))),
        others=(record.short,) if record.short else (),
        words=(record.city,) if record.city else (),
    )


def _person(graph: Graph, node: NamedNode) -> Name:
    """With where they were from when last seen."""
    found = latest(graph, node)
    return _named(node, (found[1].affiliation or "") if found else "")


def _named(node: NamedNode, line: str = "") -> Name:
    return Name(
        id=node.id,
        name=node.name,
        sessions=len(node.sessions),
        line=line,
        others=node.other_names,
    )


def _titles(graph: Graph) -> tuple[Titles, ...]:
    """In the order of the graph: the newest first."""
    places = {id: place for place, id in enumerate(graph.people)}
    return tuple(
        Titles(
            event.id,
            event.label,
            tuple(
                Title(
                    id.partition("/")[2],
                    graph.sessions[id].record.title,
                    tuple(places[each.person] for each in graph.sessions[id].appearances),
                )
                for id in event.sessions
            ),
        )
        for event in graph.events.values()
    )


def _write(known: Known, _around: Surroundings) -> bytes:
    """The same bytes for the same things, whenever they are packed."""
    named = [
        [each.kind, each.heading, each.address, [*map(_row, each.names)]] for each in known.names
    ]
    data = {"named": named, "others": OTHERS, "first": known.first, **_columns(known.titles)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _row(name: Name) -> list[Any]:
    """Without what is empty at the end."""
    id = _beside(name.id, name.name)
    row = [name.name, name.sessions, name.line, id, name.others, name.words, name.near]
    while not row[-1]:
        row.pop()
    return row


def _columns(events: tuple[Titles, ...]) -> dict[str, Any]:
    """Sessions in columns, which pack better; ids that titles do not give, by their places."""
    all = [title for each in events for title in each.titles]
    ids = ((place, _beside(each.id, each.title)) for place, each in enumerate(all))
    return {
        "address": SESSION.address,
        "events": [[each.event, each.label, len(each.titles)] for each in events],
        "titles": [each.title for each in all],
        "speakers": [each.speakers for each in all],
        "ids": {place: id for place, id in ids if id},
    }


def _beside(id: str, name: str) -> int | str:
    """What tells an id beside a name: nothing, the number that it ends with, or all of it.

    >>> _beside("queues-at-night", "Queues at night!"), _beside("queues-2", "Queues")
    (0, 2)
    """
    given = _NOT_ID.sub("-", spelling.plain(name)).strip("-")
    if len(given) > ID_LIMIT:
        given = given[: ID_LIMIT + 1].rpartition("-")[0]
    if id == given:
        return 0
    start, _, number = id.rpartition("-")
    return int(number) if start == given and number.isdecimal() and number[0] != "0" else id
