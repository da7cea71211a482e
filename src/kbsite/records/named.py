"""Themes, and the pages that add to what is known of people, organisations and projects."""

from __future__ import annotations

from pydantic import Field

from kbsite.fields import Line, ProjectName, Prose, ThemeName, Url
from kbsite.records.base import Link, Record


class Named(Record):
    """A thing that says what it is called."""

    name: Line = Field(
        title="Name", description="What pages call it.", examples=["Working Group Kernels"]
    )
    aliases: tuple[Line, ...] = Field(
        default=(),
        title="Aliases",
        description="Other names that mean the same.",
        examples=[["WG Kernels"]],
    )


class Theme(Named):
    """The front matter of themes/<id>.md; the editorial is the body."""

    name: Line = Field(title="Name", description="What the theme is called.", examples=["eBPF"])
    aliases: tuple[Line, ...] = Field(
        default=(),
        title="Aliases",
        description="Other names by which records may say the theme.",
        examples=[["bpf"]],
    )
    keywords: tuple[Line, ...] = Field(
        default=(),
        title="Keywords",
        description="Words by which an import suggests the theme for a session.",
        examples=[["ebpf", "xdp"]],
    )
    related: tuple[ThemeName, ...] = Field(
        default=(),
        title="Related themes",
        description="Its neighbours, by id, name or alias.",
        examples=[["observability"]],
    )
    projects: tuple[ProjectName, ...] = Field(
        default=(),
        title="Projects",
        description="The projects that belong to it, by id or name.",
        examples=[["Tiny Kernel"]],
    )
    summary: Prose | None = Field(
        default=None,
        title="Summary",
        description="One sentence: what it is.",
        examples=["Programs that run safely inside the kernel."],
    )


class Extension(Named):
    """A page that extends a person's or an organisation's generated page; the bio is the body."""

    name: Line = Field(
        title="Name",
        description="The spelling that pages show.",
        examples=["Ada Example", "Tiny Kernel"],
    )
    aliases: tuple[Line, ...] = Field(
        default=(),
        title="Aliases",
        description="Other spellings and names that mean the same.",
        examples=[["Ada E. Example"], ["tinyk"]],
    )
    links: tuple[Link, ...] = Field(
        default=(),
        title="Links",
        description="Where else on the web to look.",
        examples=[[{"url": "https://ada.example.org", "label": "Her page"}]],
    )


class ProjectExtension(Extension):
    url: Url | None = Field(
        default=None,
        title="Address",
        description="The project's own page.",
        examples=["https://tiny-kernel.example.org"],
    )
    maturity: Line | None = Field(
        default=None,
        title="Maturity",
        description="Its stage in the foundation that it belongs to.",
        examples=["Sandbox"],
    )
