"""Options that several commands have, and what their values may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The knowledge base; by default the nearest folder upward that holds sessions/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")


def completing(thing: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completes, in a shell, what may be named of a thing."""

    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        from kbsite.commands.places import ids_of

        return ids_of(context.params.get("root"), thing, begun)

    return complete
