"""Languages and countries, by the names and codes that the Unicode CLDR has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from kbsite import slugs
from kbsite.meant.meaning import NOTHING, Meaning

# In whose languages a name of a language or a country is looked for, beside English.
_TONGUES = ("de", "fr", "es", "it", "nl", "pt", "pl", "cs", "ja", "zh", "ko", "uk", "ru", "da")
_OTHER_COUNTRIES = {
    "america": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US",
    "u.k.": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "holland": "NL", "czech republic": "CZ",
    "turkey": "TR", "korea": "KR", "republic of korea": "KR", "uae": "AE", "emirates": "AE",
    "viet nam": "VN", "ivory coast": "CI", "hong kong": "HK", "macau": "MO", "burma": "MM",
    "russian federation": "RU", "republic of ireland": "IE", "brasil": "BR",
}  # fmt: skip
_FLAGS = {chr(0x1F1E6 + at): letter for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_BETWEEN = re.compile(r"\s*[,/;&+|]\s*|\s+(?:and|und|et|y|e|or)\s+")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def is_language(text: str) -> bool:
    """Whether a text is languages by their codes or English names, with commas between.

    >>> is_language("en"), is_language("pt-BR"), is_language("German, tok"), is_language("xx")
    (True, True, True, False)
    """
    return all(_known_language(word) for word in text.split(","))


def language(text: str) -> Meaning:
    """The code of a language that a text may name in some language, or with a slip.

    >>> language("Englisch"), language("deu").values, language("JP").values
    (Meaning(values=('en',), certain=True), ('de',), ('ja',))
    """
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    if len(words) > 1:
        each = [
            Meaning.of(word) if _known_language(word) else language(word) for word in words[:10]
        ]
        if not all(meaning.values for meaning in each) or len(words) > len(each):
            return NOTHING
        first = ", ".join(str(meaning.values[0]) for meaning in each)
        return Meaning((first,), all(meaning.certain for meaning in each))
    folded = slugs.fold(text)
    if alias := get_global("language_aliases").get(folded):
        return Meaning.of(alias)
    named = {
        code
        for tongue in _TONGUES
        for code, name in Locale(tongue).languages.items()
        if slugs.fold(name) == folded and code in languages()
    }
    if named:
        return Meaning.of(*sorted(named))
    near = [_language_names()[name] for name in slugs.nearest(text, _language_names())]
    spoken = get_official_languages(text.upper()) if len(text) == 2 else ()
    return Meaning.perhaps(*spoken[:3], *(near if len(text) > 3 else ()))


def is_country(text: str) -> bool:
    """Whether a text is the two letters of a country, or its name in English.

    >>> is_country("NL"), is_country("Netherlands"), is_country("NLD"), is_country("Holand")
    (True, True, False, False)
    """
    return bool(country_code(text))


def country_code(text: str) -> str:
    """The two letters of a country that is written rightly; empty for any other text.

    >>> country_code("Netherlands"), country_code("NL"), country_code("Holand")
    ('NL', 'NL', '')
    """
    return text if text in countries() else _country_names().get(slugs.fold(text), "")


def country(text: str) -> Meaning:
    """The two letters of a country that a text may name.

    >>> country("NLD").values, country("nl"), country("Holand").values
    (('NL',), Meaning(values=('NL',), certain=True), ('NL', 'PL', 'TH'))
    """
    folded = slugs.fold(text).removeprefix("the ")
    upper = "".join(_FLAGS.get(sign, sign) for sign in text.strip()).upper()
    if upper in countries():
        return Meaning.of(upper)
    aliases = get_global("territory_aliases").get(upper, ())
    if len(aliases) == 1:
        return Meaning.of(*aliases)
    if code := _OTHER_COUNTRIES.get(folded) or _country_names().get(folded):
        return Meaning.of(code)
    named = {
        code
        for tongue in _TONGUES
        for code, name in Locale(tongue).territories.items()
        if slugs.fold(name) == folded and code in countries()
    }
    if named:
        return Meaning.of(*sorted(named))
    names = _country_names() | _OTHER_COUNTRIES
    return Meaning.perhaps(*(names[name] for name in slugs.nearest(text, names)))


def _known_language(word: str) -> bool:
    bare = word.strip()
    return bare.replace("_", "-").partition("-")[0].lower() in languages() or (
        slugs.fold(bare) in _language_names()
    )


@cache
def languages() -> dict[str, str]:
    """What English calls each language, by its code."""
    return dict(Locale("en").languages)


@cache
def _language_names() -> dict[str, str]:
    return {slugs.fold(name): code for code, name in languages().items()}


@cache
def countries() -> dict[str, str]:
    """What English calls each country, by its two letters."""
    return dict(_two_letters())


def _two_letters() -> Iterator[tuple[str, str]]:
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code not in _NO_COUNTRIES:
            yield code, name


@cache
def _country_names() -> dict[str, str]:
    return {slugs.fold(name): code for code, name in countries().items()}
