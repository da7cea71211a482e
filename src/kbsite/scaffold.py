"""A new knowledge base with an example in it: the files that `kbsite init` writes."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import kbsite
from kbsite import yamlwrite
from kbsite.errors import UsageError

CONFIG = "mkdocs.yml"

_MARK = re.compile(r"(?<!\$)\{\{ (name|version) \}\}")


def init(folder: Path, name: str | None = None) -> tuple[str, ...]:
    """Write a new knowledge base into `folder`, which is made, or is empty; the paths of its files.

    Raises UsageError where anything is there already.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is not a folder; name a new one")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a new folder, or an empty one")
    title = name or folder.resolve().name
    said = {"name": title, "version": kbsite.__version__}
    made: list[Path] = []
    files: list[str] = []
    try:
        for path, text in _starter(resources.files("kbsite").joinpath("starter")):
            place = folder / path
            made += [above for above in reversed(place.parents) if not above.exists()]
            place.parent.mkdir(parents=True, exist_ok=True)
            made.append(place)
            head = yamlwrite.dump({"site_name": title}) if path == CONFIG else ""
            place.write_text(head + _MARK.sub(lambda found: said[found[1]], text), encoding="utf-8")
            files.append(path)
    except BaseException:
        for place in reversed(made):  # what others have put there meanwhile stays
            with suppress(OSError):
                place.rmdir() if place.is_dir() else place.unlink()
        raise
    return tuple(sorted(files))


def _starter(folder: Traversable, inside: str = "") -> list[tuple[str, str]]:
    """The packaged files by path; "dot-" stands for a leading dot, which packaging leaves out."""
    out: list[tuple[str, str]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = f"{inside}{item.name.replace('dot-', '.', 1)}"
        if item.is_dir():
            out += _starter(item, f"{path}/")
        else:
            out.append((path, item.read_text(encoding="utf-8")))
    return out
