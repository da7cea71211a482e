"""What people write around names, and in their place: titles, degrees, parts, placeholders."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kbsite.meant.titles import EMOJI

_PART = re.compile(  # what somebody is at a session
    r"(?:moderat(?:or|ed by)|hosted by|host|speaker|presenter|panell?ist|facilitator|"
    r"(?:session )?chair|interviewer|keynote speaker)",
    re.IGNORECASE,
)
_MODERATES = re.compile(r"moderat|host|chair|facilitator", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:administrator|advocate|analyst|architect|c[efiostp]o|ciso|co-?founder|consultant|"
    r"designer|developer|devrel|director|editor|engineer|evangelist|fellow|founder|head|intern|"
    r"lead|maintainer|manager|officer|owner|president|principal|professor|researcher|scientist|"
    r"sre|student|vp)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:at|@)\s+|,\s*(?=[^\W\d])")
_PRONOUN = r"(?:she|he|they|her|hers|him|his|them|theirs|ze|hir|xe|xem|any|all)"
_PRONOUNS = re.compile(rf"{_PRONOUN}(?:\s*[/,]\s*\w+){{0,3}}\Z", re.IGNORECASE)

_BEFORE = re.compile(
    rf"(?:by\s+|[0-9]{{1,2}}[.)]\s+|[-•*]\s+|(?P<part>{_PART.pattern})\s*:\s*)",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|herr|frau|dipl)(?:\.-?(?:ing\.)?)?\s+)+"
    r"(?=\S+\s+\S)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:,?\s+(?:Ph\.?\s?D|M\.D|M\.?Sc|B\.?Sc|MBA|D\.?Phil|MPhil|MPH)\.?)+\Z", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"\s+<[^<>\s]+@[^<>\s]+>\Z|,?\s+et\s+al\.?\Z|,?\s+{_PRONOUN}(?:/\w+){{1,3}}\Z"
    rf"|\s*[*†‡¹²³]+\Z|(?:\s+|(?<=\w)){EMOJI.pattern}+\Z",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[^\W\d_]{3})[.:]\Z")
_END_IN_DOTS = re.compile(r"\b(?:jr|sr|esq|iii|inc|ltd|co|corp|st)\.\Z", re.IGNORECASE)

_NOBODY = re.compile(
    r"(?:t\.?b\.?[acd]\.?|to be (?:announced|confirmed|determined|decided)|n\.?/a\.?|none|unknown|"
    r"anonymous|speakers?|(?:the|our|your|first|last|full|speaker'?s?)[ -]?name|name|various|"
    r"(?:various|several|multiple|guest|invited|different) speakers?|panell?ists?|guests?|"
    r"moderators?|hosts?|someone|somebody|everyone|everybody|nobody|to ?do|x{2,})\Z",
    re.IGNORECASE,
)
_NO_COMPANY = re.compile(
    r"(?:t\.?b\.?[acd]\.?|n\.?/a\.?|n\.a\.|none|no(?:thing)?|nil|unknown|not (?:applicable|known)|"
    r"unaffiliated|unemployed|(?:the |your )?company(?: name)?|employer|organi[sz]ation|"
    r"to ?do|x{2,})\Z",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@[\w.-]+\Z")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_FORMER = re.compile(
    r"(?:ex-|(?:ex|former(?:ly)?|previously|prev\.)\s+(?:at\s+)?)(?=[A-Z])",
    re.IGNORECASE,
)
LONGEST = 120  # characters of a name in which anything is looked for
_SHOUTED = 6  # letters of a name in capitals alone that may be more than initials


class Odd(NamedTuple):
    """What stands in the place of a name: what it is, and whether it stands for nobody."""

    what: str
    nobody: bool = False


def without(name: str, *, listed: bool = False) -> tuple[str, dict[str, Any]]:
    """A person's name less what stands around it, and what that says; where a schedule has `listed`
    it so, a full stop stays.

    >>> without("Moderator: Ada Example \\U0001f680"), without("Al Madeup Jr.")
    (('Ada Example', {'moderator': True}), ('Al Madeup Jr.', {}))
    """
    more: dict[str, Any] = {}
    if len(name) > LONGEST:
        return name, more
    while True:
        bare = name
        if found := _BEFORE.match(bare):
            bare = bare[found.end() :]
            if found["part"]:
                more |= part(found["part"])
        if not listed:
            bare = bare if _END_IN_DOTS.search(bare) else _STOP.sub("", bare)
        bare = _BEHIND.sub("", bare)
        if bare == name or not any(map(str.isalpha, bare)):
            return name, more
        name = bare


def untitled(name: str) -> str:
    """A person's name less titles before it and degrees behind it.

    >>> untitled("Prof. Dr. Ada Example, Ph.D."), untitled("Dr Who"), untitled("Al Madeup Jr.")
    ('Ada Example', 'Dr Who', 'Al Madeup Jr.')
    """
    bare = _TITLES.sub("", name, count=1) if len(name) <= LONGEST else name
    return _DEGREES.sub("", bare) if len(bare) <= LONGEST else bare


def is_pronoun(text: str) -> bool:
    return _PRONOUNS.match(text.strip()) is not None


def is_part(text: str) -> bool:
    """Whether a text says what somebody is, at a session or at work.

    >>> is_part("moderator"), is_part("Senior Engineer at Works"), is_part("Works")
    (True, True, False)
    """
    text = text.strip()[:LONGEST]
    return bool(_PART.fullmatch(text) or (len(text.split()) < 9 and _ROLE.search(text)))


def part(text: str) -> dict[str, Any]:
    """What somebody is, as fields of a speaker.

    >>> part("moderator"), part("CTO, Works"), part("speaker")
    ({'moderator': True}, {'role': 'CTO', 'org': 'Works'}, {})
    """
    text = text.strip()
    if _PART.fullmatch(text):
        return {"moderator": True} if _MODERATES.match(text) else {}
    role, *company = _OF.split(text, maxsplit=1)
    if not company:
        return {"role": text}
    if not _ROLE.search(role):
        role, company = company[0], [role]
    return {"role": role.strip(), "org": company[0].strip()}


def no_person(name: str) -> Odd | None:
    """What stands where the name of a person should.

    >>> no_person("TBD"), no_person("Ada Example")
    (Odd(what='stands for nobody', nobody=True), None)
    """
    return _odd(name, _NOBODY, "stands for nobody")


def no_company(name: str) -> Odd | None:
    """What stands where the name of an organisation should."""
    return _odd(name, _NO_COMPANY, "stands for no organisation")


def of_address(text: str) -> str:
    """What somebody or something may be called who has an address, or a handle.

    >>> of_address("https://www.tiny-works.example/about"), of_address("ada@works.example")
    ('Tiny Works', 'Works')
    """
    host = text.strip().partition("://")[2] or text.strip().rpartition("@")[2]
    labels = host.removeprefix("www.").partition("/")[0].split(".")
    label = labels[-2] if len(labels) > 1 else labels[0]
    return " ".join(word.capitalize() for word in re.split(r"[-_]", label) if word)


def _odd(name: str, nothing: re.Pattern[str], said: str) -> Odd | None:
    name = name.strip()[: LONGEST + 1]
    if nothing.match(name):
        return Odd(said, nobody=True)
    if _HANDLE.match(name):
        return Odd("is a handle")
    if _MAIL.match(name):
        return Odd("is an address of mail")
    return Odd("is an address") if _ADDRESS.match(name) else None


def at_company(text: str) -> dict[str, str]:
    """A role that stands in an organisation's name, or that somebody was there once.

    >>> at_company("CTO at Works"), at_company("ex-Works"), at_company("Works")
    ({'role': 'CTO', 'org': 'Works'}, {'role': 'ex-Works'}, {})
    """
    if len(text) > LONGEST:
        return {}
    if _FORMER.match(text):
        return {"role": text}
    role, *company = _OF.split(text, maxsplit=1)
    whole = len(role.split()) < 6 and _ROLE.search(role)
    return {"role": role, "org": company[0]} if company and whole else {}


def spelled(name: str) -> str:
    """A name of several words that is written in letters of one size, or ends so, with both; or
    nothing.

    >>> spelled("ADA O'EXAMPLE"), spelled("ada example"), spelled("AJ"), spelled("Ada")
    ("Ada O'Example", 'Ada Example', '', '')
    >>> spelled("Ada EXAMPLE"), spelled("Ada IBM")
    ('Ada Example', '')
    """
    words = name.split()
    letters = sum(map(str.isalpha, name))
    if len(words) > 1 and words[-1].isupper() and words[-1].isalpha() and words[0].istitle():
        return f"{' '.join(words[:-1])} {words[-1].title()}" if len(words[-1]) > 3 else ""
    if len(words) < 2 or letters < _SHOUTED or min(map(len, words)) < 2:
        return ""
    return name.title() if name.isupper() or name.islower() else ""
