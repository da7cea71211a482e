"""Addresses on the web: what is wrong with one, what only looks wrong, and what may be meant."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from anyascii import anyascii

from kbsite.meant import hidden
from kbsite.meant.meaning import NOTHING, Meaning

SCHEMES = ("http", "https", "mailto")
LONGEST = 400  # characters of an address that a message repeats

_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}\[\]\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PLAIN = re.compile(  # as nearly all are; what is odd is looked at more closely
    r"https?://(?:[A-Za-z0-9]+[.-])+(?!local|internal)[A-Za-z]{2,}(?:/[\w./?&=%#~+,;:@!$'()*-]*)?\Z",
    re.ASCII,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
_MAIL_BEGINS = re.compile(r"[^@\s?]+@[^@\s?]")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?=[/?#]|\Z)", re.IGNORECASE)
_TWICE = re.compile(r"https?:/*(?=https?:/)", re.IGNORECASE)
_NEARLY = re.compile(r"(?:h?t?tps?|htt?ps?|hxxps?)(?::/?/?/?|//+)(?=[a-z0-9])", re.IGNORECASE)
_MARKDOWN = re.compile(r"<?(?:\[[^\[\]]*\]\()?<?(?P<url>https?://[^\s<>()\[\]]+)>?\)?>?\Z")
_LABELLED = re.compile(r"\[(?P<words>[^\[\]]+)\]\(<?(?P<url>https?://[^\s<>()]+)>?\)\Z")
_ONE_INSIDE = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)
_FRAME = re.compile(r"youtube(?:-nocookie)?\.com/embed/([\w-]{11})")
_YOUTUBE_ID = re.compile(r"(?=[\w-]*[A-Z0-9_-])[\w-]{11}\Z")
_WITH_NEXT = re.compile(r"(?:(?<!\s)\s++|[,;|]\s*+)(?=https?://)", re.IGNORECASE)
_HERE = re.compile(r"(?:.+\.)?(?:localhost|local|internal|localdomain|lan)\.?\Z", re.IGNORECASE)
_LEFT_OVER = frozenset(".,;:!'\"")
_FILE_END = re.compile(r"\.(\w{2,5})\Z")
_FILES = {
    "pdf": "a document", "ppt": "slides", "pptx": "slides", "odp": "slides", "key": "slides",
    "png": "a picture", "jpg": "a picture", "jpeg": "a picture", "gif": "a picture",
    "svg": "a picture", "webp": "a picture", "zip": "an archive", "gz": "an archive",
    "ics": "a calendar",
}  # fmt: skip
_TEXTS = ("md", "html", "htm", "yaml", "yml", "txt", "json")  # of which some are countries too
_PLAYERS = re.compile(
    r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\b|live/.|embed/.|shorts/.)|youtu\.be/."
    r"|(?:www\.)?vimeo\.com/[0-9]|player\.vimeo\.com/video/.",
    re.IGNORECASE,
)


class Fault(NamedTuple):
    """What is wrong with a link, said of it; a way out in words; and what may be written."""

    message: str
    hint: str = ""
    meaning: Meaning = NOTHING


def fault(url: str) -> Fault | None:
    """Why an address cannot stand as a link.

    >>> fault("www.example.org").meaning.values, fault("https://https://example.org").meaning
    (('https://www.example.org',), Meaning(values=('https://example.org',), certain=True))
    >>> fault("https://example.org@evil.example").message
    "leads to evil.example, not to what stands before the '@'"
    """
    if _PLAIN.match(url):
        return None
    seen = hidden.without(url)
    if seen != url:
        return Fault("holds a character that cannot be seen", "", Meaning.of(seen))
    if found := _TWICE.match(url):
        return Fault("begins twice", "", Meaning.of(url[found.end() :]))
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        return Fault(
            "is not an http, https or mailto link",
            "write the whole address, beginning with https://",
            _with_scheme(url),
        )
    if scheme.lower() == "mailto":
        if not _MAIL_BEGINS.match(rest):
            return Fault("names no address", "write mailto:name@example.org")
    elif wrong := _host_fault(url):
        return wrong
    if _CONTROL.search(url):
        return Fault("holds a control character", "remove it, or copy the address again")
    if each := several(url):
        urls = " and ".join(f"url: {one[:LONGEST]}" for one in each)
        return Fault("is more than one address", f"write each as a link of its own: {urls}")
    if _NOT_IN_ADDRESSES.search(url):
        safe = quote(url, safe="/:?&=#%+,;@!$'()*~")
        return Fault("holds a character that addresses may not hold", "", Meaning.of(safe))
    return None


def several(url: str) -> list[str]:
    """The addresses that stand in the place of one, if there are more.

    >>> several("https://example.org/a, https://example.org/b"), several("https://example.org/a")
    (['https://example.org/a', 'https://example.org/b'], [])
    """
    found = [each.strip() for each in _WITH_NEXT.split(url)]
    return found if len(found) > 1 else []


def _host_fault(url: str) -> Fault | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        return Fault(f"cannot be read: {error}", "check it in a browser")
    if not host:
        slip = _NEARLY.match(url)
        whole = "https://" + url[slip.end() :].lstrip("/") if slip else ""
        near = Meaning.of(whole) if whole and _HOST.match(whole, 8) else NOTHING
        return Fault("names no host", "write the whole address, as https://example.org/page", near)
    if _NOT_IN_ADDRESSES.search(host):
        return Fault("names a host that cannot be", "check the name of the host")
    if "@" in parts.netloc:
        return Fault(
            f"leads to {host[:LONGEST]}, not to what stands before the '@'",
            "write the address without a user's name",
            Meaning.perhaps(_with_netloc(parts, parts.netloc.rpartition("@")[2])),
        )
    try:
        port = parts.port
    except ValueError:  # over 65535, or no number
        port = 0
    if port == 0:
        return Fault(
            "names a port that cannot be",
            "ports are numbers from 1 to 65535; most addresses need none",
            Meaning.perhaps(_with_netloc(parts, host)),
        )
    if _is_private(host):
        return Fault(
            "leads to a machine that readers cannot reach",
            "write the address at which everybody finds it, or remove the link",
        )
    if not host.isascii() and _mixed(host):
        plain = anyascii(host).lower()
        return Fault(
            "names a host in letters of several scripts, of which some only look like others",
            "copy the address again from where it comes",
            Meaning.perhaps(_with_netloc(parts, plain)) if _HOST.match(plain) else NOTHING,
        )
    return None


def _with_netloc(parts: SplitResult, netloc: str) -> str:
    return parts._replace(netloc=netloc).geturl()


def _is_private(host: str) -> bool:
    if _HERE.match(host):
        return True
    if not host.replace(".", "").isdecimal() and ":" not in host:
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def _mixed(host: str) -> bool:
    """Whether one word of a host has letters that Latin, Greek and Cyrillic have alike."""
    for word in host.split("."):
        scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in word if sign.isalpha()}
        if len(scripts & {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN"}) > 1:
            return True
    return False


def _with_scheme(url: str) -> Meaning:
    """An address that only lacks its beginning, or has it with a slip."""
    if found := _MARKDOWN.match(url):
        return Meaning.of(found["url"])
    inside = _ONE_INSIDE.findall(url[:LONGEST])
    if len(inside) == 1:
        frame = _FRAME.search(inside[0])
        return Meaning.perhaps(
            f"https://www.youtube.com/watch?v={frame[1]}" if frame else inside[0].rstrip(".,;:!")
        )
    if _YOUTUBE_ID.match(url):
        return Meaning.perhaps(f"https://www.youtube.com/watch?v={url}")
    if _NOT_IN_ADDRESSES.search(url):
        return NOTHING
    if url.startswith(("//", "www.")):
        return Meaning.of(f"https://{url.lstrip('/')}")
    if _MAIL.match(url):
        return Meaning.of(f"mailto:{url}")
    if found := _NEARLY.match(url):
        return Meaning.of(f"https://{url[found.end() :]}")
    host = _HOST.match(url)
    if host is None or "@" in url or host[0].rpartition(".")[2].lower() in (*_FILES, *_TEXTS):
        return NOTHING
    return Meaning.perhaps(f"https://{url}")


def labelled(text: str) -> tuple[str, str] | None:
    """The address and the words of a link of Markdown.

    >>> labelled("[Slides](https://example.org/a)"), labelled("https://example.org")
    (('https://example.org/a', 'Slides'), None)
    """
    found = _LABELLED.match(text.strip())
    return (found["url"], found["words"].strip()) if found else None


def bare(url: str) -> str:
    """What of an address tells a place: less its scheme, and a slash at its end.

    >>> bare("https://example.org/a/"), bare("example.org")
    ('example.org/a', '')
    """
    return url.partition("://")[2].rstrip("/")


def doubt(url: str) -> Fault | None:
    """Why an address is probably not the one that was meant, though it may be.

    >>> doubt("https://example.org/talk).").meaning.values, doubt("https://example.org/a_(b)")
    (('https://example.org/talk',), None)
    """
    bare = url
    while bare and (
        bare[-1] in _LEFT_OVER or (bare[-1] == ")" and bare.count(")") > bare.count("("))
    ):
        bare = bare[:-1]
    if bare != url and len(url) - len(bare) < 5:
        more = url[len(bare) :]
        return Fault(
            f"ends in '{more}', which may have been copied along", "", Meaning.perhaps(bare)
        )
    host = url.partition("://")[2].partition("/")[0]
    if host.replace(".", "").isdecimal() and "." in host:
        return Fault(
            "names a machine by its number, which may be another's tomorrow",
            "write the name of the host",
        )
    return None


def unfit(url: str, kind: str) -> Fault | None:
    """Why a link of a kind cannot lead where it does; the meaning is another kind.

    >>> unfit("https://example.org/talk.pdf", "video").meaning.values
    ('slides', 'article', 'other')
    >>> unfit("mailto:ada@example.org", "video").meaning.values
    ('other',)
    """
    if kind == "other":
        return None
    if url[:7].lower() == "mailto:":
        return Fault(f"is an address of mail, which is no {kind}", "", Meaning.of("other"))
    bare = url.partition("#")[0].partition("?")[0]
    ending = found[1].lower() if (found := _FILE_END.search(bare)) else ""
    if kind == "video" and ending in _FILES:
        guesses = ("slides", "article", "other") if _FILES[ending][-1] == "t" else ("other",)
        guesses = ("slides",) if _FILES[ending] == "slides" else guesses
        return Fault(f"leads to {_FILES[ending]}, which is no video", "", Meaning.perhaps(*guesses))
    if kind in ("slides", "code", "schedule") and _PLAYERS.match(url.partition("://")[2]):
        return Fault(f"leads to a video, which is no {kind}", "", Meaning.of("video"))
    return None
