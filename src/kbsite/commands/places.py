"""Folders as somebody names them on the command line."""

from __future__ import annotations

from pathlib import Path

from kbsite import catalog
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
    """The ids of all things of one kind that have files of their own and begin so, for a shell."""
    row = catalog.named(thing)
    try:
        folder = base(root) / row.folder
    except UsageError:
        return []
    if row.file:
        found = [path.parent.name for path in folder.glob(f"*/{row.file}")]
    elif row.folder == catalog.EVENT.folder:
        found = [f"{path.parent.name}/{path.stem}" for path in folder.glob(f"*/*{row.ending}")]
    else:
        found = [path.stem for path in folder.glob(f"*{row.ending}")]
    return sorted(id for id in found if id.startswith(begun) and not id.endswith("/event"))
