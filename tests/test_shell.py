"""The memoised shell: right, or not used."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import quote

import pytest

from kbsite.shell import Fields, Shells


def page(fields: Fields) -> str:
    """A theme's page as Material makes one."""
    return f"<title>{fields['title']}</title><body>{fields['content']}</body>"


def test_a_class_is_rendered_in_full_a_few_times_and_filled_in_afterwards() -> None:
    calls: list[Fields] = []

    def full(fields: Fields) -> str:
        calls.append(fields)
        return page(fields)

    shells = Shells(report=lambda _: None)
    for number in range(9):
        fields = {"title": f"Page {number}", "content": "<h1>\\1 {x}</h1>"}
        assert shells.render("a", fields, full, name="a") == page(fields)
    assert len(calls) == 3  # the first page; the second with marks, and with signs that trap


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda title: title.replace("&", "and"),
        lambda title: title[:20],
        html.unescape,
        html.escape,
        lambda title: title.replace("/", ""),
        quote,
        repr,
    ],
)
def test_a_theme_that_changes_a_field_is_found_by_pages_that_it_does_not_change(
    change: Callable[[str], str],
) -> None:
    def changing(fields: Fields) -> str:
        return page({**fields, "title": change(fields["title"])})

    shells = Shells(report=lambda _: None)
    for title in ("PLAIN", "WORDS", "Then &amp; \\ this/that, which is long and has more in it"):
        fields = {"title": title, "content": "<h1>x</h1>"}
        assert shells.render("a", fields, changing, name="a") == changing(fields)


def test_a_theme_that_prints_what_all_but_one_page_have_in_common_is_found() -> None:
    def first(fields: Fields) -> str:
        return page(fields) + ("!" if fields["title"] == "First" else "")

    shells = Shells(report=lambda _: None)
    for title in ("First", "Second", "Third"):
        fields = {"title": title, "content": "<h1>x</h1>"}
        assert shells.render("a", fields, first, name="a") == first(fields)


def test_a_field_that_holds_the_name_of_another_stays_as_it_is() -> None:
    shells = Shells(report=lambda _: None)
    fields = {"title": "kbsitefieldcontentendfield", "content": "kbsitefieldtitleendfield"}
    for title in ("t", "u"):
        shells.render("a", {"title": title, "content": "c"}, page, name="a")
    assert shells.render("a", fields, page, name="a") == page(fields)


def test_a_class_whose_pages_depend_on_more_than_the_fields_is_reported_and_rendered_in_full() -> (
    None
):
    reports: list[str] = []
    shells = Shells(report=reports.append)

    def counts(fields: Fields) -> str:
        return page(fields) + str(len(fields["content"]))

    for content in ("<h1>x</h1>", "<h1>longer</h1>", "<h1>x</h1>"):
        fields = {"title": "t", "content": content}
        assert shells.render("a", fields, counts, name="counting.html") == counts(fields)
    [said] = reports
    assert said == (
        "pages of the class 'counting.html' are rendered in full, which is slower: the theme makes "
        "more of what they say than to print it"
    )


def test_a_template_that_looks_for_a_heading_in_the_content_finds_one_in_the_shell_too() -> None:
    def headed(fields: Fields) -> str:
        heading = "" if "<h1" in fields["content"] else "<h1>missing</h1>"
        return heading + page(fields)

    reports: list[str] = []
    shells = Shells(report=reports.append)
    for title in ("One", "Two", "Three"):
        fields = {"title": title, "content": f"<h1>{title}</h1>"}
        assert shells.render("a", fields, headed, name="a") == headed(fields)
    assert reports == []


def test_classes_do_not_share_a_shell() -> None:
    shells = Shells(report=lambda _: None)
    for title in ("One", "Two", "Three"):
        fields = {"title": title, "content": "<h1>c</h1>"}
        assert shells.render("a", fields, page, name="a") == page(fields)
        assert shells.render("b", fields, lambda f: page(f) + "!", name="b") == page(fields) + "!"


def test_what_a_theme_makes_of_a_field_as_a_whole_is_made_of_each() -> None:
    def viewing(fields: Fields) -> str:
        return page(fields) + fields["edit"].replace("edit", "raw")

    reports: list[str] = []
    shells = Shells(report=reports.append)
    for name in ("one", "two", "editing"):
        fields = {"title": "t", "content": "<h1>c</h1>", "edit": f"https://x.org/edit/{name}"}
        assert shells.render("a", fields, viewing, name="a") == viewing(fields)
    assert reports == []
