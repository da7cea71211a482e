"""Mends of what other languages have: anchors, tags, links of Markdown, remarks, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbsite.meant import words
from kbsite.yamledit import Edit
from kbsite.yamlmend.lines import Line, Lines
from kbsite.yamlmend.slips import Mend, Spot

_TAG = re.compile(r"(?P<tag>!!?(?:<[^>\s]*>|[\w./:]+)) *")
_ANCHOR = re.compile(r"&(?P<name>[\w-]+) *")
_ALIAS = re.compile(r"(?:^ *|[\w\"'] *: +|- +|[\[,] *)\*(?P<name>[\w-]+) *$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\(<?(?P<url>https?://[^\s<>()]+)>?\)\Z")
_SETTING = re.compile(r"(?P<key>[A-Za-z_][\w-]*) *= *(?P<value>\S.*)\Z")
_SECTION = re.compile(r"(?P<open>\[\[?)(?P<name>[A-Za-z_][\w-]*)\]\]?\s*\Z")
_MOST = 2  # lines that make a text one of settings
_LEADS = tuple(map(re.compile, (r">(?: |$)", r" *[0-9]+(?:[:|.] ?| \| ?|  ?|\t|$)", r"\|(?: |$)")))
_BOX = re.compile(r" *(?:- +)+(?P<box>\[[ xX✓]?\] +)(?=\S)")
_BOLD_KEY = re.compile(r"(?P<bold>(?:[-*] +)?\*\*(?P<key>[A-Za-z_]+)(?:\*\*:|:\*\*) *)")
_REMARK = re.compile(r" *(?P<sign>//|/\*|<!--|--(?= )|;|%(?= ))")


def tag(spot: Spot) -> Iterator[Mend]:
    """A value without the type that a program wrote before it."""
    line, error = spot.line, spot.error
    if error.code != "KB015" or not (found := _TAG.match(line.value)):
        return
    if not found["tag"].startswith("!!") and found.end() < len(line.value):
        return  # it may be a text that begins so
    start = line.value_start
    yield Mend(
        f"delete {found['tag']}",
        (Edit(start, start + found.end(), ""),),
        start=start,
        end=start + len(found["tag"]),
    )


def anchor(spot: Spot) -> Iterator[Mend]:
    """A value written out wherever its name is, and no name before it."""
    lines, line, error = spot.lines, spot.line, spot.error
    if error.code != "KB012" or not (found := _ANCHOR.match(line.value)):
        return
    rest = line.value[found.end() :]
    uses = [use for use in _ALIAS.finditer(lines.text) if use["name"] == found["name"]]
    if not uses and rest[:1] not in ("", "{", "[", '"', "'"):
        return  # it may be a text that begins so
    start = line.value_start
    edits = [Edit(start if rest else start - 1, start + found.end(), "")]
    below = [] if rest else _below(lines, line)
    for use in uses:
        here = lines.at(use.start("name"))
        begin = use.start("name") - 1
        if rest:
            edits.append(Edit(begin, use.end(), rest))
        elif below and here.key:
            by = here.column + 2 - below[0].dash
            texts = "\n".join((" " * max(0, each.dash + by)) + each.text.lstrip() for each in below)
            edits.append(Edit(begin - 1, use.end(), f"\n{texts}"))
        else:
            return
    yield Mend(
        "write the value wherever it is needed" if uses else f"delete &{found['name']}",
        tuple(edits),
        start=start,
        end=start + len(found[0].rstrip()),
    )


def _below(lines: Lines, line: Line) -> list[Line]:
    """What stands below a key, of which a list may begin in its own column."""
    found = lines.below(line, line.column)
    if found:
        return found
    for number in range(line.number + 1, len(lines)):
        after = lines[number]
        if after.is_blank or after.dash < line.column + (not after.dashes):
            break
        found.append(after)
    return found


def link(spot: Spot) -> Iterator[Mend]:
    """The address of a link of Markdown, with its words as a label."""
    line = spot.line
    found = _LINK.match(line.value)
    if found is None or line.key not in ("", "url") or not (line.key or line.dashes):
        return
    start, end = line.value_start, line.value_end
    message = "this is a link as Markdown has it"
    mend = Mend("write the address", (), message=message, start=start, end=end)
    url = ("" if line.key else "url: ") + found["url"]
    kind = words.link_kind(found["words"])
    said = f"kind: {kind}" if kind else f"label: {_plain(found['words'])}"
    for more in (f"\n{' ' * line.column}{said}", ""):
        yield mend._replace(edits=(Edit(start, end, url + more),), certain=bool(more or kind))


def _plain(words: str) -> str:
    return words if words.replace(" ", "").isalnum() else '"' + words.replace('"', "'") + '"'


def copied(spot: Spot) -> Iterator[Mend]:
    """Lines that were copied with a sign, or their number, before each."""
    yield from without_lead(spot.lines)


def without_lead(lines: Lines) -> Iterator[Mend]:
    """Lines without what stands before each of them, if it does before all."""
    text = lines.text.rstrip()
    for pattern in _LEADS:
        matches = [pattern.match(line) for line in text.split("\n")]
        if len(matches) < _MOST or not all(matches):
            continue
        starts = [lines[at].start for at in range(len(matches))]
        yield Mend(
            "delete what stands before each line",
            tuple(
                Edit(start, start + match.end(), "")
                for start, match in zip(starts, matches, strict=True)
                if match
            ),
            message="these lines were copied with a sign or a number before each",
            start=0,
            end=1,
        )
        return


def box(spot: Spot) -> Iterator[Mend]:
    """Items without the boxes of a list of things to do."""
    lines, line = spot.lines, spot.line
    if matches := lines.run(line, _BOX):
        yield Mend(
            "delete the boxes",
            tuple(Edit(*match.span("box"), "") for match in matches),
            message="this is a box of a list of things to do, which is none for YAML",
            start=matches[0].start("box"),
            end=matches[0].start("box") + len(matches[0]["box"].rstrip()),
        )


def bold_key(spot: Spot) -> Iterator[Mend]:
    """Keys without the stars that make them bold in Markdown."""
    lines, line = spot.lines, spot.line
    found = _BOLD_KEY.match(line.text)
    if found is None:
        return
    edits = tuple(
        Edit(each.start + match.start("bold"), each.start + match.end("bold"), f"{match['key']}: ")
        for each in (lines[at] for at in range(line.number, len(lines)))
        if (match := _BOLD_KEY.match(each.text))
    )
    yield Mend(
        "write the keys without stars",
        edits,
        message="this is Markdown, and no key",
        start=edits[0].start,
        end=edits[0].end,
    )


def remark(spot: Spot) -> Iterator[Mend]:
    """A remark behind another sign than that of YAML."""
    line = spot.line
    if found := _REMARK.match(line.text):
        start = line.start + found.start("sign")
        yield Mend(
            "begin a remark with '#'",
            (Edit(start, line.start + found.end("sign"), "#"), *_closed(line, found["sign"])),
            message="this sign begins no remark in YAML",
            start=start,
            end=line.end,
        )


def _closed(line: Line, sign: str) -> Iterator[Edit]:
    """What ends a remark of HTML, taken away."""
    bare = line.text.rstrip()
    if sign.startswith("<!") and bare.endswith("-->"):
        yield Edit(line.start + len(bare[:-3].rstrip()), line.start + len(bare), "")


def settings(spot: Spot) -> Iterator[Mend]:
    """Lines of TOML or of an INI file, as YAML."""
    yield from as_yaml(spot.lines)


def as_yaml(lines: Lines) -> Iterator[Mend]:
    """Lines of settings as YAML, if the text has nothing else."""
    edits: list[Edit] = []
    indent, first, seen, number = 0, False, "", 0
    for line in map(lines.__getitem__, range(len(lines))):
        if section := _SECTION.match(line.text):
            is_list = section["open"] == "[["
            again = is_list and section["name"] == seen
            seen, first, indent = section["name"], is_list, 4 if is_list else 2
            edits.append(
                Edit(line.start, min(line.end + 1, len(lines.text)), "")
                if again
                else Edit(line.start, line.end, f"{section['name']}:")
            )
        elif setting := _SETTING.match(line.text):
            lead = "  - " if first else " " * indent
            first, number = False, number + 1
            end = line.start + setting.start("value")
            edits.append(Edit(line.start, end, f"{lead}{setting['key']}: "))
        elif not line.is_blank and not line.is_comment and line.dash == 0 and line.key == "":
            return
    if number >= _MOST:
        yield Mend(
            "write a colon between key and value",
            tuple(edits),
            message="a key ends in a colon, not in '='",
            start=edits[0].start,
            end=lines.at(edits[0].start).end,
        )
