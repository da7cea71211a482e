"""`kbsite new`: each kind of record, with options for what it may say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kbsite.cli.exits import DONE, exits
from kbsite.cli.groups import Group
from kbsite.cli.options import completing, quiet_option, root_option

KINDS = {
    "session": "Write the record of a session, from scratch or from its address.",
    "learning": "Add to a session's record what one can take away from it.",
    "quote": "Add to a session's record what somebody said there, word for word.",
    "figure": "Add to a session's record a number that it gave.",
    "announcement": "Add to a session's record what was announced there.",
    "speaker": "Write a page for somebody who speaks in a session.",
    "theme": "Write the page of a theme, which sessions can be about then.",
    "event": "Write the record of an event, in a folder for its sessions.",
    "article": "Begin an essay.",
    "shift": "Begin a page on where a field is going, by what was learned.",
    "report": "Write a page for an account that learnings are taken from.",
    "project": "Write a page for a project.",
    "organisation": "Write a page for an employer or a host.",
}
CLAIMS = ("learning", "quote", "figure", "announcement")
WHICH = """
SESSION is its id or the part of it behind the slash, its file, its address, that of its recording
or of its page on Sched, or words of its title in quotes.
"""
MORE = """
At a terminal it asks for what is not given, with Tab for what there is; elsewhere it asks for
nothing. Before it writes, it looks whether 'kbsite check' would find a new problem. Nothing else of
a file that is there is changed.
"""
_ELSEWHERE = {
    "talk": "a talk is a session",
    "person": "a person is a speaker",
    "people": "a person is a speaker",
    "company": "a company is an organisation",
    "conference": "a conference is an event",
    "takeaway": "a takeaway is a learning",
    "number": "a number is a figure",
    "video": "'kbsite new session --from ADDRESS' begins a record from its recording",
}


@click.group(cls=Group, elsewhere=_ELSEWHERE, short_help="Write a record, or add to one.")
def new() -> None:
    """Write a record that passes 'kbsite check', or add to one what its session taught.

    At a terminal it asks; elsewhere options say all.
    """


class _Kind(click.Command):
    """A command whose options are the fields of a record, which are told in its model: who asks for
    another command need not wait for them.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        if len(self.params) == 0:
            self.params = _parameters(str(self.name))
        return super().get_params(ctx)


def _parameters(word: str) -> list[click.Parameter]:
    from kbsite.authoring.asks import form

    wanted = form(word)
    first = wanted.first
    params: list[click.Parameter] = []
    if word in CLAIMS:
        params.append(
            click.Argument(["session"], required=False, shell_complete=completing("session"))
        )
    params.append(click.Argument(["first"], required=False, metavar=f"[{first.title.upper()}]"))
    for ask in wanted.asks:
        said = [ask.told, f"One of {', '.join(ask.choices)}." if ask.choices else ""]
        said += ["May be given several times." if ask.many else ""]
        said += [f"The same as {first.title.upper()} above." if ask is first else ""]
        params.append(
            click.Option(
                [f"--{ask.option}", f"of_{ask.key}"],
                help=" ".join(filter(None, said)),
                multiple=ask.many,
                metavar=ask.option.upper(),
                type=click.Choice(ask.choices) if ask.choices else str,
                shell_complete=completing(ask.thing.name) if ask.thing else None,
            )
        )
    if word == "session":
        params.append(
            click.Option(
                ["--from", "of_from"],
                multiple=True,
                metavar="URL",
                help="The address of its page on Sched or of its recording on YouTube: it gives "
                "the id and the link.",
            )
        )
    if word == "learning":
        params.append(
            click.Option(
                ["--from-issue"],
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                metavar="FILE",
                help="What GitHub tells of an issue with the form 'Add what you learned', as "
                "workflows find it at GITHUB_EVENT_PATH: it says what no option does.",
            )
        )
    params += [
        click.Option(["--dry-run"], is_flag=True, help="Print the file, and write nothing."),
        click.Option(
            ["--anyway"], is_flag=True, help="Write it even if 'kbsite check' will warn of it."
        ),
    ]
    holder = click.Command(None)
    for option in (quiet_option, root_option):
        option(holder)
    return [*params, *reversed(holder.params)]


def _command(word: str, said: str) -> click.Command:
    @exits
    def command(
        *,
        root: Path | None,
        first: str | None,
        session: str | None = None,
        quiet: bool,
        dry_run: bool,
        anyway: bool,
        from_issue: Path | None = None,
        **given: Any,
    ) -> int:
        from kbsite.commands import new as writing

        given = {name.removeprefix("of_"): value for name, value in given.items()}
        asked = writing.Asked(word=word, anyway=anyway, dry_run=dry_run, quiet=quiet)
        said = writing.with_first(word, first, given | {"session": session})
        writing.run(root, asked, writing.with_issue(from_issue, said))
        return DONE

    more = f"{WHICH}{MORE}" if word in CLAIMS else MORE
    return _Kind(word, callback=command, help=f"{said}\n{more}", short_help=said)


for _word, _said in KINDS.items():
    new.add_command(_command(_word, _said))
