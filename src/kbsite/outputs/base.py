"""What one file of the site is before it is made: a path, a value, and how the value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs.keys import digest

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What is known once for a build, and all that a file depends on beside its own value.

    `program` is a digest of what makes the files: kbsite and the libraries it makes them with.
    `theme` is one of what stands around pages: the theme, its settings and the navigation.
    `compose` makes the file of a page from what it will say.
    """

    site: Site
    program: str
    theme: str
    compose: Callable[[Page, View], bytes]


def _nothing(_around: Surroundings) -> object:
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Output(Generic[T_co]):
    """One file of the site, or a document that is only given to the maker of the search index.

    `path` is where it lies below the site's root, or among the documents. `value` makes the frozen
    value that it says, `write` its bytes from that and the surroundings; it is None where MkDocs
    writes the file, with a hand-written page in it. `depends` names what of the surroundings is
    used. `source` is the record it is made from, if it is made from one. What is only
    `for_the_public` is left out of previews, and of a site that does not know its own address:
    nobody could be led to it. One of `many` pictures is left out of a site that has few.
    """

    path: str
    kind: Literal["page", "file", "document"] = "file"
    value: Callable[[], T_co]
    write: Callable[[Any, Surroundings], bytes] | None
    depends: Callable[[Surroundings], object] = _nothing
    source: str | None = None
    for_the_public: bool = False
    many: bool = False

    def is_in(self, site: Site) -> bool:
        """Whether a built site has it."""
        return (bool(site.url) or not self.for_the_public) and (site.pictures or not self.many)

    def key(self, around: Surroundings) -> str:
        """A digest of everything that the bytes depend on, made without making them."""
        return self.keyed(around)[0]

    def make(self, around: Surroundings) -> bytes:
        """The bytes of what kbsite writes itself."""
        return self._write(self.value(), around)

    def keyed(self, around: Surroundings) -> tuple[str, Callable[[], bytes]]:
        """The key, and what makes the bytes of the value that it is the key of."""
        value = self.value()
        key = digest((self.path, around.program, self.depends(around), value))
        return key, partial(self._write, value, around)

    def _write(self, value: object, around: Surroundings) -> bytes:
        if self.write is None:
            raise TypeError(f"{self.path} is written by MkDocs")
        return self.write(value, around)
