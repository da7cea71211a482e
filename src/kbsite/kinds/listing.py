"""Lists that may grow: cut into pages of bounded size, and indexes by letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from kbsite import slugs
from kbsite.graph import Graph
from kbsite.graph.nodes import NamedNode
from kbsite.kinds import cards, words
from kbsite.kinds.base import Page, Ref, Section, View
from kbsite.kinds.cards import Tally

FOLDER = Path(__file__).parent
INLINE = 60  # sessions that a page of something shows by itself
PER_PAGE = 100  # entries on one page of a list
ON_INDEX = 300  # names that an index shows on one page before it is cut by letter


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """One page of a list: which entries, and the way to the other pages."""

    number: int
    total: int
    start: int
    end: int
    previous: str | None
    following: str | None
    pages: tuple[Ref | None, ...]

    def of(self, text: str) -> str:
        """What the list is called, with the page's number on all but the first."""
        return text if self.number == 1 else f"{text}, page {self.number}"


def cut(
    length: int, first: str, more: str, per_page: int = PER_PAGE
) -> Iterator[tuple[str, Slice]]:
    """Each page's address and slice; the first is at `first`, others at `more` + "page/N/"."""
    sizes = [min(per_page, length - at) for at in range(0, length, per_page)]
    return parted(sizes or [0], first, more)


def parted(sizes: Sequence[int], first: str, more: str) -> Iterator[tuple[str, Slice]]:
    """Likewise, for pages that hold so many entries each."""
    total = len(sizes)

    def address(number: int) -> str:
        return first if number == 1 else f"{more}page/{number}/"

    for number, end in enumerate(accumulate(sizes), start=1):
        near = sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)})
        pages: list[Ref | None] = []
        for at, other in enumerate(near):
            if at and other - near[at - 1] > 1:
                pages.append(None)
            pages.append(Ref(str(other), address(other)))
        yield (
            address(number),
            Slice(
                number=number,
                total=total,
                start=end - sizes[number - 1],
                end=end,
                previous=address(number - 1) if number > 1 else None,
                following=address(number + 1) if number < total else None,
                pages=tuple(pages),
            ),
        )


def session_pages(
    graph: Graph, kind: str, owner: Ref, ids: Sequence[str], index: Ref
) -> Iterator[Page]:
    """The list of all sessions of something that has too many for its own page."""
    if len(ids) > INLINE:
        title = f"Sessions: {owner.text}"
        yield from list_pages(graph, kind, owner, f"{owner.path}sessions/", title, ids, index)


def list_pages(
    graph: Graph, kind: str, owner: Ref, base: str, title: str, ids: Sequence[str], index: Ref
) -> Iterator[Page]:
    """The list of some sessions, at `base`, that belongs to the page of `owner`."""
    for path, part in cut(len(ids), base, base):
        yield Page(
            kind=kind,
            path=path,
            title=part.of(title),
            description=part.of(
                f"{title}: {words.count(len(ids), 'session')}, newest event first, "
                "with speakers and themes"
            )
            + ".",
            template="session_list.html",
            searchable=False,
            view=partial(_session_list, graph, title, ids[part.start : part.end], part, len(ids)),
            tab=index.path,
            trail=(index, owner),
        )


def _session_list(graph: Graph, title: str, ids: Sequence[str], part: Slice, total: int) -> View:
    return {
        "title": title,
        "total": total,
        "groups": by_event(graph, ids),
        "slice": part,
    }


def by_event(graph: Graph, ids: Sequence[str]) -> list[tuple[Ref, tuple[cards.SessionCard, ...]]]:
    """Session cards under their events, in the order given."""
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(graph.sessions[id].event, []).append(id)
    return [
        (cards.event_ref(graph, event), cards.session_cards(graph, held))
        for event, held in groups.items()
    ]


def letter(node: NamedNode) -> str:
    """The letter under which a name is listed, "0" for digits."""
    first = (slugs.slug(node.name) or node.id)[0]
    return first if first.isalpha() else "0"


def index_pages(
    kind: str, title: str, base: str, lead: str, nodes: Mapping[str, NamedNode]
) -> Iterator[Page]:
    """The index of people, organisations or projects: by letter, on one page while short."""
    letters: dict[str, list[NamedNode]] = {}
    for node in nodes.values():
        letters.setdefault(letter(node), []).append(node)
    small = len(nodes) <= ON_INDEX
    yield Page(
        kind=kind,
        path=base,
        title=title,
        description=words.described(
            lead, f"{words.count(len(nodes), kind, _PLURALS.get(kind, ''))}, by letter."
        ),
        template="name_index.html",
        searchable=False,
        view=partial(_index, kind, title, base, lead, nodes, letters, small=small),
        tab=base,
    )
    if small:
        return
    for key in sorted(letters):
        here = f"{base}by/{key}/"
        for path, part in cut(len(letters[key]), here, here, 200):
            yield Page(
                kind=kind,
                path=path,
                title=part.of(f"{title}: {shown(key)}"),
                description=part.of(f"{lead} Those whose name begins with {shown(key)}") + ".",
                template="name_list.html",
                searchable=False,
                view=partial(
                    _letter,
                    kind,
                    title,
                    base,
                    key,
                    letters[key][part.start : part.end],
                    sorted(letters),
                    part,
                ),
                tab=base,
                trail=(Ref(title, base),),
            )


def _index(
    kind: str,
    title: str,
    base: str,
    lead: str,
    nodes: Mapping[str, NamedNode],
    letters: Mapping[str, list[NamedNode]],
    *,
    small: bool,
) -> View:
    ranked = sorted(nodes.values(), key=lambda n: (-len(n.sessions), n.id))
    anchors = [
        (
            Ref(shown(key), f"{base}#letter-{key}" if small else f"{base}by/{key}/"),
            len(letters[key]),
        )
        for key in sorted(letters)
    ]
    groups: list[tuple[Section, list[Tally]]] = []
    if small:
        groups = [
            (Section(id=f"letter-{key}", title=shown(key)), [tally(kind, n) for n in letters[key]])
            for key in sorted(letters)
        ]
    present = [tally(kind, n) for n in ranked[:24] if len(n.sessions) > 1]
    sections = [Section(id="most-present", title="Most present")] if present else []
    return {
        "title": title,
        "lead": lead,
        "total": words.count(len(nodes), kind, _PLURALS.get(kind, "")),
        "letters": anchors,
        "groups": groups,
        "present": present,
        "sections": (*sections, *(section for section, _ in groups)),
    }


def _letter(
    kind: str,
    title: str,
    base: str,
    key: str,
    nodes: Sequence[NamedNode],
    letters: Sequence[str],
    part: Slice,
) -> View:
    return {
        "title": f"{title}: {shown(key)}",
        "letters": [(Ref(shown(k), f"{base}by/{k}/"), 0) for k in letters],
        "here": f"{base}by/{key}/",
        "entries": [tally(kind, node) for node in nodes],
        "slice": part,
    }


def shown(key: str) -> str:
    return "0–9" if key == "0" else key.upper()


_PLURALS = {"person": "people"}
_PATHS: Mapping[str, Any] = {
    "person": slugs.person_path,
    "organisation": slugs.organisation_path,
    "project": slugs.project_path,
}


def tally(kind: str, node: NamedNode) -> Tally:
    return Tally(Ref(node.name, _PATHS[kind](node.id)), len(node.sessions))
