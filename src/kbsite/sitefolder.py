"""The folder of a built site: where it may be, what builds made in it, and what else is there.

A build replaces what builds made. What somebody else put there stays if it begins with a dot or is
called CNAME, for hosts and git read such files; anything else goes, and is named. The folder of an
export is treated alike, but neither may take the place of the other.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbsite.catalog import folders
from kbsite.errors import UsageError

MARKER = ".kbsite"  # a file in every built site: that builds may replace it, and what they made
DOMAIN = "CNAME"  # in which GitHub Pages reads the domain of the site
SHOWN = 5  # paths in a message


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """What a folder is made to be, in the words of messages about it."""

    name: str
    make: str
    put: str
    maker: str
    about: str
    theirs: str
    elsewhere: str


SITE = Sort(
    name="site",
    make="build",
    put="built",
    maker="a build",
    about="Built by kbsite. The next build replaces these files, and this one.",
    theirs=". If it is a site that something else built, such as MkDocs without the plugin kbsite, "
    "delete it yourself and build again; if not, ",
    elsewhere="name another folder with --site-dir, or as site_dir in mkdocs.yml",
)
EXPORT = Sort(
    name="export",
    make="export",
    put="written",
    maker="an export",
    about="Exported by kbsite. The next export replaces these files, and this one.",
    theirs="; ",
    elsewhere="name another folder",
)


def demand_replaceable(folder: Path, root: Path, sort: Sort = SITE) -> Path:
    """The true place of `folder`, once it is sure that the site of `root` may be built there.

    Raises UsageError where that would destroy the content, or what it may not replace.
    """
    elsewhere = sort.elsewhere
    place, root = _real(folder), _real(root)
    kept = {name: _real(root / name) for name in (*folders(), ".git")}
    if os.path.lexists(place) and not place.is_dir():
        raise UsageError(f"{place} is not a folder; {elsewhere}")
    for name, own in kept.items():
        if _is_within(place, own):
            raise UsageError(
                f"the {sort.name} cannot be {sort.put} into {place}: that is where {name} is; "
                f"{elsewhere}"
            )
    if any(_is_within(own, place) for own in (root, *kept.values())):
        raise UsageError(
            f"the {sort.name} cannot be {sort.put} into {place}: it holds the knowledge base "
            f"itself; {elsewhere}"
        )
    if place.is_mount():
        raise UsageError(
            f"{place} is a mount point, and no other folder can take its place; name a folder in "
            f"it, as {place / sort.name}"
        )
    if not (place / MARKER).is_file():
        if theirs := sorted(n for n in _names(place) if n == MARKER or not _stays(n)):
            raise UsageError(
                f"{place} holds what kbsite did not {sort.make} ({named(theirs)}), and "
                f"{sort.maker} would delete that{sort.theirs}{elsewhere}"
            )
    elif _sort_of(place) != sort.name:
        raise UsageError(
            f"{place} holds the {_sort_of(place)} of a knowledge base, whose place {sort.maker} "
            f"may not take; {elsewhere}"
        )
    return place


def others(folder: Path) -> list[str]:
    """The paths in `folder` of what no build made, sorted; a folder's ends in a slash.

    A folder in which nothing was made is one path. Where a build was cut off, nobody can tell what
    it made, and only what stays anyway is found.
    """
    made = _made(folder)
    if made is None:
        return sorted(filter(_stays, _others(folder, {MARKER}, ())))
    parents: set[str] = set()
    for path in made:
        while (path := path.rpartition("/")[0]) not in parents:
            parents.add(path)
    return sorted(_others(folder, made | {MARKER}, parents))


def carry_over(found: Iterable[str], old: Path, new: Path) -> list[str]:
    """Bring what stays of the site in `old` to the one in `new`, where that has nothing of its own.

    `found` are the `others` of `old`; gives the paths of those that go. Files are linked and not
    moved: `old` remains whole until `new` is in its place, and nothing is copied twice.
    """
    for path in filter(_stays, found):
        _bring(old / path, new / path)
    return [path for path in found if not _stays(path)]


def remove(paths: Iterable[str], folder: Path) -> None:
    """Remove some files and folders from a folder, as far as that can be."""
    for path in paths:
        if path.endswith("/"):
            shutil.rmtree(folder / path, ignore_errors=True)
        else:
            with suppress(OSError):
                (folder / path).unlink()


class InPlace:
    """A build into the folder itself, as MkDocs does it: it is emptied, and then filled.

    MkDocs leaves what begins with a dot, but would delete a CNAME.
    """

    def __init__(self, folder: Path, root: Path, *, strict: bool) -> None:
        """Before it is emptied. Raises UsageError as `demand_replaceable` and `spare` do."""
        self._folder = demand_replaceable(folder, root)
        self._aside = self._folder / f".{DOMAIN}~"
        self._others = others(self._folder)
        if strict:
            spare([path for path in self._others if not _stays(path)])
        if DOMAIN in self._others:
            (self._folder / DOMAIN).replace(self._aside)

    def emptied(self) -> list[str]:
        """To be called then; gives the paths of what no build had made and is no longer there."""
        if self._aside.exists():
            self._aside.replace(self._folder / DOMAIN)
        before, self._others = self._others, others(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._mark(None)
        return [path for path in before if path not in self._others]

    def filled(self) -> None:
        """To be called when everything is there."""
        self._mark(sorted(_files(self._folder, {*self._others, MARKER})))

    def _mark(self, made: Sequence[str] | None) -> None:
        """Say what the build made, or that it has not ended."""
        _write_marker(self._folder, {"about": SITE.about, "made": made})


def mark_export(folder: Path) -> None:
    """Say of all that is in a folder that an export made it."""
    made = sorted(_files(folder, {MARKER}))
    _write_marker(folder, {"about": EXPORT.about, "sort": EXPORT.name, "made": made})


def spare(paths: Sequence[str]) -> None:
    """Raise UsageError if a strict build would remove any."""
    if paths:
        raise UsageError(
            "the site holds what no build made, and a strict build does not remove that: "
            f"{named(paths)}; move it to content/ if it belongs to the site, or delete it"
        )


def farewell(gone: Sequence[str]) -> str:
    """That others' files are no longer in the site, and where they would have been safe."""
    return (
        f"removed from the site, for no build had made it: {named(gone)}; "
        "what belongs to the site is safe in content/"
    )


def named(paths: Sequence[str]) -> str:
    """Some paths in words.

    >>> named(["a", "b/"]), named(["a", "b", "c", "d", "e", "f", "g"])
    ('a, b/', 'a, b, c, d, e and 2 more')
    """
    more = len(paths) - SHOWN
    return ", ".join(paths[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _stays(path: str) -> bool:
    return path.startswith(".") or path == DOMAIN


def _write_marker(folder: Path, said: dict[str, Any]) -> None:
    text = json.dumps(said, indent=1)
    (folder / MARKER).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _sort_of(folder: Path) -> str:
    """What the marker in `folder` says that it is made to be. Raises UsageError as `_made` does."""
    _made(folder)
    said = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    return str(said.get("sort", SITE.name))


def _made(folder: Path) -> frozenset[str] | None:
    """What builds made in `folder`, by the marker there; None if the last did not end.

    Raises UsageError if it holds no such list.
    """
    try:
        made = json.loads((folder / MARKER).read_text(encoding="utf-8"))["made"]
        return None if made is None else frozenset(map(str, made))
    except FileNotFoundError:
        return frozenset()
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{folder / MARKER} holds no list of what builds made, as where an older kbsite built "
            "it or something else changed it, and without one nobody can tell what a build may "
            f"replace there; delete {folder}, but for what is yours in it, and the next build "
            f"makes it anew, or {SITE.elsewhere}"
        ) from error


def _others(
    folder: Path, made: Collection[str], parents: Collection[str], inside: str = ""
) -> Iterator[str]:
    for entry in _entries(folder / inside):
        path = f"{inside}{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            if path not in made:
                yield path
        elif path in parents:
            yield from _others(folder, made, parents, f"{path}/")
        else:
            yield f"{path}/"


def _files(folder: Path, but: Collection[str], inside: str = "") -> Iterator[str]:
    for entry in _entries(folder / inside):
        path = f"{inside}{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            if path not in but:
                yield path
        elif f"{path}/" not in but:
            yield from _files(folder, but, f"{path}/")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []


def _names(folder: Path) -> Iterable[str]:
    return (entry.name for entry in _entries(folder))


def _bring(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_dir() and not old.is_symlink():
        if not os.path.lexists(new) or new.is_dir():
            new.mkdir(exist_ok=True)
            for each in old.iterdir():
                _bring(each, new / each.name)
            shutil.copystat(old, new)
    elif not os.path.lexists(new):
        _link(old, new)


def _link(old: Path, new: Path) -> None:
    if not old.is_symlink():
        try:
            os.link(old, new)
        except OSError:  # not every file system has links, nor does every system allow them
            pass
        else:
            return
    shutil.copy2(old, new, follow_symlinks=False)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_within(path: Path, folder: Path) -> bool:
    """Whether `path` is `folder` or below it, by whatever names: links, mounts, upper case."""
    return any(each == folder or _is_same(each, folder) for each in (path, *path.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
