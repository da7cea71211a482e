"""Questions about the models of records: which fields are marked, what one takes, what it is.

A model is told in `records`; nothing here knows one by name but `MODELS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kbsite import records
from kbsite.catalog import (
    ARTICLE,
    EVENT,
    ORGANISATION,
    PERSON,
    PROJECT,
    REPORT,
    SESSION,
    SHIFT,
    THEME,
    Thing,
)
from kbsite.fields import Refers
from kbsite.meant import NOTHING, Meaning, words
from kbsite.yamlfile import Path
from kbsite.yamlwrite import dump_flow

M = TypeVar("M")

MODELS: Mapping[str, type[records.Record]] = {  # by the name of the thing in the catalogue
    EVENT.name: records.Event,
    SESSION.name: records.Session,
    THEME.name: records.Theme,
    PERSON.name: records.PersonExtension,
    ORGANISATION.name: records.Extension,
    PROJECT.name: records.ProjectExtension,
    ARTICLE.name: records.Article,
    SHIFT.name: records.Shift,
    REPORT.name: records.Report,
}


@lru_cache(maxsize=64)
def keys(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a record by their keys in a file, in their order.

    >>> list(keys(records.Quote))
    ['id', 'text', 'by', 'at', 'basis', 'from']
    """
    return {info.alias or name: info for name, info in model.model_fields.items()}


@lru_cache(maxsize=64)
def _attributes(model: type[BaseModel]) -> Mapping[str, str]:
    """What the fields of a record are called in Python, by their keys: `from` is a word of it."""
    return {info.alias or name: name for name, info in model.model_fields.items()}


@lru_cache(maxsize=64)
def marked(model: type[BaseModel], mark: type[M]) -> tuple[tuple[tuple[str, ...], M], ...]:
    """The fields of a record that carry a mark, in their order, by their names from the top.

    >>> [".".join(names) for names, _ in marked(records.Announcement, Refers)]
    ['by', 'projects', 'from']
    """
    return tuple((names, found) for names, found in _marks(model) if isinstance(found, mark))


@lru_cache(maxsize=64)
def _marks(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Any], ...]:
    """Everything that the types of fields carry, by the fields' names from the top."""
    out: list[tuple[tuple[str, ...], Any]] = []
    for name, info in keys(model).items():
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

    >>> list(texts(records.Theme(name="Seeing", aliases=("a", "b")), ["aliases"]))
    [(('aliases', 0), 'a'), (('aliases', 1), 'b')]
    """
    value = _value(record, names[0])
    return _texts(value, (names[0],), names[1:]) if value else iter(())


def _value(record: BaseModel, key: str) -> Any:
    return getattr(record, _attributes(type(record))[key])


def _texts(value: Any, path: Path, rest: Sequence[str]) -> Iterator[tuple[Path, str]]:
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _texts(item, (*path, at), rest)
    elif isinstance(value, BaseModel):
        yield from _texts(_value(value, rest[0]), (*path, rest[0]), rest[1:])
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

    >>> model_at(records.Session, ("learnings", 2)).__name__
    'Learning'
    """
    current: type[BaseModel] | None = model
    for part in path:
        if current is None:
            return None
        if isinstance(part, str):
            info = keys(current).get(part)
            current = _model_in(info.annotation) if info is not None else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def meant_key(model: type[BaseModel], path: Path) -> str | None:
    """The key that the unknown one at the end of `path` was probably meant to be."""
    return next(iter(meant_keys(model, path).values), None)


def meant_keys(model: type[BaseModel], path: Path) -> Meaning:
    """The keys that the unknown one at the end of `path` may be meant to be, where it stands."""
    holder = model_at(model, path[:-1])
    return _meant_keys(model, holder, str(path[-1])) if holder else NOTHING


@lru_cache(maxsize=50_000)  # as many as a file may have, each of which is asked for thrice
def _meant_keys(model: type[BaseModel], holder: type[BaseModel], key: str) -> Meaning:
    other = words.key(key, keys(holder))
    if other.values or homes(model, key):
        return other
    return words.near_key(key, keys(holder))


def homes(model: type[BaseModel], key: str) -> tuple[tuple[str, ...], ...]:
    """Where in a record a key has its place, each by the names from the top of what holds it.

    >>> homes(records.Session, "org"), homes(records.Session, "level")
    ((('speakers',),), ((),))
    """
    return _homes(model).get(key, ())


@cache
def _homes(model: type[BaseModel]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {key: [()] for key in keys(model)}
    for name, info in keys(model).items():
        inner = _model_in(info.annotation)
        for key, places in _homes(inner).items() if inner else ():
            found.setdefault(key, []).extend((name, *place) for place in places)
    return {key: tuple(places) for key, places in found.items()}


def allowed_words(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The words a field with a fixed set takes; empty for any other field."""
    info = keys(model).get(field)
    if info is None:
        return ()
    words: tuple[str, ...] = ()
    for candidate in (info.annotation, *get_args(info.annotation)):
        words += tuple(word for word in get_args(candidate) if isinstance(word, str))
    return tuple(dict.fromkeys(words))


def required(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a record must have.

    >>> required(records.Event)
    ('name', 'timezone', 'start', 'end')
    """
    return tuple(name for name, info in keys(model).items() if info.is_required())


def is_required(model: type[BaseModel], path: Path) -> bool:
    """Whether what is at a path of a record is what its holder must have.

    >>> is_required(records.Session, ("links", 0, "url")), is_required(records.Session, ("room",))
    (True, False)
    """
    holder = model_at(model, path[:-1])
    return holder is not None and isinstance(path[-1], str) and path[-1] in required(holder)


def first_key(model: type[BaseModel]) -> str:
    """The key that a record is best begun with: the first that it must have, or its first."""
    return next(iter((*required(model), *keys(model))))


def description(model: type[BaseModel], key: str) -> str:
    """What a field is, as a sentence."""
    return keys(model)[key].description or ""


def examples(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """What may stand behind a key, as YAML on one line; the first is the most usual.

    >>> examples(records.Learning, "at"), examples(records.Theme, "keywords")
    (('12:30', '1:02:30'), ('[bpftrace, xdp]',))
    """
    values = keys(model)[key].examples or ()
    return tuple(value if isinstance(value, str) else dump_flow(value) for value in values)


def example(model: type[BaseModel], key: str) -> str:
    """A key with a value that it may have, as YAML on one line.

    >>> example(records.Figure, "value")
    'value: 30 million'
    """
    return f"{key}: {examples(model, key)[0]}"
