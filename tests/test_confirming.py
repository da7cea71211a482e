"""Suggested themes that a person says yes or no to: `kbsite confirm`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbsite.chores.confirming import Suggestion, decide, suggestions
from kbsite.chores.desk import Desk
from kbsite.cli import main
from kbsite.errors import UsageError
from kbsite.pipeline import prepare
from tests.chores import base, changes, checking, done, texts
from tests.importers.schedules import calendar, talk

if sys.platform != "win32":
    from tests.terminals import at_a_terminal

FILES = {
    "themes/queues.md": "---\nname: Queues\nkeywords: [waiting, lines]\nprojects: [Tiny]\n---\n",
    "themes/seeing.md": "---\nname: Seeing\nkeywords: [eyes]\n---\n",
    "content/projects/tiny.md": "---\nname: Tiny\n---\n",
    "sessions/conf/wait.yaml": (
        "# mine\ntitle: Waiting with Tiny eyes  # so called\nsuggested_themes:\n  - Queues\n"
        "provenance: {contributed_by: Cem}\n"
    ),
    "sessions/conf/far.yaml": (
        "title: Far\nsummary: 'Long lines.'\nsuggested_themes: [queues, 'seeing']\n"
        "provenance: {contributed_by: Cem}\n"
    ),
}
FAR = "sessions/conf/far.yaml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["confirm", *arguments, "--root", str(root)])


def suggested(root: Path) -> list[tuple[str, str]]:
    graph = prepare(root).graph
    return sorted(
        (own, theme) for own, node in graph.sessions.items() for theme in node.suggested_themes
    )


def test_a_suggestion_comes_with_its_title_and_the_words_that_make_it(tmp_path: Path) -> None:
    desk = Desk(base(tmp_path, FILES), checking(tmp_path))
    found = {(each.session, each.theme): each for each in suggestions(desk)}
    assert [theme for _, theme in found] == sorted(theme for _, theme in found)
    assert found["conf/wait", "queues"] == Suggestion(
        session="conf/wait",
        theme="queues",
        title="Waiting with Tiny eyes",
        where="title",
        words=("waiting", "Tiny"),
    )
    assert found["conf/wait", "seeing"].words == ("eyes",)  # no record says so, its title does
    assert found["conf/far", "queues"].where == "summary"
    assert found["conf/far", "seeing"].words == ()


def test_those_of_one_theme_or_event_alone_are_told(tmp_path: Path) -> None:
    event = "name: Other\ntimezone: UTC\nstart: 2032-04-01\nend: 2032-04-02\n"
    other = "title: Eyes\nprovenance: {contributed_by: Cem}\n"
    more = {"sessions/other/event.yaml": event, "sessions/other/eyes.yaml": other}
    desk = Desk(base(tmp_path, {**FILES, **more}), checking(tmp_path))
    assert {each.theme for each in suggestions(desk, themes=["Seeing"])} == {"seeing"}
    assert [each.session for each in suggestions(desk, event="other")] == ["other/eyes"]
    with pytest.raises(UsageError, match=r"there is no theme 'seing'; did you mean 'seeing'"):
        suggestions(desk, themes=["seing"])


def test_what_is_decided_is_written_and_all_else_stays(tmp_path: Path) -> None:
    before = texts(base(tmp_path, FILES))
    done(
        tmp_path,
        lambda desk: decide(
            desk,
            {
                ("conf/wait", "queues"): "theme",
                ("conf/wait", "seeing"): "not",
                ("conf/far", "seeing"): "not",
            },
        ),
    )
    assert changes(before, texts(tmp_path)) == [
        "-suggested_themes: [queues, 'seeing']\n",
        "+suggested_themes: [queues]\n",
        "+not_about:\n",
        "+  - seeing\n",
        "-suggested_themes:\n",
        "-  - Queues\n",
        "+themes:\n",
        "+  - queues\n",
        "+not_about:\n",
        "+  - seeing\n",
    ]
    assert ("conf/wait", "seeing") not in suggested(tmp_path)
    assert [theme for own, theme in suggested(tmp_path) if own == "conf/far"] == ["queues"]
    assert prepare(tmp_path).graph.sessions["conf/wait"].themes == ("queues",)


def test_all_of_a_theme_are_taken_or_refused_at_once_and_nothing_is_left(tmp_path: Path) -> None:
    base(tmp_path, FILES)
    told = run(tmp_path, "--all-of", "Queues", "--none-of", "seeing", "--dry-run")
    assert told.exit_code == 0, told.stderr
    assert "nothing was written" in told.stdout
    assert len(suggested(tmp_path)) == 5
    told = run(tmp_path, "--all-of", "Queues", "--none-of", "seeing")
    assert "suggested themes: 3 confirmed, 2 rejected" in told.stdout
    assert suggested(tmp_path) == []
    before = texts(tmp_path)
    assert run(tmp_path, "--all-of", "queues").exit_code == 0
    assert texts(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nobody is at a terminal to be asked; --all-of THEME accepts"),
        (("--all-of", "quues"), "there is no theme 'quues'; did you mean 'queues'?"),
        (("--all-of", "queues", "--none-of", "Queues"), "say --all-of or --none-of of queues"),
        (("--all-of", "queues", "--theme", "seeing"), "--theme is for those who are asked"),
        (("--all-of", "queues", "--event", "cnf"), "there is no event 'cnf'; did you mean 'conf'?"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    before = texts(base(tmp_path, FILES))
    refused = run(tmp_path, *arguments)
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert texts(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_at_a_terminal_each_is_taken_by_a_key(tmp_path: Path) -> None:
    base(tmp_path, FILES)
    with at_a_terminal(tmp_path, "confirm") as (screen, process):
        shown = screen.shows("a, r, s, b or q? ")
        assert "5 to decide; nothing is written before the end" in shown
        assert "1 of 5  queues" in shown
        screen.type("x")  # which means nothing
        for key, then in (("s", "2 of 5"), ("b", "1 of 5"), ("r", "2 of 5"), ("a", "3 of 5")):
            screen.type(key)
            screen.shows(then)
            screen.shows("a, r, s, b or q? ")
        screen.type("q")
        screen.shows("suggested themes: 1 confirmed, 1 rejected")
        assert process.wait() == 0
    assert len(suggested(tmp_path)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_who_ends_the_input_writes_nothing(tmp_path: Path) -> None:
    before = texts(base(tmp_path, FILES))
    with at_a_terminal(tmp_path, "confirm", "--theme", "queues") as (screen, process):
        screen.shows("a, r, s, b or q? ")
        screen.type("a")
        screen.shows("a, r, s, b or q? ")
        screen.type("\x04")
        screen.shows("error: interrupted")
        assert process.wait() == 130
    assert texts(tmp_path) == before


def test_an_import_suggests_nothing_again_that_was_rejected(small: Path) -> None:
    source = small.parent / "x.ics"
    source.write_text(calendar(talk("k1", "Of kernels", description="All about observability.")))
    importing = ["import", "sched", str(source), "--event", "x-2031", "--name", "X"]
    importing += ["--timezone", "UTC", "--root", str(small)]
    assert CliRunner().invoke(main, importing).exit_code == 0
    record = small / "sessions/x-2031/of-kernels.yaml"
    assert "suggested_themes" in record.read_text()
    assert run(small, "--none-of", "seeing").exit_code == 0
    assert "suggested_themes" not in record.read_text()
    (small / "sessions/x-2031/import.lock.json").unlink()  # as if imported for the first time
    done = CliRunner().invoke(main, importing)
    assert done.exit_code == 0, done.stderr
    assert "suggested_themes" not in record.read_text()
