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
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")
V = TypeVar("V")

MOST = 8  # processes; each has memory of its own
TASKS = 1_024  # at most: as many wait in the smallest pipe that a system gives
_TASK = struct.Struct("=I")
_PR_SET_PDEATHSIG = 1


def cores() -> int:
    """The processors that this process may use."""
    with suppress(AttributeError):  # not every system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def batches(things: Sequence[V], least: int) -> list[Sequence[V]]:
    """Things in order, a share for each task: so many at least, and more where tasks run out."""
    size = max(least, -(-len(things) // TASKS))
    return [things[at : at + size] for at in range(0, len(things), size)]


class Team(Generic[T]):
    """Tasks with the numbers from 0 on, each done once.

    Each process begins with a run of its own, for tasks that are near each other often need the
    same, and when it is through takes part in the others'. `work` takes a task's number. What it
    gives must be plain data, and its effects on disk the same if a task is done again.
    """

    def __init__(self, tasks: int, work: Callable[[int], T], processes: int | None = None) -> None:
        """Begin; `processes` is how many there are at most, with this one."""
        if tasks > TASKS:
            raise ValueError(f"{tasks} tasks are more than {TASKS}")
        self._tasks = tasks
        self._work = work
        self._others: list[tuple[int, IO[bytes]]] = []
        wanted = min(processes or cores(), MOST, tasks) if _can_fork() else 1
        ends = [tasks * number // max(1, wanted) for number in range(max(1, wanted) + 1)]
        self._runs = [_pipe(range(*ends[number : number + 2])) for number in range(len(ends) - 1)]
        if wanted > 1:
            gc.freeze()  # what is here stays where it is, in memory that all share
        for number in range(1, wanted):
            with suppress(OSError):  # where there may be no more processes, there are fewer
                self._fork(number)

    def finish(self) -> list[T]:
        """Take part until all is done, and give what was made, in the order of the tasks.

        What a task raises here is raised; what it raises elsewhere, it will raise here.
        """
        made: dict[int, T] = {}
        try:
            while (task := self._next()) is not None:
                made[task] = self._work(task)
            while self._others:
                process, results = self._others[-1]
                _wait(process)
                self._others.pop()
                made |= _read(results)
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
            _wait(process)
            results.close()
        self._others.clear()
        while self._runs:
            os.close(self._runs.pop())
        gc.unfreeze()

    def _next(self) -> int | None:
        """The next task that nobody has begun, from this process's own run first."""
        for run in self._runs:
            if taken := os.read(run, _TASK.size):
                return int(_TASK.unpack(taken)[0])
        return None

    def _fork(self, number: int) -> None:
        results = tempfile.TemporaryFile()  # noqa: SIM115  # it is read when the process has ended
        parent = os.getpid()
        with warnings.catch_warnings():  # a fork takes no lock that another thread could hold
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                process = os.fork()
            except BaseException:
                results.close()
                raise
        if process:
            self._others.append((process, results))
            return
        try:
            self._runs = self._runs[number:] + self._runs[:number]
            self._run(results, parent)
        finally:
            os._exit(0)

    def _run(self, results: IO[bytes], parent: int) -> None:
        """The life of another process: whatever goes wrong in it goes wrong again at home."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with its parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with_parent()
        gc.disable()
        _close_all_but(*self._runs, results.fileno())
        with results, suppress(BaseException):
            while os.getppid() == parent and (task := self._next()) is not None:
                pickle.dump((task, self._work(task)), results)


def _pipe(tasks: Iterable[int]) -> int:
    """Where tasks wait: whoever reads one has it."""
    waiting, entry = os.pipe()
    with os.fdopen(entry, "wb") as pipe:
        pipe.write(b"".join(map(_TASK.pack, tasks)))
    return waiting


def _close_all_but(*files: int) -> None:
    """Close what else is open, locks above all, but for standard input and output."""
    begin = 3
    for file in (*sorted(files), os.sysconf("SC_OPEN_MAX")):
        if file > begin:
            os.closerange(begin, file)
        begin = max(begin, file + 1)


def _wait(process: int) -> None:
    """Return when another process has ended."""
    with suppress(ChildProcessError):  # where nobody is to be told that one has, there is no more
        os.waitpid(process, 0)


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
