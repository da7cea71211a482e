"""Names of people in which more than a name stands: another person, a company, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from kbsite.meant import callings
from kbsite.meant.meaning import NOTHING, Meaning

Person: TypeAlias = dict[str, Any]
People: TypeAlias = tuple[Person, ...]

_SIGNS = re.compile(r"[(&,;|/@+–—-]|\b(?:and|at|und|from|with)\b")
_BETWEEN = re.compile(r"\s*(?:&|;|,?\s+(?:and|und)\s)\s*|,\s+")
_BETWEEN_FULL = re.compile(r"\s+(?:\+|/|with)\s+")  # of which names are not made
_IN_BRACKETS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>[^()@]{1,80})\)\Z")
_BESIDE = re.compile(
    r"(?P<name>[^|–—@]*[^|–—@\s])(?:\s+[-–—|@]\s+|\s+(?:at|from)\s+)(?P<org>[^|–—@]{2,80})\Z"
)
_GLUED = re.compile(r"(?P<name>[^@]*[^@\s])\s+\(?@(?P<org>[\w.-]{2,40})\)?\Z")
_ALSO_CALLED = re.compile(
    r"(?:née?|nee|born|formerly|aka|a\.k\.a\.?|also)\b|[^A-Za-z]*\Z", re.IGNORECASE
)
_COMPANIES = frozenset({
    "ag", "bank", "bv", "cloud", "co", "company", "corp", "corporation", "data", "foundation",
    "gmbh", "group", "inc", "institute", "labs", "limited", "llc", "ltd", "networks", "sa",
    "security", "software", "solutions", "systems", "tech", "technologies", "technology",
    "university", "works",
})  # fmt: skip
_OUTSIDE = re.compile(r"\([^()]*\)|(?P<between>\s*[;&]\s*|,?\s+(?:and|und)\s+|,\s+)")
_AFTER_NAMES = re.compile(
    r"(?:jr|sr|ph\.? ?d|md|m\.d|msc|bsc|mba|dphil|esq|i{2,3}|iv)\.?\Z", re.IGNORECASE
)


def in_name(name: str, *, known: Iterable[str] = (), listed: bool = False) -> Meaning:
    """What a speaker's name may mean beyond one name: each value is some people.

    `known` are the fields that are told of the speaker beside the name: whose company is told has
    none in brackets. Two first names in brackets are nothing else, nor is one where a schedule has
    `listed` the name so.

    >>> in_name("Bo Sample & Cy Third").values
    (({'name': 'Bo Sample'}, {'name': 'Cy Third'}),)
    >>> in_name("Bo Sample (Works)").values, in_name("Kim Third (Jo)", known=["org"]).values
    ((({'name': 'Bo Sample', 'org': 'Works'},),), ())
    >>> in_name("Sample, Bo").values, in_name("Bo Sample Jr.").values
    ((({'name': 'Bo Sample'},),), ())
    >>> in_name("Dr. Bo Sample, CTO at Works").values
    (({'name': 'Bo Sample', 'role': 'CTO', 'org': 'Works'},),)
    """
    if len(name) > callings.LONGEST * 2:
        return NOTHING
    bare, more = callings.without(name, listed=listed)
    found = _in_signs(bare, frozenset(known), listed=listed) if _SIGNS.search(bare) else NOTHING
    values = found.values or ((({"name": bare},),) if bare != name and _is_name(bare) else ())
    return Meaning.perhaps(
        *(
            tuple(each | more | {"name": callings.untitled(each["name"])} for each in people)
            for people in values
        )
    )


def _in_signs(name: str, known: frozenset[str], *, listed: bool) -> Meaning:
    if "(" in name and "org" not in known and (several := _with_companies(name)).values:
        return several
    if found := _IN_BRACKETS.match(name):
        if callings.is_pronoun(found["inside"]):
            return Meaning.perhaps(({"name": found["name"]},))
        if callings.is_part(found["inside"]):
            return _taken_part(found["name"], found["inside"], known)
        if "org" in known or not _is_full(found["name"]) or _ALSO_CALLED.match(found["inside"]):
            return NOTHING
        if listed and not is_company(found["inside"]):
            return NOTHING
        return Meaning.perhaps(({"name": found["name"], "org": found["inside"].strip()},))
    if not listed and (found := _GLUED.match(name)):
        company = {} if "org" in known or found["org"].islower() else {"org": found["org"]}
        return Meaning.perhaps(({"name": found["name"]} | company,))
    first, comma, rest = name.partition(",")
    if comma and _is_full(first) and callings.is_part(rest):
        return _taken_part(first, rest, known)
    if (found := _BESIDE.match(name)) and _is_full(found["name"]):
        if callings.is_part(found["org"]):
            return _taken_part(found["name"], found["org"], known)
        if "org" not in known:
            return Meaning.perhaps(({"name": found["name"], "org": found["org"].strip()},))
    each_full = _BETWEEN_FULL.split(name)
    if len(each_full) > 1 and all(map(_is_full, each_full)):
        return Meaning.perhaps(tuple({"name": each} for each in each_full))
    return _in_a_row(name, has_org="org" in known)


def _with_companies(text: str) -> Meaning:
    """Several names, of which the last has a company in brackets, which may be that of all.

    >>> _with_companies("Ada Example (Works), Bo Sample (Labs)").values
    (({'name': 'Ada Example', 'org': 'Works'}, {'name': 'Bo Sample', 'org': 'Labs'}),)
    """
    between = [found.span() for found in _OUTSIDE.finditer(text) if found["between"]]
    begins, ends = [0, *(end for _, end in between)], [*(start for start, _ in between), len(text)]
    parts = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    found = [_IN_BRACKETS.match(part) for part in parts]
    people: tuple[Person, ...] = tuple(
        {"name": each["name"], "org": each["inside"].strip()} if each else {"name": part}
        for part, each in zip(parts, found, strict=True)
    )
    odd = any(each and callings.is_pronoun(each["inside"]) for each in found)
    if len(parts) < 2 or not found[-1] or odd or not all(_is_full(each["name"]) for each in people):
        return NOTHING
    if sum("org" in person for person in people) > 1:
        return Meaning.perhaps(people)
    return Meaning.perhaps(tuple(each | {"org": people[-1]["org"]} for each in people), people)


def _in_a_row(name: str, *, has_org: bool) -> Meaning:
    """Names with commas or words between them."""
    parts = [part for part in _BETWEEN.split(name) if part]
    if len(parts) < 2 or any(_AFTER_NAMES.match(part) for part in parts[1:]):
        return NOTHING
    people = tuple({"name": part} for part in parts)
    if not name.count(",") or len(parts) > 2:
        return Meaning.perhaps(people) if all(map(_is_name, parts)) else NOTHING
    first, second = parts
    if not _is_name(first) or not _is_name(second):
        return NOTHING
    if not _is_full(first):
        return Meaning.perhaps(({"name": f"{second} {first}"},))
    employed = () if has_org else (({"name": first, "org": second},),)
    if employed and is_company(second):
        return Meaning.perhaps(*employed)
    return Meaning.perhaps(people, *employed) if _is_full(second) else Meaning.perhaps(*employed)


def _taken_part(name: str, text: str, known: frozenset[str]) -> Meaning:
    """One person, with what a text behind the name says of the part in the session."""
    told = {key: value for key, value in callings.part(text).items() if key not in known}
    return Meaning.perhaps(({"name": name.strip()} | told,))


def listed(text: str) -> Meaning:
    """One text as the people of a list: a single name is certain.

    >>> listed("Ada Example")
    Meaning(values=(({'name': 'Ada Example'},),), certain=True)
    >>> listed("Ada Example (Works)").values
    (({'name': 'Ada Example', 'org': 'Works'},),)
    """
    whole = ({"name": " ".join(text.split())},)
    more = in_name(whole[0]["name"])
    return Meaning.perhaps(*more.values) if more.values else Meaning.of(whole)


def is_company(name: str) -> bool:
    """Whether a word of a name is one that companies have in theirs."""
    return not _COMPANIES.isdisjoint(name.lower().replace(".", "").split())


def _is_full(name: str) -> bool:
    return len(name.split()) > 1 and _is_name(name)


def _is_name(name: str) -> bool:
    """Whether it can be one: few words, none of them a number, the first and last not in lower case
    letters.
    """
    words = name.split()
    return (
        0 < len(words) < 6
        and not any(character.isdigit() for character in name)
        and all(word[:1].upper() == word[:1] for word in (words[0], words[-1]))
    )
