"""Changes made in texts, against a second hand that makes them on its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.changes import edited
from kbsite.errors import Cure, Edit
from tests.mending import mended

LETTERS = st.text("ab é😀", max_size=6)


def edit(line: int, column: int, end_line: int, end_column: int, new: str) -> Edit:
    return Edit(
        file="a", line=line, column=column, end_line=end_line, end_column=end_column, new=new
    )


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    lines = draw(st.lists(LETTERS, min_size=1, max_size=6))
    places = [(line, at + 1) for line, text in enumerate(lines, 1) for at in range(len(text) + 1)]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=6))
    chosen.sort()
    new = draw(st.lists(st.text("xy\n", max_size=3), min_size=3, max_size=3))
    pairs = zip(chosen[::2], chosen[1::2], new, strict=False)
    return "\n".join(lines), tuple(edit(*start, *end, text) for start, end, text in pairs)


@given(texts_and_edits(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_all_but_what_is_edited_stays_whatever_ends_lines_and_begins_the_file(
    given: tuple[str, tuple[Edit, ...]], ending: str, bom: str
) -> None:
    text, edits = given
    wanted = mended({"a": text}, Cure(title="", changes=edits))["a"]
    if "\n" not in text:  # then there is no line end to go by
        ending = "\n"
    assert edited(bom + text.replace("\n", ending), edits) == bom + wanted.replace("\n", ending)


def test_two_texts_put_in_at_one_place_stay_in_their_order() -> None:
    assert edited("ab", [edit(1, 2, 1, 2, "x"), edit(1, 2, 1, 2, "y")]) == "axyb"


@pytest.mark.parametrize(
    "edits",
    [
        [edit(1, 1, 1, 3, "x"), edit(1, 2, 1, 4, "y")],
        [edit(2, 1, 2, 1, "x")],
        [edit(1, 5, 1, 5, "x")],
        [edit(1, 3, 1, 2, "x")],
        [edit(0, 1, 1, 2, "x")],
        [edit(1, 0, 1, 2, "x")],
    ],
)
def test_what_overlaps_or_is_not_there_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"overlap|there is no line|has no column|ends before"):
        edited("abc", edits)
