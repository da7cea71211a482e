"""The texts that can be found: a small document for each session, page, day of an event and text
about a thing.

A document holds the words that should lead to a page and what a list of results says of it, no
more. A session's learnings and quotes are headings in its document, so each is found with its own
address.
What has a name and a page of its own is found by its name (see `names`), and by what somebody wrote
about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from kbsite import prose, wikilinks
from kbsite.catalog import (
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    QUOTE,
    SESSION,
    THEME,
    Thing,
)
from kbsite.graph import Graph
from kbsite.graph.nodes import (
    Day,
    EssayNode,
    EventNode,
    LearningNode,
    NamedNode,
    PageNode,
    QuoteNode,
    SessionNode,
    ThemeNode,
)
from kbsite.graph.times import clock
from kbsite.kinds import events, words
from kbsite.kinds.base import Page, Views
from kbsite.kinds.evidence import evidence
from kbsite.outputs import names, spelling
from kbsite.outputs.base import Output, Surroundings

# Stands before what is only there to be found; it has no width, and nobody writes it
UNSHOWN = "\u2063"
# Among what is not shown of a session of which somebody wrote down what was learned
LEARNED = "kblearned"
# How much more a word counts there than in a text; Pagefind takes 0 to 10.
TITLE, CLAIM, NAMES, SUMMARY, TEXT, ABSTRACT = 10, 7, 4, 2, 1, 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text and its weight; one with an `id` is found with its own address.

    By `others` it is found too; they are not shown.
    """

    text: str
    weight: float
    id: str = ""
    others: str = ""


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


def outputs(views: Views, pages: Iterable[Page]) -> Iterator[Output[object]]:
    """A document for each page that can be found, in a fixed order.

    Of pages that are about no thing known here, title and description can be found.
    """
    taken = {t.path(id) for t in names.NAMED for id in views.graph.nodes(t)}
    for path, make in _known(views):
        taken.add(path)
        yield _output(path, make)
    for page in pages:
        if page.searchable and not (page.bare or page.wraps or page.path in taken):
            yield _output(page.path, partial(_other, page))


def _output(path: str, value: Callable[[], Document]) -> Output[Document]:
    return Output(path=f"{path}index.html", kind="document", value=value, write=write)


def _known(views: Views) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The addresses of all documents about things, and what makes each."""
    graph = views.graph
    for session in graph.sessions.values():
        yield SESSION.path(session.id), partial(_session, views, session)
    for event in graph.events.values():
        for day, path, place in events.schedules(event):
            yield path, partial(_day, event, day, path, place)
    for thing in (THEME, PERSON, ORGANISATION, PROJECT):
        for id, node in graph.nodes(thing).items():
            if node.body.strip():
                yield thing.path(id), partial(_about_thing, thing, id, node)
    essays = {n.page.file: n for kind in (graph.shifts, graph.articles) for n in kind.values()}
    for file, page in graph.pages.items():
        if page.searchable:
            yield page.path, partial(_page, page, essays.get(file))


def write(document: Document, _around: Surroundings) -> bytes:
    """A document as the HTML that Pagefind reads."""
    said = {"kind": document.kind, "title": document.title, "context": document.context}
    metadata = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">'
        for key, value in (*said.items(), *document.more)
        if value
    )
    body = "".join(_written(Words(document.title, TITLE), *document.parts))
    page = f'<!doctype html><html lang="en"><head>{metadata}</head><body>{body}</body></html>'
    return page.encode()


def _written(*parts: Words) -> Iterator[str]:
    """Other spellings follow all that is shown, but those of a heading, which follow it."""
    shown = [part for part in parts if part.text and not part.id]
    for part in shown:
        yield _element(part)
    for part in shown:
        if more := spelling.more(part.text):
            yield _element(Words(f"{UNSHOWN} {more}", part.weight))
    for part in parts:
        if part.text and part.id:
            yield _element(part)
            if more := spelling.more(part.text):
                yield _element(Words(f"{UNSHOWN} {more}", part.weight))
        if part.others:
            more = f"{part.others} {spelling.more(part.others)}".strip()
            yield _element(Words(f"{UNSHOWN} {more}", NAMES))


def _element(part: Words) -> str:
    tag = "h2" if part.id else "p"
    own = f' id="{part.id}"' if part.id else ""
    return f'<{tag}{own} data-pagefind-weight="{part.weight}">{escape(part.text)}</{tag}>'


def _session(views: Views, node: SessionNode) -> Document:
    graph, record = views.graph, node.record
    speakers = [graph.people[a.person].name for a in node.appearances]
    event = graph.events[node.event]
    called = [
        *speakers,
        *(graph.organisations[a.organisation].name for a in node.appearances if a.organisation),
        *(graph.themes[t].record.name for t in node.themes),
        *(graph.projects[p].name for p in node.projects),
        event.record.name,
        event.label,
        *record.tracks,
        record.room or "",
    ]
    taught: tuple[LearningNode | QuoteNode, ...] = (*node.learnings, *node.quotes)
    claims = {_anchor(each): each for each in taught}
    return Document(
        kind=SESSION.name,
        path=SESSION.path(node.id),
        title=record.title,
        context=" · ".join(filter(None, (", ".join(speakers), event.label))),
        parts=(
            Words(record.subtitle or "", SUMMARY),
            Words(prose.to_text(record.summary or ""), SUMMARY),
            Words(_figures(node), SUMMARY),
            *(
                Words(f"{each.title}. {prose.to_text(each.text or '')}", SUMMARY)
                for each in node.announcements
            ),
            Words(prose.to_text(record.abstract or ""), ABSTRACT),
            Words(", ".join(filter(None, called)), NAMES),
            Words("", NAMES, others=LEARNED if node.learnings else ""),
            *(
                Words(prose.to_text(each.text), CLAIM, anchor, _about(graph, node, each))
                for anchor, each in claims.items()
            ),
        ),
        more=(
            ("event", event.label),
            *((anchor, clock(n.at)) for anchor, n in claims.items() if n.at is not None),
            *((f"basis-{anchor}", _basis(views, each)) for anchor, each in claims.items()),
        ),
    )


def _anchor(claim: LearningNode | QuoteNode) -> str:
    thing = LEARNING if isinstance(claim, LearningNode) else QUOTE
    return thing.path(claim.key).partition("#")[2]


def _about(graph: Graph, node: SessionNode, claim: LearningNode | QuoteNode) -> str:
    """What a learning is about, of which its text need say nothing."""
    if not isinstance(claim, LearningNode):
        return ""
    themes = (graph.themes[theme].record.name for theme in claim.themes)
    return ", ".join((*themes, *(graph.projects[project].name for project in node.projects)))


def _basis(views: Views, claim: LearningNode | QuoteNode) -> str:
    """Where a claim comes from, as its card begins to say; nothing where nobody says."""
    if not claim.grounds.basis:
        return ""
    where = evidence(views, claim, claim.by)
    by = where.author or (where.by.text if where.by else "")
    return ", ".join(filter(None, (f"{where.words} {by}".strip(), where.note)))


def _figures(node: SessionNode) -> str:
    """A session's figures, with the words that ask for them."""
    said = [
        ". ".join(filter(None, (f"{each.value} {each.label}", prose.to_text(each.note or ""))))
        for each in node.record.figures
    ]
    return ". ".join(("Figures, in numbers", *said)) if said else ""


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


def _about_thing(thing: Thing, id: str, node: ThemeNode | NamedNode) -> Document:
    """What somebody wrote about a theme, a person, an organisation or a project."""
    text = prose.to_text(node.body)
    return Document(
        kind="page",
        path=thing.path(id),
        title=node.label,
        context=words.sentence(text),
        parts=(Words(text, TEXT),),
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
        parts=(
            Words(summary, SUMMARY),
            Words(page.description if page.description != summary else "", SUMMARY),
            Words((essay.record.author or "") if essay else "", NAMES),
            Words(prose.to_text(body.replace("![", "[")), TEXT),  # what pictures say in words, too
        ),
    )


def _other(page: Page) -> Document:
    return Document(
        kind="page",
        path=page.path,
        title=page.title,
        context=page.description,
        parts=(Words(page.description, SUMMARY),),
    )
