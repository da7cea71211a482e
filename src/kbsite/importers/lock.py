"""import.lock.json: what was imported last, beside the event, so that the next import can tell what
the source changed from what a person changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kbsite.load import LOCK

NAME = LOCK
FORMAT = 1


class LockError(Exception):
    """A lock that cannot be read; the message says why."""


class Imported(BaseModel):
    """One record as the source last had it; `source` names the source, `id` the entry in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    id: str | None = None
    values: Mapping[str, Any]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    sessions: Mapping[str, Imported]


def read(text: str) -> dict[str, Imported]:
    """Records as last imported, by the stem of their file. Raises LockError."""
    try:
        file = _File.model_validate(json.loads(text))
    except ValidationError as refused:
        place = ".".join(map(str, refused.errors()[0]["loc"]))
        raise LockError(f"it is not what an import wrote: see {place or 'the whole'}") from None
    except (ValueError, RecursionError) as error:
        raise LockError(f"this is not JSON: {error}") from None
    if file.format != FORMAT:
        raise LockError(f"it has format {file.format}; this version of kbsite reads {FORMAT}")
    return dict(file.sessions)


def write(sessions: Mapping[str, Imported]) -> str:
    """The text of a lock: one value a line, so that version control shows what changed."""
    file = {
        "format": FORMAT,
        "sessions": {stem: sessions[stem].model_dump() for stem in sorted(sessions)},
    }
    return json.dumps(file, indent=1, ensure_ascii=False) + "\n"
