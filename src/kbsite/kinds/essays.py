"""Articles and shifts: hand-written pages, set in what the graph knows about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from kbsite import prose
from kbsite.graph import Graph
from kbsite.graph.nodes import EssayNode
from kbsite.kinds import cards, pictures, things, words
from kbsite.kinds.base import Kind, Page, Ref, Section, View

FOLDER = Path(__file__).parent
EVIDENCE = Section(id="the-learnings-behind-it", title="The learnings behind it")


def _pages(kind: str, title: str, lead: str, graph: Graph) -> Iterator[Page]:
    tab = f"{kind}s/"
    essays: Mapping[str, EssayNode] = graph.shifts if kind == "shift" else graph.articles
    if essays and f"{tab}index.md" not in graph.pages:
        yield Page(
            kind=kind,
            path=tab,
            title=title,
            description=lead,
            template="essay_index.html",
            searchable=False,
            view=lambda: {
                "title": title,
                "lead": lead,
                "essays": [summary(graph, essay) for essay in essays.values()],
            },
            tab=tab,
        )
    for essay in essays.values():
        text = essay.record.description or prose.to_text(essay.record.summary or "")
        yield Page(
            kind=kind,
            path=essay.page.path,
            title=essay.record.title,
            description=words.sentence(text),
            picture=pictures.theme_picture(graph, essay.themes[0]) if essay.themes else None,
            thing=partial(things.essay, graph, essay),
            template="essay.html",
            view=partial(_essay, kind, graph, essay),
            source=essay.page.source.path,
            tab=tab,
            trail=(Ref(title, tab),),
            wraps=essay.page.file,
        )


def summary(graph: Graph, essay: EssayNode) -> dict[str, object]:
    """An essay as a card."""
    record = essay.record
    return {
        "ref": Ref(record.title, essay.page.path),
        "anchor": f"essay-{essay.id}",
        "summary": record.summary,
        "day": words.short_day(record.date) if record.date else "",
        "iso": record.date.isoformat() if record.date else "",
        "author": record.author,
        "themes": [cards.theme_ref(graph, t) for t in essay.themes],
        "evidence": words.count(len(essay.evidence), "learning") if essay.evidence else "",
    }


def _essay(kind: str, graph: Graph, essay: EssayNode) -> View:
    shown = kind == "shift" and essay.evidence
    return {
        **summary(graph, essay),
        "kind": "Shift" if kind == "shift" else "Article",
        "title": essay.record.title,
        "learnings": cards.learning_cards(graph, essay.evidence) if shown else (),
        "sections": (EVIDENCE,) if shown else (),
    }


SHIFT = Kind(
    name="shift",
    folder=FOLDER,
    pages=partial(
        _pages, "shift", "Shifts", "Where the field is going: claims, and the evidence for them."
    ),
    tab=("Shifts", "shifts/"),
)
ARTICLE = Kind(
    name="article",
    folder=FOLDER,
    pages=partial(
        _pages, "article", "Articles", "Longer pieces that tell the stories between the sessions."
    ),
    tab=("Articles", "articles/"),
)
