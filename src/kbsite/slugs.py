"""Names to ids, ids to URLs.

An id is lower-case ASCII words joined by single hyphens; only what passed `is_id` may become part
of a path or a URL.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import count

from anyascii import anyascii

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID_LIMIT = 80

_ID = re.compile(ID_PATTERN + r"\Z")
_NOT_ID = re.compile(r"[^a-z0-9]+")
# The signs by which C++, C#, Disney+ and .NET are not C, Disney and Net
_SIGNS = re.compile(r"(?<=\w)[+#]+(?!\w)|(?<![\w.])\.(?=\w)")
_WORD = re.compile(r"\w+")
_NOT_LETTERS = re.compile(r"[^A-Za-z0-9]")
# Letters that look like Latin ones: Cyrillic, then Greek
_LOOK_LATIN = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406"
    "\u0408\u0405\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd",
    "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXov",
)
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC")


def is_id(text: str) -> bool:
    """Whether `text` may serve as an id as it stands.

    >>> is_id("kubecon-eu-2026"), is_id("KubeCon"), is_id("../x"), is_id("a--b")
    (True, False, False, False)
    """
    return len(text) <= ID_LIMIT and _ID.match(text) is not None


def is_session_id(text: str) -> bool:
    """Whether `text` has the form of a session's id, "<event>/<stem>"."""
    event, slash, stem = text.partition("/")
    return bool(slash) and is_id(event) and is_id(stem)


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """The id that a name gives, transliterated; empty when the name holds no letter or digit.

    >>> slug("Robert Pająk"), slug("Зоя Петрова"), slug("C++ & Rust"), slug("!")
    ('robert-pajak', 'zoya-petrova', 'c-rust', '')
    """
    words = _NOT_ID.sub("-", anyascii(unicodedata.normalize("NFKC", name)).lower()).strip("-")
    if len(words) <= ID_LIMIT:
        return words
    return words[: ID_LIMIT + 1].rpartition("-")[0] or words[:ID_LIMIT]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which texts are searched and sorted: case, accents and spacing gone.

    >>> fold("Zo\\u00eb\\u00a0 Kern") == fold("zoe KERN")
    True
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The form in which all spellings of one name are equal, and no others: who is the same.

    Case, accents, spacing and punctuation make no other name, nor do Latin letters in the place of
    Greek or Cyrillic ones. A character of another script does, however it is romanised, for many
    share one romanisation; so do the signs of C++ and .NET, and letters among Latin ones that only
    look like them. Names of one key have one slug, while
    those of one slug may have several keys.

    >>> name_key("O\u2019Neill, Zoë  B.") == name_key("o'neill zoe b")
    True
    >>> name_key("张伟") == name_key("章薇"), name_key("C") == name_key("C++")
    (False, False)
    """
    text = unicodedata.normalize("NFKC", name)
    if (alike := in_one_script(text)) == text:
        letters: Iterable[str] = map(_letter, text)
    else:
        pairs = zip(text, alike, strict=True)
        letters = (_letter(one) if one == latin else one for one, latin in pairs)
    words = "".join(letters).casefold().split()
    return " ".join([*words, *_SIGNS.findall(text)]) or fold(name)


def in_one_script(name: str) -> str:
    """A name with Latin letters where others look like them in the middle of Latin words.

    >>> in_one_script("\u0410da Ex\u0430mple"), in_one_script("\u0410\u043d\u043d\u0430 Lee")
    ('Ada Example', 'Анна Lee')
    """
    return name if name.isascii() else _WORD.sub(_in_latin, name)


def _in_latin(word: re.Match[str]) -> str:
    latin = word[0].translate(_LOOK_LATIN)
    begun = any(each.isascii() and each.isalpha() for each in word[0])
    return latin if begun and all(map(_is_latin, latin)) else word[0]


def _is_latin(character: str) -> bool:
    return not character.isalpha() or unicodedata.name(character, "").startswith("LATIN")


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """A character as `name_key` has it: romanised, as it is, gone, or a space between words."""
    kind, name = unicodedata.category(character), unicodedata.name(character, "")
    romanised = anyascii(character)
    if name.startswith(_ALPHABETS):
        return _NOT_LETTERS.sub(" ", romanised)
    if slug(romanised) or (kind in ("Lo", "Mn", "Mc") and not name.startswith("COMBINING")):
        return character
    return " " if romanised else ""


def spell_out(name: str) -> str:
    """A slug that says the signs which a slug leaves out.

    >>> spell_out("C++"), spell_out("C#"), spell_out(".NET")
    ('c-plus-plus', 'c-sharp', 'dot-net')
    """
    spelled = {"+": " plus", "#": " sharp", ".": "dot "}
    return slug(_SIGNS.sub(lambda found: "".join(spelled[sign] for sign in found[0]), name))


def numbered(id: str) -> Iterator[str]:
    """`id`, then `id`-2, `id`-3 and so on without end, none longer than an id may be.

    >>> ids = numbered("talk")
    >>> next(ids), next(ids), next(ids)
    ('talk', 'talk-2', 'talk-3')
    """
    yield id
    for number in count(2):
        ending = f"-{number}"
        yield id[: ID_LIMIT - len(ending)].rstrip("-") + ending


def nearest(word: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """The known words that `word` was probably meant to be, best first."""
    return _vocabulary(frozenset(known)).nearest(word, count=count)


@lru_cache(maxsize=16)
def _vocabulary(known: frozenset[str]) -> Vocabulary:
    """One for all mistakes among the same words: a file may have thousands."""
    return Vocabulary(known)


class Vocabulary:
    """Known words, prepared so that guessing among thousands of them is quick."""

    COMPARED = 25  # how many words that share the most letters with it one is compared with
    REMEMBERED = 50_000  # guesses

    def __init__(self, known: Iterable[str]) -> None:
        self._names = {fold(name): name for name in sorted(known)}
        self._guessed: dict[tuple[str, int], list[str]] = {}
        self._holders: dict[str, list[str]] = {}
        if len(self._names) > self.COMPARED:
            for folded in self._names:
                for piece in _pieces(folded):
                    self._holders.setdefault(piece, []).append(folded)

    def nearest(self, word: str, *, count: int = 3) -> list[str]:
        """The known words that `word` was probably meant to be, best first."""
        folded = fold(word[:200])
        if (folded, count) not in self._guessed:  # one slip is often made many times
            if len(self._guessed) >= self.REMEMBERED:
                self._guessed.clear()
            self._guessed[folded, count] = self._guess(folded, count)
        return self._guessed[folded, count]

    def _guess(self, folded: str, count: int) -> list[str]:
        candidates = self._candidates(folded)
        close = get_close_matches(folded, candidates, n=count, cutoff=0.6)
        begins = [c for c in candidates if folded and c.startswith(folded) and c not in close]
        return [self._names[c] for c in (close + begins)[:count]]

    def _candidates(self, folded: str) -> list[str]:
        if not self._holders:
            return list(self._names)
        # Pieces that most words have say little and cost the most.
        common = max(self.COMPARED, len(self._names) // 10)
        shared: Counter[str] = Counter()
        for piece in _pieces(folded):
            holders = self._holders.get(piece, ())
            if len(holders) <= common:
                shared.update(holders)
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[: self.COMPARED]
        return [name for name, _ in best]


def _pieces(folded: str) -> set[str]:
    """Every three letters in a row, with a mark for the word's beginning and end."""
    marked = f"^{folded}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}
