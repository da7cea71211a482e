"""What can be found: one small document for each thing with a page of its own.

A document holds the words that should lead to a page and what a list of results says of it, no
more. A session's learnings are headings in its document, so each is found with its own address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from kbsite import prose, slugs, wikilinks
from kbsite.graph import Graph
from kbsite.graph.nodes import EssayNode, NamedNode, PageNode, SessionNode
from kbsite.graph.times import clock
from kbsite.kinds import Page, cards, events, words

# How much more a word counts there than in a text; Pagefind takes 0 to 10.
TITLE, LEARNING, NAMES, SUMMARY, ABSTRACT = 10, 7, 4, 2, 0.5


@dataclass(frozen=True, slots=True)
class Document:
    """What it is of, a page's address from the root of the site, and the HTML to index for it."""

    kind: str
    path: str
    html: str


def documents(graph: Graph, planned: Iterable[Page]) -> tuple[Document, ...]:
    """One document for each page that can be found, always in the same order.

    Of `planned` pages that are none of a kind known here, title and description can be found.
    """
    known = (
        *(_session(graph, node) for node in graph.sessions.values()),
        *_themes(graph),
        *_named("person", graph.people, slugs.person_path, partial(_role, graph)),
        *_named(
            "organisation",
            graph.organisations,
            slugs.organisation_path,
            _sessions,
            partial(_figures_of, graph),
        ),
        *_named("project", graph.projects, slugs.project_path, _sessions),
        *_days(graph),
        *_pages(graph),
    )
    paths = {document.path for document in known}
    return known + tuple(
        _document("page", page.path, page.title, page.description, _part(page.description, SUMMARY))
        for page in planned
        if page.searchable and not page.bare and not page.wraps and page.path not in paths
    )


def _document(kind: str, path: str, title: str, context: str, *parts: str, **more: str) -> Document:
    """A document; `context` is the line under its title, `parts` are HTML."""
    said = {"kind": kind, "title": title, "context": context, **more}
    metadata = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">'
        for key, value in said.items()
        if value
    )
    body = _part(title, TITLE) + "".join(parts)
    return Document(
        kind,
        path,
        f'<!doctype html><html lang="en"><head>{metadata}</head><body>{body}</body></html>',
    )


def _part(text: str, weight: float, tag: str = "p", id: str = "") -> str:
    """A piece of text, with its weight; nothing where there is none."""
    if not text:
        return ""
    own = f' id="{id}"' if id else ""
    return f'<{tag}{own} data-pagefind-weight="{weight}">{escape(text)}</{tag}>'


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
        event.short,
        *record.tracks,
        record.room or "",
    ]
    learnings = "".join(
        _part(prose.to_text(each.text), LEARNING, "h2", slugs.learning_anchor(each.id))
        for each in node.learnings
    )
    minutes = {
        slugs.learning_anchor(each.id): clock(each.at)
        for each in node.learnings
        if each.at is not None
    }
    return _document(
        "session",
        slugs.session_path(node.id),
        record.title,
        " · ".join(filter(None, (", ".join(speakers), event.short))),
        _part(_spellings(filter(None, names)), NAMES),
        _part(prose.to_text(record.summary or ""), SUMMARY),
        _part(_figures(node), SUMMARY),
        *(_part(prose.to_text(quote.text), SUMMARY) for quote in node.quotes),
        *(
            _part(f"{each.title}. {prose.to_text(each.text or '')}", SUMMARY)
            for each in node.announcements
        ),
        _part(prose.to_text(record.abstract or ""), ABSTRACT),
        learnings,
        event=event.short,
        **minutes,
    )


def _figures(node: SessionNode) -> str:
    """A session's figures, with the words that ask for them."""
    said = [f"{figure.value} {figure.label}" for figure in node.record.figures]
    return ". ".join(("Figures, in numbers", *said)) if said else ""


def _figures_of(graph: Graph, node: NamedNode) -> str:
    """The figures of an organisation: of the sessions that it sent somebody to."""
    return " ".join(filter(None, map(_figures, map(graph.sessions.__getitem__, node.sessions))))


def _days(graph: Graph) -> Iterator[Document]:
    """The schedule of each day of an event, wherever it is shown."""
    for event in graph.events.values():
        for day, place, number in events.schedules(event):
            title = f"{words.long_day(day)}, {event.short}"
            context = f"Schedule · {words.count(number, 'session')}"
            path = f"{slugs.event_path(event.id)}{day.isoformat()}/"
            more = {"to": place} if place != path else {}
            yield _document("page", path, title, context, _part("Schedule", NAMES), **more)


def _themes(graph: Graph) -> Iterator[Document]:
    for id, node in graph.themes.items():
        record = node.record
        yield _document(
            "theme",
            slugs.theme_path(id),
            record.name,
            words.count(len(node.sessions), "session"),
            _part(_spellings(record.aliases), TITLE),
            _part(prose.to_text(record.summary or ""), SUMMARY),
        )


def _named(
    kind: str,
    nodes: Mapping[str, NamedNode],
    path: Callable[[str], str],
    context: Callable[[NamedNode], str],
    more: Callable[[NamedNode], str] = lambda _: "",
) -> Iterator[Document]:
    for id, node in nodes.items():
        plain = _spellings([node.name, *node.other_names]).removeprefix(node.name)
        parts = _part(plain.strip(", "), TITLE), _part(more(node), 1)
        yield _document(kind, path(id), node.name, context(node), *parts)


def _sessions(node: NamedNode) -> str:
    if node.announced and not node.sessions:
        return "Announcements"
    return words.count(len(node.sessions), "session")


def _role(graph: Graph, node: NamedNode) -> str:
    """Where somebody was from when last seen, and how many sessions there are."""
    found = cards.latest(graph, node)
    return " · ".join(filter(None, (found[1].affiliation if found else "", _sessions(node))))


def _pages(graph: Graph) -> Iterator[Document]:
    essays: dict[str, EssayNode] = {
        node.page.file: node for kind in (graph.shifts, graph.articles) for node in kind.values()
    }
    for file, page in graph.pages.items():
        if page.searchable:
            yield _page(page, essays.get(file))


def _page(page: PageNode, essay: EssayNode | None) -> Document:
    summary = prose.to_text(essay.record.summary or "") if essay else ""
    title = essay.record.title if essay else page.title
    body = wikilinks.replace(page.source.body, lambda link: link.words or link.target)
    return _document(
        "page", page.path, title, words.sentence(summary),
        _part(summary, SUMMARY), _part(prose.to_text(body), 1),
    )  # fmt: skip
