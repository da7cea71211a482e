"""Every file of the site, listed before any is made: which keys a change changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from kbsite.build import build, listed
from kbsite.outputs import keys
from kbsite.outputs.keys import digest, program
from kbsite.pipeline import prepare
from kbsite.plugin.running import Project

CONF = "sessions/example-conf-2031"
KERNEL_NEWS = f"{CONF}/kernel-news"


def changed(root: Path, change: Callable[[], object]) -> set[str]:
    """The files whose keys differ after a change, and those that come or go."""
    before = {path: key for key, path in listed(root)}
    change()
    after = {path: key for key, path in listed(root)}
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_summary_changes_its_page_its_document_and_what_shows_it(small: Path) -> None:
    file = small / f"{KERNEL_NEWS}.yaml"
    assert changed(small, lambda: replace(file, "summary: ", "summary: Indeed. ")) == {
        f"{KERNEL_NEWS}/index.html",
        f"document:{KERNEL_NEWS}/index.html",
    }


def test_a_theme_s_summary_changes_the_pages_that_show_it(small: Path) -> None:
    file = small / "themes" / "kernel.md"
    assert changed(small, lambda: replace(file, "summary: ", "summary: Indeed. ")) == {
        "themes/kernel/index.html",
        "themes/index.html",
        "assets/names.gzip",
    }


def test_a_theme_s_new_name_changes_what_names_it_and_nothing_else(small: Path) -> None:
    with (small / "mkdocs.yml").open("a") as config:
        config.write("site_url: https://example.org/\n")
    site = build(small).site_dir
    naming = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "Kernels" in _article(path.read_text("utf-8"))
    }
    found = changed(
        small, lambda: replace(small / "themes" / "kernel.md", "name: Kernels", "name: Cores")
    )
    pages = _pages(found)
    # A row of a talk is made once, with the theme that this page has no need to name.
    assert pages == naming | {"reports/a-week-among-kernels/index.html"}
    assert found - pages == {
        "explore/facets.json",
        "explore/rows/0.json",
        "assets/cards/themes/kernel.png",
        "assets/names.gzip",
        f"document:{KERNEL_NEWS}/index.html",
        f"document:{CONF}/last-years-kernel/index.html",
        "document:themes/kernel/index.html",
        "document:people/ada-example/index.html",
    }


def _pages(paths: set[str]) -> set[str]:
    return {path for path in paths if path.endswith(".html") and ":" not in path}


def _article(html: str) -> str:
    """What a page says: its head, and its article."""
    head, _, rest = html.partition("</head>")
    return head + rest.partition("<article")[2].partition("</article>")[0]


def test_a_dot_in_the_picture_of_an_event_changes_no_page_that_does_not_show_it(
    small: Path,
) -> None:
    with (small / "mkdocs.yml").open("a") as config:
        config.write("site_url: https://example.org/\n")
    site = build(small).site_dir
    leading = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "ask-the-operators" in _article(path.read_text("utf-8"))
    }
    file = (
        small / f"{CONF}/ask-the-operators.yaml"
    )  # it changes places with one that taught nothing
    found = changed(small, lambda: replace(file, "2031-04-02T14:00", "2031-04-02T13:00"))
    assert "assets/cards/events/example-conf-2031.png" in found
    assert f"{CONF}/ask-the-operators/index.html" in found
    assert _pages(found) <= leading


def test_a_session_that_is_taken_back_takes_its_files_along(small: Path) -> None:
    def take_back() -> None:
        with (small / f"{CONF}/silent.yaml").open("a") as record:
            record.write("publish: false\n")

    before = {path for _, path in listed(small)}
    found = changed(small, take_back)
    gone = {path for path in before if f"{CONF}/silent/" in path}
    assert len(gone) == 3  # its page, its calendar, its document
    assert gone <= found
    assert not gone & {path for _, path in listed(small)}


def test_keys_do_not_change_by_themselves(small: Path, tmp_path: Path) -> None:
    assert changed(small, lambda: None) == set()
    moved = tmp_path / "elsewhere"
    before = listed(small)
    small.rename(moved)
    assert listed(moved) == before


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ("copyright: Nobody\n", {"page"}),
        ("extra: {x: 1}\n", {"page"}),
        ("site_url: https://example.org/\n", {"page", "calendar", "picture"}),
    ],
)
def test_a_setting_changes_the_files_that_depend_on_it(
    small: Path, settings: str, kinds: set[str]
) -> None:
    def write_settings() -> None:
        with (small / "mkdocs.yml").open("a") as config:
            config.write(settings)

    found = changed(small, write_settings)
    every = {path for _, path in listed(small)}
    expected = set()
    if "page" in kinds:
        expected |= {p for p in every if p.endswith("index.html") and ":" not in p}
    if "calendar" in kinds:
        expected |= {p for p in every if p.endswith(".ics")}
    if "picture" in kinds:
        expected |= {p for p in every if p.endswith(".png")}
    assert found == expected


def test_a_change_of_a_hook_changes_what_it_may_have_its_hands_in(small: Path) -> None:
    hook = small / "hook.py"
    hook.write_text("def on_config(config): config.extra['x'] = 1\n")
    with (small / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    found = changed(small, lambda: replace(hook, "= 1", "= 2"))
    every = {path for _, path in listed(small)}
    assert found == {p for p in every if p.endswith("index.html") and ":" not in p}


NAVIGATION = """\
nav:
  - about.md
  - More: [themes/kernel/index.md]
"""


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("mkdocs.yml", "2031-01-01", "2032-01-01"),
        ("mkdocs.yml", "superfences.fence_code_format", "superfences.fence_div_format"),
        ("content/about.md", "title: About", "title: Of us"),
        ("content/about.md", "title: About", "title: About\nstatus: new"),
        ("themes/kernel.md", "name: Kernels", "name: Cores"),
    ],
)
def test_whatever_stands_around_pages_counts(small: Path, file: str, old: str, new: str) -> None:
    with (small / "mkdocs.yml").open("a") as config:
        config.write("extra: {since: 2031-01-01}\n")
        config.write("markdown_extensions: [pymdownx.superfences: {custom_fences: [\n")
        config.write("  {name: x, class: x, format: ")
        config.write("!!python/name:pymdownx.superfences.fence_code_format }]}]\n")
        config.write(NAVIGATION)
    found = changed(small, lambda: replace(small / file, old, new))
    every = {path for _, path in listed(small)}
    assert {p for p in every if p.endswith("index.html") and ":" not in p} <= found


@pytest.mark.parametrize("library", ["markdown", "pygments", "pymdown-extensions"])
def test_the_libraries_that_make_written_pages_count(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = program()
    program.cache_clear()
    monkeypatch.setattr(
        keys, "version", lambda name: "new" if name == library else metadata.version(name)
    )
    try:
        assert program() != before
    finally:
        program.cache_clear()


def test_what_an_output_makes_is_what_a_build_writes(small: Path) -> None:
    site = build(small).site_dir
    project = Project(small)
    prepared = prepare(small)
    around = project.around(prepared)
    files = [output for output in prepared.outputs if output.kind == "file"]
    assert len(files) > 5
    for output in files:
        if not output.for_the_public:
            assert (site / output.path).read_bytes() == output.make(around), output.path


def test_two_values_have_one_digest_only_if_they_are_equal() -> None:
    @dataclass(frozen=True)
    class One:
        text: str
        more: tuple[object, ...] = ()

    @dataclass(frozen=True)
    class Other:
        text: str
        more: tuple[object, ...] = ()

    values: list[object] = [
        *(None, "", "a", "ab", ("a", "b"), ("ab",), (("a",), "b"), ("a", ("b",))),
        *(1, 1.0, True, "1", {"a": 1}, {"a": "1"}, (("a", 1),)),
        *(One("a"), Other("a"), One("a", ("b",)), One("a", (One("b"),))),
    ]
    assert len({digest(value) for value in values}) == len(values)
    assert digest(One("a", (One("b"),))) == digest(One("a", (One("b"),)))
    with pytest.raises(TypeError, match="set has no digest"):
        digest({"a"})
