"""The description of a session in a source to prose that a record may hold.

Whatever the source writes becomes safe HTML first, then CommonMark. The result is read again as
kbsite reads it: if it does not hold the same words, or anything kbsite would report, it is written
again with less markup, at last with none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from html import unescape

import nh3

from kbsite import prose, wikilinks
from kbsite.importers.cleaning import readable
from kbsite.importers.descriptions import plaintext, trees, writer
from kbsite.importers.schedule import Text, TextFormat

LONGEST = 200_000  # characters; in a longer text nobody misses the markup
MOST_TAGS = 4_000  # likewise; the time of changing a tree grows with the square of its elements
MOST_OPEN = 200  # elements; sources forget to close some, and the sanitiser's time grows with them

_TAGS = prose.TAGS | {"h1", "h5", "h6"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_BLOCK = re.compile(r"</?(?:p|div|[uo]l|li|blockquote|pre|hr|table|t[rhd]|h[1-6]|d[ltd])\b[^>]*>")
_BREAK = re.compile(r"<br\b[^>]*>")
_DEEP = re.compile(r"^[ \t]*(?:>[ \t]*+|(?:[-*+]|[0-9]{1,9}[.)])[ \t]++){20,}+", re.MULTILINE)
_QUOTE = re.compile(r"</?q>")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')


def to_commonmark(text: Text) -> str | None:
    """Prose that kbsite accepts as it is, or None where there is nothing to say."""
    html = _QUOTE.sub("&quot;", _safe_html(text))
    words = _words(html)
    if not words:
        return None
    for write in _writers(text, html):
        try:
            written = write()
        except RecursionError:
            continue
        if _is_fit(written, words):
            return written
    return None


def _writers(text: Text, html: str) -> Iterator[Callable[[], str]]:
    """Ways to write it, the one that keeps most first."""
    if len(html) <= LONGEST and html.count("<") <= MOST_TAGS and not prose.is_deeper(html):
        for simple in trees.SIMPLER:
            yield partial(_write, html, text.format, simple)
    yield partial(_write_bare, html)


def _write(html: str, format: TextFormat, without: AbstractSet[str]) -> str:
    return writer.write(trees.grow(html, format=format, without=without))


def _write_bare(html: str) -> str:
    texts = _BREAK.sub("\n", _BLOCK.sub("\n\n", html))
    paragraphs = readable(unescape(_TAG.sub("", texts))).split("\n\n")
    lines = ([line for line in text.split("\n") if line.strip()] for text in paragraphs)
    return writer.write_lines([each for each in lines if each])


def _safe_html(text: Text) -> str:
    if text.format == "plain":
        return plaintext.to_html(text.text)
    if text.format == "markdown":
        return prose.to_html(_DEEP.sub("", readable(text.text)))
    source = readable(text.text)
    if prose.is_deeper(source, MOST_OPEN):
        return plaintext.to_html(_TAG.sub("\n", source))
    return nh3.clean(
        source,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _words(html: str) -> str:
    """All that is read in HTML, without any space."""
    return "".join(readable(unescape(_TAG.sub("", html))).split())


def _is_fit(written: str, words: str) -> bool:
    return (
        "".join(prose.to_text(written).split()) == words
        and not any(prose.findings(written))
        and not any(wikilinks.find(written, in_prose=True))
    )
