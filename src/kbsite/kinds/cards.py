"""The small views that many pages share: references, and cards of sessions, learnings and quotes.

Every `path` is an address from the root of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kbsite import prose
from kbsite.catalog import (
    ANNOUNCEMENT,
    EVENT,
    LEARNING,
    ORGANISATION,
    PERSON,
    PROJECT,
    QUOTE,
    SESSION,
    THEME,
    Thing,
)
from kbsite.graph.nodes import (
    AnnouncementNode,
    Appearance,
    LearningNode,
    QuoteNode,
    SessionNode,
)
from kbsite.graph.queries import most
from kbsite.kinds import words
from kbsite.kinds.base import Ref, Views
from kbsite.kinds.evidence import Evidence, evidence
from kbsite.records import Link

BRIEF = 60  # characters of a learning that stand for it
NAMED = 3  # speakers that a row of a session names, and one more if he is the last
COMMON = 12  # entries of a list of what is most frequent


@dataclass(frozen=True, slots=True)
class ThemeRef(Ref):
    """A theme, with the hue that stands for it in every chip and chart."""

    hue: int


@dataclass(frozen=True, slots=True)
class SpeakerRef(Ref):
    """Somebody who spoke in a session, with the organisation as it was called there."""

    organisation: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What there is of a session, as a small sign: which, what it says, and in words.

    The words go on after what it says.
    """

    name: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A reference and how often it occurs."""

    ref: Ref
    number: int


@dataclass(frozen=True, slots=True)
class More:
    """The way to the whole of a list of which a page shows the beginning."""

    number: int
    noun: str
    path: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A link as an entry of a list: its kind, what it says and where it leads."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCard:
    """A session as a row of a list, or as a place in a schedule.

    `hue` is of the first of its themes. `theme` is that too, or else the first that is `suggested`.
    """

    ref: Ref
    kind: str
    status: str
    event: Ref
    when: str
    hours: str
    room: str
    speakers: tuple[SpeakerRef, ...]
    hue: int | None
    theme: ThemeRef | None
    suggested: bool
    signs: tuple[Sign, ...]

    @property
    def named(self) -> tuple[SpeakerRef, ...]:
        """The speakers that a row has room for."""
        return some(self.speakers)

    @property
    def unnamed(self) -> int:
        """How many others there are."""
        return len(self.speakers) - len(self.named)


def some(speakers: tuple[SpeakerRef, ...]) -> tuple[SpeakerRef, ...]:
    """The first of several speakers, or all of them if they are few."""
    return speakers if len(speakers) <= NAMED + 1 else speakers[:NAMED]


@dataclass(frozen=True, slots=True)
class OfEvent:
    """Sessions of one event in a list; `anchor` is unique on its page."""

    anchor: str
    event: Ref
    cards: tuple[SessionCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LearningCard:
    """`text` is Markdown; `brief` its first words. `by` is who said it unless the evidence tells.

    Its `hue`, as that of other cards, is of the first of its themes.
    """

    ref: Ref
    id: str
    text: str
    brief: str
    session: Ref
    event: Ref
    by: Ref | None
    hue: int | None
    superseded_by: Ref | None
    supersedes: tuple[Ref, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ThemedLearning:
    """A learning where its themes are named."""

    card: LearningCard
    themes: tuple[ThemeRef, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteCard:
    ref: Ref
    id: str
    text: str
    brief: str
    by: Ref | None
    affiliation: str
    session: Ref
    evidence: Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncementCard:
    ref: Ref
    id: str
    title: str
    brief: str
    by: Ref | None
    day: str
    iso: str
    text: str | None
    url: str | None
    projects: tuple[Ref, ...]
    session: Ref
    hue: int | None
    evidence: Evidence


def more(number: int, limit: int, noun: str, path: str) -> More | None:
    """The way to all of them, where there are more than the `limit` that is shown."""
    return More(number, noun, path) if number > limit else None


def resources(links: Iterable[Link]) -> tuple[Resource, ...]:
    kinds = ((words.LINK_LABELS[link.kind], link) for link in links)
    return tuple(Resource(kind, link.label or kind, link.url) for kind, link in kinds)


def theme_ref(views: Views, id: str) -> ThemeRef:
    graph = views.graph
    return ThemeRef(graph.themes[id].label, THEME.path(id), graph.hues[id])


def theme_refs(views: Views, ids: Iterable[str]) -> tuple[ThemeRef, ...]:
    return tuple(views.once(theme_ref, id) for id in ids)


def _hue(views: Views, themes: Sequence[str]) -> int | None:
    return views.graph.hues[themes[0]] if themes else None


def affiliation_ref(appearance: Appearance) -> Ref | None:
    """The organisation of an appearance, called what it was called there."""
    if appearance.organisation is None:
        return None
    return Ref(appearance.affiliation or "", ORGANISATION.path(appearance.organisation))


def session_card(views: Views, id: str) -> SessionCard:
    node = views.graph.sessions[id]
    about = next(iter(node.themes or node.suggested_themes), None)
    return SessionCard(
        ref=views.ref(SESSION, id),
        kind="" if node.record.kind == "talk" else words.KIND_LABELS[node.record.kind],
        status=words.STATUS_LABELS[node.record.status],
        event=views.ref(EVENT, node.event),
        when=words.brief_time(node),
        hours=words.hours(node),
        room=node.record.room or "",
        speakers=tuple(_speaker(views, a) for a in node.appearances),
        hue=_hue(views, node.themes),
        theme=views.once(theme_ref, about) if about else None,
        suggested=not node.themes,
        signs=tuple(_signs(node)),
    )


def _speaker(views: Views, appearance: Appearance) -> SpeakerRef:
    ref = views.ref(PERSON, appearance.person)
    return SpeakerRef(ref.text, ref.path, appearance.affiliation or "")


def _signs(node: SessionNode) -> Iterator[Sign]:
    linked = {link.kind for link in node.record.links}
    for kind, word in words.MARKS.items():
        if kind in linked:
            yield Sign(word.lower(), "", word)
    if node.learnings:
        number, noun = words.count(len(node.learnings), "learning").split()
        yield Sign("learnings", number, f" {noun}")


def session_cards(views: Views, ids: Iterable[str]) -> tuple[SessionCard, ...]:
    return tuple(views.once(session_card, id) for id in ids)


def by_event(views: Views, ids: Iterable[str]) -> tuple[OfEvent, ...]:
    """Session cards under their events, in the order given."""
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(views.graph.sessions[id].event, []).append(id)
    return tuple(
        OfEvent(event_anchor(event), views.ref(EVENT, event), session_cards(views, held))
        for event, held in groups.items()
    )


def event_anchor(event: str) -> str:
    """Where the sessions of an event begin on a page that lists those of several."""
    return f"event-{event}"


def learning_card(views: Views, key: str) -> LearningCard:
    graph = views.graph
    node = graph.learnings[key]
    session = graph.sessions[node.session]
    where = evidence(views, node, node.by)
    newer = graph.learnings.get(node.superseded_by) if node.superseded_by else None
    return LearningCard(
        ref=Ref("Link to this learning", LEARNING.path(key)),
        id=node.id,
        text=node.text,
        brief=words.sentence(prose.to_text(node.text), BRIEF),
        session=views.ref(SESSION, node.session),
        event=views.ref(EVENT, session.event),
        by=views.ref(PERSON, node.by) if node.by and not where.by else None,
        hue=_hue(views, node.themes),
        superseded_by=_in_its_session(views, newer) if newer else None,
        supersedes=tuple(_in_its_session(views, graph.learnings[k]) for k in node.supersedes),
        evidence=where,
    )


def learning_cards(views: Views, keys: Iterable[str]) -> tuple[LearningCard, ...]:
    return tuple(views.once(learning_card, key) for key in keys)


def themed_learnings(views: Views, keys: Iterable[str]) -> tuple[ThemedLearning, ...]:
    learnings = views.graph.learnings
    return tuple(
        ThemedLearning(views.once(learning_card, key), theme_refs(views, learnings[key].themes))
        for key in keys
    )


def _in_its_session(views: Views, node: LearningNode) -> Ref:
    """A learning, by the title of its session."""
    return Ref(views.graph.sessions[node.session].label, LEARNING.path(node.key))


def quote_card(views: Views, quote: QuoteNode) -> QuoteCard:
    session = views.graph.sessions[quote.session]
    own = (a.affiliation or "" for a in session.appearances if a.person == quote.by)
    return QuoteCard(
        ref=Ref("Link to this quote", QUOTE.path(quote.key)),
        id=quote.id,
        text=quote.text,
        brief=words.sentence(prose.to_text(quote.text), BRIEF),
        by=views.ref(PERSON, quote.by) if quote.by else None,
        affiliation=next(own, ""),
        session=views.ref(SESSION, quote.session),
        evidence=evidence(views, quote),
    )


def announcement_card(views: Views, node: AnnouncementNode) -> AnnouncementCard:
    return AnnouncementCard(
        ref=Ref("Link to this announcement", ANNOUNCEMENT.path(node.key)),
        id=node.id,
        title=node.title,
        brief=node.title,
        by=views.ref(ORGANISATION, node.organisation) if node.organisation else None,
        day=words.short_day(node.date) if node.date else "",
        iso=node.date.isoformat() if node.date else "",
        text=node.text,
        url=node.url,
        projects=tuple(views.ref(PROJECT, p) for p in node.projects),
        session=views.ref(SESSION, node.session),
        hue=_hue(views, views.graph.sessions[node.session].themes),
        evidence=evidence(views, node),
    )


def tallied(
    views: Views, thing: Thing, ids: Iterable[str], limit: int = COMMON
) -> tuple[Tally, ...]:
    """The things that occur most often."""
    return tuple(Tally(views.ref(thing, id), number) for id, number in most(ids, limit))


def people_in(views: Views, sessions: Iterable[str]) -> Iterable[str]:
    """Everybody who spoke in some sessions, as often as they did."""
    return (a.person for id in sessions for a in views.graph.sessions[id].appearances)


def organisations_in(views: Views, sessions: Iterable[str]) -> Iterable[str]:
    """Each organisation that sent somebody to some sessions, once for each session."""
    return (
        organisation
        for id in sessions
        for organisation in dict.fromkeys(
            a.organisation for a in views.graph.sessions[id].appearances
        )
        if organisation
    )


def themes_in(views: Views, sessions: Iterable[str]) -> Iterable[str]:
    return (theme for id in sessions for theme in views.graph.sessions[id].themes)


def learnings_in(views: Views, sessions: Iterable[str]) -> list[str]:
    """The keys of all that was learned in some sessions."""
    return [each.key for id in sessions for each in views.graph.sessions[id].learnings]
