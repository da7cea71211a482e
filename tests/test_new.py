"""`kbsite new`: what it writes passes `kbsite check`, and it asks only who is there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbsite import yamlfile
from kbsite.authoring import asks, pointing
from kbsite.authoring.glance import Glance
from kbsite.catalog import PERSON, SESSION, THEME
from kbsite.cli import main
from kbsite.cli.new import CLAIMS, KINDS
from kbsite.load import load
from kbsite.pipeline import prepare

if sys.platform != "win32":
    from tests.terminals import at_a_terminal

EVENT = "example-conf-2031"
YOUTUBE = "https://www.youtube.com/watch?v="
NEWS = f"sessions/{EVENT}/kernel-news.yaml"
WHO = ("--contributor", "Cem Example")

# What is said for each kind, and the file that holds it then
SAID: Mapping[str, tuple[tuple[str, ...], str]] = {
    "session": (
        ("Kernels for all", "--event", EVENT, "--kind", "panel", "--start", "2031-04-01T15:00",
         "--speaker", "Ada Example (Example Works)", "--theme", "kernel", "--video",
         "https://example.org/talk", "--related", f"{EVENT}/kernel-news", *WHO),
        f"sessions/{EVENT}/kernels-for-all.yaml",
    ),
    "learning": ((f"{EVENT}/kernel-news", "Who copies less waits less.", "--theme", "Observability",
                  "--by", "Ada Example", "--at", "3:20", "--basis", "said"), NEWS),
    "quote": ((NEWS, "Less is less.", "--at", "3:20", "--basis", "said"), NEWS),
    "figure": (("kernel-news", "--value", "17%", "--label", "fewer pages"), NEWS),
    "announcement": (("kernel news", "Tiny Kernel 3.0", "--url", "https://kernel.example/3"), NEWS),
    "speaker": (("Bo Example", "--id", "bo-example-of-oslo", "--link", "https://bo.example.org"),
                "content/speakers/bo-example-of-oslo.md"),
    "theme": (("Safety", "--alias", "Secure kernels", "--keyword", "safe", "--text", "Be safe."),
              "themes/safety.md"),
    "event": (("Example Conf 2032", "--timezone", "Europe/Oslo", "--start", "2032-04-01", "--end",
               "2032-04-03"), "sessions/example-conf-2032/event.yaml"),
    "article": (("A loud week", "--theme", "kernel", "--author", "Cem Example", "--date",
                 "2031-05-01", "--text", "It was loud."), "content/articles/a-loud-week.md"),
    "shift": (("More is copied", "--theme", "kernel", "--theme", "seeing", "--learning",
               f"{EVENT}/kernel-news#fewer-copies", "--learning",
               f"{EVENT}/ask-the-operators#ask-first"), "content/shifts/more-is-copied.md"),
    "report": (("A day among kernels", "--author", "Ada Example", "--url",
                "https://example.org/day"), "content/reports/a-day-among-kernels.md"),
    "project": (("Tiny Compiler", "--alias", "tinycc", "--repo", "https://code.example.org/tinycc"),
                "content/projects/tiny-compiler.md"),
    "organisation": (("University of Examples", "--alias", "UoE"),
                     "content/organisations/university-of-examples.md"),
}  # fmt: skip


def new(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, arguments), "--root", str(root)])


def problems(root: Path) -> list[str]:
    return [f"{each.file}: {each.message}" for each in prepare(root).problems]


def test_there_is_a_command_for_each_kind_of_record_and_claim() -> None:
    assert KINDS.keys() == SAID.keys() == asks.WORDS.keys()
    assert set(CLAIMS) == {word for word in KINDS if asks.form(word).is_claim}


@pytest.mark.parametrize("kind", SAID)
def test_what_it_writes_passes_check(small: Path, kind: str) -> None:
    said, path = SAID[kind]
    if kind == "project":  # whose page is shown once a session names it
        record = small / NEWS
        record.write_text(record.read_text().replace("[tinyk]", "[tinyk, Tiny Compiler]"))
    before = (small / path).read_text() if (small / path).exists() else ""
    done = new(small, kind, *said)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert done.stdout.startswith(f"{path}:")
    assert f"\nsee it: kbsite serve --open {_page(kind, path)}" in done.stdout
    assert "git add" not in done.stdout, "there is no git here"
    assert problems(small) == []
    text = (small / path).read_text()
    lines = iter(text.splitlines())
    assert text != before
    assert all(line in lines for line in before.splitlines())  # each is there, and in its order
    if not before:
        styled = CliRunner().invoke(main, ["fmt", "--check", str(small / path)])
        assert styled.exit_code == 0, styled.output


def _page(kind: str, path: str) -> str:
    """How the address of the page begins that shows a file."""
    names = {"speaker": "people", "report": "reports"}
    if kind in CLAIMS or kind == "session":
        return path.removesuffix(".yaml") + "/"
    if kind == "event":
        return f"events/{Path(path).parent.name}/"
    return f"{names.get(kind, Path(path).parent.name)}/{Path(path).stem}/"


def test_in_a_repository_it_says_how_to_commit_what_it_wrote(small: Path) -> None:
    subprocess.run(["git", "init", "-q", str(small)], check=True)
    said, path = SAID["theme"]
    (small / ".vscode/schemas").mkdir(parents=True)
    assert new(small, "theme", *said).stdout.splitlines()[1:] == [
        "see it: kbsite serve --open themes/safety/",
        "have editors offer it: kbsite schema --into .vscode/schemas",
        f"commit it: git add {path} .vscode/schemas && git commit",
    ]


@pytest.mark.parametrize("kind", [kind for kind, (_, path) in SAID.items() if path != NEWS])
def test_it_never_writes_over_a_file(small: Path, kind: str) -> None:
    said, path = SAID[kind]
    own = Path(path).parent.name if kind == "event" else Path(path).stem
    (small / path).parent.mkdir(parents=True, exist_ok=True)
    (small / path).write_text("mine")
    done = new(small, kind, *said, *(() if "--id" in said else ("--id", own)), "--anyway")
    assert done.exit_code == 2
    assert f"there is a {kind} '" in done.stderr
    assert (small / path).read_text() == "mine"


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_says_what_it_is_for(kind: str) -> None:
    done = CliRunner().invoke(main, ["new", kind, "--help"])
    assert done.exit_code == 0
    form = asks.form(kind)
    assert all(ask.words.endswith(".") for ask in form.asks)
    assert ("SESSION is its id" in done.stdout) is (kind in CLAIMS)
    assert all(f"--{ask.option} " in done.stdout for ask in form.asks)


def test_a_record_is_written_in_the_house_s_style_and_order(small: Path) -> None:
    new(small, "session", *SAID["session"][0])
    assert (small / SAID["session"][1]).read_text() == (
        "title: Kernels for all\n"
        "kind: panel\n"
        "start: 2031-04-01T15:00\n"
        "speakers:\n"
        "  - name: Ada Example\n"
        "    org: Example Works\n"
        "themes:\n"
        "  - kernel\n"
        "links:\n"
        "  - kind: video\n"
        "    url: https://example.org/talk\n"
        "related:\n"
        "  - example-conf-2031/kernel-news\n"
        "provenance:\n"
        "  contributed_by: Cem Example\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["session"], "the session's title is missing; add for example: --title 'Kernel news in"),
        (["event", "A"], "time zone, first day and last day are missing; add for example: --time"),
        (["theme"], "the theme's name is missing; add for example: --name eBPF"),
        (["learning"], "say which session: its id, its address"),
        (["learning", "silent", "--text", "x"], "--basis shown|reported|inferred"),
        (["session", "A", "--title", "B"], "say 'A' or --title, but not both"),
    ],
)
def test_without_a_terminal_it_asks_nothing_and_names_the_options(
    small: Path, arguments: list[str], said: str
) -> None:
    done = new(small, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["session", "A", "--event", EVENT, "--theme", "kernl"], "--theme: there is no theme 'ker"),
        (["session", "A", "--event", "exampl-conf"], "did you mean 'example-conf-2031'?"),
        (["session", "A", "--event", EVENT, "--start", "1 April"], "--start: '1 April' is not a d"),
        (["session", "A", "--event", EVENT, "--video", "talk"], "--video: the link 'talk' is not"),
        (["session", "A", "--event", EVENT, "--id", "A B"], "--id: 'A B' is not an id"),
        (["learning", NEWS, "x", "--at", "noon"], "--at: 'noon' is not a place in a video"),
        (["learning", NEWS, "x", "--basis", "said"], "--basis: here it is shown, reported or inf"),
        (["learning", NEWS, "x", "--by", "Nobody"], "--by: here it is Ada Example, Bo Example or"),
        (["learning", NEWS, "x", "--from", "a-weak"], "no report 'a-weak'; reports: a-week-am"),
        (["event", "A", "--timezone", "Europe/Amsterdm"], "write Europe/Amsterdam"),
        (["session", "--from", "https://example.org"], "--from takes the address of a page on"),
    ],
)
def test_an_answer_that_cannot_be_says_which_option_and_what_to_write(
    small: Path, arguments: list[str], said: str
) -> None:
    done = new(small, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_claim_leaves_every_comment_and_byte_of_its_record(small: Path) -> None:
    record = small / f"sessions/{EVENT}/silent.yaml"
    text = (
        "title:   Silent # sic\r\nroom: 'A'   # upstairs\r\n"
        "sources: [{system: sched}]\r\npublish: true  # at last\r\n"
    )
    record.write_bytes(text.encode())
    done = new(small, "learning", "silent", "Say less.", "--basis", "inferred", *WHO)
    assert done.exit_code == 0, done.output
    learning = "learnings:\r\n  - id: say-less\r\n    text: Say less.\r\n    basis: inferred\r\n"
    who = "provenance:\r\n  contributed_by: Cem Example\r\n"
    assert record.read_bytes().decode() == text.replace("sources", f"{learning}sources") + who
    assert problems(small) == []


def test_an_id_of_a_claim_is_nobody_else_s(small: Path) -> None:
    for _ in range(2):
        assert new(small, "learning", NEWS, "Fewer copies", "--anyway").exit_code == 0
    found = yamlfile.read((small / NEWS).read_text())["learnings"]
    assert [each["id"] for each in found][-2:] == ["fewer-copies-2", "fewer-copies-3"]


@pytest.mark.parametrize(
    "words",
    [
        f"{EVENT}/kernel-news",
        "kernel-news",
        NEWS,
        f"https://kb.example.org/kb/sessions/{EVENT}/kernel-news/#learning-fewer-copies",
        f"http://127.0.0.1:8000/sessions/{EVENT}/kernel-news/",
        "https://youtu.be/recorded123?t=75",
        "https://www.youtube.com/live/recorded123",
        "https://conf2031.sched.com/event/1xjzK",
        "https://conf.example/2031/17",
        "gossip minutes",
        "kernel NEWS",
    ],
)
def test_a_session_is_found_by_whatever_people_call_it(small: Path, words: str) -> None:
    record = small / NEWS
    text = record.read_text().replace("watch?v=example", "watch?v=recorded123")
    text = text.replace("  - system: notebook", "  - {system: sched, url: https://conf2031.sched.com"
                        "/event/1xjzK/kernel-news}")  # fmt: skip
    record.write_text(text)
    assert pointing.sessions(words, Glance(small)) == (f"{EVENT}/kernel-news",)


def test_several_sessions_of_some_words_are_listed_and_none_is_guessed(small: Path) -> None:
    several = new(small, "quote", "kernel", "--text", "x")
    assert several.exit_code == 2
    assert f"{EVENT}/kernel-news  Kernel news & gossip" in several.stderr
    assert f"{EVENT}/last-years-kernel  Last year" in several.stderr
    none = new(small, "quote", f"{EVENT}/kernel-nws", "--text", "x")
    assert "did you mean 'example-conf-2031/kernel-news'" in none.stderr


@pytest.mark.parametrize(
    "url", ["https://youtu.be/nobody12345", "https://conf2031.sched.com/event/9zzzZ/some-words"]
)
def test_an_address_of_no_session_leads_to_a_new_one(small: Path, url: str) -> None:
    assert new(small, "learning", url, "x").stderr == (
        f"error: no session has the address {url}; 'kbsite new session --from {url}' begins its "
        "record\n"
    )


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        ("2031-04-01T15:00", "15:30", "2031-04-01T15:30"),
        ("2031-04-01T15:00+02:00", "3.30pm", "2031-04-01T15:30+02:00"),
        ("2031-04-01T15:00", "2031-04-01T15:45", "2031-04-01T15:45"),
    ],
)
def test_an_end_may_leave_out_the_day_of_its_start(
    small: Path, start: str, end: str, whole: str
) -> None:
    done = new(small, "session", "B", "--event", EVENT, "--start", start, "--end", end, *WHO)
    assert done.exit_code == 0, done.output
    assert yamlfile.read((small / f"sessions/{EVENT}/b.yaml").read_text())["end"] == whole


def test_what_would_be_wrong_elsewhere_is_said_to_be_because_of_a_file_to_come(
    small: Path,
) -> None:
    again = ("session", "Silence", "--event", EVENT, *WHO)
    assert new(small, *again).exit_code == 0
    done = new(small, *again, "--id", "a")
    notes = [line for line in done.stderr.splitlines() if line.startswith("note: ")]
    assert notes[0] == (f"note: sessions/{EVENT}/a.yaml is not written yet; then there would be:")
    assert "KB225" in done.stderr


def test_an_address_gives_id_link_and_event(small: Path) -> None:
    event = small / f"sessions/{EVENT}/event.yaml"
    kept = [line for line in event.read_text().splitlines() if not line.startswith("url:")]
    event.write_text("\n".join([*kept, "url: https://conf2031.sched.com/", ""]))
    done = new(
        small, "session", "Quiet kernels",
        "--from", "http://conf2031.sched.com/event/1xjzK/quiet-kernels?iframe=no",
        "--from", "https://youtu.be/abc123DEF45?t=1m15s",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    said = yamlfile.read((small / f"sessions/{EVENT}/quiet-kernels.yaml").read_text())
    page = "https://conf2031.sched.com/event/1xjzK/quiet-kernels"
    assert said == {
        "title": "Quiet kernels",
        "links": [
            {"kind": "schedule", "url": page},
            {"kind": "video", "url": f"{YOUTUBE}abc123DEF45", "start": "1:15"},
        ],
        "sources": [{"system": "sched", "id": "1xjzK", "url": page}],
    }
    assert problems(small) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["session", "B", "--event", EVENT, "--from", "https://youtu.be/recorded123", *WHO],
         "is that of a session already: sessions/example-conf-2031/kernel-news.yaml"),
        (["session", "Last year's  KERNEL", "--event", EVENT, *WHO], "this event has this title"),
        (["theme", "Observabilty"], "nearly the same theme already: themes/seeing.md"),
        (["theme", "o11y"], "the theme 'seeing' goes by 'o11y' already: themes/seeing.md"),
        (["session", "B", "--event", EVENT, "--speaker", "Ada Exampel", *WHO],
         "'Ada Exampel' may be the same person as 'Ada Example'"),
        (["speaker", "Ada Exampel"], "nearly the same speaker already"),
    ],
)  # fmt: skip
def test_what_is_there_already_is_said_before_anything_is_written(
    small: Path, arguments: list[str], said: str
) -> None:
    theme = small / "themes/seeing.md"
    theme.write_text(theme.read_text().replace("aliases: [", "aliases: [o11y, "))
    record = small / NEWS
    record.write_text(record.read_text().replace("watch?v=example", "watch?v=recorded123"))
    before = {path: path.read_bytes() for path in small.rglob("*.[ym][ad]*") if path.is_file()}
    done = new(small, *arguments)
    assert done.exit_code in (1, 2)
    assert said in done.stderr
    assert "nothing was written" in done.stderr or "already" in done.stderr
    assert before == {p: p.read_bytes() for p in small.rglob("*.[ym][ad]*") if p.is_file()}


def test_what_check_only_warns_of_is_written_if_somebody_wants_it(small: Path) -> None:
    arguments = ("session", "B", "--event", EVENT, "--speaker", "Ada Exampel", *WHO)
    assert new(small, *arguments).exit_code == 1
    assert not (small / f"sessions/{EVENT}/b.yaml").exists()
    assert new(small, *arguments, "--anyway").exit_code == 0
    wrong = new(small, "session", "C", "--event", EVENT, "--related", "x/y", *WHO, "--anyway")
    assert wrong.exit_code == 1
    assert "KB206" in wrong.stderr


def test_a_dry_run_prints_the_file_and_writes_nothing(small: Path) -> None:
    said, path = SAID["theme"]
    done = new(small, "theme", *said, "--dry-run")
    assert done.stdout == (
        "---\nname: Safety\naliases:\n  - Secure kernels\nkeywords:\n  - safe\n---\n\nBe safe.\n"
    )
    assert not (small / path).exists()


def test_problems_that_were_there_before_are_no_reason_to_write_nothing(small: Path) -> None:
    record = small / NEWS
    record.write_text(f"{record.read_text()}tittle: twice\n")
    done = new(small, "figure", "kernel-news", "--value", "17%", "--label", "fewer pages")
    assert done.exit_code == 0, done.output


def test_nothing_is_written_through_a_link(small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (small / "themes").rename(elsewhere)
    (small / "themes").symlink_to(elsewhere)
    done = new(small, "theme", "Safety", "--anyway")
    assert done.exit_code != 0
    assert not (elsewhere / "safety.md").exists()


def test_a_glance_sees_what_a_whole_reading_does(small: Path) -> None:
    library, _ = load(small)
    glance = Glance(small)
    assert {*glance.ids(SESSION)} == {*library.sessions}
    assert dict(glance.titles) == {id: entry.record.title for id, entry in library.sessions.items()}
    assert glance.names(THEME)["observability"] == "seeing"
    assert {"Ada Example", "Bo Example"} <= {*glance.offered(PERSON)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_at_a_terminal_it_asks_and_completes_what_there_is(small: Path) -> None:
    with at_a_terminal(small, "new", "learning") as (screen, process):
        screen.shows("Session: ")
        screen.type("kernel-n\t")
        screen.shows("kernel-news")
        screen.type("\n")
        screen.shows("Text: ")
        screen.type("Who copies less waits less.\n")
        screen.shows("Themes (Enter for none): ")
        screen.type("kernl\n")
        screen.shows("there is no theme 'kernl'; did you mean 'kernel'?")
        screen.shows("Themes (Enter for none): ")
        screen.type("ker\t\n")
        screen.shows("Themes (Enter for no more): ")
        screen.type("\n")
        screen.shows("One of: Ada Example, Bo Example, bo-example-of-oslo")
        screen.shows("Speaker (Enter for none): ")
        screen.type("Ad\t\n")
        screen.shows("Minute in the video (Enter for none): ")
        screen.type("99\n")
        screen.shows("'99' is not a place in a video")
        screen.type("3:20\n")
        screen.shows("One of: said, shown, reported, inferred")
        screen.type("said\n")
        screen.shows("one learning more")
        assert process.wait() == 0
    last = yamlfile.read((small / NEWS).read_text())["learnings"][-1]
    assert last == {
        "id": "who-copies-less-waits",
        "text": "Who copies less waits less.",
        "themes": ["kernel"],
        "by": "Ada Example",
        "at": "3:20",
        "basis": "said",
    }
    assert problems(small) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_who_is_at_a_terminal_may_say_a_session_in_other_words(small: Path) -> None:
    with at_a_terminal(small, "new", "quote", "kernle") as (screen, _):
        screen.shows("there is no session 'kernle'")
        screen.shows("Session: ")
        screen.type("kernel\n")
        screen.shows("sessions may be meant:")
        screen.shows("Kernel news & gossip")
        screen.shows("Its number, or more words: ")
        screen.type("gossip\n")
        screen.shows("Text: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_tab_offers_zones_and_what_other_records_say(small: Path) -> None:
    with at_a_terminal(small, "new", "event", "Conf") as (screen, process):
        for title, said in (
            ("Short name (Enter for none)", ""), ("City (Enter for none)", ""),
            ("Country (Enter for none)", ""), ("Time zone", "oslo\t"), ("First day", "2032-04-01"),
            ("Last day", "2032-04-02"), ("Address (Enter for none)", ""),
            ("Series (Enter for none)", "Exam\t"),
        ):  # fmt: skip
            screen.shows(f"{title}: ")
            screen.type(f"{said}\n")
        screen.shows("a new event")
        assert process.wait() == 0
    said = yamlfile.read((small / "sessions/conf/event.yaml").read_text())
    assert (said["timezone"], said["series"]) == ("Europe/Oslo", "Example Conf")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_what_check_warns_of_is_told_where_it_is_answered_and_taken_if_said_again(
    small: Path,
) -> None:
    with at_a_terminal(small, "new", "session", "--event", EVENT) as (screen, _):
        screen.shows("Address (Enter for none): ")
        screen.type("\n")
        screen.shows("Title: ")
        screen.type("Keynote: Kernels\n")
        screen.shows("'Keynote:' is no part of the title; write it so:\ntitle: Kernels\n")
        screen.shows("say it again to leave it so")
        screen.shows("Title: ")
        screen.type("Keynote: Kernels\n")
        screen.shows("Kind (Enter for none): ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_nobody_has_typed_for_nothing(small: Path) -> None:
    with at_a_terminal(small, "new", "speaker", "Ada Exampel") as (screen, process):
        screen.shows("Aliases (Enter for none): ")
        screen.type("A. Exampel\n")
        screen.shows("Aliases (Enter for no more): ")
        screen.type("\n")
        screen.shows("Write it all the same? [y/N] ")
        screen.type("n\n")
        screen.shows("this was to be in content/speakers/ada-exampel.md:\n---\nname: Ada Exampel\n")
        screen.shows("error: nothing was written")
        assert process.wait() == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_whoever_ends_the_input_writes_nothing(small: Path) -> None:
    with at_a_terminal(small, "new", "theme") as (screen, process):
        screen.shows("Name: ")
        screen.type("Safety\n")
        screen.shows("Summary (Enter for none): ")
        screen.type("\x04")
        assert process.wait() == 130
    assert not (small / "themes/safety.md").exists()
