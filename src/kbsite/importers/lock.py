"""import.lock.json: what was imported last, beside the event, so that the next import can tell what
the source changed from what a person changed, and reads what has not changed as it did then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kbsite.filekinds import LOCK
from kbsite.importers.reading.speakers import Reading

NAME = LOCK
FORMAT = 1


class LockError(Exception):
    """A lock that cannot be read; the message says why."""


class Read(BaseModel):
    """How a title was read, or None where nobody was found in it. Another day the same title might
    be read otherwise, by what else is known then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    reading: Reading | None = None


class Seen(BaseModel):
    """An entry of the source with the name `source`.

    `read` is None where that has another place for people than titles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    read: Read | None = None


class Imported(Seen):
    """One record as the source last had it; `id` is the entry's there."""

    id: str | None = None
    values: Mapping[str, Any]


class Lock(BaseModel):
    """What was imported: `sessions` are by the stem of their file, `unused` are no records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    sessions: Mapping[str, Imported] = {}
    unused: tuple[Seen, ...] = ()

    def readings(self, source: str) -> dict[str, Reading]:
        """Titles to how they were read, in this source rather than in another one."""
        seen = (*self.unused, *self.sessions.values())
        kept = sorted(seen, key=lambda each: each.source == source)
        return {
            each.read.title: each.read.reading or Reading(title=each.read.title)
            for each in kept
            if each.read is not None
        }


def read(text: str) -> Lock:
    """What `write` wrote. Raises LockError."""
    try:
        file = Lock.model_validate(json.loads(text))
    except ValidationError as refused:
        place = ".".join(map(str, refused.errors()[0]["loc"]))
        raise LockError(f"it is not what an import wrote: see {place or 'the whole'}") from None
    except (ValueError, RecursionError) as error:
        raise LockError(f"this is not JSON: {error}") from None
    if file.format != FORMAT:
        raise LockError(f"it has format {file.format}; this version of kbsite reads {FORMAT}")
    return file


def write(sessions: Mapping[str, Imported], unused: Iterable[Seen]) -> str:
    """The text of a lock: one value a line, so that version control shows what changed."""
    file = {
        "format": FORMAT,
        "sessions": {stem: _plain(sessions[stem]) for stem in sorted(sessions)},
        "unused": [_plain(each) for each in unused],
    }
    return json.dumps(file, indent=1, ensure_ascii=False) + "\n"


def _plain(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(exclude_defaults=True)
