"""What a text may mean, and how surely."""

from __future__ import annotations

from typing import Any, NamedTuple


class Meaning(NamedTuple):
    """Values to write in the place of another, the likeliest first; if `certain`, it is the first.

    Certain is only what is the same content in another form, and can mean nothing else.
    """

    values: tuple[Any, ...]
    certain: bool = False

    @classmethod
    def of(cls, *values: Any) -> Meaning:
        """One of several; a single one is certain.

        >>> Meaning.of("a"), Meaning.of("a", "b", "a").certain
        (Meaning(values=('a',), certain=True), False)
        """
        each = _once(values)
        return cls(each, len(each) == 1)

    @classmethod
    def perhaps(cls, *values: Any) -> Meaning:
        """One of these or none of them."""
        return cls(_once(values))


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value for at, value in enumerate(values) if value not in values[:at])


NOTHING = Meaning(())
