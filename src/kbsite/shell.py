"""The theme's page around a body, rendered once per class of page and filled in for the others.

A shell is right only if filling it gives the very bytes of the full rendering. So the first page of
each class is rendered both ways, and a class that differs is rendered in full from then on.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, str]
FullRendering: TypeAlias = Callable[[Fields], str]


class Shells:
    """Shells by class of page. `report` is told of each class that cannot have one."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._shells: dict[Hashable, list[str] | None] = {}
        self._report = report
        self._token = secrets.token_hex(8)  # so that no text can hold a mark

    def render(self, key: Hashable, fields: Fields, full: FullRendering, *, name: str) -> str:
        """The page with `fields` filled in, exactly as `full` would render it.

        `key` is the class: pages share it if they differ in nothing but the fields. `name` names
        the class in a report.
        """
        if key not in self._shells:
            return self._first(key, fields, full, name)
        parts = self._shells[key]
        return full(fields) if parts is None else _fill(parts, fields)

    def _first(self, key: Hashable, fields: Fields, full: FullRendering, name: str) -> str:
        # Letters and digits, which no filter of a template changes. A heading stands before the
        # content's: templates add one where there is none.
        marks = {field: f"{self._token}{field}{self._token}" for field in fields}
        heading = "<h1>" + marks["content"]
        made = full({**marks, "content": heading}).replace(heading, marks["content"])
        parts = re.split(f"{self._token}([a-z]+){self._token}", made)
        exact = full(fields)
        if _fill(parts, fields) == exact:
            self._shells[key] = parts
        else:
            self._shells[key] = None
            self._report(
                f"pages of the class '{name}' are rendered in full, which is slower: the theme or "
                "a plugin makes more of them depend on the page than kbsite knows"
            )
        return exact


def _fill(parts: list[str], fields: Fields) -> str:
    """Text and field names alternate in `parts`."""
    return "".join(part if at % 2 == 0 else fields[part] for at, part in enumerate(parts))
