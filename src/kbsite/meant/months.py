"""Names of months and of days of the week, in the languages that people write their dates in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from babel import Locale

from kbsite import slugs

TONGUES = ("de", "fr", "es", "it", "nl", "pt", "pl", "cs", "uk", "ru", "da", "nb", "sv", "fi", "tr")
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = re.compile(r"(?P<word>[^\W\d_]+)[.,]?,? +")
_EAST = re.compile(  # as Chinese, Japanese and Korean have a day
    r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일号]"
    r"(?: ?\([^()]{1,4}\)| ?\w曜日?)?"
)


def months(word: str) -> tuple[int, ...]:
    """The numbers of the months that a word names, in full, cut short or in another language.

    >>> months("apr"), months("kwietnia"), months("März"), months("ma"), months("hall")
    ((4,), (4,), (3,), (), ())
    """
    folded = slugs.fold(word).rstrip(".")
    begun = [at for at, name in enumerate(_ENGLISH, 1) if name.startswith(folded)]
    if len(folded) > 2 and len(begun) == 1:
        return tuple(begun)
    return (9,) if folded == "sept" else tuple(sorted(_named("months").get(folded, ())))


def without_weekday(text: str) -> str:
    """A text without the day of the week that it begins with.

    >>> without_weekday("dienstag, 1. april"), without_weekday("april 1")
    ('1. april', 'april 1')
    """
    found = _WEEKDAY.match(text)
    if found is None:
        return text
    folded = slugs.fold(found["word"])
    english = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    known = folded[:3] in english and len(folded) < 10 and not months(folded)
    return text[found.end() :] if known or folded in _named("days") else text


def in_digits(text: str) -> str:
    """A text with the day that it begins with in digits and hyphens, if it has that as in the East.

    >>> in_digits("2031年4月1日 10:15"), in_digits("april 1")
    ('2031-04-01 10:15', 'april 1')
    """
    found = _EAST.match(text)
    if found is None:
        return text
    year, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}{text[found.end() :]}"


@cache
def _named(what: str) -> dict[str, set[int]]:
    """The numbers of months, or of days, by their names in all of the languages."""
    found: dict[str, set[int]] = {}
    for tongue in TONGUES:
        forms: Any = getattr(Locale(tongue), what)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[form][width].items():
                    folded = slugs.fold(name).rstrip(".")
                    if len(folded) > 1 and not folded.isdecimal():
                        found.setdefault(folded, set()).add(number)
    return found
