"""One browser for all tests, built sites on the loopback interface, a page of each kind."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    FloatRect,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

from kbsite.pipeline import Prepared
from tests.serving import served

# The shell is Chromium without a window, and opens a tab in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
]
PATIENCE = 60_000  # ms that a slow machine may take for a step

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
BY_HAND = (
    "about/",
    "contribute/",
    "contribute/commands/",
    "contribute/another-conference/",
    "404.html",
)

expect.set_options(timeout=PATIENCE)


class Tab:
    """A page of a browser that notes every complaint, and what it asks of another host."""

    def __init__(self, page: Page, host: str) -> None:
        self.page = page
        self.host = host
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("dialog", self._dialog)

    def open(self, path: str) -> Page:
        """The page at `path`, loaded."""
        self.page.goto(self.host + path, wait_until="load")
        return self.page

    def route(
        self, pattern: str | re.Pattern[str], answer: Callable[[Route], object], **options: Any
    ) -> None:
        """Have requests answered by `answer`, from before the first page.

        What a page asks for soon after would pass by now and then, and nobody would hear of it.
        """
        assert self.page.url == "about:blank"
        self.page.route(pattern, answer, **options)

    def unroute(self) -> None:
        """Let all requests through again, those that are being answered too."""
        self.page.unroute_all(behavior="ignoreErrors")

    def move(self, zone: str) -> None:
        """Let the reader live in another time zone, in British English."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
        session.send("Emulation.setLocaleOverride", {"locale": "en-GB"})

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        left_too_soon = request.failure == "net::ERR_ABORTED"  # as a test goes on to the next page
        if request.url.startswith(self.host) and not left_too_soon:
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.complaints.append(f"left the host: {request.url}")


OpenTab: TypeAlias = Callable[..., AbstractContextManager[Tab]]


def box(part: Locator) -> FloatRect:
    """Where something stands in the window."""
    found = part.bounding_box()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser: none of {', '.join(NAMES)} is installed"
        if os.environ.get("KBSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{reason}, and KBSITE_REQUIRE_BROWSER is 1")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def open_tab(browser: Browser) -> OpenTab:
    """Opens a tab on a built site, for a screen and a reader's preferences.

    Other options are those of a browser context. Each tab has its own, for in one that was shared
    a search now and then found nothing to read after many other tabs.
    """

    @contextmanager
    def opened(
        host: str,
        *,
        viewport: ViewportSize = DESK,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        **options: Any,
    ) -> Iterator[Tab]:
        context = browser.new_context(
            service_workers="block",
            permissions=["clipboard-read", "clipboard-write"],
            viewport=viewport,
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield Tab(context.new_page(), host)
        finally:
            context.close()

    return opened


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the repo's own site is served."""
    with served(site) as host:
        yield host


@pytest.fixture(scope="session")
def small_address(small_site: Path) -> Iterator[str]:
    with served(small_site) as host:
        yield host


@pytest.fixture(scope="session")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    with served(hostile_site) as host:
        yield host


@pytest.fixture(scope="session")
def long_address(long_site: Path) -> Iterator[str]:
    with served(long_site) as host:
        yield host


@pytest.fixture(scope="session")
def one_of_each(site: Path, prepared: Prepared) -> list[str]:
    """The heaviest page of each template, and the hand-written ones."""
    heaviest: dict[str, tuple[int, str]] = {}
    for page in prepared.pages:
        if not page.bare:
            size = (site / page.path / "index.html").stat().st_size
            seen = heaviest.get(page.template, (0, ""))
            heaviest[page.template] = max(seen, (size, page.path))
    assert len(heaviest) >= 18
    return [*(path for _, path in heaviest.values()), *BY_HAND]
