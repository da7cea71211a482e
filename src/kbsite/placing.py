"""What is said of files that are not where they belong, or not called as they should be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeAlias

from kbsite import catalog, harmless, models, slugs, yamlwrite
from kbsite.catalog import CONTENT, EVENT, SESSION, Thing
from kbsite.conflicts import in_lock
from kbsite.errors import Change, Cure, Move, NewFile
from kbsite.filekinds import (
    LOCK,
    OURS,
    YAML,
    bare,
    ends,
    is_a_page,
    is_one_of,
    kind,
    known_keys,
    like_one_of,
    looks_alike,
    mapping,
)
from kbsite.filenames import elsewhere
from kbsite.library import Entry
from kbsite.parse import page_source
from kbsite.sources import file_problem
from kbsite.tree import Tree

_HARMLESS = frozenset({"thumbs.db", "desktop.ini", "codeowners"})  # of systems and hosts
_ABOUT = ("readme", "license", "licence", "notice")  # files about the others, by any ending
_MAPS = (".toml",)  # what imports are told by
_SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".numbers")
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages")
_BEGIN = "'kbsite new session' begins one"
_LEFT_OVER = ("~", ".bak", ".orig", ".rej", ".tmp", ".swp", ".old")
_OUTSIDE = {each.folder: each for each in catalog.THINGS if each.folder and not each.file}
_INDEXES = frozenset(thing.index for thing in catalog.THINGS)  # where others tell of pages
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MANY = 5  # events that a session may be of, each of which is a cure
_LOOKED_AT = 200  # files of a folder that is called by mistake

Events: TypeAlias = Sequence[Entry[Any]]


@dataclass(frozen=True)
class Placing:
    """What is said of the files of `tree`."""

    tree: Tree

    # Names

    def id(self, name: str, path: str, suffix: str = "") -> str:
        """The id that a file or folder gives, or should give if its name is none; or nothing."""
        if slugs.is_id(name):
            return name
        better = slugs.slug(name)
        self.misnamed(
            path,
            f"the {'file' if suffix else 'folder'}'s name is not an id: lower-case letters and "
            f"digits in words joined by single hyphens, at most {slugs.ID_LIMIT} characters",
            (better or "a-name") + suffix,
        )
        return better

    def misnamed(self, path: str, message: str, better: str, row: Thing | None = None) -> None:
        """KB001, with the name that would be right; what is a record is made one of `row` too."""
        self._renamed("KB001", path, message, better, row)

    def _renamed(self, code: str, path: str, message: str, better: str, row: Thing | None) -> None:
        to = f"{path.rpartition('/')[0]}/{better}"
        if self.tree.holds(to):
            hint = (
                f"{better} is there too: compare the two, keep what is right in {better}, and "
                "delete the other"
            )
            self._report(code, path, message, hint)
            return
        hint, cures = self._placed(path, to, row, f"rename it to {better}")
        self._report(code, path, message, hint, cures)

    def _placed(
        self, path: str, to: str, row: Thing | None, words: str = ""
    ) -> tuple[str, tuple[Cure, ...]]:
        """What to do so that a file is at `to`, as a record of `row` if it is to be one."""
        words = words or f"move it to {to}"
        changes, more = ((), "") if row is None else self._made_one_of(row, path)
        cures = () if changes is None else self._moving(path, to, words, changes)
        return words + more, cures

    def _made_one_of(self, row: Thing, path: str) -> tuple[tuple[Change, ...] | None, str]:
        """What has to change in a file so that its text is a record of `row`, and in words.

        No changes where none would be enough.
        """
        text = _quiet(self.tree).text(path)
        if text is None:
            return None, ""
        source = page_source(path, text)
        if row.ending in YAML:
            if not source.front_start:
                return ((), "") if mapping(text) is not None else (None, _IN_YAML)
            if source.body.strip():
                return None, f"{_NO_FENCES}, and put the text under one of its keys, as 'abstract'"
            keys = source.front.strip("\n")
            start = text.index(keys, source.front_start)
            end = start + len(keys)
            return (source.edit(0, start, ""), source.edit(end, len(text), "\n")), _NO_FENCES
        if source.front_start:
            return (), ""
        if mapping(text) is None:
            return None, f"{_FENCES}"
        end = len(text)
        close = "---\n" if text.endswith("\n") else "\n---\n"
        return (source.edit(0, 0, "---\n"), source.edit(end, end, close)), _FENCES

    def unfit(self, path: str) -> None:
        """KB009: a name that another system cannot have, unless it is no name for a record."""
        name = path.rpartition("/")[2]
        if not path.startswith(f"{CONTENT}/") and not slugs.is_id(name.partition(".")[0]):
            return
        if found := elsewhere(path):
            to = f"{path.removesuffix(name)}{found.better}"
            words = f"rename it to {found.better}" if found.better else found.hint
            cures = self._moving(path, to, words) if found.better else ()
            self._report("KB009", path, found.message, words, cures)

    def alike(self, path: str, other: str) -> None:
        """KB009: a name that differs from that of `other` in nothing that all systems see."""
        self._report(
            "KB009",
            path,
            f"on Windows and macOS this file and {other.rpartition('/')[2]} have one name",
            "rename one of the two, or make one file of both",
        )

    # Places

    def outside(self, path: str, row: Thing, events: Events) -> None:
        """KB007: a record that does not stand in the folder of what it is of."""
        holder = EVENT if row is SESSION else row
        message = f"{_a(row.noun)} stands outside the folder of its {holder.noun}"
        self._report("KB007", path, message, *self._where(path, row, events))

    def among_others(self, path: str, row: Thing, events: Events) -> bool:
        """KB007 for a record of something else among those of `row`; whether it is one."""
        said = self._says(path)
        found = kind(said)
        if said is None or found is None or known_keys(said, row) >= known_keys(said, found):
            return False
        message = f"the record of {_a(found.noun)} stands among the {row.nouns}"
        self._report("KB007", path, message, *self._where(path, found, events))
        return True

    def _where(self, path: str, row: Thing, events: Events) -> tuple[str, tuple[Cure, ...]]:
        """Where a record of `row` belongs, in words and as cures.

        A session belongs to the event of its day, or else to any; there may be too many to list.
        """
        own = slugs.slug(bare(path.rpartition("/")[2])) or "a-name"
        above = path.split("/")[-2:-1]
        if row.file and own == bare(row.file):  # which its folder would name
            said = self._says(path) or {}
            folder = "" if above in ([], [CONTENT], [row.folder]) else above[0]
            own = slugs.slug(folder or str(said.get("name", ""))) or own
        if row is not SESSION:
            name = f"{own}/{row.file}" if row.file else f"{own}{row.ending}"
            return self._placed(path, f"{row.folder}/{name}", row)
        held = sorted(event.id for event in events if not event.stand_in)
        if day := str((self._says(path) or {}).get("start", ""))[:10]:
            held = [event.id for event in events if _was_on(event, day)] or held
        held = [event.id for event in events if [event.id] == above] or held
        places = [f"{row.folder}/{event}/{own}{row.ending}" for event in held]
        if len(places) > _MANY or not places:
            places = [f"{row.folder}/{EVENT.noun.upper()}/{own}{row.ending}"]
            return self._placed(path, places[0], row)[0], ()
        words, _ = self._placed(path, " or ".join(places), row)
        return words, tuple(cure for to in places for cure in self._placed(path, to, row)[1])

    def too_deep(self, path: str, row: Thing) -> None:
        """KB007: a page in a folder inside that of the records of `row`."""
        to = f"{row.folder}/{path.rpartition('/')[2]}"
        message = f"folders inside {row.folder} are not read"
        self._report("KB007", path, message, *self._placed(path, to, None))

    def nothing_in(self, folder: str, endings: tuple[str, ...], better: str) -> None:
        """A folder where none belongs may be there, but nothing that would be missed."""
        inside = list(self.tree.walk(folder))
        held = [path for path in inside if ends(path, endings)]
        if held:
            places = [f"{better}/{path.rpartition('/')[2]}" for path in held]
            title = f"move the records in it to {better}"
            cures: tuple[Cure, ...] = ()
            if len({*places}) == len(places) and not any(map(self.tree.holds, places)):
                moves = tuple(Move(file=a, to=b) for a, b in zip(held, places, strict=True))
                cures = (Cure(title=title, changes=moves),)
            self._report("KB007", folder, f"folders inside {better} are not read", title, cures)
            return
        for path in inside:
            self.stray(path)

    def among_pages(self, path: str, events: Events) -> bool:
        """KB007 for a record among the pages, in a folder called as that of records elsewhere;
        whether it is one.
        """
        row = _OUTSIDE.get(path.split("/")[1])
        said = self._says(path) if row is not None else None
        if row is None or said is None or not is_one_of(said, row):
            return False
        message = f"the record of {_a(row.noun)} stands among the pages"
        self._report("KB007", path, message, *self._where(path, row, events))
        return True

    def without_holder(self, folder: str, holder: Thing, row: Thing, others: Sequence[str]) -> None:
        """KB005: records without that of what holds them, with what it may say."""
        path, number = f"{folder}/{holder.file}", len(others)
        days = sorted(
            day
            for name in others[:_LOOKED_AT]
            if _DAY.match(day := str((self._says(f"{folder}/{name}") or {}).get("start"))[:10])
        )
        name = folder.rpartition("/")[2].replace("-", " ").title()
        held = {"name": name, "timezone": "UTC"}
        held |= {"start": days[0], "end": days[-1]} if days else {"start": "", "end": ""}
        text = yamlwrite.dump({key: value for key, value in held.items() if value})
        hint = f"write {path}, with its own name and time zone:\n{text}"
        new = Cure(title=f"write {path}", changes=(NewFile(file=path, text=text),))
        nouns = row.noun if number == 1 else row.nouns
        message = f"the folder holds {number} {nouns} but no {holder.file}"
        lacking = "" if days else "and start: and end: with its days"
        self._report("KB005", folder, message, (hint + lacking).rstrip(), (new,) if days else ())

    def stray(self, path: str) -> None:
        """KB008: a file that nothing is made of, unless it is there for people or programs."""
        name = path.rpartition("/")[2].lower()
        if name == LOCK and (problem := in_lock(path, self.tree.lock(path))):
            self.tree.report(problem)
        if name in _HARMLESS or name == LOCK or name.startswith(_ABOUT) or ends(name, _MAPS):
            return
        folder = path.partition("/")[0]
        is_text = name.endswith(".txt")
        if (is_text or "." not in name) and (found := self.kind_of(path)):
            better = (slugs.slug(bare(path.rpartition("/")[2])) or "a-name") + found.ending
            message = f"the file's name does not end in {found.ending}"
            self.misnamed(path, message, better, found)
            return
        if left := next((ending for ending in _LEFT_OVER if name.endswith(ending)), ""):
            kept = path.rpartition("/")[2][: -len(left)]
            self._report(
                "KB008",
                path,
                "this looks like a copy that an editor or a merge left here; nothing is made of it",
                f"compare it with {kept}, and delete it",
            )
            return
        to = f"{CONTENT}/files/{path.rpartition('/')[2]}"
        words = f"move it to {to} if readers should have it"
        way = f"{words}; what it says of a record belongs in that record"
        if ends(name, _SHEETS):
            way = f"write what each row says as a record of its own ({_BEGIN}); {words}"
        elif ends(name, _DOCUMENTS):
            way = f"write what it says as a record ({_BEGIN}); {words}"
        message = f"nothing is made of this file: {folder}/ holds records"
        self._report("KB008", path, message, way, self._moving(path, to))

    def published_as_it_is(self, path: str, events: Events, row: Thing | None = None) -> None:
        """KB007 or KB008: a record, or a page, among the files that readers get as they are.

        KB230 for one that may run code, where anybody may bring it.
        """
        name = path.rpartition("/")[2]
        inside = path.removeprefix(f"{CONTENT}/")
        if harmless.is_brought(inside) and harmless.may_be_run(name):
            if harmless.runs(name, _quiet(self.tree).read(path)):
                to = f"{CONTENT}/files/{name}"
                folder = inside.partition("/")[0]
                message = f"this file may run code, and anybody may bring files to {folder}/"
                self._report("KB230", path, message, *self._placed(path, to, None))
            return
        if is_a_page(name):
            to = f"{bare(name)}.md"
            if not self.tree.holds(f"{path.removesuffix(name)}{to}"):
                message = "no page is made of this file, and readers get it as it stands"
                words = f"rename it to {to}"
                cures = self._moving(path, path.removesuffix(name) + to, words)
                self._report("KB008", path, message, words, cures)
            return
        if row is not None and ("." not in name or ends(name, (".txt",))):
            said = self._says(path)
            if said and set(said).issuperset(models.required(models.MODELS[row.name])):
                message = "no page is made of this file, and readers get it as it stands"
                better = (slugs.slug(bare(name)) or "a-name") + row.ending
                self._renamed("KB008", path, message, better, row)
                return
        found = self.kind_of(path) if looks_alike(name) or ends(name, (".txt",)) else None
        if found is None:
            return
        words, cures = self._where(path, found, events)
        if (self._says(path) or {}).get("publish", True) is not True:
            message = (
                f"the record of {_a(found.noun)} that is not to be published would be, as it is"
            )
            self._report("KB007", path, message, words, cures)
            return
        self._report(
            "KB008",
            path,
            f"no page is made of this record of {_a(found.noun)}, and readers get it as it stands",
            f"{words}; if readers should see how it is written, show it in a page, between two "
            "lines of three backticks",
            cures,
        )

    def at_the_root(self, events: Events) -> None:
        """KB007 for records beside the folders that records are in, or in one like those."""
        for name, is_folder in self.tree.beside():
            if is_folder:
                self._in_a_folder_like_ours(name)
                continue
            is_ours = name.startswith("mkdocs.")
            found = self.kind_of(name) if looks_alike(name) and not is_ours else None
            if found is not None:
                message = f"the record of {_a(found.noun)} stands outside the folders of records"
                self._report("KB007", name, message, *self._where(name, found, events))

    def _in_a_folder_like_ours(self, name: str) -> None:
        near = like_one_of(name, OURS)
        if near and near != name and self._holds_any(name, near):
            message = f"records are in the folder {name}/, of which nothing is read"
            self._report("KB007", name, message, *self._all_to(name, near))

    def in_folders_like(self, rows: Mapping[str, Thing]) -> None:
        """KB007 for folders of content/ that are called nearly as one in which records are."""
        for name, is_folder in self.tree.folders_and_files(CONTENT):
            is_ours = not is_folder or name in rows or f"{name}/" in _INDEXES
            near = "" if is_ours else like_one_of(name, rows)
            path, to = f"{CONTENT}/{name}", f"{CONTENT}/{near}"
            if near and self._holds_any(path, to):
                message = f"pages of {rows[near.rpartition('/')[2]].nouns} are in {to}/, not here"
                self._report("KB007", path, message, *self._all_to(path, to))

    def one_too_deep(self, path: str) -> None:
        """KB007: a folder of records inside of the one that is called so."""
        above = path.rpartition("/")[0]
        message = f"the folder {above}/ stands inside of itself"
        if any(self.tree.walk(path)):
            self._report("KB007", path, message, *self._all_to(path, above))

    def _holds_any(self, folder: str, ours: str) -> bool:
        """Whether there are records in a folder that are such as one of ours holds."""
        held = [row for row in catalog.THINGS if row.folder and row.folder == ours]
        files = islice(filter(looks_alike, self.tree.walk(folder)), _LOOKED_AT)
        return any(
            is_one_of(said, row) for path in files if (said := self._says(path)) for row in held
        ) or (not held and any(map(self.kind_of, self.tree.walk(folder))))

    def _all_to(self, folder: str, to: str) -> tuple[str, tuple[Cure, ...]]:
        """What to do so that all that is in one folder is in another, if nothing of it is there."""
        title = f"move what is in it to {to}/"
        held = [f"{to}/{name}" for name, _ in _quiet(self.tree).folders_and_files(folder)]
        more = ", and so on" if len(held) > _MANY else ""
        words = f"{title}: {', '.join(held[:_MANY])}{more}"
        inside = list(_quiet(self.tree).walk(folder))
        moves = tuple(Move(file=path, to=f"{to}{path.removeprefix(folder)}") for path in inside)
        is_free = len(moves) <= _LOOKED_AT and not any(self.tree.holds(move.to) for move in moves)
        return words, (Cure(title=title, changes=moves),) if moves and is_free else ()

    def kind_of(self, path: str) -> Thing | None:
        """What a file is a record of, by its keys, if it is certainly one."""
        return kind(self._says(path), f".{path.rpartition('.')[2]}")

    def _says(self, path: str) -> dict[str, Any] | None:
        """What a file says, or its front matter, if that is keys and values."""
        text = _quiet(self.tree).text(path)
        if text is None:
            return None
        source = page_source(path, text)
        return mapping(source.front if source.front_start else text)

    def _moving(
        self, path: str, to: str, title: str = "", changes: Sequence[Change] = ()
    ) -> tuple[Cure, ...]:
        """Another path for a file, and with it perhaps another text; nothing is overwritten."""
        if self.tree.holds(to):
            return ()
        if not self.tree.is_folder(path):
            moves: list[Change] = [Move(file=path, to=to)]
        else:
            inside = _quiet(self.tree).walk(path)
            moves = [Move(file=each, to=f"{to}{each.removeprefix(path)}") for each in inside]
        if not moves:
            return ()
        return (Cure(title=title or f"move it to {to}", changes=(*changes, *moves)),)

    def _report(
        self, code: str, path: str, message: str, hint: str, cures: Sequence[Cure] = ()
    ) -> None:
        self.tree.report(file_problem(code, path, message, hint, cures=cures))


_NO_FENCES = ", without the lines of hyphens"
_FENCES = ", with a line of three hyphens before its keys and one after them"
_IN_YAML = ", and write in it keys and values, as 'title: Kernel news'"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _was_on(entry: Entry[Any], day: str) -> bool:
    return bool(entry.record.start.isoformat() <= day <= entry.record.end.isoformat())


def _quiet(tree: Tree) -> Tree:
    """The same files; who looks at them has been told, or will be, of what cannot be read."""
    return replace(tree, report=lambda _: None)
