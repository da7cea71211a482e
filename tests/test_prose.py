"""Prose to HTML that is safe in any page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import prose
from tests.growth import is_even

ALLOWED = {"href", "title", "start", "align"}
SCHEMES = {"http", "https", "mailto"}
UP = "../../"  # from a page two folders deep
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


PIECES = [
    "<script", "<img", "<a", " href=", " onload=", "javascript:", "data:", ">", "</", "<!--", "-->",
    "'", '"', "`", "[x](", ")", "<svg", "<style>", "&#", "x", " ", "\n", "\n\n", "#", "<math>",
    "<table>", "<td>", "| a |\n|-|\n", "kb:/", "\\", "&lt;", "\x00", "<p ", "/",
]  # fmt: skip


class Tags(HTMLParser):
    """Every tag and attribute of a page, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def is_safe(html: str) -> bool:
    seen = Tags(html)
    hrefs = [value for name, value in seen.attributes if name == "href"]
    # A browser drops these characters before it reads the scheme.
    schemes = [_SCHEME.match(re.sub(r"[\x00-\x20]", "", href)) for href in hrefs]
    return (
        set(seen.tags) <= prose.TAGS
        and {name for name, _ in seen.attributes} <= ALLOWED
        and {found[1].lower() for found in schemes if found} <= SCHEMES
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=//x.example></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a title='>' href='java&#115;cript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](<java\nscript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](VBSCRIPT:msgbox)",
        "[x](file:///etc/passwd)",
        "[x](blob:https://x.example/1)",
        "<a href='&#x6A;&#97;vascript&colon;alert(1)'>x</a>",
        "<a href=' \x01jAvA\tsCrIpT:alert(1)'>x</a>",
        "<a href='data&colon;text/html,x' target=_blank ping=//x.example>x</a>",
        "<a xlink:href='javascript:alert(1)' style='x:y'>x</a>",
        "<svg><a href='javascript:alert(1)'><circle/></a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<textarea></textarea><script>alert(1)</script></textarea>",
        "<title><a href='</title><img src=x onerror=alert(1)>'>",
        "<td background=javascript:alert(1)>x</td>",
        "<p/onclick=alert(1)>x",
        "<p\noNcLiCk\n=\nalert(1)>x</p>",
        "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
        "<object data='data:text/html,x'></object><embed src=x><applet code=x>",
        "<template><script>alert(1)</script></template>",
        "[x][y]\n\n[y]: vbscript:x",
        "<javascript:alert(1)>",
        "<iframe src='https://x.example'></iframe>",
        "<svg/onload=alert(1)>",
        "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
        "<form action=x><input name=y><button>z</button></form>",
        "<style>*{display:none}</style>",
        "<div style='position:fixed' class='md-header' id='x'>y</div>",
        "<base href=//x.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "<details open ontoggle=alert(1)>x</details>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php ?><x-y></x-y>",
        "`<script>`",
        "```html\n<script>alert(1)</script>\n```",
        "![x](javascript:alert(1))",
        "| a |\n| --- |\n| <script>x</script> |",
        "</p></div></main></body><script>x</script>",
        "[x](https://e.example 'a>b \"kb:/y') [z](https://e.example/autofocus/onfocus=alert(1)//)",
        "[x](https://e.example 'a>b =\"kb:/y') <a href='kb:/z' title='\"kb:/>\"'>z</a>",
        "<a href='kb:/\" onfocus=alert(1) x=\"'>x</a> [y](kb:/%22onfocus=alert(1))",
        "<a href='KB:/x'>x</a> <a href=' k\tb:javascript:alert(1)'>y</a> [kb:/](kb:/javascript:x)",
    ],
)
def test_nothing_that_runs_survives(markdown: str) -> None:
    for html in (prose.to_html(markdown), prose.to_html(markdown, UP)):
        assert is_safe(html)
        assert "<script" not in html.lower()


PLAIN = [
    "a", "Zoë", "内核", "1", ". ", ") ", " ", ", ", ":", ";", "?", "!", "(", "'", '"', "’", "“",
    "–", "…", "%", "+", "-", "_", "www.", "http", "mailto", "\n", "\u00a0", "ª", "\u0301",
]  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(PLAIN)).map("".join), st.text(max_size=12)))
def test_a_line_without_markup_is_shown_as_markdown_and_the_sanitiser_would(line: str) -> None:
    with_a_definition = f"{line}\n\n[which is not shown]: x"  # and so no line without markup
    assert prose.to_html(line) == prose.to_html(with_a_definition)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_pile_of_html_becomes_anything_else(markdown: str) -> None:
    assert is_safe(prose.to_html(markdown))
    assert is_safe(prose.to_html(markdown, UP))
    for finding in prose.findings(markdown):
        assert finding.message
        assert finding.hint


def test_markdown_and_tables_are_rendered() -> None:
    assert prose.to_html("A **bold** ~~old~~ word.") == (
        "<p>A <strong>bold</strong> <del>old</del> word.</p>"
    )
    assert '<td align="right">30%</td>' in prose.to_html("| a |\n| --: |\n| 30% |")
    assert prose.to_html("[x](https://example.org/?a=1&b=2)") == (
        '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>'
    )


def test_a_link_between_records_leads_up_from_the_page_that_shows_it() -> None:
    link = "[x](kb:/themes/x/#sessions 'kb:/y')"
    for up in ("./", "../", "../../"):
        assert prose.to_html(link, up) == (
            f'<p><a href="{up}themes/x/#sessions" title="kb:/y">x</a></p>'
        )
    assert prose.to_html(link) == '<p><a title="kb:/y">x</a></p>'


@pytest.mark.parametrize(
    "markdown",
    [
        'href="kb:/x"',
        "href=&quot;kb:/x&quot;",
        '`href="kb:/x"`',
        '```\n<a href="kb:/x">\n```',
        '    <a href="kb:/x">',
        "kb:/x kb:y <span>=kb:/</span>",
    ],
)
def test_words_about_an_address_stay_as_they_are(markdown: str) -> None:
    assert Tags(prose.to_html(markdown + "\n\n[z](kb:/z)", UP)).text == (
        Tags(prose.to_html(markdown + "\n\nz")).text
    )


def test_headings_leave_the_first_level_to_the_page() -> None:
    html = prose.to_html("# One\n\n## Two\n\n### Three\n\n##### Five\n\n<h1>One</h1> <H6>Six</H6>")
    tags = [tag for tag in Tags(html).tags if tag.startswith("h")]
    assert tags == ["h2", "h2", "h3", "h4", "h2", "h4"]


def test_words_about_a_heading_stay_as_they_are() -> None:
    html = prose.to_html("`<h1>` <abbr title='<h1>x<h6 y'>z</abbr>\n\n<H1 title='<h5>'>One</H1>")
    assert Tags(html).tags == ["p", "code", "abbr", "h2"]
    assert ("title", "<h1>x<h6 y") in Tags(html).attributes


@pytest.mark.parametrize("title", ["a>b", "<p>", "</a> a > b", "a'>", "a &quot;> b"])
def test_what_is_said_of_a_link_is_none_of_the_words(title: str) -> None:
    assert prose.to_text(f'[x](https://example.org "{title}") y') == "x y"


def test_a_number_of_any_length_can_stand_for_a_character() -> None:
    number = "&#" + "9" * 5000 + ";"
    (finding,) = prose.findings(f'<a href="{number}">x</a>')
    assert finding.code == "KB109"
    assert prose.first_heading(f"<h1>{number}</h1>") == number
    assert prose.to_text(number) == number


def test_words_are_what_a_reader_sees() -> None:
    assert prose.to_text("# A\n\n- *one*\n- two, `<b>`\n\n> three.\n\nfour<br>five") == (
        "A one two, <b> three. four five"
    )
    assert prose.to_text("<script>x</script>") == ""


@pytest.mark.parametrize(
    "markdown",
    [
        "Plain text with a < b and c > d.",
        "# A\n\n<h1>B</h1>\n\n<kbd>Ctrl</kbd> <sub>2</sub>",
        "`<script>` and [a](https://example.org) and <https://example.org>",
        "```html\n<iframe></iframe>\n```",
        "- [ ] to do",
        "<!-- a comment -->",
        "See https://example.org/a_b, www.example.org and ada@example.org.",
        "[a](mailto:ada@example.org)",
    ],
)
def test_what_is_kept_is_not_reported(markdown: str) -> None:
    assert list(prose.findings(markdown)) == []


@pytest.mark.parametrize(
    ("markdown", "code", "part"),
    [
        ("a <iframe src=x> b", "KB115", "<iframe"),
        ("a <IMG src=x> b", "KB115", "<IMG"),
        ("a ![x](https://example.org/a.png)", "KB115", "![x]"),
        ("<p onclick=x>y</p>", "KB115", "onclick"),
        ("[a](javascript:x)", "KB109", "javascript:x"),
        ("[a](b.md)", "KB109", "b.md"),
        ("[a]()", "KB109", ""),
        ("[a][b]\n\n[b]: ftp://example.org", "KB109", "ftp://example.org"),
        ("<a href='file:///etc'>a</a>", "KB109", "file:///etc"),
        ("[a](kb:/themes/x/)", "KB109", "kb:/themes/x/"),
        ("[a](javascript:alert('é'))", "KB109", "javascript:alert('"),
    ],
)
def test_what_is_taken_out_is_reported_once_with_its_text(
    markdown: str, code: str, part: str
) -> None:
    assert [(f.code, f.part.text) for f in prose.findings(markdown)] == [(code, part)]


@pytest.mark.parametrize(
    "text",
    [
        "> ", "+ ", "1) ", "+ > ", "<div>", "<ul><li>", "<dl><dd>", "<x-y>", "<span>", "<b>",
        "<b x=", "<a ", "<", "<code>", "[x](", "**", "*a **b ", "`", "<div ", "<!--", "&#",
        "<b><i></b></i>", "<b><p></b>", "<p>x</p><br>", "<b x='</b>'>", "<b><!--</b>-->",
        "x<b>y\n\n", "<b =</b>>", "<b><table><td></b></table>", "<svg><p>",
        "<textarea><b></textarea>", "<p a='", "|", '"',
    ],
)  # fmt: skip
def test_piles_of_signs_take_no_long_time(text: str) -> None:
    def work(markdown: str) -> None:
        prose.to_text(markdown)
        for _ in prose.findings(markdown):
            pass

    # Where a text without a tag is many times as long, the sanitiser's own time for "&#" is uneven.
    assert is_even(work, lambda size: "<div>\n" + text * (size // len(text)), 10_000)
    assert is_even(work, lambda size: "x" + text * (size // len(text)), 10_000)


@pytest.mark.parametrize(
    "text",
    [
        lambda n: "<div>" + "".join(f"<p><b x={i}>a</p>" for i in range(n // 16)),
        lambda n: "<div>" + "".join(f"<b x={i}><!--</b>--><p>a</p>" for i in range(n // 30)),
        lambda n: "".join(f"a <b x={i}>\n\n" for i in range(n // 12)),
        lambda n: "".join(f"a <b x={i}>" for i in range(n // 20)) + "\n\na" * (n // 6),
        lambda n: "<div>" * (n // 10) + "<li>" * (n // 8),
        lambda n: "<div>" + "<span>" * (n // 12) + "<p>a</p>" * (n // 16),
        lambda n: "> " * (n // 4) + "\n" + "    a\n" * (n // 8),
        lambda n: "".join(" " * (2 * i) + "- a\n" for i in range(int(n**0.5))) + "a\n\n" * (n // 4),
    ],
)
def test_what_is_nested_without_end_takes_no_long_time(text: Callable[[int], str]) -> None:
    assert is_even(prose.to_text, text, 20_000)
    assert len(prose.to_html(text(50_000))) < 1_000_000


def test_what_is_nested_deep_is_shown_as_it_is_written() -> None:
    for deep in ("> " * 60 + "a", "+ " * 30 + "a", "<div>" * 60 + "a", "a <b x=1>\n\n" * 60):
        assert Tags(prose.to_html(deep)).text == deep
        assert [(f.code, f.message) for f in prose.findings(deep)][-1] == (
            "KB115",
            "more than 50 elements are open in one another; all is shown as it is written",
        )
    for shallow in (
        "> " * 20 + "a",
        "+ " * 20 + "a",
        "<div>" * 40 + "a",
        "a <br> x<b>y</b>\n\n" * 99,
        "a <!-- b -->\n\n" * 99,
    ):
        assert Tags(prose.to_html(shallow)).text != shallow
        assert list(prose.findings(shallow)) == []
