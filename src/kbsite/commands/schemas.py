"""`kbsite schema`: what editors and other programs need to know of records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kbsite import archive, report, slugs
from kbsite.commands.places import base, shown
from kbsite.errors import UsageError
from kbsite.load import load
from kbsite.models import MODELS
from kbsite.schema import KINDS, schema
from kbsite.wording import did_you_mean


def show(root: Path | None, kind: str | None) -> None:
    """Print the schema of a kind of record."""
    every = "kinds of records: " + ", ".join(KINDS)
    if kind is None:
        raise UsageError(f"name one of the {every}; or write all with --into DIR")
    if kind not in KINDS:
        near = did_you_mean(slugs.nearest(kind, KINDS, count=1), every)
        raise UsageError(f"there is no kind of record '{kind}'; {near}")
    click.echo(_text(schema(kind, _known(root))), nl=False)


def write(root: Path | None, folder: Path, *, check: bool, quiet: bool) -> bool:
    """Write all of them into a folder, or only see whether they are there; whether they were."""
    known = _known(root)
    wanted = {folder / f"{kind}.json": _text(schema(kind, known)) for kind in KINDS}
    old = [path for path, text in wanted.items() if not _says(path, text)]
    console = report.console()
    if check:
        for path in old:
            report.say(console, f"{path} is not what the models and the records give")
        if old:
            report.say(console, f"to write it anew: kbsite schema --into {folder}")
        return not old
    for path in old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    if not quiet:
        told = f"{len(old)} of {len(wanted)} schemas were written to {shown(folder.resolve())}"
        report.say(console, told)
    return True


def _known(root: Path | None) -> Mapping[str, Sequence[str]]:
    """The ids that records of a knowledge base have, if we stand in one."""
    try:
        place = base(root)
    except UsageError:
        return {}
    library, _ = load(place, packs=archive.packs(place))
    return {name: sorted(library.records.get(name, {})) for name in MODELS if name != "session"}


def _text(made: Mapping[str, Any]) -> str:
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
