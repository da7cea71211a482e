"""Folders as somebody names them on the command line."""

from __future__ import annotations

from pathlib import Path

from kbsite import catalog
from kbsite.authoring.glance import Glance
from kbsite.catalog import LEARNING, SESSION
from kbsite.errors import UsageError
from kbsite.pipeline import find_root


def base(given: Path | None) -> Path:
    """The knowledge base that is meant: the one that is given, or else the one we stand in."""
    return given.resolve() if given else find_root(Path.cwd())


def shown(path: Path) -> str:
    """A folder as one would name it here; a build may just have replaced where one is."""
    try:
        return path.relative_to(Path.cwd()).as_posix() + "/"
    except (ValueError, FileNotFoundError):
        return f"{path}/"


def ids_of(root: Path | None, thing: str, begun: str) -> list[str]:
    """What a shell may offer of a thing where somebody has begun so: of sessions and learnings one
    step after the other.
    """
    try:
        place = base(root)
    except UsageError:
        return []
    glance = Glance(place)
    if thing == LEARNING.name and "#" in begun:
        session = glance.session(begun.partition("#")[0])
        ids = [learning.id for learning in session.learnings] if session else []
        every = [f"{begun.partition('#')[0]}#{id}" for id in ids]
    elif thing == LEARNING.name:
        every = [f"{id}#" for id in glance.ids(SESSION)]
    else:
        every = [*glance.ids(catalog.named(thing))]
    return sorted(id for id in every if id.startswith(begun))
