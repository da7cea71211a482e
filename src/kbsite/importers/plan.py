"""What an import does to an event: which files get which text, and what is said about it.

Nothing here reads or writes the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from kbsite import records, slugs, yamlwrite
from kbsite.catalog import EVENT
from kbsite.errors import Problem, in_order
from kbsite.excerpts import in_short
from kbsite.importers import gate, lock
from kbsite.importers.drafts import FIELDS, Draft, speaker
from kbsite.importers.identity import Pairing
from kbsite.importers.merge import Difference, Merged, merge
from kbsite.importers.outcome import Added, Change, Outcome, Unused
from kbsite.importers.state import EventState, RecordFile
from kbsite.sources import file_problem

FEW = 8  # with fewer gone nobody has to be told
# Names that no record may have: the event's own, and devices of Windows.
RESERVED = {EVENT.file.removesuffix(EVENT.ending), "con", "prn", "aux", "nul"} | {
    f"{p}{n}" for p in ("com", "lpt") for n in range(10)
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What to make of a schedule, and by which names.

    `source` is what messages call it, `label` what the lock does; `themes` maps the key of every
    name of a theme to its id.
    """

    source: str
    label: str
    themes: Mapping[str, str]
    abstracts: bool
    logistics: bool
    dry_run: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The new texts of files, by name in the event's folder, and what that does."""

    texts: Mapping[str, str]
    outcome: Outcome


def plan(
    state: EventState,
    pairing: Pairing,
    drafts: Sequence[Draft],
    new_event: Mapping[str, Any] | None,
    choices: Choices,
) -> Plan:
    """What an import of `drafts` does to the event, whose record is `new_event` if it is new."""
    event = records.Event.model_validate(new_event) if new_event else state.event
    planning = _Planning(state, event, pairing, choices)
    planning.make(drafts, new_event)
    return Plan(
        texts=planning.texts,
        outcome=Outcome(
            event=state.id,
            source=choices.source,
            dry_run=choices.dry_run,
            entries=len(drafts),
            event_added=new_event is not None,
            added=tuple(planning.added),
            sessions=tuple(planning.sessions),
            changed=tuple(planning.changed),
            kept=tuple(planning.kept),
            conflicts=tuple(planning.conflicts),
            withdrawn=tuple(planning.withdrawn),
            without=tuple(sorted(planning.without)),
            left_out=tuple(planning.left_out),
            refused=tuple(planning.refused),
            suggested=planning.suggested,
            warnings=tuple(in_order(planning.warnings)),
        ),
    )


@dataclass
class _Planning:
    """A plan that is being made."""

    state: EventState
    event: records.Event | None
    pairing: Pairing
    choices: Choices
    texts: dict[str, str] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    left_out: list[Unused] = field(default_factory=list)
    refused: list[Unused] = field(default_factory=list)
    suggested: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fields = tuple(f for f in FIELDS if f != "abstract" or self.choices.abstracts)
        self._lock = dict(self.pairing.lock)
        label = self.choices.label
        self._unused = [each for each in self.state.lock.unused if each.source != label]

    def make(self, drafts: Sequence[Draft], new_event: Mapping[str, Any] | None) -> None:
        if new_event is not None:
            self.texts[EVENT.file] = yamlwrite.dump(new_event)
        new: list[Draft] = []
        for at, draft in enumerate(drafts):
            stem = self.pairing.stems.get(at)
            if draft.refused:
                self._refuse(draft)
            elif draft.left_out and not self.choices.logistics and stem not in self.pairing.lock:
                self._leave_out(draft, draft.left_out)
            elif stem is None:
                new.append(draft)
            elif stem in self.state.former and stem not in self.state.records:
                now = self.state.former[stem]
                self.left_out.append(self._unused_for(draft, f"it is {now} now"))
            elif stem not in self.state.records:
                self._leave_out(draft, f"{stem}.yaml was deleted by hand")
            else:
                self._merge(stem, draft)
        for draft, stem in self._named(new):
            self._add(stem, draft)
        refused = {draft.entry.id for draft in drafts if draft.refused and draft.entry.id}
        for stem in self.pairing.vanished:
            if self._lock[stem].id not in refused:
                self._withdraw(stem)
        self._doubt_a_small_source(len(self.pairing.lock))
        text = lock.write(self._lock, self._unused)
        if text != self.state.lock_text:
            self.texts[lock.NAME] = text

    def _refuse(self, draft: Draft) -> None:
        entry = draft.entry
        title = in_short(entry.title) if entry.title else "an entry without a title"
        self._remember_unused(draft)
        self.refused.append(Unused(entry.title, draft.refused, entry.line))
        self._warn(
            "KB402",
            self.choices.source,
            f"{title} was not imported: {draft.refused}",
            "mend it at the source and import again, or write the record yourself",
            line=entry.line,
        )

    def _leave_out(self, draft: Draft, reason: str) -> None:
        self._remember_unused(draft)
        self.left_out.append(self._unused_for(draft, reason))

    @staticmethod
    def _unused_for(draft: Draft, reason: str) -> Unused:
        return Unused(draft.values.get("title", draft.entry.title), reason, draft.entry.line)

    def _remember_unused(self, draft: Draft) -> None:
        """How it was read, as otherwise it might be used another time, though it is the same."""
        if draft.read is not None:
            self._unused.append(lock.Seen(source=self.choices.label, read=draft.read))

    def _imported(self, draft: Draft, values: Mapping[str, Any]) -> lock.Imported:
        return lock.Imported(
            source=self.choices.label, id=draft.entry.id, read=draft.read, values=values
        )

    def _named(self, new: Sequence[Draft]) -> Iterator[tuple[Draft, str]]:
        """New drafts with a stem for each that nothing else has or had."""
        taken = {stem.lower() for stem in (*self.state.records, *self._lock)} | RESERVED
        taken |= self.state.former.keys()
        wanted = [slugs.slug(draft.short) or "session" for draft in new]
        yield from zip(new, free_stems(wanted, taken), strict=True)

    def _add(self, stem: str, draft: Draft) -> None:
        values = {name: draft.values[name] for name in self._fields if name in draft.values}
        text = yamlwrite.dump(values)
        if said := gate.objection(records.Session, text, of=self.event):
            self._refuse(replace(draft, refused=said))
            return
        own = f"{self.state.id}/{stem}"
        self.texts[f"{stem}.yaml"] = text
        self._lock[stem] = self._imported(draft, values)
        self.added.append(Added(own, draft.values["title"]))
        self.without += [own] * draft.absent
        self._say_what_is_unsure(stem, draft)
        if draft.matched:
            self.suggested[own] = draft.matched

    def _merge(self, stem: str, draft: Draft) -> None:
        file, imported = self.state.records[stem], self._lock.get(stem)
        words = (*file.session.themes, *file.session.not_about)
        themes = (self.choices.themes.get(slugs.name_key(word)) for word in words)
        merged = merge(
            file.text,
            file.data,
            imported.values if imported else None,
            draft.values,
            fields=self._fields,
            event=self.event,
            settled=frozenset(theme for theme in themes if theme),
        )
        own = f"{self.state.id}/{stem}"
        self.sessions.append(own)
        self.without += [own] * draft.absent
        self.changed += [Change(own, each) for each in merged.changed]
        taken = self._imported(draft, {})
        if imported and stem in self.pairing.shared:
            taken = taken.model_copy(update={"source": imported.source})
        self._take(stem, file, merged, taken)
        settled = {each.field for each in (*merged.kept, *merged.conflicts)}
        written = "speakers" in file.data and "speakers" not in draft.values  # perhaps as []
        if not written and not settled & {"speakers", "title"}:
            self._say_what_is_unsure(stem, draft)
        if any(each.field == "suggested_themes" for each in merged.changed):
            self.suggested[own] = draft.matched

    def _withdraw(self, stem: str) -> None:
        """An entry that vanished: its record says so, and stays."""
        file, imported = self.state.records.get(stem), self._lock[stem]
        if file is None:
            del self._lock[stem]
            return
        theirs = {**imported.values, "status": "withdrawn"}
        merged = merge(
            file.text, file.data, imported.values, theirs, fields=("status",), event=self.event
        )
        self._take(stem, file, merged, imported)
        if imported.values.get("status") != "withdrawn":
            self.withdrawn.append(f"{self.state.id}/{stem}")

    def _doubt_a_small_source(self, before: int) -> None:
        gone = len(self.withdrawn)
        if gone >= FEW and 2 * gone > before:
            self._warn(
                "KB408",
                self.choices.source,
                f"{gone} of {before} sessions are no longer in the source, and are withdrawn now",
                "if this is a part of the schedule, import the whole: they come back",
            )

    def _take(self, stem: str, file: RecordFile, merged: Merged, imported: lock.Imported) -> None:
        """Put the result of a merge into the plan, but for what it changed."""
        own = f"{self.state.id}/{stem}"
        if merged.text != file.text:
            self.texts[file.path.rpartition("/")[2]] = merged.text
        values = {name: merged.values[name] for name in FIELDS if name in merged.values}
        self._lock[stem] = imported.model_copy(update={"values": values})
        self.kept += [Change(own, each) for each in merged.kept]
        self.conflicts += [Change(own, each) for each in merged.conflicts]
        for each in merged.conflicts:
            self._warn(
                "KB404",
                file.path,
                f"{each.field} is {in_short(each.one)} here, and {_now(each)}",
                f"yours stays; to take the source's, {_instruction(each)}",
            )
        for each in merged.unwritten:
            self._warn(
                "KB405",
                file.path,
                f"{each.field} cannot be changed here without touching the rest: {_now(each)}",
                _instruction(each),
            )

    def _say_what_is_unsure(self, stem: str, draft: Draft) -> None:
        path = f"sessions/{self.state.id}/{stem}.yaml"
        if draft.doubt:
            names = ", ".join(person.name for person in draft.doubt)
            speakers = yamlwrite.dump_flow([speaker(person) for person in draft.doubt])
            self._warn(
                "KB403",
                path,
                f"the title may end with people: {names}",
                f"if so, take them out of the title, and add: speakers: {speakers}; if not, add: "
                "speakers: []",
            )
        for note in draft.notes:
            self._warn("KB407", path, note, "mend it at the source, or in the record")

    def _warn(self, code: str, file: str, message: str, hint: str, *, line: int = 0) -> None:
        self.warnings.append(file_problem(code, file, message, hint, line))


def free_stems(wanted: Iterable[str], taken: Set[str]) -> Iterator[str]:
    """Each of `wanted` as it is or with a number, so that none is taken or given twice.

    >>> list(free_stems(["break", "talk", "break"], {"talk"}))
    ['break', 'talk-2', 'break-2']
    """
    given = set(taken)
    ways: dict[str, Iterator[str]] = {}  # so that no number is tried twice
    for own in wanted:
        way = ways.setdefault(own, slugs.numbered(own))
        stem = next(each for each in way if each not in given)
        given.add(stem)
        yield stem


def _now(each: Difference) -> str:
    if each.other is None:
        return "the source no longer has one"
    return f"now {in_short(each.other)} at the source"


def _instruction(each: Difference) -> str:
    if each.other is None:
        return f"remove {each.field}"
    return f"write: {each.field}: {yamlwrite.dump_flow(each.other)}"
