"""Digests of values: equal values have one, whatever the run, the machine and the hash seed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

SIZE = 16  # bytes of a digest
PACKAGE = Path(__file__).parent.parent
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
    made = blake2b(digest_size=SIZE)
    _feed(value, made.update)
    return made.hexdigest()


def _feed(value: object, feed: Callable[[bytes], None]) -> None:
    if isinstance(value, str):
        encoded = value.encode(errors="surrogatepass")
        feed(b"s%d:" % len(encoded))
        feed(encoded)
    elif value is None or isinstance(value, bool | int | float | date | datetime | time):
        feed(f"{type(value).__name__}({value!r})".encode())
    elif isinstance(value, tuple | list):
        feed(b"(")
        for each in value:
            _feed(each, feed)
        feed(b")")
    elif isinstance(value, dict):
        feed(b"{")
        for key, each in value.items():
            _feed(key, feed)
            _feed(each, feed)
        feed(b"}")
    elif is_dataclass(value) and not isinstance(value, type):
        _feed_named(value, _compared(type(value)), feed)
    elif isinstance(value, BaseModel):
        _feed_named(value, type(value).model_fields, feed)
    else:
        raise TypeError(f"{type(value).__name__} has no digest")


def _feed_named(value: object, names: Iterable[str], feed: Callable[[bytes], None]) -> None:
    feed(f"<{type(value).__qualname__} ".encode())
    for name in names:
        _feed(getattr(value, name), feed)
    feed(b">")


@cache
def _compared(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)


def of_folders(folders: Iterable[Path]) -> str:
    """The digest of every file in some folders, by its place there."""
    return digest(
        [
            [
                path.relative_to(folder).as_posix(),
                blake2b(path.read_bytes(), digest_size=SIZE).hexdigest(),
            ]
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        ]
    )


@cache
def program() -> str:
    """The digest of all that makes files: kbsite itself, its templates, Python and libraries."""
    versions = [f"{name} {version(name)}" for name in MAKERS]
    return digest([of_folders([PACKAGE]), sys.version, versions])
