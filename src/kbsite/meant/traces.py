"""Traces of another format in a text: entities, tags, Markdown where it is none, commas of JSON."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_ENTITY = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|ndash|mdash|hellip|[lr]s?dquo|[lr]squo|[aeiou]uml|szlig"
    r"|[aeiou](?:acute|grave|circ)|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"<(?P<tag>b|i|em|strong|span|p|sup|sub|u)(?:\s[^<>]*)?>(?P<words>[^<>]*)</(?P=tag)>"
    r"|<br\s*/?>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![\w*])\*\*(?P<words>[^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])")
_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(https?://[^\s()]+\)")
_COMMA = re.compile(r"(?<=[\w)\]])\s*(?P<sign>[,;])\Z")
_QUOTE = re.compile(r"\A\"(?=\w)|(?<=[^\W\d])\"\Z")
_BROKEN = re.compile(r"(?<=[\w.!?:;,)])[ ]?(?:\\r)?(?:\\n)+[ ]?(?=[A-Z•*-]|\Z)")
LINE = 120  # characters of a text that is probably one line
# What UTF-8 looks like when it is read as Windows-1252
_MISREAD = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bfœ“”™˜¦¢]")  # noqa: RUF001


class Trace(NamedTuple):
    """What of a text is a trace of what, and the text without it; empty where that is lost."""

    part: str
    what: str
    mended: str


def in_any(text: str) -> Trace | None:
    """A trace that is one in prose too.

    >>> in_any("It wasnâ€™t").mended, in_any("Caf\\ufffd").mended
    ('It wasn’t', '')
    """
    if "\ufffd" in text:
        return Trace("\ufffd", "stands for a letter that was lost", "")
    if "\\n" in text and (found := _BROKEN.search(text)):
        between = "\n\n" if len(text) > LINE else " "
        mended = _BROKEN.sub(between, text).strip()
        return Trace(found[0], "is the end of a line as programs write it", mended)
    if found := _MISREAD.search(text):
        try:
            mended = "".join(map(_as_byte, text)).encode("latin-1").decode()
        except UnicodeError:
            mended = ""
        return Trace(found[0], "is a letter in the wrong encoding", mended)
    return None


def in_line(text: str) -> Trace | None:
    """A trace in a text on one line, which is shown as it is.

    >>> in_line("Ask &amp; tell").mended, in_line("Hall A,").mended, in_line("**Slow** ones").mended
    ('Ask & tell', 'Hall A', 'Slow ones')
    >>> in_line('A screen of 12"'), in_line("Fast, faster") is None
    (None, True)
    """
    if found := _ENTITY.search(text):
        return Trace(found[0], "is a character as HTML writes it", html.unescape(text))
    if "://" in text and " " not in text:  # an address, of which others tell
        return None
    if found := _TAGS.search(text):
        return Trace(found[0], "is HTML, which is shown as it stands here", _words(_TAGS, text))
    for marks in (_BOLD, _LINK):
        if found := marks.search(text):
            what = "is Markdown, which is shown as it stands here"
            return Trace(found[0], what, _words(marks, text))
    if found := _COMMA.search(text):
        return Trace(found["sign"], "stands at the end of the text", text[: found.start()])
    if text.count('"') == 1 and (found := _QUOTE.search(text)):
        return Trace('"', "is half of a pair of quotes", text.replace('"', ""))
    return None


def _words(marks: re.Pattern[str], text: str) -> str:
    """A text with the words alone that stand between marks."""
    without = marks.sub(lambda found: found.groupdict().get("words") or " ", text)
    return " ".join(without.split())


def _as_byte(character: str) -> str:
    try:
        return character.encode("cp1252").decode("latin-1")
    except UnicodeEncodeError:
        return character
