"""A command in processes of its own, and what it cost: time, processor, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05  # seconds between two looks at the memory of all processes
SHARE = 0.1  # of the time that looking may take


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a run of a command cost.

    `seconds` are those that one waits, `cpu` those of all its processes together. `memory` is the
    most that these held at a time, in bytes: the sum of their proportional set sizes, in which what
    processes share counts once. It is None where nobody looked, or where the system does not tell.
    """

    seconds: float
    cpu: float
    memory: int | None
    output: str


COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}  # pip compiles modules when it installs them


class CommandError(Exception):
    """A command that failed, with the end of what it said."""


def run(
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    watched: bool = False,
) -> Cost:
    """Run a command in `folder`. Looking at its memory, while it is `watched`, slows it down."""
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **COMPILED, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    most: list[int] = []
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, most, ended))
    if watched:
        watcher.start()
    try:
        output, _ = process.communicate()
    except BaseException:
        end(process)
        raise
    finally:
        ended.set()
    seconds = time.perf_counter() - start
    if watched:
        watcher.join()
    after = os.times()
    if process.returncode:
        raise CommandError(f"{' '.join(map(str, command))} failed:\n{output[-3000:]}")
    return Cost(
        seconds=seconds,
        cpu=after.children_user
        + after.children_system
        - before.children_user
        - before.children_system,
        memory=max(most, default=None),
        output=output,
    )


def end(process: subprocess.Popen[str]) -> None:
    """End a process that has a session of its own, and what it started."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def memory(pid: int) -> int | None:
    """The bytes that a process and all that it started hold together, if the system tells."""
    found = [size for each in _tree(pid) if (size := _proportional(each)) is not None]
    return sum(found) if found else None


def _watch(pid: int, most: list[int], ended: threading.Event) -> None:
    pause = 0.0
    while not ended.wait(pause):
        begun = time.perf_counter()
        if (held := memory(pid)) is not None:
            most[:] = [max([held, *most])]
        pause = max(EVERY, (time.perf_counter() - begun) / SHARE)


def _tree(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for each in found:
        with suppress(OSError):  # it has ended, or there is no /proc
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _proportional(pid: int) -> int | None:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return None
