"""What does Lighthouse make of the site? `make lighthouse` prints its four scores of some pages.

The repo's site is built with addresses of the loopback interface, served as GitHub Pages serves it,
and looked at as by a phone on a slow line. Below 95 the audits that cost points follow, and the
command fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kbsite.build import build
from kbsite.catalog import SESSION, THEME
from kbsite.kinds import events
from kbsite.pipeline import prepare
from tests.serving import served

REPO = Path(__file__).parent.parent.parent
VERSION = "12.8.2"  # the last that runs on the Node.js 20 of long-term distributions
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ENOUGH = 95
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def pages(site: Path) -> list[str]:
    """Home, a theme, the session that taught most, the fullest day, and Explore where it is."""
    graph = prepare(REPO).graph
    theme = max(graph.themes.values(), key=lambda node: len(node.learnings))
    session = max(graph.sessions.values(), key=lambda node: len(node.learnings))
    days = (each for event in graph.events.values() for each in events.schedules(event))
    _, fullest, _ = max(days, key=lambda each: len(each[0].sessions))
    paths = ["", THEME.path(theme.id), SESSION.path(session.id), fullest, "explore/"]
    return [path for path in paths if (site / path / "index.html").is_file()]


def judge(url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on a page."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or shutil.which("npx") is None:
        sys.exit("Lighthouse needs npx and Chromium: install npm and chromium")
    report = folder / "report.json"
    command = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
    subprocess.run(
        [*command, f"--chrome-flags={FLAGS}"],
        env=os.environ | {"CHROME_PATH": browser},
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return dict(json.loads(report.read_text(encoding="utf-8")))


def costly(report: dict[str, Any]) -> Iterator[str]:
    """The audits that cost a page points, the dearest first."""
    lost = []
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                lost.append((reference["weight"] * (1 - audit["score"]), name, audit))
    for _, name, audit in sorted(lost, key=lambda each: -each[0]):
        yield f"    {name}: {audit['id']}: {audit['title']} {audit.get('displayValue', '')}"
        for item in (audit.get("details") or {}).get("items", [])[:3]:
            place = item.get("node", {}).get("selector") or item.get("url") or ""
            told = item.get("node", {}).get("explanation") or item.get("description") or ""
            yield f"        {place} {told}".replace("\n", " ")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="append", help="an address, as themes/ebpf/")
    chosen = parser.parse_args().page
    low = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        site.mkdir()
        with served(site) as address:
            os.environ["KBSITE_SITE_URL"] = address
            build(REPO, site_dir=site)
            print(f"{'':60}{'  '.join(CATEGORIES)}")
            for path in chosen or pages(site):
                report = judge(address + path, folder)
                scores = {c: round(100 * report["categories"][c]["score"]) for c in CATEGORIES}
                print(f"/{path:59}{'  '.join(f'{scores[c]:{len(c)}}' for c in CATEGORIES)}")
                if min(scores.values()) < ENOUGH:
                    low = True
                    print("\n".join(costly(report)))
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
