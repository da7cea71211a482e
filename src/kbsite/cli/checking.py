"""`kbsite check` and `kbsite explain`: what is wrong, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kbsite.cli.exits import DONE, PROBLEMS, exits
from kbsite.cli.options import quiet_option, root_option


@click.command()
@root_option
@quiet_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json", "sarif"]),
    help="How to say it; by default as text, and in GitHub's actions as notes at the lines.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Only what changed since the branch left REV, such as main, committed or not, and what "
    "that broke elsewhere.",
)
@click.option("--fix", is_flag=True, help="Make the cures that are certain in the files.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--all", "every", is_flag=True, help="Show more than 20 problems of a file.")
@click.option(
    "--suggested", is_flag=True, help="List suggested themes; kbsite confirm asks of each."
)
@exits
def check(root: Path | None, *, paths: Sequence[Path], **asked: Any) -> int:
    """Report every problem in every record and page.

    With PATHS, files or folders, only what is wrong in those, and elsewhere because of them.
    'kbsite explain CODE' says more of a problem.
    """
    from kbsite.commands import checking

    in_order = checking.run(root, checking.Asked(paths=paths, **asked))
    return DONE if in_order else PROBLEMS


@click.command()
@click.argument("code", required=False)
@exits
def explain(code: str | None) -> int:
    """Say what the code of a problem means.

    With an example of it and its cure. CODE is one such as KB104; without it, all are listed.
    """
    from kbsite.commands import explaining

    explaining.run(code)
    return DONE
