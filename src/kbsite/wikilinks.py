"""Links of the form [[kind:target|words]] in Markdown: finding them, putting others in their place.

Code spans, fenced code and comments are left alone, as is a link whose first bracket is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

KINDS = ("session", "theme", "speaker", "project", "learning", "organisation", "event")
MOST_TICKS = 80  # cmark takes no longer run of backticks for the beginning of code

_TOKEN = re.compile(
    r"""
      (?P<fence> ^[ \t]* (?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*  # perhaps on the line of a list item
                 (?P<marks>`{3,}(?=[^`\n]*$)|~{3,}) )
    | (?P<ticks> `+ )
    | (?P<escape> \\. )
    | (?P<comment> <!-- )
    | (?P<open> \[\[ (?=[A-Za-z-]+:) )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_LINK = re.compile(
    r"""
    \[\[ (?P<kind>[A-Za-z-]+) : (?P<target>[^\[\]|\n]{0,200} (?:\n[^\[\]|\n]{1,200})? )
         (?: \| (?P<words>(?:[^\[\]\n]|\n(?!\s*\n)){0,500}) )? \]\]
    """,
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class WikiLink:
    """One link as written; `start` is its offset in the text.

    `kind` is empty when the link is begun with a known kind and never closed.
    """

    start: int
    raw: str
    kind: str
    target: str
    words: str | None


def find(text: str) -> Iterator[WikiLink]:
    """The links in `text`, in order.

    >>> [(l.kind, l.target, l.words) for l in find("a [[theme:ebpf|kernel]] `[[theme:x]]`")]
    [('theme', 'ebpf', 'kernel')]
    """
    at, last = 0, text.rfind("[[")
    never: set[str] = set()  # what was looked for once and does not come again
    while at <= last and (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        if token["open"] is not None:
            link = _link(text, token.start())
            if link is not None:
                at = token.start() + len(link.raw)
                yield link
        elif token["fence"] is not None:
            at = _after_fence(text, token["marks"], at)
        elif token["comment"] is not None:
            at = _after(text, "-->", at, never)
        elif token["ticks"] is not None:
            at = _after_span(text, token["ticks"], at, never)


def replace(text: str, write: Callable[[WikiLink], str]) -> str:
    """`text` with each link replaced by what `write` returns for it."""
    out: list[str] = []
    done = 0
    for link in find(text):
        if link.kind:
            out += (text[done : link.start], write(link))
            done = link.start + len(link.raw)
    return "".join(out) + text[done:] if out else text


def _link(text: str, start: int) -> WikiLink | None:
    match = _LINK.match(text, start)
    if match is None:
        kind = text[start + 2 : text.index(":", start)]
        if kind.lower() not in KINDS:
            return None
        raw = text[start : start + len(kind) + 3]
        return WikiLink(start=start, raw=raw, kind="", target="", words=None)
    words = match["words"]
    return WikiLink(
        start=start,
        raw=match[0],
        kind=match["kind"].lower(),
        # In a table the bar has to be escaped; the backslash belongs to neither side.
        target=" ".join(match["target"].rstrip("\\").split()),
        words=" ".join(words.split()) or None if words is not None else None,
    )


def _after_fence(text: str, marks: str, at: int) -> int:
    """Past the code that `marks` opened: to its closing fence, or to the end of the text."""
    closing = re.compile(rf"^[ \t]*{marks[0]}{{{len(marks)},}}[ \t]*$", re.MULTILINE)
    match = closing.search(text, at)
    return match.end() if match else len(text)


def _after(text: str, closing: str, at: int, never: set[str]) -> int:
    """Past the next `closing`, or nowhere when there is none."""
    if closing in never:
        return at
    found = text.find(closing, at)
    if found < 0:
        never.add(closing)
        return at
    return found + len(closing)


def _after_span(text: str, ticks: str, at: int, never: set[str]) -> int:
    """Past the code span that `ticks` opened, if it is closed in the same paragraph."""
    if ticks in never or len(ticks) > MOST_TICKS:
        return at
    match = re.compile(rf"(?<!`)`{{{len(ticks)}}}(?!`)").search(text, at)
    if match is None:
        never.add(ticks)
        return at
    return at if _BLANK_LINE.search(text, at, match.start()) else match.end()
