"""The theme's page around a body, rendered once per class of page and filled in for the others.

A shell is right only if filling it gives the very bytes of the full rendering. So the first page of
each class is rendered in full; of the second the shell is made, with a mark in the place of each
field. It has to give the bytes of the first one, and those of the second with signs in its fields
that any filter of a template would change. A class in which it does not is rendered in full.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, str]
FullRendering: TypeAlias = Callable[[Fields], str]

# What templates make of a field as a whole, by the name that the mark has then: Material's button
# to view a page's source leads to the address that edits it, but for one word.
MADE_OF: Mapping[str, Callable[[Fields], str]] = MappingProxyType(
    {"raw": lambda fields: fields["edit"].replace("edit", "raw")}
)
TRAP = " éA&amp;b\\/?#%"  # as in HTML: fields are escaped


class Shells:
    """Shells by class of page. `report` is told of each class that cannot have one."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._first: dict[Hashable, tuple[Fields, str]] = {}
        self._shells: dict[Hashable, list[str] | None] = {}
        self._report = report
        self._token = secrets.token_hex(8)  # so that no text can hold a mark

    def render(self, key: Hashable, fields: Fields, full: FullRendering, *, name: str) -> str:
        """The page with `fields` filled in, exactly as `full` would render it.

        `key` is the class: pages share it if they differ in nothing but the fields. `name` names
        the class in a report.
        """
        if key not in self._shells:
            if key not in self._first:
                made = full(fields)
                self._first[key] = (fields, made)
                return made
            self._shells[key] = self._shell(self._first.pop(key), fields, full, name)
        parts = self._shells[key]
        return full(fields) if parts is None else _fill(parts, fields)

    def _shell(
        self, first: tuple[Fields, str], fields: Fields, full: FullRendering, name: str
    ) -> list[str] | None:
        # Letters and digits, which no filter of a template changes. A heading stands before the
        # content's: templates add one where there is none.
        marks = {field: f"{self._token}{field}{self._token}" for field in fields}
        heading = "<h1>" + marks["content"]
        made = full({**marks, "content": heading}).replace(heading, marks["content"])
        parts = re.split(f"{self._token}([a-z0-9]+){self._token}", made)
        trapped = {field: value + TRAP for field, value in fields.items()}
        if (
            all(field in fields or field in MADE_OF for field in parts[1::2])
            and _fill(parts, first[0]) == first[1]
            and _fill(parts, trapped) == full(trapped)
        ):
            return parts
        self._report(
            f"pages of the class '{name}' are rendered in full, which is slower: the theme makes "
            "more of what they say than to print it"
        )
        return None


def _fill(parts: list[str], fields: Fields) -> str:
    """Text and field names alternate in `parts`."""
    filled = parts.copy()
    for at in range(1, len(parts), 2):
        field = parts[at]
        filled[at] = fields[field] if field in fields else MADE_OF[field](fields)
    return "".join(filled)
