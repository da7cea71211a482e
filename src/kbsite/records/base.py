"""What every record is, and the part that records of several things have."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from kbsite.fields import At, Line, Url

LinkKind: TypeAlias = Literal["video", "slides", "code", "article", "schedule", "other"]


class Record(BaseModel):
    """Base of all models: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Record):
    """`start` is in seconds into the video."""

    kind: LinkKind = Field(
        default="other", title="Kind", description="What is found there.", examples=["video"]
    )
    url: Url = Field(
        title="Address",
        description="The whole address: http, https or mailto.",
        examples=["https://example.org/talk"],
    )
    label: Line | None = Field(
        default=None,
        title="Label",
        description="The words to show for it, where its kind does not say enough.",
        examples=["Slides with notes"],
    )
    start: At | None = Field(
        default=None,
        title="Start",
        description="Where in a video that holds more than this it begins, in minutes and seconds "
        "or with hours; the player begins there.",
        examples=["1:05:00"],
    )
