"""Who and what is one, who and what is two, and what is said where nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kbsite.pipeline import prepare
from tests.bases import EVENT
from tests.graphs import linked, problems, talk

# Two Chinese names of one romanised form, and one that is spelled so in Latin letters
ONE, TWO, LATIN = "张伟", "章薇", "Zhangwei"


def by(*names: str, **given: Any) -> dict[str, Any]:
    return talk(speakers=[{"name": name} for name in names], **given)


def hints(root: Path) -> list[str]:
    return [problem.hint for problem in prepare(root, kinds=()).problems]


# One person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Ruiz", "JOSE\u00a0 RUIZ"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("\u0131\u015f\u0131l Đorđe", "Isil Dorde"),
        ("Ann O\u2019Neill", "Ann O'Neill"),
        ("Ann Keith-Magee", "Ann Keith Magee"),
        ("Ann B. Kern", "Ann B Kern"),
        ("Ann Kern.", "Ann Kern"),
        ('Ann "AK" Kern', "Ann (AK) Kern"),
        ("Зоя Петрова", "Zoya Petrova"),
        ("\u2019".join(("Дем", "ян")), "\u02bc".join(("ДЕМ", "ЯН"))),
        ("Зоя Кёрн", "Зоя Керн"),
        ("Νίκος Παππάς", "ΝΙΚΟΣ ΠΑΠΠΑΣ"),
        ("山田 太郎", "山田　太郎"),
        ("ヤマダ", "\uff94\uff8f\uff80\uff9e"),
    ],
)
def test_spellings_of_one_name_are_one_person(tmp_path: Path, one: str, other: str) -> None:
    quote = {"text": "Less.", "by": other}
    link = f"By [[speaker:{other}]]."
    talks = {"one": by(one, quotes=[quote], summary=link), "two": by(other)}
    graph = linked(tmp_path, talks, but="KB122")
    (person,) = graph.people.values()
    assert person.sessions == ("conf/one", "conf/two")
    assert graph.sessions["conf/one"].quotes[0].by == person.id


def test_a_name_with_a_comma_is_remarked_on_and_the_same_person(tmp_path: Path) -> None:
    graph = linked(tmp_path, {"one": by("Kern, Ann"), "two": by("Kern Ann")}, but="KB122")
    (person,) = graph.people.values()
    assert person.sessions == ("conf/one", "conf/two")


def test_a_speaker_is_listed_once_in_whatever_spelling(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, {"one": by("Bartłomiej O’Kern", "BARTLOMIEJ O'KERN")})
    assert line.endswith("KB202 'BARTLOMIEJ O'KERN' is listed twice among the speakers")


# Two people of one romanised form


def test_two_names_that_would_have_one_id_are_an_error_that_names_both(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, {"one": by(ONE), "two": by(TWO), "three": by(ONE)})
    assert line == (
        "sessions/conf/two.yaml:5:9 KB215 '章薇' and '张伟' are two names, and both would have the "
        "id 'zhangwei'"
    )
    (hint,) = hints(tmp_path)
    assert hint == (
        "two people: add 'id: zhangwei-2' here; one person: write content/speakers/zhangwei.md:\n"
        "---\nname: 张伟\naliases: [章薇]\n---"
    )


def test_an_id_tells_two_people_of_one_romanised_form_apart(tmp_path: Path) -> None:
    two = talk(speakers=[{"name": TWO, "id": "zhangwei-2"}], summary=f"By [[speaker:{TWO}]].")
    graph = linked(tmp_path, {"one": by(ONE), "two": two})
    assert {own: node.name for own, node in graph.people.items()} == {
        "zhangwei": ONE,
        "zhangwei-2": TWO,
    }
    assert list(graph.mentions) == ["person:zhangwei-2"]


def test_a_page_tells_somebody_who_spoke_more_often_apart(tmp_path: Path) -> None:
    talks = {"one": by(ONE), "two": by(TWO), "three": by(ONE), "four": by(TWO), "five": by(ONE)}
    problems(tmp_path, talks)
    (hint,) = hints(tmp_path)
    assert hint == (
        "two people: write content/speakers/zhangwei-2.md:\n---\nname: 章薇\n---\n"
        "one person: write content/speakers/zhangwei.md:\n---\nname: 张伟\naliases: [章薇]\n---"
    )
    graph = linked(tmp_path, talks, {"content/speakers/zhangwei-2.md": ({"name": TWO}, "")})
    assert {own: len(node.sessions) for own, node in graph.people.items()} == {
        "zhangwei": 3,
        "zhangwei-2": 2,
    }


def test_an_alias_says_that_two_names_are_one_person(tmp_path: Path) -> None:
    page = ({"name": ONE, "aliases": [TWO]}, "")
    talks = {"one": by(ONE), "two": by(TWO)}
    graph = linked(tmp_path, talks, {"content/speakers/zhangwei.md": page})
    assert list(graph.people) == ["zhangwei"]


@pytest.mark.parametrize(
    ("holder", "files"),
    [
        (talk(speakers=[{"name": ONE, "id": "zhangwei"}]), {}),
        (by(LATIN), {}),
        (by(ONE), {"content/speakers/zhangwei.md": ({"name": ONE}, "")}),
    ],
    ids=["stands beside it", "is spelled so", "has a page"],
)
def test_an_id_is_whose_it_is_said_to_be_however_often_the_other_is_named(
    tmp_path: Path, holder: dict[str, Any], files: Mapping[str, object]
) -> None:
    found = problems(tmp_path, {"one": by(TWO), "two": by(TWO), "three": holder}, files)
    assert [line.split(" ", 1)[1].partition(" are ")[0] for line in found] == [
        f"KB215 '章薇' and '{holder['speakers'][0]['name']}'"
    ]


def test_an_id_that_a_name_spells_joins_another_name_to_it(tmp_path: Path) -> None:
    gabe = talk(speakers=[{"name": "Gabe Stone", "id": "gabriel-stone"}])
    graph = linked(tmp_path, {"one": gabe, "two": by("Gabriel Stone")})
    assert list(graph.people) == ["gabriel-stone"]


def test_two_of_one_romanised_form_in_one_session_are_not_listed_twice(tmp_path: Path) -> None:
    quotes = [{"text": "A.", "by": TWO}, {"text": "B.", "by": "zhangwei"}]
    found = problems(tmp_path, {"one": by(ONE, TWO, quotes=quotes)})
    assert [line.split(" ", 1)[1] for line in found] == [
        "KB215 '章薇' and '张伟' are two names, and both would have the id 'zhangwei'",
        "KB201 'zhangwei' can be any of 2 speakers of this session",
    ]
    apart = talk(
        speakers=[{"name": ONE}, {"name": TWO, "id": "zhangwei-2"}],
        quotes=[{"text": "A.", "by": TWO}, {"text": "B.", "by": "zhangwei"}],
    )
    graph = linked(tmp_path, {"one": apart})
    assert [quote.by for quote in graph.sessions["conf/one"].quotes] == ["zhangwei-2", "zhangwei"]


def test_who_keeps_the_id_does_not_depend_on_the_order_of_sessions(tmp_path: Path) -> None:
    for at, (first, second) in enumerate([(ONE, TWO), (TWO, ONE)]):
        (line,) = problems(tmp_path / str(at), {"a": by(first), "b": by(second)})
        assert "'章薇' and '张伟'" in line


def test_long_names_that_begin_alike_are_two(tmp_path: Path) -> None:
    long = "Example Works of " + "Very " * 20
    talks = {
        own: talk(speakers=[{"name": f"Speaker {own}", "org": long + own}])
        for own in ("North", "South")
    }
    (line,) = problems(tmp_path, {own.lower(): each for own, each in talks.items()})
    assert "KB215" in line


def test_a_page_with_a_problem_causes_no_other(tmp_path: Path) -> None:
    page = ({"name": ["x"], "aliases": [TWO]}, "")
    found = problems(tmp_path, {"one": by(TWO)}, {"content/speakers/zhangwei.md": page})
    assert [line.split()[1] for line in found] == ["KB103"]


# Organisations and projects


def test_projects_that_differ_by_a_sign_are_not_one(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {"one": talk(projects=["C", "C++", ".NET"]), "two": talk(projects=["C#", "C", "Net"])},
    )
    assert [line.split(" ", 1)[1].partition(",")[0] for line in found] == [
        "KB215 'C++' and 'C' are two names",
        "KB215 '.NET' and 'Net' are two names",
        "KB215 'C#' and 'C' are two names",
    ]
    assert hints(tmp_path)[0] == (
        "two projects: write content/projects/c-plus-plus.md:\n---\nname: C++\n---\n"
        "one project: write content/projects/c.md:\n---\nname: C\naliases: [C++]\n---"
    )


def test_pages_give_projects_that_differ_by_a_sign_addresses_of_their_own(tmp_path: Path) -> None:
    pages = {
        f"content/projects/{own}.md": ({"name": name}, "")
        for own, name in (("cpp", "C++"), ("c-sharp", "C#"), ("dot-net", ".NET"))
    }
    every = talk(projects=["C", "C++", "C#", "Net", ".net"], summary="On [[project:c++]].")
    graph = linked(tmp_path, {"one": every}, pages)
    assert graph.sessions["conf/one"].projects == ("c", "cpp", "c-sharp", "net", "dot-net")
    assert {own: node.name for own, node in graph.projects.items()} == {
        "c": "C", "cpp": "C++", "c-sharp": "C#", "net": "Net", "dot-net": ".NET",
    }  # fmt: skip
    assert list(graph.mentions) == ["project:cpp"]


def test_a_project_alone_keeps_the_address_that_its_name_gives(tmp_path: Path) -> None:
    graph = linked(tmp_path, {"one": talk(projects=["C++", "c++"])}, but="KB130")
    assert list(graph.projects) == ["c"]


def test_a_link_never_leads_to_another_name_of_the_same_romanised_form(tmp_path: Path) -> None:
    summary = f"[[project:C++]] [[speaker:{TWO}]] [[speaker:Zhangwei]] [[project:c]]"
    found = problems(
        tmp_path, {"one": talk(projects=["C"], speakers=[{"name": ONE}], summary=summary)}
    )
    assert [line.split(" ", 1)[1] for line in found] == [
        "KB207 there is no project 'C++'",
        f"KB207 there is no speaker '{TWO}'",
    ]


def test_an_organisation_and_a_project_of_a_theme_are_told_apart_too(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "one": talk(announcements=[{"title": "A", "by": "Channel"}]),
            "two": talk(speakers=[{"name": "Ada Kern", "org": "Channel+"}], projects=["C"]),
        },
        {"themes/languages.md": ({"name": "Languages", "projects": ["C#"]}, "")},
    )
    assert [line.partition(",")[0] for line in found] == [
        "sessions/conf/two.yaml:6:8 KB215 'Channel+' and 'Channel' are two names",
        "themes/languages.md:4:3 KB215 'C#' and 'C' are two names",
    ]


def test_what_is_to_be_written_is_yaml(tmp_path: Path) -> None:
    talks = {
        own: talk(speakers=[{"name": own * 9, "org": org}])
        for own, org in (("a", "Channel: A, B"), ("b", "Channel+: A, B"))
    }
    problems(tmp_path, talks)
    (hint,) = hints(tmp_path)
    assert hint == (
        "two organisations: write content/organisations/channel-plus-a-b.md:\n---\n"
        "name: 'Channel+: A, B'\n---\none organisation: write "
        "content/organisations/channel-a-b.md:\n---\nname: 'Channel: A, B'\n"
        "aliases: ['Channel+: A, B']\n---"
    )


def test_words_of_an_organisation_are_what_counts_and_not_its_dots_and_commas(
    tmp_path: Path,
) -> None:
    orgs = ["Example Works, Inc.", "Example Works Inc", "Example/Works Inc", "EXAMPLE-WORKS INC…"]
    talks = {
        f"t{at}": talk(speakers=[{"name": f"Speaker {'abcd'[at] * 5}", "org": org}])
        for at, org in enumerate(orgs)
    }
    assert list(linked(tmp_path, talks).organisations) == ["example-works-inc"]


# One name at two organisations of one event

ANNA = {"name": "Anna", "org": "Example Works"}
OTHER = {"name": "Anna", "org": "Sample Labs"}


def test_one_name_at_two_organisations_of_one_event_is_remarked_on(tmp_path: Path) -> None:
    talks = {"one": talk(speakers=[ANNA]), "two": talk(speakers=[{"name": "Bo Ray"}, OTHER])}
    (line,) = problems(tmp_path, talks)
    assert line == (
        "sessions/conf/two.yaml:7:8 KB214 'Anna' is at 'Sample Labs' here, and at 'Example Works' "
        "in conf/one"
    )
    (hint,) = hints(tmp_path)
    assert hint == (
        "one person: write content/speakers/anna.md:\n---\nname: Anna\n---\ntwo people: add "
        "'id: anna-2' here, and 'id: anna' there"
    )


def test_either_answer_settles_it(tmp_path: Path) -> None:
    one = {"one": talk(speakers=[ANNA]), "two": talk(speakers=[{**OTHER, "id": "anna"}])}
    assert list(linked(tmp_path / "one", one).people) == ["anna"]
    two = {
        "one": talk(speakers=[{**ANNA, "id": "anna"}]),
        "two": talk(speakers=[{**OTHER, "id": "anna-2"}]),
    }
    assert list(linked(tmp_path / "two", two).people) == ["anna", "anna-2"]
    page = {"content/speakers/anna.md": ({"name": "Anna"}, "")}
    talks = {"one": talk(speakers=[ANNA]), "two": talk(speakers=[OTHER])}
    assert list(linked(tmp_path / "page", talks, page).people) == ["anna"]


def test_an_answer_is_good_for_every_session_with_that_organisation(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=[ANNA]),
        "two": talk(speakers=[{**OTHER, "id": "anna"}]),
        "three": talk(speakers=[OTHER]),
    }
    assert list(linked(tmp_path, talks).people) == ["anna"]


def test_two_organisations_are_asked_about_once(tmp_path: Path) -> None:
    events = {f"sessions/{event}/event.yaml": EVENT for event in ("first", "second")}
    talks = {
        f"{event}/t{at}": talk(speakers=[speaker])
        for event in ("first", "second")
        for at, speaker in enumerate([ANNA, OTHER, ANNA, OTHER, OTHER])
    }
    (line,) = problems(tmp_path, talks, events)
    assert line.startswith("sessions/first/t0.yaml")
    assert "'Example Works' here, and at 'Sample Labs' in first/t1" in line


def test_somebody_may_change_employers_between_events(tmp_path: Path) -> None:
    events = {f"sessions/{event}/event.yaml": EVENT for event in ("first", "second")}
    talks = {"first/one": talk(speakers=[ANNA]), "second/one": talk(speakers=[OTHER])}
    assert list(linked(tmp_path, talks, events).people) == ["anna"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Example Works", "Example Works, Inc."),
        ("Example", "Example Cloud"),
        ("Data Works", "Dataworks"),
        ("ENCF", "Example Native Computing Foundation"),
        ("Example (any level)", "Example (slides attached)"),
        ("Sample Labs / Example", "Example"),
    ],
)
def test_names_of_one_organisation_are_no_two(tmp_path: Path, one: str, other: str) -> None:
    talks = {
        own: talk(speakers=[{"name": "Anna", "org": org}])
        for own, org in (("one", one), ("two", other))
    }
    assert "KB214" not in "".join(problems(tmp_path, talks))


def test_organisations_that_a_page_joins_are_one(tmp_path: Path) -> None:
    page = ({"name": "Example Works", "aliases": ["Sample Labs"]}, "")
    talks = {"one": talk(speakers=[ANNA]), "two": talk(speakers=[OTHER])}
    linked(tmp_path, talks, {"content/organisations/example-works.md": page})


def test_an_organisation_by_another_is_like_both_under_whatever_name(tmp_path: Path) -> None:
    page = ({"name": "Example Works", "aliases": ["Example by Sample Labs"]}, "")
    by_other = {"name": "Anna", "org": "Example by Sample Labs"}
    talks = {"one": talk(speakers=[by_other]), "two": talk(speakers=[OTHER])}
    linked(tmp_path, talks, {"content/organisations/example-works.md": page})


def test_one_name_twice_in_one_session_is_one_problem(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, {"one": talk(speakers=[ANNA, OTHER])})
    assert line.endswith("KB202 'Anna' is listed twice among the speakers")


def test_somebody_with_a_title_is_remarked_on_and_an_alias_joins_the_two(tmp_path: Path) -> None:
    talks = {"one": by("Cy Invented"), "two": by("Dr. Cy Invented")}
    (line,) = problems(tmp_path, talks)
    assert line.endswith("KB122 'Dr. Cy Invented' is more than a name")
    page = ({"name": "Cy Invented", "aliases": ["Dr. Cy Invented"]}, "")
    graph = linked(tmp_path, talks, {"content/speakers/cy-invented.md": page})
    assert list(graph.people) == ["cy-invented"]


# Said once

NEAR = {"one": by("Cy Invented"), "two": by("Cy Invanted")}


@pytest.mark.parametrize(
    ("own", "name", "other"),
    [
        ("cy-invented", "Cy Invented", "Cy Invanted"),
        ("cy-invented", "Cy Invented", "cy-invanted"),
        ("cy-invanted", "Cy Invanted", "CY INVENTED"),
    ],
)
def test_either_page_tells_two_people_apart(
    tmp_path: Path, own: str, name: str, other: str
) -> None:
    page = ({"name": name, "distinct_from": [other]}, "")
    graph = linked(tmp_path, NEAR, {f"content/speakers/{own}.md": page})
    assert list(graph.people) == ["cy-invanted", "cy-invented"]


def test_two_people_of_one_name_are_told_apart_by_the_page_of_one(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=[{"name": "Bo Ray", "id": "bo-ray-of-oslo"}]),
        "two": by("Bo Ray"),
    }
    (line,) = problems(tmp_path / "asked", talks)
    assert line.endswith("KB209 two people are named 'Bo Ray': 'bo-ray-of-oslo', and this one")
    (hint,) = hints(tmp_path / "asked")
    assert hint == (
        "one person: write content/speakers/bo-ray-of-oslo.md:\n---\nname: Bo Ray\n---\n"
        "two people: write content/speakers/bo-ray.md:\n---\nname: Bo Ray\n"
        "distinct_from: [bo-ray-of-oslo]\n---"
    )
    page: dict[str, Any] = {"name": "Bo Ray"}
    one = linked(tmp_path / "one", talks, {"content/speakers/bo-ray-of-oslo.md": (page, "")})
    assert list(one.people) == ["bo-ray-of-oslo"]
    page = {"name": "Bo Ray", "distinct_from": ["bo-ray-of-oslo"]}
    two = linked(tmp_path / "two", talks, {"content/speakers/bo-ray.md": (page, "")})
    assert list(two.people) == ["bo-ray", "bo-ray-of-oslo"]


def test_a_page_that_only_settles_a_name_changes_nothing_else(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=[{"name": "Cy Invented", "org": "Sample Labs"}]),
        "two": talk(speakers=[{"name": "Cy Invanted", "org": "SampleLabs"}]),
    }
    pages = {
        "content/speakers/cy-invented.md": (
            {"name": "Cy Invented", "distinct_from": ["Cy Invanted"]},
            "",
        ),
        "content/organisations/samplelabs.md": (
            {"name": "SampleLabs", "distinct_from": ["Sample Labs"]},
            "",
        ),
    }
    settled = linked(tmp_path / "settled", talks, pages)
    assert len(problems(tmp_path / "asked", talks)) == 2
    asked = prepare(tmp_path / "asked", kinds=()).graph
    for one, other in (
        (settled.people, asked.people),
        (settled.organisations, asked.organisations),
    ):
        assert [replace(node, source=None) for node in one.values()] == list(other.values())
    assert not settled.pages


def test_nobody_appears_by_being_told_apart(tmp_path: Path) -> None:
    pages = {
        "content/speakers/ada-kern.md": ({"name": "Ada Kern", "distinct_from": ["Ada Kerne"]}, ""),
        "content/speakers/bo-ray.md": ({"name": "Bo Ray", "distinct_from": ["Ada Kern"]}, ""),
    }
    found = problems(tmp_path, {"one": by("Bo Ray")}, pages)
    assert [line.partition(" ")[2] for line in found] == [
        "KB213 no published session names the speaker 'Ada Kern', so this page is not shown",
        "KB217 no published session names the speaker 'Ada Kerne'",
    ]
    assert list(prepare(tmp_path, kinds=()).graph.people) == ["bo-ray"]


def test_what_a_broken_record_may_name_is_not_missed(tmp_path: Path) -> None:
    page = ({"name": "Bo Ray", "distinct_from": ["Bo Rai"]}, "")
    talks = {"one": by("Bo Ray"), "two": {**by("Bo Rai"), "speakers": ["Bo Rai"]}}
    found = problems(tmp_path, talks, {"content/speakers/bo-ray.md": page})
    assert [line.split()[1] for line in found] == ["KB103"]


def test_a_line_is_added_to_those_that_a_page_has(tmp_path: Path) -> None:
    page = ({"name": "Cy Invented", "aliases": ["Cy I."]}, "")
    problems(tmp_path, NEAR, {"content/speakers/cy-invented.md": page})
    (hint,) = hints(tmp_path)
    assert hint == (
        "a slip: write Cy Invented; one person under two names: add 'Cy Invanted' to the aliases "
        "in content/speakers/cy-invented.md; two "
        "people: add 'distinct_from: [Cy Invanted]' to content/speakers/cy-invented.md"
    )
    page = ({"name": "Cy Invented", "distinct_from": ["Dy Invented"]}, "")
    talks = {**NEAR, "three": by("Dy Invented")}
    problems(tmp_path, talks, {"content/speakers/cy-invented.md": page})
    (hint,) = hints(tmp_path)
    assert hint == (
        "a slip: write Cy Invented; one person under two names: add 'aliases: [Cy Invanted]' to "
        "content/speakers/cy-invented.md; two people: "
        "add 'Cy Invanted' to the distinct_from in content/speakers/cy-invented.md"
    )


# Organisations that may be one


def test_an_organisation_by_nearly_the_name_of_another_is_remarked_on_and_settled(
    tmp_path: Path,
) -> None:
    talks = {
        "one": talk(speakers=[ANNA]),
        "two": talk(announcements=[{"title": "News", "by": "ExampleWorks, Inc."}]),
    }
    (line,) = problems(tmp_path, talks)
    assert line == (
        "sessions/conf/two.yaml:6:7 KB216 'ExampleWorks, Inc.' may be the same organisation as "
        "'Example Works'"
    )
    file = "content/organisations/example-works.md"
    (hint,) = hints(tmp_path)
    assert hint == (
        "a slip: write Example Works; "
        f"one organisation under two names: write {file}:\n"
        "---\nname: Example Works\naliases: ['ExampleWorks, Inc.']\n---\n"
        f"two organisations: write {file}:\n"
        "---\nname: Example Works\ndistinct_from: ['ExampleWorks, Inc.']\n---"
    )
    page: dict[str, Any] = {"name": "Example Works", "aliases": ["ExampleWorks, Inc."]}
    one = linked(tmp_path / "one", talks, {file: (page, "")})
    assert list(one.organisations) == ["example-works"]
    page = {"name": "Example Works", "distinct_from": ["ExampleWorks, Inc."]}
    two = linked(tmp_path / "two", talks, {file: (page, "")})
    assert list(two.organisations) == ["example-works", "exampleworks-inc"]


# Which spelling is shown


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (["MARY MADEUP", "Mary Madeup"], "Mary Madeup"),
        (["MARY MADEUP", "MARY MADEUP", "Mary Madeup", "mary madeup"], "Mary Madeup"),
        (["mary madeup", "mary madeup", "Mary Madeup"], "Mary Madeup"),
        (["Jean DUPONT", "Jean DUPONT", "Jean Dupont"], "Jean Dupont"),
        (["Mary madeup", "Mary Madeup"], "Mary Madeup"),
        (["Bart van Rijn", "Bart van Rijn", "Bart Van Rijn"], "Bart van Rijn"),
        (["Ann Mckay", "Ann McKay"], "Ann McKay"),
        (["JJ Kern", "Jj Kern"], "JJ Kern"),
        (["MARY MADEUP", "mary madeup"], "mary madeup"),
        (["ЗОЯ ПРИМЕР", "Зоя Пример"], "Зоя Пример"),
        (["MARY MADEUP"], "MARY MADEUP"),
    ],
)
def test_a_person_is_spelled_as_people_write_their_names(
    tmp_path: Path, spellings: list[str], shown: str
) -> None:
    for at, order in enumerate([spellings, spellings[::-1]]):
        talks = {f"t{place}": by(name) for place, name in enumerate(order)}
        (person,) = linked(tmp_path / str(at), talks, but="KB127").people.values()
        assert person.name == shown


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (["EXAMPLE WORKS", "Example Works"], "Example Works"),
        (["example works", "Example Works"], "Example Works"),
        (["EXAMPLE DATA", "EXAMPLE DATA", "Example Data"], "EXAMPLE DATA"),
        (["exampled", "exampled", "Exampled"], "exampled"),
        (["Ibx", "IBX"], "IBX"),
    ],
)
def test_a_thing_is_spelled_as_most_do_and_not_shouted_by_chance(
    tmp_path: Path, spellings: list[str], shown: str
) -> None:
    talks = {f"t{at}": talk(projects=[name]) for at, name in enumerate(spellings)}
    (project,) = linked(tmp_path, talks).projects.values()
    assert project.name == shown


# Addresses that names would have by themselves


@pytest.mark.parametrize(
    ("folder", "thing", "named"),
    [
        ("content/speakers", "person", {"speakers": [{"name": "Kern Labs Inc."}]}),
        (
            "content/organisations",
            "organisation",
            {"speakers": [{"name": "A", "org": "Kern Labs Inc."}]},
        ),
        ("content/projects", "project", {"projects": ["Kern Labs Inc."]}),
        ("themes", "theme", {"themes": ["Kern Labs Inc."]}),
    ],
)
def test_the_addresses_of_names_that_a_page_joins_lead_to_it(
    tmp_path: Path, folder: str, thing: str, named: dict[str, Any]
) -> None:
    aliases = ["KL", "Kern Labs Inc.", "Former-Id", "Kernlabs!", "..."]
    page = ({"name": "Kern Laboratories", "aliases": aliases}, "")
    graph = linked(tmp_path, {"one": talk(**named)}, {f"{folder}/kernlabs.md": page})
    former = {"former-id", "kern-labs-inc", "kl"}
    if thing != "theme":  # whose id is its file's, whatever its name
        former.add("kern-laboratories")
    assert graph.redirects[thing] == dict.fromkeys(former, "kernlabs")


def test_an_address_in_use_or_promised_is_no_redirect(tmp_path: Path) -> None:
    pages = {
        "content/speakers/ann-kern.md": ({"name": "Ann Kern", "aliases": [ONE]}, ""),
        "content/speakers/bea-kern.md": ({"name": "Bea Kern", "aliases": ["ボブ", "A+"]}, ""),
        "content/speakers/cem-kern.md": ({"name": "Cem Kern", "aliases": ["A#", "Cem K."]}, ""),
    }
    used = by(LATIN, "Ann Kern", "Bea Kern", "Cem Kern")
    used["speakers"].append({"name": "Bob", "id": "bobu"})
    graph = linked(tmp_path, {"one": used}, pages)
    # "zhangwei" and "bobu" are others; of "a" nobody knows whose it was
    assert graph.redirects["person"] == {"cem-k": "cem-kern"}


def test_the_names_of_a_page_that_is_not_shown_lead_nowhere_and_stay_its_own(
    tmp_path: Path,
) -> None:
    pages = {
        "content/projects/c.md": ({"name": "C", "aliases": ["B+"], "maturity": "Sandbox"}, ""),
        "content/projects/kern.md": ({"name": "Kern", "aliases": ["B#", "C#", "Krn"]}, ""),
    }
    graph = linked(tmp_path, {"one": talk(projects=["Kern"])}, pages)
    assert graph.redirects["project"] == {"krn": "kern"}


def test_more_names_of_one_file_than_are_told_are_counted(tmp_path: Path) -> None:
    letters = "abcdefghijklmnopqrstuvw"
    names = [f"Annabella {one * 2}{two}xample" for one in letters for two in ("e",)]
    talks = {
        "one": talk(speakers=[{"name": name} for name in names]),
        "two": talk(speakers=[{"name": f"{name}s"} for name in names]),
    }
    found = [each for each in problems(tmp_path, talks) if " KB209 " in each]
    assert len(found) == 21
    assert found[0] == (
        "sessions/conf/two.yaml:0:0 KB209 3 more speakers of this file may be one with others"
    )
