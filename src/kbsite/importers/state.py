"""An event as it is on disk before an import: its records' own bytes, its lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbsite import catalog, records, slugs, yamlfile
from kbsite.conflicts import in_lock
from kbsite.errors import ContentError, Problem, UsageError
from kbsite.filekinds import YAML
from kbsite.importers import lock
from kbsite.importers.folder import Snapshot, demand_no_links
from kbsite.library import Library
from kbsite.load import SESSIONS
from kbsite.sources import file_problem
from kbsite.wording import SHOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordFile:
    """One session: the file's text with its own line ends, its data, and what it means."""

    path: str
    text: str
    data: Mapping[str, Any]
    session: records.Session


@dataclass(frozen=True, kw_only=True)
class EventState:
    """`records` are by stem; `event` is None where the event is new. `former` maps stems that
    sessions had in this event before to their present ids, wherever these are. `seen` is what the
    folder held when it was read, by which a later change is noticed.
    """

    id: str
    folder: Path
    event: records.Event | None
    records: Mapping[str, RecordFile]
    former: Mapping[str, str]
    lock_text: str
    lock: lock.Lock
    seen: Snapshot


def event_folder(root: Path, event: str) -> Path:
    """Where the event's records are. Raises UsageError where nothing may be imported into."""
    if not slugs.is_id(event):
        better = slugs.slug(event)
        raise UsageError(
            f"'{event[:SHOWN]}' is not an id for an event: lower-case letters and digits in words "
            "joined by single hyphens" + (f"; write --event {better}" if better else "")
        )
    root = root.resolve()
    folder = root / SESSIONS / event
    demand_no_links(root, folder, (*YAML, lock.NAME))
    return folder


def read_state(
    folder: Path, library: Library, problems: list[Problem], seen: Snapshot
) -> EventState:
    """The event in `folder`, perhaps with nothing in it; `seen` is from before `library` was read.

    Raises ContentError where something in it cannot be read, since what is not known might be lost,
    and UsageError where the event has a name by which it would be lost beside what is written.
    """
    root, event = folder.parent.parent, folder.name
    prefix = f"{SESSIONS}/{event}"
    things = (catalog.EVENT.name, catalog.SESSION.name)
    unreadable = [own for thing, own in library.unreadable if thing in things]
    mended = [own for own, each in library.sessions.items() if each.source.mended]
    mended += [own for own, each in library.events.items() if each.source.mended]
    if any(own == event or own.startswith(f"{event}/") for own in (*unreadable, *mended)):
        raise ContentError([p for p in problems if _is_of(event, p.file)])
    entry = library.events.get(event)
    known = None if entry is None or entry.stand_in else entry
    found = {
        own.partition("/")[2]: _record_file(root, each.source.path, each.record)
        for own, each in library.sessions.items()
        if own.startswith(f"{event}/")
    }
    own_file = known.source.path if known else f"{prefix}/{catalog.EVENT.file}"
    for path in (own_file, *(file.path for file in found.values())):
        misnamed = path.rpartition("/")[0]
        if misnamed != prefix:
            raise UsageError(f"rename {misnamed} to {prefix} first: its name is not an id")
    if own_file != f"{prefix}/{catalog.EVENT.file}":
        raise UsageError(
            f"rename {own_file} to {catalog.EVENT.file} first: the file of the event itself has "
            "to be called so"
        )
    place = folder / lock.NAME
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    if problem := in_lock(f"{prefix}/{lock.NAME}", text):
        raise ContentError([problem])
    try:
        imported = lock.read(text) if text else lock.Lock()
    except lock.LockError as error:
        raise ContentError(
            [
                file_problem(
                    "KB406",
                    f"{prefix}/{lock.NAME}",
                    str(error),
                    "restore the file from version control; without it, delete it: then every "
                    "value in a record counts as yours",
                )
            ]
        ) from None
    return EventState(
        id=event,
        folder=folder,
        event=known.record if known else None,
        records=found,
        former={
            former.removeprefix(f"{event}/"): own
            for own, each in library.sessions.items()
            for former in each.record.aliases
            if former.startswith(f"{event}/")
        },
        lock_text=text,
        lock=imported,
        seen=seen,
    )


def _is_of(event: str, path: str) -> bool:
    """Whether a path from the root leads to the event's folder, however that is written."""
    above, _, inside = path.partition("/")
    return above == SESSIONS and slugs.slug(inside.partition("/")[0]) == event


def _record_file(root: Path, path: str, session: records.Session) -> RecordFile:
    text = (root / path).read_bytes().decode()
    data = yamlfile.read(text.removeprefix("\ufeff"))
    return RecordFile(path=path, text=text, data=data, session=session)
