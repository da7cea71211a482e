"""The reference of problem codes, for people whose record was refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbsite.codes import CATALOGUE
from kbsite.graph import Graph
from kbsite.kinds.base import Kind, Page, Section, View

GROUPS = (
    ("KB00", "Files and folders"),
    ("KB01", "YAML and front matter"),
    ("KB1", "Fields"),
    ("KB2", "Names, links and addresses"),
    ("KB3", "Rendering"),
    ("KB4", "Importing"),
)


def pages(_graph: Graph) -> Iterator[Page]:
    yield Page(
        kind="problems",
        path="problems/",
        title="Problem codes",
        description="Every problem that kbsite reports: what it means, an example, and its cure.",
        template="problems.html",
        view=_problems,
    )


def _problems() -> View:
    left = list(CATALOGUE)
    groups = []
    for prefix, title in GROUPS:
        groups.append((title, [code for code in left if code.code.startswith(prefix)]))
    return {
        "groups": groups,
        "sections": tuple(
            Section(id=code.code.lower(), title=f"{code.code} {code.title}") for code in left
        ),
    }


KIND = Kind(name="problems", folder=Path(__file__).parent, pages=pages)
