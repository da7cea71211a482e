"""The commands, with their options.

A command imports what it needs when it is called, so that the others and `--help` need not wait.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from io import TextIOWrapper
from typing import Any

import click

import kbsite
from kbsite.cli.checking import check, explain
from kbsite.cli.chores import confirm, leave_out, merge, rename, supersede
from kbsite.cli.comparing import diff
from kbsite.cli.editing import lsp
from kbsite.cli.exits import INTERRUPTED
from kbsite.cli.formatting import fmt
from kbsite.cli.groups import Group, tell
from kbsite.cli.importing import enrich, import_
from kbsite.cli.new import new
from kbsite.cli.schemas import schema
from kbsite.cli.sites import build, export, init, serve
from kbsite.collector import seldom


def _stop(_signal: int, _frame: object) -> None:
    """On SIGTERM, which is how CI cancels, clean up as on Ctrl-C."""
    raise KeyboardInterrupt


class _Program(Group):
    """A command that is a process."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and end as `exits` has commands end when click cannot even call one."""
        try:
            options = kwargs | {"prog_name": "kbsite", "standalone_mode": False}
            sys.exit(super().main(*args, **options))
        except click.ClickException as error:
            tell(error)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(INTERRUPTED)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run, with few looks for garbage, and end as soon as all is said.

        Python would first give back each of the millions of values that the system takes back at
        once.
        """
        seldom()
        try:
            return super().__call__(*args, **kwargs)
        except SystemExit as ended:
            if not isinstance(ended.code, int):
                raise
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(ended.code)


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="A command exits with 0 when done, 1 if the content has problems, 2 if it was called in "
    "a way that cannot work, 3 if the machine or kbsite itself failed, 130 if it was interrupted.",
)
@click.version_option(kbsite.__version__, prog_name="kbsite")
def main() -> None:
    """Turn a folder of conference-session records into a published knowledge base."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show is no reason to fail
            stream.reconfigure(errors="backslashreplace")


for _command in (
    build,
    serve,
    check,
    confirm,
    diff,
    explain,
    fmt,
    import_,
    enrich,
    export,
    init,
    leave_out,
    lsp,
    merge,
    new,
    rename,
    schema,
    supersede,
):
    main.add_command(_command)
