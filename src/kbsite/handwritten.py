"""What is wrong with hand-written pages, seen beside all that their site will hold."""

from __future__ import annotations

from collections.abc import Iterator

from kbsite import harmless
from kbsite.errors import Problem
from kbsite.graph import Graph
from kbsite.graph.nodes import PageNode

_INSTEAD = "write it as Markdown, or put it between backticks to show it as code"


def problems(graph: Graph) -> Iterator[Problem]:
    """Every problem of every hand-written page that shows only when all pages are known."""
    for node in graph.pages.values():
        yield from _taken_out(node)


def _taken_out(node: PageNode) -> Iterator[Problem]:
    """KB115: what is left out of a page that anybody may bring."""
    if not harmless.is_brought(node.file):
        return
    for at, text, what in harmless.taken_out(node.source.body):
        yield node.source.problem_in_body(
            "KB115",
            at,
            len(text),
            f"{what} is taken out of the page",
            f"{_INSTEAD if text.startswith('<') else 'remove it'}; only pages that are not in a "
            "folder of records may run code",
        )
