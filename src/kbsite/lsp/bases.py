"""One knowledge base that has open files: what is wrong in it, kept current while they change.

What a file says by itself is read at once. The whole is read by another process, a moment after the
last change; until that has answered, what it said before is shown where the lines are the same.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from lsprotocol import types

from kbsite.catalog import Thing
from kbsite.collector import spare
from kbsite.errors import Problem
from kbsite.lsp.diagnostics import diagnostic, moved
from kbsite.lsp.documents import Document
from kbsite.lsp.files import File
from kbsite.lsp.index import Index
from kbsite.lsp.messages import (
    LENGTH,
    Ask,
    Failure,
    Known,
    Place,
    Places,
    Survey,
    Who,
    packed,
    unpacked,
)
from kbsite.lsp.positions import Units, lines_of
from kbsite.recordfiles import source_of
from kbsite.tree import decoded

PAUSE = 0.3  # seconds without a change after which the whole is read
SLOW = 0.02  # seconds of reading one file, above which that waits for a pause too
STARTS = 3  # how often in a row the other process may die before nobody asks it any more

Publish = Callable[[str, int | None, Sequence[types.Diagnostic]], None]
Tell = Callable[[str], None]


class Base:
    """The open files of one knowledge base, by their paths from its root."""

    def __init__(self, root: Path, units: Units, publish: Publish, tell: Tell) -> None:
        self.root, self.units = root, units
        self.documents: dict[str, Document] = {}
        self.index = Index()
        self._publish, self._tell = publish, tell
        self.site = ""
        self._trouble = ""
        self._told: dict[str, tuple[Problem, ...]] = {}  # of the whole, by file
        self._across: dict[str, tuple[Problem, ...]] = {}  # of open files, less what each says
        self._stale: set[str] = set()  # files of which something else may be shown
        self._sent: dict[str, str] = {}
        self._shown: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}
        self._late: dict[str, asyncio.TimerHandle] = {}
        self._wanted = asyncio.Event()
        self._due = 0.0
        self._process: Process | None = None
        self._turn = asyncio.Lock()  # one question at a time
        self._task = asyncio.get_running_loop().create_task(self._survey_again_and_again())

    # What the editor says

    def open(self, document: Document) -> None:
        self.documents[document.path] = document
        self._across[document.path] = self._beyond(document)
        self.read(document)
        self.survey()

    def change(self, document: Document, version: int | None, text: str) -> None:
        document.change(version, text)
        if late := self._late.pop(document.path, None):
            late.cancel()
        if document.cost > SLOW:
            wait = asyncio.get_running_loop().call_later
            self._late[document.path] = wait(PAUSE + document.cost, self.read, document)
        else:
            self.read(document)
        self.survey(PAUSE)

    def close(self, document: Document) -> None:
        self.documents.pop(document.path, None)
        self._across.pop(document.path, None)
        self._stale.add(document.path)
        if late := self._late.pop(document.path, None):
            late.cancel()
        self.survey()

    def survey(self, after: float = 0) -> None:
        """Have the whole read, so many seconds after the last time that somebody wanted it."""
        self._due = asyncio.get_running_loop().time() + after
        self._wanted.set()

    async def stop(self) -> None:
        """End the other process, and what waits for it."""
        for late in self._late.values():
            late.cancel()
        process = self._process
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        if process is not None:
            await process.wait()

    # What the editor is shown

    def read(self, document: Document) -> None:
        """Show what an open file says by itself now, and what the whole said of it."""
        self._show(document.path, document.uri, self.problems(document), document.version)

    def problems(self, document: Document) -> tuple[Problem, ...]:
        """All that is known to be wrong in an open file, as it is now."""
        across = self._across.get(document.path, ())
        if self._sent.get(document.path) != document.text:
            old = (moved(problem, document.lines) for problem in across)
            across = tuple(problem for problem in old if problem is not None)
        return tuple(dict.fromkeys((*document.problems, *across)))

    def _show(
        self, path: str, uri: str, problems: Sequence[Problem], version: int | None = None
    ) -> None:
        ordered = sorted(problems, key=lambda problem: problem.sort_key)
        shown = (version, [diagnostic(each, self.units, self.site) for each in ordered])
        if self._shown.get(path, (None, [])) != shown:
            self._publish(uri, version, shown[1])
            self._shown[path] = shown

    def _take(self, part: Survey) -> None:
        """Take a part of what the whole said, and show it of files that are not open."""
        self._say(part.trouble)
        self.index.update(part.known, part.gone)
        self._told |= part.problems
        if part.site != self.site:
            self._stale |= self._shown.keys()
        self.site = part.site
        for path in sorted(part.problems.keys() - self.documents.keys()):
            self._show(path, self.uri(path), self._told.get(path, ()))

    def _beyond(self, document: Document) -> tuple[Problem, ...]:
        """What the whole said of a file beyond what the file says by itself."""
        own = set(map(_bare, document.problems))
        told = self._told.get(document.path, ())
        return tuple(each for each in told if _bare(each) not in own)

    # Files

    def uri(self, path: str) -> str:
        """What the editor calls a file, open or not."""
        document = self.documents.get(path)
        return document.uri if document else (self.root / path).as_uri()

    def file(self, path: str) -> File:
        """A file as it is now."""
        if document := self.documents.get(path):
            return File(document.uri, document.lines, document.end, document.version)
        raw = b""
        with suppress(OSError):
            raw = (self.root / path).read_bytes()
        text = decoded(path, raw)
        lines = lines_of(text) if isinstance(text, str) else []
        return File(self.uri(path), lines, "\r\n" if b"\r\n" in raw else "\n")

    def location(self, known: Known) -> types.Location | None:
        """Where something is told."""
        if not known.file:
            return None
        file = self.file(known.file)
        source = source_of(known.file, "\n".join(file.lines))
        place = source.edit(*source.place(known.at), "")
        start = self.units.position(file.lines, place.line, place.column)
        end = self.units.position(file.lines, place.end_line, place.end_column)
        return types.Location(file.uri, types.Range(start, end))

    # The other process

    async def _survey_again_and_again(self) -> None:
        starts = 0
        try:
            while starts < STARTS:
                await self._wanted.wait()
                await self._until_due()
                self._wanted.clear()
                try:
                    await self._survey()
                    starts = 0
                except (asyncio.IncompleteReadError, OSError):
                    starts += 1
                    self._end()
                    self._sent.clear()
                    self.survey(PAUSE)
                except Exception as error:  # noqa: BLE001  # the next text may be a better one
                    self._say(f"kbsite itself failed, please report it: {error!r}")
            self._tell("the whole knowledge base cannot be read: the process that does it has died")
        finally:
            self._end()

    async def _until_due(self) -> None:
        loop = asyncio.get_running_loop()
        while (left := self._due - loop.time()) > 0:
            await asyncio.sleep(left)

    async def _survey(self) -> None:
        open_now = {path: document.text for path, document in self.documents.items()}
        news: dict[str, str | None] = {
            path: text for path, text in open_now.items() if self._sent.get(path) != text
        }
        news |= dict.fromkeys(self._sent.keys() - open_now.keys())
        async with self._turn:
            await self._ask(Ask(news))
            more = True
            while more:
                part = await self._answer()
                self._sent = open_now
                if not isinstance(part, Survey):
                    self._say(part.message if isinstance(part, Failure) else "")
                    return
                self._take(part)
                more = part.more
                if more:
                    spare()  # a look at all that is known would take longer than a keystroke may
                await asyncio.sleep(0)  # whoever writes meanwhile is answered first
        for path in sorted(self._stale - self.documents.keys()):
            self._show(path, self.uri(path), self._told.get(path, ()))
        self._stale.clear()
        for path, text in open_now.items():
            if document := self.documents.get(path):
                same = document.text == text
                asked = document if same else Document("", path, None, text)
                self._across[path] = self._beyond(asked)
                self.read(document)

    def _say(self, trouble: str) -> None:
        """Tell of a trouble, once."""
        if trouble and trouble != self._trouble:
            self._tell(trouble)
        self._trouble = trouble

    async def references(self, thing: Thing, word: str) -> list[types.Location]:
        """Where all is named that a word may mean, as it was read last."""
        ids = tuple(id for id, _ in self.index.lookup(thing, word))
        if not ids:
            return []
        # Who takes the question back leaves no answer behind that another would read.
        answer = await asyncio.shield(self._places(Who(thing.name, ids)))
        return [types.Location(self.uri(each.file), self._range(each)) for each in answer]

    async def _places(self, who: Who) -> tuple[Place, ...]:
        try:
            async with self._turn:
                await self._ask(who)
                answer = await self._answer()
        except (asyncio.IncompleteReadError, OSError):  # it is started again for the next survey
            return ()
        return answer.places if isinstance(answer, Places) else ()

    def _range(self, place: Place) -> types.Range:
        start, end = (self.units.count(place.text[:at]) for at in (place.start, place.end))
        return types.Range(types.Position(place.line, start), types.Position(place.line, end))

    async def _ask(self, ask: Ask | Who) -> None:
        """Ask the other process; one that is new tells all that there is."""
        if self._process is None:
            command = (sys.executable, "-P", "-m", "kbsite.lsp.surveyor", str(self.root))
            self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
            self.index, self._told = Index(), {}
            self._stale |= self._shown.keys()
        if self._process.stdin is None:
            raise OSError
        self._process.stdin.write(packed(ask))
        await self._process.stdin.drain()

    async def _answer(self) -> Survey | Places | Failure:
        """The next part of its answer."""
        if self._process is None or self._process.stdout is None:
            raise OSError
        answers = self._process.stdout
        length = LENGTH.unpack(await answers.readexactly(LENGTH.size))[0]
        answer: Survey | Places | Failure = unpacked(await answers.readexactly(length))
        return answer

    def _end(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process = None


def _bare(problem: Problem) -> tuple[object, ...]:
    """What tells a problem from others, but for its cures."""
    return (*problem.sort_key, problem.length)
