"""`kbsite init`: a new knowledge base, and what to do next."""

from __future__ import annotations

from pathlib import Path

from kbsite import report, scaffold
from kbsite.commands.places import shown


def run(folder: Path, name: str | None, *, quiet: bool) -> None:
    scaffold.init(folder, name)
    if not quiet:
        place = shown(folder.resolve())
        console = report.console()
        report.say(console, f"a new knowledge base is in {place}")
        report.say(
            console,
            f"next: cd {place.rstrip('/')}, then import a schedule with 'kbsite import', or write "
            "a session's record; README.md there says how",
        )
