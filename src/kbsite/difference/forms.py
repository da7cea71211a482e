"""A difference as JSON, all of it, and as Markdown for a comment on GitHub.

In Markdown, whatever is not ours stands as code, where it is no link, no image, no HTML, and calls
nobody by an @.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import kbsite
from kbsite.difference.parts import Difference
from kbsite.difference.told import SHOWN, Line, Said, Words, sections, summary
from kbsite.report import printable

VERSION = 1
COMMENT_LIMIT = 65_536  # characters of a comment; GitHub takes no longer ones
MARK = "<!-- kbsite diff -->"  # by which the comment of a run before is found

_NAMES = {"+": "added", "-": "removed", "~": "changed", ">": "moved", "!": "vanished"}
_ROOM = 400  # for what is said at the end


def as_json(difference: Difference, since: str) -> str:
    """Its shape is versioned: what it has stays, and more may come."""
    said: dict[str, Any] = {
        "version": VERSION,
        "kbsite": kbsite.__version__,
        "since": since,
        "summary": summary(difference),
        **asdict(difference),
    }
    for claim, change in zip(said["claims"], difference.claims, strict=True):
        claim["fields"] = change.fields
    return json.dumps(said, indent=2)


def as_markdown(difference: Difference, since: str, limit: int = COMMENT_LIMIT) -> str:
    """In at most so many characters; of what is many, the first few."""
    out = [f"{MARK}\n## What this does to the site\n\n", f"Since {_code(since)}: "]
    out.append(f"{summary(difference)}.\n")
    room = limit - _ROOM - sum(map(len, out))
    left = 0
    for section in sections(difference):
        lines = [_line(line) for line in section.lines[:SHOWN]]
        rest = len(section.lines) - len(lines)
        head = f"\n### {'❌ ' if section.is_error else ''}{section.title}\n\n"
        foot = f"- and {rest:,} more\n" if rest else ""
        text = head + "".join(lines) + foot
        if len(text) <= room:
            out.append(text)
            room -= len(text)
        else:
            left += 1
    if left:
        out.append("\nThere is more than fits here: `kbsite diff` tells it.\n")
    return "".join(out)


def _line(line: Line) -> str:
    more = "".join(f"  - {_words(words)}\n" for words in line.more[:SHOWN])
    return f"- {_NAMES[line.sign]}: {_words(line.words)}\n{more}"


def _words(words: Words) -> str:
    return "".join(_code(part.text) if isinstance(part, Said) else part for part in words)


def _code(text: str) -> str:
    """A text as code: between more backticks than it has in a row, on one line."""
    text = printable(" ".join(text.split())) or " "
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"
