"""The accounts that claims are taken from: hand-written pages, each with what was taken from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from kbsite.catalog import ORGANISATION, REPORT
from kbsite.graph.nodes import ClaimNode, ReportNode
from kbsite.graph.queries import mentions
from kbsite.kinds import cards, figure_cards, parts, sections, words
from kbsite.kinds.base import Data, Kind, Page, Ref, View, Views, part

C = TypeVar("C", bound=ClaimNode)

FOLDER = Path(__file__).parent
TITLE = "Reports"
TAB = REPORT.index
LEAD = "The accounts that claims on this site are taken from, each with its author."


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportCard:
    ref: Ref
    author: str
    organisation: Ref | None  # that the author is
    publisher: str | None
    day: str
    iso: str
    url: str | None
    taken: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportIndexView(View):
    lead: str
    reports: tuple[ReportCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportView(View):
    card: ReportCard
    published: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FromSession:
    """What an account tells of a session."""

    talk: cards.SessionCard
    learnings: tuple[cards.LearningCard, ...]
    figures: tuple[figure_cards.FigureCard, ...]
    quotes: tuple[cards.QuoteCard, ...]
    announcements: tuple[cards.AnnouncementCard, ...]


@dataclass(frozen=True, slots=True)
class Taken(Data):
    """All that was taken from an account."""

    macro: ClassVar = "taken"
    sessions: tuple[FromSession, ...]


def pages(views: Views) -> Iterator[Page]:
    reports = views.graph.reports
    if reports and f"{REPORT.index}index.md" not in views.graph.pages:
        yield Page(
            kind=REPORT.name,
            path=TAB,
            title=TITLE,
            describe=partial(str, LEAD),
            template="report_index.html",
            searchable=False,
            view=partial(_index, views),
            tab=TAB,
        )
    for node in reports.values():
        yield Page(
            kind=REPORT.name,
            path=node.page.path,
            title=node.record.title,
            describe=partial(_description, views, node),
            template="report.html",
            view=partial(_report, views, node),
            source=node.page.source.path,
            tab=TAB,
            trail=(Ref(TITLE, TAB),),
            wraps=node.page.file,
        )


def _index(views: Views) -> ReportIndexView:
    reports = views.graph.reports.values()
    return ReportIndexView(lead=LEAD, reports=tuple(_card(views, node) for node in reports))


def _card(views: Views, node: ReportNode) -> ReportCard:
    record = node.record
    return ReportCard(
        ref=views.ref(REPORT, node.id),
        author=record.author,
        organisation=views.ref(ORGANISATION, node.organisation) if node.organisation else None,
        publisher=record.publisher,
        day=words.plain_day(record.date) if record.date else "",
        iso=record.date.isoformat() if record.date else "",
        url=record.url,
        taken=_taken_in_words(views, node),
    )


def _taken_in_words(views: Views, node: ReportNode) -> str:
    """How much was taken from an account."""
    sessions = (views.graph.sessions[id] for id in node.sessions)
    taken = sum(claim.grounds.report == node.id for each in sessions for claim in each.claims)
    about = words.count(len(node.sessions), "session")
    if not taken:
        return "nothing taken from it yet"
    return f"{words.count(taken, 'claim')} taken from it, about {about}"


def _description(views: Views, node: ReportNode) -> str:
    record = node.record
    where = f", {record.publisher}" if record.publisher else ""
    taken = _taken_in_words(views, node)
    given = f"An account by {record.author}{where}: {taken}."
    return words.sentence(record.description or given)


def _report(views: Views, node: ReportNode) -> ReportView:
    taken = tuple(_from_session(views, id, node.id) for id in node.sessions)
    found = mentions(views.graph, [REPORT.key(node.id)], node.page.path)
    return ReportView(
        card=_card(views, node),
        published=node.record.date,
        parts=(
            *part("taken-from-here", "Taken from here", Taken(taken), when=taken),
            *part("mentions", "Mentioned in", parts.Mentions(parts.refs(found)), when=found),
        ),
    )


def _from_session(views: Views, id: str, report: str) -> FromSession:
    session = views.graph.sessions[id]

    def told(claims: Iterable[C]) -> list[C]:
        return [claim for claim in claims if claim.grounds.report == report]

    return FromSession(
        talk=views.once(cards.session_card, id),
        learnings=cards.learning_cards(views, (each.key for each in told(session.learnings))),
        figures=tuple(figure_cards.figure_card(views, each) for each in told(session.figures)),
        quotes=tuple(cards.quote_card(views, each) for each in told(session.quotes)),
        announcements=tuple(
            cards.announcement_card(views, each) for each in told(session.announcements)
        ),
    )


KIND = Kind(
    name=REPORT.name,
    folder=FOLDER,
    pages=pages,
    tab=(TITLE, TAB),
    section=sections.FINDINGS,
)
