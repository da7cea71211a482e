"""What is served is what a build would write, though it is made only when it is asked for."""

from __future__ import annotations

import gc
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from kbsite import build as building
from kbsite.collector import paused
from kbsite.graph import Graph
from kbsite.outputs.plan import OWN_ASSETS
from kbsite.plugin.live.sites import Asked, Built
from kbsite.plugin.live.state import Live, Now
from tests.test_build import tree

ADDRESS = "site_url: http://127.0.0.1:8000/kb/\nrepo_url: https://github.com/example/kb\n"
NAV = "nav:\n  - index.md\n  - Everything: themes/index.md\n  - about.md\n"
PAGE = """\
---
title: A & B
icon: material/star
---
# Another title

[about](../about.md), [[theme:kernel]]
"""
OTHERS = ("pagefind/", ".kbsite", *OWN_ASSETS)
UNSEEN = "assets/cards/"  # pictures for previews of links, which nobody could follow
PASSED = "def on_page_content(html, page, config, files):\n    return html\n"
FINISHED = """\
from pathlib import Path
def on_post_build(config):
    Path(config.site_dir, "left.txt").write_text("by a hook")
"""


@contextmanager
def live(root: Path) -> Iterator[Live]:
    """What would be served of a knowledge base."""
    folder = root.parent / "serving"
    folder.mkdir()
    site = Live(root / "mkdocs.yml", None, folder, lambda *_: None)
    try:
        yield site
    finally:
        site.close()


def configure(root: Path, settings: str) -> None:
    with (root / "mkdocs.yml").open("a") as config:
        config.write(settings)


def built(root: Path) -> Mapping[str, bytes]:
    """The files of a build, less the index, and what is made smaller for the public."""
    building.build(root, search=True)
    return {path: body for path, body in tree(root / "site").items() if not path.startswith(OTHERS)}


def differing(live: Live, built: Mapping[str, bytes]) -> list[str]:
    """The paths at which something else is served than was built."""
    site = live.now().site
    return [
        path for path, body in built.items() if path not in site.paths or site.read(path) != body
    ]


@pytest.mark.parametrize("nav", ["", NAV], ids=["its own navigation", "another navigation"])
def test_each_file_of_the_small_site_is_served_as_it_is_built(small: Path, nav: str) -> None:
    (small / "content" / "more").mkdir()
    (small / "content" / "more" / "page.md").write_text(PAGE)
    (small / "content" / "starred.md").write_text(PAGE.replace("../", ""))
    configure(small, ADDRESS + nav)
    with live(small) as site:
        assert isinstance(site.now().site, Asked)
        assert differing(site, built(small)) == []


def test_each_file_of_the_site_of_the_repo_is_served_as_it_is_built(copy: Path) -> None:
    with (copy / "mkdocs.yml").open() as file:
        assert "!ENV" in file.read()  # its address is that of the machine
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KBSITE_SITE_URL", "http://127.0.0.1:8000/kb/")
        with live(copy) as site:
            assert differing(site, built(copy)) == []


@pytest.mark.parametrize("hook", [PASSED, FINISHED], ids=["of pages", "of the site"])
def test_where_others_have_a_part_all_is_built_at_once(small: Path, hook: str) -> None:
    (small / "hook.py").write_text(hook)
    configure(small, ADDRESS + "hooks: [hook.py]\n")
    with live(small) as site:
        assert isinstance(site.now().site, Built)
        missing = differing(site, built(small))
    assert [path for path in missing if not path.startswith(UNSEEN)] == []


@pytest.mark.parametrize("hook", ["", PASSED], ids=["asked for", "built"])
def test_what_there_was_before_a_change_is_gone_after_it(small: Path, hook: str) -> None:
    if hook:
        (small / "hook.py").write_text(hook)
        configure(small, "hooks: [hook.py]\n")
    record = small / "sessions" / "example-conf-2031" / "kernel-news.yaml"
    text = record.read_text()
    already = graphs()
    with live(small) as site:
        news: SimpleQueue[Now] = SimpleQueue()
        site.follow(news.put)
        for at in range(24 if not hook else 4):
            record.write_text(re.sub(r"(?m)^title:.*$", f"title: Number {at}", text))
            if at % 10 == 3:
                record.write_text(f"{text}tittle: again\n")
            site.note(frozenset({str(record)}))
            now = news.get()
            assert bool(now.message) == (at % 10 == 3)
            if not now.message:
                page = site.read(now, "sessions/example-conf-2031/kernel-news/index.html")
                assert f"Number {at}".encode() in (page or b"")
        gc.collect()
        assert len([g for g in graphs() if not any(g is other for other in already)]) == 1
        assert len(list(Path(tempfile.gettempdir()).glob("kbsite-site-*"))) == (1 if hook else 0)


def test_what_was_asked_for_goes_as_soon_as_it_is_past(small: Path) -> None:
    """Nobody waits until the collector has gone through all that there is."""
    record = small / "sessions" / "example-conf-2031" / "kernel-news.yaml"
    already = graphs()
    with live(small) as site, paused():
        news: SimpleQueue[Now] = SimpleQueue()
        site.follow(news.put)
        for _ in range(3):
            record.write_text(f"{record.read_text()}\n")
            site.note(frozenset({str(record)}))
            now = news.get()
            for path in ("sessions/example-conf-2031/kernel-news/index.html", "themes/index.html"):
                assert site.read(now, path)
            del now
            assert len([g for g in graphs() if not any(g is other for other in already)]) == 1


def graphs() -> list[Graph]:
    return [each for each in gc.get_objects() if isinstance(each, Graph)]
