"""How fast is search in a browser? `make bench-search` prints the figures for 10,000 sessions.

The site is served on the loopback interface without compression, so bytes are the most that any
host sends; every run has a browser of its own, with nothing in its cache. Search is timed from the
key that opens it to the first result painted, on a page that has loaded and has fetched nothing of
search; bytes are all that is fetched from then on. Explore is timed from the click on the second
facet to its results painted, and from the request for a shared address of two facets. The medians
count. The build is timed in whole processes, with search and without in turn; its best counts.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from kbsite.pipeline import prepare
from kbsite.search import INDEX
from tests.benchmarks import corpus
from tests.browser.conftest import ARGUMENTS, NAMES

QUERIES = ("django", "async", "testing", "guido van rossum", "kub", "python")
PAINTED = """
({event, selector}) => {
  delete window.painted;
  const begin = (e) => {
    const start = performance.now();
    removeEventListener(event, begin, true);
    const seen = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => {
        window.painted = performance.now() - start;
      }));
    });
    seen.observe(document, {childList: true, subtree: true});
  };
  addEventListener(event, begin, true);
}
"""


class Counting(SimpleHTTPRequestHandler):
    """Serves files, and counts what it sends."""

    protocol_version = "HTTP/1.1"
    sent = 0
    lock = Lock()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        outputfile.write(data)
        with self.lock:
            Counting.sent += len(data) + 250  # and about so much of headers


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def fresh(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        yield context.new_page()
    finally:
        context.close()


def taken(page: Page) -> float:
    page.wait_for_function("window.painted !== undefined", timeout=60_000)
    return float(page.evaluate("window.painted"))


def search(browser: Browser, host: str, query: str) -> tuple[float, float]:
    """Milliseconds to the first result, and kilobytes."""
    with fresh(browser) as page:
        page.goto(f"{host}themes/", wait_until="networkidle")
        page.evaluate(PAINTED, {"event": "keydown", "selector": "[role=option]"})
        before = Counting.sent
        page.keyboard.press("/")
        page.keyboard.type(query)
        milliseconds = taken(page)
        page.wait_for_timeout(300)
        return milliseconds, (Counting.sent - before) / 1_000


def facets(browser: Browser, host: str, chosen: dict[str, str]) -> tuple[float, float, float]:
    """Milliseconds from the second facet's click, from a shared address, and its kilobytes."""
    (one, first), (two, second) = chosen.items()
    with fresh(browser) as page:
        page.goto(f"{host}explore/?{one}={first}", wait_until="networkidle")
        option = page.locator(f"input[name={two}][value='{second}']")
        option.wait_for()
        page.evaluate(PAINTED, {"event": "click", "selector": f"[data-facet={two}]"})
        option.click()
        click = taken(page)
    with fresh(browser) as page:
        page.add_init_script(f"({PAINTED})({{event: 'none', selector: 'none'}});")
        before = Counting.sent
        page.goto(f"{host}explore/?{one}={first}&{two}={second}", wait_until="commit")
        page.wait_for_selector(".kb-rows li")
        shared = float(
            page.evaluate("new Promise((f) => requestAnimationFrame(() => f(performance.now())))")
        )
        return click, shared, (Counting.sent - before) / 1_000


def build(root: Path, *options: str) -> float:
    shutil.rmtree(root / "site", ignore_errors=True)
    start = time.perf_counter()
    command = [sys.executable, "-m", "kbsite", "build", "--quiet", *options]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--builds", type=int, default=2)
    options = parser.parse_args()
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise SystemExit("no Chromium to measure with")
    with tempfile.TemporaryDirectory(prefix="kbsite-bench-") as folder:
        root = Path(folder)
        origin = corpus.write(root, options.sessions)
        print(f"{options.sessions:,} sessions from {origin}", flush=True)
        without, with_search = float("inf"), float("inf")
        for _ in range(options.builds):
            without = min(without, build(root, "--no-search"))
            with_search = min(with_search, build(root))
        files = [file for file in (root / "site" / INDEX).rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"build: {without:.1f} s without search, {with_search:.1f} s with it: ", end="")
        print(f"{with_search / without:.2f} times; {len(files):,} files, {size:.1f} MB", flush=True)
        measure(root, found, options.rounds)


def measure(root: Path, chromium: str, rounds: int) -> None:
    """Print what a reader of the site in `root` waits for."""
    graph = prepare(root).graph
    newest = graph.sessions[graph.themes["testing"].sessions[0]].event
    chosen = {"theme": "testing", "event": newest}
    with sync_playwright() as playwright, served(root / "site") as host:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for query in QUERIES:
            runs = [search(browser, host, query) for _ in range(rounds)]
            took, got = (statistics.median(each) for each in zip(*runs, strict=True))
            print(f"search {query!r:20} {took:6.0f} ms {got:6.0f} kB", flush=True)
        runs3 = [facets(browser, host, chosen) for _ in range(rounds)]
        click, shared, got = (statistics.median(each) for each in zip(*runs3, strict=True))
        print(f"explore, second facet  {click:8.0f} ms")
        print(f"explore, shared address{shared:8.0f} ms {got:6.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
