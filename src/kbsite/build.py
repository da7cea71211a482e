"""One build: check, render into a staging folder, swap it in; until then the last site stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbsite.archive import packs
from kbsite.cache import Packs
from kbsite.errors import ContentError, Problem, UsageError, in_order
from kbsite.kept import Kept
from kbsite.outputs.keys import program
from kbsite.pipeline import prepare
from kbsite.plugin import running
from kbsite.sitefolder import carry_over, demand_replaceable, others, remove, spare
from kbsite.sources import file_problem
from kbsite.swap import publish, staging


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build made: where, how many pages, and everything that was not quite right.

    `removed` are the paths in the old site of what no build had made, and is gone. `notes` say what
    made it take longer than it might.
    """

    site_dir: Path
    pages: int
    problems: tuple[Problem, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...]


def build(
    root: Path,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    search: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build the site of `root` into `site_dir`, or to where its mkdocs.yml says.

    Without `search` there is no search index, which is faster. Raises ContentError if there are
    errors, or with `strict`, here or in mkdocs.yml, any warning, and UsageError for a folder that a
    site may not replace; then nothing is written.
    """
    project = running.Project(root)
    strict = strict or project.settings.strict
    target = _target(site_dir or project.site_dir, root)
    say("reading the records")
    prepared = prepare(root, settings=project.settings, packs=packs(root))
    prepared.demand_no_errors(strict=strict)
    say(f"rendering {len(prepared.pages):,} pages")
    with staging(target, "build") as folder:
        kept = Kept(Packs(root, "site", program()), target)
        made = project.build(prepared, folder, search=search, kept=kept)
        warnings = [
            problem
            for warning in project.warnings
            if not _is_told(problem := _problem(warning, project.file.name), prepared.problems)
        ]
        problems = in_order([*prepared.problems, *warnings])
        if strict and problems:
            raise ContentError(problems)
        say("publishing")
        demand_replaceable(target, root)  # again, for time has passed
        theirs = others(target)
        removed = carry_over(theirs, target, folder)
        if strict:
            spare(removed)
        publish(folder, target)
        remove(theirs, folder)
        kept.save(made, folder)
    return Built(
        site_dir=target,
        pages=len(prepared.pages),
        problems=tuple(problems),
        removed=tuple(removed),
        notes=tuple(project.notes),
    )


def listed(root: Path, *, search: bool = True) -> list[tuple[str, str]]:
    """The key and the path of every file that a build would make of our own, in a fixed order.

    Documents, of which only the search index is made, are named "document:" and a path.
    """
    project = running.Project(root)
    prepared = prepare(root, settings=project.settings)
    prepared.demand_no_errors()
    around = project.around(prepared, search=search)
    outputs = [*prepared.outputs, *prepared.documents]
    return [
        (output.key(around), f"{'document:' * (output.kind == 'document')}{output.path}")
        for output in outputs
        if output.is_in(around.site)
    ]


def _problem(warning: str, config: str) -> Problem:
    """A warning of MkDocs as a problem with the page it names, or else with its configuration."""
    page = re.search(r"Doc file '([^']+)'", warning)
    return file_problem("KB301", f"content/{page[1]}" if page else config, warning)


def _is_told(warning: Problem, problems: Sequence[Problem]) -> bool:
    """Whether a check has told of the link that a warning is about, with its line."""
    return any(
        problem.code == "KB231"
        and problem.file == warning.file
        and f"'{problem.source[problem.column - 1 :][: problem.length]}'" in warning.message
        for problem in problems
    )


def _target(place: Path, root: Path) -> Path:
    """The folder to build into; raises UsageError where a site must not be put."""
    if place.is_symlink():
        raise UsageError(
            f"{place} is a symbolic link, and the site would take its place; "
            "name the folder that it leads to"
        )
    return demand_replaceable(place, root)
