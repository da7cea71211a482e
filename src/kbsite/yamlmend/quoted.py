"""Mends that put a value into quotes, or into others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbsite.yamledit import Edit
from kbsite.yamlmend.lines import Lines, quotes, quoting
from kbsite.yamlmend.slips import Mend, Spot

_QUOTE = "put the value into quotes"
_MEANINGS = {"[": "a list", "{": "a mapping", "&": "an anchor", "*": "an alias", "!": "a tag"}
_REMARK = re.compile(r" +#(?=\s|$)")
_KEY_INSIDE = re.compile(r" (?=[a-z][\w-]*:(?: |$))")
_PAIR = re.compile(
    r"(?P<lead>[{,]\s*(?:[\w-]+|\"[^\"]*\"): *)(?P<value>[^\s\"'\[{][^\n]*?) *"
    r"(?=, *[\w-]+:(?: |$)|\}|$)"
)
_ITEM = re.compile(r"(?P<lead>[\[,] *)(?P<value>[^\s\"',\[\]{}][^,\]]*?) *(?=[,\]]|$)")
_WHOLE_LINE = re.compile(r" *(?P<open>[\"'])[\w-]+: [^\"']+(?P<close>[\"']),?\Z")
_ODD_ITEM = re.compile(r"[:#@`%&*!|>{}'\"]")


def again(spot: Spot) -> Iterator[Mend]:
    """Quotes of the other kind, where a text holds those that are around it, or goes on."""
    line = spot.line
    value = line.value.removesuffix(",") if line.value.endswith(("',", '",')) else line.value
    quote = value[:1]
    if quote not in ("'", '"') or not quote:
        return
    end = line.value_start + len(value)
    inner = line.value_start + max(value.find(quote, 1), 0)
    if len(value) > 1 and value.endswith(quote) and quote in value[1:-1]:
        inside = value[1:-1]
        text = inside.replace("''", "'") if quote == "'" else inside.replace('\\"', '"')
        yield Mend(
            "write quotes of the other kind around it",
            (Edit(line.value_start, end, _other(text)),),
            message="the text holds the quotes that are around it, which end it here",
            start=inner,
            end=inner + 1,
        )
    elif quote in value[1:] and not value.endswith(quote):
        edit = Edit(line.value_start, end, quotes(value))
        title = "put the whole value into quotes"
        message = "nothing may follow a closing quote"
        yield Mend(title, (edit,), message=message, start=inner + 1, end=end)


def _other(text: str) -> str:
    """A text in double quotes if it holds an apostrophe and nothing that these would change."""
    return f'"{text}"' if '"' not in text and "\\" not in text else quotes(text)


def closed(spot: Spot) -> Iterator[Mend]:
    """The quotes that are missing at the end of a line, or that an apostrophe never was."""
    line = spot.line
    value, quote = line.value, line.value[:1]
    if quote not in ("'", '"') or not quote or quote in value[1:]:
        return
    if quote == "'" and re.match(r"'(?:\d\ds?|[Tt]is|[Tt]was|n'?|[Ee]m)\b", value):
        yield Mend(_QUOTE, (Edit(line.value_start, line.value_end, quotes(value)),))
    if "\\" not in value:
        yield Mend("close the quotes", (Edit(line.value_end, line.value_end, quote),))


def escapes(spot: Spot) -> Iterator[Mend]:
    """Single quotes, in which a backslash is just a backslash."""
    line = spot.line
    value = line.value
    if len(value) > 1 and value[0] == value[-1] == '"' and "\\" in value:
        inside = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        yield Mend(
            "use single quotes, in which a backslash is just a backslash",
            (Edit(line.value_start, line.value_end, quotes(inside)),),
        )


def value(spot: Spot) -> Iterator[Mend]:
    """Quotes around the value of a line, and of those that go on with it."""
    lines, line, error = spot.lines, spot.line, spot.error
    if not line.value or not (line.key or line.dashes or error.code == "KB010"):
        return
    if line.value[0] in "\"'" or line.has_block:
        return
    rest = [] if not line.is_part else lines.below(line, line.column if line.key else line.dash)
    if rest:
        edits = _around(lines, line.value_start, rest[-1].value_end)
    else:
        remark = _REMARK.search(line.value)
        end = line.value_start + remark.start() if remark else line.value_end
        edits = quoting(lines.text, line.value_start, end)
    mend = Mend(_QUOTE, edits)
    sign = line.value[0]
    if sign in _MEANINGS:
        message = f"a value that begins with '{sign}' is {_MEANINGS[sign]} for YAML"
        word = re.match(r"[&*!][^\s,]*|.", line.value)
        end = line.value_start + (word.end() if word else 1)
        certain = sign in "[{" or (" " in line.value and not line.value.startswith("!!"))
        place = (line.value_start, end)
        mend = Mend(_QUOTE, edits, certain, message, *place)
    yield mend


def _around(lines: Lines, start: int, end: int) -> tuple[Edit, ...]:
    """Quotes around several lines, if that can be done without an escape."""
    inside = lines.text[start:end]
    if '"' not in inside and "\\" not in inside:
        return (Edit(start, start, '"'), Edit(end, end, '"'))
    if "'" not in inside:
        return (Edit(start, start, "'"), Edit(end, end, "'"))
    return ()


def in_brackets(spot: Spot) -> Iterator[Mend]:
    """Quotes around values inside brackets and braces."""
    lines, line = spot.lines, spot.line
    if not re.search(r"[\[{]", line.value):
        return
    first = line.value_start
    for pattern in (_PAIR, _ITEM):
        edits: list[Edit] = []
        for match in pattern.finditer(lines.text, first, line.value_end):
            odd = _ODD_ITEM.search(match["value"]) or (pattern is _PAIR and "," in match["value"])
            if odd:
                edits += quoting(lines.text, *match.span("value"))
        if edits:
            place = (edits[0].start, edits[-1].end)
            if pattern is _PAIR:
                yield Mend(_QUOTE, tuple(edits))
            else:
                yield Mend(_QUOTE, tuple(edits), start=place[0], end=place[1])


def parted(spot: Spot) -> Iterator[Mend]:
    """A line of its own for a key that stands in the value of another."""
    line = spot.line
    if not line.key or line.value[:1] in "\"'[{|>":
        return
    for match in _KEY_INSIDE.finditer(line.value):
        at = line.value_start + match.start()
        edit = Edit(at, at + 1, "\n" + " " * line.column)
        yield Mend("begin each key on a line of its own", (edit,), certain=False)


def line(spot: Spot) -> Iterator[Mend]:
    """Lines without the quotes around their key and value."""
    lines = spot.lines
    found = [
        (each, match)
        for each in (lines[at] for at in range(len(lines)))
        if (match := _WHOLE_LINE.match(each.text))
    ]
    if found:
        edits = [
            edit
            for each, match in found
            for edit in (
                Edit(each.start + match.start("open"), each.start + match.end("open"), ""),
                Edit(each.start + match.start("close"), each.start + match.end("close"), ""),
            )
        ]
        first = found[0][0]
        yield Mend(
            "delete the quotes around key and value",
            tuple(edits),
            message="quotes around a whole line make one text of it",
            start=first.start,
            end=first.end,
        )
