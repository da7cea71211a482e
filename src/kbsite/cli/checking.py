"""`kbsite check` and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kbsite.cli.exits import DONE, PROBLEMS, exits
from kbsite.cli.options import quiet_option, root_option


@click.command()
@root_option
@quiet_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--suggested", is_flag=True, help="List suggested themes; to confirm one, move it to themes."
)
@exits
def check(
    root: Path | None, *, quiet: bool, paths: Sequence[Path], strict: bool, suggested: bool
) -> int:
    """Report every problem in every record and page, or only those in PATHS."""
    from kbsite.commands import checking

    in_order = checking.run(root, paths, strict=strict, suggested=suggested, quiet=quiet)
    return DONE if in_order else PROBLEMS
