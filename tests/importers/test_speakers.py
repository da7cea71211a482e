"""People out of titles: the golden cases of cases/sched-titles.case, together and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kbsite.importers.drafts import Draft
from kbsite.importers.schedule import Entry, Person
from tests.importers.schedules import drafter, schedule

FILE = Path(__file__).parent.parent / "cases" / "sched-titles.case"


@dataclass(frozen=True)
class Case:
    about: str
    given: str
    title: str
    people: tuple[Person, ...]
    doubtful: tuple[str, ...]


def _cases() -> list[Case]:
    blocks = FILE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return [_case(block.splitlines()) for block in blocks]


def _case(lines: list[str]) -> Case:
    about, given, rest = lines[0].removeprefix("# "), lines[1], lines[2:]
    marked = [(line[0], line[2:]) for line in rest]
    return Case(
        about=about,
        given=given,
        title=next((text for mark, text in marked if mark == "="), given),
        people=tuple(_person(text) for mark, text in marked if mark == "+"),
        doubtful=tuple(text for mark, text in marked if mark == "?"),
    )


def _person(text: str) -> Person:
    bare = text.removesuffix("(moderator)")
    name, org, role = ([part.strip() for part in bare.split("|")] + ["", ""])[:3]
    return Person(name=name, org=org or None, role=role or None, moderator=bare != text)


CASES = _cases()


def _drafts(titles: list[str]) -> list[Draft]:
    entries = [Entry(id=str(at), title=title) for at, title in enumerate(titles)]
    return drafter(schedule(*entries)).drafts()


@pytest.fixture(scope="module")
def together() -> dict[str, Draft]:
    """The cases as one export."""
    drafts = _drafts([case.given for case in CASES])
    return {case.about: draft for case, draft in zip(CASES, drafts, strict=True)}


def people(draft: Draft) -> tuple[Person, ...]:
    return tuple(Person(**each) for each in draft.values.get("speakers", ()))


def test_there_are_sixty_cases_with_a_heading_each() -> None:
    assert len(CASES) >= 60
    assert len({case.about for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_a_title_gives_its_people(case: Case, together: dict[str, Draft]) -> None:
    draft = together[case.about]
    assert people(draft) == case.people
    assert draft.values["title"] == case.title
    assert tuple(person.name for person in draft.doubt) == case.doubtful


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_a_title_alone_gives_nobody_who_is_not_in_it(case: Case) -> None:
    """With no other title to learn from some people are missed, but none is made up."""
    (draft,) = _drafts([case.given])
    found = {person.name for person in people(draft)}
    assert found <= {person.name for person in case.people}


def test_most_people_are_found_in_a_title_alone() -> None:
    expected = sum(len(case.people) for case in CASES)
    found = sum(len(people(_drafts([case.given])[0])) for case in CASES)
    assert found >= 0.85 * expected


def test_a_company_that_looks_like_a_person_is_told_from_the_rest_of_the_export() -> None:
    title = "Budgets - Ada Example, Jane Rivers & Bo Lindqvist, Example Works"
    told = [
        "Costs - Cy Moreau, Jane Rivers",
        "Limits - Di Novak, Jane Rivers",
        "Quotas - Eva Holm, Jane Rivers",
    ]
    assert [p.name for p in people(_drafts([title, *told])[0])] == ["Ada Example", "Bo Lindqvist"]
    told = [
        "Costs - Jane Rivers, Example Works",
        "Limits - Jane Rivers & Cy Moreau, Example Works",
    ]
    names = [p.name for p in people(_drafts([title, *told])[0])]
    assert names == ["Ada Example", "Jane Rivers", "Bo Lindqvist"]


def test_where_names_alone_are_listed_nobody_is_somebody_s_company() -> None:
    titles = [
        "Concert - Julia Sampler, Ron Hammer",
        "Concert - Mike Phrase, Paul and Stormy",
        "Standup - River Baker, Anil Parcel",
        "Reading - John Scaler",
        "Port of Call - San Pablo, Puerto Rico",
    ]
    assert not any(person.org for draft in _drafts(titles) for person in people(draft))
    assert people(_drafts(titles)[-1]) == ()


def test_what_may_be_a_company_among_people_is_left_to_somebody() -> None:
    (draft,) = _drafts(["Culture - Antonia Kuper, Novi Nord & Gabriel Quen, Longshore"])
    assert people(draft) == ()
    assert "Antonia Kuper" in [person.name for person in draft.doubt]


def test_names_that_the_knowledge_base_knows_help() -> None:
    entry = Entry(id="1", title="A Homelab - Pelican Heron")
    (unsure,) = drafter(schedule(entry)).drafts()
    assert people(unsure) == ()
    assert unsure.doubt == (Person(name="Pelican Heron"),)
    (sure,) = drafter(schedule(entry), people=("Pelican Heron",)).drafts()
    assert people(sure) == (Person(name="Pelican Heron"),)
    assert sure.values["title"] == "A Homelab"


def test_a_conference_that_names_people_without_companies_is_understood() -> None:
    names = [
        "Ada Example",
        "Bo Lindqvist",
        "Chioma Adeyemi",
        "Dana Kowalski",
        "Emre Acar",
        "Farid Haddad",
    ]
    drafts = _drafts([f"A talk about {at} things - {name}" for at, name in enumerate(names)])
    assert [person.name for draft in drafts for person in people(draft)] == names


def test_a_person_with_and_without_a_nickname_is_one_person() -> None:
    drafts = _drafts(
        [
            'Boats - Bruno "Barco" Teixeira, Nimbus Labs',
            "Ships - Bruno Teixeira, Nimbus Labs",
            'Harbours - Bruno "Barco" Teixeira, Nimbus Labs',
        ]
    )
    assert {people(draft)[0].name for draft in drafts} == {'Bruno "Barco" Teixeira'}


@pytest.mark.parametrize(
    "title",
    [
        " - ", "- A, B", "A - ", ";;;", "A - ;,&;", "A - , & ;B", "x" * 5000 + " - y",
        " " * 100_000 + "x", "[SOLD OUT] " * 20_000 + "x", "🎉 " * 20_000 + "x",
    ],
)  # fmt: skip
def test_an_odd_title_gives_nobody(title: str) -> None:
    (draft,) = _drafts([title])
    assert people(draft) == ()


def test_a_long_line_of_names_is_read() -> None:
    names = ", ".join(f"Ada Example{'abcdefghij'[n % 10]}" for n in range(20))
    (draft,) = _drafts([f"Everybody - {names} & Bo Lindqvist, Example Works"])
    assert people(draft)[-1].name == "Bo Lindqvist"
    assert draft.values["title"] == "Everybody"
