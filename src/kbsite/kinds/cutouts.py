"""A page for each quote and each figure by itself: to be linked to, and shown in previews of links.

Nothing else lists these pages, and search does not find them: they are found in their session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kbsite import prose
from kbsite.catalog import EVENT, FIGURE, PERSON, QUOTE, SESSION, Thing
from kbsite.graph.nodes import ClaimNode, FigureNode, QuoteNode, SessionNode
from kbsite.kinds import cards, figure_cards, previews, words
from kbsite.kinds.base import Kind, Page, Ref, View, Views
from kbsite.kinds.evidence import evidence

TAB = SESSION.index
QUOTED = 90  # characters of a quote that stand for it


@dataclass(frozen=True, kw_only=True, slots=True)
class CutoutView(View):
    """A quote or a figure, and where it is from; `here` leads to the page itself."""

    quote: cards.QuoteCard | None = None
    figure: figure_cards.FigureCard | None = None
    here: str
    brief: str
    session: Ref
    event: Ref
    speakers: tuple[Ref, ...]
    hue: int


def address(thing: Thing, claim: ClaimNode) -> str:
    """Where the page of a claim is."""
    return f"{SESSION.path(claim.session)}{thing.plural}/{claim.id}/"


def pages(views: Views) -> Iterator[Page]:
    for node in views.graph.sessions.values():
        # Two claims of one id are a problem of their record, which says so
        for quote in {each.id: each for each in node.quotes}.values():
            yield _of_quote(views, node, quote)
        for figure in {each.id: each for each in node.figures}.values():
            yield _of_figure(views, node, figure)


def _of_quote(views: Views, node: SessionNode, quote: QuoteNode) -> Page:
    text = prose.to_text(quote.text)
    by = views.graph.people[quote.by].name if quote.by else ""
    return _page(
        views,
        node,
        quote,
        kind="Quote",
        path=address(QUOTE, quote),
        said=f"“{words.sentence(text, QUOTED)}”",
        shown=f"“{text}”",
        by=by,
    )


def _of_figure(views: Views, node: SessionNode, figure: FigureNode) -> Page:
    text = f"{figure.value} {figure.label}"
    return _page(
        views,
        node,
        figure,
        kind="Figure",
        path=address(FIGURE, figure),
        said=text,
        shown=text,
        by="",
    )


def _page(
    views: Views,
    node: SessionNode,
    claim: QuoteNode | FigureNode,
    *,
    kind: str,
    path: str,
    said: str,
    shown: str,
    by: str,
) -> Page:
    """The page of a claim, which is `said` in a line, and `shown` in its picture."""
    event = views.graph.events[node.event]
    return Page(
        kind="cutout",
        path=path,
        title=f"{kind} from “{node.record.title}”",
        full_title=" – ".join(filter(None, (said, by or node.record.title, event.label))),
        describe=partial(_description, views, node, claim, said, by),
        template="cutout.html",
        view=partial(_view, views, node, claim, path, said),
        source=node.source.path,
        tab=TAB,
        trail=(
            Ref("Sessions", TAB),
            views.ref(EVENT, node.event),
            views.ref(SESSION, node.id),
        ),
        searchable=False,
        previews=(
            previews.of_claim(
                views,
                node,
                path,
                kind=f"{kind} from {event.label}",
                title=shown,
                foot=(_source(views, claim), by or node.record.title),
            ),
            *previews.of_themes(views, node.themes[:1]),
            views.once(previews.of_event, node.event),
        ),
    )


def _source(views: Views, claim: ClaimNode) -> str:
    """What a picture says of a claim's evidence."""
    where = evidence(views, claim)
    return " ".join(filter(None, (where.words, where.author)))


def _description(views: Views, node: SessionNode, claim: ClaimNode, said: str, by: str) -> str:
    people = ", ".join(views.graph.people[a.person].name for a in node.appearances)
    held = by or words.KIND_LABELS[node.record.kind] + (f" by {people}" if people else "")
    where = f"{held} at {views.graph.events[node.event].record.name}."
    source = _source(views, claim)
    return words.described(f"{said}, {source[:1].lower()}{source[1:]}.", where)


def _view(
    views: Views, node: SessionNode, claim: QuoteNode | FigureNode, path: str, said: str
) -> CutoutView:
    return CutoutView(
        quote=cards.quote_card(views, claim) if isinstance(claim, QuoteNode) else None,
        figure=figure_cards.figure_card(views, claim) if isinstance(claim, FigureNode) else None,
        here=path,
        brief=said,
        session=views.ref(SESSION, node.id),
        event=views.ref(EVENT, node.event),
        speakers=tuple(views.ref(PERSON, a.person) for a in node.appearances),
        hue=previews.hue_of(views, node),
    )


KIND = Kind(name="cutout", folder=Path(__file__).parent, pages=pages)
