"""What the two processes tell each other, and how it goes through a pipe."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from kbsite.errors import Problem
from kbsite.yamlfile import Path

Key: TypeAlias = tuple[str, str]  # the name of a thing in the catalogue, and an id
LENGTH = struct.Struct("=Q")


class Known(NamedTuple):
    """Something that a record may name.

    `others` are its other names. `about` says in a few words what it is, in Markdown. `file` is
    where it is told, and `at` the path in that record.
    """

    name: str
    others: tuple[str, ...]
    about: str
    file: str
    at: Path


class Ask(NamedTuple):
    """Read everything: with these drafts from now on, by their paths, or without them again."""

    drafts: Mapping[str, str | None]


class Who(NamedTuple):
    """Say where the things of one kind with these ids are named, as it was read last."""

    thing: str
    ids: tuple[str, ...]


class Place(NamedTuple):
    """From one character of a line to another; all count from 0. `text` is the line."""

    file: str
    line: int
    start: int
    end: int
    text: str


class Places(NamedTuple):
    """Where something is named."""

    places: tuple[Place, ...]


class Survey(NamedTuple):
    """What was found that is other than it was, or a part of that.

    `problems` are all those of each file of which there are others now; those of files without a
    draft come without their cures. `known` and `gone` are what is new or other in the list of what
    there is, and what is in it no more. `site` is the address of the published site; `trouble` says
    why the configuration cannot be used. There is `more` if another part follows.
    """

    problems: Mapping[str, tuple[Problem, ...]]
    known: Mapping[Key, Known]
    gone: tuple[Key, ...]
    site: str
    trouble: str
    more: bool = False


class Failure(NamedTuple):
    """The survey could not be made, and why."""

    message: str


def packed(message: Any) -> bytes:
    """A message, with its length before it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def unpacked(data: bytes) -> Any:
    """The message in the bytes that followed a length; they come from a process of our own."""
    return pickle.loads(data)  # noqa: S301
