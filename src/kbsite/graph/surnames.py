"""By what people are listed: family name, then given names.

A name says by itself which of its words are the family's only so far. The rule is one for all, and
whoever is listed wrongly by it has a page that says `sort`.
"""

from __future__ import annotations

import re
import unicodedata

PARTICLES = frozenset({
    "af", "al", "av", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do",
    "dos", "du", "el", "ibn", "la", "las", "le", "los", "st", "ten", "ter", "tho", "thoe", "van",
    "vom", "von", "zu", "zum", "zur", "'t", "\u2019t",
})  # fmt: skip
_SUFFIX = re.compile(
    r"(?:,?\s+(?:jr|sr|junior|senior|i{2,3}|iv|esq|ph\.?\s?d|m\.?d|mba|m\.?sc|b\.?sc)\.?)+\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|[\"“”][^\"“”]*[\"“”]")  # noqa: RUF001
_EAST_ASIAN = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")


def listed(name: str) -> str:
    """A name as lists of people have it: its last word, particles before that, then the rest.

    What is set apart in brackets or quotation marks, academic degrees and "Jr." are no names. One
    in Chinese, Japanese or Korean script begins with the family's and stays as it is, and so do one
    with a comma and one of a single word.

    >>> listed("Ann van der Berg"), listed("Bo Example Jr."), listed("Zoë (Zo) de Groot, PhD")
    ('van der Berg, Ann', 'Example, Bo', 'de Groot, Zoë')
    >>> listed("张伟"), listed("Plato"), listed("Example, Ann"), listed("De Niro")
    ('张伟', 'Plato', 'Example, Ann', 'Niro, De')
    """
    bare = _SUFFIX.sub("", " ".join(_ASIDE.sub(" ", name).split()))
    words = bare.split()
    if len(words) < 2 or "," in bare or any(_is_east_asian(each) for each in bare):
        return bare or name
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold().rstrip(".") in PARTICLES:
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def _is_east_asian(character: str) -> bool:
    return not character.isascii() and unicodedata.name(character, "").startswith(_EAST_ASIAN)
