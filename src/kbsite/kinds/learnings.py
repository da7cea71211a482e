"""All learnings, by theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kbsite.graph import Graph
from kbsite.kinds import cards, listing, words
from kbsite.kinds.base import Kind, Page, Ref, Section, View

TAB = "learnings/"
INDEX = Ref("Learnings", TAB)
PREVIEW = 2
PER_PAGE = 50
WITHOUT = "without-theme"


def pages(graph: Graph) -> Iterator[Page]:
    loose = [key for key, node in graph.learnings.items() if not node.themes]
    yield Page(
        kind="learning",
        path=TAB,
        title="Learnings",
        description=f"{words.count(len(graph.learnings), 'learning')}, theme by theme, each with "
        "the talk and the speaker it came from.",
        template="learning_index.html",
        searchable=False,
        view=partial(_index, graph, loose),
        tab=TAB,
    )
    lists = [
        (id, Ref(node.record.name, f"themes/{id}/"), node.learnings)
        for id, node in graph.themes.items()
        if node.learnings
    ]
    if loose:
        lists.append((WITHOUT, Ref("No theme yet", TAB), tuple(loose)))
    for id, owner, keys in lists:
        base = f"{TAB}{id}/"
        for path, part in listing.cut(len(keys), base, base, PER_PAGE):
            yield Page(
                kind="learning",
                path=path,
                title=part.of(f"Learnings: {owner.text}"),
                description=part.of(
                    f"{words.count(len(keys), 'learning')} about {owner.text}, newest event "
                    "first, each with its talk"
                )
                + ".",
                template="learning_list.html",
                searchable=False,
                view=partial(_list, graph, owner, keys[part.start : part.end], part, len(keys)),
                tab=TAB,
                trail=(INDEX,),
            )


def _index(graph: Graph, loose: Sequence[str]) -> View:
    groups = [
        (
            Section(id=f"theme-{id}", title=node.record.name),
            cards.learning_cards(graph, node.learnings[:PREVIEW]),
            f"{TAB}{id}/",
            len(node.learnings),
        )
        for id, node in graph.themes.items()
        if node.learnings
    ]
    if loose:
        groups.append(
            (
                Section(id=WITHOUT, title="No theme yet"),
                cards.learning_cards(graph, loose[:PREVIEW]),
                f"{TAB}{WITHOUT}/",
                len(loose),
            )
        )
    return {
        "sections": tuple(section for section, *_ in groups),
        "total": words.count(len(graph.learnings), "learning"),
        "sessions": words.count(sum(bool(s.learnings) for s in graph.sessions.values()), "session"),
        "groups": groups,
    }


def _list(graph: Graph, owner: Ref, keys: Sequence[str], part: listing.Slice, total: int) -> View:
    return {
        "owner": owner,
        "total": words.count(total, "learning"),
        "learnings": cards.learning_cards(graph, keys),
        "slice": part,
    }


KIND = Kind(name="learning", folder=Path(__file__).parent, pages=pages, tab=("Learnings", TAB))
