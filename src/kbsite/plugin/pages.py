"""Generated pages as real MkDocs pages: bodies from Jinja, everything else from MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kbsite.kinds import Asset, Page, Section, Site
from kbsite.render import Rendered

TEMPLATE = "kbsite/page.html"  # in the theme folder; prints what the plugin put into the context
EPOCH = "1970-01-01"  # MkDocs dates pages by the clock; the same input must give the same bytes


def source_uri(path: str) -> str:
    """The Markdown file that MkDocs takes the page at `path` to come from.

    >>> source_uri("themes/ebpf/"), source_uri("")
    ('themes/ebpf/index.md', 'index.md')
    """
    return f"{path}index.md"


class GeneratedPage(MkDocsPage):
    """A page whose content is ready.

    `index` is the index page to show as active with it; `hide` names the sidebars it goes without.
    """

    def __init__(
        self,
        planned: Page,
        file: File,
        config: MkDocsConfig,
        render: Callable[[Page], Rendered],
        edit_url: str,
        hide: list[str],
    ) -> None:
        self.planned = planned
        self._hide = hide
        self.index: MkDocsPage | None = None
        self.sections: tuple[Section, ...] = ()
        self._render = render
        super().__init__(planned.title, file, config)
        self.edit_url = edit_url + planned.source if edit_url and planned.source else None
        self.update_date = EPOCH

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  # MkDocs' signature
        """Set the metadata; there is no Markdown to read."""
        self.markdown = ""
        self.meta = metadata(self.planned) | {
            "hide": [*self._hide, "toc"] if self.planned.wide else self._hide
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  # likewise
        """Set content and table of contents."""
        rendered = self._render(self.planned)
        self.content = rendered.html
        self.sections = rendered.sections
        self.toc = table_of_contents(self.planned.title, rendered.sections)

    @property
    def active(self) -> bool:
        """Whether this page is being rendered; its index page is marked with it."""
        return self._active

    @active.setter
    def active(self, value: bool) -> None:
        self._active = value
        index = getattr(self, "index", None)
        if index is not None and index is not self:
            index.active = value


def metadata(page: Page) -> dict[str, Any]:
    """Front matter for the theme, which prints it without escaping."""
    meta: dict[str, Any] = {"template": TEMPLATE, "title": str(escape(page.title))}
    if page.description:
        meta["description"] = str(escape(page.description))
    return meta


def table_of_contents(title: str, sections: Iterable[Section]) -> TableOfContents:
    """The page's heading with its sections under it."""
    top = AnchorLink(str(escape(title)), "page", 1)
    top.children = [AnchorLink(str(escape(s.title)), s.id, 2) for s in sections]
    return TableOfContents([top])


def generated_file(config: MkDocsConfig, path: str) -> File:
    """The file MkDocs asks for behind a generated page."""
    return File.generated(config, source_uri(path), content="", inclusion=InclusionLevel.NOT_IN_NAV)


class AssetFile(File):
    """A file beside the pages, made when it is written."""

    content: Callable[[], bytes]

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # MkDocs' signature
        """Write it to where it belongs."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content())


def asset_file(config: MkDocsConfig, asset: Asset, site: Site) -> File:
    """The file MkDocs writes for an asset."""
    file = AssetFile.generated(config, asset.path, content=b"", inclusion=InclusionLevel.INCLUDED)
    assert isinstance(file, AssetFile)  # noqa: S101  # MkDocs types it as its own
    file.content = partial(asset.content, site)
    return file
