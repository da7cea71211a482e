"""Characters that cannot be seen: where they carry a meaning, and where they only deceive.

Some are letters' joints or steer how scripts run from right to left; without such letters beside
them they hide words, turn the order of others, or make two names of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# All that is drawn as nothing: joints, directions, tags and fillers. What makes an emoji of a sign
# (U+FE0F) is no such thing.
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINTS = frozenset("\u200b\u200c\u200d\u2060")
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_EUROPEAN = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "DIGIT")
_BLACK_FLAG = "\U0001f3f4"


def meaningless(text: str) -> Iterator[int]:
    """Where in a text hidden characters stand that change nothing but what cannot be seen.

    >>> list(meaningless("Ker\\u200bnel\\u202e"))
    [3, 7]
    >>> list(meaningless("\\U0001f469\\u200d\\U0001f4bb"))
    []
    """
    if text.isascii():
        return
    for found in HIDDEN.finditer(text):
        if not _carries(text, found.start()):
            yield found.start()


def without(text: str) -> str:
    """`text` less them.

    >>> without("Ker\\u00adnel")
    'Kernel'
    """
    gone = set(meaningless(text))
    return "".join(sign for at, sign in enumerate(text) if at not in gone) if gone else text


def _carries(text: str, at: int) -> bool:
    sign = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if sign in _JOINTS:
        return bool(before and after) and (
            (_needs_joints(before) and _needs_joints(after))
            or (sign == "\u200d" and _of_emoji(before) and _of_emoji(after))
        )
    if sign in _DIRECTIONS:
        return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    if "\U000e0020" <= sign <= "\U000e007f":
        return _BLACK_FLAG in text[max(0, at - 8) : at]
    return False


def _needs_joints(sign: str) -> bool:
    """Whether it belongs to a script in which letters join, or words stand without spaces."""
    kind = unicodedata.category(sign)
    name = unicodedata.name(sign, "LATIN")
    return kind[0] in "LM" and not name.startswith(_EUROPEAN) and sign != "\ufe0f"


def _of_emoji(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk", "Mn") or sign in "\u2640\u2642\u2695"


def called(sign: str) -> str:
    """A character by its number and name.

    >>> called("\\u202e"), called("\\x07")
    ('U+202E (right-to-left override)', 'U+0007')
    """
    name = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")
