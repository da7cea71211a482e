"""One build: check, render into a staging folder, swap it in; until then the last site stays."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kbsite.errors import ContentError, EnvironmentFailure, Problem, UsageError
from kbsite.pipeline import MARKER, prepare
from kbsite.plugin import running
from kbsite.report import in_order
from kbsite.sources import file_problem


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
    errors, or with `strict` any warning; then nothing is written.
    """
    project = running.Project(root)
    target = check_target(site_dir or project.site_dir, root, own=project.site_dir)
    say("reading the records")
    prepared = prepare(root)
    prepared.demand_no_errors(strict=strict)
    say(f"rendering {len(prepared.pages):,} pages")
    with staging(target) as folder:
        project.build(prepared, folder, search=search)
        problems = in_order([*prepared.problems, *map(_problem, project.warnings)])
        if strict and problems:
            raise ContentError(problems)
        say("publishing")
        publish(folder, target)
    return Built(
        site_dir=target,
        pages=len(prepared.pages),
        problems=tuple(problems),
    )


def _problem(warning: str) -> Problem:
    """A warning of MkDocs as a problem with the page it names."""
    page = re.search(r"Doc file '([^']+)'", warning)
    return file_problem("KB301", f"content/{page[1]}" if page else running.CONFIG, warning)


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


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, gone at the end unless it was published.

    One build at a time: another one to the same place is an EnvironmentFailure.
    """
    lock = FileLock(target.with_name(f".{target.name}.lock"), blocking=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        recover(target)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-new-", dir=target.parent))
        folder.chmod(0o755)
    except Timeout:
        raise EnvironmentFailure(f"another build to {target} is running; wait for it") from None
    except OSError as error:
        lock.release()
        raise EnvironmentFailure(f"cannot write to {target.parent}: {error.strerror}") from error
    try:
        yield folder
    except OSError as error:
        raise EnvironmentFailure(
            f"the site could not be written: {error.strerror or error}; the last one is untouched"
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def publish(folder: Path, target: Path) -> None:
    """Put `folder` in the place of `target` with two renames.

    If the machine stops between them, `recover` puts the old site back at the next build.
    """
    old = _old(target)
    if target.exists():
        target.replace(old)
    try:
        folder.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Mend what a build that was cut off in the middle left behind."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.replace(target)
    shutil.rmtree(old, ignore_errors=True)
    for left in target.parent.glob(f".{target.name}-new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")
