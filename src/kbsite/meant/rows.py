"""Lists that were written as one text."""

from __future__ import annotations

import re

_BULLET = re.compile(r"(?:^|\s)[-•‣·▪●◦–—+]\s+")
_NUMBER = re.compile(r"(?:^|(?<=\s))([0-9]{1,2})[.)]\s+")
_CLOSES = {"[": "]", "(": ")", "{": "}"}


def items(text: str) -> list[str]:
    """The items of a list that has other marks than the dashes of YAML, if it is one.

    >>> items("• Measure. • Then move."), items("1. Measure. 2. Then move."), items("a - b")
    (['Measure.', 'Then move.'], ['Measure.', 'Then move.'], [])
    """
    if _BULLET.match(text):
        parts = _BULLET.split(text)
    elif (numbers := _NUMBER.findall(text)) and _NUMBER.match(text):
        if len(numbers) < 2 or numbers != [str(at) for at in range(1, len(numbers) + 1)]:
            return []
        parts = _NUMBER.split(text)[::2]
    else:
        return []
    found = [part.strip() for part in parts[1:]]
    return found if all(found) else []


def without_brackets(text: str) -> str:
    """A text without the brackets around all of it.

    >>> without_brackets("(kernel, seeing)"), without_brackets("(a), b")
    ('kernel, seeing', '(a), b')
    """
    text = text.strip()
    inner = text[1:-1]
    around = len(text) > 2 and text[-1] == _CLOSES.get(text[0])
    return inner if around and not set(inner) & {"[", "(", "{", "]", ")", "}"} else text
