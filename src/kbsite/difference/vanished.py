"""Addresses that a change takes away, and what would keep them."""

from __future__ import annotations

from collections.abc import Sequence

from kbsite.catalog import SESSION, THINGS
from kbsite.difference.parts import PageChange, SessionChange, Vanished
from kbsite.kinds.redirects import KIND
from kbsite.slugs import fold

_THINGS = {thing.name: thing for thing in THINGS}


def vanished(
    pages: Sequence[PageChange], sessions: Sequence[SessionChange]
) -> tuple[Vanished, ...]:
    """The removed pages but minor ones, each with what to do."""
    new = {fold(change.title): change for change in sessions if change.how == "added"}
    same = {
        SESSION.path(change.id): new[fold(change.title)]
        for change in sessions
        if change.how == "removed" and fold(change.title) in new
    }
    return tuple(
        Vanished(path=page.path, title=page.title, hint=_hint(page, same.get(page.path)))
        for page in pages
        if page.how == "removed" and not page.minor
    )


def _hint(page: PageChange, same: SessionChange | None) -> str:
    """What keeps an address; `same` is a new session of the title that was there."""
    thing = _THINGS.get(page.kind)
    if page.kind == KIND.name:
        return "keep the alias that made it lead on"
    if thing is SESSION:
        own = page.path.removeprefix(SESSION.index).rstrip("/")
        if same is not None:
            return f"if it is {same.id} by now, write '{own}' under aliases in {same.file}"
        return f"if it is another session by now, write '{own}' under aliases in its record"
    if thing is not None and thing.folder and not thing.paged:
        return f"if it goes by another name, write this one under aliases in {thing.folder}/"
    return "leave a page there, with a link to what took its place"
