"""`make screenshots` writes pictures of each kind of page: on a phone and a desk, light and dark.

    python -m tests.screenshots [FOLDER] [--site DIR] [--only KIND]

Of each kind the heaviest page, of the repo's own site or of one that is built already.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from kbsite.build import build
from tests.serving import served

REPO = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZES = {390: 844, 1440: 900}
TALLEST = 6000  # px; beyond it a page repeats itself
# What a page shows, by its address; the first that fits counts.
KINDS = {
    "not-found": r"404\.html",
    "home": "",
    "explore": "explore/",
    "my-schedule": "my-schedule/",
    "theme": r"themes/[^/]+/",
    "theme-sessions": r"themes/[^/]+/sessions/.*",
    "learning-list": r"learnings/[^/]+/",
    "session": r"sessions/(?!page/)[^/]+/[^/]+/",
    "event": r"events/[^/]+/",
    "event-day": r"events/[^/]+/\d[^/]*/",
    "names": r"(people|organisations|projects)/by/.*",
    "person": r"people/[^/]+/",
    "organisation": r"organisations/[^/]+/",
    "project": r"projects/[^/]+/",
    "shift": r"shifts/[^/]+/",
    "article": r"articles/[^/]+/",
    "index": r"[^/]+/",
}


def chosen(site: Path) -> dict[str, str]:
    """The heaviest page of each kind, by the picture's name; each index page by its own."""
    heaviest: dict[str, tuple[int, str]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        html = file.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in html and (name := kind(path)):
            heaviest[name] = max(heaviest.get(name, (0, "")), (len(html), path))
    return {name: path for name, (_, path) in sorted(heaviest.items())}


def kind(path: str) -> str:
    """The name of the picture of the page at `path`, or nothing.

    >>> kind("themes/ebpf/"), kind("people/"), kind(""), kind("sessions/page/2/")
    ('theme', 'people', 'home', '')
    """
    name = next((name for name, shape in KINDS.items() if re.fullmatch(shape, path)), "")
    return path.strip("/") if name == "index" else name


@contextmanager
def a_site(given: Path | None) -> Iterator[Path]:
    """The built site to look at."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        yield build(REPO, site_dir=Path(folder) / "site").site_dir


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=REPO / "build" / "screenshots")
    parser.add_argument("--site", type=Path, help="a built site; else the repo's own is built")
    parser.add_argument("--only", help="one kind of page, as theme")
    options = parser.parse_args()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"no browser: none of {', '.join(BROWSERS)} is installed")
    options.folder.mkdir(parents=True, exist_ok=True)
    with a_site(options.site) as site, served(site) as address, sync_playwright() as playwright:
        pages = chosen(site)
        if options.only:
            if options.only not in pages:
                sys.exit(f"no kind {options.only!r}; there are: {', '.join(pages)}")
            pages = {options.only: pages[options.only]}
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for palette in ("light", "dark"):
            for width, height in SIZES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=palette,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for name, path in pages.items():
                    page.goto(address + path, wait_until="load")
                    length = page.evaluate("document.documentElement.scrollHeight")
                    picture = options.folder / f"{name}-{palette}-{width}.png"
                    page.screenshot(
                        path=picture,
                        full_page=True,
                        clip={"x": 0, "y": 0, "width": width, "height": min(length, TALLEST)},
                    )
                context.close()
        browser.close()
    for name, path in pages.items():
        print(f"{name:20} /{path}")
    print(f"{4 * len(pages)} pictures in {options.folder}")


if __name__ == "__main__":
    main()
