"""Two states of a knowledge base, compared."""

from __future__ import annotations

from collections.abc import Iterable

from kbsite.difference.claims import claim_changes
from kbsite.difference.named import named_changes
from kbsite.difference.pages import page_changes
from kbsite.difference.parts import Difference
from kbsite.difference.sessions import session_changes
from kbsite.difference.vanished import vanished
from kbsite.pipeline import Prepared


def compare(before: Prepared, after: Prepared, changed: Iterable[str]) -> Difference:
    """What differs; `changed` are the files that do. Neither state may have errors."""
    files = tuple(sorted(changed))
    sessions = session_changes(before.graph, after.graph)
    pages, beside = page_changes(before, after, files)
    return Difference(
        changed=files,
        claims=claim_changes(before.graph, after.graph),
        sessions=sessions,
        named=named_changes(before.graph, after.graph),
        pages=pages,
        files=beside,
        vanished=vanished(pages, sessions),
    )
