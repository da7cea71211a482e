"""The rules that need more than one field of one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, datetime, timedelta

from pydantic import BaseModel

from kbsite import cures, models, slugs
from kbsite.catalog import CLAIMS, Thing
from kbsite.claims import ACCOUNTED, Claim, claims, grounds
from kbsite.errors import Cure, Problem
from kbsite.meant import Meaning, ids, words
from kbsite.records import Announcement, Event, Extension, Link, Session, SpeakerRef
from kbsite.refusals import written
from kbsite.remarks import remarks
from kbsite.shapes import free
from kbsite.sources import Path, Source
from kbsite.wording import all_of, any_of, as_pasted, did_you_mean, to_write

SAFE_DAY = 28  # that every month has
MOST_DAYS = 200  # of an event
FEW = 5  # speakers that a hint offers all


def check_rules(record: BaseModel, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """What is wrong with a record whose fields are all right.

    `lost` names the fields that were refused: nothing is said about what depends on them.
    """
    if isinstance(record, Event):
        if record.end < record.start:
            yield end_before_start(source, record.end, record.start)
        elif (record.end - record.start).days > MOST_DAYS:
            yield _most_of_a_year(source, record)
    elif isinstance(record, Session):
        if record.end is not None and record.start is None and "start" not in lost:
            yield source.problem(
                "KB102",
                ("end",),
                "the session has an end but no start",
                "write when it begins, or 'start' in the place of 'end'",
                key=True,
                cures=cures.renaming(source, ("end",), "start"),
            )
        yield from _speakers(record, source, lost)
        if "speakers" not in lost and all(map(_identity, record.speakers)):
            yield from _bys(record, source)
        yield from _claimed_twice(record, source)
        yield from _evidence(record, source, lost)
        untold = {"sources", "provenance", "contributed_by"}
        tops = {name.partition(".")[0] for name in lost}
        if untold.isdisjoint(tops) and not any(words.key(top, untold).values for top in tops):
            yield from _provenance(record, source)
    yield from remarks(record, source, lost)
    if isinstance(record, Session | Extension) and "links.kind" not in lost:
        yield from _starts(record.links, source)


def _most_of_a_year(source: Source, event: Event) -> Problem:
    """KB125, of an event of which a year or a month is probably wrong."""
    near = [
        event.end.replace(year=event.start.year, month=month, day=min(event.end.day, SAFE_DAY))
        for month in (event.end.month, event.start.month)
    ]
    meant = [str(end) for end in near if 0 <= (end - event.start).days <= MOST_DAYS]
    return source.problem(
        "KB125",
        ("end",),
        f"the event lasts {(event.end - event.start).days + 1} days",
        to_write(meant[:1], "write its last day"),
        cures=written(source, ("end",), Meaning.perhaps(*meant[:1])),
    )


def end_before_start(source: Source, end: date, start: date) -> Problem:
    """KB108, of days or of days with hours."""
    swapped = {"start": _shown(end), "end": _shown(start)}
    way = f"swap them: start: {swapped['start']} and end: {swapped['end']}; or mend the wrong one"
    sooner: cures.Cures = ()
    if not isinstance(end, datetime) and end.day >= start.day and end.day <= SAFE_DAY:
        same = _shown(end.replace(year=start.year, month=start.month))
        way = f"write end: {same} if the month is wrong; or {way}"
        sooner = cures.writing(source, ("end",), same)
    if _beyond_midnight(end, start):
        after = _shown(end + timedelta(days=1))
        way = f"write end: {after} if it lasts beyond midnight; or {way}"
        sooner = cures.writing(source, ("end",), after)
    return source.problem(
        "KB108",
        ("end",),
        f"the end, {_shown(end)}, is before the start, {_shown(start)}",
        way,
        cures=[*sooner, *cures.writing_all(source, swapped, "swap start and end")],
    )


def _beyond_midnight(end: date, start: date) -> bool:
    """Whether an end is before its start only because it lacks the next day's date."""
    hours = isinstance(end, datetime) and isinstance(start, datetime)
    return hours and timedelta() < end + timedelta(days=1) - start <= timedelta(hours=12)


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
                cures=cures.removing(
                    source,
                    ("speakers", at),
                    "remove the second",
                    certain=speaker in session.speakers[:at],
                ),
            )
        seen.add(identity)


def _bys(session: Session, source: Source) -> Iterator[Problem]:
    """Each `by` of a claim names one of the session's speakers; that of an announcement does not:
    it is an organisation's.
    """
    named = [
        ((thing.plural, at, "by"), claim.by)
        for thing, at, claim in claims(session)
        if not isinstance(claim, Announcement)
    ]
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
                did_you_mean(_nearest(by, listed), every),
                cures=_speakers_for(path, by, listed, source),
            )
        elif len(called) > 1:
            own = set(map(_id, called))
            names = {speaker.name or "" for speaker in called}
            yield source.problem(
                "KB201",
                path,
                f"'{by}' can be any of {len(called)} speakers of this session",
                f"write the id: {' or '.join(sorted(own))}"
                if len(own) > 1
                else f"write the name: {' or '.join(sorted(names))}",
                cures=written(source, path, Meaning(tuple(sorted(own if len(own) > 1 else names)))),
            )


def _nearest(by: str, listed: Sequence[str]) -> list[str]:
    """Who of the session's speakers is probably meant: by a slip, or by a part of the name."""
    words = set(slugs.name_key(by).split())
    parts = [each for each in listed if words and words <= set(slugs.name_key(each).split())]
    return parts if len(parts) == 1 else slugs.nearest(by, listed, count=1)


def _speakers_for(path: Path, by: str, listed: Sequence[str], source: Source) -> Sequence[Cure]:
    """Who may have been meant: the nearest, then all if they are few; or a speaker of that name."""
    if not listed:
        return cures.writing_all(source, {"speakers": [{"name": by}]}, f"add {by} to the speakers")
    near = _nearest(by, listed)
    others = listed if len(listed) <= FEW else ()
    return written(source, path, Meaning.perhaps(*near, *others))


def _claimed_twice(session: Session, source: Source) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for thing, at, claim in claims(session):
        if claim.id is None:
            continue
        if (thing.name, claim.id) in seen:
            taken = {other.id for each, _, other in claims(session) if each == thing}
            again = any(claim == other for each, before, other in claims(session) if before < at)
            said = getattr(claim, "text", None) or getattr(claim, "label", None) or claim.id
            own = free(ids.from_text(str(said)) or claim.id, taken)
            yield source.problem(
                "KB202",
                (thing.plural, at, "id"),
                f"the id '{claim.id}' is used by another {thing.noun} of this session",
                f"give each {thing.noun} an id of its own, as '{own}'",
                cures=[
                    *(cures.removing(source, (thing.plural, at), certain=True) if again else ()),
                    *written(source, (thing.plural, at, "id"), Meaning.perhaps(own)),
                ],
            )
        seen.add((thing.name, claim.id))


def _evidence(session: Session, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """Each claim says what it rests on, and what it says of that fits together."""
    if {"basis", "from"} & lost:
        return
    told = [each for each in claims(session) if not _lost_of(each[0], lost)]
    without = [
        each for each in told if not each[2].report and grounds(session, each[2]).basis is None
    ]
    for thing, at, claim in told:
        if wrong := _unfit(session, thing, at, claim, source):
            yield wrong
    if session.basis == "reported" and not session.report:
        if any(claim.basis is None and not claim.report for _, _, claim in told):
            yield source.problem("KB118", ("basis",), "no account is named", _NAME_IT)
    elif session.report and told and not any(_takes(session, claim) for _, _, claim in told):
        yield source.problem(
            "KB118",
            ("from",),
            "an account is named, but nothing here is said to come from it",
            "add 'basis: reported' beside it if all is reported, or to what is; or remove it",
            key=True,
            cures=cures.writing_all(source, {"basis": "reported"}, "add basis: reported")
            if session.basis is None and any(claim.basis is None for _, _, claim in told)
            else cures.removing(source, ("from",)),
        )
    if without and session.publish:
        yield _baseless(without, source)


_NAME_IT = "add 'from:' with the id of its page in content/reports"


def _lost_of(thing: Thing, lost: Set[str]) -> bool:
    return any(f"{thing.plural}.{key}" in lost for key in ("basis", "from", "by", "at"))


def _takes(session: Session, claim: Claim) -> bool:
    """Whether a claim comes from the account that its session names."""
    return not claim.report and grounds(session, claim).report is not None


def _unfit(session: Session, thing: Thing, at: int, claim: Claim, source: Source) -> Problem | None:
    basis, report = claim.basis or session.basis, claim.report or session.report
    if claim.report and basis not in ACCOUNTED:
        return source.problem(
            "KB118",
            (thing.plural, at, "from"),
            f"what was {basis} in the session needs no account"
            if basis
            else "an account is named, but not what it did",
            "add 'basis: reported', or 'basis: inferred' if its author concluded it"
            + ("; or remove 'from'" if basis else ""),
            key=True,
            cures=[
                *(cures.removing(source, (thing.plural, at, "from")) if basis else ()),
                *(
                    cure
                    for word in ("reported", "inferred")
                    for cure in cures.adding(source, (thing.plural, at, "basis"), word)
                ),
            ],
        )
    if claim.basis == "reported" and not report:
        return source.problem("KB118", (thing.plural, at, "basis"), "no account is named", _NAME_IT)
    if basis == "said" and not claim.by and claim.at is None:
        listed = _few_speakers(session) if not isinstance(claim, Announcement) else []
        return source.problem_of_absence(
            "KB118",
            (thing.plural, at, "basis"),
            f"the {thing.noun} was said, but not by whom, nor where in the video",
            _said_by(listed),
            cures=[
                *(
                    cure
                    for name in listed
                    for cure in cures.adding(source, (thing.plural, at, "by"), name)
                ),
                *(
                    cure
                    for word in ("shown", "inferred")
                    for cure in cures.adding(source, (thing.plural, at, "basis"), word)
                ),
            ],
        )
    return None


def _few_speakers(session: Session) -> list[str]:
    listed = [speaker.name or speaker.id or "" for speaker in session.speakers]
    return listed if len(listed) <= FEW else []


def _said_by(listed: Sequence[str]) -> str:
    lines = any_of([f"by: {as_pasted(name)}" for name in listed]) or "by:"
    return f"add {lines}, or at: with the minute in the video, or another basis: shown or inferred"


def _baseless(without: list[tuple[Thing, int, Claim]], source: Source) -> Problem:
    """KB224, once for a session."""
    number = Counter(thing for thing, _, _ in without)
    counted = [
        f"{number[thing]} {thing.noun if number[thing] == 1 else thing.nouns}"
        for thing in CLAIMS
        if thing in number
    ]
    thing, at, _ = without[0]
    spoken = all(claim.by or claim.at is not None for *_, claim in without)
    return source.problem_of_absence(
        "KB224",
        (thing.plural, at, "basis"),
        f"nothing says where {all_of(counted)} {'comes' if len(without) == 1 else 'come'} from",
        f"add: basis: {'said' if spoken else 'inferred'}; or which of said, shown, reported and "
        "inferred is so; 'reported' goes with from: and the id of a page in content/reports",
        cures=cures.several(
            cures.adding(source, ("basis",), word)
            for word in (("said", "shown", "inferred") if spoken else ("inferred", "shown"))
        ),
    )


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
                cures=[
                    *cures.removing(source, ("links", at, "start")),
                    *cures.writing(source, ("links", at, "kind"), "video"),
                ],
            )


def _provenance(session: Session, source: Source) -> Iterator[Problem]:
    """Somebody stands for what a session that readers see tells, or its facts have a source."""
    if session.provenance.contributed_by or not session.publish:
        return
    told = [thing.plural for thing in CLAIMS if getattr(session, thing.plural)]
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
