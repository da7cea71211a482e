"""A file that is to be changed, or in which something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """What the editor calls it, its lines, their ends, and its version where it is open."""

    uri: str
    lines: list[str]
    end: str = "\n"
    version: int | None = None
