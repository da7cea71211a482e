"""The plugin: the same pages from every command, and every memoised page as Material renders it."""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import get_theme_dir

from kbsite import build as building
from kbsite.plugin.serving import watch
from tests import crawl
from tests.conftest import SMALL
from tests.live import MKDOCS, eventually, fetch, serving
from tests.test_build import tree


def test_mkdocs_build_and_kbsite_build_give_the_same_bytes(small: Path) -> None:
    building.build(small, site_dir=small / "site")
    ours = tree(small / "site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
        cwd=small,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(small / "site") == ours


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("header.html", "8cf3fb15bcf969ff"),
        ("nav.html", "af33f6e032f632eb"),
        ("tabs.html", "d2c82916569e645a"),
        ("toc.html", "fde48f583563364b"),
    ],
)
def test_the_templates_that_ours_are_copies_of_are_unchanged(name: str, known: str) -> None:
    original = Path(get_theme_dir("material"), "partials", name)
    assert hashlib.sha256(original.read_bytes()).hexdigest()[:16] == known, (
        f"Material has changed its partials/{name}: bring what changed into kbsite's copy in "
        "src/kbsite/theme/partials/, then write the new sum here"
    )


def test_a_site_name_cannot_leave_its_attribute(small: Path) -> None:
    name = 'X " onload=alert(1) y'
    (small / "mkdocs.yml").write_text(
        f"site_name: '{name}'\ndocs_dir: content\nplugins: [kbsite]\n"
    )
    building.build(small)
    page = crawl.read_site(small / "site")["people/index.html"]
    assert page.faults == []
    html = (small / "site" / "people" / "index.html").read_text()
    assert 'aria-label="X &#34; onload=alert(1) y"' in html


def test_the_plugin_alone_is_configuration_enough(small: Path) -> None:
    (small / "mkdocs.yml").write_text("site_name: X\ndocs_dir: content\nplugins: [kbsite]\n")
    building.build(small, strict=True)
    home = (small / "site" / "index.html").read_text()
    assert "assets/kbsite.css" in home
    assert "fonts.googleapis.com" not in home
    assert 'data-md-color-scheme="slate"' in home or 'data-md-color-scheme="default"' in home


def test_a_navigation_of_ones_own_is_respected(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write("nav:\n  - index.md\n  - Everything: themes/index.md\n")
    building.build(small, strict=True)
    page = (small / "site" / "themes" / "index.html").read_text()
    assert "Everything" in page
    assert 'class="md-tabs__link">\n          \n  \n    \n  \n  Learnings' not in page


def test_a_page_whose_description_is_left_empty_has_none(small: Path) -> None:
    (small / "content" / "plain.md").write_text("---\ntitle: Plain\ndescription:\n---\nText.\n")
    building.build(small, strict=True)
    assert 'content="None"' not in (small / "site" / "plain" / "index.html").read_text()


def test_edit_links_lead_to_the_record_in_the_repository(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write("repo_url: https://github.com/example/kb\nedit_uri: edit/main/content/\n")
    building.build(small, strict=True)
    record = next((small / "sessions").glob("*/kernel-news.yaml")).relative_to(small).as_posix()
    page = (small / "site" / record.removesuffix(".yaml") / "index.html").read_text()
    assert f'href="https://github.com/example/kb/edit/main/{record}"' in page
    assert "https://github.com/example/kb/issues/new?title=" in page


# Serving


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A small knowledge base that is served, to change at will, and its address."""
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("live") / "small"))
    with serving(root) as address:
        yield root, address


NEWS = "sessions/example-conf-2031/kernel-news"


def test_serving_shows_a_change_of_any_record_theme_or_page(live: tuple[Path, str]) -> None:
    root, address = live
    record = root / f"{NEWS}.yaml"
    record.write_text(re.sub(r"(?m)^title:.*$", "title: A new title", record.read_text()))
    eventually(f"{address}{NEWS}/", holds="A new title")
    theme = root / "themes" / "kernel.md"
    theme.write_text(theme.read_text() + "\n\nOne more paragraph.\n")
    eventually(address + "themes/kernel/", holds="One more paragraph.")
    about = root / "content" / "about.md"
    about.write_text(about.read_text() + "\n\nWritten by hand.\n")
    eventually(address + "about/", holds="Written by hand.")


def test_serving_survives_a_broken_record_and_recovers_when_it_is_mended(
    live: tuple[Path, str],
) -> None:
    root, address = live
    record = root / f"{NEWS}.yaml"
    good = record.read_text()
    home = fetch(address)
    assert "kbsite-problems" not in home
    record.write_text(good + "tittle: <b>again</b>\n")
    broken = eventually(address, holds='id="kbsite-problems"')
    assert "error KB101: unknown key &#x27;tittle&#x27;" in broken
    assert "<b>again" not in broken
    title = re.search(r"<h1.*?</h1>", home, re.DOTALL)
    assert title is not None
    assert title[0] in broken
    record.write_text(good)
    eventually(address, holds=title[0], lacks="kbsite-problems")


def test_serving_begins_even_if_the_records_are_broken(small: Path) -> None:
    record = small / f"{NEWS}.yaml"
    good = record.read_text()
    record.write_text("title: [")
    with serving(small) as address:
        page = eventually(address, holds="This site cannot be built yet")
        assert "KB010" in page
        record.write_text(good)
        eventually(address, holds="kernel", lacks="kbsite-problems")


def test_mkdocs_serves_the_same_pages_and_survives_a_broken_record_too(small: Path) -> None:
    record = small / f"{NEWS}.yaml"
    good = record.read_text()
    with serving(small, command=MKDOCS) as address:
        assert "kernel" in fetch(f"{address}{NEWS}/")
        assert "createInstance" in fetch(f"{address}pagefind/pagefind.js")
        record.write_text(good + "tittle: again\n")
        eventually(address, holds="error KB101: unknown key &#x27;tittle&#x27;")
        record.write_text(re.sub(r"(?m)^title:.*$", "title: A new title", good))
        eventually(f"{address}{NEWS}/", holds="A new title", lacks="kbsite-problems")


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
def test_serving_on_an_address_of_ipv6(small: Path) -> None:
    with serving(small, "[::1]") as address:
        assert re.fullmatch(r"http://\[::1\]:\d+/", address)
        page = fetch(address)
    assert f'<link rel="canonical" href="{address}">' in page


def test_a_template_change_is_watched_for(small: Path) -> None:
    watched: list[str] = []

    class Server(LiveReloadServer):
        def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:  # noqa: ARG002  # as MkDocs has it
            watched.append(Path(path).name)

    server = Server(builder=lambda: None, host="127.0.0.1", port=0, root=str(small / "site"))
    watch(server, small / "mkdocs.yml", lambda: None, str, "")
    server.server_close()
    assert watched == ["sessions", "themes", "kinds", "theme"]
