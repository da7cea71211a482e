"""A knowledge base to build again and again, and the edits between builds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.processes import run

_TITLE = re.compile(r"^title: (['\"]?)(?:Changed in edit \d+, )?(.)", re.MULTILINE)
_HIDDEN = re.compile(r"^publish: false", re.MULTILINE)
_SUMMARY = re.compile(r"^summary: .+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """What was written into a record, and the page that has to say it."""

    words: str
    page: str

    def is_in(self, site: Path) -> bool:
        return self.words in (site / self.page / "index.html").read_text(encoding="utf-8")


@dataclass(slots=True)
class Base:
    """The knowledge base in `root`; `last` is the command that was run there last."""

    root: Path
    last: Sequence[str] = ()
    edits: int = 0
    _sessions: list[Path] = field(default_factory=list)

    @property
    def site(self) -> Path:
        return self.root / "site"

    def cold(self, command: Sequence[str]) -> None:
        """Make a command start from nothing: no site, and nothing kept from one before."""
        for folder in (self.site, self.root / ".cache"):
            shutil.rmtree(folder, ignore_errors=True)
        self.last = command

    def warm(self, command: Sequence[str]) -> None:
        """Make a command start from what it left behind the last time."""
        if self.last != command:
            run(command, self.root)
            self.last = command

    def edit_session(self, *, again: bool = False) -> Edit:
        """Change one line of a record: another one each time, or `again` the first."""
        file = self.session(0 if again else self.edits)
        words = self._words()
        _replace(file, _TITLE, rf"title: \1{words}, \2")
        return Edit(words, page_of(file))

    @property
    def sessions(self) -> list[Path]:
        """The records of all sessions."""
        if not self._sessions:
            files = sorted((self.root / "sessions").glob("*/*.yaml"))
            self._sessions = [file for file in files if file.name != "event.yaml"]
        return self._sessions

    def published(self) -> int:
        """How many sessions readers get to see."""
        texts = (file.read_text(encoding="utf-8") for file in self.sessions)
        return sum(not _HIDDEN.search(text) for text in texts)

    def session(self, number: int) -> Path:
        """A record; the next one is of another event, as long as there are."""
        return self.sessions[number * max(1, len(self.sessions) // 97) % len(self.sessions)]

    def edit_theme(self) -> Edit:
        """Change the summary of a theme, another one each time."""
        files = sorted((self.root / "themes").glob("*.md"))
        file = files[self.edits % len(files)]
        words = self._words()
        _replace(file, _SUMMARY, f"summary: {words}.")
        return Edit(words, f"themes/{file.stem}/")

    def _words(self) -> str:
        self.edits += 1
        return f"Changed in edit {self.edits}"


def copied(base: Path, root: Path) -> str:
    """Copy a knowledge base into `root`, but not what was made of it; returns what it is."""
    made = shutil.ignore_patterns(".*", "site", "build", "node_modules", "__pycache__")
    shutil.copytree(base, root, ignore=made, dirs_exist_ok=True)
    return f"a copy of {base.resolve().name}"


def page_of(session: Path) -> str:
    """The address of the page of a session's record."""
    return f"sessions/{session.parent.name}/{session.stem}/"


def _replace(file: Path, pattern: re.Pattern[str], new: str) -> None:
    text, number = pattern.subn(new, file.read_text(encoding="utf-8"), count=1)
    if number != 1:
        raise ValueError(f"{file} has nothing to edit")
    file.write_text(text, encoding="utf-8")
