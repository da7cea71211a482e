"""What remains of a record when its refused values are taken out.

A record with a mistake still takes part in the checks across records, and is not reported missing
by everything that links to it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbsite.models import meant_key
from kbsite.sources import Path, in_file

M = TypeVar("M", bound=BaseModel)

UNTITLED = "untitled"
ROUNDS = 4  # what one round takes out can make the next refuse something else, a few times at most

_STANDS_IN = ("title", "name", "text")  # texts whose owner is worth keeping without them
_NAMES_ITS_ITEM = {  # without these an item of a list is nobody and nothing
    ("speakers", "name"), ("speakers", "id"), ("learnings", "id"), ("links", "url"),
    ("figures", "value"), ("figures", "label"), ("sources", "system"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Salvaged(Generic[M]):
    """A record less what was refused.

    `lost` names the fields that are not what the file says, as "start" or "speakers.org"; or as
    "speakers" where whole items are missing. `kept` maps the path of each list that lost items to
    the places its remaining items have in the file.
    """

    record: M
    lost: frozenset[str]
    kept: dict[Path, tuple[int, ...]]


def salvage(
    model: type[M], data: dict[str, Any], details: Iterable[ErrorDetails]
) -> Salvaged[M] | None:
    """The rest of `data` as a record, or None where too little of it can be used."""
    remainder = _Remainder(model, copy.deepcopy(data))
    for _ in range(ROUNDS):
        remainder.take_out(details)
        try:
            record = model.model_validate(remainder.data)
        except ValidationError as refused:
            details = refused.errors(include_url=False)
            continue
        return Salvaged(
            record=record,
            lost=frozenset(remainder.lost),
            kept={path: tuple(places) for path, places in remainder.kept.items()},
        )
    return None


def _place(path: Path) -> tuple[tuple[int, str], ...]:
    """Items of a list in their order, so that the last can be taken out first."""
    return tuple((part, "") if isinstance(part, int) else (0, part) for part in path)


@dataclass
class _Remainder:
    model: type[BaseModel]
    data: dict[str, Any]
    lost: set[str] = field(default_factory=set)
    kept: dict[Path, list[int]] = field(default_factory=dict)

    def take_out(self, details: Iterable[ErrorDetails]) -> None:
        drop: set[Path] = set()
        for detail in details:
            path: Path = detail["loc"]
            lost = path
            if detail["type"] == "extra_forbidden":
                holder = self._at(path[:-1])
                only = len(path) == 3 and isinstance(holder, dict) and len(holder) == 1
                drop.add(path[:-1] if only else path)
                lost = path[:1] if only else (*path[:-1], meant_key(self.model, path) or path[-1])
            elif len(path) == 3 and (path[0], path[2]) in _NAMES_ITS_ITEM:
                drop.add(path[:-1])
                lost = path[:1]
            elif path[-1] in _STANDS_IN:
                self._put(path, UNTITLED)
            elif detail["type"] != "missing":
                drop.add(path)
            self.lost.add(".".join(part for part in lost if isinstance(part, str)))
        for path in sorted(drop, key=_place, reverse=True):
            self._drop(path)

    def _put(self, path: Path, value: str) -> None:
        holder = self._at(path[:-1])
        if isinstance(holder, dict):
            holder[str(path[-1])] = value

    def _drop(self, path: Path) -> None:
        holder, last = self._at(path[:-1]), path[-1]
        if isinstance(holder, list) and isinstance(last, int) and last < len(holder):
            where = in_file(path[:-1], self.kept)
            if where not in self.kept:
                self.kept[where] = list(range(len(holder)))
            del self.kept[where][last], holder[last]
        elif isinstance(holder, dict):
            holder.pop(str(last), None)

    def _at(self, path: Path) -> Any:
        holder: Any = self.data
        for part in path:
            try:
                holder = holder[part]
            except (KeyError, IndexError, TypeError):  # taken out before
                return None
        return holder
