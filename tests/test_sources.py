"""From a field's path to line and column."""

from __future__ import annotations

import pytest

from kbsite.parse import page_source
from kbsite.sources import Part, Source, field_name, in_file
from kbsite.tree import decoded
from kbsite.yamlfile import YamlError, read

TEXT = """\
title: One
learnings:
  - id: one
    text: >-
      Some [[theme:x
      y]] and [[theme:x y]].
"""


def source(text: str = TEXT) -> Source:
    return Source(path="talk.yaml", text=text, front=text)


def test_a_problem_points_at_the_value() -> None:
    problem = source().problem("KB106", ("learnings", 0, "id"), "message")
    assert (problem.line, problem.column, problem.length) == (3, 9, 3)
    assert problem.source == "  - id: one"
    assert problem.field == "learnings[0].id"
    assert problem.severity == "error"


def test_a_problem_with_a_key_points_at_the_key() -> None:
    problem = source().problem("KB101", ("learnings", 0, "id"), "message", key=True)
    assert (problem.line, problem.column, problem.length) == (3, 5, 2)


def test_a_value_that_is_not_in_the_file_is_where_its_holder_is() -> None:
    problem = source().problem("KB102", ("learnings", 0, "by"), "message")
    assert (problem.line, problem.column) == (3, 5)
    assert source("").problem("KB102", ("title",), "message").line == 1


def test_a_part_of_a_value_is_found_where_yaml_broke_it_into_lines() -> None:
    path = ("learnings", 0, "text")
    first = source().problem("KB207", path, "message", part=Part("[[theme:x y]]"))
    second = source().problem("KB207", path, "message", part=Part("[[theme:x y]]", before=1))
    assert (first.line, first.column, first.length) == (5, 12, 9)
    assert (second.line, second.column, second.length) == (6, 15, 13)


def test_a_part_that_is_not_found_leaves_the_value() -> None:
    problem = source().problem("KB207", ("title",), "message", part=Part("nothing"))
    assert (problem.line, problem.column, problem.length) == (1, 8, 3)


def test_the_last_line_needs_no_end() -> None:
    problem = source("title: One\nroom: [x]").problem("KB103", ("room",), "message")
    assert (problem.line, problem.column, problem.length) == (2, 7, 3)
    assert problem.source == "room: [x]"


def test_what_is_meant_ends_with_its_first_line() -> None:
    problem = source("title: >-\n  One\n  two\n").problem("KB114", ("title",), "message")
    assert (problem.line, problem.source, problem.length) == (1, "title: >-", 2)


def test_what_is_missing_is_reported_at_its_empty_key_or_where_its_holder_begins() -> None:
    text = "title:\nlearnings:\n  - text: One\n"
    empty = source(text).problem_of_absence("KB102", ("title",), "message", "hint")
    missing = source(text).problem_of_absence("KB102", ("learnings", 0, "id"), "message", "hint")
    assert (empty.line, empty.column, empty.length) == (1, 1, 5)
    assert (missing.line, missing.column, missing.length) == (3, 5, 1)
    assert source(text).holds(("title",))
    assert not source(text).holds(("learnings", 0, "id"))


def test_a_problem_of_yaml_in_a_page_counts_from_the_beginning_of_the_file() -> None:
    page = page_source("page.md", "---\nname: x\nname: y\n---\nText")
    with pytest.raises(YamlError) as refused:
        read(page.front)
    problem = page.yaml_problem(refused.value)
    assert (problem.code, problem.line, problem.column, problem.length) == ("KB011", 3, 1, 4)


def test_the_severity_of_a_problem_is_that_of_its_code() -> None:
    assert source().file_problem("KB213", "message").severity == "warning"
    assert source().file_problem("KB001", "message").severity == "error"


def test_places_in_a_page_count_from_the_beginning_of_the_file() -> None:
    page = page_source("page.md", "---\nname: x\n---\n\nFirst.\nSecond.\n")
    assert page.problem("KB114", ("name",), "message").line == 2
    assert page.body.strip() == "First.\nSecond."
    at = page.body.index("Second")
    problem = page.problem_in_body("KB207", at, 6, "message")
    assert (problem.line, problem.column, problem.source) == (6, 1, "Second.")


@pytest.mark.parametrize("body", ["", "Text", "Text\n", "\n\nText", "---\n", "é 😀\n\n---\n\nText"])
@pytest.mark.parametrize("front", ["name: é 😀\n", "", "name: |\n  - - -\n\n"])
def test_the_body_of_a_page_is_where_the_source_says(front: str, body: str) -> None:
    page = page_source("page.md", f"---\n{front}---\n{body}")
    assert page.body.strip() == body.strip()
    assert page.text[page.body_start :] == page.body
    assert page.text[page.front_start :].startswith(page.front)
    assert page.front.strip() == front.strip()


def test_paths_are_written_as_people_write_them() -> None:
    assert field_name(()) == ""
    assert field_name(("a", 0, "b", 2, 3)) == "a[0].b[2][3]"


def test_items_that_were_taken_out_do_not_move_the_places_of_the_others() -> None:
    kept = {("learnings",): (1, 3), ("learnings", 3, "themes"): (2,)}
    assert in_file(("learnings", 1, "themes", 0), kept) == ("learnings", 3, "themes", 2)
    assert in_file(("learnings", 0, "themes", 0), kept) == ("learnings", 1, "themes", 0)


def test_byte_order_marks_are_no_part_of_a_text_however_many_there_are() -> None:
    assert decoded("a.yaml", b"\xef\xbb\xbf\xef\xbb\xbftitle: A") == "title: A"
