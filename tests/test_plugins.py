"""Beside other plugins: those that people have in their mkdocs.yml, before kbsite and after it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from kbsite import build as building
from kbsite.errors import UsageError
from tests import crawl
from tests.bases import CONFIG

NEWS = "sessions/example-conf-2031/kernel-news"
ORDERS = pytest.mark.parametrize("first", [True, False], ids=["first", "last"])


def configure(root: Path, *others: object, first: bool, **more: Any) -> None:
    """Let kbsite be the first plugin, or the last one."""
    plugins = ["kbsite", *others] if first else [*others, "kbsite"]
    config = {**CONFIG, **more, "plugins": plugins}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))


def build(root: Path, *others: object, first: bool, **more: Any) -> Path:
    """The site, built with other plugins and without any warning; all of its links resolve."""
    configure(root, *others, first=first, **more)
    site = building.build(root, strict=True, search=False).site_dir
    assert crawl.faults(site) == []
    return site


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def retitle(root: Path, title: str) -> None:
    record = root / f"{NEWS}.yaml"
    record.write_text(re.sub(r"(?m)^title:.*$", f"title: {title!r}", record.read_text()))


# Refused before anything is read

I18N = {"locale": "en", "name": "English", "default": True}
GERMAN = {"locale": "de", "name": "Deutsch"}
REFUSED: Sequence[tuple[object, dict[str, Any], str]] = (
    ("offline", {}, "which the plugin 'offline' does away with; remove it"),
    ("offline", {"theme": None}, "which the plugin 'offline' does away with; remove it"),
    ("tags", {"theme": None}, "'material/tags' is a plugin of a theme; write 'theme: material'"),
    (
        {"i18n": {"languages": [I18N, GERMAN]}},
        {},
        "write 'build: false' with all languages but one, or remove it",
    ),
    (
        {"i18n": {"languages": [I18N], "docs_structure": "folder"}},
        {},
        "and kbsite for its own; write 'docs_structure: suffix', or remove it",
    ),
)


@ORDERS
@pytest.mark.parametrize(("other", "more", "said"), REFUSED)
def test_what_cannot_work_is_refused_before_anything_is_read(
    small: Path, other: object, more: dict[str, Any], said: str, *, first: bool
) -> None:
    (small / f"{NEWS}.yaml").write_text("title: [")
    configure(small, other, first=first, **more)
    text = (small / "mkdocs.yml").read_text().replace("theme: null\n", "")
    (small / "mkdocs.yml").write_text(text)
    with pytest.raises(UsageError) as refused:
        building.build(small, search=False)
    place = f"mkdocs.yml:{text[: text.index('plugins:')].count(chr(10)) + 1}"
    assert str(refused.value).startswith(f"{place}: ")
    assert str(refused.value).endswith(said)
    assert "\n" not in str(refused.value)


@ORDERS
def test_mkdocs_refuses_it_too(
    small: Path, caplog: pytest.LogCaptureFixture, *, first: bool
) -> None:
    configure(small, "offline", first=first)
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(small / "mkdocs.yml")))
    [said] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "which the plugin 'offline' does away with; remove it" in said
    assert "use_directory_urls" not in said


@ORDERS
def test_offline_may_be_listed_if_it_is_not_enabled(small: Path, *, first: bool) -> None:
    build(small, {"offline": {"enabled": False}}, first=first)


# Pages, their addresses, titles and files


@ORDERS
def test_redirects_lead_to_generated_pages(small: Path, *, first: bool) -> None:
    maps = {"old.md": "themes/kernel/index.md", "news.md": f"{NEWS}/index.md#learnings"}
    site = build(small, {"redirects": {"redirect_maps": maps}}, first=first)
    assert 'url=../themes/kernel/"' in page(site, "old")
    assert f'url=../{NEWS}/#learnings"' in page(site, "news")


@ORDERS
def test_what_looks_like_a_macro_in_a_record_is_text(small: Path, *, first: bool) -> None:
    retitle(small, "{{ kernel.news() }} and {% raw")
    (small / "content" / "about.md").write_text("# About\n\n{{ 6 * 7 }} is the answer.\n")
    site = build(small, "macros", first=first)
    assert '<h1 id="page">{{ kernel.news() }} and {% raw</h1>' in page(site, NEWS)
    assert "<title>{{ kernel.news() }} and {% raw – " in page(site, NEWS)
    assert "42 is the answer." in page(site, "about")


@ORDERS
def test_a_version_of_mike_has_one_address(
    small: Path, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    monkeypatch.setenv("MIKE_DOCS_VERSION", "1.0")
    configure(small, "mike", first=first, site_url="https://example.org")
    site = building.build(small, strict=True, search=False).site_dir
    for path in (f"{NEWS}/", "themes/", "about/", ""):
        html = page(site, path)
        address = f"https://example.org/1.0/{path}"
        assert f'<link rel="canonical" href="{address}">' in html
        assert f'<meta property="og:url" content="{address}">' in html
        assert html.count("https://example.org/") == html.count("https://example.org/1.0/")


@ORDERS
def test_our_style_sheets_and_scripts_keep_their_names_when_others_are_minified(
    small: Path, *, first: bool
) -> None:
    (small / "content" / "own.js").write_text("// A comment\nlet own  =  1;\n")
    plain = building.build(small, search=False).site_dir
    ours = {file.name: file.read_bytes() for file in (plain / "assets").glob("*.[cj]s*")}
    minify = {
        "minify_html": True,
        "minify_js": True,
        "minify_css": True,
        "js_files": ["own.js", *(f"assets/{name}" for name in ours if name.endswith(".js"))],
        "css_files": "assets/kbsite.css",
    }
    site = build(small, {"minify": minify}, first=first, extra_javascript=["own.js"])
    assert {file.name: file.read_bytes() for file in (site / "assets").glob("*.[cj]s*")} == ours
    assert (site / "own.min.js").read_text().strip() == "let own=1;"
    assert "assets/kbsite.css" in page(site, NEWS)


@ORDERS
def test_a_pattern_that_minifies_our_scripts_leaves_them_where_they_are(
    small: Path, *, first: bool
) -> None:
    minify = {"minify_js": True, "js_files": "assets/*.js"}
    site = build(small, {"minify": minify}, first=first)
    for name in ("kbsite.js", "search.js", "explore.js"):
        assert (site / "assets" / name).is_file()


# History


def commit(root: Path, day: str, *files: str) -> None:
    """Commit files, or all there are, on a day."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    environment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    git = ("git", "-C", str(root))
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", *(files or ["-A"])], check=True)
    subprocess.run([*git, *who, "commit", "-qm", day], check=True, env=environment)


@ORDERS
def test_a_page_is_as_old_as_the_last_change_of_its_record(small: Path, *, first: bool) -> None:
    history = {"git-revision-date-localized": {"type": "iso_date", "enable_creation_date": True}}
    configure(small, history, first=first)
    commit(small, "2031-01-02")
    retitle(small, "Kernel news")
    commit(small, "2031-03-04", f"{NEWS}.yaml")
    site = build(small, history, first=first)

    def dates(path: str) -> list[str]:
        return re.findall(r'plugin-iso_date"[^>]*>(\d{4}-\d\d-\d\d)', page(site, path))

    for path in (NEWS, "people/bo-example-of-oslo"):  # who has no record but those of sessions
        assert dates(path) == ["2031-03-04", "2031-01-02"], path
    for path in (
        "themes/kernel",
        "events/example-conf-2031",
        "about",
        "people/ada-example",
        "people",
    ):
        assert dates(path) == ["2031-01-02", "2031-01-02"], path


# One language of many


@ORDERS
def test_i18n_may_have_one_language(small: Path, *, first: bool) -> None:
    i18n = {"i18n": {"languages": [I18N, GERMAN | {"build": False}]}}
    build(small, i18n, first=first)
    configure(small, i18n, first=first, site_url="https://example.org/")
    site = building.build(small, strict=True, search=False).site_dir
    assert '<h1 id="page">Kernel news &amp; gossip' in page(site, NEWS)
    for path in ("about/", "themes/kernel/", f"{NEWS}/"):
        assert f"<loc>https://example.org/{path}</loc>" in (site / "sitemap.xml").read_text()


# Feeds


@ORDERS
def test_a_feed_lists_pages_and_no_redirects(small: Path, *, first: bool) -> None:
    rss = {"rss": {"use_git": False, "length": 100}}
    configure(small, rss, first=first, site_url="https://example.org/")
    site = building.build(small, strict=True, search=False).site_dir
    feed = (site / "feed_rss_created.xml").read_text()
    assert "<title>Ask the operators</title>" in feed
    assert f"<link>https://example.org/{NEWS}/</link>" in feed
    links = re.findall("<link>https://example.org/(.*?)</link>", feed)
    assert not [path for path in links if "http-equiv" in page(site, path)]


# Navigation, and files that others take away


@ORDERS
def test_awesome_nav_makes_the_navigation_of_what_kbsite_would(small: Path, *, first: bool) -> None:
    theme = {"name": "material", "features": ["navigation.tabs"]}
    site = build(small, "awesome-nav", first=first, theme=theme)
    tabs = re.findall(r'class="md-tabs__link">(.*?)</a>', page(site, NEWS), re.DOTALL)
    assert {"Themes", "Sessions", "About"} <= {tab.split()[-1] for tab in tabs}
    (small / "content" / ".nav.yml").write_text("nav:\n- themes/index.md\n- index.md\n")
    site = build(small, "awesome-nav", first=first, theme=theme)
    tabs = re.findall(r'class="md-tabs__link">(.*?)</a>', page(site, NEWS), re.DOTALL)
    assert [tab.split()[-1] for tab in tabs] == ["Themes", "taught"]


def hooked(root: Path, code: str, **more: Any) -> Path:
    """The site, built with a hook and without any warning."""
    (root / "hook.py").write_text(code)
    configure(root, first=True, hooks=["hook.py"], **more)
    return building.build(root, strict=True, search=False).site_dir


def test_a_page_that_a_hook_takes_away_is_not_in_our_navigation(small: Path) -> None:
    code = "def on_files(files, config):\n    files.remove(files.get_file_from_path('about.md'))\n"
    site = hooked(small, code)
    assert not (site / "about").exists()
    assert 'about/" class="md-tabs__link"' not in page(site, "themes")


LISTING = """\
from pathlib import Path

def on_post_page(output, page, config):
    pages.add(page.file.src_uri)

def on_files(files, config):
    global pages
    pages = set()
    for file in files.documentation_pages():
        assert Path(file.abs_src_path).is_file(), file

def on_env(env, config, files):
    global known
    known = {file.src_uri for file in files if file.src_uri.endswith(".md")}

def on_post_build(config):
    assert known == pages, known ^ pages
"""


def test_what_others_find_among_the_files_is_a_page_and_has_a_source(small: Path) -> None:
    (small / "content" / "links.md").write_text(
        "# Links\n\n[moved](sessions/example-conf-2031/news-from-the-kernel/index.md)\n"
    )
    site = hooked(small, LISTING)
    moved = "sessions/example-conf-2031/news-from-the-kernel/"
    assert f'href="../{moved}"' in page(site, "links")
    assert "http-equiv" in page(site, moved)
