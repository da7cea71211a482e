"""Changes that mend a problem, as edits of a file's text which leave every other byte as it was.

Each takes the source and a path in its record, and gives one cure, or none where the text is of a
shape in which no change is safe. What takes a whole file to be read anew is done only when somebody
looks at the cures: most problems are only told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from itertools import chain
from operator import getitem
from typing import Any, TypeAlias, overload

from kbsite import yamledit, yamlfile, yamlwrite
from kbsite.errors import Cure, Edit
from kbsite.sources import Path, Source, in_file
from kbsite.wording import shown

Cures: TypeAlias = Sequence[Cure]

LARGEST = 50_000  # characters of a text that is read anew for a change
LISTED = 100  # items of a list, at most

_BRACKETS = "[{"
_NO_WORD = f"{_BRACKETS}|>"  # a collection or a block begins with them


class Later(Sequence[Cure]):
    """Cures that are worked out when somebody looks at them, and pickled as what they are then."""

    def __init__(self, find: Callable[[], Iterable[Cure]]) -> None:
        self._find: Callable[[], Iterable[Cure]] | None = find
        self._found: tuple[Cure, ...] = ()

    def found(self) -> tuple[Cure, ...]:
        if self._find is not None:
            self._found, self._find = tuple(self._find()), None
        return self._found

    @overload
    def __getitem__(self, at: int) -> Cure: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cure, ...]: ...
    def __getitem__(self, at: int | slice) -> Cure | tuple[Cure, ...]:
        return self.found()[at]

    def __len__(self) -> int:
        return len(self.found())

    def __eq__(self, other: object) -> bool:
        return self.found() == (other.found() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.found())

    def __repr__(self) -> str:
        return repr(self.found())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.found(),)


def several(found: Iterable[Cures]) -> Cures:
    """Cures of several kinds, one after the other."""
    return Later(partial(chain.from_iterable, tuple(found)))


def writing(
    source: Source, path: Path, value: Any, title: str = "", *, certain: bool = False
) -> Cures:
    """Another value at `path`, where there is a value or a key without one.

    An item that is in its list already is taken out instead.
    """
    if path and isinstance(path[-1], int) and value in source.beside(path, LISTED):
        return removing(source, path, certain=certain)
    title = title or f"write {_said(value)}"
    if isinstance(value, str) and (word := _in_place(source, path, value)):
        return replacing(source, *word, title, certain=certain)

    def write(data: Any, path: Path) -> None:
        reduce(getitem, path[:-1], data)[path[-1]] = value

    return _turning(source, path, write, title, certain=certain)


def adding(
    source: Source, path: Path, value: Any, title: str = "", *, certain: bool = False
) -> Cures:
    """A value at `path`, where there is no such key, or at the end of a list."""

    def add(data: Any, path: Path) -> None:
        holder = reduce(getitem, path[:-1], data)
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[path[-1]] = value

    key = f"{path[-1]}: " if isinstance(path[-1], str) else ""
    return _turning(source, path, add, title or f"add {key}{_said(value)}", certain=certain)


def removing(source: Source, path: Path, title: str = "", *, certain: bool = False) -> Cures:
    """Neither the value at `path`, nor its key or its dash, nor a list of nothing else."""

    def remove(data: Any, path: Path) -> None:
        *above, last = path
        holder = reduce(getitem, above, data)
        del holder[last]
        if holder == [] and above and isinstance(above[-1], str):
            del reduce(getitem, above[:-1], data)[above[-1]]

    return _turning(source, path, remove, title or "remove it", certain=certain)


def renaming(source: Source, path: Path, key: str, *, certain: bool = False) -> Cures:
    """Another key in the place of the last of `path`; its value stays, byte for byte."""
    if not source.holds(path) or source.holds((*path[:-1], key)):
        return ()
    start, end = source.place(path, key=True)
    return replacing(source, start, end, key, f"write '{key}'", certain=certain)


def replacing(
    source: Source, start: int, end: int, new: str, title: str, *, certain: bool = False
) -> Cures:
    """Other text in the place of some characters of a file, whatever they mean."""
    return replacing_all(source, [(start, end, new)], title, certain=certain)


def replacing_all(
    source: Source, edits: Iterable[tuple[int, int, str]], title: str, *, certain: bool = False
) -> Cures:
    """Other texts in the places of several parts of a file, in their order."""
    changes = tuple(source.edit(start, end, new) for start, end, new in edits)
    return (Cure(title=title, changes=changes, certain=certain),)


def renaming_to(
    source: Source, path: Path, key: str, value: Any, *, certain: bool = False
) -> Cures:
    """Another key in the place of the last of `path`, and another value behind it."""
    return tuple(
        Cure(title=f"write '{key}'", changes=(*renamed.changes, *mended.changes), certain=certain)
        for renamed in renaming(source, path, key)
        for mended in writing(source, path, value)
    )


def writing_all(
    source: Source,
    values: Mapping[str, Any],
    title: str,
    path: Path = (),
    *,
    certain: bool = False,
) -> Cures:
    """Other values for some keys of the mapping at `path`; those that are not there come behind the
    first of them that is.
    """

    def write(data: Any) -> None:
        holder = reduce(getitem, in_file(path, source.kept), data)
        new = {key: value for key, value in values.items() if key not in holder}
        first = next((key for key in values if key in holder), None)
        items = [*holder.items()]
        holder.clear()
        for key, value in items:
            holder[key] = values.get(key, value)
            holder.update(new if key == first else {})
        holder.update(new)

    return changing(source, write, title, certain=certain)


def joining(
    source: Source, path: Path, keys: Sequence[str], values: Mapping[str, Any], title: str
) -> Cures:
    """Other keys, with their values, in the places of some keys of the mapping at `path`."""

    def join(data: Any) -> None:
        holder = reduce(getitem, in_file(path, source.kept), data)
        items = [*holder.items()]
        holder.clear()
        for key, value in items:
            if key in keys:
                holder.update(values)
            else:
                holder[key] = value

    return changing(source, join, title)


def nesting(source: Source, key: str, below: str, name: str = "") -> Cures:
    """A key of the record, with its value, below another that is not there, perhaps by its right
    `name`.
    """

    def nest(data: Any) -> None:
        data[below] = {name or key: data.pop(key)}

    return changing(source, nest, f"write it below '{below}'", certain=True)


def splicing(source: Source, path: Path, values: Sequence[Any], title: str) -> Cures:
    """Several values in the place of the one of a list at `path`."""

    def splice(data: Any) -> None:
        *above, at = in_file(path, source.kept)
        reduce(getitem, above, data)[at : int(at) + 1] = values

    return changing(source, splice, title)


def commenting(source: Source, path: Path) -> Cures:
    """A comment of the lines of a key, or of a dash, and its value, where they are lines of their
    own.
    """
    (start, _), (begin, end) = source.place(path, key=True), source.place(path)
    text = source.text
    if isinstance(path[-1], int):
        start = text.rfind("-", 0, begin)
        if start < 0 or text[start + 1 : begin].strip(" "):
            return ()
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    if not source.mends or not path or not source.holds(path, value=True) or indent.strip(" "):
        return ()
    if source.mended and _is_twice(source.mended.text, path[-1]):
        return ()  # what the other says would come in its place
    end = max(start, begin + len(text[begin:end].rstrip()))
    end = len(text) if (after := text.find("\n", end)) < 0 else after
    lines = text[start:end].removesuffix("\r").split("\n")
    new = "\n".join([f"# {lines[0]}", *(_commented(line, indent) for line in lines[1:])])
    made = replacing(source, start, start + len("\n".join(lines)), new, "make it a comment")
    at, front = start - source.front_start, source.front
    changed = front[:at] + new + front[at + len("\n".join(lines)) :]
    return made if _is_less(source, path, changed) else ()


def _is_twice(text: str, key: str | int) -> bool:
    found = re.findall(rf"^[ \t-]*{re.escape(str(key))}[ \t]*:", text, re.MULTILINE)
    return len(found) > 1


def _commented(line: str, indent: str) -> str:
    return f"{indent}# {line.removeprefix(indent)}" if line.strip() else line


def _is_less(source: Source, path: Path, changed: str) -> bool:
    """Whether a text says what the source's does, without what is at `path`."""
    if len(changed) > LARGEST:
        return False
    try:
        wanted = yamlfile.read(source.front)
        del reduce(getitem, in_file(path[:-1], source.kept), wanted)[in_file(path, source.kept)[-1]]
        return bool(yamlfile.read(changed) == wanted)
    except (yamlfile.YamlError, LookupError, TypeError):
        return False


def moving(source: Source, path: Path, to: Path, title: str, value: Any = None) -> Cures:
    """What is at `path`, or `value` in its place, at another path, where there is no such key."""

    def move(data: Any) -> None:
        holder = reduce(getitem, in_file(path[:-1], source.kept), data)
        other = reduce(getitem, in_file(to[:-1], source.kept), data)
        if to[-1] in other:
            raise LookupError(to[-1])
        there = holder.pop(path[-1])
        other[to[-1]] = there if value is None else value

    return changing(source, move, title)


def _in_place(source: Source, path: Path, value: str) -> tuple[int, int, str] | None:
    """Where one word or text on one line stands, and what to write there for another: what is not
    so needs the whole file to be read anew, which a file of many mistakes cannot have for each.
    """
    start, end = source.place(path)
    written = source.text[start:end]
    if not path or not written or not source.holds(path, value=True):
        return None
    if "\n" in written or "\n" in value or written[0] in _NO_WORD:
        return None
    if source.text[source.place(path[:-1])[0]] in _BRACKETS:
        return start, end, yamlwrite.dump_flow(value)
    return start, end, yamlwrite.after_key(value)[0].removeprefix(" ")


def _turning(
    source: Source,
    path: Path,
    change: Callable[[Any, Path], None],
    title: str,
    *,
    certain: bool,
) -> Cures:
    def at_path(data: Any) -> None:
        change(data, in_file(path, source.kept))

    return changing(source, at_path, title, certain=certain)


def changing(
    source: Source, change: Callable[[Any], None], title: str, *, certain: bool = False
) -> Cures:
    """The edits that make of what the file says what it says after `change`, which may refuse to
    change anything with a LookupError.
    """
    if not source.mends or len(source.front) > LARGEST:
        return ()
    return Later(partial(_changing, source, change, title, certain=certain))


def _changing(
    source: Source, change: Callable[[Any], None], title: str, *, certain: bool
) -> tuple[Cure, ...]:
    try:
        wanted = yamledit.data_of(source.front)
        change(wanted)
        edits = yamledit.edits_to(source.front, wanted)
    except (yamledit.CannotEdit, LookupError, TypeError):
        return ()
    changes: tuple[Edit, ...] = tuple(
        source.edit(source.front_start + start, source.front_start + end, new)
        for start, end, new in edits
        if start < end or new
    )
    return (Cure(title=title, changes=changes, certain=certain),) if changes else ()


def _said(value: Any) -> str:
    return shown(value) if isinstance(value, str) else yamlwrite.dump_flow(value)
