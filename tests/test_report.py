"""Problems as a person reads them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from kbsite import report
from kbsite.errors import Problem, in_order

PROBLEM = Problem(
    code="KB104",
    severity="error",
    file="talk.yaml",
    line=7,
    column=9,
    message="unknown theme 'x'",
    hint="did you mean 'y'?",
    source="themes: x",
    length=1,
)


def pointing(source: str, at: int, length: int = 1) -> Problem:
    return replace(PROBLEM, source=source, column=at + 1, length=length)


def caret(problem: Problem) -> tuple[str, str]:
    """The text in a terminal's cells above the caret, and the carets; wide characters count two."""
    _, line, marks, *_ = report.as_text(problem).split("\n")
    start, end = marks.index("^"), marks.rindex("^") + 1
    cells: list[str] = []
    for character in line:
        width = cell_len(character)
        if width:
            cells += [character] + [""] * (width - 1)
        else:
            cells[-1] += character
    return "".join(cells[start:end]), marks[start:end]


def test_a_problem_is_its_place_its_line_and_a_way_out() -> None:
    assert report.as_text(PROBLEM) == (
        "talk.yaml:7:9: error KB104: unknown theme 'x'\n"
        " 7 | themes: x\n"
        "   |         ^\n"
        "help: did you mean 'y'?"
    )


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    whole = Problem(code="KB005", severity="error", file="a", message="b", hint="c")
    assert report.as_text(whole) == "a: error KB005: b\nhelp: c"
    assert report.as_text(replace(whole, hint="")) == "a: error KB005: b"


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("room: ", "x"),
        ("😀: ", "x"),
        ("日本: ", "語語"),
        ("a\t\tb: ", "x"),
        ("e\u0301: ", "x"),
        ("", "x"),
        ("\u200b", "x"),
        ("\x1b[31m", "x"),
        ("\u202e" * 70, "x"),
    ],
)
def test_the_caret_stands_under_what_is_meant(before: str, meant: str) -> None:
    problem = pointing(f"{before}{meant} after", len(before), len(meant))
    assert caret(problem) == (meant, "^" * cell_len(meant))


def test_the_caret_stands_after_the_line_where_something_is_missing() -> None:
    assert report.as_text(pointing("a: [", 4)).split("\n")[1:3] == [" 7 | a: [", "   |     ^"]
    assert report.as_text(pointing("", 0)).split("\n")[1:3] == [" 7 | ", "   | ^"]


@pytest.mark.parametrize("where", [0, 70, 95, 150, 5_000, 99_990])
def test_a_very_long_line_is_cut_around_the_caret(where: int) -> None:
    source = "a" * where + "HERE" + "b" * (100_000 - where)
    text = report.as_text(pointing(source, where, 4))
    assert caret(pointing(source, where, 4)) == ("HERE", "^^^^")
    _, line, _, _ = text.split("\n")
    assert len(line) <= report.WIDTH + 10
    assert line.endswith("…") == (len(source) - where > report.WIDTH)
    assert ("…a" in line) == (where >= report.WIDTH - 20)


def test_a_very_long_value_is_underlined_as_far_as_it_is_shown() -> None:
    shown, marks = caret(pointing("key: " + "x" * 5_000, 5, 5_000))
    assert len(marks) == len(shown) == report.WIDTH - 5
    wide = pointing("key: " + "語" * 5_000, 5, 5_000)
    _, line, marks, _ = report.as_text(wide).split("\n")
    assert cell_len(marks) <= cell_len(line)


@pytest.mark.parametrize("field", ["file", "message", "hint", "source"])
@pytest.mark.parametrize(
    "attack",
    [
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\r",
        "\x08",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "\u2028",
        "\n::error::",
        "\ud800",
    ],
)
def test_nothing_in_a_problem_moves_the_cursor_or_hides(field: str, attack: str) -> None:
    given: dict[str, Any] = {field: f"a{attack}b"}
    text = report.as_text(replace(PROBLEM, **given))
    assert len(text.split("\n")) == 4 + (field == "hint" and "\n" in attack)
    assert not any(line.strip().startswith("::") for line in text.split("\n"))
    assert all(character == "\n" or character.isprintable() for character in text)
    assert not re.search(r"[\u2028\u202e\u2066]", text)


@given(st.text(), st.integers(0, 300), st.integers(1, 300))
def test_any_line_with_any_place_in_it_can_be_shown(source: str, at: int, length: int) -> None:
    source = source.replace("\n", "")
    problem = pointing(source, min(at, len(source)), length)
    _, line, marks, _ = report.as_text(problem).split("\n")
    assert set(marks[4:]) <= {" ", "^"}
    assert "^" in marks
    assert cell_len(marks) <= cell_len(line) + 1


def test_colours_are_for_terminals_and_rich_markup_is_text() -> None:
    problem = replace(
        PROBLEM, message="[red]x[/red] [link=https://x.example]y[/link]", hint=":smile:"
    )

    def printed(*, terminal: bool) -> str:
        out = io.StringIO()
        console = Console(file=out, force_terminal=terminal, color_system="standard", width=40)
        report.print_problems([problem], console)
        return out.getvalue()

    assert "\x1b[" in printed(terminal=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed(terminal=True))
    assert plain == report.as_text(problem) + "\n\n"


def test_who_wants_no_colour_gets_no_bold_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    console = report.console()
    console.file = out
    report.say(console, ("error: ", "bold red"), "x")
    assert out.getvalue() == "error: x\n"


def test_plain_output_has_no_colours() -> None:
    out = io.StringIO()
    report.print_problems([PROBLEM, PROBLEM], Console(file=out, width=20))
    assert out.getvalue() == f"{report.as_text(PROBLEM)}\n\n" * 2


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ("", "no problems"),
        ("e", "1 error"),
        ("ee", "2 errors"),
        ("w", "1 warning"),
        ("wew", "1 error, 2 warnings"),
        ("weew", "2 errors, 2 warnings"),
    ],
)
def test_the_summary_counts_errors_before_warnings(severities: str, expected: str) -> None:
    problems = [replace(PROBLEM, severity="error" if s == "e" else "warning") for s in severities]
    assert report.summary(problems) == expected


def test_problems_are_sorted_by_place_and_each_is_said_once() -> None:
    wanted = [
        replace(PROBLEM, file="a.yaml", line=2, column=1),
        replace(PROBLEM, file="a.yaml", line=10, column=2),
        replace(PROBLEM, file="a.yaml", line=10, column=11),
        replace(PROBLEM, file="a.yaml", line=10, column=11, code="KB105"),
        replace(PROBLEM, file="b.yaml", line=0, column=0),
        replace(PROBLEM, file="b.yaml", line=1, column=1),
    ]
    assert in_order([*wanted[::-1], *wanted]) == wanted


def printed(*problems: Problem, every: bool = False) -> str:
    out = io.StringIO()
    report.print_problems(problems, Console(file=out, width=20), every=every)
    return out.getvalue()


def test_of_one_file_twenty_are_shown_with_errors_before_warnings_and_the_others_counted() -> None:
    warnings = [replace(PROBLEM, severity="warning", line=line) for line in range(1, 1236)]
    errors = [replace(PROBLEM, line=line) for line in (900, 1300)]
    other = replace(PROBLEM, file="z.yaml")
    said = printed(*in_order([*warnings, *errors]), other)
    shown = re.findall(r"^talk.yaml:(\d+):9: (\w+)", said, re.MULTILINE)
    assert [int(line) for line, _ in shown] == [*range(1, 19), 900, 1300]
    assert [name for _, name in shown].count("error") == 2
    assert "\n\nand 1,217 more in talk.yaml; 'kbsite check --all' shows them\n\nz.yaml:7:9" in said
    assert printed(*warnings, every=True).count("warning KB104") == 1235
