"""The rules that need more than one field of one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime

from pydantic import BaseModel

from kbsite import models, slugs
from kbsite.errors import Problem
from kbsite.fields import did_you_mean
from kbsite.records import Event, Extension, Link, Session, SpeakerRef
from kbsite.sources import Source

CLAIMS = ("learnings", "quotes", "figures", "announcements")


def check_rules(record: BaseModel, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """What is wrong with a record whose fields are all right.

    `lost` names the fields that were refused: nothing is said about what depends on them.
    """
    if isinstance(record, Event):
        if record.end < record.start:
            yield end_before_start(source, record.end, record.start)
    elif isinstance(record, Session):
        if record.end is not None and record.start is None and "start" not in lost:
            yield source.problem(
                "KB102",
                ("end",),
                "the session has an end but no start",
                f"add one, as '{models.example(Session, 'start')}'",
                key=True,
            )
        yield from _speakers(record, source, lost)
        if "speakers" not in lost and all(map(_identity, record.speakers)):
            yield from _bys(record, source)
        yield from _learnings(record, source)
        if not any(name.partition(".")[0] in ("sources", "provenance") for name in lost):
            yield from _provenance(record, source)
    if isinstance(record, Session | Extension) and "links.kind" not in lost:
        yield from _starts(record.links, source)


def end_before_start(source: Source, end: date, start: date) -> Problem:
    """KB108, of days or of days with hours."""
    return source.problem(
        "KB108",
        ("end",),
        f"the end, {_shown(end)}, is before the start, {_shown(start)}",
        "swap them, or mend the wrong one",
    )


def _shown(when: date) -> str:
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else str(when)


def _id(speaker: SpeakerRef) -> str:
    """The id that a speaker has or, as far as one record tells, will have; empty for nobody."""
    return speaker.id or slugs.slug(speaker.name or "")


def _identity(speaker: SpeakerRef) -> str:
    """Equal for two speakers who are one person, as far as one record tells; empty for nobody."""
    return slugs.name_key(speaker.id or speaker.name or "") if _id(speaker) else ""


def speakers_by_key(session: Session) -> dict[str, dict[str, SpeakerRef]]:
    """What a `by` may say, as keys of names, to the speakers it would mean, each person once.

    That is a name or an id that the record gives, or else the id that a name gives.
    """
    given: dict[str, dict[str, SpeakerRef]] = {}
    slugged: dict[str, dict[str, SpeakerRef]] = {}
    for speaker in session.speakers:
        identity = _identity(speaker)
        for word in filter(None, (speaker.name, speaker.id)):
            given.setdefault(slugs.name_key(word), {})[identity] = speaker
        slugged.setdefault(slugs.name_key(_id(speaker)), {})[identity] = speaker
    return slugged | given


def _speakers(session: Session, source: Source, lost: Set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, speaker in enumerate(session.speakers):
        identity = _identity(speaker)
        if speaker.name and not identity:
            yield source.problem(
                "KB116",
                ("speakers", at, "name"),
                f"'{speaker.name}' holds no letter or digit to make an address of",
                f"give the speaker an id too, as '{models.example(SpeakerRef, 'id')}'",
            )
        elif not identity:
            if lost & {"speakers.name", "speakers.id"}:
                continue
            yield source.problem_of_absence(
                "KB102",
                ("speakers", at),
                "the speaker has no name",
                f"add one, as '{models.example(SpeakerRef, 'name')}'",
            )
        elif identity in seen:
            yield source.problem(
                "KB202",
                ("speakers", at, "id" if speaker.id else "name"),
                f"'{speaker.name or speaker.id}' is listed twice among the speakers",
                "keep one of the two; two people of one name need an id each, "
                f"as 'id: {_id(speaker)}-2'",
            )
        seen.add(identity)


def _bys(session: Session, source: Source) -> Iterator[Problem]:
    """Each `by` of a learning or quote names one of the session's speakers."""
    named = [(("learnings", at, "by"), item.by) for at, item in enumerate(session.learnings)]
    named += [(("quotes", at, "by"), item.by) for at, item in enumerate(session.quotes)]
    if not any(by for _, by in named):
        return
    known = speakers_by_key(session)
    listed = [speaker.name or speaker.id or "" for speaker in session.speakers]
    every = (
        "speakers here: " + ", ".join(listed)
        if listed
        else "name them under speakers; the session lists none"
    )
    for path, by in named:
        if by is None:
            continue
        called = known.get(slugs.name_key(by), {}).values()
        if not called:
            yield source.problem(
                "KB201",
                path,
                f"'{by}' is not a speaker of this session",
                did_you_mean(slugs.nearest(by, listed, count=1), every),
            )
        elif len(called) > 1:
            ids = set(map(_id, called))
            names = {speaker.name or "" for speaker in called}
            yield source.problem(
                "KB201",
                path,
                f"'{by}' can be any of {len(called)} speakers of this session",
                f"write the id: {' or '.join(sorted(ids))}"
                if len(ids) > 1
                else f"write the name: {' or '.join(sorted(names))}",
            )


def _learnings(session: Session, source: Source) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, learning in enumerate(session.learnings):
        if learning.id in seen:
            yield source.problem(
                "KB202",
                ("learnings", at, "id"),
                f"the id '{learning.id}' is used by another learning of this session",
                "give each learning an id of its own",
            )
        seen.add(learning.id)


def _starts(links: Iterable[Link], source: Source) -> Iterator[Problem]:
    """KB117: only what plays begins somewhere."""
    for at, link in enumerate(links):
        if link.start is not None and link.kind != "video":
            yield source.problem(
                "KB117",
                ("links", at, "start"),
                f"a link of the kind {link.kind} has no start",
                "remove the line, or write kind: video if it is a recording",
                key=True,
            )


def _provenance(session: Session, source: Source) -> Iterator[Problem]:
    """Somebody stands for what a session that readers see tells, or its facts have a source."""
    if session.provenance.contributed_by or not session.publish:
        return
    told = [name for name in CLAIMS if getattr(session, name)]
    if session.sources and not told:
        return
    remedy = (
        "add to provenance: contributed_by: Your name"
        if "provenance" in session.model_fields_set
        else "add: provenance: {contributed_by: Your name}"
    )
    if told:
        yield source.problem(
            "KB220",
            (told[0],),
            f"the record has {' and '.join(told)}, but nobody who stands for them",
            remedy,
            key=True,
        )
    else:
        yield source.problem_of_absence(
            "KB220",
            ("provenance", "contributed_by"),
            "the record does not say where it comes from",
            f"{remedy}; or say under sources where it was read",
        )
