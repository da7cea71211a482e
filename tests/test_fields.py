"""The types of fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kbsite import fields, yamlfile
from kbsite.fields import scheme_problem


def value(kind: Any, text: str) -> Any:
    return TypeAdapter(kind).validate_python(yamlfile.read(text))


def code(kind: Any, text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        value(kind, text)
    return refused.value.errors()[0]["type"]


def test_a_line_is_one_line_as_it_was_written() -> None:
    assert value(fields.Line, '"  a\\n b\\tc  "') == "a b c"
    assert value(fields.Line, "1.10") == "1.10"
    assert value(fields.Line, "007") == "007"
    assert code(fields.Line, '" "') == "KB114"
    assert code(fields.Line, '"a\\x07"') == "KB114"
    assert code(fields.Line, "true") == "string_type"
    assert code(fields.Line, "[a]") == "string_type"


def test_prose_keeps_its_lines() -> None:
    assert value(fields.Prose, '"\\n\\n a\\n\\n\\tb \\n"') == "a\n\n\tb"
    assert code(fields.Prose, '"a\\e[31m"') == "KB114"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:00", 0), ("12:30", 750), ("120:05", 7205), ("1:02:30", 3750), ("01:02:30", 3750)],
)
def test_places_in_a_video_are_seconds(text: str, seconds: int) -> None:
    assert value(fields.At, text) == seconds


@pytest.mark.parametrize("text", ["750", "12:60", "1:60:00", "12", "a:b", "-1:00", "1:2:3", "true"])
def test_other_places_in_a_video_are_refused(text: str) -> None:
    assert code(fields.At, text) == "KB113"


def test_times_keep_the_offset_they_were_given() -> None:
    assert value(fields.When, "2031-04-01") == date(2031, 4, 1)
    assert value(fields.When, "2031-04-01 10:00") == datetime(2031, 4, 1, 10)
    assert value(fields.When, "2031-04-01T10:00Z") == datetime(2031, 4, 1, 10, tzinfo=UTC)
    assert value(fields.When, "2031-04-01T12:00+02:00") == datetime(2031, 4, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2031-02-30", "2031-04-01T25:00", "0001-01-01T00:00", "9999-12-31T23:59-12:00", "20310401",
     "2031-4-1", "1 April", "2031", "12:30", "\uff12\uff10\uff13\uff11-04-01"],
)  # fmt: skip
def test_other_times_are_refused(text: str) -> None:
    assert code(fields.When, text) == "KB107"


@pytest.mark.parametrize(
    "url",
    ["https://example.org/", "http://example.org:80/a?b=c&d#e", "mailto:ada@example.org",
     "HTTPS://EXAMPLE.ORG", "https://münchen.example/ä"],
)  # fmt: skip
def test_links_on_the_web_and_to_a_mailbox_are_fine(url: str) -> None:
    assert scheme_problem(url) is None


@given(st.text())
def test_any_other_link_is_refused_with_a_way_out(url: str) -> None:
    wrong = scheme_problem(url)
    if wrong is None:
        assert url.lower().startswith(("http://", "https://", "mailto:"))
    else:
        assert all(wrong)


@pytest.mark.parametrize("zone", ["", "Europe", "../etc/passwd", "CET+1", "a\\0b", "x" * 300, "/"])
def test_unknown_time_zones_are_refused(zone: str) -> None:
    assert code(fields.Zone, f'"{zone}"') == "KB112"


@pytest.mark.parametrize("text", ["1.5", "true", '"3"', "x", "[1]"])
def test_an_order_is_a_whole_number(text: str) -> None:
    assert value(fields.Whole, "3") == 3
    assert code(fields.Whole, text) == "KB103"
