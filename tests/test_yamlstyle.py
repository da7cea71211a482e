"""The style of YAML: what it makes of other layouts, and what it never loses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbsite import models, records, yamlfile, yamlwrite
from kbsite.yamledit.layout import Layout
from kbsite.yamlfile import Path as Names
from kbsite.yamlstyle import CannotEdit, styled
from tests.layouts import SPECIAL, TEXTS, Layouts, is_what_is_meant
from tests.odd_records import FULL

RECORDS = sorted((Path(__file__).parent.parent / "sessions").glob("*/*.yaml"))[::60]


def of_sessions(path: Names) -> Iterable[str]:
    model = models.model_at(records.Session, path)
    return models.keys(model) if model else ()


def comments(text: str) -> list[str]:
    layout = Layout(text)
    return [layout.text[start:end].rstrip() for start, end in layout.comments]


def test_quotes_brackets_and_spaces_become_those_of_the_house() -> None:
    text = (
        "---\n"
        'title :   "One: two"\n'
        "\"room\": 'A'\n"
        "tracks: [ a,'b' ,\"NO\" ]\n"
        "speakers:\n"
        "- {name: Ada, org: X}\n"
        "-    name:\tBob\n"
        "     org:\n"
        "learnings: []\n"
        "...\n"
    )
    assert styled(text) == (
        "title: 'One: two'\n"
        "room: A\n"
        "tracks:\n"
        "  - a\n"
        "  - b\n"
        "  - 'NO'\n"
        "speakers:\n"
        "  - name: Ada\n"
        "    org: X\n"
        "  - name: Bob\n"
        "    org:\n"
        "learnings: []\n"
    )


def test_keys_come_in_the_order_of_the_model_and_unknown_ones_stay_behind_their_neighbour() -> None:
    text = (
        "mine: 1\nspeakers:\n  - org: X\n    tel: 2\n    name: Ada\n"
        "title: One\nyours: 3\nkind: talk\n"
    )
    assert styled(text, of_sessions) == (
        "mine: 1\ntitle: One\nyours: 3\nkind: talk\n"
        "speakers:\n  - name: Ada\n    org: X\n    tel: 2\n"
    )


def test_a_comment_goes_with_what_stands_below_it_or_beside_it() -> None:
    text = (
        "# about the file\n"
        "\n"
        "# about the kind\n"
        "kind: talk # no keynote\n"
        "# about the title\n"
        "title: One   # sic   \n"
        "tracks:  # two\n"
        "- a\n"
        "# the second\n"
        "- b # so far\n"
        "  # - c\n"
        "# the end\n"
    )
    assert styled(text, of_sessions) == (
        "# about the file\n"
        "\n"
        "# about the title\n"
        "title: One # sic\n"
        "# about the kind\n"
        "kind: talk # no keynote\n"
        "tracks: # two\n"
        "  - a\n"
        "  # the second\n"
        "  - b # so far\n"
        "  # - c\n"
        "# the end\n"
    )


def test_what_is_commented_out_at_the_end_of_a_list_stays_in_it() -> None:
    text = (
        "speakers:\n  - name: A\n    # org: X\n  # - name: B\n# - name: C\n"
        "room: R\n  # S\nlevel: any\n"
    )
    assert styled(text) == text.replace("  # S", "# S")


def test_comments_in_brackets_get_lines_of_their_own_and_keep_their_order() -> None:
    text = (
        "tracks: [ # one\n"
        "  a, # two\n"
        "  # three\n"
        "  b\n"
        "  # four\n"
        "] # five\n"
        "speakers: [{name: Ada}, # six\n"
        "  {name: Bob}]\n"
        "links: [ # seven\n"
        "  # eight\n"
        "]\n"
    )
    assert styled(text) == (
        "tracks: # one\n"
        "  - a # two\n"
        "  # three\n"
        "  - b\n"
        "  # four\n"
        "  # five\n"
        "speakers:\n"
        "  # six\n"
        "  - name: Ada\n"
        "  - name: Bob\n"
        "# seven\n"
        "# eight\n"
        "links: []\n"
    )


def test_one_of_several_blank_lines_stays_and_none_at_the_ends_of_things() -> None:
    text = "\n\ntitle: One\n\n\n# a\n\n\nroom: A\ntracks:\n\n  - a\n\n  - b\n\n\n"
    assert styled(text) == "title: One\n\n# a\n\nroom: A\ntracks:\n  - a\n\n  - b\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: >2-\n      one\n    two\n\n\n", "a: >2-\n      one\n    two\n"),
        ("a: >\n      one\n\n      two\n", "a: >\n  one\n\n  two\n"),
        ("a: >+\n one\n\n\nb: 1\n", "a: >+\n  one\n\n\nb: 1\n"),
        ("a: |4-\n      one\n\n     two\n", "a: |2-\n    one\n\n   two\n"),
        ("a: |+\n one\n\n", "a: |+\n  one\n\n"),
        ("a: | # c\n   one  \n   two\n", "a: | # c\n  one  \n  two\n"),
        ("a: |\n\n  one\n", "a: |2\n\n  one\n"),
        ("- |\n  one\n", None),
        ("a:\n - |\n   one\n - >-\n   two\n   2\n", "a:\n  - |\n    one\n  - >-\n    two\n    2\n"),
        ("a: one\n two\nb: 'three\n   it''s'\n", "a: >-\n  one\n  two\nb: >-\n  three\n  it's\n"),
        ('a: "one\n  \\t two"\n', 'a: "one \\t two"\n'),
        ('a: "one\n  "\n', "a: 'one '\n"),
        ("a: one\n\n  two\n", "a: |-\n  one\n  two\n"),
        ('a: "one\\ntwo"\n', "a: |-\n  one\n  two\n"),
        ("a: |\n\n", "a: ''\n"),
        ("a: |-\n   \u2028x\n", None),
        ("a:\n  # c\n  one\nb: # d\n  two # e\n", "# c\na: one\n# d\nb: two # e\n"),
        ("? a\n: b\n", "a: b\n"),
        ("a: ~\nb: Null\nc:\n", "a: null\nb: null\nc:\n"),
        ("a: 0x1F\nb: 1.50\nc: True\nd: 2031\n", "a: 0x1F\nb: 1.50\nc: true\nd: 2031\n"),
        ("{a: b} # c\n", "a: b\n# c\n"),
        ("on: 1\n'a b': 2\n", "'on': 1\na b: 2\n"),
        ("a: " + "long " * 400 + "x\n", "a: " + "long " * 400 + "x\n"),
        ("--- # c\na: b\n... # d\n", "# c\na: b # d\n"),
    ],
)
def test_texts_of_many_lines_and_odd_ones(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(CannotEdit):
            styled(text)
        return
    assert styled(text) == expected
    assert yamlfile.read(expected) == yamlfile.read(text)


@pytest.mark.parametrize(
    "text",
    [
        *("a: 1\na: 2\n", "a: &b 1\nc: *b\n", "<<: *a\n", "a: !!str 1\n", "a: 1\n---\nb: 2\n"),
        *("a: [\n", "", "# c\n", "- a\n"),
    ],
)
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    with pytest.raises(CannotEdit):
        styled(text)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_records_of_the_repo_are_in_the_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "event.yaml":
        assert styled(text, of_sessions) == text


def test_what_importers_write_is_in_the_style() -> None:
    text = yamlwrite.dump({key: FULL[key] for key in models.keys(records.Session)})
    assert styled(text, of_sessions) == text


def some_record(random: Random) -> dict[str, Any]:
    """A record with some of all fields, in any order, with texts that are hard to write."""

    def other(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: other(value[key]) for key in random.sample([*value], len(value))}
        if isinstance(value, list):
            return [other(inner) for inner in value * random.choice([0, 1, 2])]
        return random.choice([value, value, random.choice(TEXTS), random.choice(SPECIAL)])

    return {name: other(FULL[name]) for name in random.sample([*FULL], 8)}


@given(st.integers(min_value=0))
def test_any_layout_of_any_record_keeps_its_values_and_comments(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # a small seed is a small example
    data, layouts = some_record(random), Layouts(random)
    text = layouts.record(data)
    assume(is_what_is_meant(text, data))
    once = styled(text)
    assert list(yamlfile.read(once)) == list(data)
    assert yamlfile.read(once) == data
    assert comments(once) == layouts.comments
    assert styled(once) == once
    in_order = styled(text, of_sessions)
    assert yamlfile.read(in_order) == data
    assert sorted(comments(in_order)) == sorted(layouts.comments)
    assert styled(in_order, of_sessions) == in_order
