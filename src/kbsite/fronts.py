"""Front matter that is not there, or not between its two lines: KB018, with what mends it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

from pydantic import BaseModel

from kbsite import cures, models, records, yamlfile, yamlwrite
from kbsite.errors import Problem
from kbsite.sources import Source

Edits: TypeAlias = Sequence[tuple[int, int, str]]

LINE = "---"

_RULE = re.compile(r"-{3,}[ \t]*$", re.MULTILINE)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_NEARLY = re.compile(
    rf"[ \t]*(?:(?:[{_DASHES}_*=~.][ ]?){{2,9}}|[{_DASHES[4:]}])[ \t]*$", re.MULTILINE
)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_MORE = re.compile(r"[ \t]+\S|-[ \t]|#[^#\s]")  # a line of a value, or a comment
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*$\n?", re.MULTILINE | re.DOTALL)


def problem(source: Source, model: type[BaseModel] | None = None) -> Problem | None:
    """What is wrong with the front matter of a page in which none was found.

    A page without a `model` may have none.
    """
    text = source.text
    begin = len(text) - len(text.lstrip())
    if not begin and _RULE.match(text):
        return _not_closed(source)
    keys = _next(text, begin)
    end = _keys_end(text, keys)
    if found := _TOML.match(text, begin):
        if wrong := _in_toml(source, begin, found):
            return wrong
    elif _RULE.match(text, begin) and end > keys and _closed(text, end):
        return _told(
            source,
            (0, text.index("\n") if begin else 0),
            "the front matter does not begin on the first line",
            "remove what is above its line of three hyphens",
            [(0, begin, "")],
            "remove what is above it",
        )
    elif (
        _NEARLY.match(text, begin)
        and end > keys
        and (model or (text[begin] in _DASHES and _closed(text, end)))
    ):
        return _told(
            source,
            (begin, keys - 1),
            f"front matter does not begin with '{text[begin : keys - 1].strip()}'",
            f"write {LINE}, three hyphens and nothing else on the line",
            [(0, keys - 1, LINE), *_closing(text, end)],
            f"write {LINE}",
        )
    if model:
        return _without(source, model, begin)
    end = _keys_end(text, 0)
    if end and _RULE.match(text, end) and _is_known(records.PlainPage, text[:end]):
        return _without(source, records.PlainPage, begin)
    return None


def second(source: Source, model: type[BaseModel]) -> Problem | None:
    """KB018 for more front matter below that of a page, of which nothing is read."""
    text, above = source.text, source.front_start + len(source.front.rstrip())
    begin = source.body_start + len(source.body) - len(source.body.lstrip())
    keys = _next(text, begin)
    if not _RULE.match(text, begin) or not (end := _keys_end(text, keys)) > keys:
        return None
    if not (_RULE.match(text, end) and _is_known(model, text[keys:end])):
        return None
    joined = _reads(f"{source.front.rstrip()}\n{text[keys:end]}")
    cure = cures.replacing(source, above, keys, "\n", "make one of both", certain=True)
    return source.problem_in_body(
        "KB018",
        begin - source.body_start,
        len(LINE),
        "a second front matter begins here, and readers get it as text",
        "make one of both: remove the line of three hyphens above this one, and this one"
        if joined
        else "make one of both, with each key once",
        cure if joined else (),
    )


def _reads(front: str) -> bool:
    try:
        return isinstance(yamlfile.read(front), dict)
    except yamlfile.YamlError:
        return False


def _is_known(model: type[BaseModel], lines: str) -> bool:
    """Whether one of the keys in some lines is one of a page of `model`."""
    found = map(_KEY.match, lines.split("\n"))
    return any(each["key"] in models.keys(model) for each in found if each)


def _without(source: Source, model: type[BaseModel], begin: int) -> Problem:
    """A page that needs front matter has keys without a line before them, or not even those."""
    text = source.text
    place = (begin, _line_end(text, begin))
    key = _KEY.match(text, begin)
    required = models.required(model)
    is_known = key and (key["key"] in models.keys(model) or not required)
    end = _keys_end(text, begin) if is_known else begin
    if end > begin:
        return _told(
            source,
            place,
            "the front matter has no first line",
            f"begin the file with {LINE}, three hyphens"
            + ("" if _closed(text, end) else f", and write {LINE} below the keys too"),
            [(0, begin, f"{LINE}\n"), *_closing(text, end)],
            f"begin with {LINE}",
        )
    message = "the page does not begin with front matter"
    if len(required) > 1:
        return source.problem_in_body(
            "KB018",
            place[0],
            place[1] - place[0],
            message,
            "begin the file with a line of three hyphens, the keys, and another such line; "
            f"it needs {' and '.join(required)}",
        )
    line = yamlwrite.dump({required[0]: source.called})
    return _told(
        source,
        place,
        message,
        f"begin the file with three lines: {LINE}, {line.strip()} and {LINE}",
        [(0, 0, f"{LINE}\n{line}{LINE}\n")],
        f"begin with {line.strip()}",
        certain=False,
    )


def _not_closed(source: Source) -> Problem:
    text = source.text
    keys = _next(text, 0)
    end = _keys_end(text, keys)
    message = "the front matter is not closed"
    hint = f"end it with {LINE}, another line of three hyphens, before the text"
    if end == keys:
        return source.problem_in_body("KB018", 0, len(LINE), message, hint)
    closing = _closing(text, end)
    start, until, _ = closing[0]
    nearly = until > start
    return _told(
        source,
        (start, until) if nearly else (0, len(LINE)),
        f"{message} by '{text[start:until].strip()}'" if nearly else message,
        f"write {LINE}, three hyphens and nothing else on the line" if nearly else hint,
        closing,
        f"end it with {LINE}",
        certain=nearly,
    )


def _in_toml(source: Source, begin: int, found: re.Match[str]) -> Problem | None:
    try:
        front = yamlwrite.dump(_plain(tomllib.loads(found["toml"])))
    except (tomllib.TOMLDecodeError, TypeError):
        return None
    return _told(
        source,
        (begin, begin + len("+++")),
        "this front matter is TOML",
        f"write it as YAML, between two lines of three hyphens: {'; '.join(front.splitlines())}",
        [(0, found.end(), f"{LINE}\n{front}{LINE}\n")],
        "write it as YAML",
    )


def _plain(value: Any) -> Any:
    """Values of TOML as those of YAML."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _told(
    source: Source,
    place: tuple[int, int],
    message: str,
    hint: str,
    edits: Edits,
    title: str,
    *,
    certain: bool = True,
) -> Problem:
    cure = cures.replacing_all(source, edits, title, certain=certain)
    start, end = place
    return source.problem_in_body("KB018", start, end - start, message, hint, cure)


def _keys_end(text: str, start: int) -> int:
    """Where the lines of front matter from `start` on end; `start` if there are none."""
    at = start
    while at < len(text) and (_KEY.match(text, at) or (at > start and _MORE.match(text, at))):
        at = _next(text, at)
    try:
        is_front = isinstance(yamlfile.read(text[start:at]), dict)
    except yamlfile.YamlError:
        is_front = True  # with a mistake in it, which is told when it is found
    return at if is_front else start


def _closed(text: str, end: int) -> bool:
    """Whether what may close front matter stands at `end`."""
    return bool(_NEARLY.match(text, end)) and end < len(text)


def _closing(text: str, end: int) -> list[tuple[int, int, str]]:
    """The change that closes front matter which ends at `end`; none where it is closed."""
    if end < len(text) and _RULE.match(text, end):
        return []
    if _closed(text, end):
        return [(end, _line_end(text, end), LINE)]
    return [(end, end, f"{LINE}\n" if text[end - 1] == "\n" else f"\n{LINE}\n")]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _next(text: str, at: int) -> int:
    """Where the line after that of `at` begins."""
    return min(_line_end(text, at) + 1, len(text))
