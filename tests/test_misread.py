"""What is read otherwise than it was meant: how texts are passed over that have nothing of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbsite import misread

PARTS = st.sampled_from(
    ["](", "] (", ")[", "<http", "<!--", "##a", "|", "•", "·", " ", "\n", "a", "word"]
)


@given(st.lists(PARTS, max_size=6).map("".join))
def test_no_text_that_is_likely_is_passed_over_for_want_of_a_sign(text: str) -> None:
    if misread._LIKELY.search(text):
        assert misread._SIGN.search(text)


def test_a_text_without_any_sign_has_nothing() -> None:
    assert misread.in_prose("Slow is smooth (and smooth is fast): so - we - say.") == []
    assert [told.code for told in misread.in_prose("Read [this]() first.")] == ["KB233"]
