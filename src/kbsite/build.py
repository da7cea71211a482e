"""One build: check, render into a staging folder, swap it in; until then the last site stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kbsite.errors import ContentError, Problem, UsageError
from kbsite.pipeline import MARKER, prepare
from kbsite.plugin import running
from kbsite.report import in_order
from kbsite.sources import file_problem
from kbsite.swap import publish, staging


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build made: where, how many pages, and everything that was not quite right."""

    site_dir: Path
    pages: int
    problems: tuple[Problem, ...]


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
    errors, or with `strict`, here or in mkdocs.yml, any warning; then nothing is written.
    """
    project = running.Project(root)
    strict = strict or project.settings.strict
    target = check_target(site_dir or project.site_dir, root, own=project.site_dir)
    say("reading the records")
    prepared = prepare(root, settings=project.settings)
    prepared.demand_no_errors(strict=strict)
    say(f"rendering {len(prepared.pages):,} pages")
    with staging(target, "build") as folder:
        project.build(prepared, folder, search=search)
        warnings = [_problem(warning, project.file.name) for warning in project.warnings]
        problems = in_order([*prepared.problems, *warnings])
        if strict and problems:
            raise ContentError(problems)
        say("publishing")
        publish(folder, target)
    return Built(
        site_dir=target,
        pages=len(prepared.pages),
        problems=tuple(problems),
    )


def _problem(warning: str, config: str) -> Problem:
    """A warning of MkDocs as a problem with the page it names, or else with its configuration."""
    page = re.search(r"Doc file '([^']+)'", warning)
    return file_problem("KB301", f"content/{page[1]}" if page else config, warning)


def check_target(place: Path, root: Path, *, own: Path) -> Path:
    """The folder to build into, resolved.

    Raises UsageError where a site must not be put: over the content, or over anything that kbsite
    did not build. `own`, which mkdocs.yml names, is for the site alone, whoever built it.
    """
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise UsageError(f"{place} is not a folder; name another with --site-dir")
    target, root = place.resolve(), root.resolve()
    if root.is_relative_to(target):
        raise UsageError(
            f"the site cannot be built into {target}: it holds the knowledge base itself"
        )
    for name in ("sessions", "themes", "content", ".git"):
        if target.is_relative_to(root / name):
            raise UsageError(f"the site cannot be built into {target}: that is where {name} is")
    foreign = target != own.resolve() and not (target / MARKER).is_file()
    if foreign and target.is_dir() and any(target.iterdir()):
        raise UsageError(
            f"{target} holds files that kbsite did not build (it has no {MARKER}), and a build "
            "would replace them; remove it, or name another folder with --site-dir"
        )
    return target
