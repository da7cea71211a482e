"""Markdown's own links in pages, and the ids of their headings."""

from __future__ import annotations

import markdown
import pytest

from kbsite import harmless, hrefs
from tests.growth import is_even

PILES = (
    "](", "](a", "[x](a.md) ", "[x]: a\n", "<a href=", "<a ", "<img src='a'> ", "<h1>", "# A\n",
    "# {#", "{on=", "<x on", "<x><", "`", "(](", "<script>", "![", "&#", "](&#", "<", "&#x", "&",
    "&amp;",
)  # fmt: skip


@pytest.mark.parametrize("pile", PILES)
def test_the_time_to_read_a_page_grows_with_its_length(pile: str) -> None:
    for read in (hrefs.find, hrefs.ids, harmless.in_markdown, harmless.clean):
        assert is_even(read, lambda size: pile * (size // len(pile)), 20_000), read
    assert is_even(
        lambda text: list(harmless.taken_out(text)), lambda size: pile * (size // len(pile)), 20_000
    )


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("[a](b.md)", ["b.md"]),
        ('![a](b.png "Title") [c](<d e.md>)', ["b.png", "d e.md"]),
        ("[a](b(c).md)", ["b(c).md"]),
        ("[a][b]\n\n[b]: c.md#d", ["c.md#d"]),
        ("<a class='x' href='../b/'>c</a><img src=\"d.png\">", ["../b/", "d.png"]),
        ("!!! note\n\n    [a](b.md)", ["b.md"]),
        ("`[a](b.md)`\n\n    [a](b.md)\n\n```\n[a](b.md)\n```", []),
        ("[a](https://e.org) [b](/c) [d](?e) [f](mailto:a@e.org) [g]() [h]({{ i }})", []),
        ("[a](#b)", ["#b"]),
    ],
)
def test_links_within_the_site_are_found_outside_of_code(page: str, to: list[str]) -> None:
    found = hrefs.find(page)
    assert [href.to for href in found] == to
    assert [page[href.start : href.end] for href in found] == to


def test_ids_are_those_that_the_renderer_gives() -> None:
    page = (
        "# One & two\n\n## Ünïcode *and* `code`\n\n## One & two\n\n## One & two\n\nBelow\n-----\n\n"
        "## Given {#mine}\n\n## With class { .large }\n\n## [A link](b.md) here\n"
    )
    reader = markdown.Markdown(extensions=["toc", "attr_list"])
    reader.convert(page)

    def ids(tokens: list[dict[str, object]]) -> set[str]:
        return {
            each
            for token in tokens
            for each in (str(token["id"]), *ids(token["children"]))  # type: ignore[arg-type]
        }

    assert hrefs.ids(page) == ids(reader.toc_tokens)  # type: ignore[attr-defined]
