"""Files to records: what is read, what is refused, and that nothing leads to an exception."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kbsite import report
from kbsite.build import build
from kbsite.catalog import ARTICLE, PERSON, REPORT
from kbsite.cli import main
from kbsite.errors import UsageError
from kbsite.graph import link
from kbsite.library import Library
from kbsite.load import load
from kbsite.pipeline import prepare
from kbsite.recent import Recent
from tests.odd_records import EVENT, FULL, ODD, PROJECT, SHIFT, THEME, as_yaml, variants
from tests.problem_cases import cases, put

CONF = "sessions/example-conf-2031"
TALK = f"{CONF}/talk.yaml"


SMALLEST = "title: One\nprovenance: {contributed_by: Cem Example}\n"


def write(root: Path, path: str, text: str = SMALLEST) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def codes(root: Path) -> list[str]:
    return [f"{problem.file}: {problem.code}" for problem in prepare(root).problems]


def test_records_are_found_by_their_names(small: Path) -> None:
    library, problems = load(small)
    assert problems == []
    assert list(library.events) == ["example-conf-2031"]
    assert list(library.sessions) == [
        "example-conf-2031/ask-the-operators",
        "example-conf-2031/kernel-news",
        "example-conf-2031/last-years-kernel",
        "example-conf-2031/not-to-be-seen",
        "example-conf-2031/silent",
    ]
    assert list(library.themes) == ["kernel", "seeing"]
    assert list(library.of(PERSON)) == ["ada-example"]
    assert list(library.of(ARTICLE)) == ["a-quiet-week"]
    assert list(library.of(REPORT)) == ["a-week-among-kernels"]
    assert set(library.pages) == {
        "about.md",
        "articles/a-quiet-week.md",
        "index.md",
        "reports/a-week-among-kernels.md",
        "shifts/less-is-measured.md",
    }
    assert library.unreadable == {}


def test_a_folder_that_is_no_knowledge_base_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no folder 'sessions'"):
        load(tmp_path)


def test_the_smallest_knowledge_base_is_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    assert prepare(tmp_path, kinds=()).problems == ()


def test_empty_folders_are_no_problem(small: Path) -> None:
    for path in ("sessions/later-conf", "sessions/_drafts", "content/empty", "themes/empty"):
        (small / path).mkdir()
    assert codes(small) == []


def test_all_the_files_of_a_page_are_listed_as_assets(small: Path) -> None:
    write(small, "content/pictures/a b.svg", "<svg/>")
    write(small, "content/articles/week.png", "x")
    assert load(small)[0].assets == ("articles/week.png", "pictures/a b.svg")


def test_a_page_that_extends_is_no_page_of_its_own(small: Path) -> None:
    library, _ = load(small)
    assert not [file for file in library.pages if file.startswith("speakers/")]


def test_an_index_page_among_articles_is_a_plain_page(small: Path) -> None:
    write(small, "content/articles/index.md", "# All articles\n")
    library, problems = load(small)
    assert problems == []
    assert "articles/index.md" in library.pages
    assert list(library.of(ARTICLE)) == ["a-quiet-week"]


def test_a_link_inside_the_root_is_followed(small: Path) -> None:
    write(small, "CONTRIBUTING.md", "# Contribute\n")
    (small / "content" / "contribute.md").symlink_to("../CONTRIBUTING.md")
    (small / "content" / "more").symlink_to("articles")
    library, problems = load(small)
    assert problems == []
    assert {"contribute.md", "more/a-quiet-week.md"} <= set(library.pages)


@pytest.mark.parametrize("folder", ["sessions", "themes", "content"])
def test_not_even_a_whole_folder_may_be_a_link_out_of_the_root(small: Path, folder: str) -> None:
    (small / folder).rename(small.parent / "elsewhere")
    (small / folder).symlink_to(small.parent / "elsewhere")
    problems = [p for p in prepare(small).problems if p.code == "KB004"]
    assert [report.as_text(problem) for problem in problems] == [
        (
            f"{folder}: error KB004: this symbolic link leads out of the knowledge base\n"
            "help: put a copy of the file in its place"
        )
    ]


@pytest.mark.parametrize("inside", ["", "kernel-news.yaml"])
@pytest.mark.parametrize(
    "place",
    [
        "sessions/out", "sessions/out.yaml", "sessions/example-conf-2031/out.yaml", "themes/out.md",
        "content/out", "content/out.md", "content/speakers/out.md", "content/articles/out.md",
    ],
)  # fmt: skip
def test_no_link_out_of_the_root_is_followed_from_anywhere(
    small: Path, tmp_path: Path, place: str, inside: str
) -> None:
    shutil.copytree(small / "sessions" / "example-conf-2031", tmp_path / "elsewhere")
    before = load(small)[0]
    (small / place).symlink_to(tmp_path / "elsewhere" / inside)
    assert [report.as_text(problem) for problem in prepare(small).problems] == [
        (
            f"{place}: error KB004: this symbolic link leads out of the knowledge base\n"
            "help: put a copy of the file in its place"
        )
    ]
    assert load(small)[0] == before


def test_two_links_in_a_circle_end(small: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (small / "content" / name).mkdir()
        (small / "content" / name / "on").symlink_to(f"../{other}")
    found = codes(small)
    assert found
    assert {each.rpartition(": ")[2] for each in found} == {"KB004"}


def test_a_root_that_is_a_link_is_read_where_it_leads(small: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(small)
    assert len(load(tmp_path / "link")[0].sessions) == 5
    assert codes(tmp_path / "link") == []


def test_a_file_without_permission_is_one_problem(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, flags: int, *rest: Any, **more: Any) -> int:
        if str(path).endswith("kernel-news.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert [report.as_text(problem) for problem in prepare(small).problems] == [
        (
            "sessions/example-conf-2031/kernel-news.yaml: error KB006: the file cannot be read: "
            "Permission denied\nhelp: check its permissions"
        )
    ]


def test_a_folder_without_permission_is_one_problem(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "themes":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, problems = load(small)
    assert [report.as_text(problem) for problem in problems] == [
        (
            "themes: error KB006: the folder cannot be read: Permission denied\n"
            "help: check its permissions"
        )
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_a_file_that_nobody_may_read_is_one_problem(small: Path) -> None:
    write(small, TALK).chmod(0)
    assert codes(small) == [f"{TALK}: KB006"]


def test_a_file_that_goes_away_while_it_is_read_is_one_problem(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def gone_before(path: str, flags: int, *rest: Any, **more: Any) -> int:
        if str(path).endswith("about.md"):
            Path(path).unlink(missing_ok=True)
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", gone_before)
    assert [report.as_text(problem) for problem in load(small)[1]] == [
        (
            "content/about.md: error KB006: the file was there a moment ago and is gone\n"
            "help: run the command again"
        )
    ]


@pytest.mark.parametrize("size", [1024 * 1024, 1024 * 1024 + 1])
def test_a_file_may_have_one_mebibyte_and_no_byte_more(small: Path, size: int) -> None:
    text = "# About\n"
    write(small, "content/about.md", text + "x" * (size - len(text)))
    expected = [] if size == 1024 * 1024 else ["content/about.md: KB003"]
    assert codes(small) == expected


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        (b"title: Caf\xe9\n", "1:11", "the byte 0xE9 is not UTF-8"),
        (b"\xef\xbb\xbftitle: One\r\nroom: \xc3\xa9\xe9\r\n", "2:8", "the byte 0xE9 is not UTF-8"),
        (b"title: One\rroom: \xff", "2:7", "the byte 0xFF is not UTF-8"),
        (b"title: \xed\xa0\x80\n", "1:8", "the byte 0xED is not UTF-8"),
        (b"a\n" * 5 + b"\x80", "6:1", "the byte 0x80 is not UTF-8"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_named_with_its_place(
    small: Path, raw: bytes, place: str, message: str
) -> None:
    (small / TALK).write_bytes(raw)
    (problem,) = prepare(small).problems
    assert (problem.code, f"{problem.line}:{problem.column}") == ("KB002", place)
    assert problem.message == message


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("My Talk.yaml", "my-talk.yaml"),
        ("talk_1.yaml", "talk-1.yaml"),
        ("Ünal.yaml", "unal.yaml"),
        ("a--b.yaml", "a-b.yaml"),
        ("two\nlines.yaml", "two-lines.yaml"),
        ("\x1b[31m.yaml", "31m.yaml"),
        ("%2e%2e.yaml", "2e-2e.yaml"),
        ("…….yaml", "a-name.yaml"),
        ("a" * 90 + ".yaml", "a" * 80 + ".yaml"),
        ("talk.YAML", "talk.yaml"),
        ("talk.yml", "talk.yaml"),
    ],
)
def test_a_name_that_is_no_id_is_one_problem_with_a_better_name(
    small: Path, name: str, better: str
) -> None:
    write(small, f"sessions/example-conf-2031/{name}")
    (problem,) = prepare(small).problems
    text = report.as_text(problem)
    said = "".join({"\n": " ", "\x1b": "\\x1b"}.get(character, character) for character in name)
    what = f"name ends in .{name.rpartition('.')[2]}, not .yaml"
    if name.endswith(".yaml"):
        what = (
            "name is not an id: lower-case letters and digits in words joined by single hyphens, "
            "at most 80 characters"
        )
    assert text == (
        f"sessions/example-conf-2031/{said}: error KB001: the file's {what}\n"
        f"help: rename it to {better}"
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no file names that are not UTF-8")
def test_a_name_that_is_not_utf_8_is_one_problem(small: Path) -> None:
    folder = os.fsencode(small / "sessions/example-conf-2031")
    with open(folder + b"/caf\xe9.yaml", "w", encoding="utf-8") as file:  # noqa: PTH123  # a bytes path
        file.write(SMALLEST)
    (problem,) = prepare(small).problems
    assert problem.code == "KB001"
    report.as_text(problem).encode("utf-8")


def test_a_badly_named_file_does_not_take_the_place_of_a_good_one(small: Path) -> None:
    write(small, "sessions/example-conf-2031/Kernel News.yaml")
    write(small, "sessions/example-conf-2031/kernel-news.yml")
    library, _ = load(small)
    assert library.sessions["example-conf-2031/kernel-news"].record.title.startswith("Kernel news")
    assert {each.rpartition(": ")[2] for each in codes(small)} == {"KB001"}


def test_a_broken_event_breaks_nothing_else(small: Path) -> None:
    write(small, "sessions/example-conf-2031/event.yaml", "name: X\n")
    assert {each.rpartition(": ")[2] for each in codes(small)} == {"KB102"}
    (small / "sessions/example-conf-2031/event.yaml").unlink()
    assert codes(small) == ["sessions/example-conf-2031: KB005"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize(
    ("path", "data"),
    [
        (TALK, FULL),
        ("sessions/example-conf-2031/event.yaml", EVENT),
        ("themes/kernel.md", THEME),
        ("content/projects/tiny-kernel.md", PROJECT),
        ("content/shifts/less-is-measured.md", SHIFT),
    ],
)
def test_no_record_is_so_odd_that_it_cannot_be_reported(
    small: Path, path: str, data: dict[str, object], odd: object
) -> None:
    """Every fifth value replaced: the whole way, from the file to the text of the problems."""
    file = small / path
    for changed in variants(data, odd)[::5]:
        text = as_yaml(changed)
        file.write_text(f"---\n{text}---\n" if path.endswith(".md") else text, encoding="utf-8")
        library, problems = load(small)
        for problem in [*problems, *link(library)[1]]:
            assert report.as_text(problem)


def test_every_bad_input_at_once_is_reported_and_the_last_site_stays(small: Path) -> None:
    (case,) = (each for each in cases() if each.name == "every-bad-input-at-once")
    build(small)
    before = site_files(small)
    for file in case.files:
        put(small / file.path, file)
    check = CliRunner().invoke(main, ["check", "--root", str(small)])
    assert check.exit_code == 1
    said, _, summary = check.stdout.rstrip("\n").rpartition("\n\n")
    assert f"{said}\n" == case.expected
    assert summary == "19 errors, 7 warnings in 13 sessions of 3 events"
    assert check.stderr == ""
    built = CliRunner().invoke(main, ["build", "--root", str(small)])
    assert built.exit_code == 1
    assert "Traceback" not in built.output
    assert site_files(small) == before


def site_files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}


def test_what_is_wanted_elsewhere_may_stand_in_a_broken_record(small: Path) -> None:
    write(small, TALK, "title: One\ntitle: Two\nspeakers: [{name: Cem Example}]\n")
    library, _ = load(small)
    ask = "content/about.md"
    assert library.may_hold("CEM  Example", ("session",), asking=ask)
    assert library.may_hold("example-conf-2031/talk", ("session",), asking=ask)
    assert not library.may_hold("Cem Example", ("theme",), asking=ask)
    assert not library.may_hold("Somebody Else", ("session",), asking=ask)


def test_a_record_is_not_asked_about_itself(small: Path) -> None:
    write(small, TALK, "title: One\nkind: x\nsummary: Cem Example\n")
    library, _ = load(small)
    assert library.may_hold("Cem Example", ("session",), asking="content/about.md")
    assert not library.may_hold("Cem Example", ("session",), asking=TALK)


def test_the_order_of_files_on_disk_does_not_matter(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(small)
    scandir = os.scandir

    class Reversed:
        def __init__(self, path: Path) -> None:
            with scandir(path) as found:
                self.entries = list(found)[::-1]

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Reversed)
    assert _names(load(small)[0]) == _names(first[0])


def _names(library: Library) -> list[object]:
    return [list(library.sessions), list(library.pages), list(library.themes), library.assets]


def test_where_the_root_is_does_not_matter(small: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(small, tmp_path / "elsewhere" / "base"))
    assert load(moved) == load(small)


# Files as they were, will be, or stand in an editor


def found(root: Path, instead: dict[str, bytes | None]) -> tuple[list[str], list[str]]:
    """The sessions and problems of a knowledge base with other files than on disk."""
    prepared = prepare(root, instead=instead)
    return [*prepared.graph.sessions], [f"{each.file}: {each.code}" for each in prepared.problems]


def test_what_is_read_instead_of_a_file_is_as_if_it_were_on_disk(small: Path) -> None:
    texts: dict[str, bytes | None] = {
        TALK: b"titel: Talk\n",
        "sessions/new-conf-2032/event.yaml": (small / f"{CONF}/event.yaml").read_bytes(),
        "sessions/new-conf-2032/one.yaml": SMALLEST.encode(),
        "content/deep/page.md": b"[[theme:nowhere]]\n",
        "themes/kernel.md": None,
        f"{CONF}/kernel-news.yaml": None,
    }
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    said = found(small, texts)
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    for path, raw in texts.items():
        (small / path).parent.mkdir(parents=True, exist_ok=True)
        if raw is None:
            (small / path).unlink()
        else:
            (small / path).write_bytes(raw)
    assert said == found(small, {})
    assert "content/deep/page.md: KB207" in said[1]
    assert "new-conf-2032/one" in said[0]


def test_a_file_where_a_folder_was_and_the_other_way_round(small: Path) -> None:
    write(small, "content/a.md/page.md", "# A\n")
    texts: dict[str, bytes | None] = {"content/a.md/page.md": None, "content/a.md": b"[[theme:x]]"}
    assert found(small, texts)[1] == ["content/a.md: KB207"]
    assert found(small, dict(reversed(texts.items())))[1] == ["content/a.md: KB207"]


def test_a_file_that_was_read_is_read_anew_where_it_is_something_else(small: Path) -> None:
    recent = Recent()
    for path in small.rglob("*"):
        os.utime(path, (1, 1))
    prepare(small, recent=recent)
    record = f"{CONF}/kernel-news.yaml"
    changed = prepare(small, recent=recent, instead={record: b"titel: X\n"})
    assert {problem.file for problem in changed.problems} >= {record}
    assert prepare(small, recent=recent).problems == ()
