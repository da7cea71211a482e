"""The files of a site as MkDocs has them: which of content/ are in it, and which are added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from pathlib import PurePath
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from kbsite import catalog, leftout
from kbsite.catalog import CONTENT
from kbsite.kinds.base import Page
from kbsite.plugin import defaults, published
from kbsite.plugin.making import Making
from kbsite.plugin.pages import GeneratedPage, generated_file, output_file, source_uri


def settle(files: Files, config: MkDocsConfig, making: Making) -> None:
    """Leave in `files` what the site shows of content/ as it stands there."""
    published.settle(files, config, drafts=making.serving)
    if listed := files.get_file_from_path(leftout.FILE.removeprefix(f"{CONTENT}/")):
        files.remove(listed)
    rows = (thing for thing in catalog.THINGS if thing.folder and not thing.paged)
    records = tuple(f"{thing.folder}/" for thing in rows)
    for file in list(files.documentation_pages(inclusion=InclusionLevel.all)):
        if making.reading.failure or f"{CONTENT}/{file.src_uri}".startswith(records):
            files.remove(file)
        elif (
            making.own_navigation
            and "/" in file.src_uri
            and file.inclusion is not InclusionLevel.DRAFT
        ):
            file.inclusion = InclusionLevel.NOT_IN_NAV  # or MkDocs would remark on it


def add(files: Files, config: MkDocsConfig, making: Making) -> Files:
    """The files with the generated pages and what is beside them: all that MkDocs has to have."""
    past = {source_uri(page.path): page for page in making.pages if not making.reader or page.bare}
    if not making.reader:
        listed = [past.pop(file) for file in defaults.listed(config.nav) if file in past]
    else:
        listed = [page for page in making.pages if not page.bare]
        bare = {f"{page.path}index.html" for page in past.values()}  # no pages to other plugins
        for output in making.outputs("file", "page"):
            if output.kind == "file" or output.path in bare:
                files.append(output_file(config, output, making.around))
    if type(files) is Files:  # another plugin's own kind finds files in its own way
        files = FilesAndMore(files, config, making, past)
    for planned in listed:
        named = source_uri(planned.path) in making.titles
        inclusion = InclusionLevel.INCLUDED if named else InclusionLevel.NOT_IN_NAV
        file = generated_file(config, planned, inclusion)
        files.append(file)
        made = making.composer.generated(planned, file)
        made.title = making.titles.get(file.src_uri, made.title)
    return files


class FilesAndMore(Files):
    """Files of a site in which there is more, that MkDocs neither reads nor writes.

    A link that leads there finds a file.
    """

    def __init__(
        self, files: Files, config: MkDocsConfig, making: Making, past: Mapping[str, Page]
    ) -> None:
        """`past` are the pages that there are besides, by the files they seem to come from."""
        super().__init__(files)
        self._past = past
        self._config = config
        self._making = making
        self._found: dict[str, File] = {}

    @cached_property
    def _make(self) -> dict[str, Callable[[], File]]:
        """What makes each of these files: few sites have a link for which all are looked at."""
        config, around = self._config, self._making.around
        made = {uri: partial(generated_file, config, page) for uri, page in self._past.items()}
        files = {
            output.path: partial(output_file, config, output, around)
            for output in self._making.outputs("file")
        }
        return {**made, **files}

    def get_file_from_path(self, path: str) -> File | None:
        """The file whose `src_uri` this is, whoever writes it."""
        found = super().get_file_from_path(path) or self._found.get(path)
        if found is None and (make := self._make.get(PurePath(path).as_posix())):
            found = self._found[path] = make()
        return found

    def __contains__(self, path: str) -> bool:
        return self.get_file_from_path(path) is not None


def in_navigation(nav: list[Any], files: Files) -> list[Any]:
    """The entries of kbsite's own navigation whose files no plugin took away."""
    out = []
    for entry in nav:
        [(title, inside)] = entry.items()
        if isinstance(inside, list):
            inside = in_navigation(inside, files)
        elif files.get_file_from_path(inside) is None:
            continue
        if inside:
            out.append({title: inside})
    return out


def find_indexes(files: Files, wrapping: Mapping[str, Page]) -> None:
    """Let each page know the index page that is shown as active with it.

    Of hand-written pages those do that something is put around.
    """
    for file in files.documentation_pages():
        page: Any = file.page
        ours = isinstance(page, GeneratedPage)
        planned = page.planned if ours else wrapping.get(file.src_uri)
        if page is None or not planned or not planned.tab:
            continue
        found = files.get_file_from_path(source_uri(planned.tab))
        index = found.page if found else None
        if ours:
            page.index = index
        elif page.parent is None and index is not page:
            page.parent = index


def addresses(pages: Iterable[File], making: Making) -> list[str]:
    """The absolute addresses of all pages that a map of the site lists, sorted."""
    if not making.around.site.url:
        return []
    found = {file.page.canonical_url for file in pages if file.page}
    if not making.reader:
        found |= {
            urljoin(making.around.site.url, quote(p.path)) for p in making.pages if not p.bare
        }
    return sorted(filter(None, found))
