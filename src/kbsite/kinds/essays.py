"""Articles and shifts: hand-written pages, set in what the graph knows about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kbsite import prose
from kbsite.catalog import ARTICLE, SHIFT, Thing
from kbsite.graph.nodes import EssayNode
from kbsite.kinds import cards, findings, previews, sections, words
from kbsite.kinds.base import Kind, Page, Ref, View, Views, part
from kbsite.kinds.evidence import Sum, summed

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class EssayCard:
    ref: Ref
    anchor: str
    summary: str | None
    day: str
    iso: str
    author: str | None
    themes: tuple[cards.ThemeRef, ...]
    evidence: Sum | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EssayIndexView(View):
    lead: str
    essays: tuple[EssayCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EssayView(View):
    card: EssayCard
    published: date | None


def _pages(thing: Thing, title: str, lead: str, views: Views) -> Iterator[Page]:
    essays: dict[str, EssayNode] = dict(views.graph.nodes(thing))
    if essays and f"{thing.index}index.md" not in views.graph.pages:
        yield Page(
            kind=thing.name,
            path=thing.index,
            title=title,
            describe=partial(str, lead),
            template="essay_index.html",
            searchable=False,
            view=partial(_index, views, thing, lead),
            tab=thing.index,
        )
    for essay in essays.values():
        yield Page(
            kind=thing.name,
            path=essay.page.path,
            title=essay.record.title,
            describe=partial(_description, essay),
            previews=previews.of_themes(views, essay.themes[:1]),
            template="essay.html",
            view=partial(_essay, views, thing, essay),
            source=essay.page.source.path,
            tab=thing.index,
            trail=(Ref(title, thing.index),),
            wraps=essay.page.file,
        )


def card(views: Views, essay: EssayNode) -> EssayCard:
    record = essay.record
    return EssayCard(
        ref=Ref(record.title, essay.page.path),
        anchor=f"essay-{essay.id}",
        summary=record.summary,
        day=words.short_day(record.date) if record.date else "",
        iso=record.date.isoformat() if record.date else "",
        author=record.author,
        themes=cards.theme_refs(views, essay.themes),
        evidence=summed(views, (views.graph.learnings[key] for key in essay.evidence)),
    )


def _index(views: Views, thing: Thing, lead: str) -> EssayIndexView:
    essays: dict[str, EssayNode] = dict(views.graph.nodes(thing))
    return EssayIndexView(lead=lead, essays=tuple(card(views, each) for each in essays.values()))


def _essay(views: Views, thing: Thing, essay: EssayNode) -> EssayView:
    behind = essay.evidence if thing is SHIFT else ()
    return EssayView(
        card=card(views, essay),
        published=essay.record.date,
        parts=part(
            "the-learnings-behind-it",
            "The learnings behind it",
            findings.findings(views, behind),
            when=behind,
        ),
    )


def _description(essay: EssayNode) -> str:
    record = essay.record
    return words.sentence(record.description or prose.to_text(record.summary or ""))


def _kind(thing: Thing, title: str, lead: str) -> Kind:
    return Kind(
        name=thing.name,
        folder=FOLDER,
        pages=partial(_pages, thing, title, lead),
        tab=(title, thing.index),
        section=sections.FINDINGS,
    )


SHIFTS = _kind(SHIFT, "Shifts", "Where the field is going: claims, and the evidence for them.")
ARTICLES = _kind(ARTICLE, "Articles", "Longer pieces that tell the stories between the sessions.")
