"""`kbsite fmt`: which files it writes, what it says, and what it leaves alone."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import run as run_program

import pytest
import yaml
from click.testing import CliRunner, Result
from lsprotocol import types

from kbsite.changes import edited
from kbsite.cli import main
from kbsite.formatting import formatted, survey
from kbsite.pipeline import prepare
from kbsite.scaffold import init
from tests.editors import editor
from tests.editors import run as run_session

REPO = Path(__file__).parent.parent
EVENT = "name: Conf\ntimezone: UTC\nstart: 2031-04-01\nend: 2031-04-02\n"
TALK = "sessions/conf/talk.yaml"
LOOSE = '# one\nspeakers: [{org: "X", name: Ada}] # two\n\n\ntitle: "Talk"\n'
NEAT = "title: Talk\n# one\nspeakers: # two\n  - name: Ada\n    org: X\n"


def fmt(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return put(tmp_path / "base", {"sessions/conf/event.yaml": EVENT, TALK: LOOSE})


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def test_records_are_written_in_the_style_and_then_nothing_is_left_to_do(base: Path) -> None:
    done = fmt("--root", base)
    assert (done.exit_code, done.output) == (0, "1 file changed, 1 file in order\n")
    assert (base / TALK).read_text() == NEAT
    before = (base / TALK).stat()
    done = fmt("--root", base)
    assert (done.exit_code, done.output) == (0, "2 files in order\n")
    assert (base / TALK).stat() == before, "what is in order is not written"
    assert fmt("--root", base, "--quiet").output == ""


def test_check_changes_nothing_and_shows_what_would_be_changed(base: Path) -> None:
    put(base, {"themes/a.md": "---\naliases: [b, c, d, e, f, g]\nname: A\n---\n"})
    done = fmt("--check", "--root", base)
    assert done.exit_code == 1
    assert done.output == (
        f"{TALK}: not in the style of kbsite fmt\n"
        "    +title: Talk\n"
        '    -speakers: [{org: "X", name: Ada}] # two\n'
        "    -\n"
        "    -\n"
        '    -title: "Talk"\n'
        "    +speakers: # two\n"
        "    and 2 more lines\n"
        "themes/a.md: not in the style of kbsite fmt\n"
        "    -aliases: [b, c, d, e, f, g]\n"
        "    +aliases:\n"
        "    +  - b\n"
        "    +  - c\n"
        "    +  - d\n"
        "    +  - e\n"
        "    and 2 more lines\n"
        "2 files would be changed, 1 file in order\n"
    )
    assert (base / TALK).read_text() == LOOSE
    assert fmt("--check", "-q", "--root", base).exit_code == 1
    assert fmt("--check", "--root", base, base / "sessions/conf/event.yaml").exit_code == 0


def test_the_body_of_a_page_and_all_line_ends_and_marks_stay(base: Path) -> None:
    body = b"# Body \r\n\r\n  it: 'is'  \n---\r\n"
    put(
        base,
        {
            "themes/a.md": b"\xef\xbb\xbf---\r\nname:   A\r\nkeywords: [b]\r\n---\r\n" + body,
            "content/about.md": "---\nicon: 'x'\ntitle:   About\n---\n" + body.decode(),
            "content/bare.md": body,
            TALK: LOOSE.replace("\n", "\r\n"),
        },
    )
    assert fmt("--root", base).exit_code == 0
    assert (base / "themes/a.md").read_bytes() == (
        b"\xef\xbb\xbf---\r\nname: A\r\nkeywords:\r\n  - b\r\n---\r\n" + body
    )
    about = "---\nicon: x\ntitle: About\n---\n" + body.decode()
    assert (base / "content/about.md").read_bytes().decode() == about
    assert (base / "content/bare.md").read_bytes() == body
    assert (base / TALK).read_bytes().decode() == NEAT.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: A\ntitle: B\n", "KB011"),
        ("title: &a A\nroom: *a\n", "KB012"),
        ("title: A: B\n", "KB010"),
        ("title:\tA\n\troom: B\n", "KB010"),
        ("<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\n", "KB019"),
        (b"title: \xff\n", "KB002"),
    ],
)
def test_what_cannot_be_read_is_told_as_check_tells_it_and_left_alone(
    base: Path, text: str | bytes, code: str
) -> None:
    put(base, {"sessions/conf/broken.yaml": text})
    raw = (base / "sessions/conf/broken.yaml").read_bytes()
    done = fmt("--root", base)
    assert done.exit_code == 1
    assert f"sessions/conf/broken.yaml:1:1: error {code}" in re.sub(
        r"yaml:\d+:\d+", "yaml:1:1", done.output
    )
    told = [p.message for p in prepare(base).problems if p.file.endswith("broken.yaml")]
    assert any(message in done.output for message in told)
    assert done.output.endswith("1 file changed, 1 file in order, 1 file left alone\n")
    assert (base / "sessions/conf/broken.yaml").read_bytes() == raw
    assert (base / TALK).read_text() == NEAT, "the others are written all the same"


def test_a_file_without_keys_is_left_alone_and_says_why(base: Path) -> None:
    put(base, {"sessions/conf/list.yaml": "- a\n", "sessions/conf/empty.yaml": ""})
    done = fmt("--root", base)
    assert "list.yaml: left as it is: the file holds no keys with values\n" in done.output
    assert done.exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_nothing_is_written_through_a_link(base: Path, tmp_path: Path) -> None:
    put(tmp_path, {"outside.yaml": LOOSE})
    (base / "sessions/conf/away.yaml").symlink_to(tmp_path / "outside.yaml")
    (base / "sessions/conf/same.yaml").symlink_to("talk.yaml")
    (base / "sessions/other").symlink_to("conf")
    assert "KB004" in fmt("--root", base).output
    assert (tmp_path / "outside.yaml").read_text() == LOOSE
    assert (base / "sessions/conf/same.yaml").is_symlink()
    assert (base / TALK).read_text() == NEAT


def test_paths_that_hold_no_record_are_a_wrong_usage(base: Path) -> None:
    put(base, {"mkdocs.yml": "site_name: 'X'\n"})
    done = fmt("--root", base, base / "mkdocs.yml")
    assert done.exit_code == 2
    assert "no record and no page is at" in done.output
    assert fmt("--root", base, base / "mkdocs.yml", base / TALK).exit_code == 0
    assert (base / TALK).read_text() == NEAT
    assert (base / "mkdocs.yml").read_text() == "site_name: 'X'\n"


def test_only_the_lines_that_differ_are_edited() -> None:
    text = "---\nname: A\naliases: [b]\nsummary: S\n---\nBody\n"
    (edit,) = formatted("themes/a.md", text).edits
    assert (edit.line, edit.end_line, edit.new) == (3, 4, "aliases:\n  - b\n")
    assert formatted("themes/a.md", edited(text, [edit])).edits == ()
    assert formatted("content/data.yaml", "a:   b\n").edits == ()


def test_the_repo_is_in_the_style() -> None:
    found = survey(REPO, lambda path: not path.startswith("sessions/") or hash_of(path) == 0)
    assert found.files
    assert list(found.changed) == []


def test_a_new_knowledge_base_is_in_the_style(tmp_path: Path) -> None:
    init(tmp_path / "new")
    assert list(survey(tmp_path / "new", lambda _: True).changed) == []


def hash_of(path: str) -> int:
    """A number by which one of twenty records is chosen, always the same ones."""
    return sum(path.encode()) % 20


def test_an_editor_formats_what_it_holds(small: Path) -> None:
    async def session() -> None:
        async with editor(small) as ed:
            ed.open(TALK, LOOSE.replace("\n", "\r\n"))
            where = types.TextDocumentIdentifier(ed.uri(TALK))
            options = types.FormattingOptions(tab_size=2, insert_spaces=True)
            edits = await ed.client.text_document_formatting_async(
                types.DocumentFormattingParams(where, options)
            )
            assert edits
            (edit,) = edits
            assert edit.range == types.Range(types.Position(0, 0), types.Position(5, 0))
            assert edit.new_text == NEAT.replace("\n", "\r\n")

    run_session(session())


@pytest.mark.parametrize("number", [0, 1])
def test_the_hooks_run_as_pre_commit_runs_them(base: Path, number: int) -> None:
    hook = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text())[number]
    program, *arguments = shlex.split(hook["entry"])
    assert (program, hook["language"]) == ("kbsite", "python")
    config = "site_name: X\ndocs_dir: content\nplugins: [kbsite]\n"
    page = "---\nname:  X\n---\n"
    put(base, {"mkdocs.yml": config, "content/index.md": "# X\n", "themes/x.md": page})
    every = sorted(place for place in base.rglob("*") if place.is_file())
    names = [place.relative_to(base.parent).as_posix() for place in every]
    files = [name for name in names if re.search(hook["files"], name)]
    assert files == [name for name in names if not name.endswith("mkdocs.yml")]
    command = [sys.executable, "-m", "kbsite", *arguments, *files]
    done = run_program(command, cwd=base.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (base / TALK).read_text() == (LOOSE if hook["id"] == "kbsite-check" else NEAT)
