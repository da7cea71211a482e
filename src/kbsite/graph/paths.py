"""What paths mean: the thing, and the id of one, whose record or page is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kbsite import catalog, slugs
from kbsite.catalog import CONTENT, Thing


def things_at(path: str) -> Iterator[tuple[Thing, str]]:
    """Each thing that a link can lead to and that may have its record or page at a path from the
    root, with its id. Whether there is such a record is not looked up.

    A path may also begin inside content/, as pages have it, and end as a server lets it.

    >>> [(thing.name, id) for thing, id in things_at("content/projects/obi.md")]
    [('project', 'obi')]
    >>> [(thing.name, id) for thing, id in things_at("sessions/conf/talk/#learning-one")][:1]
    [('learning', 'conf/talk#one')]
    >>> [(thing.name, id) for thing, id in things_at("projects/obi/index.html")]
    [('project', 'obi')]
    """
    path, mark, anchor = path.strip("/").partition("#")
    path = path.removesuffix("index.html").rstrip("/")
    for whole in (f"{path}/#{anchor}", path) if mark else (path,):
        for thing, pattern in _patterns():
            if found := pattern.fullmatch(whole):
                yield thing, "#".join(found.groups())


@cache
def _patterns() -> tuple[tuple[Thing, re.Pattern[str]], ...]:
    """How the paths of each thing's records and pages are made, with groups for the id."""
    own = f"({slugs.ID_PATTERN}(?:/{slugs.ID_PATTERN})?)"
    return tuple(
        (thing, re.compile(re.escape(form).replace("ID", own).replace("ANCHOR", own)))
        for thing in catalog.THINGS
        if thing.words
        for form in _forms(thing)
    )


def _forms(thing: Thing) -> Iterator[str]:
    yield thing.path("ID#ANCHOR" if "{1}" in thing.address else "ID").rstrip("/")
    if thing.folder:
        folder = thing.folder.removeprefix(f"{CONTENT}/")
        name = f"/{thing.file}" if thing.file else thing.ending
        yield f"{folder}/ID{name}"
        if folder != thing.folder:
            yield f"{thing.folder}/ID{name}"
