"""A site served by a process of its own, and its pages as soon as they are as wanted."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120  # seconds that a slow machine may take to build a small site


KBSITE = ("kbsite", "serve", "--addr")
MKDOCS = ("mkdocs", "serve", "--dev-addr")


@contextmanager
def serving(
    root: Path, host: str = "127.0.0.1", *, command: Sequence[str] = KBSITE
) -> Iterator[str]:
    """The address of the site of `root`, while it is served on a free port from within `root`."""
    with started(root, host, command=command) as (_, address):
        yield address


@contextmanager
def started(
    root: Path, host: str = "127.0.0.1", *, command: Sequence[str] = KBSITE, **environment: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process as well, with more in its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"{host}:{probe.getsockname()[1]}"
    with subprocess.Popen(
        [sys.executable, "-u", "-m", *command, place],
        cwd=root,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        in_vain = threading.Timer(PATIENCE, process.kill)
        in_vain.start()
        try:
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"Serving on (http://\S+)", line):
                    break
            else:
                raise AssertionError("".join(said))
            in_vain.cancel()
            yield process, found[1]
        finally:
            in_vain.cancel()
            process.terminate()


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310  # our own server
        return str(answer.read().decode())


def eventually(url: str, *, holds: str = "", lacks: str = "", status: int = 0) -> str:
    """The page at `url` as soon as it is as wanted, with `status` if one is given."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            page, found = fetch(url), 200
        except urllib.error.HTTPError as error:
            page, found = error.read().decode(), error.code
            error.close()
        if holds in page and (not lacks or lacks not in page) and status in (0, found):
            return page
        time.sleep(0.1)
    raise AssertionError(f"the page never came to hold {holds!r} and lack {lacks!r}:\n{page}")
