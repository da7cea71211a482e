"""Records to the graph: who and what is meant, what stays out of sight, and in which order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kbsite.pipeline import prepare
from tests.bases import EVENT
from tests.conftest import SMALL
from tests.graphs import KERNEL, SEEING, linked, problems, repr_of, talk

# Themes


@pytest.mark.parametrize("word", ["kernel", "Kernels", "KERNELS", "k&r", " K&R "])
def test_a_theme_is_named_by_id_name_or_alias_in_any_case(tmp_path: Path, word: str) -> None:
    graph = linked(tmp_path, {"one": talk(themes=[word])}, {"themes/kernel.md": KERNEL})
    assert graph.sessions["conf/one"].themes == ("kernel",)
    assert graph.themes["kernel"].sessions == ("conf/one",)


def test_a_theme_named_twice_counts_once(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {"one": talk(themes=["kernel", "Kernels"], suggested_themes=["K&R", "seeing"])},
        {"themes/kernel.md": KERNEL, "themes/seeing.md": SEEING},
        but="KB130",
    )
    assert graph.sessions["conf/one"].themes == ("kernel",)
    assert graph.sessions["conf/one"].suggested_themes == ("seeing",)
    assert graph.themes["seeing"].sessions == ()
    assert graph.themes["seeing"].suggested == ("conf/one",)


def test_a_learning_without_themes_has_those_of_its_session(tmp_path: Path) -> None:
    learnings = [{"id": "a", "text": "A."}, {"id": "b", "text": "B.", "themes": ["seeing"]}]
    graph = linked(
        tmp_path,
        {"one": talk(themes=["kernel"], learnings=learnings)},
        {"themes/kernel.md": KERNEL, "themes/seeing.md": SEEING},
    )
    assert graph.themes["kernel"].learnings == ("conf/one#a",)
    assert graph.themes["seeing"].learnings == ("conf/one#b",)
    assert graph.themes["seeing"].sessions == ()


def test_a_theme_knows_its_projects_and_neighbours_but_not_itself(tmp_path: Path) -> None:
    front = {"name": "Kernels", "related": ["SEEING", "kernel"], "projects": ["Tiny", "tiny"]}
    files = {"themes/kernel.md": (front, ""), "themes/seeing.md": SEEING}
    graph = linked(tmp_path, {}, files, but="KB130 KB206")
    assert graph.themes["kernel"].related == ("seeing",)
    assert graph.themes["kernel"].projects == ("tiny",)
    assert graph.projects["tiny"].sessions == ()


# People


def test_people_are_joined_by_the_spelling_of_their_name(tmp_path: Path) -> None:
    names = ["Zoë Kern", "ZOE  KERN", "Zoe\u0308\u00a0Kern"]
    talks = {f"t{at}": talk(speakers=[{"name": name}]) for at, name in enumerate(names)}
    graph = linked(tmp_path, talks)
    assert list(graph.people) == ["zoe-kern"]
    assert len(graph.people["zoe-kern"].sessions) == 3


def test_people_are_joined_by_the_aliases_on_a_page(tmp_path: Path) -> None:
    page = ({"name": "Gabriel Stone", "aliases": ["Gabe Stone", "G. Stone"]}, "A bio.")
    graph = linked(
        tmp_path,
        {
            "one": talk(
                speakers=[{"name": "GABE STONE"}], quotes=[{"text": "A.", "by": "gabe-stone"}]
            ),
            "two": talk(speakers=[{"name": "g. stone"}]),
            "three": talk(speakers=[{"id": "gabriel-stone"}]),
        },
        {"content/speakers/gabriel-stone.md": page},
    )
    assert list(graph.people) == ["gabriel-stone"]
    person = graph.people["gabriel-stone"]
    assert person.name == "Gabriel Stone"
    assert person.other_names == ("G. Stone", "Gabe Stone")
    assert set(person.sessions) == {"conf/one", "conf/two", "conf/three"}
    assert person.body.strip() == "A bio."
    assert graph.sessions["conf/one"].quotes[0].by == "gabriel-stone"


def test_a_name_that_looks_the_same_is_no_other_name(tmp_path: Path) -> None:
    page = ({"name": "Ada B", "aliases": ["Ada Byte", "Ada: Byte", "ÁDA B"]}, "")
    names = ["Ada B", "Ada, B.", "ada-b", "Ada Byte"]
    talks = {f"t{at}": talk(speakers=[{"name": name}]) for at, name in enumerate(names)}
    graph = linked(tmp_path, talks, {"content/speakers/ada-b.md": page}, but="KB122")
    assert graph.people["ada-b"].other_names == ("Ada Byte", "Ada, B.", "Ada: Byte")


def test_people_are_never_joined_because_their_names_look_alike(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=[{"name": "Gabriel Stone"}]),
        "two": talk(speakers=[{"name": "Gabriele Stone"}]),
    }
    assert [line.split()[1] for line in problems(tmp_path, talks)] == ["KB209"]
    assert list(prepare(tmp_path, kinds=()).graph.people) == ["gabriel-stone", "gabriele-stone"]


def test_two_people_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {
            "one": talk(speakers=[{"name": "Ada Kern", "id": "ada-kern-of-oslo"}]),
            "two": talk(speakers=[{"name": "Ada Kern", "id": "ada-kern-of-bern"}]),
            "both": talk(
                speakers=[
                    {"name": "Ada Kern", "id": "ada-kern-of-oslo"},
                    {"name": "Ada Kern", "id": "ada-kern-of-bern"},
                ],
                quotes=[{"text": "A.", "by": "ada-kern-of-bern"}],
            ),
        },
    )
    assert set(graph.people) == {"ada-kern-of-oslo", "ada-kern-of-bern"}
    assert {node.name for node in graph.people.values()} == {"Ada Kern"}
    assert set(graph.people["ada-kern-of-oslo"].sessions) == {"conf/one", "conf/both"}
    assert graph.sessions["conf/both"].quotes[0].by == "ada-kern-of-bern"


def test_a_link_to_one_of_two_people_of_one_name_is_refused(tmp_path: Path) -> None:
    both = [{"name": "Ada Kern", "id": "ada-1"}, {"name": "Ada Kern", "id": "ada-2"}]
    (line,) = problems(tmp_path, {"one": talk(speakers=both, summary="By [[speaker:Ada Kern]].")})
    assert line.endswith("KB207 'Ada Kern' can be any of ada-1, ada-2")


# Organisations and projects


def test_spellings_of_an_organisation_are_one_named_as_most_often(tmp_path: Path) -> None:
    orgs = ["solo.io", "Solo.io", "Solo.io", "SOLO.IO"]
    talks = {
        f"t{at}": talk(speakers=[{"name": f"Speaker {'abcd'[at] * 5}", "org": org}])
        for at, org in enumerate(orgs)
    }
    graph = linked(tmp_path, talks)
    assert list(graph.organisations) == ["solo-io"]
    assert graph.organisations["solo-io"].name == "Solo.io"
    assert graph.organisations["solo-io"].other_names == ()
    assert len(graph.organisations["solo-io"].sessions) == 4


def test_a_page_says_the_name_and_the_aliases_of_an_organisation(tmp_path: Path) -> None:
    page = ({"name": "Example Works", "aliases": ["EW"]}, "")
    talks = {
        "one": talk(speakers=[{"name": "Ada Kern", "org": "EW"}]),
        "two": talk(announcements=[{"title": "New", "by": "ew"}]),
    }
    graph = linked(tmp_path, talks, {"content/organisations/example-works.md": page})
    assert list(graph.organisations) == ["example-works"]
    assert graph.organisations["example-works"].name == "Example Works"
    assert graph.organisations["example-works"].sessions == ("conf/one",)
    assert graph.organisations["example-works"].announced == ("conf/two",)


def test_an_affiliation_belongs_to_the_appearance(tmp_path: Path) -> None:
    talks = {
        "one": talk(speakers=[{"name": "Ada Kern", "org": "Old Works", "role": "Clerk"}]),
        "two": talk(speakers=[{"id": "ada-kern", "org": "New Works", "moderator": True}]),
        "three": talk(speakers=[{"name": "Ada Kern"}]),
    }
    graph = linked(tmp_path, talks)
    seen = {own: node.appearances[0] for own, node in graph.sessions.items()}
    assert {a.person for a in seen.values()} == {"ada-kern"}
    assert (seen["conf/one"].organisation, seen["conf/one"].role) == ("old-works", "Clerk")
    assert (seen["conf/two"].affiliation, seen["conf/two"].moderator) == ("New Works", True)
    assert seen["conf/three"].organisation is None
    assert graph.organisations["old-works"].sessions == ("conf/one",)


def test_an_announcement_about_a_project_does_not_make_the_session_about_it(tmp_path: Path) -> None:
    page = ({"name": "Tiny Kernel", "aliases": ["tinyk"], "maturity": "Sandbox"}, "")
    announcements = [
        {"title": "Two", "projects": ["TINYK", "Tiny Kernel"]},
        {"title": "New", "by": "Works", "date": "2031-04-01", "projects": ["Other"]},
    ]
    graph = linked(
        tmp_path,
        {"one": talk(projects=["tiny-kernel"], announcements=announcements)},
        {"content/projects/tiny-kernel.md": page},
    )
    session = graph.sessions["conf/one"]
    assert session.projects == ("tiny-kernel",)
    assert [each.projects for each in session.announcements] == [("tiny-kernel",), ("other",)]
    assert session.announcements[1].organisation == "works"
    assert session.announcements[1].date == date(2031, 4, 1)
    assert graph.projects["tiny-kernel"].facts
    assert graph.projects["tiny-kernel"].facts.maturity == "Sandbox"
    assert graph.projects["tiny-kernel"].sessions == ("conf/one",)
    assert graph.projects["other"].sessions == ()
    assert graph.projects["other"].announced == ("conf/one",)


# What is not published


def test_what_is_not_published_is_nowhere(tmp_path: Path) -> None:
    secret = talk(
        "Zanzibar",
        publish=False,
        speakers=[{"name": "Zanzibar Zed", "org": "Zanzibar Org"}, {"name": "Ada Kern"}],
        summary="[[session:conf/seen]] [[theme:kernel]] zanzibar",
        themes=["kernel"],
        projects=["Zanzibar Project"],
        learnings=[{"id": "zanzibar", "text": "Zanzibar.", "superseded_by": "conf/seen#a"}],
        announcements=[{"title": "Zanzibar", "by": "Zanzibar Inc", "projects": ["Zanzibar Two"]}],
        aliases=["conf/zanzibar-was"],
        related=["conf/seen"],
    )
    seen = talk(
        "Seen",
        speakers=[{"name": "Ada Kern"}],
        themes=["kernel"],
        learnings=[{"id": "a", "text": "A."}],
    )
    graph = linked(tmp_path, {"hidden": secret, "seen": seen}, {"themes/kernel.md": KERNEL})
    assert graph.events["conf"].sessions == ("conf/seen",)
    assert graph.themes["kernel"].sessions == ("conf/seen",)
    assert graph.people["ada-kern"].sessions == ("conf/seen",)
    assert graph.learnings["conf/seen#a"].supersedes == ()
    assert list(graph.people) == ["ada-kern"]
    assert graph.relations["conf/seen"] == ()
    assert graph.mentions == {}
    assert graph.redirects["session"] == {}
    assert "zanzibar" not in repr_of(graph).lower()


def test_no_link_leads_to_what_is_not_published(tmp_path: Path) -> None:
    hidden = talk(
        "Hidden",
        publish=False,
        speakers=[{"name": "Zed Zebra", "org": "Zoo"}],
        learnings=[{"id": "a", "text": "A."}],
    )
    text = "[[session:conf/h]] [[learning:conf/h#a]] [[speaker:Zed Zebra]] [[organisation:Zoo]]"
    seen = talk(
        "Seen",
        summary=text,
        related=["conf/h"],
        learnings=[{"id": "b", "text": "B.", "superseded_by": "conf/h#a"}],
    )
    codes = [line.split()[1] for line in problems(tmp_path, {"h": hidden, "seen": seen})]
    assert sorted(codes) == ["KB204", "KB206", "KB207", "KB207", "KB207", "KB207"]


# Order


def test_sessions_are_in_the_order_of_the_schedule_newest_event_first(tmp_path: Path) -> None:
    later = EVENT | {"start": "2032-04-01", "end": "2032-04-02", "timezone": "America/New_York"}
    talks = {
        "later/evening": talk(start="2032-04-01T21:00"),
        "later/second-day": talk(start="2032-04-02"),
        "later/second-morning": talk(start="2032-04-02T09:00"),
        "later/first-day": talk(start="2032-04-01"),
        "later/no-time": talk("A"),
        "b": talk("B", start="2031-04-01T10:00", room="Hall B"),
        "a": talk("A", start="2031-04-01T10:00", room="Hall C"),
        "c": talk("a", start="2031-04-01T09:30"),
    }
    graph = linked(tmp_path, talks, {"sessions/later/event.yaml": later})
    assert list(graph.events) == ["later", "conf"]
    assert list(graph.sessions) == [
        "later/evening", "later/first-day", "later/second-morning", "later/second-day",
        "later/no-time", "conf/c", "conf/b", "conf/a",
    ]  # fmt: skip
    assert graph.events["conf"].sessions == ("conf/c", "conf/b", "conf/a")


def test_of_events_that_begin_on_one_day_the_larger_comes_first(tmp_path: Path) -> None:
    talks = {
        "small/one": talk(),
        "small/hidden": talk(publish=False),
        "small/hidden-too": talk(publish=False),
        "zlarge/one": talk(),
        "zlarge/two": talk(),
    }
    events = {f"sessions/{own}/event.yaml": EVENT for own in ("zlarge", "small", "empty")}
    graph = linked(tmp_path, talks, events)
    assert list(graph.events) == ["zlarge", "small", "conf", "empty"]
    assert list(graph.sessions) == ["zlarge/one", "zlarge/two", "small/one"]


def test_a_day_in_the_far_east_ends_with_what_has_no_hour(tmp_path: Path) -> None:
    talks = {"hour": talk(start="2031-04-01T08:00"), "day": talk(start="2031-04-01")}
    files = {f"sessions/tokyo/{own}.yaml": record for own, record in talks.items()}
    event = EVENT | {"timezone": "Asia/Tokyo"}
    graph = linked(tmp_path, {}, {"sessions/tokyo/event.yaml": event, **files})
    assert graph.events["tokyo"].sessions == ("tokyo/hour", "tokyo/day")


def test_everything_but_sessions_and_events_is_in_the_order_of_names(tmp_path: Path) -> None:
    names = ["élan Zed", "Zoo Keeper", "ada Kern", "Bo Stone"]
    talks = {
        f"t{at}": talk(speakers=[{"name": name, "org": name}], projects=[name])
        for at, name in enumerate(names)
    }
    graph = linked(tmp_path, talks)
    for nodes in (graph.people, graph.organisations, graph.projects):
        assert [node.name for node in nodes.values()] == [
            "ada Kern", "Bo Stone", "élan Zed", "Zoo Keeper",
        ]  # fmt: skip


def test_the_graph_does_not_depend_on_the_order_files_were_made_in(tmp_path: Path) -> None:
    files = [path for path in sorted(SMALL.rglob("*")) if path.is_file()]

    def copied(name: str, order: Sequence[Path]) -> str:
        for path in order:
            to = tmp_path / name / path.relative_to(SMALL)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
        return repr_of(prepare(tmp_path / name, kinds=()).graph)

    graphs = {
        copied("sorted", files),
        copied("reversed", files[::-1]),
        copied("mixed", sorted(files, key=lambda path: path.name[::-1])),
    }
    assert len(graphs) == 1


def test_the_graph_does_not_depend_on_the_hashes_of_a_run(sampled: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kbsite.pipeline import prepare; "
        "from tests.graphs import repr_of; "
        "print(*[repr_of(prepare(Path(root), kinds=()).graph) for root in sys.argv[1:]])"
    )
    repo = Path(__file__).parent.parent

    def run(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", program, str(SMALL), str(sampled)],
            check=True,
            capture_output=True,
            cwd=repo,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout

    first = run("1")
    assert len(first) > 100_000
    assert run("2") == first


def test_a_page_s_title_is_the_text_of_its_heading(tmp_path: Path) -> None:
    text = "# The *new* `thing` & [more](https://example.org/)"
    pages: dict[str, object] = {"content/new.md": ({}, text)}
    graph = linked(tmp_path, {}, pages)
    assert graph.pages["new.md"].title == "The new thing & more"
