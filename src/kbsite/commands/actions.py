"""What GitHub's actions want to know of a command that runs in them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from kbsite.findings import Findings
from kbsite.forms import github
from kbsite.history import History


def are_here() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def prefix(root: Path, past: History | None) -> str:
    """From the top of what was checked out, or of the repository, to the knowledge base."""
    checked_out = os.environ.get("GITHUB_WORKSPACE")
    tops = [*([Path(checked_out)] if checked_out else []), *([past.top] if past else [])]
    root = root.resolve()
    for top in (each.resolve() for each in tops):
        if root.is_relative_to(top):
            inside = root.relative_to(top).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""


def note(findings: Findings) -> None:
    """A note at the line of each problem, and all of them in the summary of the step."""
    _print(github.commands(findings))
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if name:
        with Path(name).open("ab") as file:
            room = github.SUMMARY_LIMIT - file.tell()
            text = github.summary(findings, room).encode()
            file.write(text if len(text) <= room else b"")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
