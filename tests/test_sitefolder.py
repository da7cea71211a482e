"""The folder of a site: where it may be, what is recognised in it, and that nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbsite import catalog
from kbsite.errors import UsageError
from kbsite.sitefolder import InPlace, carry_over, demand_replaceable, others
from tests.test_build import for_hosts_and_git, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A knowledge base in folders that hold nothing yet."""
    root = tmp_path / "above" / "base"
    for name in ("sessions", "themes", "content", ".git"):
        (root / name).mkdir(parents=True)
    return root


def built(folder: Path, *names: str) -> Path:
    """A site of some files, as a build leaves it."""
    place = InPlace(folder, Path("/nowhere"), strict=True)
    place.emptied()
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{folder.name}: {name}")
    place.filled()
    return folder


@pytest.mark.parametrize("place", ["site", "deep/down", "../beside", "content-site"])
def test_a_site_may_be_where_nothing_is(root: Path, place: str) -> None:
    assert demand_replaceable(root / place, root) == (root / place).resolve()
    (root / place).mkdir(parents=True)
    assert demand_replaceable(root / place, root) == (root / place).resolve()


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (".", "it holds the knowledge base itself"),
        ("..", "it holds the knowledge base itself"),
        ("../..", "it holds the knowledge base itself"),
        ("/", "it holds the knowledge base itself"),
        ("sessions", "that is where sessions is"),
        ("sessions/site", "that is where sessions is"),
        ("content/a/b", "that is where content is"),
        ("themes", "that is where themes is"),
        (".git/site", "that is where .git is"),
        ("inside", "that is where content is"),
        ("inside/site", "that is where content is"),
        ("deep/../content", "that is where content is"),
    ],
)
def test_a_site_may_not_be_where_the_content_is(root: Path, place: str, why: str) -> None:
    (root / "inside").symlink_to("content")
    with pytest.raises(UsageError, match=f"the site cannot be built into .*: {why}; name another"):
        demand_replaceable(root / place, root)


def test_a_site_may_not_be_where_records_of_another_thing_are(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = catalog.Thing(name="group", plural="groups", folder="groups", address="groups/{0}/")
    monkeypatch.setattr(catalog, "THINGS", (*catalog.THINGS, group))
    with pytest.raises(UsageError, match="that is where groups is"):
        demand_replaceable(root / "groups" / "site", root)


def test_a_folder_that_the_content_is_a_link_to_is_no_place_for_a_site(root: Path) -> None:
    (root / "themes").rmdir()
    (root / "pages" / "themes").mkdir(parents=True)
    (root / "themes").symlink_to("pages/themes")
    with pytest.raises(UsageError, match="that is where themes is"):
        demand_replaceable(root / "pages" / "themes" / "site", root)
    with pytest.raises(UsageError, match="it holds the knowledge base itself"):
        demand_replaceable(root / "pages", root)


def test_the_folder_of_the_content_is_known_by_any_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where upper case is the same as lower case; this disk may not be such a one."""
    (root / "Content").mkdir()
    same = Path.samefile
    monkeypatch.setattr(
        Path, "samefile", lambda one, other: same(*(Path(str(p).lower()) for p in (one, other)))
    )
    with pytest.raises(UsageError, match="that is where content is"):
        demand_replaceable(root / "Content", root)


def test_a_mount_point_is_no_place_for_a_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "site").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == root / "site")
    with pytest.raises(UsageError, match=r"is a mount point.* name a folder in it, as .*/site"):
        demand_replaceable(root / "site", root)
    assert demand_replaceable(root / "site" / "site", root) == root / "site" / "site"


def test_a_file_is_no_place_for_a_site(root: Path) -> None:
    (root / "site").write_text("mine")
    with pytest.raises(UsageError, match="site is not a folder; name another"):
        demand_replaceable(root / "site", root)


@pytest.mark.parametrize("name", ["notes.html", ".kbsite/notes"])
def test_what_would_not_stay_is_no_place_for_a_first_site(root: Path, name: str) -> None:
    path = root / "site" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match=rf"did not build \({name.partition('/')[0]}\), and"):
        demand_replaceable(root / "site", root)


def test_a_first_site_may_be_built_where_all_that_is_there_stays(root: Path) -> None:
    for name in (".git/HEAD", ".gitignore", ".nojekyll", ".well-known/one", "CNAME"):
        path = root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs")
    assert demand_replaceable(root / "site", root) == (root / "site").resolve()


OLDER = "Built by kbsite, and replaced by each build.\n"  # what once was all of a marker


@pytest.mark.parametrize("marker", ["", "<<<<<<< HEAD\n", "[]", "{}", '{"made": 1}', OLDER])
def test_a_marker_without_a_list_of_what_was_made_is_not_believed(root: Path, marker: str) -> None:
    site = built(root / "site", "index.html")
    (site / ".kbsite").write_text(marker)
    said = r"\.kbsite holds no list .* older kbsite .*; delete .*/site, .* anew, or name another"
    with pytest.raises(UsageError, match=said):
        demand_replaceable(site, root)


def test_a_site_knows_what_builds_made_in_it(tmp_path: Path) -> None:
    site = built(tmp_path / "site", "index.html", "a/b/index.html", ".well-known/one", "ä\n.txt")
    assert others(site) == []
    for name in ("a/c.html", "a/d/e/f.html", ".well-known/two", "CNAME"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("theirs")
    (site / "link").symlink_to("a")
    assert others(site) == [".well-known/two", "CNAME", "a/c.html", "a/d/", "link"]
    assert carry_over(others(site), site, tmp_path / "new") == ["a/c.html", "a/d/", "link"]
    assert sorted(tree(tmp_path / "new")) == [".well-known/two", "CNAME"]


def test_a_strict_build_in_place_begins_only_where_nothing_would_go(tmp_path: Path) -> None:
    site = built(tmp_path / "site", "index.html")
    for_hosts_and_git(site)
    InPlace(site, tmp_path / "base", strict=True).emptied()
    built(site, "index.html")
    (site / "notes.html").write_text("mine")
    before = tree(site)
    with pytest.raises(UsageError, match=r"does not remove that: notes\.html; move it to content/"):
        InPlace(site, tmp_path / "base", strict=True)
    assert tree(site) == before


def test_what_stays_is_carried_over_as_it_is(tmp_path: Path) -> None:
    site = built(tmp_path / "site", "index.html")
    files = for_hosts_and_git(site)
    (site / ".git" / "objects" / "ab" / "cd").chmod(0o444)
    (site / ".git" / "hooks").mkdir(mode=0o700)
    (site / ".git" / "link").symlink_to("nowhere")
    os.mkfifo(site / ".git" / "pipe")
    new = tmp_path / "new"
    assert carry_over(others(site), site, new) == []
    assert tree(new) == files
    assert (new / ".git" / "objects" / "ab" / "cd").stat().st_mode & 0o777 == 0o444
    assert (new / ".git" / "hooks").stat().st_mode & 0o777 == 0o700
    assert (new / ".git" / "link").readlink() == Path("nowhere")
    assert (new / ".git" / "pipe").is_fifo()
    assert tree(site) == files | {
        "index.html": b"site: index.html",
        ".kbsite": (site / ".kbsite").read_bytes(),
    }


def test_what_the_new_site_has_of_its_own_wins(tmp_path: Path) -> None:
    old, new = built(tmp_path / "old", "index.html"), tmp_path / "new"
    for_hosts_and_git(old)
    built(new, "index.html", "CNAME", ".nojekyll", ".well-known/security.txt")
    before = tree(new)
    assert carry_over(others(old), old, new) == []
    assert {
        name: data for name, data in tree(new).items() if not name.startswith(".git/")
    } == before


def test_where_there_are_no_hard_links_files_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    site = built(tmp_path / "site", "index.html")
    files = for_hosts_and_git(site)
    assert carry_over(others(site), site, tmp_path / "new") == []
    assert tree(tmp_path / "new") == files


# Publishes again and again, in processes that are killed one step later each time, and says what is
# there after each. It is a program of its own, for one cannot stop listening to steps.
DYING = """
import json, os, signal, sys
from pathlib import Path
from kbsite import sitefolder, swap

target = Path(sys.argv[1])
if sys.argv[2] == "renames":
    swap.exchange = lambda *_: False

def publish(steps):
    def count(event, arguments):
        nonlocal steps
        if event == "open" and arguments[2] & os.O_CREAT or event.startswith(("os.", "shutil.")):
            steps -= 1
            if steps == -1:
                os.kill(os.getpid(), signal.SIGKILL)

    with swap.staging(target, "build") as folder:
        place = sitefolder.InPlace(folder, Path("/nowhere"), strict=True)
        place.emptied()
        (folder / "index.html").write_text("new")
        place.filled()
        sys.addaudithook(count)
        sitefolder.carry_over(sitefolder.others(target), target, folder)
        swap.publish(folder, target)

for steps in range(1000):
    child = os.fork()
    if not child:
        publish(steps)
        os._exit(0)
    killed = os.waitpid(child, 0)[1]
    place = target if target.exists() else target.with_name(".site~old")
    files = {str(p.relative_to(place)): p.read_text() for p in place.rglob("*") if p.is_file()}
    print(json.dumps([killed, files]))
    if not killed:
        break
"""


@pytest.mark.parametrize("how", ["exchange", "renames"])
def test_a_build_that_is_killed_loses_nothing_wherever_it_is(tmp_path: Path, how: str) -> None:
    target = built(tmp_path / "site", "index.html")
    files = {name: data.decode() for name, data in for_hosts_and_git(target).items()}
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(target), how], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    *cut_off, (killed, last) = map(json.loads, done.stdout.splitlines())
    assert len(cut_off) > 20
    assert {signal for signal, _ in cut_off} == {9}
    for _, there in [*cut_off, (killed, last)]:
        assert {name: there[name] for name in files} == files
        assert there["index.html"] in ("site: index.html", "new")
    assert (killed, last["index.html"]) == (0, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
