"""A record and new values of its source: what no import may write."""

from __future__ import annotations

import pytest

from kbsite import records, yamlfile
from kbsite.importers.merge import merge

EVENT = records.Event.model_validate(
    {
        "name": "Example Conf",
        "timezone": "Europe/Amsterdam",
        "start": "2031-04-01",
        "end": "2031-04-02",
    }
)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2031-04-01T12:00", "2031-04-01T11:45"),
        ("2031-04-01T12:00", "2031-04-01T11:30+03:00"),
        ("2031-04-02", "2031-04-01"),
    ],
)
def test_times_that_a_check_refuses_are_not_written_not_even_one_of_them(
    start: str, end: str
) -> None:
    base = {"title": "One", "start": "2031-04-01T10:00", "end": "2031-04-01T11:00", "room": "A"}
    text = "title: One\nstart: 2031-04-01T10:00\nend: 2031-04-01T11:00\nroom: A\n"
    theirs = {"title": "Two", "start": start, "end": end, "room": "B"}
    merged = merge(text, yamlfile.read(text), base, theirs, fields=tuple(base), event=EVENT)
    assert merged.text == text.replace("One", "Two").replace("room: A", "room: B")
    assert [each.field for each in merged.unwritten] == ["start", "end"]
    assert merged.values == {**theirs, "start": base["start"], "end": base["end"]}
