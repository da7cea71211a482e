"""What stands around titles of sessions and belongs elsewhere: a kind, a status, emoji, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\ufe0e\ufe0f\u200d\u20e3"
    "\U000e0020-\U000e007f]"
)
_KINDS = {
    "keynote": "keynote", "opening keynote": "keynote", "closing keynote": "keynote",
    "sponsored keynote": "keynote", "panel": "panel", "panel discussion": "panel",
    "lightning talk": "lightning", "tutorial": "tutorial", "workshop": "workshop", "bof": "bof",
    "birds of a feather": "bof", "poster": "poster", "poster session": "poster", "talk": "talk",
    "contribfest": "contribfest",
}  # fmt: skip
_PREFIX = re.compile(
    rf"[\[(]?(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    r"(?:[\])]\s*[:–—-]?|\s*:|\s+[–—|-])\s+(?=\S)",
    re.IGNORECASE,
)
_STATE = r"(?:session\s+)?(?:cancell?ed|abgesagt|annulé|cancelado)"
_CALLED_OFF = re.compile(
    rf"[\[(]\s*{_STATE}\s*[\])]\s*[:–—-]?\s*|\A{_STATE.upper()}\s*[:–—-]\s*"
    rf"|\A{_STATE}:\s+|\s+[–—|-]\s+{_STATE}\Z",
    re.IGNORECASE,
)
_AN_END = re.compile(rf"\A(?:{EMOJI.pattern}|\s)+|(?:\s+|(?<=[\w!?.])){EMOJI.pattern}+\Z")
# An emoji behind these is a word of its sentence, as in "Fast + Safe = ❤".
_WANTS_A_WORD = re.compile(
    r"(?:[=+&<>×→]|\b(?:an?|the|to|from|with|for|of|i|we|you))\s*\Z", re.IGNORECASE
)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|#[0-9]{2,5}|#x[0-9a-fA-F]{2,5});"
)
_PEOPLE = re.compile(r"\s+(?:[-–—|]|by|with)\s+(?=[^\W\d_a-z])")


class Around(NamedTuple):
    """A title less something that stood around it; what that was, and the field it belongs to."""

    title: str
    was: str
    field: str = ""
    value: str = ""


def around(title: str, speakers: Iterable[str] = ()) -> Around | None:
    """The first thing in a title that is no part of it.

    >>> around("Keynote: Slow is smooth"), around("Slow is smooth")
    (Around(title='Slow is smooth', was='Keynote:', field='kind', value='keynote'), None)
    >>> around("[CANCELLED] Slow is smooth").field, around("Faster copies \\U0001f680").title
    ('status', 'Faster copies')
    >>> around("Slow is smooth - Ada Example, Works", ["Ada Example"]).title
    'Slow is smooth'
    """
    if "&" in title and (found := _ENTITY.search(title)):
        return Around(unescape(title), found[0])
    if title.count('"') == 1 and len(title) > 1 and title[-1] == '"' and title[-2].isalpha():
        return Around(title[:-1], '"')
    if (found := _CALLED_OFF.search(title)) and (rest := _less(title, found)):
        return Around(rest, found[0].strip(), "status", "cancelled")
    if (found := _PREFIX.match(title)) and (rest := _less(title, found)):
        return Around(rest, found[0].strip(), "kind", _KINDS[found["kind"].lower()])
    if not title.isascii() and (found := _AN_END.search(title)):
        rest, wanted = _less(title, found), _WANTS_A_WORD.search(title[: found.start()])
        if rest and EMOJI.search(found[0]) and not wanted:
            return Around(rest, found[0].strip())
    names = [name for name in speakers if len(name.split()) > 1 and name in title]
    if names and (starts := list(_PEOPLE.finditer(title))):
        for start in starts:
            if start.start() and title.startswith(tuple(names), start.end()):
                return Around(title[: start.start()], title[start.start() :].strip(), "speakers")
    return None


def _less(title: str, found: re.Match[str]) -> str:
    return " ".join((title[: found.start()] + " " + title[found.end() :]).split())
