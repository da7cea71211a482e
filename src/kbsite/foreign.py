"""KB126 and KB129: texts with traces of another format, and such as say nothing: what readers would
see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kbsite import cures, models
from kbsite.errors import Problem
from kbsite.fields import Markdown
from kbsite.meant import nothing, traces
from kbsite.sources import Part, Path, Source
from kbsite.wording import shown, to_write

# Without any of them a file has no trace: most have none, and need no other look.
_SIGNS = (
    "</", "<br", "\\n", "**", "](http", "Ã", "Â", "â€", "\ufffd",
    ",\n", ";\n", '"\n', ",'\n", "\"'\n", "'\"", ': "', '- "',
)  # fmt: skip


# Keys behind which other problems tell of a word that is no name, no code or no address
_OTHERS = frozenset({
    "id", "url", "start", "end", "at", "timezone", "country", "language", "level", "kind", "status",
    "basis", "from", "themes", "suggested_themes", "related", "superseded_by", "date", "reviewed",
    "icon", "template", "day_change", "not_about", "aliases", "keywords", "search", "by",
    "projects",
})  # fmt: skip
_NAMES = frozenset({("speakers", "name"), ("speakers", "org")})


def remarks(model: type[BaseModel], data: Any, source: Source) -> Iterator[Problem]:
    """What is odd about the texts of `data`, as the file gives them."""
    yield from _nothing(model, data, source)
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


def _nothing(model: type[BaseModel], data: Any, source: Source) -> Iterator[Problem]:
    """KB129, but of what is known by names, codes and addresses, of which others tell."""
    if not nothing.LIKELY.search(source.front):
        return
    hidden = isinstance(data, dict) and data.get("publish") is False
    for path, text in _texts(data):
        others = _OTHERS.intersection(path) or (path[0], path[-1]) in _NAMES
        if others or not nothing.is_nothing(text):
            continue
        without = path
        while without and models.is_required(model, without):
            without = without[:-1]
        hint = "write what it is"
        made: cures.Cures = ()
        if without and isinstance(without[-1], int) and without != path:  # with what else it says
            made = cures.commenting(source, without)
            hint = "write what it is; until that is known, make a comment of all of it"
        elif without:
            hint = f"what is not known is left out: remove {shown(_called(without))}"
            made = cures.removing(source, without)
        elif "publish" in models.keys(model):
            hint += "; until that is known, add: publish: false"
            made = cures.writing_all(source, {"publish": False}, "do not publish it yet")
        if without or not hidden:
            message = f"{shown(text)} says only that nothing is known"
            yield source.problem("KB129", path, message, hint, cures=made)


def _called(path: Path) -> str:
    """The key at the end of a path, or that of the list which ends there."""
    return next(str(part) for part in reversed(path) if isinstance(part, str))


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
