"""Links of the form [[kind:target|words]] in Markdown: finding them, putting others in their place.

Code and comments are left alone, and so are addresses and titles of Markdown's own links, and a
link whose first bracket is escaped. What is text, cmark says: marks are rendered in the places of
the links, and looked for in the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kbsite import commonmark
from kbsite.catalog import linked_as

_OPENING = re.compile(r"\\.|(?P<open>\[\[(?=[A-Za-z-]+:|[^\[\]\n]{1,300}\]\]))", re.DOTALL)
_LINK = re.compile(
    r"""
    \[\[ (?P<kind>[A-Za-z-]+) : (?P<target>[^\[\]|\n]{0,200} (?:\n[^\[\]|\n]{1,200})? )
         (?: \| (?P<words>(?:[^\[\]\n]|\n(?!\s*\n)){0,500}) )? \]\]
    """,
    re.VERBOSE,
)
_BEGUN = re.compile(r"\[\[([A-Za-z-]{1,20}):(?:[^\[\]|\s]{1,200}\])?")
_WITH_BRACKETS = re.compile(
    r"\[\[[A-Za-z-]{1,20}:[^\[\]|\n]{1,200}\|(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){1,300})\]\]"
)
# What is meant as a link, and does not say what it leads to
_KINDLESS = re.compile(
    r"\[\[(?:\|\s*)?(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<words>[^\[\]\n]{0,99}))?\]\](?![(\[])"
)
# What has another sign than a link has, in its place
_NEARLY = re.compile(
    r"""
    (?P<open>\[\s{0,3}\[|\[(?!\[)|\{\{|\(\(|<<) \s{0,9}
    (?P<kind>[A-Za-z]{4,12}) \s{0,9} [:=\uff1a/] \s{0,9} (?P<target>[^\[\](){}<>|\n\\]{1,200})
    (?:\|(?P<words>[^\[\](){}<>\n]{0,200}))?
    (?P<close>\]\s{0,3}\]|\](?!\])|\}\}|\)\)|>>)
    """,
    re.VERBOSE,
)
_PAIRS = frozenset({"[[]]", "[]", "{{}}", "(())", "<<>>"})
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:", re.MULTILINE)
_OF_CODE = re.compile(r"[\s!^-]|.*[$=<>\"'\\`]|.*\s\Z")  # a test of a shell's, a note
# Without any of them there is no code, no HTML, no link of Markdown's and no bare address
_SIGNS = ("`", "~~~", "    ", "\t", "<", "](", "]:", "://", "www.")
_MARK, _NO_MARK = "\ue000", "\ue001"  # of no meaning in Markdown, HTML or any language
_AS_IT_IS, _NO_MORE = "\ue002", "\ue003"
_COME_OUT = re.compile(
    f"<(?P<end>/?)code\\b[^>]*>|{_MARK}(?P<number>[0-9]+){_MARK}|(?P<html>[{_AS_IT_IS}{_NO_MORE}])"
)
_MARKED_ADDRESS = f'<a href="[^"]*{quote(_MARK)}[^>]*>.*?</a>'
_NO_TEXT = re.compile(rf"{_MARKED_ADDRESS}|<(?!/?code\b)[^>]*>", re.DOTALL)
_WITHOUT_MARKS = str.maketrans(dict.fromkeys((_MARK, _AS_IT_IS, _NO_MORE), _NO_MARK))
_MORE_BLOCKS = re.compile(  # admonitions, details, tabs, footnotes and definitions
    r"^([ \t]*)(?:!!!|\?\?\?\+?|===[!+]*|\[\^[^\]\n]+\]:|:)[ \t]+(?=\S)", re.MULTILINE
)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)"
    r"(?:\s++[^\s\"'<>/=\ue000]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++))?+)*+\s*+/?+>"
)
_SHOWN_AS_IT_IS = frozenset({"code", "pre", "script", "style", "textarea"})
_OTHER_TAG = re.compile("<(?!!--)")


@dataclass(frozen=True, kw_only=True, slots=True)
class WikiLink:
    """One link as written; `start` is its offset in the text.

    `kind` is empty when the link does not say what it leads to, and `target` too when it is begun
    with a known kind and never closed, or has `words` with brackets in them.
    """

    start: int
    raw: str
    kind: str
    target: str
    words: str | None


def find(text: str, *, in_prose: bool = False) -> Iterator[WikiLink]:
    """The links in `text`, in order.

    `text` is a hand-written page, or else the prose of a record: in pages there may be Markdown
    inside HTML, and more kinds of blocks.

    >>> [(l.kind, l.target, l.words) for l in find("a [[theme:ebpf|kernel]] `[[theme:x]]`")]
    [('theme', 'ebpf', 'kernel')]
    """
    if "[[" not in text:
        return
    openings = [match.start() for match in _OPENING.finditer(text) if match["open"]]
    if openings and any(sign in text for sign in _SIGNS):
        openings = come_out(text, openings, in_prose=in_prose)
    defined: frozenset[str] | None = None
    for start in openings:
        link = _link(text, start)
        if link is None:
            continue
        if link.target and not link.kind:
            if defined is None:
                defined = frozenset(map(str.lower, _DEFINED.findall(text)))
            if link.target.lower() in defined:
                continue
        yield link


def nearly(text: str, *, in_prose: bool = False) -> Iterator[WikiLink]:
    """What would be a link if it had two straight brackets on each side, and a colon, in order.

    Whether it is one that leads somewhere is not looked up.

    >>> [(l.raw, l.kind, l.target) for l in nearly("a {{theme:ebpf}}, [ [Theme: x] ] and [b](c)")]
    [('{{theme:ebpf}}', 'theme', 'ebpf'), ('[ [Theme: x] ]', 'theme', 'x')]
    """
    found = {
        match.start(): link for match in _NEARLY.finditer(text) if (link := _meant(match, text))
    }
    if found:
        defined = frozenset(map(str.lower, _DEFINED.findall(text)))
        for start in come_out(text, list(found), 1, in_prose=in_prose):
            if found[start].raw.strip("[]").lower() not in defined:
                yield found[start]


def _meant(match: re.Match[str], text: str) -> WikiLink | None:
    pair = "".join((match["open"] + match["close"]).split())
    if pair not in _PAIRS or linked_as(match["kind"].lower()) is None:
        return None
    if match["open"] == "[[" and _link(text, match.start()) is not None:
        return None
    before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    if before in ("[", "\\", "!") or (pair == "[]" and after in ("(", "[", ":", "]")):
        return None
    return WikiLink(
        start=match.start(),
        raw=match[0],
        kind=match["kind"].lower(),
        target=" ".join(match["target"].split()),
        words=" ".join((match["words"] or "").split()) or None,
    )


def replace(text: str, write: Callable[[WikiLink], str], *, in_prose: bool = False) -> str:
    """`text` with each link replaced by what `write` returns for it."""
    links = find(text, in_prose=in_prose)
    return put(text, ((link, write(link)) for link in links if link.kind))


def put(text: str, written: Iterable[tuple[WikiLink, str]]) -> str:
    """`text` with something else written in the place of some of its links, given in order."""
    out: list[str] = []
    done = 0
    for link, new in written:
        out += (text[done : link.start], new)
        done = link.start + len(link.raw)
    return "".join(out) + text[done:] if out else text


def come_out(
    text: str, openings: Sequence[int], length: int = 2, *, in_prose: bool = False
) -> list[int]:
    """Those of `openings` whose marks come out as text: not in code, HTML or a link's own parts.

    Each is the place of so many characters, in order.
    """
    text = text.translate(_WITHOUT_MARKS)
    parts: list[str] = []
    done = 0
    for number, start in enumerate(openings):
        parts += (text[done:start], f"{_MARK}{number}{_MARK}")
        done = start + length
    marked = "".join((*parts, text[done:]))
    if not in_prose:
        marked = _as_commonmark(marked)
    shown: set[int] = set()
    in_code = in_html = False
    for found in _COME_OUT.finditer(_NO_TEXT.sub("", commonmark.render(marked, raw=False))):
        if found["html"] is not None:
            in_html = found["html"] == _AS_IT_IS if not in_code else in_html
        elif found["number"] is None:
            in_code = not found["end"]
        elif not in_code and not in_html:
            shown.add(int(found["number"]))
    return [start for number, start in enumerate(openings) if number in shown]


def _as_commonmark(page: str) -> str:
    """A page with its own kinds of blocks as items of lists, and with no HTML but comments.

    What stands in the place of a tag says only whether HTML shows what follows as it is written.
    """
    ends = (found for found in _TAG.finditer(page) if found["end"])
    last = {found["name"].lower(): found.start() for found in ends}

    def without(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name not in _SHOWN_AS_IT_IS or tag.start() > last.get(name, -1):
            return _NO_MARK
        return _NO_MORE if tag["end"] else _AS_IT_IS

    page = _TAG.sub(without, page)
    closed = page.rfind("-->") + 1
    page = _OTHER_TAG.sub(_NO_MARK, page[:closed]) + page[closed:].replace("<", _NO_MARK)
    return _MORE_BLOCKS.sub(r"\1-   ", page)


def _link(text: str, start: int) -> WikiLink | None:
    match = _LINK.match(text, start)
    if match is None:
        return _kindless(text, start) or _not_closed(text, start)
    words = match["words"]
    return WikiLink(
        start=start,
        raw=match[0],
        kind=match["kind"].lower(),
        # In a table the bar has to be escaped; the backslash belongs to neither side.
        target=" ".join(match["target"].rstrip("\\").split()),
        words=" ".join(words.split()) or None if words is not None else None,
    )


def _kindless(text: str, start: int) -> WikiLink | None:
    """What is between two brackets and two others, if it is words and may be meant as a link."""
    match = _KINDLESS.match(text, start)
    if match is None:
        return None
    target = match["target"].rstrip("\\")
    kind, colon, _ = target.partition(":")
    is_spaced = bool(colon and linked_as(kind.strip().lower()))
    if not is_spaced and (_OF_CODE.match(target) or not any(map(str.isalpha, target))):
        return None
    words = match["words"]
    return WikiLink(start=start, raw=match[0], kind="", target=target.strip(), words=words)


def _not_closed(text: str, start: int) -> WikiLink | None:
    kind = _BEGUN.match(text, start)
    if kind is None or linked_as(kind[1].lower()) is None:
        return None
    whole = _WITH_BRACKETS.match(text, start)
    raw, words = (whole[0], whole["words"]) if whole else (kind[0], None)
    return WikiLink(start=start, raw=raw, kind="", target="", words=words)
