"""What a session's record says was learned, said, counted or announced there."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from kbsite.fields import (
    At,
    Day,
    Id,
    LearningKey,
    Line,
    Many,
    OrganisationName,
    ProjectName,
    Prose,
    ReportName,
    ThemeName,
    Url,
)
from kbsite.records.base import Record

Basis: TypeAlias = Literal["said", "shown", "reported", "inferred"]
BasisField: TypeAlias = Annotated[
    Basis | None,
    Field(
        title="Basis",
        description="Where it comes from: a speaker said it (with `by` or `at`), a slide showed "
        "it, an account reports it (with `from`), or it is inferred, by you or by the author of an "
        "account (with `from`). By default what the session says for all.",
        examples=["reported"],
    ),
]
ReportField: TypeAlias = Annotated[
    ReportName | None,
    Field(
        alias="from",
        title="Account",
        description="The account that reports it, or whose author concluded it: the id of a page "
        "in content/reports. By default what the session says for all that is reported.",
        examples=["a-week-among-kernels"],
    ),
]
SpeakerField: TypeAlias = Annotated[
    Line | None,
    Field(
        title="Speaker",
        description="Who said it: one of the session's speakers, by name or id.",
        examples=["Ada Example"],
    ),
]
MinuteField: TypeAlias = Annotated[
    At | None,
    Field(
        title="Minute in the video",
        description="Where in the video it is said, in minutes and seconds or with hours.",
        examples=["12:30", "1:02:30"],
    ),
]


class Learning(Record):
    """`at` is in seconds into the video."""

    id: Id = Field(
        title="Id",
        description="A few words that never change: the learning's address ends in them.",
        examples=["fewer-copies"],
    )
    text: Prose = Field(
        title="Text",
        description="One to three sentences in your own words.",
        examples=["Most of the gain came from copying less, not from faster code."],
    )
    themes: Many[ThemeName] = Field(
        default=(),
        title="Themes",
        description="The themes it belongs to, by id, name or alias.",
        examples=[["ebpf"]],
    )
    by: SpeakerField = None
    at: MinuteField = None
    superseded_by: LearningKey | None = Field(
        default=None,
        title="Superseded by",
        description="The learning that took its place: its id in this session, or the id of "
        "another session, # and its id there.",
        examples=["no-copies", "example-conf/kernel-news#no-copies"],
    )
    basis: BasisField = None
    report: ReportField = None


class Quote(Record):
    """`at` is in seconds into the video."""

    id: Id | None = Field(
        default=None,
        title="Id",
        description="A few words that never change: the quote's address ends in them. Without "
        "one its own first words do.",
        examples=["slow-is-smooth"],
    )
    text: Prose = Field(
        title="Text", description="What was said, word for word.", examples=["Slow is smooth."]
    )
    by: SpeakerField = None
    at: MinuteField = None
    basis: BasisField = None
    report: ReportField = None


class Figure(Record):
    """`at` is in seconds into the video."""

    id: Id | None = Field(
        default=None,
        title="Id",
        description="A few words that never change: the figure's address ends in them. Without "
        "one its own first words do.",
        examples=["predictions-a-second"],
    )
    value: Line = Field(
        title="Value", description="The number, with its unit.", examples=["30 million"]
    )
    label: Line = Field(
        title="Label",
        description="What the number counts.",
        examples=["predictions a second at peak"],
    )
    note: Prose | None = Field(
        default=None,
        title="Note",
        description="What one has to know to read it rightly.",
        examples=["Measured in production, in one region."],
    )
    by: SpeakerField = None
    at: MinuteField = None
    basis: BasisField = None
    report: ReportField = None


class Announcement(Record):
    """`at` is in seconds into the video."""

    id: Id | None = Field(
        default=None,
        title="Id",
        description="A few words that never change: the announcement's address ends in them. "
        "Without one its own first words do.",
        examples=["tiny-kernel-joins"],
    )
    title: Line = Field(
        title="Title",
        description="What was announced, in a few words.",
        examples=["Tiny Kernel joins the foundation"],
    )
    by: OrganisationName | None = Field(
        default=None,
        title="Organisation",
        description="The organisation that announced it, by id or name.",
        examples=["Example Works"],
    )
    date: Day | None = Field(
        default=None,
        title="Date",
        description="The day of the announcement.",
        examples=["2026-03-24"],
    )
    text: Prose | None = Field(
        default=None,
        title="Text",
        description="What it means, in your own words.",
        examples=["The project keeps its maintainers and moves to a neutral home."],
    )
    url: Url | None = Field(
        default=None,
        title="Address",
        description="Where the announcement can be read.",
        examples=["https://example.org/news"],
    )
    projects: Many[ProjectName] = Field(
        default=(),
        title="Projects",
        description="The projects it is about, by id or name.",
        examples=[["Tiny Kernel"]],
    )
    at: MinuteField = None
    basis: BasisField = None
    report: ReportField = None
