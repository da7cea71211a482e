"""The pages of sessions, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite import prose
from kbsite.catalog import EVENT, LEARNING, SESSION
from kbsite.graph import recordings
from kbsite.graph.nodes import SessionNode
from kbsite.graph.queries import Places, mentions
from kbsite.kinds import (
    cards,
    figure_cards,
    parts,
    previews,
    sections,
    session_facts,
    session_further,
    session_index,
    session_record,
    videos,
    words,
)
from kbsite.kinds.base import Data, Kind, Page, Part, Ref, View, Views, part
from kbsite.kinds.evidence import Account, accounts
from kbsite.wording import all_of

TAB = SESSION.index
INDEX = Ref("Sessions", TAB)
OFFERED = frozenset(("video", "slides", "code", "article"))  # what a description tells of
NAMED = 3  # speakers whom a title of the page names


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView(View):
    """`begins` and `ends` are in the event's zone.

    `calendar` is where its entry for calendars is, `to_come` when it will be over; each empty where
    there is none. `again` are the other times that the talk was given. `beside` is for the margin,
    which stands after the first `own` of the parts where there is no room beside them.
    """

    id: str
    subtitle: str | None
    kind: str
    status: str
    takes_place: bool
    event: Ref
    held_at: session_facts.HeldAt
    time: session_facts.Moment | None
    again: tuple[Ref, ...]
    begins: datetime | date | None
    ends: datetime | date | None
    room: str | None
    language_code: str | None
    lang: str
    speakers: tuple[session_facts.Speaker, ...]
    themes: tuple[cards.ThemeRef, ...]
    summary: str | None
    offers: tuple[session_facts.Offer, ...]
    recordings: tuple[str, ...]
    accounts: tuple[Account, ...]
    calendar: str
    to_come: str
    beside: tuple[Part, ...]
    own: int
    around: tuple[session_further.Around, ...]


@dataclass(frozen=True, slots=True)
class Taught(Data):
    """What was learned in a session."""

    macro: ClassVar = "taught"
    learnings: tuple[cards.ThemedLearning, ...]


@dataclass(frozen=True, slots=True)
class Summary(Data):
    """A session in a sentence or two, in Markdown."""

    macro: ClassVar = "summary"
    text: str
    lang: str


def pages(views: Views) -> Iterator[Page]:
    graph = views.graph
    yield from session_index.pages(views, INDEX)
    places = Places(graph)
    for id, node in graph.sessions.items():
        yield Page(
            kind=SESSION.name,
            path=SESSION.path(id),
            title=node.record.title,
            full_title=_full_title(views, node),
            describe=partial(_description, views, node),
            template="session.html",
            view=partial(_session, views, node, places),
            source=node.source.path,
            tab=TAB,
            trail=(INDEX, views.ref(EVENT, node.event)),
            calendar=session_facts.calendar(node),
            previews=(
                previews.of_session(views, node),
                *previews.of_themes(views, node.themes[:1]),
                views.once(previews.of_event, node.event),
            ),
        )


def _full_title(views: Views, node: SessionNode) -> str:
    """The title with who and where, for those who see nothing else of the page."""
    graph = views.graph
    names = [graph.people[a.person].name for a in node.appearances]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} more"]
    said = (node.record.title, ", ".join(names), graph.events[node.event].label)
    return " – ".join(filter(None, said))


def _description(views: Views, node: SessionNode) -> str:
    graph = views.graph
    kind = words.KIND_LABELS[node.record.kind]
    people = ", ".join(graph.people[a.person].name for a in node.appearances)
    by = f" by {people}" if people else ""
    day = f", {words.brief_time(node)}" if node.day else ""
    given = words.ended(f"{kind}{by} at {graph.events[node.event].record.name}{day}")
    if node.record.summary:
        return words.described(prose.to_text(node.record.summary), given)
    kinds = {link.kind for link in node.record.links}
    there_is = [name.lower() for kind, name in words.OFFERS.items() if kind in kinds & OFFERED]
    names = [graph.themes[theme].record.name for theme in node.themes]
    themes = " and ".join(names)
    tracks = [track for track in node.record.tracks if track not in names]
    return words.described(
        given,
        words.CALLED_OFF.get(node.record.status, ""),
        words.ended(f"On {themes}") if themes else "",
        f"With {all_of(there_is)}." if there_is else "",
        words.ended(f"Track: {', '.join(tracks)}") if tracks else "",
    )


def _session(views: Views, node: SessionNode, places: Places) -> SessionView:
    record = node.record
    speakers = session_facts.speakers(views, node)
    held_at = views.once(session_facts.held_at, node.event)
    own = _own(views, node)
    return SessionView(
        id=node.id,
        kind=words.KIND_LABELS[record.kind],
        status=words.CALLED_OFF.get(record.status) or words.STATUS_LABELS[record.status],
        takes_place=not node.called_off,
        event=views.ref(EVENT, node.event),
        held_at=held_at,
        time=session_facts.time_of(node),
        again=session_further.again(views, node),
        begins=node.start,
        ends=node.end,
        room=record.room,
        language_code=record.language,
        lang=words.tag(record.language),
        speakers=speakers,
        themes=cards.theme_refs(views, node.themes),
        subtitle=record.subtitle,
        summary=record.summary,
        offers=session_facts.offers(node),
        accounts=accounts(views, node.claims),
        recordings=tuple(
            videos.beginning(recordings.of(link)) for link in record.links if link.kind == "video"
        ),
        calendar=session_facts.calendar(node),
        to_come=session_facts.over(node),
        beside=session_facts.beside(views, node, speakers, held_at),
        own=len(own),
        around=session_further.around(views, node, places),
        parts=(*own, *session_further.further(views, node), *_record(views, node)),
    )


def _own(views: Views, node: SessionNode) -> tuple[Part, ...]:
    """What was said in a session, and its recording."""
    record, lang = node.record, words.tag(node.record.language)
    learnings = cards.themed_learnings(views, (each.key for each in node.learnings))
    figures = tuple(figure_cards.figure_card(views, figure) for figure in node.figures)
    quotes = tuple(cards.quote_card(views, quote) for quote in node.quotes)
    announced = tuple(cards.announcement_card(views, each) for each in node.announcements)
    abstract = parts.Prose(record.abstract or "", lang)
    poster = session_facts.poster(views, node)
    return (
        *part("learnings", "What was learned", Taught(learnings), when=learnings),
        *part("summary", "In short", Summary(record.summary or "", lang), when=record.summary),
        *part("abstract", "Abstract", abstract, when=record.abstract),
        *part("figures", "In numbers", parts.Figures(figures, in_session=False), when=figures),
        *part("quotes", "In their words", parts.Quotes(quotes, in_session=False), when=quotes),
        *part(
            "announcements",
            "Announced",
            parts.Announcements(announced, in_session=False),
            when=announced,
        ),
        *((Part("recording", "Recording", poster),) if poster else ()),
    )


def _record(views: Views, node: SessionNode) -> Iterator[Part]:
    """How to add to a session's record, to cite it, and who names it."""
    invites = not node.learnings and not node.called_off
    keys = (SESSION.key(node.id), *(LEARNING.key(each.key) for each in node.learnings))
    mentioned = mentions(views.graph, keys, SESSION.path(node.id))
    if invites:
        yield Part("add", "Add what you learned", session_record.invitation(views, node))
    yield from part(
        "mentions", "Mentioned in", parts.Mentions(parts.refs(mentioned)), when=mentioned
    )
    yield Part("record", "About this record", session_record.about(views, node))


KIND = Kind(
    name=SESSION.name,
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Sessions", TAB),
    section=sections.EVENTS,
)
