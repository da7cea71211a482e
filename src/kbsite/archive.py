"""Records that were parsed before, by the digests of their files: only what is new is read.

What has a problem is not kept. It is read again, and has it again.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kbsite import packing, records
from kbsite.cache import Packs
from kbsite.parse import parse_record, record_source
from kbsite.team import Team, batches
from kbsite.validate import Checked

KEPT = frozenset({records.Session})  # what an event says depends on the time zones that are known
SIZE = 16  # bytes of a digest
MANY = 400  # files for which another process pays
AT_ONCE = 50  # files that a process takes at once
_PARTS = ("", "records/", "yamledit/", "yamlmend/")  # of kbsite, that have a part in it
_MAKERS = ("anyascii", "pydantic", "pydantic_core", "pyyaml")  # besides kbsite and Python

Packed: TypeAlias = tuple[Any, ...]


class File(NamedTuple):
    """The file of a record: which sort it should be, and what is in it."""

    model: type[records.Record]
    path: str
    text: str
    digest: bytes


def file(model: type[records.Record], path: str, raw: bytes, text: str) -> File:
    sort = model.__name__.encode()[: blake2b.PERSON_SIZE]
    return File(model, path, text, blake2b(raw, digest_size=SIZE, person=sort).digest())


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
        source = record_source(file.path, file.text)
        return Checked(record=packing.unpack(file.model, said), source=source, problems=())


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
    if file.model not in KEPT or checked.record is None or checked.problems:
        return checked
    return packing.pack(checked.record)


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
