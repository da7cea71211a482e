"""An event: the file `event.yaml` of a folder of sessions."""

from __future__ import annotations

from pydantic import Field

from kbsite.fields import Clock, Day, Id, Line, Many, Url, Zone
from kbsite.records.base import Record


class Event(Record):
    """What begins before `day_change` belongs to the day before; days end at midnight otherwise."""

    name: Line = Field(
        title="Name", description="The event's full name.", examples=["Example Conf Europe 2026"]
    )
    short: Line | None = Field(
        default=None,
        title="Short name",
        description="What it is called where there is little room.",
        examples=["Example Conf EU 2026"],
    )
    city: Line | None = Field(
        default=None, title="City", description="Where it is held.", examples=["Amsterdam"]
    )
    country: Line | None = Field(
        default=None,
        title="Country",
        description="The two letters of the country, or its name.",
        examples=["NL"],
    )
    venue: Line | None = Field(
        default=None, title="Venue", description="The building.", examples=["Harbour Hall"]
    )
    timezone: Zone = Field(
        title="Time zone",
        description="The zone that times of its sessions are in, by its IANA name.",
        examples=["Europe/Amsterdam"],
    )
    start: Day = Field(title="First day", description="Its first day.", examples=["2026-03-23"])
    end: Day = Field(title="Last day", description="Its last day.", examples=["2026-03-26"])
    day_change: Clock | None = Field(
        default=None,
        title="Change of day",
        description="For events that last beyond midnight: what begins before this hour belongs to "
        "the day before.",
        examples=["04:00"],
    )
    url: Url | None = Field(
        default=None,
        title="Address",
        description="Its own page.",
        examples=["https://example.org/2026"],
    )
    series: Line | None = Field(
        default=None,
        title="Series",
        description="What it is an edition of, the same in every edition.",
        examples=["Example Conf Europe"],
    )
    aliases: Many[Id] = Field(
        default=(),
        title="Former ids",
        description="Ids that it had before, which are names of its folder; the addresses of each, "
        "and of its sessions under it, lead on.",
        examples=[["example-conf-europe-2026"]],
    )
