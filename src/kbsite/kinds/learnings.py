"""All learnings, by theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite.catalog import LEARNING, THEME
from kbsite.kinds import cards, paging, sections, words
from kbsite.kinds.base import Data, Kind, Page, Part, Ref, View, Views
from kbsite.kinds.evidence import Sum, summed

TAB = LEARNING.index
INDEX = Ref("Learnings", TAB)
PREVIEW = 2  # learnings of each theme that the index shows
PER_PAGE = 50
WITHOUT = "without-theme"
NO_THEME = "No theme yet"


@dataclass(frozen=True, kw_only=True, slots=True)
class LearningIndexView(View):
    evidence: Sum | None


@dataclass(frozen=True, slots=True)
class Sample(Data):
    """Some learnings about a theme, and the way to all of them."""

    macro: ClassVar = "sample"
    about: str
    cards: tuple[cards.LearningCard, ...]
    path: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LearningListView(View):
    owner: Ref
    evidence: Sum | None
    learnings: tuple[cards.ThemedLearning, ...]
    slice: paging.Slice


@dataclass(frozen=True, slots=True)
class _Group:
    """Learnings that are listed together, as the keys of a theme's or of those without one."""

    id: str
    anchor: str
    owner: Ref
    keys: Sequence[str]

    @property
    def path(self) -> str:
        return of_theme(self.id)


def of_theme(id: str) -> str:
    """Where all learnings about a theme are listed."""
    return f"{TAB}{id}/"


def _groups(views: Views) -> Iterator[_Group]:
    graph = views.graph
    for id, node in graph.themes.items():
        if node.learnings:
            yield _Group(id, f"theme-{id}", views.ref(THEME, id), node.learnings)
    loose = [key for key, node in graph.learnings.items() if not node.themes]
    if loose:
        yield _Group(WITHOUT, WITHOUT, Ref(NO_THEME, TAB), loose)


def pages(views: Views) -> Iterator[Page]:
    groups = tuple(_groups(views))
    total = words.count(len(views.graph.learnings), "learning")
    yield Page(
        kind=LEARNING.name,
        path=TAB,
        title="Learnings",
        describe=partial(
            str, f"{total}, theme by theme, each with the talk and the speaker it came from."
        ),
        template="learning_index.html",
        searchable=False,
        view=partial(_index, views, groups),
        tab=TAB,
    )
    for group in groups:
        for path, slice in paging.cut(len(group.keys), group.path, group.path, PER_PAGE):
            number = words.count(len(group.keys), "learning")
            yield Page(
                kind=LEARNING.name,
                path=path,
                title=slice.of(f"What was learned: {group.owner.text}"),
                describe=partial(
                    str,
                    slice.of(
                        f"{number} about {group.owner.text}, newest event first, each with its talk"
                    )
                    + ".",
                ),
                template="learning_list.html",
                searchable=False,
                view=partial(_list, views, group, slice),
                tab=TAB,
                trail=(INDEX,),
            )


def _index(views: Views, groups: Sequence[_Group]) -> LearningIndexView:
    return LearningIndexView(
        evidence=summed(views, views.graph.learnings.values()),
        parts=tuple(
            Part(
                group.anchor,
                group.owner.text,
                Sample(
                    group.owner.text,
                    cards.learning_cards(views, group.keys[:PREVIEW]),
                    group.path,
                    len(group.keys),
                ),
            )
            for group in groups
        ),
    )


def _list(views: Views, group: _Group, slice: paging.Slice) -> LearningListView:
    return LearningListView(
        owner=group.owner,
        evidence=summed(views, (views.graph.learnings[key] for key in group.keys)),
        learnings=cards.themed_learnings(views, group.keys[slice.start : slice.end]),
        slice=slice,
    )


KIND = Kind(
    name=LEARNING.name,
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Learnings", TAB),
    section=sections.FINDINGS,
)
