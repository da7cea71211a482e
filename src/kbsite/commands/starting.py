"""`kbsite init`: a new knowledge base, and what to do next."""

from __future__ import annotations

from pathlib import Path

from kbsite import report, scaffold
from kbsite.commands import schemas
from kbsite.commands.places import shown
from kbsite.schema import SCHEMAS


def run(folder: Path, name: str | None, *, quiet: bool) -> None:
    scaffold.init(folder, name)
    schemas.write(folder, folder / SCHEMAS, check=False, quiet=True)
    if not quiet:
        place = shown(folder.resolve())
        console = report.console()
        report.say(console, f"a new knowledge base is in {place}")
        report.say(
            console,
            f"next: cd {place.rstrip('/')}, and see the example with 'kbsite serve --open'; then "
            "'kbsite new event' begins one of your own, and README.md there says more",
        )
