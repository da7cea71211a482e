"""An open file: its text as the editor has it, what kind of record it is, and what it says."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import Any

from kbsite import catalog, models
from kbsite.catalog import CONTENT, Thing
from kbsite.errors import Problem
from kbsite.lsp.positions import lines_of
from kbsite.parse import page_source, parse_page, parse_plain_page, parse_record, record_source
from kbsite.records import PlainPage, Record
from kbsite.sources import Source
from kbsite.validate import Checked


def thing_of(path: str) -> Thing | None:
    """The thing that a file is a record of, by its path from the root.

    >>> thing_of("sessions/conf/event.yaml").name, thing_of("content/speakers/ada.md").name
    ('event', 'person')
    >>> thing_of("content/about.md")
    """
    place = PurePosixPath(path)
    for thing in catalog.THINGS:
        if not thing.folder or place.suffix not in (thing.ending, _other(thing.ending)):
            continue
        held = any(other.folder == thing.folder and other.file for other in catalog.THINGS)
        folder = place.parent.parent if held else place.parent
        if str(folder) == thing.folder and (thing.file or place.name) == place.name:
            return thing
    return None


def _other(ending: str) -> str:
    return ".yml" if ending == ".yaml" else ending


def model_of(path: str) -> type[Record] | None:
    """What the YAML of a file should be; nothing where kbsite reads none."""
    thing = thing_of(path)
    if thing is not None:
        return models.MODELS[thing.name]
    is_page = path.startswith(f"{CONTENT}/") and path.endswith(".md")
    return PlainPage if is_page else None


def source_of(path: str, text: str) -> Source:
    """The text of a file, parted into YAML and prose."""
    return page_source(path, text) if path.endswith(".md") else record_source(path, text)


def parsed(model: type[Record], path: str, text: str) -> Checked[Any]:
    """What a file says, as it is read with all others."""
    if model is PlainPage:
        return parse_plain_page(path, text)
    return (parse_page if path.endswith(".md") else parse_record)(model, path, text)


class Document:
    """A file that an editor holds open, which it may not have saved.

    `path` is from the root of its knowledge base. `text` has plain line ends, as files have that
    are read; `end` are those of the editor.
    """

    def __init__(self, uri: str, path: str, version: int | None, text: str) -> None:
        self.uri, self.path = uri, path
        self.model = model_of(path)
        self.cost = 0.0  # seconds that it took to read it
        self.record: Record | None = None  # of the last text that could be read
        self.change(version, text)

    def change(self, version: int | None, text: str) -> None:
        """Take another text."""
        self.version = version
        self.end = "\r\n" if "\r\n" in text else "\n"
        self.lines = lines_of(text)
        self.text = "\n".join(self.lines)
        self._problems: tuple[Problem, ...] | None = None
        self._source: Source | None = None

    @property
    def source(self) -> Source:
        """The text, parted into YAML and prose."""
        if self._source is None:
            self._source = source_of(self.path, self.text)
        return self._source

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file by itself."""
        if self._problems is None:
            begun = time.perf_counter()
            self._problems = self._read()
            self.cost = time.perf_counter() - begun
        return self._problems

    def _read(self) -> tuple[Problem, ...]:
        if self.model is None:
            return ()
        checked = parsed(self.model, self.path, self.text)
        self.record = checked.record or self.record
        return checked.problems

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column are in the text; all count from 0."""
        return sum(len(each) + 1 for each in self.lines[:line]) + column
