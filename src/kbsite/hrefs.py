"""Markdown's own links in a hand-written page that lead to other files of the site, and its ids."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from itertools import count
from typing import NamedTuple
from urllib.parse import unquote

from kbsite import catalog, commonmark, wikilinks

_WRITTEN = re.compile(
    r"""
    \]\(\s{0,9} (?:<(?P<angled>[^<>\n]{0,2000})>
                | (?P<plain>(?:[^\s()<>\\]|\\.|\([^\s()<>\\]{0,500}\)|[ ](?=[^\s"'(){])){1,2000}))
    | ^\ {0,3}\[[^\[\]\n^][^\[\]\n]{0,200}\]:[ \t]{0,9}<?(?P<defined>[^\s<>]{1,2000})
    | <(?:a|img)\s[^<>]{0,500}?\b(?:href|src)\s{0,9}=\s{0,9}["'](?P<html>[^"'<>\n]{0,2000})["']
    """,
    re.VERBOSE | re.MULTILINE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/?]|\Z")  # another site, or its own root
_KINDS = "|".join(word for thing in catalog.THINGS for word in thing.words)
_OF_KIND = re.compile(rf"(?:{_KINDS}):", re.IGNORECASE)  # as links in double brackets have it
_WITH_BACKSLASHES = re.compile(r"[\w.-]+(?:\\[\w.-]+)+\Z")
_FOR_PEOPLE = re.compile(r"https?://[\w.-]+\.[A-Za-z]{2,}[/?#:]?", re.IGNORECASE)
_MADE = ("{{", "{%", "${", "\\")  # by a plugin, or with signs that Markdown reads in its own way
_HEADING = re.compile(r"<h[1-6][^<>]{0,500}>(.{0,2000}?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_GIVEN = re.compile(
    r"\bid\s{0,9}=\s{0,9}[\"']?([\w:.-]{1,200})|\{:?[^{}\n]{0,200}#([\w:.-]{1,200})"
)
_OWN = re.compile(r"\s*\{:?[^{}]{0,200}\}\s*\Z")  # what attr_list reads of a heading


class Href(NamedTuple):
    """An address as written, from one character of the page to another; it may hold an anchor.

    One in HTML is read by browsers as it stands; any other leads from file to file.
    """

    start: int
    end: int
    to: str
    in_html: bool

    @property
    def path(self) -> str:
        """The file or the page, as a path; empty for a place on the same page."""
        to = self.to.replace("\\", "/")
        return unquote(html.unescape(to.partition("#")[0].partition("?")[0]))

    @property
    def anchor(self) -> str:
        return unquote(html.unescape(self.to.partition("#")[2]))


def find(page: str) -> tuple[Href, ...]:
    """The links and pictures in a page's text that lead to something relative to it, in order.

    >>> find("[a](b.md#c) `[x](y)` ![d](https://example.org)")
    (Href(start=4, end=10, to='b.md#c', in_html=False),)
    """
    return _found(page, _is_here)


def elsewhere(page: str) -> tuple[Href, ...]:
    """The other links and pictures, less those whose address is one of a host on the web.

    >>> [href.to for href in elsewhere("[a](file:///b) [c](d.md) [e](https://example.org/)")]
    ['file:///b']
    """
    return _found(page, _is_odd)


def _is_here(to: str) -> bool:
    if _OF_KIND.match(to) or _WITH_BACKSLASHES.match(to):
        return True
    return not _ELSEWHERE.match(to) and not any(sign in to for sign in _MADE)


def _is_odd(to: str) -> bool:
    is_here = _is_here(to) or not to or any(sign in to for sign in _MADE[:-1])
    return not is_here and not _FOR_PEOPLE.match(to)


def _found(page: str, wanted: Callable[[str], bool]) -> tuple[Href, ...]:
    found: dict[int, Href] = {}
    for match in _WRITTEN.finditer(page):
        name = str(match.lastgroup)
        if wanted(to := match[name]):
            href = Href(match.start(name), match.end(name), to, name == "html")
            found[match.start() + len(match[0]) - len(match[0].lstrip(" "))] = href
    shown = wikilinks.come_out(page, list(found), length=1) if found else ()
    return tuple(found[at] for at in shown)


def ids(page: str) -> frozenset[str]:
    r"""The ids of a page's headings, as Python-Markdown makes them, and those that it gives.

    >>> sorted(ids("# A Title\n\n## More {#less}\n\n## A title\n"))
    ['a-title', 'a-title_1', 'less']
    """
    out = {own or other for own, other in _GIVEN.findall(page)}
    numbers: dict[str, count[int]] = {}
    for heading in _HEADING.findall(commonmark.render(page, raw=True)):
        words = html.unescape(_TAG.sub("", heading))
        if "{" in words and _OWN.search(words):
            if "#" in words:
                continue
            words = _OWN.sub("", words)
        own = _id(words)
        if own and own not in out:
            out.add(own)
            continue
        further = (f"{own}_{number}" for number in numbers.setdefault(own, count(1)))
        out.add(next(each for each in further if each not in out))
    return frozenset(out)


def _id(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
