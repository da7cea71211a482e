"""Hand-written pages that anybody may bring: their HTML less all that could run, or take a form.

The pages of records in content/ (articles, shifts, reports) are brought by pull requests as records
are, and are cleaned as their prose is; what Material makes of Markdown's extensions stays. Other
pages are written by those who keep the site, and may hold anything.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from functools import cache

import nh3

from kbsite import catalog, wikilinks
from kbsite.catalog import CONTENT
from kbsite.prose import TAGS, is_deeper

DEEPEST = 100  # elements in one another
MOST_REFERENCES = 20_000  # to characters; the time to write them grows with their square

_FRAME = {"article", "aside", "details", "figcaption", "figure", "footer", "header", "h1", "h5",
          "h6", "img", "input", "label", "section", "summary", "tfoot", "caption",
          "time"}  # fmt: skip
_DRAWN = {"svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect"}
_SHAPE = {"d", "fill", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-linecap",
          "stroke-linejoin", "transform", "viewBox", "xmlns", "width", "height", "x", "y", "x1",
          "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "points", "opacity"}  # fmt: skip
_ALL = TAGS | _FRAME | _DRAWN
_ATTRIBUTES = {
    "*": {"aria-hidden", "aria-label", "class", "dir", "id", "lang", "title", "data-linenos",
          "data-tabs"},
    "a": {"href", "name", "target"},
    "details": {"open"},
    "img": {"align", "alt", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "id", "name", "type"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
    **dict.fromkeys(_DRAWN, _SHAPE),
}  # fmt: skip
_ALIGNED = re.compile(r"\s*text-align:\s*(?:left|center|right)\s*;?\s*")  # of columns of tables
_NO_REFERENCE = re.compile(  # piles of them take the sanitiser the square of their time
    r"&(?!(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_BOXES = {"checkbox", "radio"}  # of lists of tasks, and of tabs
_TAG = re.compile(r"(?<!\\)<([A-Za-z][^\s<>@:/`\\]{0,40})(?=[\s/][^<>]{0,2000}>|>)")
_DECLARED = re.compile(r"(?<!\\)<(?:\?|!\[CDATA\[|![A-Za-z]{1,20})")
_HANDLER = re.compile(  # in a tag, or in the braces of an attribute list
    r"(?:<[A-Za-z][^<>]{0,1000}?|\{[^{}\n<>]{0,1000}?)[\s:\"'/](?P<name>on[a-z]{2,30})\s{0,9}="
)
_BEGUN = re.compile(r"<(?=[A-Za-z/!?])")
_PLAIN = re.compile(
    r"""<(?:/?(?P<name>[A-Za-z][A-Za-z0-9]{0,20})
        (?:\s{1,9}(?:(?:href|src)="(?:https?://|\.\.?/|\#|[\w-]+[./])[^"<>:]{0,1000}"
          |(?:align|alt|class|colspan|height|id|lang|markdown|open|start|title|width)
           (?:="[^"<>]{0,1000}")?)){0,20}\s{0,9}/?>
        |(?:https?://|mailto:)[^\s<>]{1,2000}>|[\w.+-]{1,100}@[\w.-]{1,200}>)""",
    re.VERBOSE,
)
_SCHEME = re.compile(  # of a link of Markdown's that is none of those that prose may have
    r"(?P<before>\]\(\s{0,9}<?|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,9}<?)"
    r"(?!https?:|mailto:|kb:)[A-Za-z&%\x00-\x20][^\s()<>/.#?]{0,100}?(?::|&colon;|&#)[^\s()<>]{0,2000}",
    re.MULTILINE | re.IGNORECASE,
)
_DRAWINGS = (".svg", ".svgz")
_PROGRAMS = (".html", ".htm", ".xhtml", ".js", ".mjs", ".xml", ".xsl", ".xslt", ".swf")
_IN_DRAWING = re.compile(
    rb"<\s*(?:script|foreignObject|iframe|handler|set|animate)\b|\bon[a-z]{2,30}\s*=|javascript:"
    rb"|<!ENTITY",
    re.IGNORECASE,
)


def is_brought(file: str) -> bool:
    """Whether anybody may bring the file, by its path inside content/.

    >>> is_brought("articles/a-week.md"), is_brought("about.md"), is_brought("files/a.md")
    (True, False, False)
    """
    return f"{CONTENT}/{file}".startswith(_folders())


@cache
def _folders() -> tuple[str, ...]:
    held = (thing.folder for thing in catalog.THINGS)
    return tuple(f"{folder}/" for folder in held if folder.startswith(f"{CONTENT}/"))


def clean(made: str) -> str:
    """The HTML that was made of a page's Markdown, less all that could run.

    >>> clean('<p onclick="x()" id="a">A<script>x()</script></p>')
    '<p id="a">A</p>'
    """
    if is_deeper(made, DEEPEST) or made.count("&") + made.count("\u00a0") > MOST_REFERENCES:
        return f"<pre>{entities.escape(made)}</pre>"
    return _CLEANER.clean(_NO_REFERENCE.sub("&amp;", made))


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return value if _ALIGNED.fullmatch(value) else None
    if tag == "input" and name == "type":
        return value if value in _BOXES else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_ALL,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def taken_out(markdown: str) -> Iterator[tuple[int, str, str]]:
    """What `clean` takes out of a page: where it begins, its text, and what it is.

    Each element and each attribute is told once.
    """
    if "<" not in markdown and "{" not in markdown:
        return
    found: dict[int, list[tuple[int, str, str]]] = {}
    for tag in _TAG.finditer(markdown):
        if (name := tag[1].lower()) not in _ALL:
            said = f"the element <{name}>"
            found.setdefault(tag.start(), []).append((tag.start(), tag[0], said))
    for each in _DECLARED.finditer(markdown):
        said = f"what begins with {each[0]}"
        found.setdefault(each.start(), []).append((each.start(), each[0], said))
    for each in _HANDLER.finditer(markdown):
        said = f"the attribute {each['name'].lower()}"
        found.setdefault(each.start(), []).append((each.start("name"), each["name"], said))
    told: set[str] = set()
    for start in wikilinks.come_out(markdown, sorted(found), length=1):
        for at, text, what in found[start]:
            if what not in told:
                told.add(what)
                yield at, text, what


def in_markdown(markdown: str) -> str:
    """A page's text with all HTML shown as it is written that another program might run.

    >>> in_markdown("<b>A</b> <script> `<script>` <https://example.org> <img src='x' onerror='y'>")
    "<b>A</b> &lt;script> `<script>` <https://example.org> &lt;img src='x' onerror='y'>"
    """
    begun = [each.start() for each in _BEGUN.finditer(markdown)]
    odd = [at for at in begun if not _plain_at(markdown, at)]
    done = 0
    parts: list[str] = []
    for at in wikilinks.come_out(markdown, odd, length=1) if odd else ():
        parts += (markdown[done:at], "&lt;")
        done = at + 1
    return _SCHEME.sub(r"\g<before>#", "".join((*parts, markdown[done:])))


def _plain_at(markdown: str, at: int) -> bool:
    """Whether what begins there is a tag that all programs read alike, and that can do nothing."""
    tag = _PLAIN.match(markdown, at)
    return tag is not None and (tag["name"] is None or tag["name"].lower() in _ALL)


def may_be_run(name: str) -> bool:
    """Whether a browser runs some files with a name like this."""
    return name.lower().endswith((*_PROGRAMS, *_DRAWINGS))


def runs(name: str, raw: bytes | None) -> bool:
    """Whether a file beside the pages runs something in a browser that opens it, or may do so.

    >>> runs("a.html", b""), runs("a.svg", b"<svg/>"), runs("a.svg", b"<svg onload='x'/>")
    (True, False, True)
    """
    is_drawing = name.lower().endswith(_DRAWINGS[0])
    return not is_drawing or raw is None or bool(_IN_DRAWING.search(raw))
