"""A command at a terminal of its own, and what it shows there."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60  # seconds that a slow machine may take for an answer
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x07|\r")


class Screen:
    """Everything that a program has shown, and a way to type."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._seen = ""

    def shows(self, text: str) -> str:
        """Wait until `text` is shown, after all that was waited for before; what came up to it."""
        end = time.monotonic() + PATIENCE
        while text not in self._seen:
            ready, _, _ = select.select([self._handle], [], [], max(0, end - time.monotonic()))
            assert ready, f"{text!r} was never shown:\n{self._seen}"
            try:
                more = os.read(self._handle, 4096)
            except OSError:  # the program has ended
                more = b""
            assert more, f"{text!r} was not shown before the end:\n{self._seen}"
            self._seen += _CONTROL.sub(b"", more).decode()
        before, _, self._seen = self._seen.partition(text)
        return before

    def type(self, text: str) -> None:
        os.write(self._handle, text.encode())


@contextmanager
def at_a_terminal(root: Path, *arguments: str) -> Iterator[tuple[Screen, subprocess.Popen[bytes]]]:
    """kbsite with its input and output at a terminal."""
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "INPUTRC": os.devnull}
    with subprocess.Popen(
        [sys.executable, "-m", "kbsite", *arguments],
        cwd=root,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            yield Screen(ours), process
        finally:
            process.kill()
            os.close(ours)
