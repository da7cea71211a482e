"""One record's data to a model and its problems, every one of them in a single pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbsite import foreign, models, parted
from kbsite.errors import Problem
from kbsite.refusals import beginning, described, empty_key, problem_of
from kbsite.rules import check_rules
from kbsite.salvage import salvage
from kbsite.sources import Path, Source
from kbsite.strays import whole_items

M = TypeVar("M", bound=BaseModel)

# Characters that are read to find what mends the problems of one file, each of which takes all of
# it a few times: of a file of the usual size all have cures, of a heap of rubbish the first.
READ_AGAIN = 200_000
PARTED = 100  # mappings of one file that are looked at for what is written under several keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked(Generic[M]):
    """A record, its source, and the problems it has by itself.

    `record` is None when too little of the file could be used; `lost` names its fields that are not
    what the file says, because that was refused.
    """

    record: M | None
    source: Source
    problems: tuple[Problem, ...]
    lost: frozenset[str] = frozenset()


def check(model: type[M], data: Any, source: Source) -> Checked[M]:
    """Validate `data`, as read from `source`, against `model`."""
    if not isinstance(data, dict):
        problem = source.problem(
            "KB103",
            (),
            f"expected a mapping of keys and values, found {described(data)}",
            f"write keys and values, one to a line, as '{beginning(model)}'",
        )
        return Checked(record=None, source=source, problems=(problem,))
    empty: list[Path] = []
    data = without_nothing(data, empty)
    told = tuple(each for path in empty for each in empty_key(model, path, source))
    try:
        record = model.model_validate(data)
    except ValidationError as refused:
        checked = _with_refused(model, data, source, refused.errors(include_url=False))
    else:
        problems = tuple(check_rules(record, source, frozenset()))
        checked = Checked(record=record, source=source, problems=problems)
    problems = (*told, *checked.problems)
    if odd := list(foreign.remarks(model, data, source)):
        fields = {problem.field for problem in problems}
        problems = (*problems, *(problem for problem in odd if problem.field not in fields))
    return replace(checked, problems=problems)


def objections(model: type[BaseModel], data: Any) -> list[Path]:
    """The paths of what a record refuses in some data, or lacks."""
    if not isinstance(data, dict):
        return [()]
    try:
        model.model_validate(without_nothing(data, []))
    except ValidationError as error:
        return [detail["loc"] for detail in error.errors(include_url=False, include_input=False)]
    return []


def _with_refused(
    model: type[M], data: dict[str, Any], source: Source, details: Sequence[ErrorDetails]
) -> Checked[M]:
    misspelt = {
        (*detail["loc"][:-1], models.meant_key(model, detail["loc"]))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    parts = _in_parts(model, data, source, details)
    joined = frozenset[Path]().union(*(paths for _, paths in parts))
    told: list[ErrorDetails] = []
    whole: set[Path] = set()
    for detail in sorted(details, key=lambda detail: detail["type"] != "extra_forbidden"):
        path, holder = detail["loc"], detail["loc"][:-1]
        if holder in whole or path in joined or (detail["type"] == "missing" and path in misspelt):
            continue
        if detail["type"] == "extra_forbidden" and whole_items(model, path, data):
            whole.add(holder)
        told.append(detail)
    mended = READ_AGAIN // (len(source.front) + 1)
    no_more = replace(source, mends=False)
    problems = (
        *(problem for problem, _ in parts),
        *(
            problem_of(model, detail, data, source if at < mended else no_more)
            for at, detail in enumerate(told)
        ),
    )
    rest = salvage(model, data, details)
    if rest is None:
        return Checked(record=None, source=source, problems=problems)
    source = replace(source, kept=rest.kept)
    return Checked(
        record=rest.record,
        source=source,
        problems=(*problems, *check_rules(rest.record, source, rest.lost)),
        lost=rest.lost,
    )


def _in_parts(
    model: type[BaseModel], data: dict[str, Any], source: Source, details: Sequence[ErrorDetails]
) -> list[tuple[Problem, frozenset[Path]]]:
    """What is written under several keys, once for each mapping of which something is refused."""
    holders = dict.fromkeys(detail["loc"][:-1] for detail in details)
    found = (parted.problem(model, holder, data, source) for holder in holders)
    return [each for each in islice(found, PARTED) if each]


def without_nothing(data: Any, empty: list[Path], path: Path = ()) -> Any:
    """`data` less the keys that have no value, whose paths go to `empty`: a key left empty is a key
    left out.
    """
    if isinstance(data, dict):
        out: dict[str, Any] = {}
        for key, value in data.items():
            if isinstance(value, str):
                out[key] = value
            elif value is None:
                empty.append((*path, key))
            else:
                out[key] = without_nothing(value, empty, (*path, key))
        return out
    if isinstance(data, list):
        return [
            item if isinstance(item, str) else without_nothing(item, empty, (*path, at))
            for at, item in enumerate(data)
        ]
    return data
