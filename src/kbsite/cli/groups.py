"""Commands that lead to others: they say what was probably meant, in the words of `exits`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kbsite.cli.exits import complain


class Group(click.Group):
    """Commands below a name. `elsewhere` says of words that are none what to write instead."""

    def __init__(self, *args: Any, elsewhere: Mapping[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._elsewhere = elsewhere or {}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first of `args` names; otherwise an error that helps."""
        word = args[0]
        if not word.startswith("-") and self.get_command(ctx, word) is None:
            from kbsite.slugs import nearest
            from kbsite.wording import did_you_mean

            known = self.list_commands(ctx)
            hint = self._elsewhere.get(word.casefold()) or did_you_mean(nearest(word, known))
            hint = hint or f"there are {', '.join(known)}"
            ctx.fail(f"there is no command '{ctx.command_path} {word}'; {hint}")
        return super().resolve_command(ctx, args)


def tell(error: click.ClickException) -> None:
    """Say what was wrong about a call, as every other error is said."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # whose message is the help
        error.show()
        return
    message = error.format_message().rstrip(".")
    if message.startswith("Got unexpected extra argument"):
        message += "; words that belong together stand in quotes"
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        message += f"\n'{error.ctx.command_path} --help' says more"
    complain(message[:1].lower() + message[1:])
