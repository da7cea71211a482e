"""The files of a site as MkDocs has them: which of content/ are in it, and which are added."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from kbsite import catalog
from kbsite.catalog import CONTENT
from kbsite.plugin import published
from kbsite.plugin.making import Making
from kbsite.plugin.pages import GeneratedPage, generated_file, output_file, source_uri


def settle(files: Files, config: MkDocsConfig, making: Making) -> None:
    """Leave in `files` what the site shows of content/ as it stands there."""
    published.settle(files, config, drafts=making.serving)
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


def add(files: Files, config: MkDocsConfig, making: Making) -> None:
    """Add the generated pages, and the files beside them."""
    for page in making.reading.prepared.pages:
        if page.wraps is None:
            file = generated_file(config, page.path)
            files.append(file)
            edit_url = making.site.edit_url(page.source) if page.source else None
            made = GeneratedPage(
                page, file, config, making.composer.body, edit_url or None, list(making.hide)
            )
            made.title = making.titles.get(file.src_uri, page.title)
    for output in making.outputs("file"):
        files.append(output_file(config, output, making.around))


def find_indexes(files: Files) -> None:
    """Let each generated page know the index page that is shown as active with it."""
    index: dict[str, MkDocsPage | None] = {}
    for file in files.documentation_pages():
        page = file.page
        if isinstance(page, GeneratedPage):
            tab = page.planned.tab
            if tab not in index:
                target = files.get_file_from_path(source_uri(tab)) if tab else None
                index[tab] = target.page if target else None
            page.index = index[tab]
