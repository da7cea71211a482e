"""A session: one file of an event's folder."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from kbsite.fields import (
    Day,
    Flag,
    Id,
    Line,
    Many,
    OrganisationName,
    PersonName,
    ProjectName,
    Prose,
    ReportName,
    SessionId,
    SessionRef,
    ThemeName,
    Url,
    When,
)
from kbsite.records.base import Link, Record
from kbsite.records.claims import Announcement, Basis, Figure, Learning, Quote

SessionKind: TypeAlias = Literal[
    "talk", "keynote", "panel", "tutorial", "lightning", "workshop", "bof", "poster",
    "contribfest", "demo", "meeting", "film", "other",
]  # fmt: skip
Status: TypeAlias = Literal["held", "scheduled", "cancelled", "not-recorded", "withdrawn"]
Level: TypeAlias = Literal["beginner", "intermediate", "advanced", "any"]


class SpeakerRef(Record):
    """One appearance: the affiliation of that day belongs to it, not to the person."""

    name: PersonName | None = Field(
        default=None,
        title="Name",
        description="The name, without title and company; not needed beside an id that is known.",
        examples=["Ada Example"],
    )
    id: Id | None = Field(
        default=None,
        title="Id",
        description="Tells apart two people of one name; by default the name makes it.",
        examples=["ada-example"],
    )
    org: OrganisationName | None = Field(
        default=None,
        title="Organisation",
        description="The employer on that day, by id or name.",
        examples=["Example Works"],
    )
    role: Line | None = Field(
        default=None, title="Role", description="The role there.", examples=["Kernel engineer"]
    )
    moderator: Flag = Field(
        default=False,
        title="Moderator",
        description="Whether this person led the discussion.",
        examples=[True],
    )


class SourceRef(Record):
    system: Line = Field(
        title="System",
        description="What kind of source: the format of an import, or a word of your own.",
        examples=["sched"],
    )
    id: Line | None = Field(
        default=None,
        title="Id",
        description="What the entry is called there.",
        examples=["4f2a9c"],
    )
    url: Url | None = Field(
        default=None,
        title="Address",
        description="Where it can be read.",
        examples=["https://example.org/schedule/4f2a9c"],
    )


class Provenance(Record):
    contributed_by: Line | None = Field(
        default=None,
        title="Contributed by",
        description="Who wrote the record and stands for it.",
        examples=["Cem Example"],
    )
    reviewed: Day | None = Field(
        default=None,
        title="Reviewed",
        description="The day on which a person last checked it.",
        examples=["2026-04-01"],
    )
    ai_assisted: Flag = Field(
        default=False,
        title="AI-assisted",
        description="Whether AI helped to write it.",
        examples=[True],
    )


class Session(Record):
    title: Line = Field(
        title="Title",
        description="As the audience saw it, without speakers, emoji or a prefix such as Keynote.",
        examples=["Kernel news in ten minutes"],
    )
    subtitle: Line | None = Field(
        default=None,
        title="Subtitle",
        description="What the schedule has below the title, if anything.",
        examples=["And what the scheduler did next"],
    )
    kind: SessionKind = Field(
        default="talk",
        title="Kind",
        description="What sort of session it is.",
        examples=["keynote"],
    )
    status: Status = Field(
        default="held", title="Status", description="Whether it took place.", examples=["cancelled"]
    )
    start: When | None = Field(
        default=None,
        title="Start",
        description="A date, or a date and a time in the event's time zone; an offset may follow.",
        examples=["2026-03-24T11:15", "2026-03-24"],
    )
    end: When | None = Field(
        default=None,
        title="End",
        description="When it ends, written as its start is.",
        examples=["2026-03-24T11:45"],
    )
    room: Line | None = Field(
        default=None, title="Room", description="As the schedule has it.", examples=["Hall A"]
    )
    tracks: Many[Line] = Field(
        default=(),
        title="Tracks",
        description="The parts of the programme it belongs to, as the schedule has them.",
        examples=[["Observability"]],
    )
    level: Level | None = Field(
        default=None,
        title="Level",
        description="Whom it is for; left out where that is not known.",
        examples=["intermediate"],
    )
    language: Line | None = Field(
        default=None,
        title="Language",
        description="What is spoken, by its code or its name.",
        examples=["en"],
    )
    speakers: Many[SpeakerRef] = Field(
        default=(),
        title="Speakers",
        description="Who speaks, each with the affiliation of that day.",
        examples=[[{"name": "Ada Example", "org": "Example Works"}]],
    )
    summary: Prose | None = Field(
        default=None,
        title="Summary",
        description="One or two sentences of your own.",
        examples=["Where the time went in the network stack, and how it was won back."],
    )
    abstract: Prose | None = Field(
        default=None,
        title="Abstract",
        description="The talk's own abstract, only if it may be published.",
        examples=["In this talk we look at the kernel."],
    )
    themes: Many[ThemeName] = Field(
        default=(),
        title="Themes",
        description="What it certainly is about, beside what its title names: ids, names or "
        "aliases of the files in themes/.",
        examples=[["ebpf"]],
    )
    suggested_themes: Many[ThemeName] = Field(
        default=(),
        title="Suggested themes",
        description="What it probably is about, as long as nobody has confirmed it.",
        examples=[["observability"]],
    )
    projects: Many[ProjectName] = Field(
        default=(),
        title="Projects",
        description="The projects it is about, beside what its title names, by id or name.",
        examples=[["Tiny Kernel"]],
    )
    not_about: Many[Line] = Field(
        default=(),
        title="Not about",
        description="Themes and projects that its title or track only seems to name or suggest.",
        examples=[["Tiny Kernel"]],
    )
    basis: Basis | None = Field(
        default=None,
        title="Basis",
        description="Where all that follows comes from, unless one of them says otherwise: "
        "speakers said it, slides showed it, an account reports it (with `from`), or it is "
        "inferred.",
        examples=["reported"],
    )
    report: ReportName | None = Field(
        default=None,
        alias="from",
        title="Account",
        description="The account that reports it, unless one of them names another: the id of a "
        "page in content/reports.",
        examples=["a-week-among-kernels"],
    )
    learnings: Many[Learning] = Field(
        default=(),
        title="Learnings",
        description="What one can take away from it.",
        examples=[[{"id": "fewer-copies", "text": "Most of the gain came from copying less."}]],
    )
    quotes: Many[Quote] = Field(
        default=(),
        title="Quotes",
        description="What was said, word for word.",
        examples=[[{"text": "Slow is smooth.", "by": "Ada Example"}]],
    )
    figures: Many[Figure] = Field(
        default=(),
        title="Figures",
        description="The numbers it gave.",
        examples=[[{"value": "30 million", "label": "predictions a second at peak"}]],
    )
    announcements: Many[Announcement] = Field(
        default=(),
        title="Announcements",
        description="What was announced there or followed from it.",
        examples=[[{"title": "Tiny Kernel joins the foundation", "by": "Example Works"}]],
    )
    links: Many[Link] = Field(
        default=(),
        title="Links",
        description="Its recording, its slides and what else there is on the web.",
        examples=[[{"kind": "video", "url": "https://example.org/talk"}]],
    )
    related: Many[SessionRef] = Field(
        default=(),
        title="Related sessions",
        description="Sessions that belong with it, each by its event's folder and its own name.",
        examples=[["example-conf/kernel-news"]],
    )
    aliases: Many[SessionId] = Field(
        default=(),
        title="Former ids",
        description="Ids that it had before; the address of each leads to it.",
        examples=[["example-conf/kernel-news-2"]],
    )
    sources: Many[SourceRef] = Field(
        default=(),
        title="Sources",
        description="Where the facts were read, by an import or by you.",
        examples=[[{"system": "sched", "url": "https://example.org/schedule/4f2a9c"}]],
    )
    publish: Flag = Field(
        default=True,
        title="Published",
        description="`false` keeps it out of everything that is published.",
        examples=[False],
    )
    provenance: Provenance = Field(
        default=Provenance(),
        title="Provenance",
        description="Who stands for the record.",
        examples=[{"contributed_by": "Cem Example"}],
    )
