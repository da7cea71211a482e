"""Files at the addresses that sessions and events had before: no page leads on to a file, so it is
there again, and says what it says now.

Pictures and calendars of what is named freely are not: nobody knows which of its other names it had
a page by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kbsite.catalog import EVENT, SESSION
from kbsite.graph import Graph
from kbsite.kinds.former import Former
from kbsite.kinds.previews import FOLDER
from kbsite.outputs.base import Output

_CARD = ".png"


def outputs(graph: Graph, files: Iterable[Output[object]]) -> Iterator[Output[object]]:
    """The files at their former addresses, but for those that are other files now."""
    former = Former(graph, (EVENT, SESSION))
    if not former:
        return
    now = {file.path: file for file in files}
    before: dict[str, Output[object]] = {}
    for path, file in now.items():
        is_card = path.startswith(FOLDER)
        address = path.removeprefix(FOLDER).removesuffix(_CARD) if is_card else path
        for was in former.of(address):
            old = f"{FOLDER}{was}{_CARD}" if is_card else was
            if old not in now:
                before.setdefault(old, replace(file, path=old))
    yield from before.values()
