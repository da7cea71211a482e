"""Front matter that was not found: what is told of it, and that the cure gives it."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from kbsite import records
from kbsite.parse import page_source, parse_page, parse_plain_page
from tests.mending import mended

THEME = "---\nname: Storage\n---\nWhere things stay.\n"


def cured(text: str, model: type[BaseModel] = records.Theme) -> str:
    """The text after the cure of its one problem, which leaves none."""
    (problem,) = parse_page(model, "themes/storage.md", text).problems
    assert problem.code == "KB018"
    (cure,) = problem.cures
    after = mended({problem.file: text}, cure)[problem.file]
    assert parse_page(model, problem.file, after).problems == ()
    return after


@pytest.mark.parametrize(
    "text",
    [
        THEME.replace("---\n", "", 1),
        THEME.replace("---\nWhere", "Where"),
        THEME.replace("---\nWhere", "--\nWhere"),
        THEME.replace("---\nWhere", "***\nWhere"),
        THEME.replace("---\nname", "—\nname"),
        THEME.replace("---\nname", "- - -\nname"),
        THEME.replace("---", "--"),
        "\n \n" + THEME,
        '+++\nname = "Storage"\n+++\nWhere things stay.\n',
    ],
)
def test_lines_around_front_matter_are_written_as_they_should_be(text: str) -> None:
    assert cured(text) == THEME


def test_keys_alone_get_both_lines() -> None:
    assert cured("name: Storage\nsummary: It stays.\n\nText.\n") == (
        "---\nname: Storage\nsummary: It stays.\n---\n\nText.\n"
    )


def test_a_page_that_is_only_front_matter_is_closed_at_its_end() -> None:
    assert cured("---\nname: Storage") == "---\nname: Storage\n---\n"


def test_what_toml_says_is_said_in_yaml() -> None:
    text = '+++\ntitle = "One: two"\ndate = 2031-04-01\nthemes = ["kernel"]\n+++\nText.\n'
    after = "---\ntitle: 'One: two'\ndate: 2031-04-01\nthemes:\n  - kernel\n---\nText.\n"
    assert cured(text, records.Article) == after


def test_a_page_without_front_matter_gets_its_heading_or_its_file_s_name() -> None:
    assert cured("# Where things stay #\n").startswith("---\nname: Where things stay\n---\n# ")
    assert cured("Text.\n") == "---\nname: Storage\n---\nText.\n"


def test_what_only_the_author_knows_is_not_made_up() -> None:
    (problem,) = parse_page(records.Report, "content/reports/one.md", "Text.\n").problems
    assert problem.cures == ()
    assert problem.hint.endswith("it needs title and author")


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n",
        "***\nNote: a text.\n***\n",
        "\n---\nA text.\n",
        "+++\nno toml\n+++\n",
        "Note: a text.\n---\n",
        "--\nNote: an ending\n",
    ],
)
def test_a_page_that_needs_none_may_look_like_it(text: str) -> None:
    assert parse_plain_page("content/one.md", text).problems == ()


@pytest.mark.parametrize("text", ["\n---\ntitle: One\n---\n", '+++\ntitle = "One"\n+++\n'])
def test_front_matter_that_readers_would_see_is_told_of_in_any_page(text: str) -> None:
    (problem,) = parse_plain_page("content/one.md", text).problems
    after = mended({problem.file: text}, problem.cures[0])[problem.file]
    assert page_source("content/one.md", after).front.strip() == "title: One"
