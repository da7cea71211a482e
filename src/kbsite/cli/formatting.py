"""`kbsite fmt`: one style for all records."""

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
@click.option(
    "--check", is_flag=True, help="Change nothing, list what would be; exit 1 if anything would."
)
@exits
def fmt(root: Path | None, *, quiet: bool, paths: Sequence[Path], check: bool) -> int:
    """Write every record and front matter in one style.

    With PATHS, files or folders, only those in them. Keys come in the order of the tables of
    fields, lists a line an item, quotes where they are needed. Every value and comment stays, of
    several blank lines one, and a text broken into lines stays so. What is below front matter is
    not touched, nor a file that cannot be read.
    """
    from kbsite.commands import formatting

    in_order = formatting.run(root, paths, check=check, quiet=quiet)
    return DONE if in_order else PROBLEMS
