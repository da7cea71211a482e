"""Addresses that a change takes away, and what would keep them."""

from __future__ import annotations

from collections.abc import Sequence

from kbsite.catalog import SESSION, THINGS
from kbsite.difference.parts import PageChange, SessionChange, Vanished
from kbsite.kinds.redirects import KIND
from kbsite.leftout import LeftOut
from kbsite.slugs import fold

_THINGS = {thing.name: thing for thing in THINGS}


def vanished(
    pages: Sequence[PageChange], sessions: Sequence[SessionChange], left_out: LeftOut
) -> tuple[Vanished, ...]:
    """The removed pages but minor ones, and those of who asked for it, each with what to do."""
    new = {fold(change.title): change for change in sessions if change.how == "added"}
    same = {
        SESSION.path(change.id): new[fold(change.title)]
        for change in sessions
        if change.how == "removed" and fold(change.title) in new
    }
    return tuple(
        Vanished(path=page.path, title=page.title, hint=_hint(page, same.get(page.path)))
        for page in pages
        if page.how == "removed" and not page.minor and not _is_wanted(page, left_out)
    )


def _is_wanted(page: PageChange, left_out: LeftOut) -> bool:
    """Whether an address has to be gone, with the person or the session that it is of."""
    session = "/".join(page.path.removeprefix(SESSION.index).split("/")[:2])
    is_theirs = bool(left_out.found(page.path)) or left_out.is_name(page.title)
    return is_theirs or left_out.is_session(session)


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
