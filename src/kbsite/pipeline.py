"""The stages before anything is written: load, link, plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kbsite import handwritten, stillnamed
from kbsite.cache import Packs
from kbsite.collector import paused
from kbsite.errors import ContentError, Problem, UsageError, in_order
from kbsite.graph import Graph, link
from kbsite.graph.times import settled
from kbsite.kinds import KINDS, Kind
from kbsite.kinds.base import Page, View
from kbsite.library import Library
from kbsite.load import Excludes, load, nothing
from kbsite.outputs.base import Output
from kbsite.outputs.plan import Plan, plan
from kbsite.recent import Recent
from kbsite.sitefolder import MARKER
from kbsite.tree import Instead

CONFIGS = ("mkdocs.yml", "mkdocs.yaml")  # as MkDocs looks for them: the first that is there


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the configuration of a site says of its content, and the problems of its own.

    With `strict` a site is not published while there is any problem at all. `theme` are the folders
    of the theme's templates, where they are known; `others_add` says whether plugins or hooks may
    add pages and files to it, `files_lead` whether a path from the root is one of a file.
    """

    excludes: Excludes = nothing
    strict: bool = False
    problems: tuple[Problem, ...] = ()
    theme: tuple[Path, ...] | None = None
    others_add: bool = False
    files_lead: bool = False


UNCONFIGURED = Settings()


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A knowledge base that has been read and linked, with the pages and files it will have.

    `graph`, `pages`, `outputs` and `documents` are usable only when no problem is an error. `files`
    are the paths from the root of all that is read, and of what is published as it is.
    """

    root: Path
    library: Library
    graph: Graph
    plan: Plan
    kinds: tuple[Kind, ...]
    problems: tuple[Problem, ...]
    files: frozenset[str]

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.plan.pages

    @property
    def outputs(self) -> tuple[Output[object], ...]:
        return self.plan.outputs

    @property
    def documents(self) -> tuple[Output[object], ...]:
        return self.plan.documents

    def demand_no_errors(self, *, strict: bool = False) -> None:
        """Raise ContentError if there are errors, or with `strict` any problem."""
        if any(strict or problem.severity == "error" for problem in self.problems):
            raise ContentError(self.problems)


@paused()
def prepare(
    root: Path,
    kinds: Sequence[Kind] | None = None,
    *,
    settings: Settings = UNCONFIGURED,
    packs: Packs | None = None,
    recent: Recent | None = None,
    instead: Instead | None = None,
) -> Prepared:
    """Read, link and plan everything under `root`, with every problem of every file.

    What was parsed before is in `packs`, and goes there; what this process has read is in `recent`.
    Files that `instead` names are as it says: as they were, will be, or stand in an editor.
    """
    chosen = tuple(KINDS if kinds is None else kinds)
    library, read_problems = load(root, settings.excludes, packs, recent, instead)
    graph, link_problems = link(library)
    planned = plan(graph, chosen)
    problems = [*settings.problems, *settled(read_problems, library)]
    problems += [*link_problems, *planned.problems]
    problems += handwritten.problems(
        graph,
        planned,
        settings.theme,
        is_all=not settings.others_add,
        files_lead=settings.files_lead,
    )
    return Prepared(
        root=root,
        library=library,
        graph=graph,
        plan=planned,
        kinds=chosen,
        problems=tuple(in_order(stillnamed.told_once(problems))),
        files=library.files | ({config.name} if (config := config_file(root)) else set()),
    )


def stand_in(root: Path) -> Prepared:
    """A site of one page for a preview that cannot be built yet."""
    page = Page(
        kind="stand-in",
        path="",
        title="This site cannot be built yet",
        template="stand_in.html",
        view=View,
    )
    kind = Kind(name=page.kind, folder=KINDS[0].folder, pages=lambda _: iter((page,)))
    library = Library()
    graph, _ = link(library)
    planned = plan(graph, (kind,))
    return Prepared(
        root=root,
        library=library,
        graph=graph,
        plan=planned,
        kinds=(kind,),
        problems=(),
        files=frozenset(),
    )


def find_root(start: Path) -> Path:
    """The nearest folder upward from `start` that holds sessions/.

    Raises UsageError when there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "sessions").is_dir() and not (folder / MARKER).exists():
            return folder
    raise UsageError(
        f"no knowledge base here: neither {start} nor a folder above it holds 'sessions'; "
        "name one with --root"
    )


def config_file(root: Path) -> Path | None:
    """The configuration of the site of `root`, if it has one."""
    return next((root / name for name in CONFIGS if (root / name).is_file()), None)
