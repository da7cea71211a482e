"""What is measured: each case is a command, what comes before it, and what it has to make."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks import engines, sites
from tests.benchmarks.base import Base, Edit
from tests.benchmarks.processes import Cost, run
from tests.benchmarks.sites import Site

KBSITE = (sys.executable, "-m", "kbsite")
BUILD = (*KBSITE, "build", "--quiet")
UNSEARCHED = (*BUILD, "--no-search")
CHECK = (*KBSITE, "check")
FEW = 2_000  # sessions up to which MkDocs is measured as often as the others, beyond it once
MANY = 25_000  # sessions beyond which other engines are left out, and each case is measured once


class UselessRunError(Exception):
    """A run that says nothing, since it did not make what it should have."""


@dataclass(slots=True)
class Case:
    """One thing to measure.

    `before` is done before each run and not measured; it gives the edit that the site has to show,
    if there is one. `site` is where the command builds one, `says` what it has to print.
    """

    key: str
    name: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], Edit | None]
    site: Path | None = None
    says: str = ""
    once: bool = False
    costs: list[Cost] = field(default_factory=list)
    memory: int | None = None
    runs: int = 0
    made: Site | None = None

    def measure(self, *, counts: bool) -> float:
        """Run it, the first time with an eye on its memory. Gives the seconds."""
        edit = self.before()
        watched = not self.runs
        self.runs += 1
        cost = run(self.command, self.folder, watched=watched)
        if self.says not in cost.output:
            raise UselessRunError(f"{self.name} does not say {self.says!r}: {cost.output[-300:]}")
        if self.site is not None:
            self.made = sites.read(self.site)
            if edit is not None and not edit.is_in(self.site):
                raise UselessRunError(f"{self.name}: /{edit.page} does not say {edit.words!r}")
        if watched:
            self.memory = cost.memory
        if counts:
            self.costs.append(cost)
        return cost.seconds

    @property
    def seconds(self) -> float:
        return median(cost.seconds for cost in self.costs)

    @property
    def cpu(self) -> float:
        return median(cost.cpu for cost in self.costs)


def of_kbsite(base: Base, sessions: int) -> list[Case]:
    """kbsite's own cases. Each may be the only one."""
    many = sessions > MANY

    def cold(command: Sequence[str]) -> None:
        base.cold(command)

    def warm(command: Sequence[str], edit: Callable[[], Edit] | None = None) -> Edit | None:
        base.warm(command)
        return edit() if edit else None

    def build(
        key: str, name: str, command: Sequence[str], before: Callable[[], Edit | None]
    ) -> Case:
        return Case(key, f"kbsite, {name}", command, base.root, before, base.site, once=many)

    def check(key: str, name: str, before: Callable[[], Edit | None]) -> Case:
        says = f"{sessions:,} sessions"
        return Case(key, f"kbsite check, {name}", CHECK, base.root, before, says=says, once=many)

    session, theme = base.edit_session, base.edit_theme
    return [
        build("cold", "cold, no search", UNSEARCHED, partial(cold, UNSEARCHED)),
        build("again", "again, no search", UNSEARCHED, partial(warm, UNSEARCHED)),
        build(
            "session", "a session edited, no search", UNSEARCHED, partial(warm, UNSEARCHED, session)
        ),
        build("theme", "a theme edited, no search", UNSEARCHED, partial(warm, UNSEARCHED, theme)),
        build("cold-search", "cold", BUILD, partial(cold, BUILD)),
        build("again-search", "again", BUILD, partial(warm, BUILD)),
        build("session-search", "a session edited", BUILD, partial(warm, BUILD, session)),
        build("theme-search", "a theme edited", BUILD, partial(warm, BUILD, theme)),
        check("check", "cold", partial(cold, CHECK)),
        check("check-again", "again", partial(warm, CHECK)),
        check("check-session", "a session edited", partial(warm, CHECK, session)),
    ]


def export(base: Base, tree: Path) -> Case:
    command = (*KBSITE, "export", "markdown", str(tree), "--quiet")

    def before() -> None:
        base.cold(command)
        shutil.rmtree(tree, ignore_errors=True)

    return Case("export", "kbsite export markdown", command, base.root, before, once=True)


def of_others(folder: Path, tree: Path, sessions: int) -> list[Case]:
    """The other engines, on the pages in `tree`."""
    found = []
    hugo, mkdocs = folder / "hugo", folder / "mkdocs"

    def fresh(site: Path) -> None:
        shutil.rmtree(site, ignore_errors=True)

    if engines.hugo_program():
        site = hugo / "site"
        command = engines.hugo_command(hugo)
        found.append(Case("hugo", "Hugo", command, hugo, partial(fresh, site), site=site))
    for key, name, search in (("mkdocs", ", no search", False), ("mkdocs-search", "", True)):
        site = mkdocs / "site"
        command = engines.mkdocs(mkdocs, tree, search=search)
        found.append(
            Case(
                key,
                f"MkDocs{name}",
                command,
                mkdocs,
                partial(fresh, site),
                site,
                once=sessions > FEW,
            )
        )
    return found
