"""What libyaml says about text that is not YAML, in words that help, and where the cause is."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

_QUOTE = 'put the value into quotes, as title: "Part one: the beginning"'
_INDENTATION = "check the indentation, and put a value that holds quotes or brackets into quotes"
_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon followed by a space stands inside a value",
        _QUOTE,
    ),
    "found character that cannot start any token": (
        "a value cannot begin with this character",
        "put the value into quotes",
    ),
    "could not find expected ':'": (
        "a key without a colon",
        "write 'key: value', and indent the lines of a longer text under its key",
    ),
    "did not find expected key": ("a key was expected here", _INDENTATION),
    "did not find expected node content": (
        "a value was expected here",
        "close every bracket and brace; a text that begins with one or a comma goes into quotes",
    ),
    "did not find expected '-' indicator": (
        "a list item was expected here",
        "begin it with '- ', indented like the items before it",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin on the line of its key",
        "begin each item on a line of its own with '- ', or put a text that begins so into quotes",
    ),
    "did not find expected ',' or ']'": ("the list is not closed", "add the missing ']' or ','"),
    "did not find expected ',' or '}'": ("the mapping is not closed", "add the missing '}' or ','"),
    "found unexpected end of stream": ("the quotes are never closed", "close the quotes"),
    "found unexpected document indicator": (
        "the quotes are never closed",
        "close the quotes before the line of hyphens or dots",
    ),
    "found unknown escape character": (
        "an unknown escape in double quotes",
        "use single quotes, in which a backslash is just a backslash",
    ),
    "found invalid Unicode character escape code": (
        "this escape names no character",
        "write the character itself",
    ),
    "control characters are not allowed": (
        "a control character stands here",
        "remove the invisible character; an editor that shows them helps",
    ),
    "found a tab character where an indentation space is expected": (
        "a tab stands where YAML wants spaces",
        "indent with spaces",
    ),
    "did not find expected comment or line break": (
        "nothing may follow '|' or '>' on its line",
        "begin the text on the next line, indented",
    ),
    "did not find expected alphabetic or numeric character": (
        "a value cannot begin with '&' or '*'",
        "put the value into quotes",
    ),
}
_SECOND_DOCUMENT = (
    "the record ended before this line",
    "one file holds one record: remove the '...', or move what follows into a file of its own",
)

_OUT_OF_LINE = (
    "a key begins in the same column as the keys beside it; "
    "a text that holds ': ' and goes over several lines goes into quotes"
)
_FENCE = (
    "this line is Markdown, and no part of the record",
    "delete the lines with ``` before and after the record",
)
_AFTER_CLOSING = (
    "nothing may follow a closing quote or bracket",
    "put the whole value into quotes, with quotes of the other kind inside it",
)

# For these libyaml reports where it gave up, often past the end; the cause is where it began.
_MEANT_AT_ITS_START = (
    "could not find expected ':'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "found unexpected end of stream",
    "found unexpected document indicator",
)
_CURED_BY_QUOTES = (
    "mapping values are not allowed in this context",
    "found character that cannot start any token",
    "did not find expected alphabetic or numeric character",
)
_KEY_AND_VALUE = re.compile(r"[ \t]*(?:- +)*(?P<key>[\w-]+): +(?P<value>\S.*?)[ \t]*\Z")
_INDENTED_KEY = re.compile(r" +(?:- +)*[\w-]+(?=:)")
_TAB = re.compile(r"[ \t]*\t[ \t]*\Z")


class Fault(NamedTuple):
    """A problem's code, what is wrong, a way out, and from where to where."""

    code: str
    message: str
    hint: str
    start: int
    end: int


def explain(error: yaml.YAMLError | UnicodeEncodeError, text: str) -> Fault:
    """What `error`, raised while `text` was parsed, means to its author."""
    if isinstance(error, UnicodeEncodeError):
        return Fault("KB010", *_WORDS["control characters are not allowed"], error.start, error.end)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    start = _start(error, said, text)
    end = min(start + 1, len(text))
    if said == "did not find expected <document start>":
        return Fault("KB013", *_SECOND_DOCUMENT, start, end)
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start : start + 1]
    if _TAB.match(before):
        said = "found a tab character where an indentation space is expected"
    message, hint = _WORDS.get(said, (f"this is not YAML: {said}", "put the value into quotes"))
    if said == "did not find expected key" and before[:-1].rstrip().endswith(("'", '"', "]", "}")):
        message, hint = _AFTER_CLOSING
        start = line_start + len(before[:-1].rstrip())
        if text[start - 1] in "'\"" and start == line_start + len(before) - 1:
            start -= 1  # quotes that close too soon
    elif text.startswith("```", line_start):
        message, hint = _FENCE
    elif said in _CURED_BY_QUOTES:
        line, at = text[line_start:].partition("\n")[0], start - line_start
        key = _INDENTED_KEY.match(line)
        hint = _OUT_OF_LINE if key and key.end() == at else _quoted(line, at) or hint
    return Fault("KB010", message, hint, start, end)


def _quoted(line: str, at: int) -> str:
    """The line as it should be, if the fault is in the value of its key."""
    match = _KEY_AND_VALUE.match(line)
    if match is None or at < match.start("value"):
        return ""
    value = match["value"]
    quoted = f'"{value}"' if not {'"', "\\"} & set(value) else "'" + value.replace("'", "''") + "'"
    return f"put the value into quotes: {match['key']}: {quoted}"


def _start(error: yaml.YAMLError, said: str, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if said in _MEANT_AT_ITS_START:
        mark = getattr(error, "context_mark", None) or mark
    if mark is not None:
        return min(int(mark.index), len(text.rstrip("\n")))
    offset = getattr(error, "position", None) or 0  # libyaml's reader counts bytes
    return len(text.encode()[:offset].decode(errors="ignore"))
