"""What may mend a text that cannot be read: the likeliest of what helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from kbsite.changes import replaced
from kbsite.yamlfile import YamlError, attempt
from kbsite.yamlmend import brackets, marks, places, quoted, signs, twice
from kbsite.yamlmend.lines import Line, Lines
from kbsite.yamlmend.slips import Judge, Mend, Slip, Spot, hint, holds

Way: TypeAlias = Callable[[Spot], Iterator[Mend]]

_GROUPS: Sequence[Sequence[Way]] = (
    (signs.fence, marks.settings, marks.copied),
    (marks.tag, marks.anchor, marks.link, marks.remark, marks.box, marks.bold_key),
    (signs.odd_spaces, signs.tabs, signs.control),
    (signs.bullets, signs.space_after_dash, signs.space_after_colon, signs.equals),
    (twice.same, twice.joined, places.dashed, places.undashed),
    (twice.either,),
    (places.moved, places.broken_list, places.below_block),
    (brackets.comma, brackets.closed, brackets.commas, brackets.quotes, brackets.alone),
    (quoted.again, quoted.closed, quoted.escapes),
    (quoted.value, quoted.in_brackets, quoted.parted),
    (signs.colon, places.continued, places.item),
)
_PARTED = (  # where a document ends too soon
    (signs.end_of_document, quoted.line),
    (signs.text_below,),
)
_MOST = 40  # mends of one mistake that are tried


def explained(text: str, error: YamlError, judge: Judge) -> Slip:
    """What is wrong where a text is refused, with what mends it."""
    lines = Lines(text)
    groups = {"KB013": _PARTED, "KB017": ()}.get(error.code, _GROUPS)
    for group in groups:
        if mends := _helpful(text, lines, error, judge, group):
            best = mends[0]
            start, end = (best.start, best.end) if best.start >= 0 else error.place
            words = " or ".join(dict.fromkeys(hint(text, mend) for mend in mends))
            return Slip(error.code, best.message or error.message, words, start, end, mends)
    return Slip(error.code, error.message, error.hint, *error.place)


def _helpful(
    text: str, lines: Lines, error: YamlError, judge: Judge, group: Sequence[Way]
) -> tuple[Mend, ...]:
    """Those mends of a group that help, each with another outcome, the best first."""
    found: list[tuple[int, Mend]] = []
    said: list[object] = []
    tried = 0
    for way in group:
        for line in _near(lines, error):
            for mend in way(Spot(lines, line, error)):
                tried += 1
                if tried > _MOST or not mend.edits:
                    continue
                score = holds(text, error, mend, judge)
                if score is None:
                    continue
                outcome = attempt(replaced(text, mend.edits)).data
                if outcome not in said:
                    said.append(outcome)
                    found.append((score, mend))
    if not found:
        return ()
    least = min(score for score, _ in found)
    best = [mend for score, mend in found if score == least][:3]
    if len(best) > 1:
        return tuple(mend._replace(certain=False) for mend in best)
    return tuple(best)


def _near(lines: Lines, error: YamlError) -> list[Line]:
    """The lines in which the cause may be: that of the error, and what is above it."""
    here = lines.at(error.place.start)
    found = [here]
    for line in lines.above(here):
        found.append(line)
        if len(found) == 3:
            break
    return found
