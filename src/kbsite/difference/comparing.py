"""Two states of a knowledge base, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kbsite import catalog
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
    named = named_changes(before.graph, after.graph)
    pages, beside = page_changes(before, after, files)
    named_in = {catalog.named(each.kind).path(each.id): each.file for each in named if each.file}
    pages = tuple(
        page if page.because or page.path not in named_in
        else replace(page, because=(named_in[page.path],))
        for page in pages
    )  # fmt: skip
    return Difference(
        changed=files,
        claims=claim_changes(before.graph, after.graph),
        sessions=sessions,
        named=named,
        pages=pages,
        files=beside,
        vanished=vanished(pages, sessions, after.library.left_out),
    )
