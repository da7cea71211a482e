"""The bytes of a table to its rows: CSV, JSON, or a JSON value on each line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbsite import slugs
from kbsite.importers.formats import jsonsource
from kbsite.importers.formats.jsonsource import Value
from kbsite.importers.formats.tablemap import TableMap
from kbsite.importers.schedule import SourceError
from kbsite.wording import did_you_mean, shown

HINT = "give CSV, JSON, or JSON lines, and say in the map where its entries are"
DELIMITERS = (",", ";", "\t")


class Row(NamedTuple):
    """One entry: its values, the line it begins on (or 0), and what is wrong with its form."""

    data: dict[str, Value]
    line: int = 0
    wrong: str | None = None


class Table(NamedTuple):
    """All rows, and what else the source holds; `header` is that of CSV."""

    rows: list[Row]
    rest: Value = None
    header: tuple[str, ...] | None = None


def read(data: bytes, mapped: TableMap) -> Table:
    """The rows of a source. Raises SourceError."""
    kind = mapped.format or form(data)
    if kind == "csv":
        return _csv(data, mapped.delimiter)
    if kind == "jsonl":
        return Table(rows=[_row(value, line) for line, value in json_lines(data, HINT)])
    source = jsonsource.read(data, HINT)
    return Table(rows=[_row(value) for value in _entries(source, mapped)], rest=source)


def reach(value: Value, path: str) -> Iterator[Value]:
    """What stands at `path` in `value`, in each item where that is a list.

    >>> list(reach({"by": [{"name": "Ada"}, {"name": "Bo"}], "a.b": "c"}, "by.name"))
    ['Ada', 'Bo']
    """
    if isinstance(value, list):
        for each in value:
            yield from reach(each, path)
    elif isinstance(value, dict):
        if path in value:
            found = value[path]
            yield from found if isinstance(found, list) else [found]
            return
        for head, rest in _cuts(path):
            if head in value:
                yield from reach(value[head], rest)
                return


def knows(value: Value, path: str) -> bool | None:
    """Whether `value` has `path`, though perhaps with nothing in it; None where it has no holder.

    >>> knows({"by": [{"name": None}]}, "by.name"), knows({"by": [{}]}, "by.name")
    (True, False)
    >>> knows({"by": []}, "by.name") is None
    True
    """
    if isinstance(value, list):
        found = [each for item in value if (each := knows(item, path)) is not None]
        return any(found) if found else None
    if not isinstance(value, dict):
        return None
    if path in value:
        return True
    for head, rest in _cuts(path):
        if head in value:
            return knows(value[head], rest)
    return False


def _cuts(path: str) -> Iterator[tuple[str, str]]:
    for at, character in enumerate(path):
        if character == ".":
            yield path[:at], path[at + 1 :]


def form(data: bytes) -> str:
    """Which of the three this is, by how it begins."""
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"["):
        return "json"
    if not start.startswith(b"{"):
        return "csv"
    first, _, rest = start.partition(b"\n")
    return "jsonl" if first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{") else "json"


def json_lines(data: bytes, hint: str) -> Iterator[tuple[int, Value]]:
    """The number of each line and its value, but for blank ones. Raises SourceError."""
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, jsonsource.read(line, hint)
        except SourceError as error:
            raise SourceError(error.message, error.hint, number) from None


def _row(value: Value, line: int = 0) -> Row:
    if isinstance(value, dict):
        return Row(value, line)
    return Row({}, line, f"it should be a mapping, found {shown(value)}")


def _entries(source: Value, mapped: TableMap) -> Sequence[Value]:
    """The list of entries in JSON. A mapping that is an entry itself is the only one."""
    if not mapped.entries:
        if isinstance(source, list):
            return source
        if any(knows(source, name) for name in mapped.columns.title):
            return [source]
        keys = ", ".join(jsonsource.mapping(source)) or "nothing"
        raise SourceError(
            f"the source is {shown(source)} that holds {keys}",
            'say in the map which of it is the list of entries, as: entries = "sessions"',
        )
    value = source
    for at, name in enumerate(mapped.entries.split(".")):
        held = jsonsource.mapping(value)
        if name not in held:
            place = ".".join(mapped.entries.split(".")[:at]) or "the source"
            guess = did_you_mean(slugs.nearest(name, held, count=1), f"it holds {', '.join(held)}")
            raise SourceError(f"{place} has no '{name}', where the map has its entries", guess)
        value = held[name]
    if not isinstance(value, list):
        raise SourceError(f"'{mapped.entries}' should be a list, found {shown(value)}", HINT)
    return value


def _csv(data: bytes, delimiter: str | None) -> Table:
    text = jsonsource.decoded(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    sign = delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows: list[Row] = []
    header: tuple[str, ...] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = tuple(cell.strip() for cell in cells)
                if twice := sorted({name for name in header if name and header.count(name) > 1}):
                    raise SourceError(
                        f"two columns are called '{twice[0]}'", "give each its own name", line
                    )
            else:
                rows.append(_cells(header, cells, line))
    except csv.Error as error:
        said = str(error)
        if "field larger" in said:
            said = f"a field has more than {csv.field_size_limit():,} characters"
        raise SourceError(
            f"this is not CSV that can be read: {said}",
            "look for a quotation mark that nothing closes; one inside a field is written twice",
            before + 1,
        ) from None
    return Table(rows=rows, header=header or ())


def _cells(header: Sequence[str], cells: Sequence[str], line: int) -> Row:
    if len(cells) > len(header):
        wrong = (
            f"it has {len(cells)} fields, and the header {len(header)}; a comma inside a field "
            "needs quotation marks around the field"
        )
        return Row({}, line, wrong)
    return Row(dict(zip(header, cells, strict=False)), line)
