"""What a record may say, though its author hardly meant it so: warnings, with what may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from pydantic import BaseModel

from kbsite import cures, models, slugs
from kbsite.errors import Problem
from kbsite.fields import Address
from kbsite.meant import Meaning, callings, links, people, titles, tongues
from kbsite.records import Event, Extension, Link, Named, Session, SpeakerRef
from kbsite.refusals import written
from kbsite.sources import Part, Path, Source
from kbsite.wording import any_of, as_pasted, lines_of, shown, to_write

_WORDS = frozenset({"aliases", "keywords"})  # of which each spelling may be wanted
_LISTS = frozenset({"themes", "suggested_themes", "projects", "related"})


def remarks(record: BaseModel, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """What is odd about a record; of what was lost nothing is said."""
    if isinstance(record, Session):
        if "title" not in lost:
            yield from _title(record, source, lost)
        yield from _names(record, source)
        if record.language and not tongues.is_language(record.language):
            yield _unknown("language", record.language, tongues.language(record.language), source)
    yield from _twice(record, source, lost)
    if isinstance(record, Event) and record.country and not tongues.is_country(record.country):
        yield _turned(record, source) or _unknown(
            "country", record.country, tongues.country(record.country), source
        )
    if isinstance(record, Event) and record.city and "," in record.city:
        yield from _city(record, source)
    if isinstance(record, Session | Extension):
        seen: set[tuple[str, int | None]] = set()
        for at, link in enumerate(record.links):
            yield from _unfit(link, ("links", at), source)
            if (link.url, link.start) in seen:
                said = f"{shown(link.url)} is listed twice under links"
                yield twice(source, ("links", at), said, at=("links", at, "url"))
            seen.add((link.url, link.start))
    for names, _ in models.marked(type(record), Address):
        for path, url in models.texts(record, names):
            if fault := links.doubt(url):
                yield source.problem(
                    "KB123",
                    path,
                    f"the link {shown(url)} {fault.message}",
                    to_write(fault.meaning.values, fault.hint),
                    cures=written(source, path, fault.meaning),
                )


def _city(event: Event, source: Source) -> Iterator[Problem]:
    """KB122: a city with its country behind it."""
    city, _, country = map(str.strip, str(event.city).rpartition(","))
    code = tongues.country_code(country) if len(country) > 2 or not event.country else ""
    if not city or not code or code != tongues.country_code(event.country or code):
        return
    told = {"city": city} | ({} if event.country else {"country": code})
    yield source.problem(
        "KB122",
        ("city",),
        f"{shown(event.city)} is more than the name of a city",
        "write it so:\n" + lines_of(told),
        cures=cures.writing_all(source, told, "write the city alone"),
    )


def _turned(event: Event, source: Source) -> Problem | None:
    """KB120 for a city and its country, each in the other's place."""
    code = tongues.country_code(event.city or "")
    if not code or len(event.city or "") < 3 or tongues.country(event.country or "").values:
        return None
    told = {"city": event.country, "country": code}
    return source.problem(
        "KB120",
        ("country",),
        f"{shown(event.country)} is no country, and {shown(event.city)} no city",
        "write it so:\n" + lines_of(told),
        cures=cures.writing_all(source, told, "write each in its place"),
    )


def twice(
    source: Source, path: Path, said: str, *, at: Path = (), certain: bool = False
) -> Problem:
    """KB130 for an item of a list that this or another list has too; `at` is what to point to."""
    return source.problem(
        "KB130",
        at or path,
        said,
        "remove one of the two",
        cures=cures.removing(source, path, certain=certain),
    )


def _unknown(field: str, value: str, meaning: Meaning, source: Source) -> Problem:
    """KB120: nobody knows a language or country of that name or code."""
    guesses = any_of([f"{as_pasted(code)} ({_name_of(field, code)})" for code in meaning.values])
    hint = f"write {guesses}" if meaning.certain else f"did you mean {guesses}?"
    if not guesses:
        example = "en" if field == "language" else "NL"
        hint = f"write its code of two letters, as {example}, or its name in English"
    return source.problem(
        "KB120",
        (field,),
        f"there is no {field} {shown(value)}",
        hint,
        cures=written(source, (field,), meaning),
    )


def _name_of(field: str, code: str) -> str:
    known = tongues.countries() if field == "country" else tongues.languages()
    return known.get(code, code)


def _title(session: Session, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """KB121: what the schedule put around the title."""
    names = [] if "speakers" in lost else [each.name or "" for each in session.speakers]
    found = titles.around(session.title, names)
    if found is None:
        if session.title.isupper() and len(session.title.split()) > 2 and not session.sources:
            yield _shouted(session.title, source)
        return
    said = found.field in session.model_fields_set or found.field in lost
    moves = found.field in ("kind", "status") and not said
    wanted: dict[str, Any] = {"title": found.title} | ({found.field: found.value} if moves else {})
    yield source.problem(
        "KB121",
        ("title",),
        f"{shown(found.was)} is no part of the title",
        "write it so:\n" + lines_of(wanted),
        part=Part(found.was),
        cures=cures.writing_all(
            source,
            wanted,
            "take it out of the title",
            certain=moves or getattr(session, found.field, None) == found.value,
        ),
    )


def _shouted(title: str, source: Source) -> Problem:
    """KB121 for a title in capital letters, which no schedule has so."""
    right = title.capitalize()
    return source.problem(
        "KB121",
        ("title",),
        "the title is in capital letters only",
        f"write it as a sentence, as title: {as_pasted(right)}",
        cures=cures.writing(source, ("title",), right),
    )


def _twice(record: BaseModel, source: Source, lost: Set[str]) -> Iterator[Problem]:
    """KB130: the same word twice in one list."""
    lists = _LISTS | _WORDS if isinstance(record, Named) else _LISTS
    for field in sorted(lists.intersection(models.keys(type(record))).difference(lost)):
        seen: dict[str, str] = {}
        for at, text in enumerate(getattr(record, field)):
            key = text if field in _WORDS else slugs.name_key(text)
            if key in seen:
                said = f"{shown(text)} is listed twice under {field.replace('_', ' ')}"
                yield twice(source, (field, at), said, certain=text == seen[key])
            seen.setdefault(key, text)


def _names(session: Session, source: Source) -> Iterator[Problem]:
    """KB122 and KB127: names of speakers and their companies in which more than a name stands, or
    something else.
    """
    listed = bool(session.sources)
    for at, speaker in enumerate(session.speakers):
        path: Path = ("speakers", at)
        if speaker.org:
            yield from _company(speaker, path, source)
        if speaker.name is None or speaker.id:
            continue
        if odd := callings.no_person(speaker.name):
            whole = path if len(session.speakers) > 1 else path[:1]
            yield _no_name(speaker.name, odd, (*path, "name"), whole, source)
            continue
        meaning = people.in_name(speaker.name, known=speaker.model_fields_set, listed=listed)
        if meaning.values:
            yield _more_than_a_name(speaker, path, meaning.values, source)


def _more_than_a_name(
    speaker: SpeakerRef, path: Path, values: Sequence[people.People], source: Source
) -> Problem:
    """KB122, with each of the ways in which the name may be read."""
    several = len(values[0]) > 1
    rest = speaker.model_dump(exclude_unset=True, exclude={"name"}) if several else {}
    ways = [[each | rest for each in value] for value in values]
    return source.problem(
        "KB122",
        (*path, "name"),
        f"{shown(speaker.name)} is {'the names of several' if several else 'more than a name'}",
        "write it so:\n" + "\nor so:\n".join(map(lines_of, ways)),
        cures=cures.several(_as_people(source, path, way) for way in ways),
    )


def _as_people(source: Source, path: Path, named: list[people.Person]) -> cures.Cures:
    if len(named) == 1:
        return cures.writing_all(source, named[0], "write the name alone", path)
    return cures.splicing(source, path, named, "write each as a speaker")


def _company(speaker: SpeakerRef, path: Path, source: Source) -> Iterator[Problem]:
    """What is odd about the name of a company."""
    place, name = (*path, "org"), speaker.org or ""
    if odd := callings.no_company(name):
        yield _no_name(name, odd, place, place, source, callings.of_address(name))
    elif (told := callings.at_company(name)) and speaker.role is None:
        way = [speaker.model_dump(exclude_unset=True, exclude={"org"}) | told]
        yield source.problem(
            "KB122",
            place,
            f"{shown(name)} is more than the name of a company",
            "write it so:\n" + lines_of(way),
            cures=cures.splicing(source, path, way, "write the role beside the company"),
        )


def _no_name(
    name: str, odd: callings.Odd, path: Path, whole: Path, source: Source, better: str = ""
) -> Problem:
    """KB127: what stands where the name of somebody should, which may be `better`; `whole` says
    nothing without one.
    """
    way = f"write the name as people say it{f', as {better}' if better else ''}"
    return source.problem(
        "KB127",
        path,
        f"{shown(name)} {odd.what}",
        "remove it until the name is known"
        if odd.nobody
        else f"{way}; where to find more about them is written under 'links' of their page",
        cures=cures.removing(source, whole)
        if odd.nobody
        else cures.writing(source, path, better)
        if better
        else (),
    )


def _unfit(link: Link, path: Path, source: Source) -> Iterator[Problem]:
    """KB124: a link that cannot be of its kind."""
    fault = links.unfit(link.url, link.kind)
    if fault is None:
        return
    kind: Path = (*path, "kind")
    yield source.problem(
        "KB124",
        (*path, "url"),
        f"the link {shown(link.url)} {fault.message}",
        "write " + " or ".join(f"kind: {each}" for each in fault.meaning.values),
        cures=written(source, kind, fault.meaning),
    )
