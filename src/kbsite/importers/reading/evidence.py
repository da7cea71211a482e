"""What a whole export tells about a word in it: a person's name, a company's, or plain language.

Nothing here is decided for good; `speakers` weighs it.
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
_CAMEL = re.compile(r"[^\W\d_]*[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_SURNAME_CAMEL = re.compile(
    r"(?:Mc|Mac|De|Di|Du|La|Le|Van|von|van|Fitz|O|D|Al|El|Ben|Ibn)['’]?[A-Z]"
)
_DOMAIN = re.compile(
    r"\.(?:io|com|org|net|dev|ai|cloud|tech|co|app|sh|run|de|eu|ch|fr|nl|uk)\b", re.IGNORECASE
)
_NICKNAME = re.compile(r"[\"“”'(][^\"“”()]{1,24}[\"“”')]")
_HONORIFICS = {"dr", "prof", "mr", "mrs", "ms"}
# Scripts without capitals: Chinese, Japanese, Korean.
_CASELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·\s]+")
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.?\Z")


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

    def note_person(self, name: str) -> None:
        words = slugs.fold(name).split()
        self.people[" ".join(words)] += 1
        if len(words) > 1:
            self.given[words[0]] += 1
            self.family[words[-1]] += 1

    def note_company(self, name: str) -> None:
        self.companies[slugs.fold(name)] += 1

    # How much a piece of text looks like each; 0 is undecided, 3 is nearly sure.

    def name(self, text: str) -> float:
        """How much `text` looks like the name of a person."""
        folded = slugs.fold(text)
        score = 0.0
        if self.people[folded]:
            score += min(3.0, 2.0 + self.people[folded] / 2)
        if self.companies[folded]:
            score -= min(4.0, 2.0 + self.companies[folded] / 2)
        bare = _NICKNAME.sub(" ", text).strip()
        words = bare.split()
        if _CASELESS.fullmatch(bare):
            return score + (0.5 if 2 <= len(bare) <= 6 else -2)
        if not words or any(c.isdigit() for c in bare) or _DOMAIN.search(bare):
            return score - 5
        if re.search(r"[@|:!?#*=<>/+]|\.\.\.|…", bare):
            return score - 4
        if slugs.fold(words[0]).strip(".") in _HONORIFICS and len(words) > 2:
            words = words[1:]
        solid = [
            w
            for w in words
            if w.lower().strip(".'’") not in self.tables.particles or w[0].isupper()
        ]
        if not solid or (not solid[0][0].isupper() and solid[0] == words[0] and len(words) < 2):
            return score - 3
        if not bare.isascii():  # companies are mostly written without accents
            score += 0.5
        score += {1: -1.5, 2: 1.5, 3: 1.2, 4: 0.4}.get(len(words), -2.0)
        common = 0
        for at, word in enumerate(solid):
            plain = word.strip(".,'’")
            key = slugs.fold(plain)
            if not word[0].isalpha():
                score -= 2
            elif word[0].islower() and not _CAMEL.match(word):
                score -= 2.0
            elif len(plain) > 2 and plain.isupper():
                score -= 1.0 if at and at == len(solid) - 1 and len(plain) > 4 else 2.0
            elif len(plain) == 2 and plain.isupper() and not self.given[key]:
                score -= 1.5 if at else 0.9
            elif _CAMEL.match(plain) and not _SURNAME_CAMEL.match(plain) and "-" not in plain:
                score -= 1.2 if at else 1.8
            if key in self.tables.role_words:
                score -= 2.5
            elif key in self.tables.company_words:
                score -= 1.5
            known = self.given if at == 0 else self.family
            if known[key]:
                score += min(1.6, 0.8 + 0.4 * known[key])
            elif (self.given if at else self.family)[key]:
                score += 0.5
            elif self.plain[key] > 1 and not _INITIAL.match(word):
                common += 1
        if words[0].lower() == "the":
            score -= 3
        score -= 1.3 * common if common == len(solid) else 0.8 * common
        return score

    def company(self, text: str) -> float:
        """How much `text` looks like a company, or whatever people belong to."""
        folded = slugs.fold(text)
        score = 0.3
        if self.companies[folded]:
            score += min(3.5, 1.5 + self.companies[folded] / 2)
        if self.people[folded]:
            score -= 3
        words = [word.strip(".,") for word in text.split()]
        keys = [slugs.fold(word) for word in words]
        several = bool({"and", "&"} & set(keys)) and not self.companies[folded]
        if several:  # half of them are the second half of a role
            score -= 1.0
        elif any(key in self.tables.company_words for key in keys):
            score += 1.5
        if len(words) == 1:
            score += 1.2
        if words[0].islower() or keys[0] in ("a", "an"):
            score -= 1.5
        if any(w.isupper() and len(w) > 1 for w in words):
            score += 1.0
        if (
            any(_CAMEL.match(w) for w in words)
            or any(c.isdigit() for c in text)
            or _DOMAIN.search(text)
        ):
            score += 1.0
        if all(self.plain[key] > 1 or key.isdigit() for key in keys):
            score -= 1.5
        if {"at", "@", "of", "by", "for", "the"} & set(keys):
            score += 1.0
        if any(
            key in self.tables.role_words and key not in self.tables.company_words for key in keys
        ):
            score -= 2.5
        return score

    def role(self, text: str) -> float:
        """How much `text` looks like what somebody does."""
        if self.companies[slugs.fold(text)] > 1:
            return -2.0
        words = [word.strip(".,()") for word in re.split(r"[\s/]+", text) if word]
        keys = [slugs.fold(word) for word in words]
        hits = sum(key in self.tables.role_words for key in keys)
        if not hits:
            return -3.0
        score = 0.5 + min(2.0, hits)
        if keys[-1] in self.tables.role_words or keys[0] in self.tables.role_words:
            score += 0.8
        if keys[-1] in self.tables.company_words and keys[-1] not in self.tables.role_words:
            score -= 2
        if any(key.startswith(("universit", "universid", "institut")) for key in keys[:3]):
            score -= 2
        return score
