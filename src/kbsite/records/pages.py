"""The front matter of hand-written pages; the text is the body."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from kbsite.fields import Day, Flag, Line, Many, Prose, ThemeName, Url, Whole
from kbsite.records.base import Record


class PageSearch(Record):
    exclude: Flag = Field(
        default=False,
        title="Left out",
        description="Whether the page is left out of the search.",
        examples=[True],
    )
    boost: Any = Field(
        default=None,
        title="Weight",
        description="How much the page counts in Material's own search.",
        examples=[2],
    )


class MaterialKeys(Record):
    """Keys of a page that Material for MkDocs reads, and breaks on when they are something else."""

    title: Line | None = Field(
        default=None,
        title="Title",
        description="What the page is called; by default as its first heading says.",
        examples=["How we work"],
    )
    description: Line | None = Field(
        default=None,
        title="Description",
        description="What search engines and previews of links show.",
        examples=["Who writes here, and by which rules."],
    )
    hide: Many[Line] = Field(
        default=(),
        title="Hidden parts",
        description="Parts of Material's page to leave out.",
        examples=[["navigation", "toc"]],
    )
    icon: Line | None = Field(
        default=None,
        title="Icon",
        description="The icon beside the title in the navigation, by Material's name for it.",
        examples=["material/book"],
    )
    search: PageSearch | None = Field(
        default=None,
        title="Search",
        description="How the page takes part in the search.",
        examples=[{"exclude": True}],
    )
    status: Line | None = Field(
        default=None,
        title="Status",
        description="A mark beside the title in the navigation, such as new or deprecated.",
        examples=["new"],
    )
    tags: Many[Line] = Field(
        default=(),
        title="Tags",
        description="What Material's plugin for tags shows.",
        examples=[["rules"]],
    )


class PlainPage(MaterialKeys):
    """Front matter of a hand-written page that is no record: its other keys are the author's."""

    model_config = ConfigDict(extra="allow")


class Essay(MaterialKeys):
    """Front matter that articles and shifts share."""

    title: Line = Field(
        title="Title",
        description="What the page is called.",
        examples=["Kernels learn to say less"],
    )
    themes: Many[ThemeName] = Field(
        default=(),
        title="Themes",
        description="What it is about, by id, name or alias; a shift is over two or more.",
        examples=[["ebpf", "observability"]],
    )
    summary: Prose | None = Field(
        default=None,
        title="Summary",
        description="One sentence: what it says.",
        examples=["Observing gets cheaper where it is done."],
    )
    date: Day | None = Field(
        default=None, title="Date", description="The day it was written.", examples=["2026-04-01"]
    )
    author: Line | None = Field(
        default=None, title="Author", description="Who wrote it.", examples=["Ada Example"]
    )


class Article(Essay):
    pass


class Shift(Essay):
    order: Whole | None = Field(
        default=None,
        title="Order",
        description="Its place among the shifts on the home page; those without one follow, by "
        "title.",
        examples=[1],
    )


class Report(MaterialKeys):
    """Front matter of an account that claims are taken from."""

    title: Line = Field(
        title="Title",
        description="What the account is called where it was published.",
        examples=["A week among kernels"],
    )
    author: Line = Field(
        title="Author",
        description="Who wrote it: a person, or the organisation where it names none.",
        examples=["Ada Example"],
    )
    publisher: Line | None = Field(
        default=None,
        title="Publisher",
        description="Where it was published.",
        examples=["Example Weekly"],
    )
    date: Day | None = Field(
        default=None,
        title="Date",
        description="The day it was published.",
        examples=["2026-04-01"],
    )
    url: Url | None = Field(
        default=None,
        title="Address",
        description="Where it can be read.",
        examples=["https://example.org/a-week-among-kernels"],
    )
