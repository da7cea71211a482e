"""The frozen models that mirror the files, field by field.

Nothing here knows other records or the disk. A field's own rule (a pattern, a date, an allowed
scheme) is its type, from `fields`; the rules between records are the graph's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict

from kbsite import slugs
from kbsite.fields import (
    At,
    Clock,
    Day,
    Flag,
    Id,
    LearningKey,
    Line,
    Name,
    Prose,
    SessionId,
    Url,
    When,
    Whole,
    Zone,
)
from kbsite.yamlfile import Path

SessionKind: TypeAlias = Literal[
    "talk", "keynote", "panel", "tutorial", "lightning", "workshop", "bof", "poster",
    "contribfest", "demo", "meeting", "film", "other",
]  # fmt: skip
Status: TypeAlias = Literal["held", "scheduled", "cancelled", "not-recorded", "withdrawn"]
Level: TypeAlias = Literal["beginner", "intermediate", "advanced", "any"]
LinkKind: TypeAlias = Literal["video", "slides", "code", "article", "schedule", "other"]


class Record(BaseModel):
    """Base of all models: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Record):
    kind: LinkKind = "other"
    url: Url
    label: Line | None = None


class SpeakerRef(Record):
    """One appearance: the affiliation of that day belongs to it, not to the person."""

    name: Line | None = None
    id: Id | None = None
    org: Name | None = None
    role: Line | None = None
    moderator: Flag = False


class Learning(Record):
    """`at` is in seconds into the video."""

    id: Id
    text: Prose
    themes: tuple[Line, ...] = ()
    by: Line | None = None
    at: At | None = None
    superseded_by: LearningKey | None = None


class Quote(Record):
    """`at` is in seconds into the video."""

    text: Prose
    by: Line | None = None
    at: At | None = None


class Figure(Record):
    value: Line
    label: Line
    note: Prose | None = None


class Announcement(Record):
    title: Line
    by: Name | None = None
    date: Day | None = None
    text: Prose | None = None
    url: Url | None = None
    projects: tuple[Name, ...] = ()


class SourceRef(Record):
    """Where an importer, or a person, got the record from."""

    system: Line
    id: Line | None = None
    url: Url | None = None


class Provenance(Record):
    contributed_by: Line | None = None
    reviewed: Day | None = None
    ai_assisted: Flag = False


class Event(Record):
    """What begins before `day_change` belongs to the day before; days end at midnight otherwise."""

    name: Line
    short: Line | None = None
    city: Line | None = None
    country: Line | None = None
    venue: Line | None = None
    timezone: Zone
    start: Day
    end: Day
    day_change: Clock | None = None
    url: Url | None = None
    series: Line | None = None


class Session(Record):
    title: Line
    kind: SessionKind = "talk"
    status: Status = "held"
    start: When | None = None
    end: When | None = None
    room: Line | None = None
    tracks: tuple[Line, ...] = ()
    level: Level | None = None
    language: Line | None = None
    speakers: tuple[SpeakerRef, ...] = ()
    summary: Prose | None = None
    abstract: Prose | None = None
    themes: tuple[Line, ...] = ()
    suggested_themes: tuple[Line, ...] = ()
    projects: tuple[Name, ...] = ()
    learnings: tuple[Learning, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[SessionId, ...] = ()
    aliases: tuple[SessionId, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    publish: Flag = True
    provenance: Provenance = Provenance()


class Theme(Record):
    """The front matter of themes/<id>.md; the editorial is the body."""

    name: Line
    aliases: tuple[Line, ...] = ()
    keywords: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()
    projects: tuple[Name, ...] = ()
    summary: Prose | None = None


class Extension(Record):
    """A page that extends a person's or an organisation's generated page; the bio is the body."""

    name: Line
    aliases: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()


class ProjectExtension(Extension):
    url: Url | None = None
    maturity: Line | None = None


class PageSearch(Record):
    exclude: Flag = False
    boost: Any = None


class MaterialKeys(Record):
    """Keys of a page that Material for MkDocs reads, and breaks on when they are something else."""

    description: Line | None = None
    hide: tuple[Line, ...] = ()
    icon: Line | None = None
    search: PageSearch | None = None
    status: Line | None = None
    tags: tuple[Line, ...] = ()


class PlainPage(MaterialKeys):
    """Front matter of a hand-written page that is no record: its other keys are the author's."""

    model_config = ConfigDict(extra="allow")

    title: Line | None = None


class Essay(MaterialKeys):
    """Front matter that articles and shifts share."""

    title: Line
    themes: tuple[Line, ...] = ()
    summary: Prose | None = None
    date: Day | None = None
    author: Line | None = None


class Article(Essay):
    pass


class Shift(Essay):
    """`order` places it on the home page; shifts without one follow, by title."""

    order: Whole | None = None


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the mapping, or of the items of the list, at `path` in a record of `model`.

    >>> model_at(Session, ("learnings", 2)).__name__
    'Learning'
    """
    current: type[BaseModel] | None = model
    for part in path:
        if current is None:
            return None
        if isinstance(part, str):
            info = current.model_fields.get(part)
            current = _model_in(info.annotation) if info is not None else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def meant_key(model: type[BaseModel], path: Path) -> str | None:
    """The key that the unknown one at the end of `path` was probably meant to be."""
    holder = model_at(model, path[:-1])
    return _nearest_key(holder, str(path[-1])) if holder else None


@lru_cache(maxsize=1024)
def _nearest_key(model: type[BaseModel], key: str) -> str | None:
    near = slugs.nearest(key, model.model_fields, count=1)
    begins = [name for name in model.model_fields if len(name) > 2 and key.startswith(name)]
    return next(iter(near + begins), None)


def allowed_words(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The words a field with a fixed set takes; empty for any other field."""
    info = model.model_fields.get(field)
    if info is None:
        return ()
    words: tuple[str, ...] = ()
    for candidate in (info.annotation, *get_args(info.annotation)):
        words += tuple(word for word in get_args(candidate) if isinstance(word, str))
    return tuple(dict.fromkeys(words))
