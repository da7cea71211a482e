"""What an import keeps for itself, so that the next one finds again what a chore has renamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kbsite.catalog import SESSION
from kbsite.chores.desk import Desk
from kbsite.errors import UsageError
from kbsite.importers import leaving, lock
from kbsite.importers.lock import Imported
from kbsite.leftout import LeftOut

Entries = dict[str, Imported]


def path_of(event: str) -> str:
    return f"{SESSION.folder}/{event}/{lock.NAME}"


def _read(desk: Desk, event: str) -> lock.Lock | None:
    raw = desk.raw(path_of(event))
    if raw is None:
        return None
    try:
        return lock.read(raw.decode(errors="replace"))
    except lock.LockError as error:
        raise UsageError(f"{path_of(event)} cannot be read: {error}") from None


def alter(desk: Desk, event: str, change: Callable[[Entries], None]) -> None:
    """Change what is known of the sessions of an event, by their stems, if anything is."""
    known = _read(desk, event)
    if known is None:
        return
    entries = dict(known.sessions)
    change(entries)
    if entries != known.sessions:
        desk.put(path_of(event), lock.write(entries, known.unused).encode())


def rename(desk: Desk, event: str, old: str, new: str) -> None:
    """Let a session of an event have another stem, if the new one has no entry of its own."""

    def change(entries: Entries) -> None:
        if old in entries and new not in entries:
            entries[new] = entries.pop(old)

    alter(desk, event, change)


def leave_out(desk: Desk, event: str, left_out: LeftOut, sessions: Sequence[str]) -> None:
    """Keep nothing of some sessions, and of others nothing that names who is left out."""
    known = _read(desk, event)
    if known is None:
        return
    gone = {own.partition("/")[2] for own in sessions}
    entries = {
        stem: each.model_copy(
            update={
                "id": None if left_out.found(each.id or "") else each.id,
                "read": leaving.read(each.read, left_out),
                "values": leaving.values(each.values, left_out),
            }
        )
        for stem, each in known.sessions.items()
        if stem not in gone
    }
    unused = [
        each.model_copy(update={"read": leaving.read(each.read, left_out)}) for each in known.unused
    ]
    if entries != known.sessions or unused != list(known.unused):
        desk.put(path_of(event), lock.write(entries, unused).encode())


def rewrite(desk: Desk, write: Callable[[str, Any], Any], fields: tuple[str, ...]) -> None:
    """Other values in some fields of all that was imported."""

    def change(entries: Entries) -> None:
        for stem, each in entries.items():
            new = {key: write(key, each.values[key]) for key in fields if key in each.values}
            if any(each.values[key] != value for key, value in new.items()):
                entries[stem] = each.model_copy(update={"values": _with(each.values, new)})

    for event in desk.base.library.events:
        alter(desk, event, change)


def _with(values: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {key: new.get(key, value) for key, value in values.items()}
