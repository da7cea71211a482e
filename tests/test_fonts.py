"""The fonts of pages: light enough for a phone, under a licence that lies beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kbsite
from kbsite import build as building

ASSETS = Path(kbsite.__file__).parent / "theme" / "assets"
FONTS = sorted((ASSETS / "fonts").glob("*.woff2"))
TOGETHER = 80_000  # bytes


def test_the_fonts_of_a_page_are_two_and_weigh_little() -> None:
    assert len(FONTS) == 2
    assert sum(file.stat().st_size for file in FONTS) < TOGETHER


def test_each_font_is_in_the_style_sheet_and_shown_before_it_has_come() -> None:
    sheet = (ASSETS / "kbsite.css").read_text("utf-8")
    for file in FONTS:
        [face] = re.findall(rf"@font-face {{[^}}]*fonts/{file.name}[^}}]*}}", sheet)
        assert "font-display: swap" in face


def test_the_licences_of_the_fonts_lie_beside_them() -> None:
    texts = [file.read_text("utf-8") for file in (ASSETS / "fonts").glob("OFL-*.txt")]
    assert len(texts) == len(FONTS)
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in texts)


def test_pages_ask_for_the_fonts_at_once_and_a_site_s_own_font_is_used_instead(small: Path) -> None:
    building.build(small, search=False)
    page = (small / "site" / "people" / "index.html").read_text("utf-8")
    for file in FONTS:
        assert f'<link rel="preload" href="../assets/fonts/{file.name}" as="font"' in page
        assert (small / "site" / "assets" / "fonts" / file.name).read_bytes() == file.read_bytes()
    said = "theme:\n  name: material\n  font:\n    text: Example Sans\n"
    config = (small / "mkdocs.yml").read_text("utf-8")
    (small / "mkdocs.yml").write_text(re.sub(r"(?m)^theme:.*\n", said, config), "utf-8")
    building.build(small, search=False)
    page = (small / "site" / "people" / "index.html").read_text("utf-8")
    assert 'rel="preload"' not in page
    assert '--md-text-font:"Example Sans"' in page


@pytest.mark.parametrize("name", ["mark.svg", "mark.png"])
def test_the_mark_is_on_the_site(small_site: Path, name: str) -> None:
    page = (small_site / "people" / "index.html").read_text("utf-8")
    assert f'href="../assets/{name}"' in page
    assert (small_site / "assets" / name).is_file()
