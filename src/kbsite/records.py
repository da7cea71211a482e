"""The frozen models that mirror the files, field by field.

Nothing here knows other records or the disk. A field's own rule (a pattern, a date, an allowed
scheme) is its type, from `fields`; the rules between records are the graph's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

from kbsite import slugs
from kbsite.catalog import (
    ARTICLE,
    EVENT,
    ORGANISATION,
    PERSON,
    PROJECT,
    SESSION,
    SHIFT,
    THEME,
    Thing,
)
from kbsite.fields import (
    At,
    Clock,
    Day,
    Flag,
    Id,
    LearningKey,
    Line,
    OrganisationName,
    PersonName,
    ProjectName,
    Prose,
    Refers,
    SessionId,
    ThemeName,
    Url,
    When,
    Whole,
    Zone,
)
from kbsite.yamlfile import Path

M = TypeVar("M")

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

    name: PersonName | None = None
    id: Id | None = None
    org: OrganisationName | None = None
    role: Line | None = None
    moderator: Flag = False


class Learning(Record):
    """`at` is in seconds into the video."""

    id: Id
    text: Prose
    themes: tuple[ThemeName, ...] = ()
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
    by: OrganisationName | None = None
    date: Day | None = None
    text: Prose | None = None
    url: Url | None = None
    projects: tuple[ProjectName, ...] = ()


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
    themes: tuple[ThemeName, ...] = ()
    suggested_themes: tuple[ThemeName, ...] = ()
    projects: tuple[ProjectName, ...] = ()
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


class Named(Record):
    """A thing that says what it is called."""

    name: Line
    aliases: tuple[Line, ...] = ()


class Theme(Named):
    """The front matter of themes/<id>.md; the editorial is the body."""

    keywords: tuple[Line, ...] = ()
    related: tuple[ThemeName, ...] = ()
    projects: tuple[ProjectName, ...] = ()
    summary: Prose | None = None


class Extension(Named):
    """A page that extends a person's or an organisation's generated page; the bio is the body."""

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
    themes: tuple[ThemeName, ...] = ()
    summary: Prose | None = None
    date: Day | None = None
    author: Line | None = None


class Article(Essay):
    pass


class Shift(Essay):
    """`order` places it on the home page; shifts without one follow, by title."""

    order: Whole | None = None


MODELS: Mapping[str, type[Record]] = {  # by the name of the thing in the catalogue
    EVENT.name: Event,
    SESSION.name: Session,
    THEME.name: Theme,
    PERSON.name: Extension,
    ORGANISATION.name: Extension,
    PROJECT.name: ProjectExtension,
    ARTICLE.name: Article,
    SHIFT.name: Shift,
}


def marked(model: type[BaseModel], mark: type[M]) -> tuple[tuple[tuple[str, ...], M], ...]:
    """The fields of a record that carry a mark, in their order, by their names from the top.

    >>> [".".join(names) for names, _ in marked(Announcement, Refers)]
    ['by', 'projects']
    """
    return tuple((names, found) for names, found in _marks(model) if isinstance(found, mark))


@lru_cache(maxsize=64)
def _marks(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Any], ...]:
    """Everything that the types of fields carry, by the fields' names from the top."""
    out: list[tuple[tuple[str, ...], Any]] = []
    for name, info in model.model_fields.items():
        inner = _model_in(info.annotation)
        if inner is not None:
            out += [((name, *names), found) for names, found in _marks(inner)]
        else:
            out += [((name,), each) for each in (*info.metadata, *_metadata(info.annotation))]
    return tuple(out)


def _metadata(annotation: Any) -> Iterator[Any]:
    """All that Annotated types inside a type carry."""
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)


def texts(record: BaseModel, names: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The texts of a field that is named from the top, each with its path.

    >>> list(texts(Theme(name="Seeing", aliases=("a", "b")), ["aliases"]))
    [(('aliases', 0), 'a'), (('aliases', 1), 'b')]
    """
    return _texts(getattr(record, names[0]), (names[0],), names[1:])


def _texts(value: Any, path: Path, rest: Sequence[str]) -> Iterator[tuple[Path, str]]:
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _texts(item, (*path, at), rest)
    elif isinstance(value, BaseModel):
        yield from _texts(getattr(value, rest[0]), (*path, rest[0]), rest[1:])
    elif value is not None:
        yield path, value


def may_name(thing: Thing) -> frozenset[str]:
    """The things whose records may be the first to name a `thing`: its own, and where it is named
    freely, those that refer to it.

    >>> sorted(may_name(PROJECT)), sorted(may_name(THEME))
    (['project', 'session', 'theme'], ['theme'])
    """
    naming = {
        other
        for other, model in MODELS.items()
        if thing.named_freely and any(found.thing == thing for _, found in marked(model, Refers))
    }
    return frozenset({thing.name, *naming})


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
