"""KB126: texts that came from another format and have traces of it, which readers would see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kbsite import cures, models
from kbsite.errors import Problem
from kbsite.fields import Markdown
from kbsite.meant import traces
from kbsite.sources import Part, Path, Source
from kbsite.wording import to_write

# Without any of them a file has no trace: most have none, and need no other look.
_SIGNS = (
    "</", "<br", "**", "](http", "Ã", "Â", "â€", "\ufffd",
    ",\n", ";\n", '"\n', ",'\n", "\"'\n", "'\"", ': "', '- "',
)  # fmt: skip


def remarks(model: type[BaseModel], data: Any, source: Source) -> Iterator[Problem]:
    """What is odd about the texts of `data`, as the file gives them."""
    front = source.front
    if not any(sign in front for sign in _SIGNS) and not ("&" in front and ";" in front):
        return
    prose = {names for names, _ in models.marked(model, Markdown)}
    for path, text in _texts(data):
        is_prose = tuple(part for part in path if isinstance(part, str)) in prose
        trace = _trace(text, is_prose=is_prose)
        if trace is None:
            continue
        mended = trace.mended
        while more := _trace(mended, is_prose=is_prose):
            mended = more.mended
        yield _told(path, text, trace._replace(mended=mended), source)


def _trace(text: str, *, is_prose: bool) -> traces.Trace | None:
    return traces.in_any(text) or (None if is_prose else traces.in_line(text))


def _told(path: Path, text: str, trace: traces.Trace, source: Source) -> Problem:
    before = text[: text.rindex(trace.part)] if text.endswith(trace.part) else ""
    return source.problem(
        "KB126",
        path,
        f"'{trace.part}' {trace.what}",
        to_write([trace.mended]) if trace.mended else "write the letter again",
        part=Part(trace.part, before.count(trace.part)),
        cures=cures.writing(source, path, trace.mended) if trace.mended else (),
    )


def _texts(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _texts(value, (*path, at))
