"""What the graph is made of: frozen nodes that name each other by id, never by reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from kbsite import records
from kbsite.catalog import Thing
from kbsite.claims import Grounds
from kbsite.graph.target import Target
from kbsite.graph.titles import Evidence
from kbsite.hrefs import Href
from kbsite.sources import Source
from kbsite.wikilinks import WikiLink

Meetings: TypeAlias = Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Appearance:
    """One person in one session; `organisation` is an id, `affiliation` how it was written."""

    person: str
    organisation: str | None
    affiliation: str | None
    role: str | None
    moderator: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimNode:
    """Something that the record of a session claims, with everything it names resolved.

    `id` tells it from others of its kind in the session; `at` is in seconds into the video.
    The `report` of its `grounds` is the id of one.
    """

    session: str
    id: str
    at: int | None
    grounds: Grounds

    @property
    def key(self) -> str:
        """What tells it from all others of its kind: "<session id>#<id>"."""
        return f"{self.session}#{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class LearningNode(ClaimNode):
    """`themes` are the learning's own, or else its session's."""

    text: str
    themes: tuple[str, ...]
    by: str | None
    superseded_by: str | None
    supersedes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteNode(ClaimNode):
    text: str
    by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureNode(ClaimNode):
    value: str
    label: str
    note: str | None
    by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnouncementNode(ClaimNode):
    title: str
    organisation: str | None
    by: str | None
    date: date | None
    text: str | None
    url: str | None
    projects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """Another session and why it is related, in words."""

    session: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionNode:
    """A published session; `start` and `end` are in the event's time zone.

    `days` are the days of the event that it is on, in order; none if they are not known.
    `theme_evidence` has what names those of its `themes` that its record does not give, and
    `title_projects` are those of its `projects` that only its title names; `title_themes` are all
    of its `themes` that the title names.
    """

    id: str
    event: str
    record: records.Session
    source: Source
    start: datetime | date | None
    end: datetime | date | None
    days: tuple[date, ...]
    appearances: tuple[Appearance, ...]
    themes: tuple[str, ...]
    theme_evidence: Mapping[str, Evidence]
    title_themes: tuple[str, ...]
    suggested_themes: tuple[str, ...]
    projects: tuple[str, ...]
    title_projects: tuple[str, ...]
    learnings: tuple[LearningNode, ...]
    quotes: tuple[QuoteNode, ...]
    figures: tuple[FigureNode, ...]
    announcements: tuple[AnnouncementNode, ...]

    @property
    def label(self) -> str:
        return self.record.title

    @property
    def called_off(self) -> bool:
        """Whether it does not take place."""
        return self.record.status in ("cancelled", "withdrawn")

    @property
    def claims(self) -> tuple[ClaimNode, ...]:
        """All that its record claims."""
        return (*self.learnings, *self.quotes, *self.figures, *self.announcements)

    @property
    def day(self) -> date | None:
        """The day of its start as a calendar has it, whenever the event's own day begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def several_days(self) -> bool:
        """Whether it lasts over several days."""
        return len(self.days) > 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of an event, which begins when the event says so; `date` is None where it is unknown.

    `begun` begin on it, those of unknown hour last; `continued` have begun on a day before.
    """

    date: date | None
    begun: tuple[str, ...]
    continued: tuple[str, ...]

    @property
    def sessions(self) -> tuple[str, ...]:
        """All that takes place on the day, in the order in which it is shown."""
        return self.begun + self.continued


@dataclass(frozen=True, kw_only=True, slots=True)
class EventNode:
    """An event and its sessions in the order of the schedule."""

    id: str
    record: records.Event
    source: Source
    sessions: tuple[str, ...]
    days: tuple[Day, ...]

    @property
    def label(self) -> str:
        return self.record.short or self.record.name


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeNode:
    """A theme; its sessions are those that are confirmed by their records, titles or tracks,
    `suggested` the others.
    """

    id: str
    record: records.Theme
    source: Source
    body: str
    related: tuple[str, ...]
    projects: tuple[str, ...]
    sessions: tuple[str, ...]
    suggested: tuple[str, ...]
    learnings: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.record.name


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedNode:
    """A person, an organisation or a project, and its sessions, newest first.

    `sessions` are those that somebody or something took part in: that a person spoke in, an
    organisation sent a speaker to, a project was the subject of. `announced` are those in which an
    organisation announced something, or something was announced about a project. It is listed by
    `sort`: its name, and of a person the family name, a comma and the given names.
    """

    id: str
    name: str
    sort: str
    other_names: tuple[str, ...]
    sessions: tuple[str, ...]
    announced: tuple[str, ...]
    links: tuple[records.Link, ...]
    body: str
    source: Source | None

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectNode(NamedNode):
    """What is known of a project; `facts` are its own page's, where it has one."""

    facts: records.ProjectExtension | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordNode:
    """A thing with a record of its own about which nothing more is known.

    `refers` are the ids of what its fields refer to, by the fields' names from the top.
    """

    id: str
    record: records.Named
    source: Source
    body: str
    refers: Mapping[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        return self.record.name


@dataclass(frozen=True, kw_only=True, slots=True)
class PageNode:
    """A hand-written page. `file` is its path inside content/, `path` its address on the site.

    `links` are the [[links]] in its text that lead somewhere, in order, each with its target;
    `hrefs` those of Markdown that lead to something on the site, each with the record whose file
    it means, if it is one.
    """

    file: str
    path: str
    title: str
    description: str
    searchable: bool
    source: Source
    links: tuple[tuple[WikiLink, Target], ...]
    hrefs: tuple[tuple[Href, Target | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EssayNode:
    """An article or a shift: a hand-written page with a record in its front matter.

    `evidence` are the keys of the learnings its text links to, in order.
    """

    id: str
    record: records.Article | records.Shift
    page: PageNode
    themes: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.record.title


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportNode:
    """An account that claims are taken from: a hand-written page with a record in its front matter.

    `organisation` is its author, where that is the name of one. `sessions` are those with such
    claims, in the order in which sessions are shown.
    """

    id: str
    record: records.Report
    organisation: str | None
    page: PageNode
    sessions: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.record.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A place whose text links to something: what to call it, and its address on the site."""

    title: str
    path: str
    kind: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """The whole knowledge base, linked. Every mapping and tuple is in the order it is shown in:
    events, sessions, articles and reports newest first, everything else by name.

    `others` are the things with records that have no field here, by the thing's name. `meetings`
    are how many sessions each pair of themes shares. `hues` are the quiet colours that stand for
    themes wherever they are shown, `event_hues` those of events. `mentions` maps "thing:id" to the
    places that link to it. `redirects` maps ids that lead to others, by the thing's name: former
    ones of sessions and events, and those that other names of a thing would have.
    """

    events: Mapping[str, EventNode]
    sessions: Mapping[str, SessionNode]
    learnings: Mapping[str, LearningNode]
    themes: Mapping[str, ThemeNode]
    people: Mapping[str, NamedNode]
    organisations: Mapping[str, NamedNode]
    projects: Mapping[str, ProjectNode]
    articles: Mapping[str, EssayNode]
    shifts: Mapping[str, EssayNode]
    reports: Mapping[str, ReportNode]
    others: Mapping[str, Mapping[str, RecordNode]]
    pages: Mapping[str, PageNode]
    assets: tuple[str, ...]
    relations: Mapping[str, tuple[Relation, ...]]
    meetings: Meetings
    hues: Mapping[str, int]
    event_hues: Mapping[str, int]
    mentions: Mapping[str, tuple[Mention, ...]]
    redirects: Mapping[str, Mapping[str, str]]

    def nodes(self, thing: Thing) -> Mapping[str, Any]:
        """All of one kind of thing, by id; each has an `id`, and a `label` for links to it."""
        if thing.name in self.others:
            return self.others[thing.name]
        nodes: Mapping[str, Any] = getattr(self, thing.plural)
        return nodes
