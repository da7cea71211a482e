"""Phrases that stand in a text as whole words, found in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from kbsite import slugs

T_co = TypeVar("T_co", covariant=True)

# Signs make a word of C++ and .NET; where words are not spaced, each character is one.
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?<![\w.])\.)?[^\W{_UNSPACED}]+(?:[+#]+(?!\w))?")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T_co]):
    """Words, and what they mean.

    One `as_written` has capitals where its words begin with them; any other has any case. Accents,
    spaces and punctuation make no difference.
    """

    text: str
    means: T_co
    as_written: bool = False


class Found(NamedTuple, Generic[T_co]):
    """A phrase in a text: its first word, and the one after its last, by their places."""

    begin: int
    end: int
    means: T_co

    def inside(self, other: Found[object]) -> bool:
        """Whether the other has all words of this one, and more."""
        own, others = self[:2], other[:2]
        return own != others and others[0] <= own[0] and own[1] <= others[1]


class Phrases(Generic[T_co]):
    """Phrases, prepared so that a text costs as much as it has words, however many there are.

    >>> phrases = Phrases([Phrase("eBPF", 1), Phrase("Flux", 2, as_written=True)])
    >>> [found.means for found in phrases.found("EBPF-based, in flux; bpf")]
    [1]
    """

    def __init__(self, phrases: Iterable[Phrase[T_co]]) -> None:
        by_first: dict[str, list[tuple[list[str], list[bool], Phrase[T_co]]]] = {}
        for phrase in phrases:
            words = _WORD.findall(phrase.text)
            if words:
                capitals = [phrase.as_written and word[0].isupper() for word in words]
                folded = [slugs.fold(word) for word in words]
                by_first.setdefault(folded[0], []).append((folded, capitals, phrase))
        self._by_first: Mapping[str, list[tuple[list[str], list[bool], Phrase[T_co]]]] = by_first

    def found(self, text: str) -> Iterator[Found[T_co]]:
        """Every phrase that stands in the text, wherever it does, in the order of the text."""
        words = _WORD.findall(text)
        folded = [slugs.fold(word) for word in words]
        for begin, first in enumerate(folded):
            if first not in self._by_first:  # as most are
                continue
            for wanted, capitals, phrase in self._by_first[first]:
                end = begin + len(wanted)
                if folded[begin:end] == wanted and (
                    not phrase.as_written or _has(words[begin:end], capitals)
                ):
                    yield Found(begin, end, phrase.means)


def _has(words: Iterable[str], capitals: Iterable[bool]) -> bool:
    """Whether words begin with capitals where they should."""
    return all(word[0].isupper() for word, wanted in zip(words, capitals, strict=True) if wanted)
