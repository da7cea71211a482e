"""The pages of a knowledge base as a tree of Markdown files, from which other engines build."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kbsite import harmless, wikilinks, yamlwrite
from kbsite.catalog import CONTENT
from kbsite.errors import UsageError
from kbsite.graph import Graph
from kbsite.graph.nodes import PageNode
from kbsite.graph.pages import page_path
from kbsite.graph.target import as_markdown
from kbsite.kinds.base import Page, Site, View
from kbsite.outputs.structured import thing
from kbsite.pipeline import Prepared, prepare
from kbsite.plugin import running
from kbsite.prose import INTERNAL
from kbsite.render import Renderer
from kbsite.sitefolder import EXPORT, carry_over, demand_replaceable, mark_export, others
from kbsite.swap import publish, staging
from kbsite.twins import WRITTEN, to_markdown

_DATES = ("datePublished", "startDate")  # in the words of schema.org
_FIRST_HEADING = re.compile(r"\s*#[ \t]+(?P<words>[^\n]+?)[ \t#]*(?:\n|\Z)")
_INLINE_LINK = re.compile(
    r"(?P<before>\]\(<?|^ {0,3}\[[^\]\n]+\]:[ \t]+<?)(?P<to>[^\s()<>]+)", re.MULTILINE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """Where an export is, how many pages it has, and the paths of others' files that are gone."""

    folder: Path
    pages: int
    removed: tuple[str, ...]


def export(root: Path, folder: Path, say: Callable[[str], None] = lambda _: None) -> Exported:
    """Write the pages of `root` into `folder`, in the place of the last export.

    Raises ContentError if there are errors, and UsageError for a folder that an export may not
    replace; then nothing is written.
    """
    if folder.is_symlink():
        raise UsageError(
            f"{folder} is a symbolic link, and the export would take its place; "
            "name the folder that it leads to"
        )
    target = demand_replaceable(folder, root, EXPORT)
    project = running.Project(root)
    say("reading the records")
    prepared = prepare(root, settings=project.settings)
    prepared.demand_no_errors()
    site = project.around(prepared, search=False).site
    say(f"writing {len(prepared.pages):,} pages")
    with staging(target, "export") as made:
        number = 0
        for path, text in files(prepared, site):
            number += 1
            file = made / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        for asset in prepared.graph.assets:
            (made / asset).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / CONTENT / asset, made / asset)
        mark_export(made)
        demand_replaceable(target, root, EXPORT)  # again, for time has passed
        removed = carry_over(others(target), target, made)
        publish(made, target)
    return Exported(folder=target, pages=number, removed=tuple(removed))


def files(prepared: Prepared, site: Site) -> Iterator[tuple[str, str]]:
    """The path and the text of each Markdown file. Pages that only lead on to others have none."""
    graph = prepared.graph
    pages = [page for page in prepared.pages if not page.bare]
    links = Links(graph, pages, site.url)
    renderer = Renderer(prepared.kinds, site)
    wrapped = set()
    for page in pages:
        wrapped.add(page.wraps)
        view = page.view()
        written = _written(graph.pages[page.wraps], page.title, links) if page.wraps else ""
        html = renderer.render(replace(page, trail=()), view, WRITTEN if page.wraps else "")
        body = to_markdown(html, links.on(page.path), written)
        yield file_of(page.path), f"{_front_matter(page, view)}\n{body}"
    for node in graph.pages.values():
        if node.file not in wrapped:
            front = _front(node.title, node.description, "", node.source.path, node.path)
            yield file_of(node.path), f"{front}\n{_written(node, node.title, links)}"


def file_of(path: str) -> str:
    """The file of the page at an address, in a tree of Markdown files.

    >>> file_of("themes/ebpf/"), file_of("")
    ('themes/ebpf.md', 'index.md')
    """
    return f"{path.rstrip('/')}.md" if path else "index.md"


class Links:
    """Where links lead in the tree: to its own files where they are of pages that are in it."""

    def __init__(self, graph: Graph, pages: list[Page], url: str) -> None:
        self._url = url
        self._assets = frozenset(graph.assets)
        self._paths = {page.path for page in pages} | {node.path for node in graph.pages.values()}

    def on(self, path: str) -> Callable[[str], str]:
        """What a link on the page at `path` becomes, by its address in the HTML."""
        file = file_of(path)

        def link(href: str) -> str:
            if _is_elsewhere(href):
                return href
            to, mark, anchor = href.partition("#")
            known = self._found(posixpath.join(path, to), file)
            if known is not None:
                return known + mark + anchor
            place = posixpath.normpath(posixpath.join(path, to))
            return f"{self._url}{place}{mark}{anchor}" if self._url else ""

        return link

    def written(self, node: PageNode) -> Callable[[str], str]:
        """What a link in a hand-written page becomes; one that leads to nothing known stays."""
        folder = posixpath.dirname(node.file)

        def link(href: str) -> str:
            to, mark, anchor = href.partition("#")
            if to.startswith(INTERNAL):
                place = to.removeprefix(INTERNAL)
                href = f"/{place}{mark}{anchor}"
            elif _is_elsewhere(href):
                return href
            else:
                place = posixpath.normpath(posixpath.join(folder, to))
                place = page_path(place) if to.endswith(".md") else place
            known = self._found(place, file_of(node.path))
            return href if known is None else known + mark + anchor

        return link

    def _found(self, place: str, file: str) -> str | None:
        """The way from a file of the tree to that of a page or an asset, if there is such a one."""
        plain = posixpath.normpath(place)
        path = "" if plain == "." else f"{plain}/"
        if path in self._paths:
            target = file_of(path)
        elif plain in self._assets:
            target = plain
        else:
            return None
        return posixpath.relpath(target, posixpath.dirname(file) or ".")


def _is_elsewhere(href: str) -> bool:
    return (
        href.startswith(("#", "/", "?")) or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href) is not None
    )


def _written(node: PageNode, title: str, links: Links) -> str:
    """The text of a hand-written page, less a first heading that only repeats its title."""
    link = links.written(node)
    known = ((each, as_markdown(each, to, INTERNAL + to.path)) for each, to in node.links)
    text = wikilinks.put(node.source.body, known)
    if harmless.is_brought(node.file):
        text = harmless.in_markdown(text)
    text = _INLINE_LINK.sub(lambda found: found["before"] + link(found["to"]), text)
    first = _FIRST_HEADING.match(text)
    if first and first["words"] == title:
        text = text[first.end() :]
    return text.lstrip("\n")


def _front_matter(page: Page, view: View) -> str:
    said = thing(page, view)
    date = next((str(said[key]) for key in _DATES if said.get(key)), "")
    return _front(page.title, page.description, date, page.source or "", page.path)


def _front(title: str, description: str, date: str, source: str, path: str) -> str:
    said: Mapping[str, str] = {
        "title": title,
        "description": description,
        "date": date,
        "source": source,
        "url": f"/{path}",
    }
    return f"---\n{yamlwrite.dump({key: value for key, value in said.items() if value})}---\n"
