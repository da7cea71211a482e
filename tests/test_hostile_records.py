"""Records that attack: their text is shown as text, in the full build, and is never run."""

from __future__ import annotations

import re
from pathlib import Path

from tests import crawl
from tests.bases import ATTACK
from tests.conftest import Pages


def test_hostile_text_never_becomes_markup(hostile_pages: Pages, small_pages: Pages) -> None:
    own = {_bare(script) for page in small_pages.values() for script in page.scripts}
    for file, page in hostile_pages.items():
        assert [s for s in page.scripts if _bare(s) not in own] == [], file
        handlers = [(tag, name) for tag, name, _ in page.attributes if name.startswith("on")]
        assert handlers == [], file
        assert [u for u in page.links if re.match(r"\s*(javascript|data|vbscript):", u.url)] == []
        assert not [tag for tag, *_ in page.attributes if tag in ("img", "iframe")], file
        assert "49" not in re.findall(r"\b\d+\b", page.content), file


def _bare(script: tuple[str, str]) -> tuple[str, str]:
    """A script without what differs between pages: the way up to the root."""
    source, text = script
    return re.sub(r"^(\.\./|\./|/)*", "", source), re.sub(
        r'"(\.\./|\./)*\.{1,2}/?"|"/"', '""', text
    )


def test_hostile_text_breaks_no_page_and_no_link(hostile_site: Path, hostile_pages: Pages) -> None:
    found = crawl.faults(hostile_site, hostile_pages)
    faults = [f for f in found if "a script names another host" not in f]
    assert faults == []


def test_hostile_text_is_shown_as_it_was_written(hostile_pages: Pages) -> None:
    page = hostile_pages["sessions/example-conf/one/index.html"]
    assert page.headings[0].text == " ".join(ATTACK.split())
    assert page.title.startswith("<script>alert(1)</script>")
    (learning,) = page.of_class("kb-learning__text")
    assert learning.text.startswith("<script>alert(1)</script> <script>alert(2)</script>")
    assert "{{ 7*7 }} {% raw %} kb:/x" in learning.text
