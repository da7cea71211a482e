"""Other ways to write what the sanitiser takes out of prose, and links that lead nowhere safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kbsite.meant import links
from kbsite.prose import Finding

_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>[^\[\]\n]{0,500})\]"
    r"\(\s{0,9}<?(?P<url>(?:[^()\n<>]|\([^()\n]{0,200}\)){1,2000})>?\)"
)
_ELEMENT = re.compile(
    r"<(?P<name>[A-Za-z][\w-]{0,30})(?:[^<>\n]{0,1000}>(?:[^<\n]{0,1000}</(?P=name)>)?)"
)

LONGEST = 1000  # characters before and behind what was found that are looked at


class Instead(NamedTuple):
    """Other text in the place of some of a text, on one line."""

    start: int
    end: int
    new: str
    title: str


def instead(finding: Finding, text: str) -> Iterator[Instead]:
    """What may be written in the place of what was found, the likeliest first."""
    said = finding.part.text
    at = text.find(said) if said else -1
    if at < 0:
        return
    if said.startswith("<") and finding.code == "KB115" and "`" not in text:
        if found := _ELEMENT.match(text, at):
            yield Instead(*found.span(), f"`{found[0]}`", f"write `{found[0]}`")
        return
    for link in _LINK.finditer(text, max(0, at - LONGEST), at + LONGEST):
        if not link.start() <= at < link.end():
            continue
        fault = links.fault(link["url"])
        meant = fault.meaning.values[:1] if fault is not None else (link["url"],)
        for url in meant:
            right = f"[{link['words']}]({url})"
            yield Instead(*link.span(), right, f"write {right}")
        if link["words"] and not meant:
            yield Instead(*link.span(), link["words"], f"write the words alone: {link['words']}")
