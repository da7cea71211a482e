"""`kbsite schema`."""

from __future__ import annotations

from pathlib import Path

import click

from kbsite.cli.exits import DONE, PROBLEMS, exits
from kbsite.cli.options import quiet_option, root_option
from kbsite.errors import UsageError

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@root_option
@quiet_option
@click.argument("kind", required=False)
@click.option("--into", metavar="DIR", type=FOLDER, help="Write each into a file there.")
@click.option("--check", is_flag=True, help="With --into: write nothing, say what would be new.")
@exits
def schema(
    root: Path | None, kind: str | None, *, quiet: bool, into: Path | None, check: bool
) -> int:
    """Print the JSON Schema of a kind of record, or write all.

    KIND is event, session, theme, speaker, organisation, project, article, shift or report. Inside
    a knowledge base they hold the ids of its records, for editors to offer.
    """
    from kbsite.commands import schemas

    if into is not None and kind is None:
        return DONE if schemas.write(root, into, check=check, quiet=quiet) else PROBLEMS
    if into is not None or check:
        raise UsageError("--into DIR writes all kinds, and --check goes with it")
    schemas.show(root, kind)
    return DONE
