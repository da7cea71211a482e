"""The only reader of sessions/, themes/ and content/: files to a Library and its problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kbsite import catalog, models, records, slugs
from kbsite.archive import Archive, File, file
from kbsite.cache import Packs
from kbsite.catalog import CONTENT, SESSION, Thing
from kbsite.errors import Problem, UsageError
from kbsite.fields import all_of
from kbsite.library import Entry, Library
from kbsite.parse import parse_page, parse_plain_page
from kbsite.recent import Mark, Recent
from kbsite.sources import Source
from kbsite.tree import Instead, Tree
from kbsite.validate import Checked

SESSIONS = SESSION.folder
YAML = (".yaml", ".yml")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs takes for pages
ALIKE = (*YAML, *MARKDOWN, ".mdx", ".json")  # what people save a record as; editors add .txt
LOCK = "import.lock.json"  # an import's own, beside an event
NO_RECORDS = frozenset([LOCK, *(f"readme{ending}" for ending in MARKDOWN)])


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
    tree = Tree(root.resolve(), problems.append, instead or {})
    reader = _Reader(tree, excludes, archive, recent)
    reader.read()
    archive.save()
    recent.done()
    return reader.library(), problems


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
    found: dict[str, dict[str, Entry[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.found = {row.name: {} for row in self.rows}

    def library(self) -> Library:
        return Library(
            records={name: dict(sorted(held.items())) for name, held in self.found.items()},
            pages=self.pages,
            assets=tuple(self.assets),
            unreadable=self.unreadable,
            files=frozenset([*self.texts, *(f"{CONTENT}/{asset}" for asset in self.assets)]),
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

    # Folders of records

    def _read_folder(self, row: Thing) -> None:
        """A folder of records, named by their files."""
        if not self.tree.is_folder(row.folder):
            return
        for name, is_folder in self.tree.folders_and_files(row.folder):
            path = f"{row.folder}/{name}"
            if is_folder and not _ends(name, (row.ending,)):
                self._check_nothing_in(path, _endings(row), row.folder)
            elif _alike(name):
                self._read(row, path)
        self._parse_waiting()

    def _read_folders(self, holder: Thing, row: Thing) -> None:
        """A folder of folders, each with its own record and others beside it."""
        read: dict[str, str] = {}
        for name, is_folder in self.tree.folders_and_files(holder.folder):
            if is_folder:
                if own := self._read_held(holder, row, name):
                    read.setdefault(own, f"{holder.folder}/{name}/{holder.file}")
            elif _ends(name, YAML):
                self.tree.problem(
                    "KB007",
                    f"{holder.folder}/{name}",
                    f"a {row.noun} stands outside the folder of its {holder.noun}",
                    f"move it to {holder.folder}/{holder.noun.upper()}/{name}",
                )
        self._parse_waiting()
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
            if _ends(name, YAML) or (_alike(name) and not is_folder)
        ]
        for name, is_folder in inside.items():
            if is_folder and name not in files:
                self._check_nothing_in(f"{path}/{name}", YAML, path)
        if not files:
            return ""
        own = self._id(folder, path)
        if not own or (own != folder and self.tree.is_folder(f"{holder.folder}/{own}")):
            return ""
        mine = _own_files(holder, files)
        others = [name for name in files if name not in mine]
        for name in others:
            self._read(row, f"{path}/{name}", f"{own}/")
        for name in mine:
            if name != holder.file:
                message = f"the file of the {holder.noun} itself is not named {holder.file}"
                self._misnamed(f"{path}/{name}", message, holder.file)
        if mine and _ends(mine[0], YAML):
            self._keep(holder, own, f"{path}/{mine[0]}")
        elif not mine:
            required = models.required(models.MODELS[holder.name])
            self.tree.problem(
                "KB005",
                path,
                f"the folder holds {len(others)} {row.noun if len(others) == 1 else row.nouns} "
                f"but no {holder.file}",
                f"add {path}/{holder.file} with {all_of(required)}",
            )
        return own

    def _read_content(self, rows: Mapping[str, Thing]) -> None:
        """Pages, the records among them, and the files beside them."""
        if not self.tree.is_folder(CONTENT):
            return
        for path in self.tree.walk(CONTENT):
            inside = path.removeprefix(f"{CONTENT}/")
            if self.excludes(inside):
                continue
            folder, _, rest = inside.partition("/")
            row = rows.get(folder) if rest else None
            beside = row is None or row.paged or "/" in rest  # YAML may be meant for readers
            if not _ends(path, MARKDOWN if beside else (*MARKDOWN, *YAML)):
                if self.tree.is_file(path):
                    self.assets.append(inside)
            elif row is None or (row.paged and _as_page(rest) == "index.md"):
                self._read_page(path, inside)
            elif "/" in rest:
                self.tree.problem(
                    "KB007",
                    path,
                    f"folders inside {row.folder} are not read",
                    f"move the page to {row.folder}",
                )
            else:
                source = self._read(row, path)
                if source is not None and row.paged:
                    self.pages[f"{folder}/{slugs.slug(rest.rpartition('.')[0])}.md"] = source

    # Files

    def _text(self, path: str) -> str | None:
        self.texts.append(path)
        return self.tree.text(path)

    def _read_page(self, path: str, inside: str) -> None:
        page = _as_page(inside)
        if page != inside:
            self._misnamed(path, _ending_of(path, ".md"), page.rpartition("/")[2])
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
            own = self._id(stem, path, row.ending)
        else:
            own = slugs.slug(_bare(stem))
            self._misnamed(path, _ending_of(path, row.ending), (own or "a-name") + row.ending)
            if own and not _ends(path, _endings(row)):
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

    # Names

    def _id(self, name: str, path: str, suffix: str = "") -> str:
        """The id that a file or folder gives, or should give if its name is none; or nothing."""
        if slugs.is_id(name):
            return name
        what = "file" if suffix else "folder"
        better = slugs.slug(name)
        self._misnamed(
            path,
            f"the {what}'s name is not an id: lower-case letters and digits in words joined by "
            f"single hyphens, at most {slugs.ID_LIMIT} characters",
            (better or "a-name") + suffix,
        )
        return better

    def _misnamed(self, path: str, message: str, better: str) -> None:
        is_taken = self.tree.holds(f"{path.rpartition('/')[0]}/{better}")
        hint = (
            f"{better} is there too: keep one of the two" if is_taken else f"rename it to {better}"
        )
        self.tree.problem("KB001", path, message, hint)

    def _check_nothing_in(self, folder: str, endings: tuple[str, ...], better: str) -> None:
        """A folder where none belongs may be there, but no records in it."""
        if any(_ends(path, endings) for path in self.tree.walk(folder)):
            self.tree.problem(
                "KB007",
                folder,
                f"folders inside {better} are not read",
                f"move the records in it to {better}",
            )


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings)


def _alike(name: str) -> bool:
    """Whether a file looks like a record, if only by an ending that people save records with."""
    name = name.lower()
    return _ends(name.removesuffix(".txt"), ALIKE) and name not in NO_RECORDS


def _bare(name: str) -> str:
    """A file's name without any such ending.

    >>> _bare("talk.yaml.txt"), _bare("v1.2.yaml")
    ('talk', 'v1.2')
    """
    while _ends(name, (*ALIKE, ".txt")):
        name = name.rpartition(".")[0]
    return name


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
    stems = {name: _bare(name.lower()) for name in names}
    near = [stem] if stem in stems.values() else get_close_matches(stem, stems.values(), 1, 0.8)
    return sorted((name for name in names if stems[name] in near), key=lambda n: n != holder.file)


def _stand_in(event_id: str, path: str) -> Entry[records.Event]:
    """An event for sessions whose own is missing or broken, so that they can still be checked."""
    record = records.Event.model_construct(
        name=event_id, timezone="UTC", start=date.min, end=date.max
    )
    return Entry(id=event_id, record=record, source=Source(path=path, text=""), stand_in=True)
