"""Which entry of a source is which record of the event, and which record no entry is any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kbsite import records, slugs
from kbsite.errors import UsageError
from kbsite.importers import lock
from kbsite.importers.drafts import Draft
from kbsite.importers.matching import Mark, match
from kbsite.importers.schedule import Schedule
from kbsite.importers.state import EventState

FEW = 8  # with fewer records from before, a source that has none of them is still believed


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """`stems` maps the places of entries to the stems of their records, `vanished` lists those that
    were imported from this source and are no longer in it. Records of `shared` are those of another
    source, which has the same entries. `lock` is the event's lock with the present names of files
    that a person renamed.
    """

    stems: Mapping[int, str]
    vanished: tuple[str, ...]
    shared: frozenset[str]
    lock: Mapping[str, lock.Imported]


def label(schedule: Schedule) -> str:
    """How the lock names a source."""
    return f"{schedule.system}:{schedule.name}"


def pair(state: EventState, schedule: Schedule, drafts: Sequence[Draft], zone: ZoneInfo) -> Pairing:
    """Pair entries and records by what `matching` goes by.

    Of records that were imported from another source only those are known here whose entries are in
    this one too, as a calendar of one track has some of the whole; those that a person wrote are
    anybody's. Raises UsageError where nothing that was imported from this source is in it, since
    then it is another one.
    """
    ours = _ours(state, schedule, drafts)
    shared = _shared(state, schedule, drafts, ours)
    renamed = _renamed(state, schedule, (*ours, *shared))
    imported = {renamed.get(stem, stem): each for stem, each in state.lock.sessions.items()}
    ours = [renamed.get(stem, stem) for stem in ours]
    shared = [renamed.get(stem, stem) for stem in shared]
    stems = ours + shared
    by_hand = [stem for stem in state.records if stem not in imported]
    found = match(
        [_mark_of_entry(draft, schedule.system, zone) for draft in drafts],
        [_mark_of_import(stem, state, imported[stem], zone) for stem in stems]
        + list(_marks_by_hand(by_hand, state, imported, zone)),
    )
    stems += by_hand
    paired = {at: stems[place] for at, place in found.items()}
    present = set(paired.values())
    if len(ours) >= FEW and present.isdisjoint(imported):
        raise UsageError(
            f"nothing of the {len(ours)} sessions that were imported into {state.id} before is in "
            "this source; import it into another event with --event, or delete "
            f"{state.folder / lock.NAME} to add it to this one"
        )
    return Pairing(
        stems=paired,
        vanished=tuple(stem for stem in ours if stem not in present),
        shared=frozenset(shared),
        lock=imported,
    )


def _ours(state: EventState, schedule: Schedule, drafts: Sequence[Draft]) -> list[str]:
    """The stems that were imported from this source, which may have another name by now."""
    groups: dict[str, list[str]] = {}
    for stem, imported in state.lock.sessions.items():
        groups.setdefault(imported.source, []).append(stem)
    if (own := label(schedule)) in groups:
        return groups[own]
    ids = {draft.entry.id for draft in drafts if draft.entry.id}
    for other, stems in sorted(groups.items()):
        shared = sum(state.lock.sessions[stem].id in ids for stem in stems)
        if _system(other) == schedule.system and 2 * shared >= len(stems):
            return stems
    return []


def _shared(
    state: EventState, schedule: Schedule, drafts: Sequence[Draft], ours: Sequence[str]
) -> list[str]:
    """The stems that were imported from other sources, of entries that this one has too."""
    entries = {(draft.entry.id, draft.entry.url) for draft in drafts if draft.entry.id}
    known = set(ours)
    return [
        stem
        for stem, imported in state.lock.sessions.items()
        if _system(imported.source) == schedule.system
        and any((imported.id, url) in entries for url in _addresses(imported))
        and stem not in known
    ]


def _addresses(imported: lock.Imported) -> list[str | None]:
    """The addresses of the entry of a record; None where it has none."""
    return [source.get("url") for source in imported.values.get("sources", ())]


def _system(label: str) -> str:
    return label.partition(":")[0]


def _renamed(state: EventState, schedule: Schedule, stems: Sequence[str]) -> dict[str, str]:
    """Records whose files a person gave other names: old stem to new."""
    by_alias: dict[str, list[str]] = {}
    by_id: dict[str, list[str]] = {}
    for stem, file in state.records.items():
        if stem in state.lock.sessions:
            continue
        for former in file.session.aliases:
            by_alias.setdefault(former, []).append(stem)
        for source in file.session.sources:
            by_id.setdefault(f"{source.system}:{source.id}", []).append(stem)
    out: dict[str, str] = {}
    taken: set[str] = set()
    for old in stems:
        if old in state.records:
            continue
        own = f"{schedule.system}:{state.lock.sessions[old].id}"
        found = by_alias.get(f"{state.id}/{old}") or by_id.get(own, [])
        if len(found) == 1 and found[0] not in taken:
            out[old] = found[0]
            taken.add(found[0])
    return out


def _mark_of_entry(draft: Draft, system: str, zone: ZoneInfo) -> Mark:
    entry, values = draft.entry, draft.values
    return Mark(
        ids=_each_once(_ids(system, entry.id, entry.url)),
        titles=_each_once(map(_title, (entry.title, values.get("title", "")))),
        start=_moment(values.get("start"), zone),
        room=values.get("room"),
        people=frozenset(slugs.name_key(each["name"]) for each in values.get("speakers", ())),
    )


def _mark_of_import(stem: str, state: EventState, imported: lock.Imported, zone: ZoneInfo) -> Mark:
    """What the source said last."""
    file, values = state.records.get(stem), imported.values
    titles = [_title(file.session.title)] if file is not None else []
    return Mark(
        ids=_each_once(_ids(_system(imported.source), imported.id, None)),
        titles=_each_once((_title(str(values.get("title", ""))), *titles)),
        start=_moment(values.get("start"), zone),
        room=values.get("room"),
    )


def _marks_by_hand(
    stems: Iterable[str],
    state: EventState,
    imported: Mapping[str, lock.Imported],
    zone: ZoneInfo,
) -> Iterator[Mark]:
    """What a person says; of a copy of an imported record only what is not said there."""
    originals: dict[str, Mark] = {}
    for stem, each in imported.items():
        if stem in state.records:
            mark = _mark_of_import(stem, state, each, zone)
            addresses = (id for url in _addresses(each) for id in _ids("", None, url))
            originals |= dict.fromkeys((*mark.ids, *addresses), mark)
    for stem in stems:
        mark = _mark_by_hand(state.records[stem].session, zone)
        copied = [originals[id] for id in mark.ids if id in originals]
        if copied:
            titles = {title for each in copied for title in each.titles}
            mark = replace(
                mark,
                ids=tuple(id for id in mark.ids if id not in originals),
                titles=tuple(title for title in mark.titles if title not in titles),
                people=frozenset(),
            )
        yield mark


def _mark_by_hand(session: records.Session, zone: ZoneInfo) -> Mark:
    ids = [id for ref in session.sources for id in _ids(ref.system, ref.id, ref.url)]
    ids += [
        id for link in session.links if link.kind == "schedule" for id in _ids("", None, link.url)
    ]
    return Mark(
        ids=_each_once(ids),
        titles=_each_once([_title(session.title)]),
        start=_moment(session.start, zone),
        room=session.room,
        people=frozenset(slugs.name_key(each.name or each.id or "") for each in session.speakers),
    )


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _title(title: str) -> str:
    """Equal for two ways to write a title, which may have no letter at all."""
    return slugs.slug(title) or slugs.name_key(title)


def _ids(system: str, id: str | None, url: str | None) -> Iterator[str]:
    if id:
        yield f"{system}:{id}"
    if url:
        yield url.rpartition("://")[2].rstrip("/").lower()


def _moment(when: Any, zone: ZoneInfo) -> str | None:
    """A start in UTC, or a day, as text by which two are compared."""
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when) if len(when) > 10 else date.fromisoformat(when)
        except ValueError:
            return None
    if isinstance(when, datetime):
        aware = when if when.tzinfo else when.replace(tzinfo=zone)
        return aware.astimezone(UTC).isoformat(timespec="minutes")
    return when.isoformat() if isinstance(when, date) else None
