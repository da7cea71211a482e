"""What can be found: one small document for each thing with a page of its own.

A document holds the words that should lead to a page and what a list of results says of it, no
more. A session's learnings are headings in its document, so each is found with its own address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Literal

from kbsite import prose, slugs, wikilinks
from kbsite.catalog import LEARNING, ORGANISATION, PERSON, PROJECT, SESSION, THEME, Thing
from kbsite.graph import Graph
from kbsite.graph.nodes import (
    Day,
    EssayNode,
    EventNode,
    NamedNode,
    PageNode,
    SessionNode,
    ThemeNode,
)
from kbsite.graph.queries import latest
from kbsite.graph.times import clock
from kbsite.kinds import events, words
from kbsite.kinds.base import Page, Views
from kbsite.outputs.base import Output, Surroundings

# What people find, in the order that results are shown
RESULTS = (THEME, LEARNING, SESSION, PERSON, ORGANISATION, PROJECT)
# How much more a word counts there than in a text; Pagefind takes 0 to 10.
TITLE, LEARNING_TEXT, NAMES, SUMMARY, TEXT, ABSTRACT = 10, 7, 4, 2, 1, 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text and its weight; a heading with an `id` is found with its own address."""

    text: str
    weight: float
    tag: Literal["p", "h2"] = "p"
    id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What it is of, the address that it leads to, and what can be found in it.

    `context` is the line under its title; `more` is handed to whoever shows it.
    """

    kind: str
    path: str
    title: str
    context: str
    parts: tuple[Words, ...]
    more: tuple[tuple[str, str], ...] = ()


def files() -> Iterator[Output[object]]:
    """What results are called, for the scripts that show them."""
    yield Output(path="assets/kinds.json", value=_kinds, write=_write_kinds)


def outputs(views: Views, pages: Iterable[Page]) -> Iterator[Output[object]]:
    """A document for each page that can be found, in a fixed order.

    Of pages that are about no thing known here, title and description can be found.
    """
    taken: set[str] = set()
    for path, make in _known(views.graph):
        taken.add(path)
        yield _output(path, make)
    for page in pages:
        if page.searchable and not (page.bare or page.wraps or page.path in taken):
            yield _output(page.path, partial(_other, page))


def _output(path: str, value: Callable[[], Document]) -> Output[Document]:
    return Output(path=f"{path}index.html", kind="document", value=value, write=write)


def _known(graph: Graph) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The addresses of all documents about things, and what makes each."""
    for session in graph.sessions.values():
        yield SESSION.path(session.id), partial(_session, graph, session)
    for theme in graph.themes.values():
        yield THEME.path(theme.id), partial(_theme, theme)
    for thing in (PERSON, ORGANISATION, PROJECT):
        for node in graph.nodes(thing).values():
            yield thing.path(node.id), partial(_NAMED[thing.name], graph, node)
    for event in graph.events.values():
        for day, path, place in events.schedules(event):
            yield path, partial(_day, event, day, path, place)
    essays = {n.page.file: n for kind in (graph.shifts, graph.articles) for n in kind.values()}
    for file, page in graph.pages.items():
        if page.searchable:
            yield page.path, partial(_page, page, essays.get(file))


def _kinds() -> tuple[tuple[str, str], ...]:
    """The kind of each result and the heading above those of its kind."""
    return (*((thing.name, thing.plural.capitalize()) for thing in RESULTS), ("page", "Pages"))


def _write_kinds(kinds: tuple[tuple[str, str], ...], _around: Surroundings) -> bytes:
    return json.dumps(kinds, separators=(",", ":")).encode()


def write(document: Document, _around: Surroundings) -> bytes:
    """A document as the HTML that Pagefind reads."""
    said = {"kind": document.kind, "title": document.title, "context": document.context}
    metadata = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">'
        for key, value in (*said.items(), *document.more)
        if value
    )
    body = "".join(map(_written, (Words(document.title, TITLE), *document.parts)))
    page = f'<!doctype html><html lang="en"><head>{metadata}</head><body>{body}</body></html>'
    return page.encode()


def _written(part: Words) -> str:
    if not part.text:
        return ""
    own = f' id="{part.id}"' if part.id else ""
    tag = part.tag
    return f'<{tag}{own} data-pagefind-weight="{part.weight}">{escape(part.text)}</{tag}>'


def _spellings(names: Iterable[str]) -> str:
    """Names, and the plain form of those that a keyboard may not have letters for."""
    out: dict[str, None] = {}
    for name in names:
        out[name] = None
        if not name.isascii():
            out[slugs.slug(name).replace("-", " ")] = None
    return ", ".join(out)


def _session(graph: Graph, node: SessionNode) -> Document:
    record = node.record
    speakers = [graph.people[a.person].name for a in node.appearances]
    event = graph.events[node.event]
    names = [
        *speakers,
        *(graph.organisations[a.organisation].name for a in node.appearances if a.organisation),
        *(graph.themes[t].record.name for t in node.themes),
        *(graph.projects[p].name for p in node.projects),
        event.record.name,
        event.label,
        *record.tracks,
        record.room or "",
    ]
    anchors = {each.key: LEARNING.path(each.key).partition("#")[2] for each in node.learnings}
    return Document(
        kind=SESSION.name,
        path=SESSION.path(node.id),
        title=record.title,
        context=" · ".join(filter(None, (", ".join(speakers), event.label))),
        parts=(
            Words(_spellings(filter(None, names)), NAMES),
            Words(record.subtitle or "", SUMMARY),
            Words(prose.to_text(record.summary or ""), SUMMARY),
            Words(_figures(node), SUMMARY),
            *(Words(prose.to_text(quote.text), SUMMARY) for quote in node.quotes),
            *(
                Words(f"{each.title}. {prose.to_text(each.text or '')}", SUMMARY)
                for each in node.announcements
            ),
            Words(prose.to_text(record.abstract or ""), ABSTRACT),
            *(
                Words(prose.to_text(each.text), LEARNING_TEXT, "h2", anchors[each.key])
                for each in node.learnings
            ),
        ),
        more=(
            ("event", event.label),
            *((anchors[n.key], clock(n.at)) for n in node.learnings if n.at is not None),
        ),
    )


def _figures(node: SessionNode) -> str:
    """A session's figures, with the words that ask for them."""
    said = [f"{figure.value} {figure.label}" for figure in node.record.figures]
    return ". ".join(("Figures, in numbers", *said)) if said else ""


def _theme(node: ThemeNode) -> Document:
    record = node.record
    return Document(
        kind=THEME.name,
        path=THEME.path(node.id),
        title=record.name,
        context=words.count(len(node.sessions), "session"),
        parts=(
            Words(_spellings(record.aliases), TITLE),
            Words(prose.to_text(record.summary or ""), SUMMARY),
        ),
    )


def _person(graph: Graph, node: NamedNode) -> Document:
    """Where somebody was from when last seen, and how many sessions there are."""
    found = latest(graph, node)
    affiliation = found[1].affiliation if found else ""
    return _named(PERSON, node, " · ".join(filter(None, (affiliation, _sessions(node)))))


def _organisation(graph: Graph, node: NamedNode) -> Document:
    """With the figures of the sessions that it sent somebody to."""
    figures = filter(None, (_figures(graph.sessions[id]) for id in node.sessions))
    return _named(ORGANISATION, node, _sessions(node), " ".join(figures))


def _project(_graph: Graph, node: NamedNode) -> Document:
    return _named(PROJECT, node, _sessions(node))


_NAMED = {PERSON.name: _person, ORGANISATION.name: _organisation, PROJECT.name: _project}


def _named(thing: Thing, node: NamedNode, context: str, more: str = "") -> Document:
    plain = _spellings([node.name, *node.other_names]).removeprefix(node.name)
    return Document(
        kind=thing.name,
        path=thing.path(node.id),
        title=node.name,
        context=context,
        parts=(Words(plain.strip(", "), TITLE), Words(more, TEXT)),
    )


def _sessions(node: NamedNode) -> str:
    if node.announced and not node.sessions:
        return "Announcements"
    return words.count(len(node.sessions), "session")


def _day(event: EventNode, day: Day, path: str, place: str) -> Document:
    """The schedule of a day of an event, wherever it is shown."""
    assert day.date  # noqa: S101  # only such days are asked for
    return Document(
        kind="page",
        path=path,
        title=f"{words.long_day(day.date)}, {event.label}",
        context=f"Schedule · {words.count(len(day.sessions), 'session')}",
        parts=(Words("Schedule", NAMES),),
        more=(("to", place),) if place != path else (),
    )


def _page(page: PageNode, essay: EssayNode | None) -> Document:
    summary = prose.to_text(essay.record.summary or "") if essay else ""
    links = ((link, link.words or link.target) for link, _ in page.links)
    body = wikilinks.put(page.source.body, links)
    return Document(
        kind="page",
        path=page.path,
        title=essay.record.title if essay else page.title,
        context=words.sentence(summary),
        parts=(Words(summary, SUMMARY), Words(prose.to_text(body), TEXT)),
    )


def _other(page: Page) -> Document:
    return Document(
        kind="page",
        path=page.path,
        title=page.title,
        context=page.description,
        parts=(Words(page.description, SUMMARY),),
    )
