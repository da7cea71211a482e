"""How much a piece of text looks like a person's name, a company or a role.

Each is a table of what may be seen in the text, what that weighs and why; 0 is undecided, 3 is
nearly sure. The weights are fitted to real schedules: `tests/cases/sched-titles.case` holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeAlias, TypeVar

from kbsite import slugs
from kbsite.importers.reading.evidence import Evidence

S = TypeVar("S")

_CAMEL = re.compile(r"[^\W\d_]*[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_SURNAME_CAMEL = re.compile(
    r"(?:Mc|Mac|De|Di|Du|La|Le|Van|von|van|Fitz|O|D|Al|El|Ben|Ibn)['’]?[A-Z]"
)
_DOMAIN = re.compile(
    r"\.(?:io|com|org|net|dev|ai|cloud|tech|co|app|sh|run|de|eu|ch|fr|nl|uk)\b", re.IGNORECASE
)
_NICKNAME = re.compile(r"[\"“”'(][^\"“”()]{1,24}[\"“”')]")
_SIGN = re.compile(r"[@|:!?#*=<>/+]|\.\.\.|…")
_HONORIFICS = {"dr", "prof", "mr", "mrs", "ms"}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
# Scripts without capitals: Chinese, Japanese, Korean.
_CASELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·\s]+")
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.?\Z")
_SCHOOL = ("universit", "universid", "institut")
_LITTLE = {"at", "@", "of", "by", "for", "the"}


@dataclass(frozen=True, slots=True)
class Row(Generic[S]):
    """What may be seen, and how often; it weighs `weight`, and `each` more for every time.

    Beyond `most`, in either direction, more of it adds nothing.
    """

    weight: float
    why: str
    seen: Callable[[S], int]
    each: float = 0.0
    most: float = inf

    def worth(self, times: int) -> float:
        return max(-self.most, min(self.most, self.weight + self.each * times))


# One row after another; of those that stand in brackets the first that is seen is the only one.
Table: TypeAlias = tuple[tuple[Row[S], ...] | Row[S], ...]
Reason: TypeAlias = tuple[float, str]


def _reasons(table: Table[S], subject: S) -> Iterator[Reason]:
    """The weight of each row of which something is seen, and why it has that."""
    for rows in table:
        for row in (rows,) if isinstance(rows, Row) else rows:
            if times := row.seen(subject):
                yield row.worth(times), row.why
                break


def _sum(reasons: Iterable[Reason]) -> float:
    total = 0.0
    for weight, _ in reasons:  # one by one, as the sum of floats differs between Pythons
        total += weight
    return total


class _Text:
    """A piece of text beside what the whole export tells of it."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        self.text, self.evidence = text, evidence
        folded = slugs.fold(text)
        self.people, self.companies = evidence.people[folded], evidence.companies[folded]
        self.is_place = folded in evidence.tables.places


# A person's name


class _Name(_Text):
    """`words` are without "Dr.", "III" and the like, `solid` also without "von" and the like."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        super().__init__(text, evidence)
        particles = evidence.tables.particles
        self.bare = _NICKNAME.sub(" ", text).strip()
        words = self.bare.split()
        titled = len(words) > 2 and slugs.fold(words[0]).strip(".") in _HONORIFICS
        words = words[1:] if titled else words
        ends = len(words) > 2 and slugs.fold(words[-1]).replace(".", "") in _SUFFIXES
        self.words = words[:-1] if ends else words
        solid = [w for w in self.words if w[0].isupper() or w.lower().strip(".'’") not in particles]
        self.solid = [_Word(w, at, len(solid) - 1, evidence) for at, w in enumerate(solid)]
        self.common: int = sum(word.is_common for word in self.solid)


class _Word:
    """One of the words of a name; `as_here` counts the people who have it where it stands.

    The first is a given name, the others are surnames; `as_elsewhere` counts those who have it as
    the other.
    """

    def __init__(self, text: str, at: int, last: int, evidence: Evidence) -> None:
        self.text, self.plain = text, text.strip(".,'’")
        self.key = key = slugs.fold(self.plain)
        self.is_later, self.is_last = at > 0, at == last > 0
        self.tables = evidence.tables
        given, family = evidence.given[key], evidence.family[key]
        self.as_here, self.as_elsewhere = (family, given) if at else (given, family)
        known = given or family or _INITIAL.match(text)
        self.is_common: bool = not known and evidence.plain[key] > 1
        initials = "." in self.plain and _INITIAL.match(text)
        self.is_acronym = len(self.plain) > 2 and self.plain.isupper() and not initials
        self.is_of_two = len(self.plain) == 2 and self.plain.isupper() and not given
        camel = _CAMEL.match(self.plain) and not _SURNAME_CAMEL.match(self.plain)
        self.is_brand = bool(camel) and "-" not in self.plain


KNOWN: Table[_Text] = (
    Row(2.0, "people are called so", lambda text: text.people, each=0.5, most=3.0),
    Row(-2.0, "a company is called so", lambda text: text.companies, each=-0.5, most=4.0),
)
NO_NAME: Table[_Name] = (  # or one of which no more can be seen
    (
        Row(0.5, "names without capitals are as long",
            lambda name: 2 <= len(name.bare) <= 6 and _CASELESS.fullmatch(name.bare) is not None),
        Row(-2.0, "names without capitals have 2 to 6 signs",
            lambda name: _CASELESS.fullmatch(name.bare) is not None),
        Row(-5.0, "nothing is left of it", lambda name: not name.words),
        Row(-5.0, "names have no digits", lambda name: any(c.isdigit() for c in name.bare)),
        Row(-5.0, "names are no domains", lambda name: _DOMAIN.search(name.bare) is not None),
        Row(-4.0, "places are no people", lambda name: name.is_place),
        Row(-4.0, "names have no such signs", lambda name: _SIGN.search(name.bare) is not None),
        Row(-3.0, "particles alone are no name", lambda name: not name.solid),
        Row(-3.0, "a word in lower case is no name",
            lambda name: len(name.words) == 1 and not name.words[0][0].isupper()),
    ),
)  # fmt: skip
SHAPE: Table[_Name] = (
    Row(0.5, "companies seldom have accents", lambda name: not name.bare.isascii()),
    (
        Row(-1.5, "few people go by one word", lambda name: len(name.words) == 1),
        Row(1.5, "most people go by two", lambda name: len(name.words) == 2),
        Row(1.2, "many go by three", lambda name: len(name.words) == 3),
        Row(0.4, "some go by four", lambda name: len(name.words) == 4),
        Row(-2.0, "hardly anybody goes by more", lambda _: True),
    ),
)
WORD: Table[_Word] = (
    (
        Row(-2.0, "names begin with letters", lambda word: not word.text[0].isalpha()),
        Row(-2.0, "names have capitals",
            lambda word: word.text[0].islower() and _CAMEL.match(word.text) is None),
        Row(-1.0, "some write surnames in capitals",
            lambda word: word.is_acronym and word.is_last and len(word.plain) > 4),
        Row(-2.0, "acronyms are of companies", lambda word: word.is_acronym),
        Row(-1.5, "two capitals are hardly a surname",
            lambda word: word.is_of_two and word.is_later),
        Row(-0.9, "two capitals may be initials", lambda word: word.is_of_two),
        Row(-1.2, "capitals inside are of brands", lambda word: word.is_brand and word.is_later),
        Row(-1.8, "few given names have them inside", lambda word: word.is_brand),
    ),
    (
        Row(-4.0, "only organisations end so",
            lambda word: word.is_last and word.key in word.tables.company_last),
        Row(-2.5, "roles are no names", lambda word: word.key in word.tables.role_words),
        Row(-1.5, "kinds of companies are no names",
            lambda word: word.key in word.tables.company_words),
    ),
    (
        Row(0.8, "others have it there", lambda word: word.as_here, each=0.4, most=1.6),
        Row(0.5, "others have it elsewhere", lambda word: word.as_elsewhere),
    ),
)  # fmt: skip
LANGUAGE: Table[_Name] = (
    Row(-3.0, "names have no article", lambda name: name.words[0].lower() == "the"),
    (
        Row(0.0, "plain words alone are no name",
            lambda name: name.common if name.common == len(name.solid) else 0, each=-1.3),
        Row(0.0, "plain words are seldom in names", lambda name: name.common, each=-0.8),
    ),
)  # fmt: skip


def name_reasons(text: str, evidence: Evidence) -> Iterator[Reason]:
    """All that speaks for `text` as the name of a person, and against it.

    >>> from kbsite.importers.reading.tables import tables
    >>> for weight, why in name_reasons("The Ada Group", Evidence(tables=tables())):
    ...     print(weight, why)
    1.2 many go by three
    0.5 others have it elsewhere
    -4.0 only organisations end so
    -3.0 names have no article
    -1.6 plain words are seldom in names
    """
    name = _Name(text, evidence)
    yield from _reasons(KNOWN, name)
    if nothing := list(_reasons(NO_NAME, name)):
        yield from nothing
        return
    yield from _reasons(SHAPE, name)
    for word in name.solid:
        yield from _reasons(WORD, word)
    yield from _reasons(LANGUAGE, name)


def has_known_given_name(text: str, evidence: Evidence) -> bool:
    """Whether `text` begins with a word that people are called by, beside whoever this is."""
    first = slugs.fold(text.split(maxsplit=1)[0]).strip(".,'’")
    return first in evidence.tables.given_names or evidence.given[first] > 1


def name(text: str, evidence: Evidence) -> float:
    """How much `text` looks like the name of a person."""
    return _sum(name_reasons(text, evidence))


# A company


class _Company(_Text):
    def __init__(self, text: str, evidence: Evidence) -> None:
        super().__init__(text, evidence)
        self.words = [word.strip(".,") for word in text.split()]
        self.keys = [slugs.fold(word) for word in self.words]
        self.ends_so = self.keys[-1] in evidence.tables.company_last


def _is_brand(text: _Company) -> bool:
    camel = any(_CAMEL.match(word) for word in text.words)
    return camel or any(c.isdigit() for c in text.text) or bool(_DOMAIN.search(text.text))


def _names_a_role(text: _Company) -> bool:
    tables = text.evidence.tables
    return not text.ends_so and any(
        key in tables.role_words and key not in tables.company_words for key in text.keys
    )


def _says_what_it_is(text: _Company) -> bool:
    """Whether it has a word of companies, and is not that plain word alone."""
    tables = text.evidence.tables
    alone = len(text.keys) == 1 and text.keys[0] in tables.plain_words
    return not alone and not tables.company_words.isdisjoint(text.keys)


def _could_be_a_name(text: _Company) -> bool:
    """Whether nothing in it is of companies, or of plain language."""
    evidence = text.evidence
    if text.companies or not 1 < len(text.words) < 4:
        return False
    return all(
        word.isalpha() and word[0].isupper() and not word.isupper()
        and key not in evidence.tables.company_words and evidence.plain[key] < 2
        for word, key in zip(text.words, text.keys, strict=True)
    )  # fmt: skip


COMPANY: Table[_Company] = (
    Row(0.3, "what is no person mostly is one", lambda _: True),
    Row(1.5, "a company is called so", lambda text: text.companies, each=0.5, most=3.5),
    Row(-3.0, "people are called so", lambda text: text.people),
    (
        Row(-1.0, "half of such pairs end a role",
            lambda text: not text.companies and not {"and", "&"}.isdisjoint(text.keys)),
        Row(1.5, "companies say what they are", _says_what_it_is),
    ),
    (
        Row(1.2, "many are one word", lambda text: len(text.words) == 1),
        Row(-1.0, "most of two words say what they are", _could_be_a_name),
    ),
    Row(-3.0, "places are no companies", lambda text: text.is_place and not text.companies),
    Row(-1.5, "descriptions begin so",
        lambda text: text.words[0].islower() or text.keys[0] in ("a", "an")),
    Row(1.0, "many are acronyms", lambda text: any(w.isupper() and len(w) > 1 for w in text.words)),
    Row(1.0, "brands are written so", _is_brand),
    Row(-1.5, "plain words are rather a phrase",
        lambda text: all(text.evidence.plain[k] > 1 or k.isdigit() for k in text.keys)),
    Row(1.0, "institutions are of or for something",
        lambda text: not _LITTLE.isdisjoint(text.keys)),
    Row(-2.5, "roles have these words", _names_a_role),
)  # fmt: skip


def company(text: str, evidence: Evidence) -> float:
    """How much `text` looks like a company, or whatever people belong to."""
    return _sum(_reasons(COMPANY, _Company(text, evidence)))


# A role


class _Role(_Text):
    """`hits` says of each word whether it is one of roles."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        super().__init__(text, evidence)
        words = (word.strip(".,()") for word in re.split(r"[\s/]+", text) if word)
        self.keys = [slugs.fold(word) for word in words]
        known = evidence.tables.role_words
        self.hits = [key in known or key.removesuffix("s") in known for key in self.keys]


NO_ROLE: Table[_Role] = (
    (
        Row(-2.0, "companies are called so", lambda text: text.companies > 1),
        Row(-3.0, "roles have words of their own", lambda text: not any(text.hits)),
    ),
)
ROLE: Table[_Role] = (
    Row(0.5, "these are words of roles", lambda text: sum(text.hits), each=1.0, most=2.5),
    Row(0.8, "roles begin or end with them", lambda text: text.hits[-1] or text.hits[0]),
    Row(-4.0, "only organisations end so",
        lambda text: _LITTLE.isdisjoint(text.keys)
        and text.keys[-1] in text.evidence.tables.company_last),
    Row(-2.0, "companies end so",
        lambda text: text.keys[-1] in text.evidence.tables.company_words and not text.hits[-1]),
    Row(-2.0, "schools are no roles",
        lambda text: any(key.startswith(_SCHOOL) for key in text.keys[:3])),
)  # fmt: skip


def role(text: str, evidence: Evidence) -> float:
    """How much `text` looks like what somebody does."""
    role = _Role(text, evidence)
    return _sum(_reasons(NO_ROLE, role)) or _sum(_reasons(ROLE, role))
