"""Files that are not where they belong, or not called as they should be: what mends that."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite.errors import Cure, Move, Problem
from kbsite.pipeline import prepare
from tests.mending import mended
from tests.test_load import write

EVENT = "sessions/example-conf-2031"
TALK = "title: One\nprovenance: {contributed_by: Cem Example}\n"
KEYS = 'title: One\nspeakers: [{name: Ada Example}]\nprovenance: {contributed_by: "Cem Example"}\n'
JSON = '{"title": "One", "provenance": {"contributed_by": "Cem"}}'
THEME = "name: Storage\nkeywords: [disk]\n"


def make(root: Path, cure: Cure) -> None:
    """Make the changes of a cure, which overwrites no file."""
    places = [root / change.to for change in cure.changes if isinstance(change, Move)]
    assert not any(place.exists() for place in places)
    files = {change.file for change in cure.changes}
    after = mended({path: (root / path).read_text("utf-8") for path in files}, cure)
    for path in files:
        (root / path).unlink()
    for path, text in after.items():
        write(root, path, text)


def problems(root: Path) -> list[Problem]:
    return list(prepare(root).problems)


@pytest.mark.parametrize(
    ("path", "text", "to"),
    [
        (f"{EVENT}/My Talk.yaml", TALK, f"{EVENT}/my-talk.yaml"),
        (f"{EVENT}/talk.yml", TALK, f"{EVENT}/talk.yaml"),
        (f"{EVENT}/talk.yaml.txt", TALK, f"{EVENT}/talk.yaml"),
        (f"{EVENT}/talk.txt", TALK, f"{EVENT}/talk.yaml"),
        ("themes/storage.txt", THEME, "themes/storage.md"),
        (f"{EVENT}/talk.json", JSON, f"{EVENT}/talk.yaml"),
        (f"{EVENT}/talk.md", f"---\n{TALK}---\n", f"{EVENT}/talk.yaml"),
        (f"{EVENT}/con.yaml", TALK, f"{EVENT}/con-1.yaml"),
        ("sessions/talk.yaml", TALK, f"{EVENT}/talk.yaml"),
        ("sessions/talk.md", f"---\n{TALK}---", f"{EVENT}/talk.yaml"),
        ("themes/storage.yaml", THEME, "themes/storage.md"),
        ("themes/storage.mdx", f"---\n{THEME}---\nText.\n", "themes/storage.md"),
        ("themes/talk.yaml", KEYS, f"{EVENT}/talk.yaml"),
        (f"{EVENT}/storage.md", f"---\n{THEME}---\nText.\n", "themes/storage.md"),
        ("storage.json", '{"name": "Storage", "keywords": ["disk"]}', "themes/storage.md"),
        ("content/talk.txt", KEYS, f"{EVENT}/talk.yaml"),
        ("content/hidden.yaml", f"{KEYS}publish: false\n", f"{EVENT}/hidden.yaml"),
        ("content/notes.MD", "Text.\n", "content/notes.md"),
        ("content/notes.md.txt", "Text.\n", "content/notes.md"),
        ("content/aux.png", "x", "content/aux-1.png"),
        ("content/articles/2031/week.md", "---\ntitle: A week\n---\n", "content/articles/week.md"),
    ],
)  # fmt: skip
def test_a_file_is_moved_to_where_it_is_read(small: Path, path: str, text: str, to: str) -> None:
    write(small, path, text)
    (problem,) = problems(small)
    assert problem.file == path
    assert to.rpartition("/")[2] in problem.hint
    make(small, problem.cures[0])
    assert (small / to).read_text("utf-8").strip("-\n").startswith(text.strip("-\n")[:10])
    assert not (small / to).read_text("utf-8").startswith("\n")
    assert problems(small) == []


def test_a_folder_is_renamed_with_all_that_is_in_it(small: Path) -> None:
    event = (small / EVENT / "event.yaml").read_text("utf-8")
    write(small, "sessions/Other Conf/event.yaml", event.replace("name: Example", "name: Other"))
    write(small, "sessions/Other Conf/one.yaml")
    (problem,) = problems(small)
    make(small, problem.cures[0])
    assert (small / "sessions/other-conf/one.yaml").is_file()
    assert problems(small) == []


@pytest.mark.parametrize("path", [f"{EVENT}/silent.yml", f"{EVENT}/silent.json"])
def test_nothing_is_moved_over_a_file_that_is_there(small: Path, path: str) -> None:
    write(small, path)
    (problem,) = problems(small)
    assert problem.cures == ()
    assert problem.hint == (
        "silent.yaml is there too: compare the two, keep what is right in silent.yaml, and delete "
        "the other"
    )


def test_a_page_with_text_is_not_made_a_record_that_has_no_place_for_it(small: Path) -> None:
    write(small, f"{EVENT}/talk.md", f"---\n{TALK}---\nWhat was said.\n")
    (problem,) = problems(small)
    assert problem.cures == ()
    assert problem.hint == (
        "rename it to talk.yaml, without the lines of hyphens, and put the text under one of its "
        "keys, as 'abstract'"
    )


def test_a_session_that_may_be_of_many_events_is_given_no_choice(small: Path) -> None:
    event = (small / EVENT / "event.yaml").read_text("utf-8")
    for number in range(6):
        write(
            small,
            f"sessions/conf-{number}/event.yaml",
            f"{event}\n".replace("name: Example", f"name: {number}"),
        )
    write(small, "sessions/talk.yaml")
    (problem,) = problems(small)
    assert (problem.hint, problem.cures) == ("move it to sessions/EVENT/talk.yaml", ())


def test_a_lock_that_is_cut_off_is_told_before_the_next_import(small: Path) -> None:
    write(small, f"{EVENT}/import.lock.json", '{"version": 1,\n"entries": {\n')
    (problem,) = problems(small)
    assert (problem.code, problem.line) == ("KB406", 2)
    assert problem.hint.startswith("restore the file from version control")
