"""Pages that list the sessions of something that has too many for its own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kbsite.kinds import cards, paging, parts, words
from kbsite.kinds.base import Page, Ref, View, Views

INLINE = 60  # sessions that a page of something shows by itself


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionListView(View):
    total: int
    groups: tuple[tuple[Ref, tuple[cards.SessionCard, ...]], ...]
    slice: paging.Slice


def address(owner: str) -> str:
    """Where the list of all sessions of what is at `owner` begins."""
    return f"{owner}sessions/"


def shown(views: Views, ids: Sequence[str], owner: str) -> parts.Sessions:
    """The sessions that the page at `owner` shows by itself, and the way to the others."""
    return parts.Sessions(
        groups=cards.by_event(views, ids[:INLINE]),
        more=cards.more(len(ids), INLINE, "session", address(owner)),
    )


def pages(views: Views, kind: str, owner: Ref, ids: Sequence[str], index: Ref) -> Iterator[Page]:
    """The list of all sessions of `owner`, if its own page does not show them."""
    if len(ids) > INLINE:
        title = f"Sessions: {owner.text}"
        yield from list_pages(views, kind, owner, address(owner.path), title, ids, index)


def list_pages(
    views: Views, kind: str, owner: Ref, base: str, title: str, ids: Sequence[str], index: Ref
) -> Iterator[Page]:
    """The list of some sessions, at `base`, that belongs to the page of `owner`."""
    for path, part in paging.cut(len(ids), base, base):
        yield Page(
            kind=kind,
            path=path,
            title=part.of(title),
            describe=partial(
                str,
                part.of(
                    f"{title}: {words.count(len(ids), 'session')}, newest event first, "
                    "with speakers and themes"
                )
                + ".",
            ),
            template="session_list.html",
            searchable=False,
            view=partial(_view, views, ids, part),
            tab=index.path,
            trail=(index, owner),
        )


def _view(views: Views, ids: Sequence[str], part: paging.Slice) -> SessionListView:
    return SessionListView(
        total=len(ids), groups=cards.by_event(views, ids[part.start : part.end]), slice=part
    )
