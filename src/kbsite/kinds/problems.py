"""The reference of problem codes, for people whose record was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from kbsite.codes import CATALOGUE, Code
from kbsite.kinds import sections
from kbsite.kinds.base import Data, Kind, Page, Part, View, Views

PATH = "problems/"
GROUPS = (
    ("KB00", "Files and folders"),
    ("KB01", "YAML and front matter"),
    ("KB02", "YAML and front matter"),
    ("KB1", "Fields"),
    ("KB2", "Names, links and addresses"),
    ("KB3", "Rendering"),
    ("KB4", "Importing"),
)


@dataclass(frozen=True, slots=True)
class Explained(Data):
    """A code, and the group of codes that it belongs to."""

    macro: ClassVar = "code"
    group: str
    code: Code


def pages(_views: Views) -> Iterator[Page]:
    yield Page(
        kind="problems",
        path=PATH,
        title="Problem codes",
        describe=partial(
            str, "Every problem that kbsite reports: what it means, an example, and its cure."
        ),
        template="problems.html",
        tab=PATH,
        view=_problems,
    )


def _problems() -> View:
    return View(
        parts=tuple(
            Part(code.code.lower(), f"{code.code} {code.title}", Explained(group, code))
            for prefix, group in GROUPS
            for code in CATALOGUE
            if code.code.startswith(prefix)
        )
    )


KIND = Kind(
    name="problems",
    folder=Path(__file__).parent,
    pages=pages,
    tab=("Problem codes", PATH),
    section=sections.FOOT,
)
