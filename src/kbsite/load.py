"""The only reader of sessions/, themes/ and content/: files to a Library and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kbsite import catalog, leftout, models, records, slugs, stillnamed
from kbsite.archive import Archive, File, file
from kbsite.cache import Packs
from kbsite.catalog import CONTENT, SESSION, Thing
from kbsite.errors import Problem, UsageError
from kbsite.filekinds import LOCK, MARKDOWN, YAML, bare, ends, is_a_page, is_alike
from kbsite.filenames import seen
from kbsite.leftout import NOBODY, LeftOut
from kbsite.library import Entry, Library
from kbsite.parse import parse_page, parse_plain_page
from kbsite.placing import Events, Placing
from kbsite.recent import Mark, Recent
from kbsite.sources import Source
from kbsite.tree import Instead, Tree
from kbsite.validate import Checked

SESSIONS = SESSION.folder

Excludes: TypeAlias = Callable[[str], bool]
"""Whether a file, by its path inside content/, is kept out of the site."""


def nothing(_path: str) -> bool:
    return False


def load(
    root: Path,
    excludes: Excludes = nothing,
    packs: Packs | None = None,
    recent: Recent | None = None,
    instead: Instead | None = None,
) -> tuple[Library, list[Problem]]:
    """Read everything under `root` but what `excludes` keeps out of the site.

    What was parsed before is in `packs`, and goes there; what this process has read is in `recent`.
    Files that `instead` names are as it says.

    Raises UsageError when `root` is no knowledge base at all.
    """
    if not (root / SESSIONS).is_dir():
        raise UsageError(
            f"{root} holds no folder '{SESSIONS}'; go to the folder of a knowledge base, or name "
            "it with --root"
        )
    problems: list[Problem] = []
    recent = recent if recent is not None else Recent()
    archive = Archive(None if recent else packs)  # which is for who reads all of it
    published = frozenset([CONTENT])
    tree = Tree(
        root.resolve(),
        problems.append,
        instead or {},
        published=published,
        kept=frozenset(catalog.folders()) - published,
    )
    reader = _Reader(tree, excludes, archive, recent)
    reader.read()
    archive.save()
    recent.done()
    library = reader.library()
    if library.left_out:
        left_out = library.left_out.beside(stillnamed.people(library))
        library = replace(library, left_out=left_out)
        problems += stillnamed.problems(tree, library)
    return library, problems


class _Waiting(NamedTuple):
    """A record's file that was read, and what it is of."""

    row: Thing
    id: str
    file: File
    mark: Mark | None


@dataclass
class _Reader:
    tree: Tree
    excludes: Excludes
    archive: Archive
    recent: Recent
    rows: Sequence[Thing] = field(
        default_factory=lambda: [thing for thing in catalog.THINGS if thing.folder]
    )
    unreadable: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: dict[str, Source] = field(default_factory=dict)
    assets: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    waiting: list[_Waiting] = field(default_factory=list)
    placing: Placing = field(init=False)
    left_out: LeftOut = NOBODY
    found: dict[str, dict[str, Entry[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.placing = Placing(self.tree)
        self.found = {row.name: {} for row in self.rows}

    def library(self) -> Library:
        return Library(
            records={name: dict(sorted(held.items())) for name, held in self.found.items()},
            pages=self.pages,
            assets=tuple(self.assets),
            unreadable=self.unreadable,
            files=frozenset([*self.texts, *(f"{CONTENT}/{asset}" for asset in self.assets)]),
            left_out=self.left_out,
        )

    def read(self) -> None:
        holders = {row.folder: row for row in self.rows if row.file}
        inside: dict[str, Thing] = {}  # those in content/, by their folder there
        for row in self.rows:
            if row.folder.startswith(f"{CONTENT}/"):
                inside[row.folder.removeprefix(f"{CONTENT}/")] = row
            elif row.folder not in holders:
                self._read_folder(row)
            elif not row.file:
                self._read_folders(holders[row.folder], row)
        self._read_content(inside)
        self.placing.at_the_root(self._events)

    # Folders of records

    def _read_folder(self, row: Thing) -> None:
        """A folder of records, named by their files."""
        if not self.tree.is_folder(row.folder):
            return
        for name, is_folder in self.tree.folders_and_files(row.folder):
            path = f"{row.folder}/{name}"
            self.placing.unfit(path)
            if is_folder and not ends(name, (row.ending,)):
                self.placing.nothing_in(path, _endings(row), row.folder)
            elif not is_alike(name):
                self.placing.stray(path)
            elif ends(name, MARKDOWN) or not self.placing.among_others(path, row, self._events):
                self._read(row, path)
        self._parse_waiting()

    def _read_folders(self, holder: Thing, row: Thing) -> None:
        """A folder of folders, each with its own record and others beside it."""
        read: dict[str, str] = {}
        outside: list[str] = []
        for name, is_folder in self.tree.folders_and_files(holder.folder):
            path = f"{holder.folder}/{name}"
            if is_folder and name == holder.folder:
                self.placing.one_too_deep(path)  # and nothing in it is read
            elif is_folder:
                self.placing.unfit(path)
                if own := self._read_held(holder, row, name):
                    read.setdefault(own, f"{path}/{holder.file}")
            elif is_alike(name):
                outside.append(path)
            else:
                self.placing.stray(path)
        self._parse_waiting()
        for path in outside:
            self.placing.outside(path, row, self._events)
        for own, path in read.items():
            if own not in self.found[holder.name]:
                self.found[holder.name][own] = _stand_in(own, path)

    def _read_held(self, holder: Thing, row: Thing, folder: str) -> str:
        """One folder with its own record, an event with its sessions; its id, if it is one."""
        path = f"{holder.folder}/{folder}"
        inside = dict(self.tree.folders_and_files(path))
        files = [
            name
            for name, is_folder in inside.items()
            if ends(name, YAML) or (is_alike(name) and not is_folder)
        ]
        for name, is_folder in inside.items():
            self.placing.unfit(f"{path}/{name}")
            if is_folder and name not in files:
                self.placing.nothing_in(f"{path}/{name}", YAML, path)
            elif name not in files:
                self.placing.stray(f"{path}/{name}")
        if not files:
            return ""
        own = self.placing.id(folder, path)
        if not own or (own != folder and self.tree.is_folder(f"{holder.folder}/{own}")):
            return ""
        mine = _own_files(holder, files)
        others = [name for name in files if name not in mine]
        for name in others:
            here = f"{path}/{name}"
            if ends(name, YAML) or not self.placing.among_others(here, row, self._events):
                self._read(row, here, f"{own}/")
        for name in mine:
            if name != holder.file:
                message = f"the file of the {holder.noun} itself is not named {holder.file}"
                self.placing.misnamed(f"{path}/{name}", message, holder.file, holder)
        if mine and ends(mine[0], YAML):
            self._keep(holder, own, f"{path}/{mine[0]}")
        elif not mine:
            self.placing.without_holder(path, holder, row, others)
        return own

    def _read_content(self, rows: Mapping[str, Thing]) -> None:
        """Pages, the records among them, and the files beside them."""
        if not self.tree.is_folder(CONTENT):
            return
        looked_alike: dict[str, str] = {}
        named: set[str] = set()
        self.placing.in_folders_like(rows)
        for path in self.tree.walk(CONTENT):
            if path == leftout.FILE:
                self.texts.append(path)
                self.left_out = stillnamed.read_list(self.tree)
                continue
            inside = path.removeprefix(f"{CONTENT}/")
            if self.excludes(inside):
                continue
            for place in _places(path):
                if place not in named:
                    named.add(place)
                    self.placing.unfit(place)
            if (other := looked_alike.setdefault(seen(path), path)) != path:
                self.placing.alike(path, other)
            folder, _, rest = inside.partition("/")
            row = rows.get(folder) if rest else None
            if not (ends(path, MARKDOWN) or _is_of(row, rest)):
                if self.tree.may_read(path):
                    self.assets.append(inside)
                    if inside.endswith(f"/{LOCK}"):
                        self.placing.stray(path)
                    self.placing.published_as_it_is(path, self._events, row)
            elif row is None or (row.paged and _as_page(rest) == "index.md"):
                if not self.placing.among_pages(path, self._events):
                    self._read_page(path, inside)
            elif "/" in rest:
                self.placing.too_deep(path, row)
            else:
                source = self._read(row, path)
                if source is not None and row.paged:
                    self.pages[f"{folder}/{slugs.slug(rest.rpartition('.')[0])}.md"] = source

    @property
    def _events(self) -> Events:
        return list(self.found[catalog.EVENT.name].values())

    # Files

    def _text(self, path: str) -> str | None:
        self.texts.append(path)
        return self.tree.text(path)

    def _read_page(self, path: str, inside: str) -> None:
        page = _as_page(inside)
        if page != inside:
            self.placing.misnamed(path, _ending_of(path, ".md"), page.rpartition("/")[2])
        self.texts.append(path)
        mark = self.tree.mark(path)
        checked = self.recent.find(path, None, mark)
        if checked is None:
            text = self.tree.text(path)
            if text is None:
                return
            checked = parse_plain_page(path, text)
            self.recent.keep(path, None, mark, checked)
        if page != inside and page in self.pages:
            return
        self.pages[page] = checked.source
        for problem in checked.problems:
            self.tree.report(problem)

    def _read(self, row: Thing, path: str, prefix: str = "") -> Source | None:
        """Read the record at `path`, whose id is its file's name after `prefix`."""
        stem, _, ending = path.rpartition("/")[2].rpartition(".")
        if f".{ending}" == row.ending:
            own = self.placing.id(stem, path, row.ending)
        else:
            own = slugs.slug(bare(stem))
            better = (own or "a-name") + row.ending
            self.placing.misnamed(path, _ending_of(path, row.ending), better, row)
            if own and not ends(path, _endings(row)):
                self.unreadable.setdefault((row.name, prefix + own), self._text(path) or "")
                return None
        if not own:
            return None
        if f"{own}{row.ending}" != f"{stem}.{ending}":
            self._parse_waiting()
            if prefix + own in self.found[row.name]:
                return None
        return self._keep(row, prefix + own, path)

    def _keep(self, row: Thing, id: str, path: str) -> Source | None:
        """Read one file into `found`, or note it as unreadable; records are parsed together."""
        self.texts.append(path)
        model = models.MODELS[row.name]
        mark = self.tree.mark(path)
        if known := self.recent.find(path, model, mark):
            return self._found(row, id, known)
        raw = self.tree.read(path)
        text = None if raw is None else self.tree.decode(path, raw)
        if raw is None or text is None:
            self.unreadable[row.name, id] = ""
            return None
        if row.ending in YAML:
            self.waiting.append(_Waiting(row, id, file(model, path, raw, text), mark))
            return None
        checked = parse_page(model, path, text)
        self.recent.keep(path, model, mark, checked)
        return self._found(row, id, checked)

    def _parse_waiting(self) -> None:
        """Parse the records that were read meanwhile."""
        parsed = self.archive.parse([each.file for each in self.waiting])
        for each, checked in zip(self.waiting, parsed, strict=True):
            self.recent.keep(each.file.path, each.file.model, each.mark, checked)
            self._found(each.row, each.id, checked)
        self.waiting.clear()

    def _found(self, row: Thing, id: str, checked: Checked[Any]) -> Source | None:
        for problem in checked.problems:
            self.tree.report(problem)
        source = checked.source
        if checked.record is None:
            self.unreadable[row.name, id] = source.front or source.text
            return None
        self.found[row.name][id] = Entry(
            id=id, record=checked.record, source=source, lost=checked.lost
        )
        return source


def _places(path: str) -> Iterator[str]:
    """A file and the folders that it is in.

    >>> list(_places("content/notes/a.md"))
    ['content/notes', 'content/notes/a.md']
    """
    top, *parts = path.split("/")
    yield from islice(accumulate(parts, "{}/{}".format, initial=top), 1, None)


def _is_of(row: Thing | None, rest: str) -> bool:
    """Whether a file that is no page is perhaps a record of `row`, in its folder as `rest`."""
    if row is None or "/" in rest:
        return False
    return is_a_page(rest) if row.paged else is_alike(rest)  # YAML may be meant for readers


def _endings(row: Thing) -> tuple[str, ...]:
    """What the names of a row's files may end in and still be read; all but one are reported."""
    return YAML if row.ending in YAML else MARKDOWN


def _ending_of(path: str, right: str) -> str:
    return f"the file's name ends in .{path.rpartition('.')[2]}, not {right}"


def _as_page(name: str) -> str:
    """A page's name with the ending that it should have."""
    return f"{name.rpartition('.')[0]}.md"


def _own_files(holder: Thing, names: Sequence[str]) -> list[str]:
    """The file of a folder's own record among `names`, then others that look as if they were it.

    >>> _own_files(catalog.EVENT, ["event.yml", "event.yaml"])
    ['event.yaml', 'event.yml']
    >>> _own_files(catalog.EVENT, ["a.yml", "evnt.yml"])
    ['evnt.yml']
    """
    stem = holder.file.removesuffix(holder.ending)
    stems = {name: bare(name.lower()) for name in names}
    near = [stem] if stem in stems.values() else get_close_matches(stem, stems.values(), 1, 0.8)
    return sorted((name for name in names if stems[name] in near), key=lambda n: n != holder.file)


def _stand_in(event_id: str, path: str) -> Entry[records.Event]:
    """An event for sessions whose own is missing or broken, so that they can still be checked."""
    record = records.Event.model_construct(
        name=event_id, timezone="UTC", start=date.min, end=date.max
    )
    return Entry(id=event_id, record=record, source=Source(path=path, text=""), stand_in=True)
