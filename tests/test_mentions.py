"""What links to what: prose, former ids, and learnings that later ones supersede."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kbsite.graph.mentions import MOST
from kbsite.pipeline import prepare
from tests.graphs import KERNEL, SEEING, linked, problems, talk
from tests.growth import is_even
from tests.mending import mended


def test_every_link_in_a_record_shows_on_the_other_side(tmp_path: Path) -> None:
    text = (
        "[[session:conf/two]] [[theme:K&R|words]] [[speaker:ada kern]] [[project:Tiny]] "
        "[[organisation:works]] [[event:conf]] [[learning:conf/two#a]]"
    )
    places = [
        talk("A summary", summary=text),
        talk("An abstract", abstract=text),
        talk("A learning", learnings=[{"id": "b", "text": text}]),
        talk("A quote", quotes=[{"text": text}]),
        talk("A note", figures=[{"value": "1", "label": "x", "note": text}]),
        talk("An announcement", announcements=[{"title": "x", "text": text}]),
    ]
    two = talk(
        "Two",
        speakers=[{"name": "Ada Kern", "org": "Works"}],
        projects=["Tiny"],
        learnings=[{"id": "a", "text": "A."}],
    )
    talks = {"two": two} | {f"t{at}": place for at, place in enumerate(places)}
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL})
    keys = [
        "session:conf/two", "theme:kernel", "person:ada-kern", "project:tiny",
        "organisation:works", "event:conf", "learning:conf/two#a",
    ]  # fmt: skip
    assert sorted(graph.mentions) == sorted(keys)
    for key in keys:
        assert [mention.title for mention in graph.mentions[key]] == sorted(
            place["title"] for place in places
        )
    summary = graph.sessions["conf/t0"].record.summary
    assert summary is not None
    assert summary.startswith("[Two](kb:/sessions/conf/two/) [words](kb:/themes/kernel/)")


def test_links_in_pages_show_on_the_other_side(tmp_path: Path) -> None:
    see = "See [[session:conf/one]]."
    graph = linked(
        tmp_path,
        {
            "one": talk(
                speakers=[{"name": "Ada Kern", "org": "Works"}],
                projects=["Tiny"],
                learnings=[{"id": "a", "text": "A."}],
            ),
            "two": talk(learnings=[{"id": "b", "text": "B."}]),
        },
        {
            "content/about.md": ({"title": "About us"}, see),
            "content/articles/essay.md": ({"title": "Essay", "themes": ["kernel"]}, see),
            "content/shifts/shift.md": (
                {"title": "Shift", "themes": ["kernel", "seeing"]},
                f"{see} [[learning:conf/one#a]] [[learning:conf/two#b]]",
            ),
            "content/speakers/ada-kern.md": ({"name": "Ada Kern"}, see),
            "content/organisations/works.md": ({"name": "Works"}, see),
            "content/projects/tiny.md": ({"name": "Tiny"}, see),
            "themes/kernel.md": ({"name": "Kernels"}, see),
            "themes/seeing.md": SEEING,
        },
    )
    assert {(m.kind, m.title, m.path) for m in graph.mentions["session:conf/one"]} == {
        ("page", "About us", "about/"),
        ("articles", "Essay", "articles/essay/"),
        ("shifts", "Shift", "shifts/shift/"),
        ("speaker", "Ada Kern", "people/ada-kern/"),
        ("organisation", "Works", "organisations/works/"),
        ("project", "Tiny", "projects/tiny/"),
        ("theme", "Kernels", "themes/kernel/"),
    }


def test_what_is_shown_as_it_is_written_links_to_nothing(tmp_path: Path) -> None:
    text = "Write:\n\n    [[theme:kernel]] or [[theme:unknown]]"
    html = "<div>\n[[theme:kernel]]\n</div>"
    graph = linked(
        tmp_path,
        {"one": talk(abstract=text, summary=html)},
        {
            "themes/kernel.md": KERNEL,
            "content/about.md": ({"title": "About"}, text),
            "content/notes.md": ({"title": "Notes"}, "!!! note\n\n    [[session:conf/one]]"),
        },
    )
    record = graph.sessions["conf/one"].record
    assert (record.abstract, record.summary) == (text, html)
    assert list(graph.mentions) == ["session:conf/one"]


def test_a_place_that_links_twice_or_to_itself_is_listed_once_or_not(tmp_path: Path) -> None:
    own = "[[session:conf/one]] [[learning:conf/one#a]] [[theme:kernel]] [[theme:kernel]]"
    graph = linked(
        tmp_path,
        {"one": talk(summary=own, learnings=[{"id": "a", "text": "A."}])},
        {"themes/kernel.md": KERNEL},
    )
    assert list(graph.mentions) == ["theme:kernel"]
    assert len(graph.mentions["theme:kernel"]) == 1


def test_the_evidence_of_a_shift_is_the_learnings_it_links_to_in_order(tmp_path: Path) -> None:
    body = "[[learning:conf/two#b]] [[learning:conf/one#a|words]] [[learning:conf/two#b]]"
    graph = linked(
        tmp_path,
        {
            "one": talk(learnings=[{"id": "a", "text": "A."}]),
            "two": talk(learnings=[{"id": "b", "text": "B."}]),
        },
        {
            "themes/kernel.md": KERNEL,
            "themes/seeing.md": SEEING,
            "content/shifts/less.md": ({"title": "Less", "themes": ["kernel", "seeing"]}, body),
        },
    )
    assert graph.shifts["less"].evidence == ("conf/two#b", "conf/one#a")


def test_former_ids_redirect_and_links_to_them_follow(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {
            "one": talk(
                aliases=["conf/was", "elsewhere/was"], learnings=[{"id": "a", "text": "A."}]
            ),
            "two": talk(summary="[[session:conf/was]] and [[learning:elsewhere/was#a]]"),
        },
        but="KB228",
    )
    former = {"conf/was": "conf/one", "elsewhere/was": "conf/one"}
    assert graph.redirects["session"] == former
    assert list(graph.mentions) == ["learning:conf/one#a", "session:conf/one"]


def test_superseding_is_known_on_both_sides_along_the_chain(tmp_path: Path) -> None:
    def learned(own: str, by: str | None) -> dict[str, object]:
        return talk(learnings=[{"id": own, "text": own} | ({"superseded_by": by} if by else {})])

    graph = linked(
        tmp_path,
        {
            "one": learned("a", "conf/two#b"),
            "two": learned("b", "conf/three#c"),
            "other": learned("d", "conf/three#c"),
            "three": learned("c", None),
        },
    )
    learnings = graph.learnings
    assert learnings["conf/one#a"].superseded_by == "conf/two#b"
    assert learnings["conf/two#b"].supersedes == ("conf/one#a",)
    assert learnings["conf/two#b"].superseded_by == "conf/three#c"
    assert set(learnings["conf/three#c"].supersedes) == {"conf/two#b", "conf/other#d"}
    assert learnings["conf/three#c"].superseded_by is None


MISTAKES: dict[str, Callable[[int], str]] = {
    "the same link": lambda _: "[[theme:unknown]] ",
    "another link": lambda at: f"[[theme:unknown-{at}]] ",
    "a link that is not closed": lambda _: "[[theme: ",
    "another address": lambda at: f"[a](b{at}) ",
    "another element": lambda at: f"<x{at}></x{at}> ",
}


def many(mistake: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: "".join(mistake(at) for at in range(size // len(mistake(0))))


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_many_mistakes_in_one_text_take_no_long_time(
    tmp_path: Path, mistake: Callable[[int], str]
) -> None:
    def in_a_field(text: str) -> None:
        found = problems(tmp_path, {"one": talk(abstract=text)})
        assert 1 <= len(found) <= 2 * MOST

    def in_a_body(text: str) -> None:
        found = problems(tmp_path, {"one": talk()}, {"themes/kernel.md": ({"name": "K"}, text)})
        assert 1 <= len(found) <= 2 * MOST

    assert is_even(in_a_field, many(mistake), 20_000)
    assert is_even(in_a_body, many(mistake), 20_000)


def test_many_links_to_a_long_learning_take_no_long_time(tmp_path: Path) -> None:
    def work(text: str) -> None:
        links = "[[learning:conf/one#a]] " * (len(text) // 24)
        linked(tmp_path, {"one": talk(learnings=[{"id": "a", "text": text}], abstract=links)})

    assert is_even(work, lambda size: "Words in *italics*. " * (size // 20), 4_900)


def test_the_first_mistakes_of_a_text_are_reported_each_in_its_place(tmp_path: Path) -> None:
    text = "`[[theme:x]]` " + "[[theme:x]] " * (MOST + 50)
    found = problems(tmp_path, {"one": talk(abstract=text)})
    assert len(found) == MOST
    begin = 1 + len("abstract: '`[[theme:x]]` ")
    for at in (0, 1, MOST - 1):
        assert found[at].startswith(f"sessions/conf/one.yaml:4:{begin + 12 * at} KB207")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("[[kernel]]", "[[theme:kernel]]"),
        ("[[Ada Example|her]]", "[[speaker:ada-example|her]]"),
        ("[[ theme : kernel ]]", "[[theme:kernel]]"),
        ("[[kernal]]", "[[theme:kernel]]"),
        ("[[nothing of ours]]", "`[[nothing of ours]]`"),
    ],
)
@pytest.mark.parametrize("path", ["content/about.md", "themes/kernel.md", "record"])
def test_a_link_without_a_kind_is_mended_where_it_stands(
    small: Path, path: str, written: str, right: str
) -> None:
    if path == "record":
        path = "sessions/example-conf-2031/one.yaml"
        text = f'title: One\nsummary: "On {written}."\nprovenance: {{contributed_by: Cem}}\n'
        (small / path).write_text(text, encoding="utf-8")
    else:
        text = (small / path).read_text(encoding="utf-8") + f"\nOn {written}.\n"
        (small / path).write_text(text, encoding="utf-8")
    (problem,) = prepare(small).problems
    assert problem.code == "KB207"
    assert right in problem.hint
    after = mended({path: text}, problem.cures[0])[path]
    assert after == text.replace(written, right)
    (small / path).write_text(after, encoding="utf-8")
    assert prepare(small).problems == ()
