"""Which files have changed. What the system tells is a hint to look at them; so is time."""

from __future__ import annotations

import os
import stat
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import MappingProxyType
from typing import Any, TypeAlias

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

from kbsite.recent import Mark, mark

Marks: TypeAlias = Mapping[str, Mark]
"""The marks of files by their paths."""

QUIET = 0.03  # seconds without a hint after which a change is taken to be whole
LONGEST = 0.3  # seconds that it may take to be whole
UNAIDED = 0.3  # seconds between looks where the system tells nothing
AIDED = 2.0  # and where it does, for it does not tell everything
SHARE = 20  # looks may take this part of the time
MOST_PATHS = 1_000  # that are kept of what the system tells
UNSEEN = frozenset({"__pycache__"})
TELLING = frozenset({"created", "modified", "moved", "deleted", "closed"})


class Watcher:
    """Looks after files and folders, and calls `changed` with the paths of what has changed."""

    def __init__(
        self, places: Iterable[Path], changed: Callable[[frozenset[str]], None], since: int
    ) -> None:
        """What has changed `since` some time, in nanoseconds, has changed already."""
        self._places = frozenset(places)
        self._changed = changed
        self._hint = Event()
        self._stopped = False
        self._observer: Any = Observer()
        self._watched: dict[Path, tuple[tuple[int, int], Any]] = {}
        self._aided = True
        self._handler = _Hints(self._hint)
        try:
            self._observer.start()
        except OSError:
            self._aided = False
        self._follow()
        before = marks(self._places)
        self._marks: Marks = {path: each for path, each in before.items() if max(each[:2]) < since}
        self._thread = Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """Look from now on."""
        self._hint.set()
        self._thread.start()

    def watch(self, places: Iterable[Path]) -> None:
        """Look after these instead."""
        new = frozenset(places)
        if new != self._places:
            known = self._places
            self._places = new
            self._marks = {**marks(new - known), **self._marks}
            self._hint.set()

    def stop(self) -> None:
        """Look no more."""
        self._stopped = True
        self._hint.set()
        if self._aided:
            self._observer.stop()

    def _run(self) -> None:
        took = 0.0
        while not self._stopped:
            patience = max(AIDED if self._aided else UNAIDED, took * SHARE)
            if self._hint.wait(patience):
                self._settle()
            if self._stopped:
                return
            began = time.monotonic()
            self._follow()
            now = marks(self._places)
            took = time.monotonic() - began
            before, self._marks = self._marks, now
            different = {path for path, _ in set(now.items()) ^ set(before.items())}
            # A disk may give a file that is written twice the same time twice.
            if changed := different | (self._handler.taken() & now.keys()):
                self._changed(frozenset(changed))

    def _settle(self) -> None:
        """Wait until no more hints come: editors write a file in several steps."""
        end = time.monotonic() + LONGEST
        self._hint.clear()
        while time.monotonic() < end and self._hint.wait(QUIET):
            self._hint.clear()

    def _follow(self) -> None:
        """Have the system tell of every folder that is there now, even one that was put back.

        Of a file it tells through its folder, for editors put another file in its place.
        """
        if not self._aided:
            return
        wanted: dict[Path, tuple[tuple[int, int], bool]] = {}
        for place in self._places:
            for folder, deep in ((place, True), (place.parent, False)):
                with suppress(OSError):
                    found = folder.stat()
                    if stat.S_ISDIR(found.st_mode):
                        _, deeper = wanted.get(folder, (None, False))
                        wanted[folder] = ((found.st_dev, found.st_ino), deep or deeper)
        for folder, (identity, watch) in list(self._watched.items()):
            if folder not in wanted or wanted[folder][0] != identity:
                with suppress(OSError, KeyError):
                    self._observer.unschedule(watch)
                del self._watched[folder]
        for folder, (identity, deep) in wanted.items():
            if folder not in self._watched:
                try:
                    watch = self._observer.schedule(self._handler, str(folder), recursive=deep)
                except FileNotFoundError:
                    continue
                except OSError:  # the system has no room for more
                    self._aided = False
                    self._observer.stop()
                    return
                self._watched[folder] = (identity, watch)


class _Hints(FileSystemEventHandler):
    """Sets an event, and keeps the paths that it is about until they are taken."""

    def __init__(self, hint: Event) -> None:
        self._hint = hint
        self._paths: deque[str] = deque(maxlen=MOST_PATHS)

    def on_any_event(self, event: Any) -> None:
        if event.event_type in TELLING:
            self._paths.append(os.fsdecode(event.src_path))
            self._hint.set()

    def taken(self) -> set[str]:
        paths = set()
        while self._paths:
            paths.add(self._paths.popleft())
        return paths


def marks(places: Iterable[Path]) -> Marks:
    """The marks of all files there, less hidden ones, through links."""
    found: dict[str, Mark] = {}
    for place in places:
        with suppress(OSError):
            state = place.stat()
            if stat.S_ISDIR(state.st_mode):
                _add(found, str(place), frozenset({(state.st_dev, state.st_ino)}))
            else:
                found[str(place)] = mark(state)
    return MappingProxyType(found)


def _add(found: dict[str, Mark], folder: str, above: frozenset[tuple[int, int]]) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in UNSEEN:
                continue
            with suppress(OSError):
                state = entry.stat()
                if not stat.S_ISDIR(state.st_mode):
                    found[entry.path] = mark(state)
                elif (own := (state.st_dev, state.st_ino)) not in above:
                    _add(found, entry.path, above | {own})
