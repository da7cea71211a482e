"""The folder that an import writes to: free of links, and replaced whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kbsite.errors import EnvironmentFailure, UsageError
from kbsite.swap import publish, staging

Snapshot = Mapping[str, tuple[int, int]]


def demand_no_links(root: Path, folder: Path, endings: tuple[str, ...]) -> None:
    """Raises UsageError for a link on the way from `root`, or in the place of a file that may be
    written, which is one whose name ends with one of `endings` in any case.
    """
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    mine = (path for path in files if path.name.lower().endswith(endings))
    ways = (path for path in reversed(folder.parents) if path.is_relative_to(root) and path != root)
    for place in (*ways, folder, *mine):
        if place.is_symlink():
            raise UsageError(
                f"{place.relative_to(root).as_posix()} is a symbolic link, and an import writes "
                "through none; put what it leads to in its place"
            )


def snapshot(folder: Path) -> Snapshot:
    """Size and time of change of every file and link below `folder`, by path."""
    if not folder.is_dir():
        return {}
    files = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file())
    stats = ((path, path.lstat()) for path in files)
    return {
        path.relative_to(folder).as_posix(): (stat.st_size, stat.st_mtime_ns)
        for path, stat in stats
    }


def write(folder: Path, texts: Mapping[str, str], seen: Snapshot) -> None:
    """Put the new texts, by name, into the folder, all of them or none.

    Raises EnvironmentFailure where it does not hold any more what was `seen`.
    """
    with staging(folder, "import") as new:
        if folder.is_dir():
            shutil.copytree(folder, new, symlinks=True, dirs_exist_ok=True)
        for name, text in texts.items():
            place = new / name
            place.unlink(missing_ok=True)  # whatever it is by now, nothing is written through it
            place.write_bytes(text.encode())
        if snapshot(folder) != seen:
            raise EnvironmentFailure(
                f"something in {folder} was changed while it was imported into, and nothing was "
                "written; run the command again"
            )
        publish(new, folder)
