"""What does not fit between records, beyond names and links."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from kbsite import cures, models, records, slugs, wikilinks
from kbsite.catalog import LEARNING, SESSION, Thing
from kbsite.errors import Cure, Move, Problem
from kbsite.graph.former import renewed
from kbsite.graph.naming import Naming, Sessions
from kbsite.graph.nodes import NamedNode
from kbsite.graph.relinking import instead
from kbsite.graph.target import Unresolved
from kbsite.graph.targets import Targets
from kbsite.library import Entry, Library
from kbsite.sources import Path
from kbsite.wording import did_you_mean, shown


def related(published: Sessions, targets: Targets) -> Iterator[Problem]:
    """KB206: a related session that is none; KB228: one by an id that it had."""
    for own, entry in published.items():
        for at, other in enumerate(entry.record.related):
            path: Path = ("related", at)
            if other == own:
                cure = cures.removing(entry.source, path)
                why = Unresolved("a session is not related to itself", "remove it")
            elif other in targets.sessions:
                continue
            elif now := renewed(targets.redirects, SESSION, other):
                why, cure = now, instead(entry.source, path, now)
                if now.instead[0] in entry.record.related:
                    why = replace(now, hint="remove it: it is listed already")
                    cure = cures.removing(entry.source, path, certain=True)
            else:
                why = targets.why_no_session(other, entry.source.path)
                cure = instead(entry.source, path, why)
                if other in targets.library.sessions:  # and is not published
                    cure = cures.removing(entry.source, path)
            if not why.silent:
                code = why.code or "KB206"
                if not cure:
                    why = replace(why, hint=f"{why.hint}; or remove it")
                    cure = cures.removing(entry.source, path)
                yield entry.source.problem(code, path, why.message, why.hint, cures=cure)


def extensions(
    thing: Thing, seen: Mapping[str, NamedNode], library: Library, naming: Naming
) -> Iterator[Problem]:
    """KB213: a page that extends nothing that is shown."""
    noun, may_name = thing.noun, models.may_name(thing) - {thing.name}
    entries: Mapping[str, Entry[records.Extension]] = library.of(thing)
    for own, entry in entries.items():
        if isinstance(entry.record, records.ProjectExtension) and entry.record.maturity:
            continue  # its foundation lists it, whether or not somebody has spoken about it
        words = (own, entry.record.name, *entry.record.aliases)
        if own in seen or any(
            library.may_hold(word, may_name, asking=entry.source.path) for word in words
        ):
            continue
        if (meant := naming.of(thing).lookup(entry.record.name)) and meant[0] not in entries:
            yield _of_another_id(thing, meant[0], entry)
            continue
        near = naming.of(thing).vocabulary.nearest(entry.record.name, count=1)
        remedy = f"remove the page, or name the {noun} in a session"
        yield entry.source.problem(
            "KB213",
            ("name",),
            f"no published session names the {noun} '{entry.record.name}', so this page is not "
            "shown",
            did_you_mean(near, f"otherwise {remedy}") if near else remedy,
            cures=[
                cure
                for name in near
                if naming.of(thing).id_of(name) not in entries
                for cure in cures.writing(entry.source, ("name",), name)
            ],
        )


def _of_another_id(thing: Thing, id: str, entry: Entry[records.Extension]) -> Problem:
    """KB213 for the page of somebody who has another id than its file."""
    to = f"{thing.folder}/{id}{thing.ending}"
    return entry.source.file_problem(
        "KB213",
        f"{shown(entry.record.name)} is the {thing.noun} '{id}', whose page has that name",
        f"rename it to {id}{thing.ending}",
        (Cure(title=f"rename it to {id}", changes=(Move(file=entry.source.path, to=to),)),),
    )


def listed_twice(published: Sessions, naming: Naming) -> Iterator[Problem]:
    """KB202: two speakers of a session whose names a page joins."""
    for entry in published.values():
        listed: dict[str, str] = {}
        for at, speaker in enumerate(entry.record.speakers):
            person, said = naming.person(speaker), speaker.name or speaker.id or ""
            other = listed.setdefault(person, said)
            if person and slugs.name_key(other) != slugs.name_key(said):
                yield entry.source.problem(
                    "KB202",
                    ("speakers", at, "name" if speaker.name else "id"),
                    f"'{said}' and '{other}' are one person, '{person}'",
                    "keep one of the two, or give one an id of its own",
                    cures=cures.removing(entry.source, ("speakers", at), "keep the other"),
                )


def learnings_told_twice(published: Sessions, linked: Container[str]) -> Iterator[Problem]:
    """KB221: a learning in the words of another; `linked` are the keys of those that links lead to,
    which have to stay.
    """
    told: dict[str, str] = {}
    for own, entry in sorted(published.items()):
        for at, learning in enumerate(entry.record.learnings):
            key = f"{own}#{learning.id}"
            other = told.setdefault(slugs.fold(learning.text), key)
            if other != key:
                yield entry.source.problem(
                    "KB221",
                    ("learnings", at, "text"),
                    f"the learning '{other}' has the same words",
                    "say what this talk added, or remove one of the two",
                    cures=cures.removing(entry.source, ("learnings", at), "keep the other")
                    if LEARNING.key(key) not in linked
                    else (),
                )


def entries_told_twice(library: Library) -> Iterator[Problem]:
    """KB223: an entry of a source, told by its id, that another session comes from too.

    Ids without an address count within an event: other schedules may begin at 1 as well.
    """
    told: dict[tuple[str, str, str], str] = {}
    for own, entry in sorted(library.sessions.items()):
        for at, source in enumerate(entry.record.sources):
            if source.id is None:
                continue
            place = source.url or own.partition("/")[0]
            other = told.setdefault((source.system, source.id, place), own)
            if other != own:
                yield entry.source.problem(
                    "KB223",
                    ("sources", at, "id"),
                    f"the session '{other}' comes from the entry '{source.id}' of {source.system} "
                    "too",
                    "take the source out of the one that was copied from the other; if they are "
                    "one session, keep one of the two",
                    cures=cures.removing(
                        entry.source,
                        ("sources", at) if len(entry.record.sources) > 1 else ("sources",),
                        "take the source out here",
                    )
                    if entry.record.provenance.contributed_by
                    else (),
                )


def thin_shifts(shifts: Mapping[str, Entry[records.Shift]]) -> Iterator[Problem]:
    """KB222: a shift over fewer than two themes, or with evidence of fewer than two sessions.

    Names and links count as they are written: those that are wrong have problems of their own.
    """
    for entry in shifts.values():
        themes = {slugs.name_key(theme) for theme in entry.record.themes}
        sessions = {
            link.target.partition("#")[0]
            for link in wikilinks.find(entry.source.body)
            if link.kind == "learning"
        }
        wanting = []
        if len(themes) < 2 and "themes" not in entry.lost:
            wanting.append("names fewer than two themes")
        if len(sessions) < 2:
            wanting.append("links to learnings of fewer than two sessions")
        if wanting:
            yield entry.source.problem(
                "KB222",
                ("themes",) if len(themes) < 2 and "themes" not in entry.lost else ("title",),
                f"the shift {' and '.join(wanting)}",
                "say under themes what it is about, and link to what it rests on, as "
                "[[learning:EVENT/SESSION#LEARNING]]; what concerns one theme belongs in its "
                "editorial",
            )
