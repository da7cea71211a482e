"""Links of Markdown's to the files and pages of records, and what to write for them."""

from __future__ import annotations

import re
from typing import NamedTuple

from kbsite import cures
from kbsite.cures import Cures
from kbsite.errors import Cure
from kbsite.graph.target import Target, Unresolved
from kbsite.sources import Path, Source
from kbsite.wording import shown


class Relinked(NamedTuple):
    """What is said of a link by a path to a record: what is wrong, what to write, and its cure."""

    message: str
    hint: str
    cures: Cures


def instead(source: Source, path: Path, why: Unresolved) -> Cures:
    """What may be written at `path` in the place of a reference that leads nowhere."""
    return tuple(
        cure
        for at, word in enumerate(why.instead)
        for cure in cures.writing(source, path, word, certain=why.certain and not at)
    )


def relinked(source: Source, place: tuple[int, int], href: str, target: Target) -> Relinked:
    """What is said of links by `href` to `target` between two characters of a file.

    There is a cure for those that are written as `[words](href)`.
    """
    written = re.compile(
        rf"(?<!!)\[(?P<words>[^\[\]]{{0,500}})\]\(\s{{0,9}}<?{re.escape(href)}>?"
        r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)"
    )
    found = list(written.finditer(source.text, *place))
    links = [target.written(each["words"]) for each in found] or [target.written()]
    changes = tuple(
        source.edit(each.start(), each.end(), link)
        for each, link in zip(found, links, strict=False)
    )
    remedy = f"write {links[0]}"
    in_code = "`" in source.text[slice(*place)]
    return Relinked(
        f"the link {shown(href)} is a path to '{target.label}', and leads nowhere on the site",
        remedy,
        (Cure(title=remedy, changes=changes, certain=not in_code),) if changes else (),
    )
