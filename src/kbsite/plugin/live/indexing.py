"""The search index of a site that is served, made in a process of its own, after everything else.

That process makes one of the site that a configuration describes, into a folder, unless its
key is a given one.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread

from kbsite.catalog import SESSION
from kbsite.errors import KbsiteError
from kbsite.outputs import Surroundings
from kbsite.outputs.keys import program
from kbsite.plugin import defaults, making, settings
from kbsite.plugin.searching import key_of
from kbsite.search import Indexing, documents

BEING_MADE = "The search index is being made: results may be missing or out of date."
NOT_MADE = "The search index could not be made: results may be missing. The terminal says why."
QUIET = 1.0  # seconds without a change after which an index is worth making, at least
KEPT = 2  # indexes: who searches may still read from the one before


class _Made:
    """An index that is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = frozenset(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )


class Index:
    """The newest index, and those who may still read the one before."""

    def __init__(
        self,
        config_file: Path,
        folder: Path,
        changed: Callable[[], None],
        report: Callable[[str], None],
    ) -> None:
        """Indexes lie in `folder`; `changed` hears that there is another thing to say of it.

        `report` hears why one could not be made.
        """
        self.said = BEING_MADE
        self._config_file = config_file
        self._folder = folder
        self._changed = changed
        self._report = report
        self._made: list[_Made] = []  # the newest first
        self._key = ""
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._state = Condition()
        self._wanted = False
        self._quiet = QUIET
        self._given_up = False
        self._stopped = False
        Thread(target=self._run, daemon=True).start()

    def want(self, quiet: float = QUIET) -> None:
        """Have one made of what there is now, after so many seconds without another wish.

        One that is being made is of the past. It is given up, for the computer has more to do, but
        never twice in a row: who writes all the time gets an index too.
        """
        with self._state:
            self._wanted = True
            self._quiet = max(QUIET, quiet)
            self._state.notify_all()
            if self._process and not self._given_up:
                self._given_up = True
                _end(self._process)

    def stop(self) -> None:
        """Make no more, and end what is being made."""
        with self._state:
            self._stopped = True
            self._state.notify_all()
            process = self._process
        if process:
            _end(process)
            process.wait()

    def read(self, path: str) -> bytes | None:
        """A file of an index by its path there, if there is one."""
        for made in tuple(self._made):
            if path in made.files:
                return (made.folder / path).read_bytes()
        return None

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._wanted or self._stopped)
                while self._wanted and not self._stopped:
                    self._wanted = False
                    self._state.wait_for(lambda: self._wanted or self._stopped, self._quiet)
                if self._stopped:
                    return
                self._say(BEING_MADE)
            failure = self._make()
            with self._state:
                if self._stopped:
                    return
                if self._wanted:
                    continue
                self._given_up = False
                self._say(NOT_MADE if failure else "")
            if failure:
                self._report(failure)

    def _say(self, sentence: str) -> None:
        if sentence != self.said:
            self.said = sentence
            self._changed()

    def _make(self) -> str:
        """Make one if what can be found has changed; gives what went wrong."""
        self._number += 1
        folder = self._folder / str(self._number)
        temporary = self._folder / f"{self._number}-making"
        try:
            temporary.mkdir(parents=True)
            return self._made_by_another(folder, temporary)
        except (OSError, ValueError) as error:
            return f"The search index could not be made ({error})"
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def _made_by_another(self, folder: Path, temporary: Path) -> str:
        """Have another process do it, which has its temporary files in a folder."""
        command = [sys.executable, "-P", "-c", f"import {__name__} as own; own.main()"]
        paths = os.pathsep.join(filter(None, sys.path))
        failure = temporary / "failure"
        with self._state, failure.open("wb") as told_of_failure:
            if self._stopped:
                return ""
            self._process = process = subprocess.Popen(  # noqa: S603  # this very program
                [*command, str(self._config_file), str(folder), self._key],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told_of_failure,
                env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(temporary)},
                start_new_session=True,  # which Ctrl-C does not reach, and which ends as one
            )
        with process:
            assert process.stdout  # noqa: S101  # it is a pipe
            told = process.stdout.read()
            process.wait()
        with self._state:
            self._process = None
        if process.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            return failure.read_text(errors="replace").strip() or "The search index was not made"
        key = json.loads(told)
        if key != self._key:
            self._key = key
            old = self._made[KEPT - 1 :]
            self._made = [_Made(folder), *self._made][:KEPT]
            for each in old:
                shutil.rmtree(each.folder, ignore_errors=True)
        return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have a process end, with all that it has begun."""
    assert process.stdin  # noqa: S101  # it is a pipe
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, 9)
        process.stdin.close()


def make(config_file: Path, folder: Path, known: str) -> str:
    """Make the index of a site, unless its key is `known`; gives the key."""
    config, _ = settings.read(config_file)
    reading = making.read(config, drafts=True)
    if reading.failure:
        return known
    site = defaults.site(config, search=True)
    around = Surroundings(site=site, program=program(), theme="", compose=lambda *_: b"")
    prepared = reading.prepared
    found = documents((each.path, each.make(around)) for each in prepared.documents)
    sessions = [SESSION.path(id) for id in prepared.graph.sessions]
    key = key_of(found, sessions)
    if key == known:
        found.close()
    else:
        Indexing(found, sessions, folder).finish()
    return key


def _end_with(parent: int) -> None:
    """End, with what was begun, as soon as whoever began this one has ended."""
    while os.read(parent, 1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, 9)
    os._exit(1)


def main() -> None:
    """Make one, as the arguments of the process say; its key goes to standard output."""
    if hasattr(os, "nice"):  # whoever reads pages comes first
        os.nice(19)
    Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    config_file, folder, known = sys.argv[1:]
    try:
        sys.stdout.write(json.dumps(make(Path(config_file), Path(folder), known)))
    except KbsiteError as error:
        sys.exit(str(error))
