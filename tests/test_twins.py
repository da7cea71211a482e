"""Bodies of pages as Markdown: what is kept, what is left out, and that no word becomes markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import commonmark, prose
from kbsite.twins import WRITTEN, to_markdown


def same(href: str) -> str:
    return href


def markdown(body: str) -> str:
    return to_markdown(body, same)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<h1 id="page">Title</h1><p>One</p>', "One\n"),
        ('<h2 id="who">Who</h2>\n<p>A <b>b</b> <em>c</em></p>', "## Who\n\nA **b** *c*\n"),
        ("<p>a<br>b</p>", "a  \nb\n"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b\n"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n    - b\n"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n    b\n"),
        ('<ul><li><p>a</p><p class="kb-meta">b</p></li></ul>', "- a  \n    b\n"),
        ("<ul><li><h3>a</h3></li></ul>", "- **a**\n"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b\n"),
        ('<ul class="kb-row"><li>a</li><li>b</li></ul>', "a · b\n"),
        ("<blockquote><p>a</p><footer>b</footer></blockquote>", "> a\n>\n> b\n"),
        ("<dl><div><dt>When</dt><dd>Now</dd></div></dl>", "**When:** Now\n"),
        ("<dl><dt>a</dt><dd>1</dd><dd><p>n</p></dd></dl>", "**a:** 1; n\n"),
        ("<pre>a `b`\n\n  c\n</pre>", "```\na `b`\n\n  c\n```\n"),
        ("<pre>```\n</pre>", "````\n```\n````\n"),
        ("<p><code>a `b`</code></p>", "`` a `b` ``\n"),
        (
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1|2</td></tr></tbody></table>",
            "| a |\n| --- |\n| 1\\|2 |\n",
        ),
        (
            '<table><tbody><tr><th scope="row">a</th><td><svg></svg>4</td></tr></tbody></table>',
            "- a: 4\n",
        ),
        ('<p><a href="x y">a</a></p>', "[a](<x y>)\n"),
        ('<p><a href="#people">a</a> <a href="#learning-b">b</a></p>', "a [b](#learning-b)\n"),
        ('<p class="kb-print">a</p><nav class="kb-jump"><a href="#b">b</a></nav>', ""),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "<https://a.example/>\n"),
        ('<p>a <span class="kb-label">Moderator</span></p>', "a *Moderator*\n"),
        ('<p>a <span class="kb-count">2 sessions</span></p>', "a (2 sessions)\n"),
        ("<p>x<sup>2</sup></p>", "x<sup>2</sup>\n"),
        ("", ""),
    ],
)
def test_html_is_written_as_markdown(body: str, expected: str) -> None:
    assert re.sub(" +", " ", markdown(body)) == re.sub(" +", " ", expected)


@pytest.mark.parametrize(
    "body",
    [
        "<script>a()</script>",
        "<svg><text>a</text></svg>",
        "<p hidden>a</p>",
        '<div aria-hidden="true">a</div>',
        '<p><a class="kb-permalink" href="#a">link</a></p>',
        "<form><button>a</button></form>",
        "<!-- a -->",
    ],
)
def test_what_only_a_browser_uses_is_left_out(body: str) -> None:
    assert markdown(body) == ""


def test_links_that_lead_nowhere_are_words() -> None:
    assert to_markdown('<p>a <a href="b">c</a></p>', lambda _: "") == "a c\n"


def test_what_names_a_thing_can_be_linked_to() -> None:
    body = '<blockquote id="learning-a"><p>b</p></blockquote>'
    assert markdown(body) == '<a id="learning-a"></a>\n\n> b\n'


def test_what_is_markdown_already_is_put_in_as_it_is() -> None:
    assert to_markdown(f"<div>{WRITTEN}</div><p>b</p>", same, "*a*\n") == "*a*\n\nb\n"


SIGNS = st.text("ab 12.)`*_[]()<>&#+-=~|!\\{}%;:", min_size=1)


@given(SIGNS)
def test_words_that_look_like_markup_stay_words(text: str) -> None:
    """Rendered again, the Markdown says the same, and nothing but a paragraph has come of it."""
    made = commonmark.render(markdown(f"<p>{html.escape(text)}</p>"), raw=True)
    assert " ".join(html.unescape(re.sub("</?p>", "", made)).split()) == " ".join(text.split())


@given(st.lists(SIGNS, min_size=2, max_size=3))
def test_words_stay_where_they_are_in_lists_and_quotes(texts: list[str]) -> None:
    items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    body = f"<blockquote><ul>{items}</ul></blockquote><p>{html.escape(texts[0])}</p>"
    assert prose.to_text(markdown(body)) == prose.to_text(body)
