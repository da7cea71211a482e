"""Marks that version control leaves where two versions of a text did not fit together.

A page that explains them shows them as code, which is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kbsite.cures import replacing_all
from kbsite.errors import Cure, Problem
from kbsite.excerpts import beginning
from kbsite.sources import Source, file_problem
from kbsite.wording import SHOWN

_SIGNS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MARK = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<sign><{7}|>{7}|\|{7})(?: (?P<label>.*))?|(?P<middle>={7}))[ \t]*$"
    r"|^[ \t]*(?P<fence>`{3,}|~{3,})",
    re.MULTILINE,
)


def problem(source: Source, reads: Callable[[str], bool]) -> Problem | None:
    """KB019, at the first mark of a file; `reads` says whether a text without any can be read."""
    text = source.text
    if not any(sign in text for sign in _SIGNS):
        return None
    marks = list(_marks(source))
    meant = _meant(source, marks)
    if meant is None:
        return None
    start = meant.end("indent") - source.body_start
    sides = _sides(source, marks, reads)
    either = " or ".join(f"'{side}'" for side, _ in sides if side)
    return source.problem_in_body(
        "KB019",
        start,
        meant.end() - source.body_start - start,
        "version control left two versions of the text here",
        f"keep one of the two{', ' * bool(either)}{either}, and delete the lines that begin with "
        "<<<<<<<, |||||||, ======= or >>>>>>>",
        [cure for _, cure in sides],
    )


def in_lock(path: str, text: str) -> Problem | None:
    """The same, of what an import keeps for itself, which is JSON; KB406 where its end is lost."""
    found = problem(Source(path=path, text=text), _is_json)
    hint = "restore the file from version control, of either side, and import again"
    if found is None and text and not text.rstrip().endswith("}"):
        line = text.count("\n", 0, len(text.rstrip())) + 1
        return file_problem("KB406", path, "the lock is cut off here", _RESTORE, line=line)
    return found and replace(found, hint=hint)


_RESTORE = (
    "restore the file from version control; without it, delete it: then every value in a record "
    "counts as yours"
)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _marks(source: Source) -> Iterator[re.Match[str]]:
    """The lines that look like marks, less those in code; in YAML no code begins a line."""
    fence = ""
    for match in _MARK.finditer(source.text):
        if sign := match["fence"]:
            if not fence:
                fence = sign
            elif sign.startswith(fence):
                fence = ""
        elif not fence or (match.start() < source.body_start and not match["indent"]):
            yield match


def _meant(source: Source, marks: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The first mark of a conflict: one that can be nothing else, or the first of several."""
    kinds = "".join(map(_kind, marks))
    for at, mark in enumerate(marks):
        in_yaml = mark.start() < source.body_start
        if mark["indent"]:  # of a block of text, perhaps
            certain = in_yaml and bool(re.match(r"<\|?=>", kinds[at:]))
        else:  # a line of signs may stand below a heading
            certain = in_yaml or kinds[at] == "<" or kinds.startswith("=>", at)
        if certain:
            return mark
    return None


def _kind(mark: re.Match[str]) -> str:
    return (mark["sign"] or mark["middle"])[0]


def _sides(
    source: Source, marks: Sequence[re.Match[str]], reads: Callable[[str], bool]
) -> list[tuple[str, Cure]]:
    """Either side of every conflict, where all of them are whole: its text, and what keeps it."""
    kinds = "".join(map(_kind, marks))
    if not re.fullmatch(r"(?:<\|?=>)+", kinds):
        return []
    text = source.text
    lines = [(mark.start(), min(mark.end() + 1, len(text))) for mark in marks]
    ends = [at for at, kind in enumerate(kinds) if kind == ">"]
    begins = [0, *(at + 1 for at in ends[:-1])]
    out: list[tuple[str, Cure]] = []
    for word, label in (("above", marks[0]["label"]), ("below", marks[ends[0]]["label"])):
        edits: list[tuple[int, int, str]] = []
        kept: list[str] = []
        for begin, end in zip(begins, ends, strict=True):
            from_, to = (begin, begin + 1) if word == "above" else (end - 1, end)
            kept.append(text[lines[from_][1] : lines[to][0]])
            edits.append((lines[begin][0], lines[from_][1], ""))
            edits.append((lines[to][0], lines[end][1], ""))
        name = f", of {label.strip()}" if label else ""
        if reads(_after(text, edits)):
            (cure,) = replacing_all(source, edits, f"keep what stands {word} ======={name}")
            out.append((beginning(" ".join("".join(kept).split()), SHOWN), cure))
    return out


def _after(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text
