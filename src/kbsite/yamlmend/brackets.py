"""Mends of brackets and braces that do not close, and of the commas of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbsite.yamledit import Edit
from kbsite.yamlmend.slips import Mend, Spot

_PARTS = re.compile(r""""(?:[^"\\]|\\.)*+"|(?<![^\s\[{,:])'[^']*+'| #.*|[\[\]{}]""")
_CLOSES = {"[": "]", "{": "}"}
_NO_COMMA = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*+"|[\]}])(?:(?P<gap>\s++)(?=["\[{]))?""",
)  # between two values, as JSON has them
_WORDS = re.compile(r"\[[^\[\]{}:#\\]*\]\Z")
_WORD = re.compile(r"[^\s,\[\]](?:[^,\[\]]*[^\s,\[\]])?")
_COMMA = re.compile(r""".*["'\]}](?P<comma>,)[ ]*$""", re.MULTILINE)


def closed(spot: Spot) -> Iterator[Mend]:
    """The brackets of a value, each closed as it was opened."""
    lines, line = spot.lines, spot.line
    if line.value[:1] not in ("[", "{") or not line.value:
        return
    opened: list[str] = []
    for match in _PARTS.finditer(lines.text, line.value_start, line.value_end):
        sign, at = match[0], match.start()
        if sign in _CLOSES:
            opened.append(_CLOSES[sign])
        elif sign in ("]", "}"):
            if opened and opened[-1] == sign:
                opened.pop()
                continue
            if opened and at == line.value_end - 1:
                yield _mend(opened[-1], Edit(at, at + 1, "".join(reversed(opened))), at)
            elif not opened:
                yield Mend(
                    f"delete the {sign}",
                    (Edit(at, at + 1, ""),),
                    message=f"there is a '{sign}' too many",
                    start=at,
                    end=at + 1,
                )
            return
    if opened:
        missing = "".join(reversed(opened))
        below = lines.below(line, line.column if line.key else line.dash)
        for last in (line, *below[-1:]):
            if last is line and not line.value[1:]:
                continue  # empty, what it should hold would be outside
            end = last.value_end
            stop = end - 1 if last.value.endswith(",") else end
            yield Mend(f"add the missing {missing}", (Edit(stop, end, missing),))


def _mend(right: str, edit: Edit, at: int) -> Mend:
    return Mend(
        f"write {right} there",
        (edit,),
        message=f"a '{right}' closes what was opened",
        start=at,
        end=at + 1,
    )


def comma(spot: Spot) -> Iterator[Mend]:
    """The comma that one of the values in brackets lacks behind it."""
    lines, line = spot.lines, spot.line
    if line.value[:1] not in ("[", "{") or not line.value:
        return
    for match in _NO_COMMA.finditer(lines.text, line.value_start):
        if match["gap"]:
            at = match.start("gap")
            yield Mend(
                "put a comma between the two",
                (Edit(at, at, ","),),
                message="the comma between two values is missing",
                start=at,
                end=at + 1,
            )
            return


def commas(spot: Spot) -> Iterator[Mend]:
    """Commas behind values, as JSON has them."""
    lines, line = spot.lines, spot.line
    matches = lines.run(line, _COMMA)
    if matches:
        yield Mend(
            "delete the comma",
            tuple(Edit(*match.span("comma"), "") for match in matches),
            message="no comma ends a line of YAML",
            start=matches[0].start("comma"),
            end=matches[0].end("comma"),
        )


def quotes(spot: Spot) -> Iterator[Mend]:
    """Words in brackets of which one has a quote at one end alone."""
    line = spot.line
    found = _WORDS.match(line.value)
    if found is None:
        return
    start = line.value_start
    for word in _WORD.finditer(line.value):
        bare = word[0].strip("\"'")
        if (word[0][:1] in "\"'" and (len(word[0]) < 2 or word[0][-1] != word[0][0])) or (
            word[0][-1] in "\"'" and word[0][0] != word[0][-1]
        ):
            edit = Edit(start + word.start(), start + word.end(), f'"{bare}"')
            yield Mend("close the quotes", (edit,), start=edit.start, end=edit.end)


def alone(spot: Spot) -> Iterator[Mend]:
    """Lines of keys between two braces of JSON."""
    lines = spot.lines
    first = lines[0]
    if first.text.strip() != "{":
        return
    last = [lines[at] for at in range(len(lines)) if not lines[at].is_blank][-1]
    edits = [Edit(0, min(first.end + 1, len(lines.text)), "")]
    if last.text.strip() == "}":
        edits.append(Edit(last.start, last.end, ""))
    yield Mend("delete the braces", tuple(edits), start=first.start, end=first.end)
