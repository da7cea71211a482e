"""What can be read, and says something else than its author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import reduce
from operator import getitem
from typing import Any

from kbsite.changes import replaced
from kbsite.yamledit import CannotEdit, Edit
from kbsite.yamledit.layout import Layout
from kbsite.yamlfile import Path, Place, Reading, YamlError, attempt
from kbsite.yamlmend import marks, signs, wrapped
from kbsite.yamlmend.lines import Lines, quotes, quoting
from kbsite.yamlmend.slips import EnoughError, Judge, Mend, Slip, Spot, hint, holds

_CURLY = {"“": "”", "„": "“", "‘": "’", "‚": "‘", "«": "»", "»": "«", "”": "”"}  # noqa: RUF001
_CLOSING = {"„": "“”", "‚": "‘’"}  # noqa: RUF001
_SIGNS = re.compile(
    r"""[ ]\#[^\s#]
      | (?:[:,\[-]|^)[ ]+(?:null|Null|NULL)[ ]*(?:$|[,\]}#])
      | (?:[:,\[-][ ]|\[)[“„‘‚«»”]
      | "[A-Za-z]:\\[A-Za-z]""",  # noqa: RUF001
    re.VERBOSE | re.MULTILINE,
)
_ITEM_BELOW = re.compile(r"^(?P<indent> *)- (?![ |>'\"\[{])[^\n:]*\n(?P=indent) +-", re.MULTILINE)
_NOT_PLAIN = ("'", '"', "|", ">")
_BEGINNINGS = " -•*–—"  # of items, as people write them
_PLUS = re.compile(r"^\+", re.MULTILINE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = re.compile(r"(?=[^:]*[ A-Z])[^\s{'\"][^:\n]*: ")  # and no key that looks like one
_TAG = re.compile(r"#[\w-]+,?\Z")
_DRIVE = re.compile(r'"[A-Za-z]:\\')


def suspicious(text: str) -> bool:
    """Whether a text that can be read has a sign of any of these; most have none."""
    return bool(
        (_has_any(text) and _SIGNS.search(text))
        or (" - " in text and _ITEM_BELOW.search(text))
        or text[:1] == "+"
    )


def _has_any(text: str) -> bool:
    return (
        " #" in text
        or "null" in text
        or "Null" in text
        or "NULL" in text
        or ":\\" in text
        or not text.isascii()
    )


def otherwise(text: str, reading: Reading, judge: Judge) -> list[Slip]:
    """What a text says otherwise than it was meant, each at another place."""
    slips: list[Slip] = []
    with suppress(EnoughError):
        for slip in _found(text, reading, judge):
            slips.append(slip)  # noqa: PERF402  # some are found before it is enough
    found: list[Slip] = []
    end = -1
    for slip in sorted(slips, key=lambda slip: (slip.start, slip.code)):
        begins = min(edit.start for edit in slip.mends[0].edits)
        if begins >= end:
            found.append(slip)
            end = max(edit.end for edit in slip.mends[0].edits)
    return found


def _found(text: str, reading: Reading, judge: Judge) -> Iterator[Slip]:
    lines = Lines(text)
    pluses = [*_PLUS.finditer(text)]
    if pluses and len(pluses) == len(text.rstrip().split("\n")):
        edits = tuple(Edit(*match.span(), "") for match in pluses)
        mend = Mend("delete the plus signs before the lines", edits)
        message = "these lines were copied from the view of a change"
        yield from _slip(text, judge, "KB101", message, Place(0, 1), [mend])
        return
    if whole := wrapped.unwrapped(text, reading, judge):
        yield whole
        return
    for mend in marks.without_lead(lines):
        yield from _slip(text, judge, "KB101", mend.message, Place(mend.start, mend.end), [mend])
        return
    if isinstance(reading.data, str):
        for mend in marks.as_yaml(lines):
            at = Place(mend.start, mend.end)
            yield from _slip(text, judge, "KB103", mend.message, at, [mend])
            return
    yield from wrapped.parted_items(text, reading, judge)
    for path, place in reading.places.values.items():
        if (value := _value(reading.data, path)) is None and place.start < place.end:
            yield from _word(text, place, "nothing", judge)
        elif isinstance(value, str):
            yield from _curly(text, place, judge)
            yield from _drive(text, place, judge)
            if "\n" in text[place.start : place.end]:
                yield from _items(lines, place, judge)
    yield from _comments(text, judge)
    for path in judge.refused(reading.data):
        key = reading.places.keys.get(path)
        if key and not (text[key.start] + text[key.end - 1]).isascii():
            yield from _odd(lines, key, judge)
            continue
        place = reading.places.values.get(path) or Place(0, 0)
        value = _value(reading.data, path)
        if isinstance(value, bool):
            yield from _word(text, place, "a yes or no", judge)
        elif isinstance(value, str):
            yield from _items(lines, place, judge)
            yield from _rows(lines, path, place, judge)
        elif isinstance(value, dict) and place.start < place.end:
            yield from _pair(text, path, place, judge)


def _value(data: Any, path: Path) -> Any:
    try:
        return reduce(getitem, path, data)
    except (LookupError, TypeError):
        return ""


def _slip(
    text: str, judge: Judge, code: str, message: str, place: Place, mends: Sequence[Mend]
) -> Iterator[Slip]:
    """A slip, if its first mend helps, with those that do."""
    if not mends or holds(text, None, mends[0], judge) is None:
        return
    others = (each for each in mends[1:] if holds(text, None, each, judge) is not None)
    helpful = [mends[0], *others]
    words = "; or ".join(hint(text, mend) for mend in helpful)
    yield Slip(code, message, words, *place, tuple(helpful))


def _word(text: str, place: Place, meaning: str, judge: Judge) -> Iterator[Slip]:
    word = text[place.start : place.end]
    if word[:1] in "\"'|>[{~":
        return
    mend = Mend("put it into quotes", quoting(text, *place), certain=False)
    message = f"without quotes {word} is {meaning} for YAML, and no text"
    yield from _slip(text, judge, "KB021", message, place, [mend])


def _curly(text: str, place: Place, judge: Judge) -> Iterator[Slip]:
    start, end = place
    opened = text[start : start + 1]
    if opened not in _CURLY or not opened:
        return
    closing = _CLOSING.get(opened, _CURLY[opened])
    raw = text[start:end]
    if not any(sign in raw[1:] for sign in closing):  # a comma ended it
        line_end = (text + "\n").index("\n", start)
        ends = [at for sign in closing if (at := text.find(sign, start, line_end)) > 0]
        if not ends:
            return
        end = min(ends) + 1
        raw = text[start:end]
    inside = raw[1:-1]
    if raw[-1] not in closing or any(sign in inside for sign in (opened, *closing) if sign != "’"):
        return
    if "’" in closing and re.search(r"’\W", inside):
        return
    written = quotes(inside)
    edits: tuple[Edit, ...] = (Edit(start, end, written),)
    if written[1:-1] == inside:
        edits = (Edit(start, start + 1, written[0]), Edit(end - 1, end, written[0]))
    mend = Mend("write straight quotes", edits)
    if _DAY.match(inside):
        mend = Mend("write it without quotes", (Edit(start, end, inside),))
    message = f"the quotes {opened} and {raw[-1]} are none for YAML, and would be part of the value"
    yield from _slip(text, judge, "KB022", message, Place(start, end), [mend])


def _drive(text: str, place: Place, judge: Judge) -> Iterator[Slip]:
    if not _DRIVE.match(text, place.start) or "\n" in text[place.start : place.end]:
        return
    inside = text[place.start + 1 : place.end - 1]
    if "\\\\" in inside or '\\"' in inside:
        return
    mend = Mend(
        "use single quotes, in which a backslash is just a backslash",
        (Edit(place.start, place.end, quotes(inside)),),
    )
    at = text.index("\\", place.start)
    message = f"in double quotes {text[at : at + 2]} stands for another character"
    yield from _slip(text, judge, "KB023", message, Place(at, at + 2), [mend])


def _comments(text: str, judge: Judge) -> Iterator[Slip]:
    """Comments that begin with a word, directly behind a value or in its place."""
    if " #" not in text:
        return
    try:
        layout = Layout(text)
    except CannotEdit:
        return
    ends = {
        place.end: place
        for path, place in layout.values.items()
        if not layout.inside(path) and text[place.start : place.start + 1] not in _NOT_PLAIN
    }
    for begin, end in layout.comments:
        if text[begin + 1 : begin + 2].strip("# ") == "":
            continue
        before = len(text[:begin].rstrip(" "))
        place = ends.get(before)
        if place is None and text[before - 1 : before] in (":", "-"):
            place = Place(begin, begin)
        if place is None or before == begin:
            continue
        stop = begin + len(text[begin:end].rstrip())
        start = begin if place.start == place.end else place.start
        if "\n" in text[start:stop]:
            continue
        mends = [
            Mend("put all of the text into quotes", quoting(text, start, stop), certain=False),
            Mend(
                "if it is a remark, put a space behind the '#'",
                (Edit(begin + 1, begin + 1, " "),),
                certain=False,
            ),
        ]
        tags = text[begin:stop].split() if start == begin else []
        if tags and all(map(_TAG.match, tags)) and holds(text, None, mends[0], judge) is None:
            listed = ", ".join(tag.strip("#,") for tag in tags)
            mends[0] = Mend("write them as a list", (Edit(begin, stop, f"[{listed}]"),))
        message = "what follows ' #' is a comment for YAML, and would be lost"
        yield from _slip(text, judge, "KB020", message, Place(begin, stop), mends)


def _items(lines: Lines, place: Place, judge: Judge) -> Iterator[Slip]:
    """A text of several lines, or in the place of a list, that is made of items."""
    text = lines.text
    line = lines.at(place.start)
    error = YamlError("KB103", "", "", place)
    for mend in signs.space_after_colon(Spot(lines, line, error)):
        if line.start <= mend.start <= place.end and line.value_start == place.start:
            at = Place(mend.start, mend.end)
            yield from _slip(text, judge, "KB103", mend.message, at, [mend])
            return
    if line.value_start == place.start and line.dashes:  # the next item stands too deep
        below = lines.below(line, line.dash)
        if not below or not re.match(r" *[-•*–—]", below[0].text):
            return
        edits = [
            Edit(each.start, each.end - len(each.text.lstrip(_BEGINNINGS)), " " * line.dash + "- ")
            for each in below
            if not each.is_blank
        ]
        mend = Mend("begin the items in one column", tuple(edits))
        message = "the lines below are part of this text, not items"
        yield from _slip(text, judge, "KB103", message, place, [mend])
        return
    for way in (signs.bullets, signs.space_after_dash):
        for mend in way(Spot(lines, line, error)):
            if mend.start == place.start:
                at = Place(mend.start, mend.end)
                yield from _slip(text, judge, "KB103", mend.message, at, [mend])
                return


def _rows(lines: Lines, path: Path, place: Place, judge: Judge) -> Iterator[Slip]:
    """A text of several lines where a list is wanted, each of which is an item."""
    text = lines.text
    line = lines.at(place.start)
    raw = text[place.start : place.end].rstrip()
    if line.key or line.dashes or "\n" not in raw or line.value_start != place.start:
        return
    rows = [lines[line.number + at] for at in range(raw.count("\n") + 1)]
    if any(row.is_blank or row.is_part or not row.value[:1].isalpha() for row in rows):
        return  # or others have a way out
    edits = tuple(Edit(row.start + row.dash, row.start + row.dash, "- ") for row in rows)
    if path not in judge.refused(attempt(replaced(text, edits)).data):
        mend = Mend("begin each item with a hyphen and a space", edits)
        at = Place(place.start, place.start + len(line.value))
        yield from _slip(text, judge, "KB103", "these lines are one text, not items", at, [mend])


def _odd(lines: Lines, key: Place, judge: Judge) -> Iterator[Slip]:
    """A key with a space that is none before or behind it."""
    text = lines.text
    spot = Spot(lines, lines.at(key.start), YamlError("KB101", "", "", key))
    for mend in signs.odd_spaces(spot):
        at = Place(mend.start, mend.end)
        yield from _slip(text, judge, "KB101", mend.message, at, [mend])


def _pair(text: str, path: Path, place: Place, judge: Judge) -> Iterator[Slip]:
    """A text with a colon, which is a key with its value."""
    end = place.start + len(text[place.start : place.end].rstrip())
    inside = text[place.start : end]
    if not _WORDS.match(inside) or "\n" in inside:
        return
    mend = Mend("put the text into quotes", quoting(text, place.start, end))
    if path in judge.refused(attempt(replaced(text, mend.edits)).data):
        return  # a text is not wanted there
    message = "a text that holds a colon and a space is a key with its value for YAML"
    yield from _slip(text, judge, "KB103", message, Place(place.start, end), [mend])
