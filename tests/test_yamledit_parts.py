"""The layout of a record's text, the alignment of old and new, and the edits, each by itself."""

from __future__ import annotations

from typing import Any

import pytest

from kbsite.yamledit.alignment import MOST_COMPARED, added, partners, same
from kbsite.yamledit.edits import Edit, applied, replacing, turning
from kbsite.yamledit.layout import CannotEdit, Layout
from kbsite.yamlfile import Path, read

TEXT = """\
# head
title: C# # sic
tracks:
  # the first
  - A # about A
  -  # a-b
    - B
    # below B
level: [any, # sure?
  beginner]
summary: |
  one # two

# end
"""


# The layout


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (("title",), "title: C# # sic"),
        (("tracks", 0), "- A # about A"),
        (("tracks", 1), "-  # a-b\n    - B\n    # below B"),
        (("tracks", 1, 0), "- B"),
        (("level",), "level: [any, # sure?\n  beginner]"),
        (("summary",), "summary: |\n  one # two"),
    ],
)
def test_an_entry_goes_from_its_key_or_dash_to_the_end_of_its_last_comment(
    path: Path, part: str
) -> None:
    found = Layout(TEXT).entry(path)
    assert TEXT[found.start : found.end] == part


def test_what_begins_with_a_sign_in_a_value_is_no_comment() -> None:
    layout = Layout(TEXT)
    assert [TEXT[start:end] for start, end in layout.comments] == [
        *("# head", "# sic", "# the first", "# about A", "# a-b", "# below B", "# sure?", "# end"),
    ]
    assert layout.entry(("level",)).comments == ["# sure?"]
    assert layout.entry(("summary",)).comments == []


def test_a_value_in_brackets_is_known_from_one_on_lines() -> None:
    layout = Layout(TEXT)
    inside = [path for path in layout.values if layout.in_brackets(path)]
    assert inside == [("level",), ("level", 0), ("level", 1)]


@pytest.mark.parametrize(("head", "stop"), [("|", "x"), (">-", "x"), ("|+", "x\n"), ("|2-", "x")])
def test_a_block_stops_where_its_text_does(head: str, stop: str) -> None:
    layout = Layout(f"summary: {head}\n  x\n\nroom: A\n")
    start = layout.values[("summary",)].start
    assert layout.text[start : layout.stop(("summary",))] == f"{head}\n  {stop}"


def test_the_rest_of_a_record_is_all_but_one_key_and_every_comment() -> None:
    text = "a: 1 # x\nb: 2\nc:\n- 3\n"
    assert Layout(text).rest("b") == (["a: 1", "c:\n- 3"], ["# x"])
    assert Layout(text.replace("b: 2", "b: [4]")).rest("b") == Layout(text).rest("b")


def test_new_lines_end_as_the_first_one_does() -> None:
    assert Layout("\ufeffa: 1\r\nb: 2\n").line_break == "\r\n"
    assert Layout("a: 1\nb: 2\r\n").line_break == "\n"
    assert Layout("a: 1").line_break == "\n"


# The alignment


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("2026", "2026", True),
        ("007", "007", True),
        ("007", "7", False),
        ("1", True, False),
        ("1", 1.0, False),
        ("true", True, True),
        ("~", None, True),
        ("{a: [1, b]}", {"a": ["1", "b"]}, True),
        ("{a: 1, b: 2}", {"b": 2, "a": 1}, True),
        ("[a, b]", ["b", "a"], False),
    ],
)
def test_what_was_read_is_the_same_as_what_is_wanted_if_it_is_written_so(
    old: str, new: Any, wanted: bool
) -> None:
    assert same(read(old), new) is wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("AB", "AB", {0: 0, 1: 1}),
        ("AB", "OAB", {0: 1, 1: 2}),
        ("ABC", "AC", {0: 0, 2: 1}),
        ("ABC", "AMC", {0: 0, 1: 1, 2: 2}),
        ("ABC", "AMOC", {0: 0, 2: 3}),
        ("AB", "BA", {0: 1}),
        ("A", "", {}),
        ("", "A", {}),
    ],
)
def test_items_keep_their_order_and_as_many_as_go_become_as_many_that_come(
    old: str, new: str, wanted: dict[int, int]
) -> None:
    assert partners([*old], [*new]) == wanted


def test_an_item_becomes_the_one_that_begins_alike_before_one_in_its_place() -> None:
    ada, bob = {"name": "Ada", "org": "X"}, {"name": "Bob", "org": "Y"}
    assert partners([ada, bob], [{"name": "Bob", "org": "Z"}]) == {1: 0}
    assert partners([ada, bob], [{"org": "Z"}]) == {}


def test_values_of_two_kinds_and_lists_too_long_to_compare_have_no_partners() -> None:
    assert partners({"a": 1}, ["a"]) == partners("a", "a") == {}
    long = list(range(200))
    most = list(range(MOST_COMPARED // 200))
    assert partners(long, most) == dict(zip(long, most, strict=True))
    assert partners(long, [*most, -1]) == {}


def test_what_is_new_is_known_by_what_it_follows() -> None:
    assert added({"o": 1, "a": 2, "m": 3, "n": 4}, {"a": "a"}) == {
        None: {"o": 1},
        "a": {"m": 3, "n": 4},
    }
    assert added(["A"], {0: 0}) == {}


# The edits


def test_a_change_touches_only_what_differs() -> None:
    layout = Layout(TEXT)
    assert turning(layout, ("title",), "C#") == []
    edits = [edit for edit in turning(layout, ("tracks",), ["O", ["B"]]) if edit.text]
    assert [(TEXT[start:end], text) for start, end, text in edits] == [("A", "O")]


def test_a_value_anew_goes_below_its_comments() -> None:
    layout = Layout(TEXT)
    assert applied(layout, replacing(layout, ("level",), "any")) == TEXT.replace(
        "level: [any, # sure?\n  beginner]", "# sure?\nlevel: any"
    )


def test_what_cannot_be_changed_in_part_is_replaced_whole() -> None:
    layout = Layout("a:\n- b: 1 # x\n  d: 3\n")
    wanted = "a:\n# x\n- d: '4'\n"
    assert applied(layout, turning(layout, ("a", 0), {"d": "4"})) == wanted


def test_of_a_whole_record_not_every_key_can_go() -> None:
    with pytest.raises(CannotEdit, match="no key would be left"):
        turning(Layout("a: 1\n"), (), {"b": 1})


def test_edits_at_one_place_come_in_their_order_behind_the_byte_order_mark() -> None:
    layout = Layout("\ufeffa: 1\n")
    edits = [Edit(3, 4, "2"), Edit(0, 0, "# one"), Edit(0, 0, "\n")]
    assert applied(layout, edits) == "\ufeff# one\na: 2\n"
