"""Graphs of small knowledge bases that a test writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from kbsite.graph import Graph
from kbsite.pipeline import Prepared, prepare
from kbsite.report import as_text
from tests.bases import EVENT, write

KERNEL = ({"name": "Kernels", "aliases": ["K&R"]}, "")
SEEING = ({"name": "Seeing What Runs"}, "")


UNTITLED = "A talk"


def talk(title: str = UNTITLED, **given: Any) -> dict[str, Any]:
    record = {"title": title, "provenance": {"contributed_by": "Cem Example"}, **given}
    return record | {"basis": record.get("basis", "inferred")}


def linked(
    root: Path, talks: Mapping[str, object], files: Mapping[str, object] = {}, *, but: str = ""
) -> Graph:
    """The graph of a knowledge base that has no problem `but` those of some codes.

    Talks are of one event, or name theirs.
    """
    prepared = _prepared(root, talks, files)
    told = [as_text(problem) for problem in prepared.problems if problem.code not in but.split()]
    assert not told, "\n".join(told)
    return prepared.graph


def problems(
    root: Path, talks: Mapping[str, object], files: Mapping[str, object] = {}
) -> list[str]:
    return [
        f"{p.file}:{p.line}:{p.column} {p.code} {p.message}"
        for p in _prepared(root, talks, files).problems
    ]


def _prepared(root: Path, talks: Mapping[str, object], files: Mapping[str, object]) -> Prepared:
    sessions = {
        f"sessions/{own if '/' in own else f'conf/{own}'}.yaml": _called(own, record)
        for own, record in talks.items()
    }
    named = {file: _named(file, record) for file, record in files.items()}
    return prepare(write(root, {"sessions/conf/event.yaml": EVENT, **sessions, **named}), kinds=())


def _named(file: str, record: object) -> object:
    """An event with a name of its own."""
    if isinstance(record, dict) and record.get("name") == EVENT["name"]:
        return record | {"name": f"Conf {file.split('/')[1]}"}
    return record


def _called(own: str, record: object) -> object:
    """A record with a title of its own."""
    if isinstance(record, dict) and record.get("title") == UNTITLED:
        return record | {"title": f"{UNTITLED}: {own}"}
    return record


def repr_of(graph: Graph) -> str:
    """Everything in the graph."""
    return "\n".join(f"{f.name}: {getattr(graph, f.name)!r}" for f in fields(graph))
