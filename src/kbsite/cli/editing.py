"""The command that editors start."""

from __future__ import annotations

import click

from kbsite.cli.exits import exits


@click.command()
@exits
def lsp() -> int:
    """Show editors what is wrong while somebody writes, and what may be written.

    A language server on standard input and output, which editors start: it checks, completes and
    explains records and pages, follows links, and offers cures.
    """
    from kbsite.commands import editing

    return editing.run()
