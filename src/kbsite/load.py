"""The only reader of sessions/, themes/ and content/: files to a Library and its problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kbsite import records, slugs
from kbsite.errors import Problem, UsageError
from kbsite.library import Entry, Library
from kbsite.parse import page_problems, page_source, parse_page, parse_record
from kbsite.sources import Source
from kbsite.tree import Tree
from kbsite.validate import Checked

SESSIONS, THEMES, CONTENT = "sessions", "themes", "content"
EXTENSIONS: dict[str, type[records.Extension]] = {
    "speakers": records.Extension,
    "organisations": records.Extension,
    "projects": records.ProjectExtension,
}
ESSAYS: dict[str, type[records.Essay]] = {"articles": records.Article, "shifts": records.Shift}
KINDS = ("events", "sessions", "themes", *EXTENSIONS, *ESSAYS)
ENDINGS = (".yaml", ".yml")


def load(root: Path) -> tuple[Library, list[Problem]]:
    """Read everything under `root`.

    Raises UsageError when `root` is no knowledge base at all.
    """
    if not (root / SESSIONS).is_dir():
        raise UsageError(
            f"{root} holds no folder '{SESSIONS}'; go to the folder of a knowledge base, or name "
            "it with --root"
        )
    problems: list[Problem] = []
    reader = _Reader(Tree(root.resolve(), problems.append))
    reader.read_sessions()
    reader.read_themes()
    reader.read_content()
    return reader.library(), problems


@dataclass
class _Reader:
    tree: Tree
    unreadable: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Source] = field(default_factory=dict)
    assets: list[str] = field(default_factory=list)
    found: dict[str, dict[str, Entry[Any]]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )

    def library(self) -> Library:
        return Library(
            **{kind: dict(sorted(entries.items())) for kind, entries in self.found.items()},
            pages=self.pages,
            assets=tuple(self.assets),
            unreadable=self.unreadable,
        )

    def read_sessions(self) -> None:
        for name, is_folder in self.tree.folders_and_files(SESSIONS):
            if is_folder:
                self._read_event(name)
            elif _ends(name, ENDINGS):
                self.tree.problem(
                    "KB007",
                    f"{SESSIONS}/{name}",
                    "a session stands outside the folder of an event",
                    f"move it to {SESSIONS}/EVENT/{name}",
                )

    def _read_event(self, folder: str) -> None:
        """One folder of sessions with their event."""
        path = f"{SESSIONS}/{folder}"
        inside = dict(self.tree.folders_and_files(path))
        sessions = [name for name in inside if _ends(name, ENDINGS) and name != "event.yaml"]
        for name, is_folder in inside.items():
            if is_folder and name not in sessions:
                self._check_nothing_in(f"{path}/{name}", ENDINGS, path)
        if not sessions and "event.yaml" not in inside:
            return
        event = self._id(folder, path)
        if not event or (event != folder and self.tree.is_folder(f"{SESSIONS}/{event}")):
            return
        for name in sessions:
            self._read("sessions", f"{path}/{name}", parse_record, records.Session, f"{event}/")
        self._read_event_file(event, path, len(sessions), exists="event.yaml" in inside)

    def _read_event_file(self, event: str, path: str, sessions: int, *, exists: bool) -> None:
        file = f"{path}/event.yaml"
        if exists:
            self._keep("events", event, records.Event, file, parse_record)
        else:
            count = f"{sessions} session{'' if sessions == 1 else 's'}"
            self.tree.problem(
                "KB005",
                path,
                f"the folder holds {count} but no event.yaml",
                f"add {file} with name, timezone, start and end",
            )
        if event not in self.found["events"]:
            self.found["events"][event] = _stand_in(event, file)

    def read_themes(self) -> None:
        if not self.tree.is_folder(THEMES):
            return
        for name, is_folder in self.tree.folders_and_files(THEMES):
            path = f"{THEMES}/{name}"
            if is_folder and not _ends(name, (".md",)):
                self._check_nothing_in(path, (".md",), THEMES)
            elif _ends(name, (".md", *ENDINGS)):
                self._read("themes", path, parse_page, records.Theme)

    def read_content(self) -> None:
        if not self.tree.is_folder(CONTENT):
            return
        for path in self.tree.walk(CONTENT):
            inside = path.removeprefix(f"{CONTENT}/")
            folder, _, rest = inside.partition("/")
            model = EXTENSIONS.get(folder) or ESSAYS.get(folder)
            if not inside.endswith(".md"):
                if self.tree.is_file(path):
                    self.assets.append(inside)
            elif model is None or not rest or (folder in ESSAYS and rest == "index.md"):
                self._read_page(path, inside)
            elif "/" in rest:
                self.tree.problem(
                    "KB007",
                    path,
                    f"folders inside {CONTENT}/{folder} are not read",
                    f"move the page to {CONTENT}/{folder}",
                )
            else:
                source = self._read(folder, path, parse_page, model)
                if source is not None and folder in ESSAYS:
                    self.pages[f"{folder}/{slugs.slug(rest[:-3])}.md"] = source

    def _read_page(self, path: str, inside: str) -> None:
        text = self.tree.text(path)
        if text is not None:
            self.pages[inside] = page_source(path, text)
            for problem in page_problems(self.pages[inside]):
                self.tree.report(problem)

    def _read(
        self,
        kind: str,
        path: str,
        parse: Callable[[type[Any], str, str], Checked[Any]],
        model: type[BaseModel],
        prefix: str = "",
    ) -> Source | None:
        """Read the record at `path`, whose id is its file's name after `prefix`."""
        suffix = ".yaml" if parse is parse_record else ".md"
        stem, _, ending = path.rpartition("/")[2].rpartition(".")
        if f".{ending}" == suffix:
            own = self._id(stem, path, suffix)
        else:
            own = slugs.slug(stem)
            message = f"the file's name ends in .{ending}, not {suffix}"
            self._misnamed(path, message, (own or "a-name") + suffix)
            if parse is parse_page:  # YAML where Markdown belongs
                return None
        is_as_named = f"{own}{suffix}" == f"{stem}.{ending}"
        if not own or (not is_as_named and prefix + own in self.found[kind]):
            return None
        return self._keep(kind, prefix + own, model, path, parse)

    def _keep(
        self,
        kind: str,
        id: str,
        model: type[BaseModel],
        path: str,
        parse: Callable[[type[Any], str, str], Checked[Any]],
    ) -> Source | None:
        """Read one file into `found`, or note it as unreadable."""
        text = self.tree.text(path)
        if text is None:
            self.unreadable[f"{kind}:{id}"] = ""
            return None
        checked = parse(model, path, text)
        for problem in checked.problems:
            self.tree.report(problem)
        if checked.record is None:
            self.unreadable[f"{kind}:{id}"] = checked.source.front or text
            return None
        self.found[kind][id] = Entry(
            id=id, record=checked.record, source=checked.source, lost=checked.lost
        )
        return checked.source

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
        self.tree.problem("KB001", path, message, f"rename it to {better}")

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


def _stand_in(event_id: str, path: str) -> Entry[records.Event]:
    """An event for sessions whose own is missing or broken, so that they can still be checked."""
    record = records.Event.model_construct(
        name=event_id, timezone="UTC", start=date.min, end=date.max
    )
    return Entry(
        id=event_id,
        record=record,
        source=Source(path=path, text=""),
        lost=frozenset(records.Event.model_fields),
    )
