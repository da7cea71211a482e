"""People whom a source names beside a title, brought together with those that are in it.

The title says who was announced, in which order and for whom; a person's own profile spells the
name, and says what they do. A company of the title stays, unless the profile only spells it better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from kbsite import slugs
from kbsite.importers.reading import likeness
from kbsite.importers.reading.evidence import Evidence
from kbsite.importers.reading.speakers import Reading
from kbsite.importers.schedule import Person

ALIKE = 0.85  # of the letters of two names; below it they are two


def with_given(reading: Reading, given: Sequence[Person], evidence: Evidence) -> Reading:
    """`reading` with all who are given; its guess is certain where these are whom it meant."""
    announced, title = reading.people, reading.title
    if not announced and reading.guess and all(_other(each, given) for each in reading.guess):
        announced, title = reading.guess, reading.head
    pairs = partners(announced, given, evidence)
    people = [
        person if at not in pairs else _both(person, given[pairs[at]], evidence)
        for at, person in enumerate(announced)
    ]
    left = (person for at, person in enumerate(given) if at not in pairs.values())
    people += [_told_apart(person, "", evidence) for person in left]
    guess, head = (reading.guess, reading.head) if not announced else ((), "")
    return Reading(title=title, people=tuple(people), guess=guess, head=head)


def partners(
    announced: Sequence[Person], given: Sequence[Person], evidence: Evidence
) -> dict[int, int]:
    """Who of those that a title announces is who of those that are given, by their places."""
    return dict(_pairs(announced, given, evidence))


def _pairs(
    announced: Sequence[Person], given: Sequence[Person], evidence: Evidence
) -> Iterator[tuple[int, int]]:
    """Who is who, by place. Two that are left over, of one company, are one by another name."""
    missing: list[int] = []
    left = dict(enumerate(given))
    for at, person in enumerate(announced):
        other = _other(person, tuple(left.values()))
        if other is None:
            missing.append(at)
            continue
        place = next(place for place, each in left.items() if each is other)
        del left[place]
        yield at, place
    if len(missing) == len(left) == 1:
        ((place, other),) = left.items()
        company = announced[missing[0]].org
        org = _told_apart(other, company or "", evidence).org
        if company and org and _one_company(company, org):
            yield missing[0], place


def _other(person: Person, people: Sequence[Person]) -> Person | None:
    """Who of `people` is `person`: of one name, or else of the name that is most like it."""
    best = max(people, key=lambda each: _nearness(person.name, each.name), default=None)
    return best if best and _nearness(person.name, best.name) >= ALIKE else None


def _nearness(one: str, other: str) -> float:
    """How much two spellings look like one person's name, up to 1.

    >>> _nearness("Jo Vandenberg", "Josephine Vandenberg"), _nearness("Ada Example", "Bo Example")
    (0.9, 0.0)
    """
    ones, others = slugs.slug(one).split("-"), slugs.slug(other).split("-")
    if ones == others or set(ones) == set(others):
        return 1.0
    if set(ones) < set(others) or set(others) < set(ones):
        return 0.95 if min(len(ones), len(others)) > 1 else 0.0
    if ones[-1] == others[-1] and (ones[0].startswith(others[0]) or others[0].startswith(ones[0])):
        return 0.9
    return _likeness(ones, others)


def _likeness(ones: Sequence[str], others: Sequence[str]) -> float:
    ratio = SequenceMatcher(None, "".join(ones), "".join(others), autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _both(announced: Person, given: Person, evidence: Evidence) -> Person:
    """One person as a title and a profile have them."""
    given = _told_apart(given, announced.org or "", evidence)
    org, role = announced.org or given.org, announced.role or given.role
    if announced.org and given.org:
        if not _one_company(announced.org, given.org):
            role = announced.role  # the other is of another employer
        elif _letters(announced.org) != _letters(given.org) and not _is_part(
            announced.org, given.org
        ):
            org = given.org
    spelled = _nearness(announced.name, given.name) >= ALIKE and not given.name.islower()
    name = given.name if spelled else announced.name
    moderator = announced.moderator or given.moderator
    return Person(name=name, org=org, role=role, moderator=moderator)


def _told_apart(person: Person, company: str, evidence: Evidence) -> Person:
    """`person` with what is `about` them as role and company, perhaps the `company` of a title."""
    if not person.about:
        return person
    role, org = _cut(person.about, company, evidence)
    if role and (_nearness(role, person.name) or role == org):
        role = None
    if role and org:
        role = role.removesuffix(f" at {org}").removesuffix(f" @ {org}")
    return replace(person, about=None, role=person.role or role, org=person.org or org)


def _cut(about: str, company: str, evidence: Evidence) -> tuple[str | None, str | None]:
    """Role and company of "Engineer, Example Works"."""
    parts = _parts(about, evidence)
    if company:
        exact = [at for at, part in enumerate(parts) if _letters(part) == _letters(company)]
        near = [at for at, part in enumerate(parts) if _one_company(part, company)]
        if found := exact or near:
            at = found[-1]
            more = [each for each in parts[at + 1 :] if _is_role(each, evidence)]
            return ", ".join((*parts[:at], *more)) or None, parts[at]
    if _is_role(parts[-1], evidence):
        return ", ".join(parts), None
    return ", ".join(parts[:-1]) or None, parts[-1]


def _parts(about: str, evidence: Evidence) -> list[str]:
    """What stands between commas, each once, and "Inc." with what is before it."""
    parts: list[str] = []
    for part in filter(None, (part.strip() for part in about.split(","))):
        ending = re.sub(r"[.\s]", "", slugs.fold(part)) in evidence.tables.company_endings
        if ending and parts:
            parts[-1] = f"{parts[-1]}, {part}"
        elif part not in parts:
            parts.append(part)
    return parts or [about]


def _is_role(text: str, evidence: Evidence) -> bool:
    return likeness.role(text, evidence) > max(0.0, likeness.company(text, evidence))


def _one_company(one: str, other: str) -> bool:
    """Whether two names mean one company: written otherwise, in short, or with a part of it."""
    ones, others = _words(one), _words(other)
    if _letters(one) == _letters(other) or _is_part(one, other):
        return True
    initials = {"".join(word[0] for word in words if word) for words in (ones, others)}
    if {_letters(one), _letters(other)} & initials and len(initials) > 1:
        return min(len(ones), len(others)) == 1 and max(len(ones), len(others)) > 1
    return _likeness(ones, others) > 0


def _is_part(one: str, other: str) -> bool:
    """Whether one name begins with the other."""
    ones, others = _words(one), _words(other)
    shorter = min(len(ones), len(others))
    return ones[:shorter] == others[:shorter]


def _letters(name: str) -> str:
    return "".join(_words(name))


def _words(name: str) -> list[str]:
    """The words of a company's name."""
    return slugs.slug(name).removeprefix("the-").split("-")
