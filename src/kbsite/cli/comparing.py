"""`kbsite diff`: what a change does to the site."""

from __future__ import annotations

from pathlib import Path

import click

from kbsite.cli.exits import DONE, PROBLEMS, exits
from kbsite.cli.options import quiet_option, root_option


@click.command()
@root_option
@quiet_option
@click.argument("rev", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="How to say it: text, all of it as JSON, or Markdown that fits into a comment on GitHub.",
)
@click.option("--all", "every", is_flag=True, help="Show more than 10 lines of a kind.")
@click.option(
    "--allow-vanished", is_flag=True, help="Do not fail because an address vanished, only say so."
)
@exits
def diff(
    root: Path | None, *, rev: str | None, form: str, every: bool, allow_vanished: bool, quiet: bool
) -> int:
    """Say what a change does to the site.

    That is all that changed since the branch left REV, a commit, branch or tag, committed or not:
    pages, learnings, quotes, figures and announcements that come, go or say something else; themes
    that sessions gained and lost; new people, organisations and projects, and whom they resemble;
    addresses that vanished without a redirect, because of which the command exits with 1.

    By default REV is the main branch, that of the remote if there is one. On the main branch itself
    that is what is not committed, or not pushed. Nothing is built.
    """
    from kbsite.commands import comparing

    is_kept = comparing.run(root, rev, form=form, every=every, quiet=quiet)
    return DONE if is_kept or allow_vanished else PROBLEMS
