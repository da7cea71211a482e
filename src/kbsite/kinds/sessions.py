"""The pages of sessions, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite import prose
from kbsite.catalog import EVENT, LEARNING, PERSON, PROJECT, SESSION, THEME
from kbsite.graph import recordings
from kbsite.graph.nodes import SessionNode
from kbsite.graph.queries import Places, mentions
from kbsite.graph.times import clock
from kbsite.kinds import cards, citing, parts, previews, session_index, videos, words
from kbsite.kinds.base import Data, Kind, Page, Part, Ref, View, Views, part

TAB = SESSION.index
INDEX = Ref("Sessions", TAB)
AROUND = 2  # themes whose neighbouring sessions a page leads to
TAKES_PLACE = ("held", "scheduled", "not-recorded")


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Somebody in a session. `organisation` is called as it was there."""

    ref: Ref
    organisation: Ref | None
    role: str | None
    moderator: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """When a session takes place, in words; `iso` and `end` for programs, `end` may be empty."""

    day: str
    hours: str
    iso: str
    zone: str
    end: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Video:
    """Where a recording is, what shows it inside a page, if anything does, and from which second.

    `at` is how that second is written, empty for the very beginning.
    """

    url: str
    embed: str
    start: int
    at: str


@dataclass(frozen=True, slots=True)
class Around:
    """A list that a session is in, and what stands before and after it there."""

    owner: Ref
    before: Ref | None
    after: Ref | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldAt:
    """What else is known of the event of a session."""

    name: str
    start: date
    end: date
    venue: str | None
    city: str | None
    country: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView(View):
    """`begins` and `ends` are in the event's zone."""

    id: str
    subtitle: str | None
    kind: str
    status: str
    takes_place: bool
    event: Ref
    held_at: HeldAt
    time: Moment | None
    begins: datetime | date | None
    ends: datetime | date | None
    room: str | None
    tracks: tuple[str, ...]
    level: str | None
    language: str | None
    language_code: str | None
    lang: str
    speakers: tuple[Speaker, ...]
    themes: tuple[cards.ThemeRef, ...]
    given_themes: tuple[cards.ThemeRef, ...]
    named_themes: tuple[tuple[str, tuple[cards.ThemeRef, ...]], ...]
    suggested_themes: tuple[cards.ThemeRef, ...]
    summary: str | None
    video: Video | None
    recordings: tuple[str, ...]
    around: tuple[Around, ...]


@dataclass(frozen=True, slots=True)
class Taught(Data):
    """What was learned in a session."""

    macro: ClassVar = "taught"
    learnings: tuple[cards.ThemedLearning, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation(Data):
    """An invitation to write down what was learned in a session.

    `to_come` is when it will be over, in ISO 8601; empty where that is not known.
    """

    macro: ClassVar = "invitation"
    recorded: bool
    to_come: str
    contribute: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects that a record names, and those that only its title does."""

    given: tuple[Ref, ...]
    in_title: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Resources(Data):
    macro: ClassVar = "resources"
    links: tuple[cards.Resource, ...]
    projects: Projects


@dataclass(frozen=True, slots=True)
class Related(Data):
    """Other sessions, each with the reason."""

    macro: ClassVar = "related"
    sessions: tuple[tuple[Ref, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was taken from."""

    system: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class About(Data):
    """How to share and cite a session, and where its record comes from."""

    macro: ClassVar = "about"
    title: str
    path: str
    calendar: str
    to_come: str
    citation: citing.Citation
    contributed_by: str | None
    ai_assisted: bool
    reviewed: str | None
    sources: tuple[Origin, ...]
    file: str


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    yield from session_index.pages(views, INDEX)
    places = Places(graph)
    for id, node in graph.sessions.items():
        yield Page(
            kind=SESSION.name,
            path=SESSION.path(id),
            title=node.record.title,
            describe=partial(_description, views, node),
            template="session.html",
            view=partial(_session, views, node, places),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX, views.ref(EVENT, node.event)),
            calendar=_calendar(node),
            previews=(
                *previews.of_themes(views, node.themes[:1]),
                views.once(previews.of_event, node.event),
            ),
        )


def _description(views: Views, node: SessionNode) -> str:
    graph = views.graph
    kind = words.KIND_LABELS[node.record.kind]
    people = ", ".join(graph.people[a.person].name for a in node.appearances)
    by = f" by {people}" if people else ""
    day = f", {words.brief_time(node)}" if node.day else ""
    given = f"{kind}{by} at {graph.events[node.event].record.name}{day}."
    if node.record.summary:
        return words.described(prose.to_text(node.record.summary), given)
    themes = " and ".join(graph.themes[theme].record.name for theme in node.themes)
    return words.described(given, f"On {themes}." if themes else "", node.record.title + ".")


def _session(views: Views, node: SessionNode, places: Places) -> SessionView:
    record = node.record
    video = videos.recording(node)
    given = [id for id in node.themes if id not in node.theme_evidence]
    return SessionView(
        id=node.id,
        kind=words.KIND_LABELS[record.kind],
        status=words.STATUS_LABELS[record.status],
        takes_place=record.status not in ("cancelled", "withdrawn"),
        event=views.ref(EVENT, node.event),
        held_at=views.once(_held_at, node.event),
        time=_time(node),
        begins=node.start,
        ends=node.end,
        room=record.room,
        tracks=record.tracks,
        level=words.LEVEL_LABELS[record.level] if record.level else None,
        language=words.language(record.language) if record.language else None,
        language_code=record.language,
        lang=words.tag(record.language),
        speakers=tuple(
            Speaker(
                ref=views.ref(PERSON, a.person),
                organisation=cards.affiliation_ref(a),
                role=a.role,
                moderator=a.moderator,
            )
            for a in node.appearances
        ),
        themes=cards.theme_refs(views, node.themes),
        given_themes=cards.theme_refs(views, given),
        named_themes=tuple(_named_themes(views, node)),
        suggested_themes=cards.theme_refs(views, node.suggested_themes),
        subtitle=record.subtitle,
        summary=record.summary,
        video=_video(video) if video else None,
        recordings=tuple(
            videos.beginning(recordings.of(link)) for link in record.links if link.kind == "video"
        ),
        around=_around(views, node, places),
        parts=_parts(views, node),
    )


def _video(video: recordings.Recording) -> Video:
    return Video(
        url=videos.beginning(video),
        embed=videos.embedded(video.url),
        start=video.start,
        at=clock(video.start) if video.start else "",
    )


def _named_themes(
    views: Views, node: SessionNode
) -> Iterator[tuple[str, tuple[cards.ThemeRef, ...]]]:
    """The themes that no person has named, under what did."""
    for evidence, by in (("title", "Named in the title"), ("track", "By the track")):
        own = [id for id in node.themes if node.theme_evidence.get(id) == evidence]
        if own:
            yield by, cards.theme_refs(views, own)


def _held_at(views: Views, id: str) -> HeldAt:
    event = views.graph.events[id].record
    return HeldAt(
        name=event.name,
        start=event.start,
        end=event.end,
        venue=event.venue,
        city=event.city,
        country=event.country,
    )


def _parts(views: Views, node: SessionNode) -> tuple[Part, ...]:
    record = node.record
    given = [p for p in node.projects if p not in node.title_projects]
    projects = Projects(
        tuple(views.ref(PROJECT, p) for p in given),
        tuple(views.ref(PROJECT, p) for p in node.title_projects),
    )
    quotes = tuple(cards.quote_card(views, quote) for quote in node.quotes)
    announced = tuple(cards.announcement_card(views, each) for each in node.announcements)
    related = tuple(
        (views.ref(SESSION, relation.session), " · ".join(relation.reasons))
        for relation in views.graph.relations[node.id]
    )
    keys = (SESSION.key(node.id), *(LEARNING.key(each.key) for each in node.learnings))
    mentioned = mentions(views.graph, keys, SESSION.path(node.id))
    learnings = cards.themed_learnings(views, (each.key for each in node.learnings))
    figures = tuple(cards.FigureCard(figure) for figure in record.figures)
    abstract = parts.Prose(record.abstract or "", words.tag(record.language))
    return (
        *part("learnings", "What was learned", Taught(learnings), when=learnings),
        *part("figures", "In numbers", parts.Figures(figures), when=figures),
        *part("quotes", "In their words", parts.Quotes(quotes, in_session=False), when=quotes),
        *part(
            "announcements",
            "Announced",
            parts.Announcements(announced, in_session=False),
            when=announced,
        ),
        *part("abstract", "Abstract", abstract, when=record.abstract),
        *part(
            "resources",
            "Resources",
            Resources(cards.resources(record.links), projects),
            when=record.links or node.projects,
        ),
        *part("related", "Related sessions", Related(related), when=related),
        *part("mentions", "Mentioned in", parts.Mentions(parts.refs(mentioned)), when=mentioned),
        *part("add", "Add what you learned", _invitation(views, node), when=not learnings),
        *part("record", "About this record", _about(views, node)),
    )


def _invitation(views: Views, node: SessionNode) -> Invitation:
    return Invitation(
        recorded=videos.recording(node) is not None,
        to_come=_over(node),
        contribute="contribute/" if "contribute.md" in views.graph.pages else None,
        file=node.source.path,
    )


def _about(views: Views, node: SessionNode) -> About:
    provenance = node.record.provenance
    return About(
        title=node.record.title,
        path=SESSION.path(node.id),
        calendar=_calendar(node),
        to_come=_over(node),
        citation=citing.cite(views.graph, node),
        contributed_by=provenance.contributed_by,
        ai_assisted=provenance.ai_assisted,
        reviewed=words.short_day(provenance.reviewed) if provenance.reviewed else None,
        sources=tuple(Origin(s.system, s.url) for s in node.record.sources if s.url),
        file=node.source.path,
    )


def _time(node: SessionNode) -> Moment | None:
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


def _over(node: SessionNode) -> str:
    """When a session that takes place will be over; empty where that is not known.

    Whether it is over already, the page finds out when it is read: a build knows no clock.
    """
    if node.record.status not in TAKES_PLACE or node.day is None:
        return ""
    last = node.end or node.start
    return last.isoformat() if isinstance(last, datetime) else f"{last}T23:59:59"


def _calendar(node: SessionNode) -> str:
    """Where a session's calendar entry is; empty where it has no time or will not take place."""
    if node.record.status not in TAKES_PLACE or not isinstance(node.start, datetime):
        return ""
    return f"{SESSION.path(node.id)}{node.id.partition('/')[2]}.ics"


def _around(views: Views, node: SessionNode, places: Places) -> tuple[Around, ...]:
    """The lists that a session is in with others."""
    event = views.ref(EVENT, node.event)
    owners = (
        Ref(f"Schedule: {event.text}", event.path) if node.days else event,
        *(views.ref(THEME, theme) for theme in node.themes[:AROUND]),
    )
    found = ((owner, places.around(owner.path, node.id)) for owner in owners)
    return tuple(
        Around(owner, *(views.ref(SESSION, id) if id else None for id in beside))
        for owner, beside in found
        if beside
    )


KIND = Kind(name=SESSION.name, folder=Path(__file__).parent, pages=pages, tab=("Sessions", TAB))
