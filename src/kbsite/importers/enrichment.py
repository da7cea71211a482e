"""What another source adds to records that are there: their texts, and what is said about it.

Only what a record leaves open is filled, and only from an entry that is certainly about it. Nothing
here reads or writes the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kbsite import records, yamlwrite
from kbsite.errors import Problem, in_order
from kbsite.excerpts import in_short
from kbsite.importers import cleaning
from kbsite.importers.drafts import Draft
from kbsite.importers.joining import Around, Joined, Side, join
from kbsite.importers.merge import Difference, merge
from kbsite.importers.outcome import Change, Doubtful, Enriched, Unused
from kbsite.importers.reading.tables import Tables, key
from kbsite.importers.state import EventState, RecordFile
from kbsite.sources import file_problem

FIELDS = ("start", "end", "room", "level", "links")
OF_THE_SOURCE = "schedule"  # a kind of link that says nothing of the session

_NOT_HELD = {"cancelled": "cancelled", "withdrawn": "withdrawn", "not-recorded": "not recorded"}


class Enrichment(NamedTuple):
    """The new texts of files, by name in the event's folder, and what that does."""

    texts: Mapping[str, str]
    outcome: Enriched


def enrich(
    state: EventState,
    event: records.Event,
    drafts: Sequence[Draft],
    around: Around,
    *,
    system: str,
    source: str,
    dry_run: bool,
) -> Enrichment:
    """What the entries of a source add to the sessions of `event`; messages call it `source`."""
    files = list(state.records.items())
    usable = [at for at, draft in enumerate(drafts) if not draft.refused]
    found = join(
        [_side_of_entry(drafts[at], system) for at in usable],
        [_side_of_record(file, _imported_id(state, stem)) for stem, file in files],
        around,
    )
    adding = _Adding(state.id, event, source)
    joined = {usable[place]: each for place, each in found.items()}
    for at, draft in enumerate(drafts):
        each = joined.get(at)
        if each is None:
            adding.leave(draft)
        else:
            adding.add(draft, *files[each.record], each)
    return Enrichment(
        texts=adding.texts,
        outcome=Enriched(
            event=state.id,
            source=source,
            dry_run=dry_run,
            entries=len(drafts),
            joined=adding.joined,
            changed=tuple(adding.changed),
            kept=tuple(adding.kept),
            doubtful=tuple(adding.doubtful),
            unknown=tuple(adding.unknown),
            refused=tuple(adding.refused),
            warnings=tuple(in_order(adding.warnings)),
        ),
    )


def around_titles(tables: Tables, event: records.Event, others: Sequence[records.Event]) -> Around:
    """What stands around titles of an event's recordings, by the tables and the base's events."""
    said = (event.name, event.short, event.series, event.city, event.venue)
    words = (*tables.prefixes, *tables.states, *tables.video_words, *map(key, filter(None, said)))
    return Around(
        words=frozenset(word for each in words for word in each.split()),
        years=frozenset(str(year) for year in range(event.start.year, event.end.year + 1)),
        others=tuple(
            sorted({name for other in others for name in (other.name, other.short) if name})
        ),
    )


@dataclass
class _Adding:
    """An enrichment that is being made."""

    id: str
    event: records.Event
    source: str
    texts: dict[str, str] = field(default_factory=dict)
    joined: Counter[str] = field(default_factory=Counter)
    changed: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)
    unknown: list[Unused] = field(default_factory=list)
    refused: list[Unused] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)

    def leave(self, draft: Draft) -> None:
        """An entry that is about none of the sessions, or cannot be read."""
        entry = draft.entry
        if draft.refused:
            self.refused.append(Unused(entry.title, draft.refused, entry.line))
        else:
            self.unknown.append(Unused(entry.title, "no session is like it", entry.line))

    def add(self, draft: Draft, stem: str, file: RecordFile, how: Joined) -> None:
        """An entry that is about a session, or may be."""
        theirs = self._news(draft, file)
        doubt = how.doubt
        if not doubt and file.session.status in _NOT_HELD and _kinds(theirs) & {"video"}:
            doubt = f"the session is {_NOT_HELD[file.session.status]}"
        if not doubt and stem in self._met:
            doubt = "another entry is about it too"
        if doubt:
            self._doubt(draft, stem, file, theirs, doubt)
            return
        self._met.add(stem)
        self.joined[how.how] += 1
        own = f"{self.id}/{stem}"
        merged = merge(file.text, file.data, None, theirs, fields=FIELDS, event=self.event)
        if merged.text != file.text:
            self.texts[file.path.rpartition("/")[2]] = merged.text
        self.changed += [Change(own, each) for each in merged.changed]
        self.kept += [Change(own, each) for each in (*merged.kept, *self._other_links(draft, file))]
        for each in merged.unwritten:
            self._warn(
                "KB405",
                file.path,
                f"{each.field} cannot be added here without touching the rest",
                f"write: {each.field}: {yamlwrite.dump_flow(each.other)}",
            )

    def _news(self, draft: Draft, file: RecordFile) -> dict[str, Any]:
        """What an entry says, but for links of a kind that the record has, and other days."""
        held = {link.kind for link in file.session.links}
        values = {name: draft.values[name] for name in FIELDS if name in draft.values}
        links = [link for link in _links(draft) if link["kind"] not in held]
        values.pop("links", None)
        if links:
            values["links"] = links
        day = str(values.get("start", ""))[: len("2031-04-01")]
        if not self.event.start.isoformat() <= day <= self.event.end.isoformat():
            values.pop("start", None)  # often the day of publication
            values.pop("end", None)
        return values

    def _other_links(self, draft: Draft, file: RecordFile) -> Iterator[Difference]:
        """Links of the source of a kind of which the record has another."""
        mine = {cleaning.address_key(link.url): link.kind for link in file.session.links}
        for link in _links(draft):
            if link["kind"] in mine.values() and cleaning.address_key(link["url"]) not in mine:
                same = [each.url for each in file.session.links if each.kind == link["kind"]]
                yield Difference(field=f"links ({link['kind']})", one=same[0], other=link["url"])

    def _doubt(
        self, draft: Draft, stem: str, file: RecordFile, theirs: Mapping[str, Any], doubt: str
    ) -> None:
        title = draft.entry.title
        self.doubtful.append(Doubtful(f"{self.id}/{stem}", title, doubt))
        new = {
            name: value for name, value in theirs.items() if name == "links" or not _has(file, name)
        }
        if new:
            lines = "; ".join(f"{name}: {yamlwrite.dump_flow(new[name])}" for name in new)
            message = f"{in_short(title)} in {self.source} may be about this session: {doubt}"
            self._warn("KB409", file.path, message, f"if so, add: {lines}")

    def _warn(self, code: str, path: str, message: str, hint: str) -> None:
        self.warnings.append(file_problem(code, path, message, hint))


def _links(draft: Draft) -> list[dict[str, Any]]:
    return [each for each in draft.values.get("links", ()) if each["kind"] != OF_THE_SOURCE]


def _kinds(values: Mapping[str, Any]) -> set[str]:
    return {link["kind"] for link in values.get("links", ())}


def _has(file: RecordFile, name: str) -> bool:
    return file.data.get(name) is not None


def _imported_id(state: EventState, stem: str) -> str | None:
    """The id of a record as in `Side`, if it was imported."""
    imported = state.lock.sessions.get(stem)
    if imported is None or not imported.id:
        return None
    return f"{imported.source.partition(':')[0]}:{imported.id}"


def _side_of_entry(draft: Draft, system: str) -> Side:
    entry = draft.entry
    pages = (entry.url, *(link.url for link in entry.links))
    return Side(
        ids=frozenset([f"{system}:{entry.id}"] if entry.id else ()),
        addresses=frozenset(cleaning.address_key(page) for page in pages if page),
        title=entry.title,
        people=tuple(each["name"] for each in draft.values.get("speakers", ())),
    )


def _side_of_record(file: RecordFile, imported: str | None) -> Side:
    session = file.session
    pages = (*(ref.url for ref in session.sources), *(link.url for link in session.links))
    ids = [f"{ref.system}:{ref.id}" for ref in session.sources if ref.id]
    return Side(
        ids=frozenset([*ids, *([imported] if imported else [])]),
        addresses=frozenset(cleaning.address_key(page) for page in pages if page),
        title=session.title,
        people=tuple(each.name or each.id or "" for each in session.speakers),
        companies=tuple(each.org for each in session.speakers if each.org),
    )
