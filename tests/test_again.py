"""A build after a build: what has the same key is not made again, and the site is never wrong."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import get_theme_dir

from kbsite import build as building
from kbsite.cache import FOLDER
from kbsite.errors import UsageError
from kbsite.plugin.writing import Writing
from kbsite.search import INDEX, Documents, Indexing
from tests.test_build import tree

CONF = "sessions/example-conf-2031"
KERNEL_NEWS = f"{CONF}/kernel-news"
PAGE = f"{KERNEL_NEWS}/index.html"
THEME = "themes/kernel/index.html"
GENERATED = ("sessions/", "themes/", "people/", "organisations/", "projects/")
INDEXES = {f"{folder}index.html" for folder in GENERATED}  # in the navigation, so MkDocs has them


def build(root: Path) -> dict[str, bytes]:
    building.build(root, search=False)
    return tree(root / "site")


def numbers(root: Path) -> dict[str, int]:
    """The files of the site with their numbers on the disk, which a file that is kept keeps."""
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }


def remade(root: Path) -> set[str]:
    """The pages and calendars that another build makes again."""
    before = numbers(root)
    build(root)
    after = numbers(root)
    mine = {p for p in after if p.endswith((".html", ".ics")) and p.startswith(GENERATED)}
    return {path for path in mine if before.get(path) != after[path]} - INDEXES


def clean(root: Path) -> dict[str, bytes]:
    """The site as a build makes it that knows of none before."""
    shutil.rmtree(root / FOLDER)
    shutil.rmtree(root / "site")
    return build(root)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_where_nothing_has_changed_nothing_is_made_again(small: Path) -> None:
    first = build(small)
    assert remade(small) == set()
    assert tree(small / "site") == first


def test_a_change_has_what_shows_it_made_again(small: Path) -> None:
    build(small)
    replace(small / f"{KERNEL_NEWS}.yaml", "summary: ", "summary: Indeed. ")
    assert remade(small) == {PAGE}
    replace(small / "themes" / "kernel.md", "summary: ", "summary: Indeed. ")
    assert remade(small) == {THEME}
    assert tree(small / "site") == clean(small)


def test_what_is_taken_back_goes_and_comes_again(small: Path) -> None:
    build(small)
    record = small / f"{CONF}/silent.yaml"
    text = record.read_text("utf-8")
    record.write_text(f"{text}\npublish: false\n", "utf-8")
    without = build(small)
    assert f"{CONF}/silent/index.html" not in without
    assert without == clean(small)
    record.write_text(text, "utf-8")
    assert build(small) == clean(small)


def rewrite(place: Path) -> None:
    """Other words of the same length, with the times of the old ones."""
    found = place.stat()
    with place.open("r+b") as file:
        file.write(b"<!doctype HTML>")
    os.utime(place, ns=(found.st_atime_ns, found.st_mtime_ns))


def put_a_link_there(place: Path) -> None:
    (place.parent / "other.txt").write_text("not ours")
    place.unlink()
    place.symlink_to("other.txt")


def put_a_folder_there(place: Path) -> None:
    place.unlink()
    place.mkdir()


@pytest.mark.parametrize(
    "change", [Path.unlink, rewrite, put_a_link_there, put_a_folder_there, Path.touch]
)
def test_what_has_changed_in_the_site_is_made_again(
    small: Path, change: Callable[[Path], None]
) -> None:
    first = build(small)
    change(small / "site" / PAGE)
    building.build(small, search=False)
    site = small / "site"
    (site / KERNEL_NEWS / "other.txt").unlink(missing_ok=True)
    assert not (site / PAGE).is_symlink()
    assert tree(site) == first


def cut(pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-1])


def lie(pack: Path) -> None:
    data = pack.read_bytes()
    pack.write_bytes(data.replace(b"index.html", b"index.htmL", 1))


@pytest.mark.parametrize("change", [Path.unlink, cut, lie])
def test_a_cache_that_is_gone_or_broken_is_as_none(
    small: Path, change: Callable[[Path], None]
) -> None:
    first = build(small)
    packs = [path for path in (small / FOLDER / "site").iterdir() if path.suffix == ".pack"]
    assert packs
    for pack in packs:
        change(pack)
    assert PAGE in remade(small)
    assert tree(small / "site") == first


def test_another_program_makes_everything_anew(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small)
    monkeypatch.setattr(building, "program", lambda: "another")
    assert {PAGE, THEME} <= remade(small)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("overrides/main.html", '{% extends "base.html" %}{% block announce %}Hi{% endblock %}'),
        ("overrides/partials/copyright.html", "Hi"),
    ],
)
def test_a_template_of_the_site_s_own_counts(small: Path, file: str, text: str) -> None:
    with (small / "mkdocs.yml").open("a") as config:
        config.write("theme: {name: material, custom_dir: overrides}\n")
    (small / file).parent.mkdir(parents=True)
    (small / file).write_text("")
    if file.endswith("main.html"):
        (small / file).write_text('{% extends "base.html" %}')
    build(small)
    (small / file).write_text(text)
    assert {PAGE, THEME} <= remade(small)
    assert b"Hi" in (small / "site" / PAGE).read_bytes()


def put_first(root: Path, folder: Path) -> None:
    """Let a hook have templates from `folder`."""
    (root / "hook.py").write_text(
        f"def on_config(config):\n    config.theme.dirs.insert(0, {str(folder)!r})\n"
    )
    with (root / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")


def link_from_overrides(root: Path, folder: Path) -> None:
    """Let the folder for overrides lead to `folder` by a symbolic link to a folder in it."""
    (root / "overrides").mkdir()
    (root / "overrides" / "partials").symlink_to(folder / "partials")
    with (root / "mkdocs.yml").open("a") as config:
        config.write("theme: {name: material, custom_dir: overrides}\n")


@pytest.mark.parametrize("use", [put_first, link_from_overrides])
def test_templates_count_wherever_they_come_from(
    small: Path, tmp_path: Path, use: Callable[[Path, Path], None]
) -> None:
    template = tmp_path / "elsewhere" / "partials" / "footer.html"
    template.parent.mkdir(parents=True)
    template.write_text("Hello")
    use(small, template.parent.parent)
    assert b"Hello" in build(small)[PAGE]
    template.write_text("Hi")
    assert b"Hello" not in build(small)[PAGE]
    template.write_text("{% include 'partials/more.j2' %}")
    (template.parent / "more.j2").write_text("{{ page.title | length }}")
    assert building.build(small, search=False).notes != ()


def test_a_theme_that_is_patched_where_it_is_installed_counts(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = tmp_path / "material"
    installed = get_theme_dir("material")
    shutil.copytree(installed, theme, ignore=shutil.ignore_patterns(".icons"))
    (theme / ".icons").symlink_to(Path(installed, ".icons"))
    monkeypatch.setattr("mkdocs.utils.get_theme_dir", lambda _: str(theme))
    build(small)
    (theme / "partials" / "footer.html").write_text("Hi")
    assert b"Hi" in build(small)[PAGE]


STAMPED = """
import os

class Stamp:
    def __str__(self):
        return os.environ["STAMP"]

def on_config(config):
    config.extra["stamp"] = {value}
"""


@pytest.mark.parametrize("value", ["Stamp()", "Stamp().__str__"])
def test_what_only_a_hook_knows_the_value_of_is_asked_for_again(
    small: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    (small / "hook.py").write_text(STAMPED.replace("{value}", value))
    (small / "overrides" / "partials").mkdir(parents=True)
    call = "()" if value.endswith("__") else ""
    (small / "overrides" / "partials" / "copyright.html").write_text(
        f"{{{{ config.extra.stamp{call} }}}}"
    )
    with (small / "mkdocs.yml").open("a") as config:
        config.write("theme: {name: material, custom_dir: overrides}\nhooks: [hook.py]\n")
    for stamp in (b"first of all", b"then another"):
        monkeypatch.setenv("STAMP", stamp.decode())
        assert stamp in build(small)[PAGE]


def test_the_locale_of_a_theme_counts(small: Path) -> None:
    (small / "overrides" / "partials").mkdir(parents=True)
    (small / "overrides" / "partials" / "copyright.html").write_text("{{ config.theme.locale }}!")
    with (small / "mkdocs.yml").open("a") as config:
        config.write("theme: {name: material, custom_dir: overrides, locale: fr}\n")
    assert b"fr!" in build(small)[PAGE]
    assert remade(small) == set()
    replace(small / "mkdocs.yml", "locale: fr", "locale: de")
    assert b"de!" in build(small)[PAGE]


def test_work_that_is_done_again_does_not_write_into_the_old_site(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(small)
    old = {path: number for path, number in numbers(small).items() if path == PAGE}
    monkeypatch.setattr(Writing, "_write_some", _twice(Writing._write_some))
    written: list[int] = []
    write = Path.write_bytes

    def note(place: Path, data: bytes) -> int:
        if place.exists():
            written.append(place.stat().st_ino)
        return write(place, data)

    monkeypatch.setattr(Path, "write_bytes", note)
    assert build(small) == first
    assert old[PAGE] not in written


def _twice(do: Callable[[Writing, int], Any]) -> Callable[[Writing, int], Any]:
    """As when a process is killed before it could say what it has done."""

    def done(writing: Writing, task: int) -> Any:
        do(writing, task)
        return do(writing, task)

    return done


def interrupt(*_: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_build_leaves_no_process_and_no_folder(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbsite.plugin.writing.WORTH_IT", 1)
    monkeypatch.setattr("kbsite.plugin.writing.EACH", 1)
    monkeypatch.setattr("kbsite.plugin.writing.cores", lambda: 3)
    monkeypatch.setattr(Writing, "_write_some", lambda *_: signal.pause())
    monkeypatch.setattr("mkdocs.commands.build._build_page", interrupt)
    begun: list[int] = []
    fork = os.fork

    def note() -> int:
        if process := fork():
            begun.append(process)
        return process

    monkeypatch.setattr(os, "fork", note)
    with pytest.raises(KeyboardInterrupt):
        building.build(small, search=False)
    assert len(begun) == 2
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
    assert not [path.name for path in small.iterdir() if path.name.startswith(".site~")]


HOOK = """
from pathlib import Path

def on_post_build(config):
    page = Path(config.site_dir, "themes/kernel/index.html")
    with page.open("a") as file:
        file.write("<!-- changed in its place -->")
"""


def test_a_hook_that_changes_the_new_site_does_not_change_the_old_one(small: Path) -> None:
    (small / "hook.py").write_text(HOOK)
    (small / "stop.py").write_text("def on_post_build(config):\n    raise OSError('enough')\n")
    with (small / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    first = build(small)
    assert first[THEME].count(b"changed in its place") == 1
    assert build(small) == first
    replace(small / "mkdocs.yml", "hooks: [hook.py]", "hooks: [hook.py, stop.py]")
    with pytest.raises(UsageError, match="enough"):
        build(small)
    assert tree(small / "site") == first


def edit(root: Path) -> None:
    replace(root / f"{KERNEL_NEWS}.yaml", "summary: ", "summary: Indeed. ")


def have_mkdocs_make_it(root: Path) -> None:
    with (root / "mkdocs.yml").open("a") as config:
        config.write(f"nav: [index.md, {{Other words: {KERNEL_NEWS}/index.md}}]\n")


def take_it_away(root: Path) -> None:
    (root / f"{CONF}/silent.yaml").unlink()


@pytest.mark.parametrize("change", [edit, have_mkdocs_make_it, take_it_away])
@pytest.mark.parametrize("builds", [1, 2, 3])
def test_a_build_that_fails_at_the_end_leaves_the_old_site(
    small: Path, monkeypatch: pytest.MonkeyPatch, builds: int, change: Callable[[Path], None]
) -> None:
    for _ in range(builds):
        first = build(small)
    change(small)
    with monkeypatch.context() as patched:
        patched.setattr(building, "publish", _fail)
        with pytest.raises(Exception, match="no space"):
            build(small)
    assert tree(small / "site") == first
    build(small)
    assert tree(small / "site") == clean(small)


def _fail(_folder: Path, _target: Path) -> None:
    raise OSError(28, "no space")


def test_without_links_files_are_written_anew(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(small)

    def refuse(_old: Path, _new: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert PAGE in remade(small)
    assert tree(small / "site") == first


def spare(root: Path) -> Path:
    """Where the site lies that the last one has replaced."""
    (found,) = (path for path in (root / FOLDER / "site").iterdir() if path.is_dir())
    return found


def test_what_both_sites_before_have_in_common_is_not_even_linked(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        build(small)
    edit(small)
    linked: list[str] = []
    link = os.link

    def note(old: Path, new: Path) -> None:
        linked.append(old.relative_to(small / "site").as_posix())
        link(old, new)

    monkeypatch.setattr(os, "link", note)
    before = build(small)
    assert linked == []
    after = build(small)
    assert PAGE in linked
    assert set(linked) < set(after)
    assert before == after == clean(small)


def add_a_file(folder: Path) -> None:
    (folder / "themes" / "kernel" / "notes.html").write_text("theirs")
    (folder / ".theirs").write_text("theirs")


def write_into_a_file(folder: Path) -> None:
    with (folder / PAGE).open("a") as file:
        file.write("theirs")


def put_a_copy_there(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("copy"), copy_function=os.link)
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)
    write_into_a_file(folder)


def lead_elsewhere(folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    (folder / "themes").rename(elsewhere)
    (folder / "themes").symlink_to(elsewhere)


@pytest.mark.parametrize(
    "change",
    [add_a_file, write_into_a_file, put_a_copy_there, lead_elsewhere, Path.rmdir, shutil.rmtree],
)
def test_whatever_becomes_of_the_spare_site_the_next_is_right(
    small: Path, change: Callable[[Path], None]
) -> None:
    for _ in range(2):
        build(small)
    with suppress(OSError):
        change(spare(small))
    edit(small)
    assert build(small) == clean(small)


def test_what_others_had_in_the_site_before_is_not_spared(small: Path) -> None:
    build(small)
    (small / "site" / "notes.txt").write_text("secret")
    (small / "site" / "CNAME").write_text("example.org")
    build(small)
    assert (small / "site" / "CNAME").is_file()
    assert not list(spare(small).glob("notes.txt"))
    assert not list(spare(small).glob("CNAME"))


def test_only_the_site_that_was_built_last_has_a_spare_one(small: Path) -> None:
    for _ in range(2):
        build(small)
    building.build(small, site_dir=small.parent / "other", search=False)
    building.build(small, site_dir=small.parent / "other", search=False)
    assert (spare(small) / PAGE).samefile(small.parent / "other" / PAGE)


def test_an_index_is_neither_left_nor_written_into(small: Path) -> None:
    for _ in range(2):
        first = searchable(small)
    assert not [path for path in build(small) if path.startswith(f"{INDEX}/")]
    assert searchable(small) == first
    edit(small)
    old = tree(small / "site")
    again = searchable(small)
    assert tree(spare(small)) == old
    assert again == searchable(small)


def searchable(root: Path) -> dict[str, bytes]:
    building.build(root)
    return tree(root / "site")


def test_the_search_index_is_made_again_only_if_something_else_can_be_found(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []

    def begin(found: Documents, sessions: Iterable[str], folder: Path) -> Indexing:
        begun.append(folder)
        return Indexing(found, sessions, folder)

    monkeypatch.setattr("kbsite.plugin.searching.Indexing", begin)
    first = searchable(small)
    assert searchable(small) == first
    assert len(begun) == 1
    replace(small / "mkdocs.yml", "plugins:", "copyright: Me\nplugins:")
    searchable(small)
    assert len(begun) == 1
    next((small / "site" / INDEX / "fragment").iterdir()).unlink()
    searchable(small)
    assert len(begun) == 2
    replace(small / f"{KERNEL_NEWS}.yaml", "summary: ", "summary: Indeed. ")
    again = searchable(small)
    assert len(begun) == 3
    shutil.rmtree(small / FOLDER)
    assert searchable(small) == again


TAKING = """
from pathlib import Path

def on_post_build(config):
    next(Path(config.site_dir, "pagefind", "fragment").iterdir()).unlink()
"""


def test_an_index_of_which_something_was_taken_is_not_brought(small: Path) -> None:
    whole = searchable(small)
    shutil.rmtree(small / FOLDER)
    text = (small / "mkdocs.yml").read_text("utf-8")
    (small / "taking.py").write_text(TAKING)
    (small / "mkdocs.yml").write_text(f"{text}hooks: [taking.py]\n")
    assert len(searchable(small)) == len(whole) - 1
    (small / "mkdocs.yml").write_text(text)
    assert searchable(small) == whole
