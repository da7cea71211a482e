"""The parts of a line of people, each with what it is; and the people that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from kbsite.importers.reading.tokens import without_brackets
from kbsite.importers.schedule import Person

Label: TypeAlias = Literal["name", "company", "role"]


class Item(NamedTuple):
    label: Label
    text: str
    before: str
    moderator: bool


def names(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.text for item in items if item.label == "name")


def people(items: Sequence[Item]) -> list[Person]:
    """Names, each with the role and the company that follow it, or the group that it ends."""
    found: list[Person] = []
    group = 0  # where the names begin that share what follows
    for at, item in enumerate(items):
        if item.label == "name":
            if at and items[at - 1].label != "name":
                group = len(found)
            found.append(Person(name=item.text))
        elif item.label == "role":
            several = item.text.endswith("s")  # "Maintainers" are all of them
            for index in range(group if several else len(found) - 1, len(found)):
                found[index] = _with_role(found[index], item.text)
        else:
            for index in range(group, len(found)):
                found[index] = _with_company(found[index], item.text)
        if item.moderator:  # "A, Org (Moderator)"
            found[-1] = replace(found[-1], moderator=True)
    return [without_brackets(person) for person in found]


def _with_role(person: Person, role: str) -> Person:
    """The person with a role, or with another beside the one that is known."""
    return replace(person, role=f"{person.role} & {role}" if person.role else role)


def _with_company(person: Person, company: str) -> Person:
    """The person with a company; the company of a further role stands with that role."""
    if person.org is None:
        return replace(person, org=company)
    return replace(person, role=f"{person.role}, {company}") if person.role else person
