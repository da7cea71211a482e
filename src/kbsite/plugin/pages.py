"""Generated pages as real MkDocs pages: bodies from Jinja, everything else from MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kbsite.kinds.base import Page, Part, View
from kbsite.outputs import Output, Surroundings

EPOCH = "1970-01-01"  # MkDocs dates pages by the clock; the same input must give the same bytes


@dataclass(frozen=True, slots=True)
class Body:
    """What is in a page: its HTML, the tags of its head, and its parts."""

    html: str
    head: str
    parts: tuple[Part, ...]


def source_uri(path: str) -> str:
    """The Markdown file that MkDocs takes the page at `path` to come from.

    >>> source_uri("themes/ebpf/"), source_uri("")
    ('themes/ebpf/index.md', 'index.md')
    """
    return f"{path}index.md"


class GeneratedPage(MkDocsPage):
    """A page whose content is ready.

    `index` is the index page to show as active with it; `hide` names the sidebars it goes without.
    `shown_url` is what templates print as its address, if that is not where it lies.
    """

    def __init__(
        self,
        planned: Page,
        file: File,
        config: MkDocsConfig,
        make: Callable[[Page, View], Body],
        edit_url: str | None,
        hide: Sequence[str],
    ) -> None:
        self.planned = planned
        self.index: MkDocsPage | None = None
        self.body = Body("", "", ())
        self.shown_url = ""
        self._hide = [*hide, "toc"] if planned.wide else list(hide)
        self._make = make
        super().__init__(str(escape(planned.title)), file, config)
        self.edit_url = edit_url
        self.update_date = EPOCH

    @property
    def url(self) -> str:
        """Its address below the root of the site."""
        url = super().url
        return _Shown(url, self.shown_url) if self.shown_url else url

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  # MkDocs' signature
        """Set the metadata, which the theme prints as it is; there is no Markdown to read."""
        self.markdown = ""
        self.meta = {
            "title": str(escape(self.planned.said_title)),
            "hide": self._hide,
            "render_macros": False,  # what looks like one of the plugin macros is somebody's title
        }
        if self.planned.description:
            self.meta["description"] = str(escape(self.planned.description))

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the body, and set content and table of contents; Markdown is what others added."""
        self.say(self._make(self.planned, self.planned.view()))
        if self.markdown and self.markdown.strip():
            content, contents = self.content, self.toc
            super().render(config, files)
            self.content = f"{content}\n{self.content}"
            contents.items[0].children += self.toc.items
            self.toc = contents

    def say(self, body: Body) -> None:
        """Have `body` in it."""
        self.body = body
        self.content = body.html
        self.toc = table_of_contents(self.planned.title, body.parts)

    def let_go(self) -> None:
        """Hold nothing any more: pages, files and contexts of templates hold each other."""
        vars(self).clear()

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
        if self.parent is not None:
            self.parent.active = value


class _Shown(str):
    """A text that is printed as another one."""

    shown: str

    def __new__(cls, text: str, shown: str) -> _Shown:
        """`text` in all but print."""
        made = super().__new__(cls, text)
        made.shown = shown
        return made

    def __str__(self) -> str:
        return self.shown


def table_of_contents(title: str, parts: Iterable[Part]) -> TableOfContents:
    """The page's heading with its parts under it."""
    top = AnchorLink(str(escape(title)), "page", 1)
    top.children = [AnchorLink(str(escape(s.title)), s.id, 2) for s in parts]
    return TableOfContents([top])


def generated_file(
    config: MkDocsConfig, page: Page, inclusion: InclusionLevel = InclusionLevel.NOT_IN_NAV
) -> File:
    """The file MkDocs asks for behind a generated page.

    It comes from the page's record, the newest that it tells of, or else the configuration, so that
    other plugins find a file where they look for one, and its history. They take that of what is
    generated to begin now.
    """
    file = File.generated(config, source_uri(page.path), content="", inclusion=inclusion)
    configuration = Path(config.config_file_path)
    file.abs_src_path = str(configuration.parent / (page.source or page.follows or configuration))
    file.edit_uri = f"../{page.source}" if page.source else None
    file.generated_by = None
    return file


class OutputFile(File):
    """A file beside the pages, made when it is written."""

    content: Callable[[], bytes]

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # MkDocs' signature
        """Write it to where it belongs."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content())


def output_file(config: MkDocsConfig, output: Output[object], around: Surroundings) -> File:
    """The file MkDocs writes for an output that is no page."""
    file = OutputFile.generated(config, output.path, content=b"", inclusion=InclusionLevel.INCLUDED)
    assert isinstance(file, OutputFile)  # noqa: S101  # MkDocs types it as its own
    file.content = partial(output.make, around)
    return file
