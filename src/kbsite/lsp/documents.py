"""An open file: its text as the editor has it, what kind of record it is, and what it says."""

from __future__ import annotations

import time

from kbsite.errors import Problem
from kbsite.lsp.positions import lines_of
from kbsite.recordfiles import model_of, parsed, source_of
from kbsite.records import Record
from kbsite.sources import Source


class Document:
    """A file that an editor holds open, which it may not have saved.

    `path` is from the root of its knowledge base. `text` has plain line ends, as files have that
    are read; `end` are those of the editor.
    """

    def __init__(self, uri: str, path: str, version: int | None, text: str) -> None:
        self.uri, self.path = uri, path
        self.model = model_of(path)
        self.cost = 0.0  # seconds of a processor that it took to read it
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
            begun = time.thread_time()
            self._problems = self._read()
            self.cost = time.thread_time() - begun
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
