"""Names of files that some systems have and others cannot: a copy of them breaks there."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 180  # characters of a path: Windows has 260, with the folder that the copy is in

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|\Z)", re.IGNORECASE)
_SIGNS = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')


class Unfit(NamedTuple):
    """What is wrong with a name, and a better one; or, where there is none, a way out."""

    message: str
    better: str
    hint: str = ""


def elsewhere(path: str) -> Unfit | None:
    """What would break the last name of a path, or the path, on another system.

    >>> elsewhere("content/aux.md").better, elsewhere("content/a?.md").better
    ('aux-1.md', 'a.md')
    >>> elsewhere("content/about.md")
    """
    name = path.rpartition("/")[2]
    if device := _DEVICES.match(name):
        better = f"{device[0]}-1{name[device.end() :]}"
        return Unfit(f"Windows has no file that is called {device[0]}: that is a device", better)
    if name != name.rstrip(". "):
        return Unfit("Windows has no name that ends in a dot or a space", name.rstrip(". "))
    if found := _SIGNS.search(name):
        sign = f"{found[0]!r}" if found[0].isprintable() else "a control character"
        return Unfit(f"Windows has no name with {sign} in it", _SIGNS.sub("", name))
    if len(path) > LONGEST:
        return Unfit(
            f"the path has {len(path)} characters, and Windows may have room for {LONGEST}",
            "",
            "shorten the name of the file, or of the folders that it is in",
        )
    return None


def seen(path: str) -> str:
    """A path as the systems see it that see fewest differences: no capitals, one form of letters.

    >>> seen("About.md") == seen("about.md")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
