"""The command that editors start."""

from __future__ import annotations

import click

from kbsite.cli.exits import exits


@click.command()
@exits
def lsp() -> int:
    """Serve editors, which start it by themselves.

    A language server on standard input and output: it checks, completes and explains records and
    pages, follows links, and offers cures.
    """
    from kbsite.commands import editing

    return editing.run()
