"""Lists that may grow, cut into pages of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kbsite.kinds.base import Ref

PER_PAGE = 100  # entries on one page of a list


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """One page of a list: which entries, and the way to the other pages."""

    number: int
    total: int
    start: int
    end: int
    previous: str | None
    following: str | None
    pages: tuple[Ref | None, ...]

    def of(self, text: str) -> str:
        """What the list is called, with the page's number on all but the first."""
        return text if self.number == 1 else f"{text}, page {self.number}"


def cut(
    length: int, first: str, more: str, per_page: int = PER_PAGE
) -> Iterator[tuple[str, Slice]]:
    """Each page's address and slice; the first is at `first`, others at `more` + "page/N/"."""
    sizes = [min(per_page, length - at) for at in range(0, length, per_page)]
    return parted(sizes or [0], first, more)


def packed(groups: Iterable[int], most: int) -> list[int]:
    """How many entries each page of a list of groups holds: at most so many, of whole groups.

    A group of more than that begins on a page of its own.

    >>> packed([2, 3, 4, 1], 5), packed([1, 12], 5), packed([], 5)
    ([5, 5], [1, 5, 5, 2], [0])
    """
    sizes = [0]
    for group in groups:
        if sizes[-1] and sizes[-1] + group > most:
            sizes.append(0)
        sizes[-1] += group
        while sizes[-1] > most:
            sizes[-1:] = [most, sizes[-1] - most]
    return sizes


def parted(sizes: Sequence[int], first: str, more: str) -> Iterator[tuple[str, Slice]]:
    """Likewise, for pages that hold so many entries each."""
    total = len(sizes)

    def address(number: int) -> str:
        return first if number == 1 else f"{more}page/{number}/"

    for number, end in enumerate(accumulate(sizes), start=1):
        near = sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)})
        pages: list[Ref | None] = []
        for at, other in enumerate(near):
            if at and other - near[at - 1] > 1:
                pages.append(None)
            pages.append(Ref(str(other), address(other)))
        yield (
            address(number),
            Slice(
                number=number,
                total=total,
                start=end - sizes[number - 1],
                end=end,
                previous=address(number - 1) if number > 1 else None,
                following=address(number + 1) if number < total else None,
                pages=tuple(pages),
            ),
        )
