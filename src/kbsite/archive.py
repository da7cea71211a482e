"""Records that were parsed before, by the digests of their files: only what is new is read.

The problems that a record has by itself are kept with it, less their cures: who wants these has the
file read again. What is not all in the record is not kept: a file of which something was refused,
or that had to be mended before it could be read.
"""

from __future__ import annotations

import dataclasses
import marshal
import sys
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kbsite import packing, records
from kbsite.cache import Packs
from kbsite.cures import Later
from kbsite.errors import Cure, Problem
from kbsite.parse import parse_record, record_source
from kbsite.team import Team, batches
from kbsite.validate import Checked

KEPT = frozenset({records.Session})  # what an event says depends on the time zones that are known
SIZE = 16  # bytes of a digest
MANY = 400  # files for which another process pays
AT_ONCE = 50  # files that a process takes at once
_PARTS = ("", "meant/", "records/", "yamledit/", "yamlmend/")  # of kbsite, that have a part in it
_MAKERS = ("anyascii", "babel", "pydantic", "pydantic_core", "pyyaml")  # besides kbsite and Python
_TOLD = tuple(
    each.name for each in dataclasses.fields(Problem) if each.name not in ("file", "cures")
)

Packed: TypeAlias = tuple[Any, ...]


class File(NamedTuple):
    """The file of a record: which sort it should be, and what is in it."""

    model: type[records.Record]
    path: str
    text: str
    digest: bytes


def file(model: type[records.Record], path: str, raw: bytes, text: str) -> File:
    sort = model.__name__.encode()[: blake2b.PERSON_SIZE]
    made = blake2b(path.encode(errors="surrogateescape"), digest_size=SIZE, person=sort)
    made.update(b"\0")  # which no path holds
    made.update(raw)
    return File(model, path, text, made.digest())


class Archive:
    """The parsed records of one knowledge base, in `packs` for each folder, or nowhere."""

    def __init__(self, packs: Packs | None = None) -> None:
        self._packs = packs
        self._kept: dict[str, dict[bytes, Packed]] = {}
        self._seen: dict[str, dict[bytes, Packed]] = {}

    def parse(self, files: Sequence[File]) -> list[Checked[Any]]:
        """What each file says, as `parse_record` tells it."""
        found = [self._known(file) for file in files]
        new = [at for at, packed in enumerate(found) if packed is None]
        said = dict(zip(new, _parsed([files[at] for at in new]), strict=True))
        return [
            self._checked(file, packed or said[at])
            for at, (file, packed) in enumerate(zip(files, found, strict=True))
        ]

    def save(self) -> None:
        """Keep what this tree's records say, and nothing else."""
        if self._packs is None:
            return
        for folder, seen in self._seen.items():
            if seen.keys() != self._kept[folder].keys():
                self._packs.write(_name(folder), marshal.dumps(seen))
        self._packs.keep([_name(folder) for folder, seen in self._seen.items() if seen])

    def _known(self, file: File) -> Packed | None:
        folder = file.path.rpartition("/")[0]
        if folder not in self._kept:
            self._kept[folder] = self._read(folder)
            self._seen[folder] = {}
        return self._kept[folder].get(file.digest)

    def _read(self, folder: str) -> dict[bytes, Packed]:
        pack = self._packs.read(_name(folder)) if self._packs else None
        known: dict[bytes, Packed] = marshal.loads(pack) if pack else {}  # noqa: S302  # sealed
        return known

    def _checked(self, file: File, said: Packed | Checked[Any]) -> Checked[Any]:
        if not isinstance(said, tuple):
            return said
        self._seen[file.path.rpartition("/")[0]][file.digest] = said
        record, problems = said
        return Checked(
            record=packing.unpack(file.model, record),
            source=record_source(file.path, file.text),
            problems=tuple(_problem(file, at, told) for at, told in enumerate(problems)),
        )


def packs(root: Path) -> Packs:
    """Where the parsed records of a knowledge base are kept."""
    return Packs(root, "records", _program())


def _parsed(files: Sequence[File]) -> list[Packed | Checked[Any]]:
    """What each file says, packed where it is in order and can be kept."""
    shares = batches(files, AT_ONCE)
    processes = 1 if len(files) < MANY else None
    team = Team(len(shares), lambda at: list(map(_said, shares[at])), processes)
    return [said for batch in team.finish() for said in batch]


def _said(file: File) -> Packed | Checked[Any]:
    checked = parse_record(file.model, file.path, file.text)
    if file.model not in KEPT or checked.record is None:
        return checked
    if checked.lost or checked.source != record_source(file.path, file.text):
        return checked
    problems = tuple(map(_packed, checked.problems))
    return packing.pack(checked.record), problems


def _packed(problem: Problem) -> Packed:
    """What is told of a problem in a file whose path is known."""
    told = (getattr(problem, name) for name in _TOLD)
    return tuple(sys.intern(each) if type(each) is str else each for each in told)


def _problem(file: File, at: int, told: Packed) -> Problem:
    """The problem at a place among those of a file, as it was."""
    return Problem(
        file=file.path,
        cures=Later(partial(_cures, file, at)),
        **dict(zip(_TOLD, told, strict=True)),
    )


def _cures(file: File, at: int) -> Sequence[Cure]:
    return _again(file).problems[at].cures


@lru_cache(maxsize=1)
def _again(file: File) -> Checked[Any]:
    """A file read once more, for the cures of all its problems."""
    return parse_record(file.model, file.path, file.text)


def _name(folder: str) -> str:
    return blake2b(folder.encode(), digest_size=SIZE).hexdigest()


@cache
def _program() -> str:
    """The digest of all that a record depends on beside its file."""
    here = Path(__file__).parent
    made = blake2b(digest_size=SIZE)
    for path in sorted(path for part in _PARTS for path in here.glob(f"{part}*.py")):
        made.update(blake2b(path.read_bytes()).digest())
    made.update(repr((sys.version, [version(name) for name in _MAKERS])).encode())
    return made.hexdigest()
