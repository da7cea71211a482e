"""Options that several commands have, and what their values may be."""

from __future__ import annotations

from pathlib import Path

import click

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The knowledge base; by default the nearest folder upward that holds sessions/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
