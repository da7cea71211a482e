"""Where on the site something would be under the ids that its thing had before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kbsite import catalog
from kbsite.catalog import LEARNING, THEME, Thing
from kbsite.graph import Graph


class Former:
    """The former addresses of things, and of all that lies below or is called after these."""

    def __init__(self, graph: Graph, things: Collection[Thing] = catalog.THINGS) -> None:
        self._before: dict[str, list[str]] = {}
        for thing in things:
            for former, present in graph.redirects.get(thing.name, {}).items():
                self._note(thing.path(present), thing.path(former))
                if thing is THEME:
                    self._note(f"{LEARNING.index}{present}/", f"{LEARNING.index}{former}/")

    def __bool__(self) -> bool:
        return bool(self._before)

    def _note(self, now: str, before: str) -> None:
        self._before.setdefault(now.rstrip("/"), []).append(before.rstrip("/"))

    def of(self, path: str) -> Iterator[str]:
        """The addresses that what is at `path` had, or would have had.

        A file that is called like the folder it lies in was called like that before, too.
        """
        at = path.find("/")
        while at >= 0:
            now, rest = path[:at], path[at:]
            own = now.rpartition("/")[2]
            for before in self._before.get(now, ()):
                was = before.rpartition("/")[2]
                yield before + (f"/{was}" + rest[len(own) + 1 :] if _called(rest, own) else rest)
            at = path.find("/", at + 1)
        yield from self._before.get(path, ())


def _called(rest: str, own: str) -> bool:
    return rest.startswith(f"/{own}.") and "/" not in rest[1:]
