"""A list of a foundation's projects to their pages in content/projects/, and again.

A page that is there is found by its id, name or aliases, and its text stays. Its facts have three
sides, as those of a schedule do: what the list said last, what the page says, and what the list
says now. What a person wrote stays.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kbsite import records, slugs, yamledit, yamlfile, yamlwrite
from kbsite.archive import packs
from kbsite.catalog import PROJECT
from kbsite.errors import ContentError, Problem
from kbsite.importers import gate
from kbsite.importers.fetch import fetch
from kbsite.importers.folder import demand_no_links, snapshot, write
from kbsite.importers.merge import Difference, plain
from kbsite.library import Entry, Library
from kbsite.load import load
from kbsite.sources import Source, file_problem

LOCK = ".import.lock.json"  # hidden, or it would be a file of the site
FACTS = ("name", "aliases", "url", "repo", "category", "maturity", "accepted", "incubating",
         "graduated", "archived")  # fmt: skip
ORDER = tuple(records.ProjectExtension.model_fields)

_SHORT_FORM = re.compile(r"(.*\S)\s*\(([^()]+)\)\Z")
_LOCK: TypeAdapter[dict[str, dict[str, Any]]] = TypeAdapter(dict[str, dict[str, Any]])

Values = Mapping[str, Any]


@dataclass(kw_only=True)
class Outcome:
    """What the import did or, of a dry run, would do, by the ids of projects.

    `kept` are facts for which a page says something else than the list: a person's stay. `gone` are
    projects that the list had before; their pages stay.
    """

    source: str
    added: list[str] = field(default_factory=list)
    changed: list[tuple[str, Difference]] = field(default_factory=list)
    kept: list[tuple[str, Difference]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    entries: int = 0
    writes: bool = False


def run(root: Path, source: str, *, dry_run: bool = False) -> Outcome:
    """Bring a list of projects into the pages.

    Raises ContentError where the list, a page of a project or the lock cannot be read, and
    UsageError where a link would be written through; then nothing is written.
    """
    root = root.resolve()
    folder = root / PROJECT.folder
    demand_no_links(root, folder, (PROJECT.ending, LOCK))
    fetched = fetch(source)
    seen = snapshot(folder)
    library, problems = load(root, packs=packs(root))
    if wrong := [p for p in problems if p.severity == "error" and _is_project(p.file)]:
        raise ContentError(wrong)
    pages = _Pages(library=library, lock=_lock(folder), outcome=Outcome(source=fetched.name))
    for line, entry in _entries(fetched.name, fetched.data):
        pages.take(line, entry)
    texts = pages.texts()
    pages.outcome.writes = bool(texts)
    if texts and not dry_run:
        write(folder, texts, seen)
    return pages.outcome


def _is_project(path: str) -> bool:
    return path.startswith(f"{PROJECT.folder}/")


def _entries(name: str, data: bytes) -> list[tuple[int, Values]]:
    """The entries of a list in YAML or JSON, each with the line that it begins on."""
    try:
        text = data.decode("utf-8-sig")
        entries = yamlfile.read(text)
    except UnicodeDecodeError as error:
        problem = file_problem("KB401", name, f"this is not UTF-8: {error.reason}", "save it so")
        raise ContentError([problem]) from None
    except yamlfile.YamlError as error:
        raise ContentError([Source(path=name, text=text).yaml_problem(error)]) from None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        message = "this is no list of projects"
        hint = "write a list of entries with a name, and what else is known of each"
        raise ContentError([file_problem("KB401", name, message, hint)])
    places = yamlfile.places(text).values
    breaks = [match.start() for match in re.finditer("\n", text)]
    return [(bisect(breaks, places[at,].start) + 1, entry) for at, entry in enumerate(entries)]


def _lock(folder: Path) -> dict[str, dict[str, Any]]:
    """What the list said of each project last, by its id."""
    path = folder / LOCK
    try:
        return _LOCK.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        hint = "restore it from version control, or delete it: then all that pages say is yours"
        message = "what was imported last cannot be read"
        where = f"{PROJECT.folder}/{LOCK}"
        raise ContentError([file_problem("KB406", where, message, hint)]) from None


@dataclass(kw_only=True)
class _Pages:
    """The pages of projects while a list is brought into them."""

    library: Library
    lock: dict[str, dict[str, Any]]
    outcome: Outcome
    written: dict[str, str] = field(default_factory=dict)
    remembered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._entries: Mapping[str, Entry[records.ProjectExtension]] = self.library.of(PROJECT)
        self._called = {
            slugs.name_key(word): own
            for own, entry in self._entries.items()
            for word in (own, entry.record.name, *entry.record.aliases)
        }

    def take(self, line: int, entry: Values) -> None:
        """Bring one entry in, or say why not."""
        self.outcome.entries += 1
        facts = _facts(entry)
        name = str(facts.get("name", ""))
        own = self._called.get(slugs.name_key(name)) or slugs.slug(name)
        front = yamlwrite.dump(facts)
        if not own:
            refused = "it has no name to make an id of"
        elif own in self.remembered:
            refused = f"the list has another project with the id '{own}'"
        else:
            refused = gate.objection(records.ProjectExtension, front) or ""
        if refused:
            self._warn("KB402", self.outcome.source, f"'{name}': {refused}", line)
            if own in self.lock:
                self.remembered.setdefault(own, self.lock[own])
        elif own in self._entries:
            self.remembered[own] = self._merge(own, self._entries[own].source, facts)
        else:
            self.written[own] = f"---\n{front}---\n"
            self.outcome.added.append(own)
            self.remembered[own] = facts

    def texts(self) -> dict[str, str]:
        """The new texts by the names of their files; none where nothing has changed."""
        self.outcome.gone = sorted(self.lock.keys() - self.remembered.keys())
        texts = {f"{own}{PROJECT.ending}": text for own, text in self.written.items()}
        remembered = {own: self.lock[own] for own in self.outcome.gone} | self.remembered
        if remembered != self.lock:
            lock = dict(sorted(remembered.items()))
            texts[LOCK] = json.dumps(lock, indent=1, ensure_ascii=False) + "\n"
        return texts

    def _merge(self, own: str, source: Source, facts: Values) -> dict[str, Any]:
        """Bring facts into the page of a project; what the lock has to remember of them."""
        before, front = self.lock.get(own, {}), source.front
        remembered = dict(facts)
        for name in FACTS:
            mine, then, now = plain(source.data.get(name)), before.get(name), facts.get(name)
            if mine == now or (name == "name" and then is None):  # it is found by its name
                continue
            if mine != then:
                if now != then:
                    self.outcome.kept.append((own, Difference(field=name, one=mine, other=now)))
                continue
            try:
                front = _edited(front, name, now)
            except yamledit.CannotEdit:
                path = f"{PROJECT.folder}/{own}{PROJECT.ending}"
                self._warn("KB405", path, f"'{name}' could not be changed to {now!r}")
                remembered[name] = then
            else:
                self.outcome.changed.append((own, Difference(field=name, one=mine, other=now)))
        if front != source.front:
            begin, end = source.front_start, source.front_start + len(source.front)
            self.written[own] = f"{source.text[:begin]}{front}{source.text[end:]}"
        return {name: value for name, value in remembered.items() if value is not None}

    def _warn(self, code: str, file: str, message: str, line: int = 0) -> None:
        hint = "mend the list, or write the page yourself"
        self.outcome.warnings.append(file_problem(code, file, message, hint, line))


def _facts(entry: Values) -> dict[str, Any]:
    """What an entry of the list says, as a page has it: "Open Tool (OT)" is a name and an alias."""
    facts = {name: plain(entry[name]) for name in FACTS if entry.get(name) not in (None, "", [])}
    if isinstance(name := facts.get("name"), str) and (both := _SHORT_FORM.match(name)):
        facts["name"], facts["aliases"] = both[1], [both[2], *facts.get("aliases", ())]
    if isinstance(maturity := facts.get("maturity"), str):
        facts["maturity"] = maturity.capitalize()
    return {name: facts[name] for name in FACTS if name in facts}


def _edited(front: str, name: str, value: Any) -> str:
    """Front matter with another fact; CannotEdit where there is no way, or it would be no page."""
    if value is None:
        edited = yamledit.remove(front, name)
    else:
        edited = yamledit.set_value(front, name, value, ORDER)
    if said := gate.objection(records.ProjectExtension, edited, front):
        raise yamledit.CannotEdit(said)
    return edited
