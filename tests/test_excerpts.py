"""Texts that are cut to a limit: something is left, and nothing is parted that is read as one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import excerpts
from kbsite.errors import Problem
from kbsite.excerpts import excerpt
from kbsite.graph.target import learning_label
from kbsite.kinds import layouts, words
from kbsite.outputs import pictures
from kbsite.report import as_text
from kbsite.wording import shown

CHINESE = "我们学到了如何在不重启内核的情况下观察它" * 12
TOGETHER = {  # each is one character to a reader
    "an accent": "e\u0301",
    "a vowel sign": "नि",
    "a syllable": "각",
    "a flag": "🇳🇱",
    "a family": "👩\u200d👩\u200d👧",
    "a skin": "👍🏽",
    "a heart": "❤\ufe0f",
}


def in_a_report(text: str) -> str:
    """The line of a problem as `check` shows it, without what stands around."""
    problem = Problem(
        code="KB101", severity="error", file="x.yaml", line=1, column=1, message="x", source=text
    )
    return as_text(problem).split("\n")[1].partition("| ")[2]


CUTS: dict[str, Callable[[str], str]] = {
    "sentence": words.sentence,
    "described": words.described,
    "label": learning_label,
    "shown": lambda text: shown(text).strip("'"),
    "map": lambda text: layouts.shortened(text, 200),
    "picture": lambda text: pictures.shortened(text, 30, 300),
    "title": lambda text: " ".join(pictures.wrapped(text, 30, 300, broken=True)),
    "report": in_a_report,
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_much_is_left_of_a_text_without_spaces(cut: Callable[[str], str]) -> None:
    for text in (CHINESE, "eBPF " + CHINESE, "https://example.org/" + "a-path/" * 40):
        assert len(cut(text)) > 10
        assert text.startswith(cut(text)[:9].rstrip("…"))


@pytest.mark.parametrize("together", TOGETHER.values(), ids=TOGETHER)
@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_no_cut_parts_what_is_read_as_one(cut: Callable[[str], str], together: str) -> None:
    for before in range(len(together)):
        text = "x" * before + together * 100
        kept = cut(text).replace(" ", "").removesuffix("…")
        assert kept.removeprefix("x" * before).replace(together, "") == ""


def test_a_report_of_the_end_of_a_line_parts_nothing_before_it() -> None:
    text = "e\u0301" * 100
    for column in (190, 191):
        problem = Problem(
            code="KB101", severity="error", file="x.yaml", line=1, column=column, message="x",
            source=text,
        )  # fmt: skip
        assert "…e\u0301e" in as_text(problem)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Kernels, seen by people.", 24, "Kernels, seen by people."),
        ("Kernels, seen by people.", 23, "Kernels, seen by …"),
        ("Kernels, how seen by all", 13, "Kernels …"),
        ("See https://example.org/a/b", 14, "See https://e…"),
        ("内核如何被人们看见。和理解", 11, "内核如何被人们看见…"),
        ("在 eBPF 里内核如何被人们看见和理解", 13, "在 eBPF 里内核如何…"),
        ("内核如何被人们eBPF", 10, "内核如何被人们…"),
        ("一二三四五六 eBPF 七八九", 10, "一二三四五六 …"),
        ("." * 20, 10, "........."[:9] + "…"),
        ("e" + "\u0301" * 40, 10, "e" + "\u0301" * 8 + "…"),
    ],
)
def test_a_text_ends_with_a_word_if_enough_is_left(text: str, limit: int, expected: str) -> None:
    assert excerpt(text, limit) == expected


def test_whole_sentences_are_kept_in_any_script() -> None:
    text = "我们学到了如何在不重启内核的情况下观察它。" * 9
    assert words.sentence(text) == "我们学到了如何在不重启内核的情况下观察它。" * 7


@given(st.text(alphabet="ab .,e\u0301\u200d🇳🇱👩न\u093f각。內"), st.integers(2, 40))
def test_an_excerpt_is_never_empty_nor_too_long(text: str, limit: int) -> None:
    made = excerpt(text, limit)
    assert len(made) <= limit
    assert bool(made) == bool(text)
    if len(text) > limit:
        kept = made.removesuffix("…").rstrip()
        assert text.startswith(kept)
        assert made.endswith("…")


@given(st.text(), st.integers(1, 20))
def test_the_beginning_of_a_text_is_as_long_as_fits(text: str, limit: int) -> None:
    made = excerpts.beginning(text, limit)
    assert text.startswith(made)
    assert len(made) <= limit
    rest = text[len(made) :]
    assert not rest or len(made) == limit or len(made) + excerpts.ends(rest)[0] > limit
    if rest and len(made) < limit:
        assert not made.endswith("\u200d") or not unicodedata.category(rest[0]).startswith("M")
