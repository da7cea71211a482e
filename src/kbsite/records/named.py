"""Themes, and the pages that add to what is known of people, organisations and projects."""

from __future__ import annotations

from pydantic import Field

from kbsite.fields import Day, Flag, Line, Many, ProjectName, Prose, ThemeName, Url
from kbsite.records.base import Link, Record


class Named(Record):
    """A thing that says what it is called."""

    name: Line = Field(
        title="Name", description="What pages call it.", examples=["Working Group Kernels"]
    )
    aliases: Many[Line] = Field(
        default=(),
        title="Aliases",
        description="Other names that mean the same.",
        examples=[["WG Kernels"]],
    )


class Topic(Named):
    """What a session can be about, which its title may name."""

    in_titles: Many[Line] = Field(
        default=(),
        title="In titles",
        description="How titles name it, where its name and aliases are words of other meanings.",
        examples=[["Tiny Kernel"]],
    )
    not_in_titles: Many[Line] = Field(
        default=(),
        title="Not in titles",
        description="Phrases with its name in them that mean something else.",
        examples=[["kernel of truth"]],
    )


class Theme(Topic):
    """The front matter of themes/<id>.md; the editorial is the body."""

    name: Line = Field(title="Name", description="What the theme is called.", examples=["eBPF"])
    aliases: Many[Line] = Field(
        default=(),
        title="Aliases",
        description="Other names by which records and titles may say the theme.",
        examples=[["bpf"]],
    )
    keywords: Many[Line] = Field(
        default=(),
        title="Keywords",
        description="Words by which a title, or an imported description, suggests the theme.",
        examples=[["bpftrace", "xdp"]],
    )
    tracks: Many[Line] = Field(
        default=(),
        title="Tracks",
        description="Tracks of events of which every session is about the theme.",
        examples=[["eBPF Day"]],
    )
    related: Many[ThemeName] = Field(
        default=(),
        title="Related themes",
        description="Its neighbours, by id, name or alias.",
        examples=[["observability"]],
    )
    projects: Many[ProjectName] = Field(
        default=(),
        title="Projects",
        description="The projects that belong to it: a title that names one suggests the theme.",
        examples=[["Tiny Kernel"]],
    )
    first_hand: Flag = Field(
        default=False,
        title="First hand",
        description="Whether its sessions are told by those to whom it happened; pages of other "
        "themes put such among the talks to watch.",
        examples=[True],
    )
    summary: Prose | None = Field(
        default=None,
        title="Summary",
        description="One sentence: what it is.",
        examples=["Programs that run safely inside the kernel."],
    )


class Extension(Named):
    """A page that extends the generated page of the same id; a bio is the body."""

    name: Line = Field(
        title="Name",
        description="The spelling that pages show.",
        examples=["Ada Example", "Tiny Kernel"],
    )
    aliases: Many[Line] = Field(
        default=(),
        title="Aliases",
        description="Other spellings and names that mean the same.",
        examples=[["Ada E. Example"], ["tinyk"]],
    )
    links: Many[Link] = Field(
        default=(),
        title="Links",
        description="Where else on the web to look.",
        examples=[[{"url": "https://ada.example.org", "label": "Her page"}]],
    )
    distinct_from: Many[Line] = Field(
        default=(),
        title="Distinct from",
        description="Those who have nearly the same name and are others, by id or name.",
        examples=[["Ada Exampel"], ["example-labs"]],
    )


class PersonExtension(Extension):
    sort: Line | None = Field(
        default=None,
        title="Sort",
        description="What lists of people have it by, where that is not the last word of the name: "
        "family name, comma, given names.",
        examples=["Example Pérez, Ana"],
    )


class ProjectExtension(Extension, Topic):
    url: Url | None = Field(
        default=None,
        title="Address",
        description="The project's own page.",
        examples=["https://tiny-kernel.example.org"],
    )
    repo: Url | None = Field(
        default=None,
        title="Repository",
        description="Where its code is.",
        examples=["https://code.example.org/tiny-kernel"],
    )
    category: Line | None = Field(
        default=None,
        title="Category",
        description="What sort of project its foundation takes it to be.",
        examples=["Runtime"],
    )
    maturity: Line | None = Field(
        default=None,
        title="Maturity",
        description="Its stage in the foundation that it belongs to.",
        examples=["Sandbox"],
    )
    accepted: Day | None = Field(
        default=None,
        title="Accepted",
        description="The day on which the foundation took it in.",
        examples=["2031-04-01"],
    )
    incubating: Day | None = Field(
        default=None,
        title="Incubating",
        description="The day on which it came to the foundation's second stage.",
        examples=["2032-04-01"],
    )
    graduated: Day | None = Field(
        default=None,
        title="Graduated",
        description="The day on which it came to the last stage.",
        examples=["2033-04-01"],
    )
    archived: Day | None = Field(
        default=None,
        title="Archived",
        description="The day on which it was given up.",
        examples=["2041-04-01"],
    )
