"""How words are spelled for the search index: as `plain` and `words` of `finding.js` ask for them.

Pagefind finds words between spaces, whatever their accents. What it does not find by itself is
added to a document in another spelling: letters that no accent is taken from, a word behind an
article that has lost its vowel, and words of scripts that write none between spaces. Of the last,
every two neighbours are a word, in the index and in what is looked for, which needs no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# Latin letters that are no letter with an accent
_LETTERS = str.maketrans(
    dict(zip("łøđ\u0131æœßþð", ("l", "o", "d", "i", "ae", "oe", "ss", "th", "d"), strict=True))
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
# Thai, Lao, Burmese, Khmer; kana, Chinese characters and Hangul
_RUN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_ELIDED = re.compile(r"\b[^\W\d_]{1,3}['’]([^\W\d_]{3,})")
_WORD = re.compile(r"[\w'’]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A text without case and accents.

    >>> plain("Łatwe Ökø, Æther"), plain("쿠버네티스 ガイド การ")
    ('latwe oko, aether', '쿠버네티스 ガイド การ')
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def more(text: str) -> str:
    """Other spellings of words in a text, by which they are found too; mostly there are none.

    >>> more("Łukasz said: don't ask l'observabilité for 云原生")
    'lukasz observabilite 云原 原生'
    """
    if text.isascii() and "'" not in text:
        return ""
    out: dict[str, None] = {}
    for word in _WORD.findall(text):
        if not (word.isascii() or _RUN.search(word) or _ELIDED.match(word)):
            out[plain(word)] = None
    for word in _ELIDED.findall(text):
        out[plain(word)] = None
    for run in _RUN.findall(plain(text)):
        out.update(dict.fromkeys(map("".join, pairwise(run))))
    return " ".join(out)
