"""What is wrong with YAML as a text, with what mends it; and the text after that.

A mend is a guess until it was made and the text read again: it has to bring the reader past its own
lines, to values that the record takes there. Behind the first mistake all others are looked for
in the mended text, so that one run shows them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kbsite.changes import replaced
from kbsite.yamledit import Edit
from kbsite.yamlfile import Data, YamlError, attempt
from kbsite.yamlmend.broken import explained
from kbsite.yamlmend.otherwise import otherwise, suspicious
from kbsite.yamlmend.slips import EnoughError, Judge, Mend, Refused, Slip

__all__ = ["Mend", "Refused", "Slip", "mended", "suspicious"]

LONGEST = 50_000  # characters of a text that is mended; each mend is a reading of all of it
MOST = 12  # mistakes of one text that are looked for


class Mended(NamedTuple):
    """The mistakes of a text, each in the text as it was when it was found: after the first so many
    of `steps`. `text` is what comes of all steps, and `data` what that says; nothing where it
    cannot be read.
    """

    slips: Sequence[tuple[int, Slip]]
    steps: tuple[tuple[Edit, ...], ...]
    text: str
    data: Data


def mended(text: str, refused: Refused) -> Mended:
    """The mistakes of a text that `yamlfile` refuses, or that looks `suspicious`."""
    slips: list[tuple[int, Slip]] = []
    steps: list[tuple[Edit, ...]] = []
    judge = Judge(refused)
    reading = attempt(text)
    while reading.error is not None:
        if len(text) > LONGEST or len(steps) >= MOST:
            slips.append((len(steps), _bare(reading.error)))
            return Mended(slips, tuple(steps), text, None)
        try:
            slip = explained(text, reading.error, judge)
        except EnoughError:
            slip = _bare(reading.error)
        slips.append((len(steps), slip))
        if not slip.mends or (len(slip.mends) > 1 and not slip.mends[0].certain):
            return Mended(slips, tuple(steps), text, None)
        steps.append(slip.mends[0].edits)
        text = replaced(text, steps[-1])
        reading = attempt(text)
    if len(text) <= LONGEST:
        found = otherwise(text, reading, judge)
        slips += [(len(steps), slip) for slip in found]
        edits = tuple(edit for slip in found if slip.mends for edit in slip.mends[0].edits)
        if edits:
            steps.append(tuple(sorted(edits)))
            text = replaced(text, steps[-1])
            reading = attempt(text)
    return Mended(slips, tuple(steps), text, None if reading.error else reading.data)


def _bare(error: YamlError) -> Slip:
    return Slip(error.code, error.message, error.hint, *error.place)
