"""Digests of values: equal values have one, whatever the run, the machine and the hash seed."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import BaseModel

SIZE = 16  # bytes of a digest
PACKAGE = Path(__file__).parent.parent
COMPILED = frozenset({"__pycache__"})  # folders in which Python keeps what it made of others
# What else the bytes of a file are made by
MAKERS = (
    "babel", "cmarkgfm", "jinja2", "markdown", "markupsafe", "minify-go", "mkdocs",
    "mkdocs-material", "nh3", "pillow", "pydantic", "pygments", "pymdown-extensions",
    "python-frontmatter", "pyyaml",
)  # fmt: skip


def digest(value: object) -> str:
    """The digest of a value made of frozen dataclasses, records, tuples, mappings and plain values.

    Fields of dataclasses that do not take part in comparison are left out. Raises TypeError for
    what has no fixed order or no value of its own, as a set or a function.

    >>> digest(("a", 1)) == digest(("a", 1)), digest(("a", "b")) == digest(("ab", ""))
    (True, False)
    """
    return blake2b(spelled(value), digest_size=SIZE).hexdigest()


def spelled(value: object) -> bytes:
    """The bytes that a digest is of: equal values have the same, in which their texts stand."""
    _demand_order((value,))
    written = BytesIO()
    _Writer(written).dump(value)
    return written.getvalue()


class _Writer(pickle.Pickler):
    """Writes values so that equal ones are the same bytes; nobody reads them.

    Pickle does it in C, where a walk in Python takes three times as long as to make the values.
    Without its memory of what it has written, it does not matter which of them are one object.
    """

    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.fast = True
        self.memo = {id(_made): (0, _made)}  # and so it is not looked for in its module each time

    def reducer_override(self, obj: object) -> Any:
        """A dataclass or a record as its name and its fields, and a moment as it is written."""
        kind: type[Any] = type(obj)
        fields_of = _fields_of(kind)  # type: ignore[arg-type]  # a class has a hash
        if fields_of is not None:
            values = fields_of(obj)
            _demand_order(values)
            return _made, (kind.__qualname__, values)
        if isinstance(obj, date | time):
            return _made, (kind.__name__, repr(obj))
        for plain in _PLAIN:  # a number that remembers how it was written, for one
            if isinstance(obj, plain):
                return _made, (kind.__qualname__, plain(obj))
        raise TypeError(f"{kind.__name__} has no digest")


def _demand_order(values: tuple[object, ...]) -> None:
    if not _UNORDERED.isdisjoint(map(type, values)):
        raise TypeError("set has no digest")


_UNORDERED = frozenset({set, frozenset})
_PLAIN: tuple[type[Any], ...] = (str, int, float, tuple, list, dict)


def _made(name: str, values: object) -> None:
    """What stands for a value of some class in what is written."""


@cache
def _fields_of(kind: type[Any]) -> Callable[[Any], tuple[object, ...]] | None:
    """What gives the values of the fields that count in a class of values, if it is one."""
    if is_dataclass(kind):
        names = [field.name for field in fields(kind) if field.compare]
    elif issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    else:
        return None
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def of_folders(folders: Iterable[Path], *, but: frozenset[str] = COMPILED) -> str:
    """The digest of every file in some folders, by its place there, as `files_in` gives them."""
    return digest(
        [
            [
                path.relative_to(folder).as_posix(),
                blake2b(path.read_bytes(), digest_size=SIZE).hexdigest(),
            ]
            for folder in folders
            for path in files_in(folder, but=but)
        ]
    )


def files_in(
    folder: Path, *, but: frozenset[str] = COMPILED, above: frozenset[str] = frozenset()
) -> Iterator[Path]:
    """Every file in a folder and below, sorted; folders called as one in `but` are left out.

    Symbolic links are followed, as for who asks for a file by its path, but not to a folder
    `above`, where they lead in a circle.
    """
    true = os.path.realpath(folder)
    if true in above or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name not in but:
            yield from files_in(path, but=but, above=above | {true})


@cache
def program() -> str:
    """The digest of all that makes files: kbsite itself, its templates, Python and libraries."""
    versions = [f"{name} {version(name)}" for name in MAKERS]
    return digest([of_folders([PACKAGE]), sys.version, versions])
