"""Pages in a theme that runs from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import DESK, PHONE, OpenTab
from tests.serving import served

NEWS = "sessions/example-conf-2031/kernel-news/"


@pytest.mark.parametrize("path", ["", NEWS])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_arabic(
    open_tab: OpenTab, arabic_site: Path, path: str, viewport: object
) -> None:
    with served(arabic_site) as host, open_tab(host, viewport=viewport) as tab:
        page = tab.open(path)
        assert findings(page) == []
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0
        assert tab.complaints == []


def test_our_words_run_as_english_does_and_a_title_as_its_own(
    open_tab: OpenTab, arabic_site: Path
) -> None:
    with served(arabic_site) as host, open_tab(host) as tab:
        page = tab.open(NEWS)
        for selector, direction in (
            ("body", "rtl"),
            ("article h1", "rtl"),
            (".kb-kicker", "ltr"),
            (".kb-summary", "ltr"),
        ):
            expect(page.locator(selector).first).to_have_css("direction", direction)
        page.keyboard.press("/")
        dialog = page.locator("dialog.kb-search")
        expect(dialog).to_have_css("direction", "ltr")
        # Playwright has no keys for these letters
        dialog.get_by_role("combobox").fill("النواة")
        expect(dialog.locator("[role=option] b").first).to_have_css("direction", "rtl")
