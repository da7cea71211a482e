"""Prose of records to safe HTML: CommonMark with GFM tables, then a sanitiser. Never anything else.

Links between records are written `[words](kb:/path/)`, with an address from the root of the site.
The sanitiser itself makes them relative to the page they end up on, and nothing touches what it
returns.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import nh3

from kbsite import commonmark
from kbsite.fields import scheme_problem
from kbsite.sources import Part

INTERNAL = "kb:/"

_BLOCKS = {
    "p", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td",
    "h2", "h3", "h4", "dl", "dt", "dd", "div",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "var",
}  # fmt: skip
TAGS = _BLOCKS | _INLINE
_MADE_INTO_OTHERS = {"h1", "h5", "h6"}
_ATTRIBUTES = {
    "a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"},
    "th": {"align"}, "td": {"align"},
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
DEEPEST = 50  # elements in one another; the sanitiser's time grows with them

# Most texts: a line of letters, and of signs that are markup, if at all, at the beginning of one.
# It may hold "_" and "www." too, which are.
_PLAIN = re.compile(r"""([^\W\d_][\w ,.;:?!()'"‘’“”–—…%+-]*+(?<!\ ))\n*+""")  # noqa: RUF001
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")
_DECLARED = re.compile(r"<(?:\?|!\[CDATA\[|![A-Za-z]{1,20})")
_PICTURE = re.compile(r"(?<![<\\])!\[[^\[\]\n]{0,100}\]?")
_HREF = re.compile(r'<a\b[^<>]*?\shref\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|([^\s>]+))', re.IGNORECASE)
_HANDLER = re.compile(r"<[a-zA-Z][^<>]*?\s(on[a-z]+)\s*=", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))}|br)\b[^>]*>")
_ANY_TAG = re.compile(r'<(?:[^<>"]|"[^"]*+")*+>')
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TIGHT_HEADING = re.compile(r"^#(?=[^#\s])", re.MULTILINE)  # no heading in CommonMark
_WRONG_LEVEL = re.compile(r"</?h[156]", re.IGNORECASE)
_FIRST_LEVEL = re.compile(r"<(?P<end>/?)h1\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(  # or another tag, so that what only looks like a heading in it stays
    r"""(?P<opened></?)(?:h(?P<level>[156])(?=[\s/>])|[a-z])(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*+)""",
    re.IGNORECASE,
)
_PLAIN_TAG = re.compile(  # no two programs read it in two ways, as they do a mere "<"
    r"""<(?:(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)
        (?:\s++[a-zA-Z][\w:-]*+(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+)*+ \s*+ /?>
        |(?P<comment>!--(?:[^<>-]|-(?!-))*+-->))?+""",
    re.VERBOSE | re.ASCII,
)
_VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "track"}
_MANY_MARKS = re.compile(r"[ \t>*+\-0-9.)]{25}")  # each may be a list or a quote
_MANY_MARKS_BELOW = re.compile(r"\n" + _MANY_MARKS.pattern)
_MANY_DIGITS = re.compile("&(?=#[0-9]{1000})")
_OURS = re.compile(r"[\x00-\x20]*k[\x00-\x20]*b[\x00-\x20]*:", re.IGNORECASE)


class Finding(NamedTuple):
    """Something in prose that cannot stand: a problem code, what, a way out, and where."""

    code: str
    message: str
    hint: str
    part: Part


def to_html(markdown: str, up: str = "") -> str:
    """Markdown to HTML that is safe to put into any page.

    `up` leads from that page to the root of the site ("../../"); without it, links between records
    lose their address.
    """
    return _sanitised(markdown, up if INTERNAL in markdown else "")


@lru_cache(maxsize=4096)
def _sanitised(markdown: str, up: str) -> str:
    plain = _PLAIN.fullmatch(markdown)
    if plain and "_" not in markdown and "www." not in markdown:
        return f"<p>{plain[1]}</p>"
    made = commonmark.render(markdown, raw=True)
    if is_deeper(made):
        made = f"<p>{html.escape(markdown)}</p>"
    if _WRONG_LEVEL.search(made):
        made = _HEADING.sub(_demoted, made)
    return _cleaner(up).clean(made.strip())


@lru_cache(maxsize=32)  # sites have few depths
def _cleaner(up: str) -> nh3.Cleaner:
    """A sanitiser for pages from which `up` leads to the root."""

    def resolved(_: str, attribute: str, value: str) -> str | None:
        if attribute != "href" or not _OURS.match(value):
            return value
        return up + value.removeprefix(INTERNAL) if value.startswith(INTERNAL) else None

    return nh3.Cleaner(
        tags=TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=resolved if up else None,
        url_schemes=_SCHEMES | {"kb"} if up else _SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def to_text(markdown: str) -> str:
    """Markdown to its words, on one line.

    >>> to_text("A *calm* [link](https://example.org) & *more*.")
    'A calm link & more.'
    """
    spaced = _BLOCK_TAG.sub(" ", to_html(markdown))
    return " ".join(html.unescape(_ANY_TAG.sub("", spaced)).split())


def first_heading(markdown: str) -> str:
    r"""The words of the first heading of the first level, as Python-Markdown has it.

    >>> first_heading("    # Code\n\nA *title*\n===\n"), first_heading("#Tight"), first_heading("x")
    ('A title', 'Tight', '')
    """
    rendered = commonmark.render(_TIGHT_HEADING.sub("# ", markdown), raw=True)
    made = _COMMENT.sub("", rendered)
    begins = None
    for tag in _FIRST_LEVEL.finditer(made):
        if not tag["end"]:
            begins = tag.end()
        elif begins is not None:
            words = unescaped(_ANY_TAG.sub("", made[begins : tag.start()])).split()
            if words:
                return " ".join(words)
            begins = None
    return ""


def is_deeper(raw: str, than: int = DEEPEST) -> bool:
    """Whether more than so many elements are open in one another in some HTML.

    It trusts only tags that are plain, and an end only of what was opened last. So it may count too
    much, never too little: what a browser opens again in each paragraph is open here all along.
    """
    if raw.count("<") <= than:
        return False
    opened: list[str] = []
    odd = 0
    for tag in _PLAIN_TAG.finditer(raw):
        name = (tag["name"] or "").lower()
        if not name:
            odd += not tag["comment"]
        elif not tag["end"]:
            if name not in _VOID:
                opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        if len(opened) + odd > than:
            return True
    return False


def findings(markdown: str) -> Iterator[Finding]:
    """What the sanitiser would take out of `markdown`, and links that lead nowhere safe."""
    if is_plain(markdown):
        return
    raw = commonmark.render(markdown, raw=True)
    if is_deeper(raw):
        yield Finding(
            "KB115",
            f"more than {DEEPEST} elements are open in one another; all is shown as it is written",
            "close each element that HTML opens, and put fewer lists and quotes into one another",
            Part(""),
        )
        return
    seen: set[str] = set()
    for tag in _TAG.findall(raw):
        name = tag.lower()
        if name in TAGS or name in _MADE_INTO_OTHERS or name in seen:
            continue
        seen.add(name)
        if name == "img" and f"<{tag}" not in markdown:
            yield Finding(
                "KB115",
                "the image is taken out of the page",
                "link to the picture instead: remove the '!'",
                Part(found[0] if (found := _PICTURE.search(markdown)) else "!["),
            )
            continue
        yield Finding(
            "KB115",
            f"the element <{name}> is taken out of the page",
            "link to the picture instead"
            if name == "img"
            else "write it as Markdown, or put it between backticks to show it as code",
            Part(f"<{tag}"),
        )
    for begin in dict.fromkeys(_DECLARED.findall(raw)):
        yield Finding(
            "KB115",
            f"what begins with {begin} is taken out of the page",
            rf"write \{begin} if it is text, or put it between backticks to show it as code",
            Part(begin),
        )
    for handler in dict.fromkeys(_HANDLER.findall(raw)):
        yield Finding(
            "KB115", f"the attribute {handler} is taken out of the page", "remove it", Part(handler)
        )
    for groups in dict.fromkeys(_HREF.findall(raw)):
        url = unescaped(next((g for g in groups if g), ""))
        if wrong := scheme_problem(url):
            yield Finding("KB109", wrong.message, wrong.hint, _as_in(markdown, url))


def is_plain(markdown: str) -> bool:
    """Whether `findings` has nothing to look for; nearly all texts are so, and there are many."""
    return not (
        "<" in markdown
        or "](" in markdown
        or "]:" in markdown
        or "://" in markdown
        or "xmpp:" in markdown
        or _MANY_MARKS.match(markdown)
        or ("\n" in markdown and _MANY_MARKS_BELOW.search(markdown))
    )


def _as_in(markdown: str, url: str) -> Part:
    """A link as its author wrote it: as it is in `markdown`, or as much of it as is."""
    if url in markdown:
        return Part(url)
    head = re.split(r"[%&]", url)[0]
    return Part(head if head in markdown else "")


def _demoted(tag: re.Match[str]) -> str:
    """The page has the only first-level heading, and prose none that is too deep for it."""
    if tag["level"] is None:
        return tag[0]
    return tag["opened"] + ("h2" if tag["level"] == "1" else "h4") + tag["rest"]


def unescaped(text: str) -> str:
    """Text of HTML; no character has a number so long that Python refuses to read it."""
    return html.unescape(_MANY_DIGITS.sub("&amp;", text))
