"""What a whole export tells about a word in it: a person's name, a company's, or plain language.

Nothing here is decided for good; `likeness` weighs it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kbsite import slugs
from kbsite.importers.reading.tables import Tables

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", re.UNICODE)
_LOWER = re.compile(r"(?<![\w-])[a-zß-öø-ÿ]{3,}(?![\w-])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Names that the knowledge base already has, which help to read those of a source."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass
class Evidence:
    """Counts over one export, and the names that are known from elsewhere.

    `people` and `companies` count folded names that stood where nothing else can stand; `given` and
    `family` the first and last words of such people; `plain` words that are plain language.
    """

    tables: Tables
    people: Counter[str] = field(default_factory=Counter)
    companies: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    family: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.companies.update(self.tables.companies)
        self.given.update(self.tables.given_names)
        self.plain.update(dict.fromkeys(self.tables.plain_words, 2))

    def note_language(self, texts: Iterable[str]) -> None:
        """Words written in lower case in prose, once for each text."""
        for text in texts:
            self.plain.update(set(_LOWER.findall(text)))

    def note_title(self, head: str) -> None:
        """Words of a title, in which names of people are rare."""
        self.plain.update({slugs.fold(word) for word in _WORD.findall(head) if len(word) > 2})

    def note_known(self, known: Known) -> None:
        for name in known.people:
            self.note_person(name)
        for name in known.companies:
            self.note_company(name)

    def note_person(self, name: str) -> None:
        words = slugs.fold(name).split()
        self.people[" ".join(words)] += 1
        if len(words) > 1:
            self.given[words[0]] += 1
            self.family[words[-1]] += 1

    def note_company(self, name: str) -> None:
        self.companies[slugs.fold(name)] += 1
