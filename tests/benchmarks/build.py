"""How fast is a build? `make bench` prints the figures, side by side in one run.

kbsite on 1,000 and 10,000 sessions, and plain MkDocs with Material on 1,000 hand-made pages of
the same size. Each command runs as a process of its own, in turn with the others; the best of the
rounds counts, since everything that disturbs a run makes it slower.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import corpus

PLAIN = """\
site_name: Plain
docs_dir: docs
theme: material
plugins: [search]
nav: [index.md]
not_in_nav: '*.md'
"""


@dataclass
class Contestant:
    name: str
    command: list[str]
    folder: Path
    site: Path
    sessions: int
    seconds: float = float("inf")

    def run(self) -> None:
        shutil.rmtree(self.site, ignore_errors=True)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        start = time.perf_counter()
        done = subprocess.run(  # our own commands
            self.command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        taken = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{self.name} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        self.seconds = min(self.seconds, taken)

    @property
    def pages(self) -> int:
        return sum(1 for _ in self.site.rglob("*.html"))

    @property
    def page_size(self) -> float:
        files = list(self.site.rglob("index.html"))
        return sum(file.stat().st_size for file in files) / len(files)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--sizes", type=int, nargs=2, default=(1_000, 10_000))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kbsite-bench-") as temporary:
        base = Path(temporary)
        contestants = [_kbsite(base, size) for size in chosen.sizes]
        contestants[0].run()  # its pages show how large the hand-made ones have to be
        plain = _plain(base, contestants[0])
        for _ in range(chosen.rounds):
            for contestant in (*contestants, plain):
                contestant.run()
        _print(contestants, plain)


def _kbsite(base: Path, sessions: int) -> Contestant:
    folder = base / f"kb-{sessions}"
    folder.mkdir()
    origin = corpus.write(folder, sessions)
    print(f"{sessions:,} sessions from {origin}", flush=True)
    command = [sys.executable, "-m", "kbsite", "build", "--quiet"]
    return Contestant(f"kbsite, {sessions:,} sessions", command, folder, folder / "site", sessions)


def _plain(base: Path, like: Contestant) -> Contestant:
    """1,000 Markdown pages whose HTML comes out as large as kbsite's, whose text they are."""
    folder = base / "plain"
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(PLAIN)
    pages = [
        page
        for page in sorted((like.site / "sessions").rglob("index.html"))
        if len(page.relative_to(like.site).parts) == 4 and "all" not in page.parts
    ]
    texts = [_as_markdown(page.read_text("utf-8")) for page in pages[:1_000]]
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    plain = Contestant("plain MkDocs, 1,000 pages", command, folder, folder / "site", 1_000)
    _write_plain(plain, texts, 0)
    plain.run()
    empty = (plain.site / "index.html").stat().st_size
    grown = (like.page_size - plain.page_size) / (plain.page_size - empty)
    _write_plain(plain, texts, grown)
    plain.seconds = float("inf")
    return plain


def _write_plain(plain: Contestant, texts: list[str], grown: float) -> None:
    """The pages, each followed by so much of the next ones' paragraphs."""
    docs = plain.folder / "docs"
    (docs / "index.md").write_text("# Plain\n")
    for at, text in enumerate(texts):
        wanted, more = grown * len(text), ""
        while len(more) < wanted:
            more += texts[(at + len(more) + 1) % len(texts)]
        end = more.rfind("\n\n", 0, max(0, int(wanted)))
        (docs / f"page-{at}.md").write_text(f"{text}\n\n{more[: max(0, end)]}", "utf-8")


def _as_markdown(page: str) -> str:
    """The content of a page as somebody would write it by hand."""
    found = re.search(r"<article[^>]*>(.*)</article>", page, re.DOTALL)
    html = found[1] if found else page
    html = re.sub(
        r"<h([1-3])[^>]*>(.*?)</h\1>", lambda m: f"\n\n{'#' * int(m[1])} {m[2]}\n\n", html
    )
    html = re.sub(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', _link, html, flags=re.DOTALL)
    html = re.sub(r"<li[^>]*>", "\n- ", html)
    html = re.sub(r"<blockquote[^>]*>", "\n\n> ", html)
    html = re.sub(r"</?p[^>]*>", "\n\n", html)
    return re.sub(r"\n\s*\n+", "\n\n", re.sub(r"<[^>]+>", "", html))


def _link(match: re.Match[str]) -> str:
    """A link between two of the pages, so that MkDocs resolves it."""
    return f"[{match[2]}](page-{sum(map(ord, match[1])) % 1_000}.md)"


def _print(contestants: list[Contestant], plain: Contestant) -> None:
    print(f"\n{'':28}{'seconds':>9}{'pages':>9}{'pages/s':>9}{'ms/page':>9}{'kB/page':>9}")
    for contestant in (*contestants, plain):
        pages = contestant.pages
        print(
            f"{contestant.name:28}{contestant.seconds:9.2f}{pages:9,}"
            f"{pages / contestant.seconds:9.0f}{1_000 * contestant.seconds / pages:9.2f}"
            f"{contestant.page_size / 1_000:9.1f}"
        )
    small, large = contestants
    per_page = (small.seconds / small.pages) / (plain.seconds / plain.pages)
    per_session = (large.seconds / large.sessions) / (small.seconds / small.sessions)
    print(f"\ntime per page, kbsite at {small.sessions:,} against plain MkDocs: {per_page:.2f}")
    print(f"time per session, {large.sessions:,} against {small.sessions:,}: {per_session:.2f}")


if __name__ == "__main__":
    main()
