"""What a record may hold at most, and that no text of any length takes a reader down."""

from __future__ import annotations

import pytest

from kbsite import records
from kbsite.errors import Problem
from kbsite.fields import ADDRESS_LIMIT, PROSE_LIMIT
from kbsite.importers.cleaning import joined, web
from kbsite.importers.schedule import Entry, Text
from kbsite.parse import parse_record
from tests.importers.schedules import drafter, schedule


def problems(model: type[records.Record], text: str) -> list[Problem]:
    return [*parse_record(model, "a.yaml", text).problems]


def test_a_text_may_be_as_long_as_the_longest_abstracts_and_no_longer() -> None:
    whole = "title: One\nsources: [{system: sched}]\nabstract: "
    assert problems(records.Session, whole + "a" * PROSE_LIMIT) == []
    [problem] = problems(records.Session, whole + "a" * (PROSE_LIMIT + 1))
    assert problem.message == "the text has 20,001 characters; at most 20,000 fit here"
    assert (problem.code, problem.line, problem.column) == ("KB114", 3, 11)


def test_an_address_may_be_as_long_as_browsers_take_them() -> None:
    whole = "name: One\ntimezone: UTC\nstart: 2031-04-01\nend: 2031-04-01\nurl: https://e.org/"
    assert problems(records.Event, whole + "a" * (ADDRESS_LIMIT - 14)) == []
    [problem] = problems(records.Event, whole + "a" * (ADDRESS_LIMIT - 13))
    assert problem.message == "the link has 2,001 characters; at most 2,000 fit here"
    assert web("https://e.org/" + "a" * ADDRESS_LIMIT) is None


@pytest.mark.parametrize("zone", ["</a>" * 4000, "a/" * 5000, "\x85" * 300, "Europe/" + "a" * 300])
def test_a_zone_of_many_folders_is_only_unknown(zone: str) -> None:
    whole = "name: One\nstart: 2031-04-01\nend: 2031-04-01\ntimezone: "
    [problem] = problems(records.Event, f'{whole}"{zone}"')
    assert problem.code in ("KB112", "KB114", "KB010")


def test_an_import_leaves_out_an_abstract_that_no_record_may_hold() -> None:
    text = Text(text="Words. " * 3000, format="plain")
    entry = Entry(id="1", title="Kernel news", text=text)
    [draft] = drafter(schedule(entry), abstracts=True).drafts()
    assert "abstract" not in draft.values
    assert draft.notes == ("its abstract has 20,999 characters; at most 20,000 fit",)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("`<p>` is a tag", "markdown"),
        ("``<p>` is `` code", "markdown"),
        ("``` and <p>` is not", "html"),
        ("` `` <p> ` `` <p>", "html"),
    ],
)
def test_tags_in_code_do_not_make_a_description_html(text: str, format: str) -> None:
    found = joined([text], "markdown")
    assert found is not None
    assert found.format == format
