"""Names of people in which more than a name stands: another person, a company, pronouns."""

from __future__ import annotations

import re
from typing import TypeAlias

from kbsite.meant.meaning import NOTHING, Meaning

Person: TypeAlias = dict[str, str]
People: TypeAlias = tuple[Person, ...]

_SIGNS = re.compile(r"[(&,;|/@–—-]|\b(?:and|at|und|from)\b")
_BETWEEN = re.compile(r"\s*(?:&|;|,?\s+(?:and|und)\s)\s*|,\s+")
_IN_BRACKETS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>[^()@]{1,80})\)\Z")
_BESIDE = re.compile(
    r"(?P<name>[^|–—@]*[^|–—@\s])(?:\s+[-–—|@]\s+|\s+at\s+)(?P<org>[^|–—@]{2,80})\Z"
)
_PRONOUNS = re.compile(
    r"(?:she|he|they|her|him|them|ze|xe|any|all)(?:\s*[/,]\s*\w+){0,3}\Z", re.IGNORECASE
)
_COMPANIES = frozenset({
    "ag", "bank", "bv", "cloud", "co", "company", "corp", "corporation", "data", "foundation",
    "gmbh", "group", "inc", "institute", "labs", "limited", "llc", "ltd", "networks", "sa",
    "security", "software", "solutions", "systems", "tech", "technologies", "technology",
    "university", "works",
})  # fmt: skip
_AFTER_NAMES = re.compile(
    r"(?:jr|sr|ph\.? ?d|md|m\.d|msc|bsc|mba|dphil|esq|i{2,3}|iv)\.?\Z", re.IGNORECASE
)


def in_name(name: str, *, has_org: bool = False) -> Meaning:
    """What a speaker's name may mean beyond one name: each value is some people.

    Two first names in brackets are nothing else; whose company is told has none in brackets.

    >>> in_name("Bo Sample & Cy Third").values
    (({'name': 'Bo Sample'}, {'name': 'Cy Third'}),)
    >>> in_name("Bo Sample (Works)").values, in_name("Kim Third (Jo)", has_org=True).values
    ((({'name': 'Bo Sample', 'org': 'Works'},),), ())
    >>> in_name("Sample, Bo").values, in_name("Bo Sample, PhD").values
    ((({'name': 'Bo Sample'},),), ())
    """
    if not _SIGNS.search(name):
        return NOTHING
    if found := _IN_BRACKETS.match(name):
        if _PRONOUNS.match(found["inside"]):
            return Meaning.perhaps(({"name": found["name"]},))
        if not has_org and _is_full(found["name"]):
            return Meaning.perhaps(({"name": found["name"], "org": found["inside"].strip()},))
        return NOTHING
    if not has_org and (found := _BESIDE.match(name)) and _is_full(found["name"]):
        return Meaning.perhaps(({"name": found["name"], "org": found["org"].strip()},))
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
    if employed and not _COMPANIES.isdisjoint(second.lower().replace(".", "").split()):
        return Meaning.perhaps(*employed, people)
    return Meaning.perhaps(people, *employed) if _is_full(second) else Meaning.perhaps(*employed)


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
