"""Records as plain data, from which they are made again as they were, without being checked."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)

SHORT = 64  # characters of a text that other records may have too: a name, a theme, a room


def pack(record: BaseModel) -> tuple[Any, ...]:
    """A record as the names of the fields that it gives, then their values: texts, numbers, truth
    values, None and tuples.
    """
    return _packing(type(record)).pack(record)


def unpack(model: type[M], packed: tuple[Any, ...]) -> M:
    """The record that was packed; nothing is checked."""
    record: M = _packing(model).unpack(packed)
    return record


@lru_cache(maxsize=256)
def _one(model: type[M], packed: tuple[Any, ...]) -> M:
    """A record that many others hold: it is the same people who stand for them."""
    return unpack(model, packed)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Packing:
    """How records of one model are packed: which fields hold days and times, or other records."""

    model: type[BaseModel]
    defaults: dict[str, Any]
    moments: frozenset[str]
    inner: Mapping[str, _Inner]
    forms: dict[tuple[str, ...], _Form]

    def pack(self, record: BaseModel) -> tuple[Any, ...]:
        given, values = record.model_fields_set, record.__dict__
        names = tuple(name for name in self.defaults if name in given)
        return (names, *(self._plain(name, values[name]) for name in names))

    def _plain(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            return _shared(value)
        if name in self.inner and value is not None:
            inner = self.inner[name]
            return (
                tuple(map(inner.packing.pack, value)) if inner.many else inner.packing.pack(value)
            )
        return value.isoformat() if name in self.moments and value is not None else _shared(value)

    def unpack(self, packed: tuple[Any, ...]) -> Any:
        names = packed[0]
        form = self.forms.get(names) or self._form(names)
        values = self.defaults | dict(zip(names, packed[1:], strict=True))
        for name in form.moments:
            if (text := values[name]) is not None:
                values[name] = _moment(text)
        for name, inner in form.inner:
            value = values[name]
            if inner.many:
                values[name] = tuple(map(inner.packing.unpack, value))
            elif value is not None:
                values[name] = _one(inner.packing.model, value)
        record = self.model.__new__(self.model)
        record.__setstate__({**_STATE, "__dict__": values, "__pydantic_fields_set__": form.given})
        return record

    def _form(self, names: tuple[str, ...]) -> _Form:
        form = self.forms[names] = _Form(
            given=set(names),
            moments=tuple(name for name in names if name in self.moments),
            inner=tuple((name, self.inner[name]) for name in names if name in self.inner),
        )
        return form


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """What all records have in common that give the same fields.

    `given` are their names, in one set for all: records are frozen.
    """

    given: set[str]
    moments: tuple[str, ...]
    inner: tuple[tuple[str, _Inner], ...]


@dataclass(frozen=True, slots=True)
class _Inner:
    packing: _Packing
    many: bool


_STATE = {"__pydantic_extra__": None, "__pydantic_private__": None}


@cache
def _packing(model: type[BaseModel]) -> _Packing:
    """Raises TypeError for a model with a field that cannot be packed."""
    inner: dict[str, _Inner] = {}
    moments = set()
    for name, info in model.model_fields.items():
        kinds = set(_kinds(info.annotation))
        models = [kind for kind in kinds if issubclass(kind, BaseModel)]
        if models:
            inner[name] = _Inner(_packing(models[0]), tuple in kinds)
        elif date in kinds:
            moments.add(name)
        elif not kinds <= {str, int, bool, tuple, type(None)}:
            raise TypeError(f"{model.__name__}.{name} cannot be packed")
    return _Packing(
        model=model,
        defaults={name: info.default for name, info in model.model_fields.items()},
        moments=frozenset(moments),
        inner=inner,
        forms={},
    )


def _kinds(annotation: Any) -> list[type]:
    """The classes in the type of a field; those of the words that it takes for a literal."""
    if get_origin(annotation) is Literal:
        return [type(word) for word in get_args(annotation)]
    if arguments := get_args(annotation):
        inner = [kind for each in arguments for kind in _kinds(each)]
        return [tuple, *inner] if get_origin(annotation) is tuple else inner
    return [annotation] if isinstance(annotation, type) else []


def _shared(value: Any) -> Any:
    """A value whose short texts are one with the same texts elsewhere."""
    if type(value) is str:
        return sys.intern(value) if len(value) <= SHORT else value
    return tuple(map(_shared, value)) if isinstance(value, tuple) else value


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
