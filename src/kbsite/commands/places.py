"""Folders as somebody names them on the command line."""

from __future__ import annotations

from pathlib import Path

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
