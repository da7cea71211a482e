"""A mistake is reported where it was made, and nowhere else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kbsite.parse import page_source
from kbsite.pipeline import prepare
from tests.conftest import SMALL

FILES = [
    path.relative_to(SMALL).as_posix()
    for path in sorted(SMALL.rglob("*"))
    if path.suffix in (".yaml", ".md") and path.parent.name != "content"
]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in `data` but the whole."""
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in pairs:
        yield (*path, key)
        yield from places(value, (*path, key))


def mistakes(data: Any) -> Iterator[Any]:
    """`data` with one of its values in lists where none belong, or one of its keys misspelt."""
    for path in places(data):
        nested, renamed = copy.deepcopy(data), copy.deepcopy(data)
        holder = _at(nested, path[:-1])
        holder[path[-1]] = [[holder[path[-1]]]]
        yield nested
        holder = _at(renamed, path[:-1])
        if isinstance(holder, dict):
            items = list(holder.items())
            holder.clear()
            holder.update((f"{k}x" if k == path[-1] else k, value) for k, value in items)
            yield renamed


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


@pytest.mark.parametrize("file", FILES)
def test_a_mistake_in_one_file_causes_no_problem_in_another(file: str, small: Path) -> None:
    text = (small / file).read_text(encoding="utf-8")
    page = page_source(file, text) if file.endswith(".md") else None
    # All scalars stay text, as their author wrote them.
    data = yaml.load(page.front if page else text, Loader=yaml.BaseLoader)  # noqa: S506
    for changed in mistakes(data):
        written = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
        if page:
            written = f"---\n{written}---\n{page.body}"
        (small / file).write_text(written, encoding="utf-8")
        problems = prepare(small, kinds=()).problems
        assert {problem.file for problem in problems} == {file}, written
