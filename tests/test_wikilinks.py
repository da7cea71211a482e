"""Finding [[kind:target|words]] in Markdown."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import wikilinks
from tests.growth import is_even


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(link.kind, link.target, link.words) for link in wikilinks.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[theme:ebpf]]", ("theme", "ebpf", None)),
        ("[[Theme: ebpf |a *kernel*]]", ("theme", "ebpf", "a *kernel*")),
        ("[[speaker:Ada\nExample]]", ("speaker", "Ada Example", None)),
        ("[[theme:ebpf|two\nlines]]", ("theme", "ebpf", "two lines")),
        ("[[theme:ebpf|]]", ("theme", "ebpf", None)),
        ("[[theme:]]", ("theme", "", None)),
        ("[[themes:ebpf]]", ("themes", "ebpf", None)),
        ("([[theme:ebpf]])", ("theme", "ebpf", None)),
        ("[[[theme:ebpf]]]", ("theme", "ebpf", None)),
        ("\\\\[[theme:ebpf]]", ("theme", "ebpf", None)),
        ("```a [[theme:x]]``` [[theme:ebpf]]", ("theme", "ebpf", None)),
        ("a ` b\n\n[[theme:ebpf]] ` c", ("theme", "ebpf", None)),
        ("`` ` [[theme:x]] `` [[theme:ebpf]]", ("theme", "ebpf", None)),
        ("<!-- never closed [[theme:ebpf]]", ("theme", "ebpf", None)),
        ("| a |\n| --- |\n| [[theme:ebpf\\|words]] |", ("theme", "ebpf", "words")),
        ("- ```\n  [[theme:x]]\n  ```\n- [[theme:ebpf]]", ("theme", "ebpf", None)),
        ("> ```\n> [[theme:x]]\n\n[[theme:ebpf]]", ("theme", "ebpf", None)),
        ("> ~~~\n> [[theme:x]]\n>\n> ~~~\n> [[theme:ebpf]]", ("theme", "ebpf", None)),
    ],
)
def test_a_link_is_found(text: str, expected: tuple[str, str, str | None]) -> None:
    assert found(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[theme:ebpf]",
        "\\[[theme:ebpf]]",
        "`[[theme:ebpf]]`",
        "``a ` [[theme:ebpf]]``",
        "`over\ntwo lines [[theme:ebpf]]`",
        "```\n[[theme:ebpf]]\n```",
        "~~~ yaml\n[[theme:ebpf]]\n```\n[[theme:ebpf]]\n~~~",
        "````\n```\n[[theme:ebpf]]\n````",
        "```\nnever closed\n\n[[theme:ebpf]]",
        "  ```\n  [[theme:ebpf]]\n  ```",
        "<!-- [[theme:ebpf]]\n\n[[theme:ebpf]] -->",
        "[[what: ever\n\n]]",
        "if [[ -f x ]]; then",
        "as shown in [[1]] and [[2]]",
        "- a\n\n  ~~~\n  [[theme:ebpf]]\n  ~~~\n",
        "- ```\n  [[theme:ebpf]]\n\n  [[theme:ebpf]]\n  ```",
        "2. > ```\n   > [[theme:ebpf]]\n   >\n   > [[theme:ebpf]]\n   > ```",
        "```\n> ```\n[[theme:ebpf]]\n```",
    ],
)
def test_what_is_code_a_comment_or_no_link_is_left_alone(text: str) -> None:
    assert found(text) == []
    assert wikilinks.replace(text, lambda _: "!") == text


@pytest.mark.parametrize(
    "text",
    [
        "    @",
        "a\n\n    @",
        "a\n\n\t@",
        "a\n\n  \t@",
        "# a\n    @",
        "- a\n\n      @",
        "- a\n\n\t\t@",
        "-     @",
        "1. a\n\n       @\n\n\n       @",
        "> a\n>\n>     @",
        ">\t\t@",
        "    a\n\n    @",
        "| a |\n| - |\n    @",
        "!!! note\n\n    @",
        "<div>\n@\n</div>",
        "<p title='@'>",
        "``` @\n```",
        "http://a.example/@",
        "see www.a.example/@ too",
        "<http://a.example/@>",
        "[x](http://a.example/@)",
        "[x](<http://a.example/@>)",
        "[x](http://b.example '@')",
        "![x](http://b.example/@)",
        "[a]: http://b.example '@'\n\n[a]",
        "[a]: http://b.example/@\n\n[a] and [a]",
        "[a]: http://b.example '@'",
    ],
)
def test_what_prose_does_not_read_is_left_alone(text: str) -> None:
    text = text.replace("@", "[[theme:ebpf]]")
    assert list(wikilinks.find(text, in_prose=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "   @",
        "a\n    @",
        "a\n\t@",
        "- a\n    @",
        "- a\n\n    @",
        "- a\n\n\t@",
        "- a\n  - b\n\n      @",
        "1. a\n\n      @",
        "> a\n    @",
        ">\t@",
        "    ```\n\n@",
        "    `\n\n@ `",
        "~~~\na ` b\n~~~\n@ ` c",
        "`<!--` @ `-->`",
        "`\\` @ `\\`",
        "http://a.example/ @ www.a.example",
        "[x](http://a.example) @",
        "[a] @\n\n[a]: http://a.example",
        "[x @ y](http://a.example)",
        "![x @ y](a.png)",
        "\ue000 `\ue0000\ue000` @",
    ],
)
def test_what_only_looks_like_code_holds_links(text: str) -> None:
    text = text.replace("@", "[[theme:ebpf]]")
    for in_prose in (True, False):
        assert [link.start for link in wikilinks.find(text, in_prose=in_prose)] == [
            text.index("[[theme:ebpf]]")
        ]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("!!! note\n\n    @", True),
        ("!!! note\n    a\n\n    @", True),
        ("!!! note\n\n        @", False),
        ("!!! note\n    ```\n    @\n    ```", False),
        ('??? tip "More"\n\n    @', True),
        ('???+ tip "More"\n\n    - a\n\n        @', True),
        ('=== "One"\n\n    @', True),
        ('=== "One"\n\n    !!! note\n\n        a\n\n        @', True),
        ('=== "One"\n\n    !!! note\n\n        a\n\n            @', False),
        ("Title\n=====\n\n    @", False),
        ("a[^1]\n\n[^1]: b\n\n    @", True),
        ("a[^1]\n\n[^1]: b\n\n        @", False),
        ("Term\n:   a\n\n    @", True),
        ("Term\n:   a\n\n        @", False),
        ("<div markdown>\n@\n</div>", True),
        ("1. a\n\n    b\n\n    @", True),
        ("- a\n    - b\n\n        @", True),
        ("- a\n    - b\n\n            @", False),
        ("a\n\n    @", False),
        ("a\n\n\t@", False),
        ("<pre>@</pre>", False),
        ("<pre><b>@</b></pre>", False),
        ("a <code>@</code>", False),
        ("`<pre>` @ `</pre>`", True),
        ("<pre> @", True),
        ("a <b>@</b>", True),
        ('a <b title="@">b</b>', False),
    ],
)
def test_what_is_code_in_a_page_is_what_its_renderer_takes_for_code(
    text: str, is_found: bool
) -> None:
    extensions = ["admonition", "def_list", "footnotes", "md_in_html", "pymdownx.details"]
    extensions += ["pymdownx.superfences", "pymdownx.tabbed"]
    html = markdown.markdown(text, extensions=extensions)
    assert (re.search('<(code|pre)>(<[^>]*>)*@|="@', html) is None) == is_found
    assert found(text.replace("@", "[[theme:ebpf]]")) == [("theme", "ebpf", None)] * is_found


def test_a_link_that_is_not_closed_is_found_as_such() -> None:
    links = list(wikilinks.find("See [[theme:ebpf and\n\n[[theme:kernel]]."))
    assert [(link.kind, link.raw) for link in links] == [
        ("", "[[theme:"),
        ("theme", "[[theme:kernel]]"),
    ]


def test_replacing_leaves_everything_else_as_it_was() -> None:
    text = "a [[theme:x]] `[[theme:x]]` [[theme:y|w]]\n[[theme:open"
    assert wikilinks.replace(text, lambda link: f"<{link.target}>") == (
        "a <x> `[[theme:x]]` <y>\n[[theme:open"
    )


def test_links_are_found_one_after_the_other() -> None:
    text = "[[theme:a]][[theme:b]] and [[theme:c|x]]|[[theme:d]]\n[[theme:e]]"
    assert [target for _, target, _ in found(text)] == ["a", "b", "c", "d", "e"]


_PIECES = ["[[theme:x]]", "[[theme:é|w]]", "[[", "]]", "`", "```", "~~~", "\n", " ", "<!--", "-->",
           "\\", "|", "é\r", "> ", "- ", "    ", "\t", "!!! a\n", "<p>"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES)).map("".join), st.booleans())
def test_replacing_changes_links_and_nothing_else(text: str, in_prose: bool) -> None:
    links = [link for link in wikilinks.find(text, in_prose=in_prose) if link.kind]
    kept, done = [], 0
    for link in links:
        kept.append(text[done : link.start])
        done = link.start + len(link.raw)
    kept.append(text[done:])
    replaced = wikilinks.replace(text, lambda link: f"\0{link.target}\1", in_prose=in_prose)
    assert re.split("\0[^\1]*\1", replaced) == kept


@given(st.text(alphabet="[]`~\\:|-<>!# \n themeab"))
def test_every_link_is_where_it_says(text: str) -> None:
    end = 0
    for link in wikilinks.find(text):
        assert link.start >= end
        end = link.start + len(link.raw)
        assert text[link.start : end] == link.raw
    assert wikilinks.replace(text, lambda link: link.raw) == text


@pytest.mark.parametrize(
    "pile",
    [
        "`",
        "[[",
        "[[a:",
        "[[theme:x|",
        "<!-- ",
        "-->",
        "<",
        "[[theme:x]]<!--",
        "!!! a\n\n    ",
        "[^a]: ",
        ": ",
        "    ",
        "> ",
        "\n    [[theme:x]]",
        "\\",
        "`` ` ",
        "```\n",
        "[[theme:x]] ",
        "` \n\n",
    ],
)
def test_piles_of_signs_take_no_long_time(pile: str) -> None:
    def work(text: str) -> None:
        for in_prose in (True, False):
            for _ in wikilinks.find(text, in_prose=in_prose):
                pass

    assert is_even(work, lambda size: pile * (size // len(pile)) + "[[theme:x]] `", 50_000)


def test_runs_of_every_length_take_no_long_time() -> None:
    def runs(size: int) -> str:
        lengths = range(1, int((2 * size) ** 0.5))
        return " ".join("`" * length for length in lengths) + " [[theme:x]]"

    assert is_even(found, runs, 50_000)
    assert found(runs(50_000)) == [("theme", "x", None)]


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("[[ebpf]]", "ebpf", None),
        ("a [[Ada Example|her]] b", "Ada Example", "her"),
        ("| [[ebpf\\|kernel]] |", "ebpf", "kernel"),
        ("[[ theme:ebpf]]", "theme:ebpf", None),
        ("[[theme :ebpf]]", "theme :ebpf", None),
        ("[[TOC]]", "TOC", None),
    ],
)
def test_words_in_double_brackets_are_found_without_a_kind(
    text: str, target: str, words: str | None
) -> None:
    assert found(text) == [("", target, words)]
    assert wikilinks.replace(text, lambda _: "x") == text


@pytest.mark.parametrize(
    "text",
    [
        "`[[ebpf]]`",
        "\\[[ebpf]]",
        "    [[ebpf]]",
        "[[1]](https://example.org), [[note]](https://example.org), [[note]][ref]",
        "as in [[note]]\n\n[note]: https://example.org",
        "[[^1]]\n\n[^1]: A note.",
        "[[2, 3]], [[1, 2], [3, 4]], x[[0]]",
        'if [[ -n "$x" ]] && [[ $x == y ]]; then',
        "[[an address](https://example.org)]",
    ],
)
def test_what_authors_put_into_double_brackets_otherwise_is_left_alone(text: str) -> None:
    assert found(text) == []
