"""The process that reads the whole for an editor: it tells what is other than it was, in parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.catalog import PERSON
from kbsite.errors import Problem
from kbsite.lsp import surveyor
from kbsite.lsp.index import Index
from kbsite.lsp.messages import Ask, Failure, Key, Known, Survey, Who
from kbsite.lsp.surveyor import Surveyor
from kbsite.slugs import fold, name_key

NEWS = "sessions/example-conf-2031/kernel-news.yaml"
SILENT = "sessions/example-conf-2031/silent.yaml"


def answer(asked: Surveyor, drafts: dict[str, str | None]) -> list[Survey]:
    parts = list(asked.answer(Ask(drafts)))
    assert all(isinstance(part, Survey) for part in parts)
    return [part for part in parts if isinstance(part, Survey)]


def problems(parts: list[Survey]) -> dict[str, tuple[Problem, ...]]:
    return {file: own for part in parts for file, own in part.problems.items()}


def known(parts: list[Survey]) -> dict[Key, Known]:
    return {key: each for part in parts for key, each in part.known.items()}


def broken(root: Path, file: str, old: str, new: str) -> str:
    text = (root / file).read_text("utf-8")
    assert old in text
    return text.replace(old, new)


def test_only_what_is_other_than_it_was_is_told(small: Path) -> None:
    asked = Surveyor(small)
    (first,) = answer(asked, {})
    assert (PERSON.name, "ada-example") in first.known
    assert not any((problems([first]), first.gone, first.more))
    (second,) = answer(asked, {})
    assert not any((second.problems, second.known, second.gone))
    (third,) = answer(asked, {SILENT: broken(small, SILENT, "kind: workshop", "kind: workshpo")})
    assert [each.code for each in third.problems[SILENT]] == ["KB105"]
    (fourth,) = answer(asked, {SILENT: None})
    assert fourth.problems == {SILENT: ()}


def test_the_cures_of_a_file_come_when_it_is_open(small: Path) -> None:
    text = broken(small, SILENT, "kind: workshop", "kind: workshpo")
    (small / SILENT).write_text(text, "utf-8")
    asked = Surveyor(small)
    (closed,) = problems(answer(asked, {}))[SILENT]
    assert not closed.cures
    (opened,) = problems(answer(asked, {SILENT: text}))[SILENT]
    assert opened.cures
    assert opened.sort_key == closed.sort_key


def test_what_is_much_comes_in_parts(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in (NEWS, SILENT):
        (small / file).write_text(broken(small, file, "kind: ", "kind: x"), "utf-8")
    whole = answer(Surveyor(small), {})
    monkeypatch.setattr(surveyor, "PART", 3)
    monkeypatch.setattr(surveyor, "TOLD", 1)
    parts = answer(Surveyor(small), {})
    assert (problems(parts), known(parts)) == (problems(whole), known(whole))
    assert max(len(part.known) for part in parts) == 3
    assert {len(part.problems) for part in parts} == {0, 1}
    assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False]


def test_a_base_that_cannot_be_read_is_a_failure(small: Path) -> None:
    asked = Surveyor(small)
    (small / "sessions").rename(small / "elsewhere")
    (told,) = asked.answer(Ask({}))
    assert isinstance(told, Failure)
    (small / "elsewhere").rename(small / "sessions")
    assert answer(asked, {})[0].known


def test_something_is_found_by_any_spelling_of_its_names(small: Path) -> None:
    spelled = ["Zo\u00eb O'Neill", "zoe o\u2019neill"]
    for number, name in enumerate(spelled):
        record = f'title: Talk {number}\nspeakers:\n  - name: "{name}"\n'
        (small / f"sessions/example-conf-2031/talk-{number}.yaml").write_text(record, "utf-8")
    (small / "content/about.md").write_text("# About\n\nSee [[speaker:ZOE O'NEILL]], not Zoe.\n")
    asked = Surveyor(small)
    drafts: dict[str, str | None] = {SILENT: "title: Other\nspeakers:\n  - name: Zoe O'neill\n"}
    assert (PERSON.name, "zoe-o-neill") in known(answer(asked, drafts))
    found = asked.places(Who(PERSON.name, ("zoe-o-neill",))).places
    assert [(each.file, each.line + 1) for each in found] == [
        ("content/about.md", 3),
        (SILENT, 3),
        *((f"sessions/example-conf-2031/talk-{number}.yaml", 3) for number in range(2)),
    ]
    assert [each.text[each.start : each.end].strip('"') for each in found[2:]] == spelled


# The list of all that there is, on the other side

NAMES = st.sampled_from(["Ada", "Bo", "ADA", "Cy Third"])
CHANGES = st.lists(
    st.dictionaries(
        st.sampled_from(["ada", "bo", "cy"]),
        st.none() | st.tuples(NAMES, st.lists(NAMES, max_size=2)),
        max_size=3,
    ),
    max_size=6,
)


@given(CHANGES)
def test_after_any_news_the_list_is_that_of_what_there_is(news: list[dict[str, Any]]) -> None:
    index = Index()
    there: dict[str, Known] = {}
    for changes in news:
        new = {
            (PERSON.name, id): Known(said[0], tuple(said[1]), "", "", ())
            for id, said in changes.items()
            if said
        }
        gone = [(PERSON.name, id) for id, said in changes.items() if not said]
        index.update(new, gone)
        there |= {id: each for (_, id), each in new.items()}
        there = {id: each for id, each in there.items() if (PERSON.name, id) not in gone}
        for word in ("ada", "Bo", "Cy Third", "nobody"):
            meant = [id for id, each in there.items() if means(word, id, each)]
            found = [id for id, _ in index.lookup(PERSON, word)]
            assert sorted(found) == ([word] if word in there else sorted(meant))
            begin = {each.id for each in index.like(PERSON, word)[0]}
            assert begin == {id for id, each in there.items() if holds(word, id, each)}
        assert {id: index.get(PERSON, id) for id in there} == there


def means(word: str, id: str, each: Known) -> bool:
    return name_key(word) in map(name_key, (id, each.name, *each.others))


def holds(word: str, id: str, each: Known) -> bool:
    return any(fold(word) in fold(name) for name in (id, each.name, *each.others))
