"""Work done by several processes that share what this one has in memory.

The others are forks: they see all that is known here and give back only what they made. Where
there are none, or one of them dies, this process does the work itself.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import struct
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")

MOST = 8  # processes; each has memory of its own
TASKS = 8_192  # at most, so that the pipe that they wait in can hold them all
_TASK = struct.Struct("=I")
_PR_SET_PDEATHSIG = 1


def cores() -> int:
    """The processors that this process may use."""
    with suppress(AttributeError):  # not every system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Team(Generic[T]):
    """Tasks with the numbers from 0 on, each done once, by whoever is free.

    `work` takes a task's number. What it gives must be plain data, and its effects on disk the same
    if a task is done again.
    """

    def __init__(self, tasks: int, work: Callable[[int], T], processes: int | None = None) -> None:
        """Begin; `processes` is how many there are at most, with this one."""
        if tasks > TASKS:
            raise ValueError(f"{tasks} tasks are more than {TASKS}")
        self._tasks = tasks
        self._work = work
        self._waiting, entry = os.pipe()
        with os.fdopen(entry, "wb") as pipe:
            pipe.write(b"".join(map(_TASK.pack, range(tasks))))
        self._others: list[tuple[int, IO[bytes]]] = []
        wanted = min(processes or cores(), MOST, tasks) if _can_fork() else 1
        if wanted > 1:
            gc.freeze()  # what is here stays where it is, in memory that all share
        for _ in range(wanted - 1):
            self._fork()

    def finish(self) -> list[T]:
        """Take part until all is done, and give what was made, in the order of the tasks.

        What a task raises here is raised; what it raises elsewhere, it will raise here.
        """
        made: dict[int, T] = {}
        try:
            while (task := self._next()) is not None:
                made[task] = self._work(task)
            for process, results in self._others:
                os.waitpid(process, 0)
                made |= _read(results)
            self._others.clear()
            for task in range(self._tasks):
                if task not in made:
                    made[task] = self._work(task)
        finally:
            self.stop()
        return [made[task] for task in range(self._tasks)]

    def stop(self) -> None:
        """End the others, and do no more."""
        for process, results in self._others:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            results.close()
        self._others.clear()
        if self._waiting >= 0:
            os.close(self._waiting)
            self._waiting = -1
        gc.unfreeze()

    def _next(self) -> int | None:
        """The next task that nobody has begun."""
        taken = os.read(self._waiting, _TASK.size)
        return _TASK.unpack(taken)[0] if taken else None

    def _fork(self) -> None:
        results = tempfile.TemporaryFile()  # noqa: SIM115  # it is read when the process has ended
        parent = os.getpid()
        with warnings.catch_warnings():  # a fork takes no lock that another thread could hold
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process:
            self._others.append((process, results))
            return
        try:
            self._run(results, parent)
        finally:
            os._exit(0)

    def _run(self, results: IO[bytes], parent: int) -> None:
        """The life of another process: whatever goes wrong in it goes wrong again at home."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with its parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with_parent()
        gc.disable()
        os.dup2(self._waiting, 3)
        os.dup2(results.fileno(), 4)  # no other open file is of any concern, locks least of all
        os.closerange(5, os.sysconf("SC_OPEN_MAX"))
        self._waiting = 3
        with os.fdopen(4, "wb") as out, suppress(BaseException):
            while os.getppid() == parent and (task := self._next()) is not None:
                pickle.dump((task, self._work(task)), out)


def _read(results: IO[bytes]) -> dict[int, Any]:
    """What another process made, up to where it ended."""
    made = {}
    with results:
        results.seek(0)
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                task, result = pickle.load(results)  # noqa: S301  # our own process wrote it
                made[task] = result
    return made


def _can_fork() -> bool:
    """Whether a process may go on with a copy of itself: on macOS, system libraries forbid it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def _end_with_parent() -> None:
    """Let the system end this process when its parent ends, however that is, where it can."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
