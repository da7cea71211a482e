"""How soon is an edit seen? `make bench-serve` prints the figures for previews of two sizes.

`kbsite serve` runs as a process of its own. Its start is timed until the home page comes over HTTP.
Then a line of one record changes, several times: from the moment at which the file is saved, it is
timed until the session's page, asked for again and again on one connection, has the new words, and
until a page that is open is told that there is another one.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import corpus
from tests.benchmarks.base import Base, page_of
from tests.benchmarks.cases import KBSITE
from tests.benchmarks.processes import end, memory

SIZES = (600, 10_000)
PATIENCE = 600  # seconds
PAUSE = 0.02  # seconds between two requests: more of them would keep the server from its work
_STATE = re.compile(r"/reload\.js\?[^\"]*\bstate=([^\"&]+)")


@dataclass(slots=True)
class Server:
    """A preview on one connection; the process ends with `served`."""

    process: subprocess.Popen[str]
    port: int
    connection: http.client.HTTPConnection

    def get(self, path: str) -> str:
        """What is served at a path; empty if nothing is."""
        if self.process.poll() is not None:
            raise SystemExit(f"kbsite serve has ended with {self.process.returncode}")
        try:
            self.connection.request("GET", f"/{path}")
            answer = self.connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return ""
        return text if answer.status == 200 else ""

    def until(self, path: str, holds: Callable[[str], bool]) -> str:
        """The page at a path as soon as it is as wanted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if holds(text := self.get(path)):
                return text
            time.sleep(PAUSE)
        raise SystemExit(f"/{path} was not as wanted within {PATIENCE} s")


@contextmanager
def served(root: Path) -> Iterator[Server]:
    """A preview of `root`, which may not answer yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*KBSITE, "serve", "--addr", f"127.0.0.1:{port}"],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        with closing(_connection(port)) as connection:
            yield Server(process, port, connection)
    finally:
        end(process)


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


class Told:
    """When an open page, of which `text` is what came, is told that there is another one."""

    def __init__(self, server: Server, text: str) -> None:
        found = _STATE.search(text)
        if found is None:
            raise SystemExit("the page has no script that would reload it")
        self._state, self._port = found[1], server.port
        self._at = 0.0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        """Listen as the script does."""
        with closing(_connection(self._port)) as connection:
            connection.request("GET", "/.kbsite/changes")
            with connection.getresponse() as answer:
                for line in answer:
                    if line.startswith(b"data:") and json.loads(line[5:])["state"] != self._state:
                        self._at = time.perf_counter()
                        break

    def when(self) -> float:
        """The time of that, once it has come."""
        self._thread.join(PATIENCE)
        if not self._at:
            raise SystemExit("an open page was not told of an edit")
        return self._at


def measure(root: Path, sessions: int, edits: int, talks: Path) -> dict[str, Any]:
    """All figures of one size; times are in seconds, memory in bytes."""
    origin = corpus.write(root, sessions, talks)
    base = Base(root)
    page = page_of(base.session(0))
    seen: list[float] = []
    told: list[float] = []
    start = time.perf_counter()
    with served(root) as server:
        server.until("", bool)
        up = time.perf_counter() - start
        text = server.until(page, bool)
        before = memory(server.process.pid)
        for _ in range(edits):
            open_page = Told(server, text)
            time.sleep(0.5)  # for an author does not save twice at once
            edit = base.edit_session(again=True)
            saved = time.perf_counter()
            text = server.until(page, lambda got, words=edit.words: words in got)  # type: ignore[misc]
            seen.append(time.perf_counter() - saved)
            told.append(open_page.when() - saved)
            said = f"{sessions:,} sessions: edit {len(seen)} of {edits}: {seen[-1]:.2f} s"
            print(said, file=sys.stderr, flush=True)
        return {
            "origin": origin,
            "first_page": round(up, 3),
            "seen": _spread(seen),
            "told": _spread(told),
            "memory_before": before,
            "memory_after": memory(server.process.pid),
        }


def _spread(times: Sequence[float]) -> dict[str, Any]:
    runs = [round(each, 3) for each in times]
    return {"median": round(median(times), 3), "worst": max(runs), "runs": runs}


def table(found: dict[int, dict[str, Any]]) -> Iterator[str]:
    heads = ("first page", "seen", "worst", "told", "worst", "MB before", "MB after")
    yield f"{'':16}" + "".join(f"{head:>12}" for head in heads)
    for sessions, each in found.items():
        times = [each["first_page"]]
        for spread in (each["seen"], each["told"]):
            times += [spread["median"], spread["worst"]]
        cells = [f"{value:.2f} s" for value in times]
        sizes = (each["memory_before"], each["memory_after"])
        cells += ["" if value is None else f"{value / 1e6:,.0f}" for value in sizes]
        yield f"{sessions:>7,} sessions" + "".join(f"{cell:>12}" for cell in cells)
    yield ""
    yield "first page: from the start of 'kbsite serve' to its home page"
    yield "seen: from saving a record to its page with the new words, the median and the worst"
    yield "told: from saving it to the moment at which an open page hears that there is another one"
    yield "MB: what the server's processes hold together (PSS), before the edits and after them"


def as_json(found: dict[int, dict[str, Any]]) -> str:
    said = {str(size): each for size, each in found.items()}
    return json.dumps(said, indent=1) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.serving",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", metavar="N", default=SIZES, help="sessions; 600 and 10000")
    add("--edits", type=int, default=10, help="by default 10")
    add("--json", type=Path, metavar="FILE", help="where to write the figures too")
    add("--corpus", type=Path, default=corpus.TALKS, help="talks as lines of JSON, gzipped")
    options = parser.parse_args(arguments)
    found: dict[int, dict[str, Any]] = {}
    for sessions in options.sizes:
        folder = Path(tempfile.mkdtemp(prefix="kbsite-bench-"))
        try:
            found[sessions] = measure(folder, sessions, options.edits, options.corpus)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if options.json:
            options.json.write_text(as_json(found), encoding="utf-8")
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
