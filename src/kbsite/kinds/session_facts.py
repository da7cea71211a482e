"""What is known of a session beside what was said in it: who, when, where, and what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kbsite.catalog import EVENT, PERSON, PROJECT, SESSION
from kbsite.graph import recordings
from kbsite.graph.nodes import SessionNode
from kbsite.graph.times import clock
from kbsite.kinds import cards, event_entries, previews, videos, words
from kbsite.kinds.base import Data, Part, Ref, Views, part
from kbsite.records import Link, SourceRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Somebody in a session; `organisation` is called as it was there, `sessions` are all."""

    ref: Ref
    organisation: Ref | None
    role: str | None
    moderator: bool
    sessions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """When a session takes place, in words; `iso` and `end` for programs, `end` may be empty."""

    day: str
    hours: str
    iso: str
    zone: str
    end: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldAt:
    """What else is known of the event of a session; `days` and `where` are in words.

    `unsaid` are its days for a session whose own day is not known.
    """

    name: str
    start: date
    end: date
    venue: str | None
    city: str | None
    country: str | None
    days: str
    unsaid: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Something that there is of a session; `at` is the second at which the player begins."""

    kind: str
    label: str
    url: str
    at: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Poster(Data):
    """What stands in the place of a recording until somebody plays it.

    `embed` is what shows it inside a page, empty where nothing does. `start` is the second at which
    it begins, `at` how that is written, empty for the very beginning.
    """

    macro: ClassVar = "poster"
    title: str
    lang: str
    by: str
    hue: int
    url: str
    host: str
    embed: str
    start: int
    at: str


@dataclass(frozen=True, slots=True)
class Speakers(Data):
    macro: ClassVar = "speakers"
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts(Data):
    """What has a word or two to each; `facts` are their names and values.

    `when` is that of the whole event, empty where the page says it already.
    """

    macro: ClassVar = "facts"
    event: Ref
    when: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Themes(Data):
    """The themes that a person gave, those that something else names, and those suggested."""

    macro: ClassVar = "themes"
    given: tuple[cards.ThemeRef, ...]
    named: tuple[tuple[str, tuple[cards.ThemeRef, ...]], ...]
    suggested: tuple[cards.ThemeRef, ...]


@dataclass(frozen=True, slots=True)
class Projects(Data):
    """The projects that a record names, and those that only its title does."""

    macro: ClassVar = "projects"
    given: tuple[Ref, ...]
    in_title: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Sources(Data):
    """Where a record was taken from: the names and addresses of the sources.

    One without an address has its id in the name, if it has one.
    """

    macro: ClassVar = "sources"
    sources: tuple[tuple[str, str | None], ...]


def beside(
    views: Views, node: SessionNode, speakers: tuple[Speaker, ...], held_at: HeldAt
) -> tuple[Part, ...]:
    """What stands in the margin of a session's page."""
    record = node.record
    tracks = "Tracks" if len(record.tracks) > 1 else "Track"
    facts = (
        ("Room", record.room),
        (tracks, ", ".join(record.tracks)),
        ("Level", words.LEVEL_LABELS[record.level] if record.level else ""),
        ("Language", words.language(record.language) if record.language else ""),
    )
    projects = Projects(
        tuple(views.ref(PROJECT, p) for p in node.projects if p not in node.title_projects),
        tuple(views.ref(PROJECT, p) for p in node.title_projects),
    )
    sources = tuple((_source(each), each.url) for each in record.sources)
    return (
        *part(
            "speakers",
            "Speakers" if len(speakers) > 1 else "Speaker",
            Speakers(speakers),
            when=speakers,
        ),
        *part(
            "facts",
            "The session",
            Facts(
                event=Ref(held_at.name, EVENT.path(node.event)),
                when=" · ".join(filter(None, (held_at.days, held_at.where))) if node.day else "",
                facts=tuple((name, value) for name, value in facts if value),
            ),
        ),
        *part(
            "themes",
            "Themes",
            Themes(
                given=cards.theme_refs(
                    views, [id for id in node.themes if id not in node.theme_evidence]
                ),
                named=tuple(_named_themes(views, node)),
                suggested=cards.theme_refs(views, node.suggested_themes),
            ),
            when=node.themes or node.suggested_themes,
        ),
        *part("projects", "Projects", projects, when=node.projects),
        *part("sources", "Where the facts are from", Sources(sources), when=sources),
    )


def _source(source: SourceRef) -> str:
    name = words.SYSTEMS.get(source.system.lower(), source.system)
    return name if source.url or not source.id else f"{name} ({source.id})"


def _named_themes(
    views: Views, node: SessionNode
) -> Iterator[tuple[str, tuple[cards.ThemeRef, ...]]]:
    """The themes that no person has named, under what did."""
    for evidence, by in (("title", "Named in the title"), ("track", "By the track")):
        own = [id for id in node.themes if node.theme_evidence.get(id) == evidence]
        if own:
            yield by, cards.theme_refs(views, own)


def speakers(views: Views, node: SessionNode) -> tuple[Speaker, ...]:
    return tuple(
        Speaker(
            ref=views.ref(PERSON, a.person),
            organisation=cards.affiliation_ref(a),
            role=a.role,
            moderator=a.moderator,
            sessions=len(views.graph.people[a.person].sessions),
        )
        for a in node.appearances
    )


def held_at(views: Views, id: str) -> HeldAt:
    node = views.graph.events[id]
    event = node.record
    days = event_entries.when(node)
    return HeldAt(
        name=event.name,
        start=event.start,
        end=event.end,
        venue=event.venue,
        city=event.city,
        country=event.country,
        days=days,
        unsaid=days if event.start == event.end else f"Day not known; the event: {days}",
        where=event_entries.where(node),
    )


def offers(node: SessionNode) -> tuple[Offer, ...]:
    """All that there is of a session elsewhere, what one watches first."""
    order = list(words.OFFERS)
    links = sorted(node.record.links, key=lambda link: order.index(link.kind))
    own = videos.recording(node)
    seen: Counter[str] = Counter()
    out = []
    for link in links:
        label = _label(link)
        seen[label] += 1
        video = recordings.of(link) if link.kind == "video" else None
        plays = video is not None and video == own and bool(videos.embedded(video.url))
        out.append(
            Offer(
                kind=link.kind,
                label=f"{label} {seen[label]}" if seen[label] > 1 else label,
                url=videos.beginning(video) if video else link.url,
                at=video.start if video and plays else None,
            )
        )
    return tuple(out)


def _label(link: Link) -> str:
    """What to call something: as its record does, or by its kind, or by where it is."""
    return link.label or words.OFFERS[link.kind] or videos.host(link.url) or link.url


def poster(views: Views, node: SessionNode) -> Poster | None:
    """The poster of a session's recording, if there is one."""
    video = videos.recording(node)
    if video is None:
        return None
    graph = views.graph
    return Poster(
        title=node.record.title,
        lang=words.tag(node.record.language),
        by=", ".join(graph.people[a.person].name for a in node.appearances),
        hue=previews.hue_of(views, node),
        url=videos.beginning(video),
        host=videos.host(video.url),
        embed=videos.embedded(video.url),
        start=video.start,
        at=clock(video.start) if video.start else "",
    )


def time_of(node: SessionNode) -> Moment | None:
    if node.start is None or node.day is None:
        return None
    timed = isinstance(node.start, datetime)
    end = node.end if isinstance(node.end, datetime) and not node.several_days else None
    return Moment(
        day=words.days(node.days[0], node.days[-1])
        if node.several_days and not timed
        else words.long_day(node.day),
        hours=words.hours(node),
        iso=node.start.isoformat(),
        zone=words.zone(node.start) if isinstance(node.start, datetime) else "",
        end=end.isoformat() if end else "",
    )


def over(node: SessionNode) -> str:
    """When a session that takes place will be over; empty where that is not known.

    Whether it is over already, the page finds out when it is read: a build knows no clock.
    """
    if node.called_off or node.day is None:
        return ""
    last = node.end or node.start
    return last.isoformat() if isinstance(last, datetime) else f"{last}T23:59:59"


def calendar(node: SessionNode) -> str:
    """Where a session's calendar entry is; empty where it has no time or will not take place."""
    if node.called_off or not isinstance(node.start, datetime):
        return ""
    return f"{SESSION.path(node.id)}{node.id.partition('/')[2]}.ics"
