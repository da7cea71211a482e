"""All pages and files of a site, listed before any is made, and the addresses that two claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kbsite.catalog import CONTENT
from kbsite.errors import Problem
from kbsite.graph import Graph
from kbsite.graph.pages import page_path
from kbsite.kinds import explore, redirects
from kbsite.kinds.base import Kind, Page, Views
from kbsite.outputs import files, found, outputs
from kbsite.outputs.base import Output
from kbsite.outputs.pages import file_of
from kbsite.sources import file_problem

OWN_FOLDERS = ("pagefind/", explore.TAB)  # whatever is in them is made anew by each build
OF_THE_THEME = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})  # made of its templates
_ASSETS = Path(__file__).parent.parent / "theme" / "assets"
OWN_ASSETS = frozenset(
    f"assets/{path.relative_to(_ASSETS).as_posix()}" for path in _ASSETS.rglob("*.*")
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a site will consist of besides plain hand-written pages, and what stands in its way.

    `files` are what lies beside the pages.
    """

    views: Views
    pages: tuple[Page, ...]
    files: tuple[Output[object], ...]
    problems: tuple[Problem, ...]

    @cached_property
    def outputs(self) -> tuple[Output[object], ...]:
        """All files of the site, each path once; listed when somebody makes them."""
        return _each_once(outputs(self.views, self.pages, self.files))

    @cached_property
    def documents(self) -> tuple[Output[object], ...]:
        """All documents for the search index, likewise."""
        return _each_once(found(self.views, self.pages))


def _each_once(outputs: Iterable[Output[object]]) -> tuple[Output[object], ...]:
    made: dict[str, Output[object]] = {}
    for output in outputs:
        made.setdefault(output.path, output)
    return tuple(made.values())


def plan(graph: Graph, kinds: Sequence[Kind]) -> Plan:
    """Every page and file of every kind, and KB203 and KB208 for addresses that clash."""
    views = Views(graph)
    written, problems = _written(graph)
    pages: dict[str, Page] = {}
    offered = (page for kind in kinds for page in kind.pages(views))
    for page in sorted(offered, key=lambda page: page.yields):
        if page.yields and (page.path in written or page.path in pages):
            continue
        if page.wraps is None and page.path in written:
            problems.append(_stands_there(page, written[page.path]))
        elif pages.setdefault(page.path, page) is not page:
            problems.append(_clash(pages[page.path], page))
    for page in redirects.below(graph, tuple(pages.values())):
        if page.path not in written:
            pages.setdefault(page.path, page)
    planned = tuple(pages.values())
    by_hand = set(graph.assets)
    taken = {file_of(page) for page in planned}
    problems += map(_file_stands_there, sorted(taken & by_hand))
    beside = tuple(files(views, planned, kinds))
    for output in beside:
        if output.path in by_hand:
            problems.append(_file_stands_there(output.path))
        elif output.path in taken:
            problems.append(_two_files(output))
        taken.add(output.path)
    said = {problem.file for problem in problems}
    problems += [
        _file_stands_there(file)
        for file in (*graph.pages, *graph.assets)
        if (file in OWN_ASSETS | OF_THE_THEME or file.startswith(OWN_FOLDERS))
        and f"{CONTENT}/{file}" not in said
    ]
    return Plan(views=views, pages=planned, files=beside, problems=tuple(problems))


def _written(graph: Graph) -> tuple[dict[str, str], list[Problem]]:
    """Hand-written pages by their addresses, and KB203 where two have one."""
    holders: dict[str, str] = {}
    problems: list[Problem] = []
    for file, path in _by_hand(graph):
        other = holders.setdefault(path, file)
        if other != file:
            problems.append(
                file_problem(
                    "KB203",
                    file,
                    f"{other} and {file} would both be written to /{path}",
                    "rename one of them, or make one file of both",
                )
            )
    return holders, problems


def _by_hand(graph: Graph) -> Iterator[tuple[str, str]]:
    """Hand-written pages and raw HTML files with their addresses."""
    for page in graph.pages.values():
        yield page.source.path, page.path
    for file in graph.assets:
        if file.endswith(".html"):
            yield f"{CONTENT}/{file}", page_path(file.removesuffix(".html") + ".md")


def _file_stands_there(file: str) -> Problem:
    """KB208: a file in content/ where one of ours would be."""
    folder = next((own for own in OWN_FOLDERS if file.startswith(own)), "")
    hint = f"move the file out of {CONTENT}/{folder}" if folder else "rename the file"
    if file in OF_THE_THEME and file.endswith((".html", ".xml")):
        hint = (
            f"move it to overrides/{file}, and write 'custom_dir: overrides' under theme in "
            "mkdocs.yml: it takes the place of the theme's template there"
        )
    return file_problem(
        "KB208",
        f"{CONTENT}/{file}",
        f"this file stands where kbsite writes its own: /{folder or file}",
        hint,
    )


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


def _clash(first: Page, second: Page) -> Problem:
    return file_problem(
        "KB203",
        second.source or first.source or "sessions",
        f"the {first.kind} {first.title!r} and the {second.kind} {second.title!r} would both be "
        f"written to /{second.path}",
        "rename one of them, or give one an id of its own",
    )


def _two_files(output: Output[object]) -> Problem:
    return file_problem(
        "KB203",
        output.source or "sessions",
        f"two things would be written to /{output.path}",
        "rename one of them, or give one an id of its own",
    )
