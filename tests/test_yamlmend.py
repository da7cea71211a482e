"""Mistakes in YAML as a text: what mends them mends them, and leaves the rest as it was."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbsite import conflicts, records, yamlfile, yamlmend
from kbsite.parse import page_source, parse_page, parse_record
from kbsite.validate import Checked, objections
from kbsite.yamlmend.slips import WORK
from tests.mending import mended

PATH = "sessions/example-conf/talk.yaml"
BELOW = "provenance: {contributed_by: Cem Example}\n"


def parsed(text: str) -> Checked[records.Session]:
    return parse_record(records.Session, PATH, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('title: "It"s here"\n', "title: 'It\"s here'\n"),
        ("title: '90s kernels\nroom: A\n", 'title: "\'90s kernels"\nroom: A\n'),
        ("title: `code`\n", 'title: "`code`"\n'),
        ("title: - One\n", 'title: "- One"\n'),
        ("title: > 90% faster\n", 'title: "> 90% faster"\n'),
        ("title: One\ntracks: - a\n        - b\n", "title: One\ntracks:\n  - a\n  - b\n"),
        ('"title": "One",\n"room": "A",\n', '"title": "One"\n"room": "A"\n'),
        ("title: One\nroom = A\n", "title: One\nroom: A\n"),
        ("title: One\nsummary: A long\ntext that goes on\n", None),
        ("title: One\ntracks: [a, b\nroom: A\n", "title: One\ntracks: [a, b]\nroom: A\n"),
        (
            "title: One\nspeakers:\n\t- name: A B\n\t  org: C\n",
            "title: One\nspeakers:\n  - name: A B\n    org: C\n",
        ),
        (
            "title: One\nlinks:\n  url: https://e.org\n  kind: video\n  url: https://f.org\n",
            "title: One\nlinks:\n  - url: https://e.org\n    kind: video\n  - url: https://f.org\n",
        ),
        ("title: One 😀: two\n", 'title: "One 😀: two"\n'),
        ("title: One\n---\n", "title: One\n"),
        ("title: One\ntracks:\n  - a\n  b\n", "title: One\ntracks:\n  - a\n  - b\n"),
        ("title: C:\\new: paths\n", "title: 'C:\\new: paths'\n"),
    ],
)
def test_the_first_cure_mends_it(text: str, wanted: str | None) -> None:
    problem = parsed(text + BELOW if "---" not in text else BELOW + text).problems[0]
    given = text + BELOW if "---" not in text else BELOW + text
    after = mended({PATH: given}, problem.cures[0])[PATH]
    if wanted is not None:
        assert after == (wanted + BELOW if "---" not in text else BELOW + wanted)
    assert parsed(after).problems == ()


def test_behind_a_mistake_all_others_are_told_in_their_places() -> None:
    text = f"title: One: two\nroom: @home\nlevle: any\n{BELOW}"
    told = [(each.line, each.column, each.code) for each in parsed(text).problems]
    assert told == [(1, 11, "KB010"), (2, 7, "KB010"), (3, 1, "KB101")]


def test_two_lists_of_one_key_can_be_joined() -> None:
    text = f"title: One\ntracks:\n  - a\nroom: A\ntracks:\n  - b\n{BELOW}"
    (problem,) = parsed(text).problems
    after = mended({PATH: text}, problem.cures[0])[PATH]
    assert after == f"title: One\ntracks:\n  - a\n  - b\nroom: A\n{BELOW}"
    assert not problem.cures[0].certain
    assert problem.hint == "make one list of both:\n  - a\n  - b"


def test_a_cure_in_front_matter_stands_in_its_page() -> None:
    text = "---\nname: Storage: disks\n---\n\nText: more.\n"
    (problem,) = parse_page(records.Theme, "themes/a.md", text).problems
    after = mended({"themes/a.md": text}, problem.cures[0])["themes/a.md"]
    assert after == text.replace("Storage: disks", '"Storage: disks"')


def test_a_word_that_no_record_has_is_no_key() -> None:
    (problem, *_) = parsed(f"title: One\nwhatever Hall\n{BELOW}").problems
    assert all("whatever:" not in edit.new for c in problem.cures for edit in c.changes)  # type: ignore[union-attr]


@given(st.text(alphabet="ab:-{}[]\"'&*!|>%@`#,? \n\t~\\=+“”\u00a0"))
@settings(max_examples=150)
def test_any_pile_of_signs_is_told_within_it_and_every_cure_is_read(signs: str) -> None:
    text = f"title: One\n{signs}\nroom: A\n"
    found = yamlmend.mended(text, partial(objections, records.Session))
    assert found.data is None or yamlfile.read(found.text) == found.data
    for problem in parsed(text).problems:
        lines = text.split("\n")
        assert problem.line <= len(lines)
        assert problem.column <= len(problem.source) + 1
        for cure in problem.cures:
            mended({PATH: text}, cure)


@pytest.mark.parametrize(
    "part",
    [
        "a: 'b\n",
        "- [a\n",
        "\t- a\n",
        "x: {a: b, c\n",
        "-a\n",
        "a b\n",
        "@a: b\n",
        "a: b: c\n",
        "“ #a",
        "- null\n",
        "- “a”\n",
        "- a #b\n",
        "\u00a0k{}: a\n",
        "- a\n  - b\n",
        "  - a\n    - b\n",
        "- a: b\n",
    ],
)
def test_what_is_broken_everywhere_is_read_only_so_often(part: str) -> None:
    text = "".join(part.format(at) if "{}" in part else part for at in range(2_000))
    read: list[int] = []

    def refused(data: object) -> list[yamlfile.Path]:
        read.append(1)
        return objections(records.Session, data)

    for broken in (f"title: One\ntracks:\n{text}", text):
        yamlmend.mended(broken, refused)
    assert len(read) <= 2 * (WORK // len(text) + yamlmend.MOST)


def test_marks_of_a_conflict_in_code_are_text() -> None:
    marks = "<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> b\n"
    page = page_source("content/a.md", f"# Git\n\n```\n{marks}```\n")
    assert conflicts.problem(page, bool) is None
    assert conflicts.problem(page_source("content/a.md", f"# Git\n\n{marks}"), bool) is not None
