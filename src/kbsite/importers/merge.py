"""One record and the source's new values, brought together so that nothing a person wrote is lost.

Three sides: what the source said last time (`base`), what the file says now (`mine`), and what the
source says now (`theirs`). A field nobody touched follows the source; one that a person changed
stays; changed on both sides is a conflict, and the person's stays. Of links, sources and suggested
themes each item is such a field of its own; a start and an end are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from kbsite import models, records, slugs, yamledit
from kbsite.importers import gate
from kbsite.yamlfile import Float, Integer

ORDER = tuple(models.keys(records.Session))

_ITEMS: Mapping[str, Callable[[Any], object]] = {
    "links": lambda item: item["url"],
    "sources": lambda item: (item["system"], item.get("id") or item.get("url")),
    "suggested_themes": slugs.name_key,
}

_TIMES = {"start": "end", "end": "start"}  # of which one is not changed without the other


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field with two values: before and after, or a person's and the source's; None is absent."""

    field: str
    one: Any
    other: Any


@dataclass(kw_only=True)
class Merged:
    """A record's text after a merge, and what happened to its fields.

    `changed` holds values before and after, `kept` and `conflicts` the person's and the source's,
    `unwritten` those that the text could not take without losing something else. `values` is what
    the lock has to remember.
    """

    text: str
    values: dict[str, Any]
    changed: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    unwritten: list[Difference] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    """One field of the three sides, and what the record is to have."""

    name: str
    mine: Any
    before: Any
    theirs: Any
    wanted: Any


def plain(value: Any) -> Any:
    """`value` as plain data: numbers as they are written, keys without a value left out."""
    if isinstance(value, Integer | Float):
        return value.text
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def merge(
    text: str,
    mine: Mapping[str, Any],
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    *,
    fields: Iterable[str],
    event: records.Event | None,
    settled: frozenset[str] = frozenset(),
) -> Merged:
    """Bring `theirs` into the record with `text`, whose data is `mine`, of a session of `event`.

    Without `base` the record was there before the source was: only what it leaves open is filled.
    Only `fields` are looked at. `settled` are themes that need no suggestion: it
    says yes or no to them.
    """
    merged = Merged(text=text, values=dict(base or {}))
    decided: list[_Field] = []
    for name in fields:
        other = _TIMES.get(name)
        hers = other is not None and _is_hers(other, mine, base or {}, theirs)
        decided.append(
            _decided(
                merged, name, plain(mine.get(name)), base, theirs.get(name), settled, hers=hers
            )
        )
    for _, together in groupby(decided, key=lambda each: each.name in _TIMES or each.name):
        _write(merged, tuple(together), event)
    return merged


def _is_hers(
    name: str, mine: Mapping[str, Any], base: Mapping[str, Any], theirs: Mapping[str, Any]
) -> bool:
    """Whether a person has set this time, or taken out the start, and the source never has."""
    when = _moment(plain(mine.get(name)))
    if when is None and name == "end":
        return False
    return when not in {_moment(side.get(name)) for side in (base, theirs)}


def _moment(value: Any) -> datetime | str | None:
    """A time, however it is written, or what stands in its place."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)


def _decided(
    merged: Merged,
    name: str,
    mine: Any,
    base: Mapping[str, Any] | None,
    theirs: Any,
    settled: frozenset[str],
    *,
    hers: bool,
) -> _Field:
    """What a field is to be; it stays where it is a person's, or `hers` as its other half is."""
    before = base.get(name) if base is not None else None
    wanted: Any
    if name in _ITEMS and all(_is_items(value, name) for value in (mine, before, theirs)):
        new = [item for item in theirs or [] if name != "suggested_themes" or item not in settled]
        if name == "links" and base is None and any(_is_schedule(item) for item in mine or []):
            new = [item for item in new if not _is_schedule(item)]  # under another address
        wanted = _merge_items(_ITEMS[name], mine or [], before or [], new) or None
    elif mine == before and not hers:
        wanted = theirs
    else:
        wanted = mine
        if theirs != mine and (theirs, before) != (None, None):
            both = base is not None and theirs != before
            kept = Difference(field=name, one=mine, other=theirs)
            (merged.conflicts if both else merged.kept).append(kept)
    return _Field(name=name, mine=mine, before=before, theirs=theirs, wanted=wanted)


def _write(merged: Merged, fields: Sequence[_Field], event: records.Event | None) -> None:
    """Write what is not as it is to be, all of it or none, and remember what the source said."""
    new = [each for each in fields if each.wanted != each.mine]
    differences = [Difference(field=each.name, one=each.mine, other=each.wanted) for each in new]
    try:
        merged.text = _edited(merged.text, new, event)
    except yamledit.CannotEdit:
        merged.unwritten += differences
        remembered = {each.name: each.before if each in new else each.theirs for each in fields}
    else:
        merged.changed += differences
        remembered = {each.name: each.theirs for each in fields}
    for name, value in remembered.items():
        if value is None:
            merged.values.pop(name, None)
        else:
            merged.values[name] = value


def _is_schedule(link: Mapping[str, Any]) -> bool:
    return link.get("kind") == "schedule"


def _edited(text: str, fields: Sequence[_Field], event: records.Event | None) -> str:
    """`text` with other values; CannotEdit where there is no way, or it would be no record."""
    edited = text
    for each in fields:
        if each.wanted is None:
            edited = yamledit.remove(edited, each.name)
        else:
            edited = yamledit.set_value(edited, each.name, each.wanted, ORDER)
    if edited != text and (said := gate.objection(records.Session, edited, text, of=event)):
        raise yamledit.CannotEdit(said)
    return edited


def _is_items(value: Any, name: str) -> bool:
    """Whether `value` is a list of items that can be told apart, or nothing."""
    if value is None:
        return True
    if not isinstance(value, list):
        return False
    try:
        return len({_ITEMS[name](item) for item in value}) == len(value)
    except (KeyError, TypeError, AttributeError):
        return False


def _merge_items(
    key: Callable[[Any], object], mine: Sequence[Any], before: Sequence[Any], theirs: Sequence[Any]
) -> list[Any]:
    """Items of both sides: new ones of the source at the end, its gone ones out if untouched."""
    known = {key(item): item for item in before}
    wanted = {key(item): item for item in theirs}
    out: list[Any] = []
    for item in mine:
        own = key(item)
        if known.get(own) != item:  # a person's, or one that a person changed
            out.append(item)
        elif own in wanted:
            out.append(wanted[own])
    present = {key(item) for item in mine}
    return out + [item for own, item in wanted.items() if own not in present and own not in known]
