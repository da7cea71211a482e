"""Entries of a schedule to the fields of records, by the tables. Decides, and writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kbsite import records, slugs
from kbsite.fields import LINE_LIMIT, PROSE_LIMIT, YEARS
from kbsite.importers import cleaning, leaving, lock
from kbsite.importers.descriptions import to_commonmark
from kbsite.importers.reading.evidence import Evidence, Known
from kbsite.importers.reading.given import with_given
from kbsite.importers.reading.speakers import Reading, read_titles
from kbsite.importers.reading.suggest import Suggester
from kbsite.importers.reading.tables import Tables, key
from kbsite.importers.reading.titles import LONGEST, Said, TitleReader
from kbsite.importers.schedule import Entry, Person, Schedule
from kbsite.leftout import NOBODY, SIGN, LeftOut
from kbsite.wording import all_of

FIELDS = (
    "title", "subtitle", "kind", "status", "start", "end", "room", "tracks", "level", "language",
    "speakers", "abstract", "suggested_themes", "links", "sources",
)  # fmt: skip

_NICKNAME = re.compile(r"[\"“”„][^\"“”„]{1,30}[\"“”]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What one entry becomes: the fields of a record as plain data, or why it becomes none.

    `left_out` is a reason by rule, `refused` one that somebody should see; at most one is given.
    `matched` has the words of the description for each suggested theme, `doubt` the people that the
    title perhaps names, `short` the title without them, `notes` what was not taken over as it is.
    `read` is how the title was read, if people are looked for in it. `absent` says whether somebody
    is left out of it on request.
    """

    entry: Entry
    values: Mapping[str, Any]
    left_out: str = ""
    refused: str = ""
    matched: Mapping[str, tuple[str, ...]]
    doubt: tuple[Person, ...] = ()
    short: str = ""
    notes: tuple[str, ...] = ()
    read: lock.Read | None = None
    absent: bool = False


class Drafter:
    """Drafts the entries of one schedule for an event in `zone`.

    `readings` are those of titles that were read before, which are not read another way now.
    Nobody of `left_out` is in a draft.
    """

    def __init__(
        self,
        schedule: Schedule,
        *,
        tables: Tables,
        suggester: Suggester,
        zone: ZoneInfo,
        known: Known,
        readings: Mapping[str, Reading],
        abstracts: bool = False,
        left_out: LeftOut = NOBODY,
    ) -> None:
        self._absent = left_out
        self._schedule = schedule
        self._tables = tables
        self._titles = TitleReader(tables)
        self._suggester = suggester
        self._zone = zone
        self._known = known
        self._kept = readings
        self._abstracts = abstracts
        entries = {_same(entry): entry.id for entry in schedule.entries}
        self._ids = Counter(entries.values())
        self._shouting = self._titles.shouts(
            {track for entry in schedule.entries for track in entry.tracks}
        )

    def drafts(self) -> list[Draft]:
        """A draft for each entry, in the source's order."""
        around = [self._titles.around(entry.title) for entry in self._schedule.entries]
        readings = self._readings([said.title for said in around])
        bare = Evidence(tables=self._tables)  # so that a profile means the same next time
        seen: set[object] = set()
        out: list[Draft] = []
        for entry, said, reading in zip(self._schedule.entries, around, readings, strict=True):
            whole = leaving.named_again(reading, said.title, self._absent)
            given = entry.people or ()
            left, rest = leaving.apart(whole, given, bare, self._absent)
            draft = self._draft(entry, said, with_given(left, rest, bare))
            draft = replace(draft, absent=(left, rest) != (whole, given))
            if entry.reads_title:
                found = None if reading == Reading(title=said.title) else reading
                draft = replace(draft, read=lock.Read(title=said.title, reading=found))
            if self._absent:
                draft = self._without(draft)
            if not draft.refused:
                if (same := _same(entry)) in seen:
                    draft = replace(draft, refused="it stands in the source twice", left_out="")
                seen.add(same)
            out.append(draft)
        return out

    def _readings(self, titles: Sequence[str]) -> list[Reading]:
        """Each title with the people in it, where the format has no other place for people."""
        entries = self._schedule.entries
        asked = {t for e, t in zip(entries, titles, strict=True) if e.reads_title}
        known = {title: leaving.known(title, self._kept, self._absent) for title in asked}
        read = {title: reading for title, reading in known.items() if reading is not None}
        if new := asked - read.keys():
            found = zip(titles, self._read(titles), strict=True)
            read |= {title: reading for title, reading in found if title in new}
            spelled = self._spellings(read[title] for title in titles if title in asked)
            read |= {title: _respelled(read[title], spelled) for title in new}
        return [
            read[title] if entry.reads_title else Reading(title=title)
            for entry, title in zip(entries, titles, strict=True)
        ]

    def _read(self, titles: Sequence[str]) -> list[Reading]:
        entries = self._schedule.entries
        evidence = Evidence(tables=self._tables)
        evidence.note_language(entry.text.text for entry in entries if entry.text)
        evidence.note_known(self._known)
        for person in (person for entry in entries for person in entry.people or ()):
            evidence.note_person(person.name)
            if person.org:
                evidence.note_company(person.org)
        return read_titles(titles, evidence)

    def _spellings(self, readings: Iterable[Reading]) -> dict[str, str]:
        """Names to the best spelling of the same name in the source: with most uses, then accents.

        A nickname in quotation marks makes no other name.
        """
        people = [p.name for reading in readings for p in reading.people]
        counts: dict[str, Counter[str]] = {}
        for name in people:
            bare = slugs.name_key(_NICKNAME.sub(" ", name))
            counts.setdefault(bare, Counter())[cleaning.line(name)] += 1

        def use(bare: str, name: str) -> tuple[int, int, int, str]:
            return (counts[bare][name], sum(not c.isascii() for c in name), len(name), name)

        return {
            name: max(names, key=lambda each: use(bare, each))
            for bare, names in counts.items()
            for name in names
        }

    def _without(self, draft: Draft) -> Draft:
        """A draft that does not name those who are left out."""
        left_out = self._absent
        values = leaving.values(draft.values, left_out)
        notes = draft.notes
        if blanked := leaving.blanked(draft.values, values):
            notes += (f"{SIGN} stands for who asked to be left out in {all_of(blanked)}",)
        return replace(
            draft,
            values=values,
            short=left_out.without(draft.short),
            doubt=leaving.people(draft.doubt, left_out),
            notes=notes,
            read=leaving.read(draft.read, left_out),
            absent=draft.absent or values != draft.values,
        )

    def _draft(self, entry: Entry, said: Said, reading: Reading) -> Draft:
        if len(entry.title) > LONGEST:
            return Draft(
                entry=entry, values={}, refused=self._refused(entry, entry.title), matched={}
            )
        said = self._whole(said, reading.title)
        title = said.title or cleaning.line(entry.title)  # of emoji alone
        if refused := entry.wrong or self._refused(entry, title):
            return Draft(entry=entry, values={}, refused=refused, matched={})
        people = tuple(map(self._affiliated, cleaning.people(reading.people)))
        start, end, notes = self._times(entry)
        matched = self._suggester.matches(entry.text.text) if entry.text else {}
        abstract = to_commonmark(entry.text) if entry.text and self._abstracts else None
        if abstract and len(abstract) > PROSE_LIMIT:
            said_length = f"{len(abstract):,} characters; at most {PROSE_LIMIT:,} fit"
            abstract, notes = None, (*notes, f"its abstract has {said_length}")
        short = self._whole(said, reading.head).title if reading.guess else title
        named = bool(people or reading.guess)
        kind = said.kind or self._kind(entry, short, named=named)
        if kind is None and any(person.moderator for person in people):
            kind = "panel"
        room = entry.room if entry.room and key(entry.room) not in self._tables.no_rooms else None
        values = {
            "title": title,
            "subtitle": entry.subtitle if entry.subtitle != title else None,
            "kind": kind if kind != "talk" else None,
            "status": self._status(entry, said.status),
            "start": start,
            "end": end,
            "room": room,
            "tracks": self._tracks(entry, said.tracks),
            "level": said.level or self._level(entry),
            "language": entry.language,
            "speakers": [speaker(person) for person in people],
            "abstract": abstract,
            "suggested_themes": list(matched),
            "links": list(_links(entry)),
            "sources": [self._source(entry)],
        }
        return Draft(
            entry=entry,
            values={name: values[name] for name in FIELDS if values[name]},
            left_out=self._left_out(entry, title, named=named, has_kind=said.kind is not None),
            short=short,
            matched=matched,
            doubt=tuple(map(self._affiliated, cleaning.people(reading.guess))),
            notes=(*entry.notes, *notes),
        )

    def _affiliated(self, person: Person) -> Person:
        """A person without what is said of those who are of no company."""
        has_none = person.org is not None and key(person.org) in self._tables.unaffiliated
        return replace(person, org=None) if has_none else person

    def _source(self, entry: Entry) -> dict[str, Any]:
        """Where it is from; an id that other entries have too does not tell which it is."""
        id = entry.id if self._ids[entry.id] == 1 else None
        return _filled(system=self._schedule.system, id=id, url=entry.url)

    def _whole(self, said: Said, title: str) -> Said:
        """What was said around a whole title, and around `title`, which has no people any more."""
        said = said.then(self._titles.around(title))
        said = said.then(self._titles.prefixed(said.title))
        return replace(said, title=self._titles.quiet(said.title))

    def _refused(self, entry: Entry, title: str) -> str:
        if len(title) > LINE_LIMIT:
            return f"its title has {len(title)} characters; at most {LINE_LIMIT} fit"
        if not any(c.isprintable() and c != " " for c in title):
            return "it has no title"
        years = {when.year for when in (entry.start, entry.end) if when is not None}
        if wrong := sorted(years - set(YEARS)):
            return f"the year {wrong[0]} cannot be right"
        return ""

    def _left_out(self, entry: Entry, title: str, *, named: bool, has_kind: bool) -> str:
        """Why an entry is no session by rule, unless its title says that it is one."""
        if self._titles.is_placeholder(title):
            return "no title yet"
        if entry.service:
            return "logistics"
        reasons = map(self._tables.left_out_tracks.get, map(key, entry.tracks))
        if why := next(filter(None, reasons), None):
            return why
        return self._titles.left_out(title, named=named, has_kind=has_kind)

    def _kind(self, entry: Entry, title: str, *, named: bool) -> records.SessionKind | None:
        """What the type or track says, unless it only says that it is none of the others."""
        types = map(self._tables.kind_of_type, entry.types)
        tracks = map(self._tables.kind_of_track, entry.tracks)
        given = next((kind for kind in (*types, *tracks) if kind), None)
        if given and given != "other":
            return given
        return self._titles.kind(title, named=named) or given

    def _status(self, entry: Entry, said: records.Status | None) -> records.Status | None:
        if entry.cancelled:
            return "cancelled"
        return said or ("not-recorded" if entry.not_recorded else None)

    def _tracks(self, entry: Entry, more: Iterable[str]) -> list[str]:
        names = [name for name in entry.tracks if not self._says_level(name)]
        tracks = [self._titles.track(name, shouting=self._shouting) for name in names]
        return list(dict.fromkeys(track for track in (*tracks, *more) if track))

    def _says_level(self, track: str) -> bool:
        """Whether a track is none, but a level: "Beginner", "Experience Level: Any"."""
        said = key(track)
        head, _, last = said.rpartition(" ")
        return said in self._tables.levels or ("level" in head and last in self._tables.levels)

    def _level(self, entry: Entry) -> records.Level | None:
        """The level that a word for it means; of several levels, any."""
        words = [*entry.levels, *filter(self._says_level, entry.tracks)]
        found: dict[records.Level, None] = {}
        for word in words:
            said = key(word)
            tries = (said, said.removeprefix("level ").strip(), said.rpartition(" ")[2])
            level = next((self._tables.levels[t] for t in tries if t in self._tables.levels), None)
            if level is not None:
                found[level] = None
        return None if not found else next(iter(found)) if len(found) == 1 else "any"

    def _times(self, entry: Entry) -> tuple[str | None, str | None, tuple[str, ...]]:
        start, end = self._local(entry.start), self._local(entry.end)
        if entry.start is None or entry.end is None or entry.start == entry.end:
            return start, None, ()
        if _comparable(entry.end, self._zone) < _comparable(entry.start, self._zone):
            note = f"its end, {end}, is before its start, {start}; the end was not taken over"
            return start, None, (note,)
        return start, end, ()

    def _local(self, when: datetime | date | None) -> str | None:
        """A moment as a record has it: in the event's zone, with an offset only where needed."""
        if when is None:
            return None
        if not isinstance(when, datetime):
            return when.isoformat()
        if when.tzinfo is None:
            return _written(when)
        local = when.astimezone(self._zone)
        bare = local.replace(tzinfo=None)
        early, late = (bare.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1))
        if early.utcoffset() != late.utcoffset():  # the hour that comes twice in autumn
            return _written(local)
        return _written(bare)


def _same(entry: Entry) -> tuple[object, ...]:
    """Equal for entries that are one, listed twice."""
    return (entry.id, entry.title, entry.start, entry.end, entry.room)


def _respelled(reading: Reading, spelled: Mapping[str, str]) -> Reading:
    people = (replace(p, name=spelled[cleaning.line(p.name)]) for p in reading.people)
    return replace(reading, people=tuple(people))


def _written(when: datetime) -> str:
    when = when.replace(microsecond=0)
    return when.isoformat(timespec="seconds" if when.second else "minutes")


def _comparable(when: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)  # its zone comes next
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def speaker(person: Person) -> dict[str, Any]:
    """An appearance as a record has it."""
    org = person.org if person.org and slugs.slug(person.org) else None
    return _filled(
        name=person.name, org=org, role=person.role, moderator=True if person.moderator else None
    )


def _links(entry: Entry) -> Iterator[dict[str, Any]]:
    if entry.url:
        yield {"kind": "schedule", "url": entry.url}
    for link in entry.links:
        yield _filled(kind=link.kind, url=link.url, label=link.label)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
