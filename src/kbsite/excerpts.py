"""The beginnings of texts in any script: what everything uses that cuts a text to a limit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

STOPS = " ,;:.，、；：。．"  # noqa: RUF001  # what no ellipsis follows
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"


def ends(text: str) -> Sequence[int]:
    r"""Where a text may be cut: after each letter with its accents, each syllable, each emoji.

    >>> list(ends("Zoe")), list(ends("Zoe\u0308!"))
    ([1, 2, 3], [1, 2, 4, 5])
    """
    if text.isascii():
        return range(1, len(text) + 1)
    import regex  # noqa: PLC0415  # it takes a while, and few texts are cut

    return [match.end() for match in regex.finditer(r"\X", text)]


def fitting(text: str, fits: Callable[[str], bool]) -> str:
    """A text, or its longest beginning that fits with an ellipsis; `fits` measures.

    >>> fitting("Zoe Kern", lambda text: len(text) <= 5)
    'Zoe…'
    """
    if fits(text):
        return text
    cut = (text[:end].rstrip() + "…" for end in reversed(ends(text)))
    return next(filter(fits, cut), "…")


def beginning(text: str, limit: int) -> str:
    r"""As many of the first characters as fit, with nothing parted that is read as one.

    >>> beginning("Zoe\u0308", 3), beginning("Zoe", 3)
    ('Zo', 'Zoe')
    """
    cuts = ends(text[: limit + 1])
    fitting = bisect_right(cuts, limit)
    return text[: cuts[fitting - 1] if fitting else limit]


def excerpt(text: str, limit: int) -> str:
    """A text of one line, or its first words and an ellipsis, in at most `limit` characters.

    It ends within a word where less than half would be left without it, as of an address.

    >>> excerpt("How kernels are seen, by people", 24), excerpt("内核如何被人们看见和理解", 7)
    ('How kernels are seen …', '内核如何被人…')
    """
    if len(text) <= limit:
        return text
    kept = beginning(text, limit - 1)
    words = _whole_words(kept).rstrip(STOPS)
    if len(words) < limit // 2:
        words = kept.rstrip(STOPS) or kept
    gap = " " if " " in kept[len(words) :] else ""
    return f"{words}{gap}…"


def _whole_words(text: str) -> str:
    """A text without the word at its end, which may be cut."""
    if text.isascii():
        return text.rpartition(" ")[0]
    import regex  # noqa: PLC0415  # likewise

    return regex.sub(rf"[^\s{_UNSPACED}]+$", "", text)


def in_short(value: Any, limit: int = 60) -> str:
    """A value of a record on one line, in at most `limit` characters.

    >>> in_short(None), in_short("Hall 1"), in_short([{"name": "Ada"}])
    ('nothing', "'Hall 1'", '[{name: Ada}]')
    """
    if value is None:
        return "nothing"
    text = repr(value) if isinstance(value, str) else _inline(value)
    return text if len(text) <= limit else f"{beginning(text, limit - 1)}…"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return str(value)
