"""What git knows of a knowledge base: which files changed since a commit, and what they held.

The only module that calls git; nothing in the repository is changed by it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kbsite.errors import UsageError

_FILES = ("100644", "100755")  # modes; others are links, and folders of other repositories


@dataclass(frozen=True)
class History:
    """The history of what lies under `root`; `top` is the folder of the whole repository."""

    root: Path
    top: Path

    def fork(self, rev: str) -> str:
        """The commit at which what is checked out left the history of `rev`.

        Raises UsageError where there is no such commit.
        """
        commit = self._commit(rev)
        if commit is None:
            raise UsageError(
                f"git knows no commit '{rev}' here; in CI, fetch it first (actions/checkout does "
                "with fetch-depth: 0)"
            )
        base = self._git("merge-base", commit, "HEAD")
        if base is None:
            raise UsageError(
                f"'{rev}' and what is checked out have no commit in common; if history was cut "
                "off, fetch all of it (git fetch --unshallow)"
            )
        return base.decode().strip()

    def trunk(self) -> str:
        """The name of the main branch, that of the remote first; HEAD where there is none."""
        said = self._git("rev-parse", "--abbrev-ref", "--verify", "--quiet", "origin/HEAD") or b""
        names = (os.fsdecode(said).strip(), "origin/main", "origin/master", "main", "master")
        return next((name for name in names if name and self._commit(name)), "HEAD")

    def changed(self, rev: str) -> frozenset[str]:
        """The files under the root that differ from a commit, are gone, or are new to git.

        Empty where there is no such commit.
        """
        tracked = self._git(
            "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", rev, "--",
            ".",
        )  # fmt: skip
        if tracked is None:
            return frozenset()
        others = self._git("ls-files", "-z", "--others", "--exclude-standard") or b""
        return frozenset(filter(None, os.fsdecode(tracked + others).split("\0")))

    def held(self, rev: str, files: Iterable[str]) -> Mapping[str, bytes | None]:
        """What files held at a commit, by path from the root; None for one that was not there."""
        out: dict[str, bytes | None] = dict.fromkeys(files)
        blobs: dict[str, str] = {}
        for line in os.fsdecode(self._git("ls-tree", "-r", "-z", rev) or b"").split("\0"):
            about, _, path = line.partition("\t")
            if path in out and about.startswith(_FILES):
                blobs[path] = about.split()[2]
        asked = "".join(f"{blob}\n" for blob in blobs.values())
        answer = self._git("cat-file", "--batch", said=asked.encode()) or b""
        for path in blobs:
            head, _, rest = answer.partition(b"\n")
            size = int(head.split()[2])
            out[path], answer = rest[:size], rest[size + 1 :]
        return out

    def _commit(self, rev: str) -> str | None:
        ask = ("rev-parse", "--verify", "--quiet", "--end-of-options")
        found = self._git(*ask, f"{rev}^{{commit}}")
        return found.decode().strip() if found else None

    def _git(self, *command: str, said: bytes = b"") -> bytes | None:
        return _git(self.root, *command, said=said)


def history(root: Path) -> History | None:
    """The history of a knowledge base; None where there is none, or no git."""
    top = _git(root, "rev-parse", "--show-toplevel")
    return History(root.resolve(), Path(os.fsdecode(top).removesuffix("\n"))) if top else None


def author(root: Path) -> str:
    """Who commits here, by the name that git has; nothing where it has none."""
    return os.fsdecode(_git(root, "config", "user.name") or b"").strip()


def _git(root: Path, *command: str, said: bytes = b"") -> bytes | None:
    """What git prints; None where it fails."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  # a name that is not ours comes after all options
            ["git", *command],  # noqa: S607  # as it is installed
            cwd=root,
            env=environment,
            input=said,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
