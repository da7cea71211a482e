"""All pages of a site, listed before any is rendered, and the addresses that two of them claim."""

from __future__ import annotations

from collections.abc import Iterable

from kbsite.errors import Problem
from kbsite.graph import Graph
from kbsite.graph.pages import page_path
from kbsite.kinds.base import Kind, Page
from kbsite.sources import file_problem

CONTENT = "content"


def plan(graph: Graph, kinds: Iterable[Kind]) -> tuple[tuple[Page, ...], list[Problem]]:
    """Every page of every kind, and KB203 and KB208 for addresses that clash."""
    problems: list[Problem] = []
    holders: dict[str, str] = {}
    for file, path in _written(graph):
        other = holders.setdefault(path, file)
        if other != file:
            problems.append(
                file_problem(
                    "KB203",
                    f"{CONTENT}/{file}",
                    f"{CONTENT}/{other} and {CONTENT}/{file} would both be written to /{path}",
                    "rename one of them, or make one file of both",
                )
            )
    pages: list[Page] = []
    generated: dict[str, Page] = {}
    for kind in kinds:
        for page in kind.pages(graph):
            if page.wraps is None and page.path in holders:
                problems.append(_stands_there(page, f"{CONTENT}/{holders[page.path]}"))
                continue
            other_page = generated.setdefault(page.path, page)
            if other_page is not page:
                problems.append(_clash(other_page, page))
                continue
            pages.append(page)
    return tuple(pages), problems


def _stands_there(page: Page, by_hand: str) -> Problem:
    """KB208: a page that a person wrote, where `page` would be."""
    hint = "rename the page"
    if page.source is None:
        what = f"its own page {page.title!r}"
    elif page.kind == "redirect":
        what = f"a redirect to {page.title!r}, from {page.source}"
    else:
        what = f"the page of the {page.kind} {page.title!r}, from {page.source}"
        if page.source.endswith(".md"):
            hint = f"move its text into {page.source}"
    return file_problem(
        "KB208", by_hand, f"this page stands where kbsite writes {what}: /{page.path}", hint
    )


def _written(graph: Graph) -> Iterable[tuple[str, str]]:
    """Hand-written pages and raw HTML files with their addresses."""
    for file, page in graph.pages.items():
        yield file, page.path
    for file in graph.assets:
        if file.endswith(".html"):
            yield file, page_path(file.removesuffix(".html") + ".md")


def _clash(first: Page, second: Page) -> Problem:
    return file_problem(
        "KB203",
        second.source or first.source or "sessions",
        f"the {first.kind} {first.title!r} and the {second.kind} {second.title!r} would both be "
        f"written to /{second.path}",
        "rename one of them, or give one an id of its own",
    )
