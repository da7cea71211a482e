"""Descriptions of any format to prose that kbsite accepts as it is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import prose, wikilinks
from kbsite.importers.cleaning import readable
from kbsite.importers.descriptions import to_commonmark
from kbsite.importers.formats import c3voc, frab, sessionize
from kbsite.importers.schedule import Parser, Text, TextFormat
from tests.growth import is_even
from tests.importers.schedules import CORPORA

FORMATS: list[TextFormat] = ["plain", "html", "markdown"]


def html(text: str) -> str | None:
    return to_commonmark(Text(text=text, format="html"))


def markdown(text: str) -> str | None:
    return to_commonmark(Text(text=text, format="markdown"))


def plain(text: str) -> str | None:
    return to_commonmark(Text(text=text, format="plain"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", ["", " \n\t", "\x00\u200b", "\ufeff\n\n"])
def test_of_nothing_comes_nothing(text: str, format: TextFormat) -> None:
    assert to_commonmark(Text(text=text, format=format)) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<p>One <strong>bold</strong> and <em>soft</em> word.</p><p>Two.</p>",
         "One **bold** and *soft* word.\n\nTwo."),
        ("one<br>two<br/><br>three", "one\\\ntwo\n\nthree"),
        ("One\nline.\n\nAnother <b>one</b>.", "One line.\n\nAnother **one**."),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h6>E</h6>",
         "### A\n\n### B\n\n### C\n\n### D\n\n### E"),
        ("<p>To bring:</p><ul><li>a pen<ul><li>red</li></ul></li><li><p>ink</p></li></ul>",
         "To bring:\n\n- a pen\n  - red\n- ink"),
        ("<ol start='3'><li>three</li><li>four</li></ol>", "3. three\n4. four"),
        ("<ol start='99999999999'><li>one</li></ol>", "1. one"),
        ("<ol start='²'><li>one</li></ol>", "1. one"),
        ("A list:<li>one</li><li>two</li>", "A list:\n\n- one\n- two"),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "> One.\n>\n> Two."),
        ("<pre><code>a = [1]\n\n\n  b()\n</code></pre>", "```\na = [1]\n\n\n  b()\n```"),
        ("<pre>``` x</pre>", "````\n``` x\n````"),
        ("Use <code>a_b</code> or <code>`c`</code>.", "Use `a_b` or `` `c` ``."),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>*</td></tr></table>",
         "| a | b |\n| --- | --- |\n| 1\\|2 | \\* |"),
        ("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "a\n\nb c"),
        ("<dl><dt>Term</dt><dd>What it is.</dd></dl>", "Term\n\nWhat it is."),
        ("10<sup>6</sup> H<sub>2</sub>O", "10<sup>6</sup> H<sub>2</sub>O"),
        ("She said <q>yes</q>.", 'She said "yes".'),
        ("a<hr>b", "a\n\n---\n\nb"),
        ("<u>All</u> <span>the</span> <small>rest</small>", "All the rest"),
        ("AT&amp;T &lt;b&gt; &copy; a &nbsp; b &amp;amp;", "AT&T \\<b> © a b \\&amp;"),
    ],
)  # fmt: skip
def test_html_is_written_as_people_write_markdown(text: str, written: str) -> None:
    assert html(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<a href='https://example.org/a_b'>it</a>", "[it](https://example.org/a_b)"),
        ("<a href='https://example.org'>https://example.org</a>", "<https://example.org>"),
        ("<a href='https://example.org/x_(y)'>it</a>", "[it](<https://example.org/x_(y)>)"),
        ("<a href='https://example.org/?a=1&amp;copy;=2'>it</a>",
         "[it](https://example.org/?a=1&amp;copy;=2)"),
        ("<a href='mailto:ada@example.org'>ada@example.org</a>", "ada@example.org"),
        ("<a href='mailto:ada@example.org'>Ada</a>", "[Ada](mailto:ada@example.org)"),
        ("<a href='https://example.org'>a [b]</a>", "[a \\[b\\]](https://example.org)"),
        ("Wow!<a href='https://example.org'>it</a>", "Wow\\![it](https://example.org)"),
        ("<a href='hedy.example'>it</a>", "it"),
        ("<a href='/x'>it</a>", "it"),
        ("<a href='javascript:alert(1)'>it</a>", "it"),
        ("<a href='kb:/themes/x/'>it</a>", "it"),
        ("<a href='https://exa mple.org'>it</a>", "it"),
        ("<a href='https://example.org'><img src='x.png'></a>it", "it"),
        ("See https://example.org/a_b.", "See <https://example.org/a_b>."),
        ("(See https://example.org/a_(b))", "(See <https://example.org/a_(b)>)"),
        ("www.example.org, or ftp://example.org/a.", "www.example.org, or ftp\\://example.org/a."),
        ("See www.a_b.example", "See www\\.a_b.example"),
        ("xmpp:ada@example.org", "`xmpp:ada@example.org`"),
        ("<img src=x onerror=alert(1)><script>alert(1)</script><style>p{}</style>it", "it"),
        ("<!-- no --><svg><p>it</p></svg><iframe src='https://example.org'></iframe>", "it"),
    ],
)  # fmt: skip
def test_a_link_leads_into_the_web_or_is_its_words(text: str, written: str) -> None:
    assert html(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>Note:</b> now", "**Note:** now"),
        ("<b>Note:</b>now", "**Note**:now"),
        ("a <b> b </b> c", "a **b** c"),
        ("a<b>(b)</b>", "a(b)"),
        ("<b></b>a<i> </i>b", "a b"),
        ("<b>one<p>two</p></b>", "one\n\ntwo"),
    ],
)
def test_emphasis_is_where_markdown_can_have_it(text: str, written: str) -> None:
    assert html(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "#hash", "- no item", "+ no item", "* no item", "1. no item", "2019. Year",
        "> no quote", "=====", "---", "***", "___", "~~~", "```", "a * b * c", "*a*", "_a_", "__a_",
        "snake_case_word", "~a~", "`a`", "[a](b)", "[a]", "[a]: b", "![a](b)", "<b>", "a < b", "<b",
        "<https://example.org>", "&amp;amp;", "&amp;#42;", "AT&T", "\\", "a\\", "\\*", "| a | b |",
        "    four spaces", "[[theme:ebpf]]", "[[theme:", "`[[theme:ebpf]]", "<!-- [[theme:x]] -->",
        "a@b.example", "-mailto:a@b.example", "xmpp:a@b.example", "http://exa^mple.org", "http://",
        "www.", "www.a_b.example/[x]", "https://a.example,https://b.example", "$a$", ":smile:",
        "a!", "   +----------+-----------------+   ",
    ],
)  # fmt: skip
def test_plain_text_means_what_it_says(text: str) -> None:
    for line in (text, f"a\n{text}", f"{text}\nb", f"{text}\n{text}", f"a {text}"):
        written = plain(line)
        assert written is not None
        assert shown_words(prose.to_text(written)) == shown_words(unescape(line))
        assert "<h" not in prose.to_html(written)
        assert "<table" not in prose.to_html(written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "See [https://example.org/a_b](https://example.org/a_b), [this](https://example.org/?a&b)",
            "See <https://example.org/a_b>, [this](https://example.org/?a&b)",
        ),
        ("See [this](javascript:x)", r"See \[this\](javascript:x)"),
        ("One\nline.\n\n\nAnother.", "One\\\nline.\n\nAnother."),
        ("Bring:\n• a pen\n• ink\n\nThanks!", "Bring:\n\n- a pen\n- ink\n\nThanks!"),
        ("- one\n  goes on\n– two\nend", "- one\\\n  goes on\n- two\n\nend"),
        ("1. one\n2) two\n\n3. three", "1. one\n2. two\n3. three"),
        ("1. one\n\nmore\n\n2. two", "1. one\n\nmore\n\n2. two"),
        ("1. one\n5. five", "1. one\n\n5\\. five"),
        ("2019. What a year", "2019\\. What a year"),
        ("-no list", "-no list"),
        ("a &gt; b&nbsp;&amp; c", "a > b & c"),
        ("<p>no tag</p>", "\\<p>no tag\\</p>"),
        ("*really*", "\\*really\\*"),
        ("C++, snake_case #1 - 9% [sic] ~5 (a|b)", "C++, snake_case #1 - 9% \\[sic\\] \\~5 (a|b)"),
        ("https://example.org/a_b?c=d&e=f!", "<https://example.org/a_b?c=d&e=f>!"),
        ("one\r\ntwo\x0bthree\u2028four", "one\\\ntwo\\\nthree\\\nfour"),
    ],
)  # fmt: skip
def test_plain_text_keeps_its_lines_and_lists(text: str, written: str) -> None:
    assert plain(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A *soft* **bold** `code` [link](https://example.org).",
         "A *soft* **bold** `code` [link](https://example.org)."),
        ("One\nline and **two**\nlines", "One\\\nline and **two**\\\nlines"),
        ("# Head\n\n* one\n* two\n  go on\n\n1) a\n2) b",
         "### Head\n\n- one\n- two\\\n  go on\n\n1. a\n2. b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("```\n   +--------------------+--+\n```", "```\n   +--------------------+--+\n```"),
        ("```py\nx = '[[theme:ebpf]]'\n```", "```\nx = '[[theme:ebpf]]'\n```"),
        ("![alt](https://example.org/a.png)text", "text"),
        ("[a](b.md) [c](ftp://example.org)", "a c"),
        ("[[theme:ebpf|words]]", "\\[\\[theme:ebpf|words\\]\\]"),
        ("<b>raw</b> <script>x</script> <a href='https://example.org'>it</a>",
         "**raw** [it](https://example.org)"),
    ],
)  # fmt: skip
def test_markdown_stays_what_it_is(text: str, written: str) -> None:
    assert markdown(text) == written


PIECES = [
    "<script>", "</script>", "<b>", "</b>", "<em>", "</em>", "<a href='https://x.example/(a)'>",
    "<a href='x'>", "</a>", "<p>", "</p>", "<br>", "<ul>", "</ul>", "<ol start=3>", "</ol>", "<li>",
    "<table>", "<tr>", "<td>", "<th>", "</table>", "<pre>", "</pre>", "<code>", "</code>", "<h1>",
    "</h1>", "<blockquote>", "</blockquote>", "<div>", "</div>", "<sup>", "<q>", "<dl><dt>", "<dd>",
    "<img src=x alt=y>", "![a](b.png)", "[[theme:ebpf]]", "[[theme:", "]]", "[", "]", "(", ")", "`",
    "``", "```", "~~", "~~~", "*", "**", "_", "__", "#", "# ", "- ", "+ ", "1. ", "2) ", "> ", "= ",
    "---", "|", "| a |\n|-|\n", ":-", "\\", "&", "&amp;", "&nbsp;", "&#1;", "&#x5b;", "<", "<!--",
    "-->", "!", "http://a.example/x_y", "https://a.example/a(b)", "ftp://a.example", "www.a.bcd",
    "www.a_b.example/[c]", "xmpp:a@b.example", "mailto:a@b.example", "a@b.example", "javascript:x",
    "kb:/x", "word", "é", "漢字", "\n", "\n\n", "\r\n", "  ", "\t", "    ", "\x00", "\x01", "\x02",
    "\u200b", "\u2028", "\xa0", "\ud800", "😀", ";", ".", "• ", "– ", "10", "<svg>", "<style>", "$",
]  # fmt: skip
PILES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


def shown_words(text: str) -> list[str]:
    """The words that a reader sees, without the marks and numbers of lists."""
    words = readable(unescape(readable(text))).split()
    return [word for word in words if not re.fullmatch(r"[-*–—•◦▪●·‣\u2043]|[0-9]{1,3}[.)]", word)]


@given(PILES, st.sampled_from(FORMATS))
def test_whatever_comes_in_kbsite_has_nothing_to_say_about_it(
    text: str, format: TextFormat
) -> None:
    written = to_commonmark(Text(text=text, format=format)) or "nothing"
    assert list(prose.findings(written)) == []
    assert list(wikilinks.find(written)) == []
    assert written == readable(written).strip("\n")
    assert re.search("<h[12]", prose.to_html(written)) is None


@given(PILES | st.text())
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    written = plain(text)
    assert "".join(shown_words(prose.to_text(written or ""))) == "".join(shown_words(text))


@given(PILES | st.text(), st.sampled_from(FORMATS))
def test_what_is_written_once_is_written_the_same_words_again(
    text: str, format: TextFormat
) -> None:
    written = to_commonmark(Text(text=text, format=format)) or ""
    again = markdown(written) or ""
    assert prose.to_text(again).split() == prose.to_text(written).split()


@pytest.mark.parametrize("format", FORMATS)
def test_a_number_of_any_length_can_stand_for_a_character(format: TextFormat) -> None:
    assert to_commonmark(Text(text=f"a &#{'9' * 5000}; b", format=format)) is not None


@pytest.mark.parametrize(
    "pile",
    ["<b>", "<div>", "<ul><li>", "- a\n", "1. a\n", "[", "`a", "*a", "_", "&", "<", "> ", "|", "\\",
     "<p><b>x</p>", "<i x=", "http://", "www.", "a@b.c ",
     "mailto:", "\n\nx", "<br>x", "<pre>\n", "<td>x", "(", "  x"],
)  # fmt: skip
@pytest.mark.parametrize("format", FORMATS)
def test_piles_of_signs_take_no_long_time(pile: str, format: TextFormat) -> None:
    assert is_even(
        lambda text: to_commonmark(Text(text=text, format=format)),
        lambda size: pile * (size // len(pile)),
        4_000,
    )


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("c3voc-camp-2019.json", c3voc.parse),
        ("frab-fosdem-2025.xml", frab.parse),
        ("sessionize-globalazure-2024.json", sessionize.parse),
    ],
)
def test_real_descriptions_keep_their_words_and_do_not_change_again(
    name: str, read: Parser
) -> None:
    source = CORPORA / name
    if not source.exists():
        pytest.skip("the real schedules are not beside the repo")
    texts = [entry.text for entry in read(source.read_bytes()).entries if entry.text]
    assert len(texts) == {"c": 76, "f": 943, "s": 15}[name[0]]
    changed = 0
    for text in texts:
        written = to_commonmark(text)
        assert written is not None
        assert list(prose.findings(written)) == []
        changed += markdown(written) != written
        if text.format == "html":
            bare = unescape(re.sub(r"<[^>]*>", "", text.text))
            assert "".join(prose.to_text(written).split()) == "".join(readable(bare).split())
    assert changed <= 1
