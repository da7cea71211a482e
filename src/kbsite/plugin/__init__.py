"""The MkDocs plugin. Nothing outside this package and the theme folder knows MkDocs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup, escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from kbsite import report
from kbsite.errors import ContentError, KbsiteError
from kbsite.graph.mentions import rewritten
from kbsite.graph.nodes import PageNode
from kbsite.graph.targets import Target
from kbsite.head import head
from kbsite.kinds import Page
from kbsite.pipeline import MARKER, Prepared, prepare, stand_in
from kbsite.plugin import defaults, lean, settings
from kbsite.plugin.pages import (
    EPOCH,
    GeneratedPage,
    asset_file,
    generated_file,
    source_uri,
)
from kbsite.plugin.searching import Searching
from kbsite.plugin.serving import watch, with_brackets
from kbsite.render import Renderer
from kbsite.search import documents
from kbsite.shell import Fields, Shells

if TYPE_CHECKING:  # it takes long to import, and only who serves has it
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)

EXTENDING = ("speakers/", "organisations/", "projects/")


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but this
    """The plugin takes no options: what it needs to know is in the records."""


class KbsitePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # likewise
    """Adds the pages of the records to a MkDocs build.

    `prepared`, when somebody has read the records already, spares reading them again. Without
    `search` there is no index, and no page has a way to search.
    """

    def __init__(self) -> None:
        self.prepared: Prepared | None = None
        self.search = True
        self._searching = Searching(log.error)
        self._serving = False
        self._built = False
        self._failure = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Having this, MkDocs keeps the plugin from one build to the next while it serves."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        with _plugin_errors():
            settings.demand_usable(config)
        defaults.apply(config)
        if self._serving and config.site_url:
            config.site_url = with_brackets(config.site_url)
        self._site = self._read(Path(config.config_file_path).parent)
        self._around = defaults.site(config, search=self.search)
        self._renderer = Renderer(self._site.kinds, self._around)
        self._wrapping = {page.wraps: page for page in self._site.pages if page.wraps}
        self._shells = Shells(log.warning)
        self._classes: dict[str, tuple[str, ...]] = {}
        self._own_navigation = config.nav is None
        if self._own_navigation and not self._failure:
            config.nav = defaults.navigation(self._site.graph, self._site.kinds)
        return config

    def _read(self, root: Path) -> Prepared:
        """The records under `root`; while serving, a stand-in if the very first build cannot be."""
        if self.prepared is not None:
            prepared, self.prepared = self.prepared, None
            return prepared
        self._failure = ""
        try:
            prepared = prepare(root)
            prepared.demand_no_errors()
        except ContentError as error:
            text = "\n\n".join(report.as_text(problem) for problem in error.problems)
            self._failure = f"{report.summary(error.problems)}\n\n{text}"
        except KbsiteError as error:
            self._failure = str(error)
        if self._failure:
            if self._serving and not self._built:
                log.error(self._failure)
                return stand_in(root)
            raise PluginError(self._failure)
        for problem in prepared.problems:
            log.warning(report.as_text(problem))
        return prepared

    # Files and pages

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files.documentation_pages()):
            if self._failure or file.src_uri.startswith(EXTENDING):
                files.remove(file)
            elif self._own_navigation and "/" in file.src_uri:
                file.inclusion = InclusionLevel.NOT_IN_NAV  # or MkDocs would remark on it
        edit_url = defaults.edit_url(config)
        titles = defaults.titles(config.nav)
        hide = ["navigation"] if self._own_navigation else []
        for page in self._site.pages:
            if page.wraps is None:
                file = generated_file(config, page.path)
                files.append(file)
                generated = GeneratedPage(page, file, config, self._renderer.render, edit_url, hide)
                generated.title = titles.get(file.src_uri, page.title)
        public = bool(self._around.url) and not self._serving
        for asset in self._site.assets:
            if public or not asset.for_the_public:
                files.append(asset_file(config, asset, self._around))
        if self.search:
            unpublished = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
            left_out = {file.url for file in files if file.inclusion in unpublished}
            found = [
                document
                for document in documents(self._site.graph, self._site.pages)
                if document.path not in left_out
            ]
            with _plugin_errors():
                self._searching.begin(found, Path(config.site_dir), serving=self._serving)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._navigation = [item.url for item in _leaves(nav)]
        index: dict[str, MkDocsPage | None] = {}
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, GeneratedPage):
                tab = page.planned.tab
                if tab not in index:
                    target = files.get_file_from_path(source_uri(tab)) if tab else None
                    index[tab] = target.page if target else None
                page.index = index[tab]
            elif page is not None and page.title is None and (node := self._written(page)):
                page.title = str(escape(node.title))
        return nav

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """The text of a hand-written page; its front matter has been read."""
        node = self._written(page)
        return (
            None if node is None else f"\n{node.source.body}"
        )  # or MkDocs takes "Key: x" for some

    def _written(self, page: MkDocsPage) -> PageNode | None:
        """What is known of a hand-written page, unless another plugin wrote it."""
        if isinstance(page, GeneratedPage) or page.file.generated_by is not None:
            return None
        return self._site.graph.pages.get(page.file.src_uri)

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        page.update_date = EPOCH
        return page

    @event_priority(100)
    def _on_page_markdown_first(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> None:
        """Hand other plugins the front matter as kbsite reads it."""
        node = self._written(page)
        if node is not None:
            said = {"title": node.title, "description": node.description}
            page.meta = {key: said.get(key, value) for key, value in node.source.data.items()}

    def _on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Links between records become links to the files that their pages seem to come from."""
        if isinstance(page, GeneratedPage):
            return markdown
        for key in ("title", "description", "author"):  # the theme prints them as they are
            if page.meta.get(key):
                page.meta[key] = str(escape(page.meta[key]))
        if self._own_navigation:  # all of it is in the tabs; a sidebar would hold one line
            sidebars = ["navigation", "toc"] if page.is_homepage else ["navigation"]
            page.meta.setdefault("hide", sidebars)
        folder = posixpath.dirname(page.file.src_uri)

        def url(target: Target) -> str:
            path, mark, anchor = target.path.partition("#")
            return posixpath.relpath(source_uri(path), folder or ".") + mark + anchor

        return rewritten(markdown, self._site.graph.targets, url)

    on_page_markdown = CombinedEvent(_on_page_markdown_first, _on_page_markdown)

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Set a hand-written page in what the graph knows about it."""
        around = self._wrapping.get(page.file.src_uri)
        if around is None:
            return html
        rendered = self._renderer.render(around, html)
        top = page.toc.items[0] if page.toc and page.toc.items[0].level == 1 else None
        if top is None:
            top = AnchorLink(str(page.title), "page", 1)
            top.children = list(page.toc.items)
            page.toc.items = [top]
        top.children += [AnchorLink(s.title, s.id, 2) for s in rendered.sections]
        if around.description:
            page.meta.setdefault("description", str(escape(around.description)))
        return rendered.html

    # Rendering

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        self._env = env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, GeneratedPage):
            html = page.content or ""
            if not page.planned.bare:
                fields = self._fields(page)
                html = self._shells.render(
                    self._class_of(page, fields),
                    fields,
                    self._full_rendering(page, context),
                    name=page.planned.template,
                )
            context["kbsite_html"] = html  # type: ignore[typeddict-unknown-key]  # read by TEMPLATE
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        if isinstance(page, GeneratedPage):
            return output
        return _with_head(output, self._head(page, self._wrapping.get(page.file.src_uri)))

    def _class_of(self, page: GeneratedPage, fields: Fields) -> tuple[Any, ...]:
        """Pages of one class differ in nothing but their fields.

        Links from a page to the navigation depend on the folder it is in, so that is part of it, as
        the addresses it gives; an index page, shown as active in the navigation, is its own class.
        """
        parent = posixpath.dirname(page.url.rstrip("/"))
        if parent not in self._classes:
            self._classes[parent] = tuple(get_relative_url(u, page.url) for u in self._navigation)
        own = page.url if page.index is page or page.url in self._navigation else ""
        sections = tuple((s.id, s.title) for s in page.sections)
        tab = page.planned.tab
        return (self._classes[parent], page.url.count("/"), own, tab, sections, tuple(fields))

    def _full_rendering(
        self, page: GeneratedPage, context: TemplateContext
    ) -> Callable[[Fields], str]:
        """The theme's own template, with a page's fields replaced."""

        def render(fields: Fields) -> str:
            kept = (page.content, page.meta, page.canonical_url, page.edit_url)
            try:
                page.content = fields["content"]
                page.meta = {**page.meta, "title": fields["title"]}
                if "description" in fields:
                    page.meta["description"] = fields["description"]
                page.canonical_url = fields.get("canonical")
                page.edit_url = fields.get("edit")
                page.toc.items[0].title = fields["title"]
                made = self._env.get_template("main.html").render(context)
                return _with_head(made, fields["head"])
            finally:
                page.content, page.meta, page.canonical_url, page.edit_url = kept
                page.toc.items[0].title = page.meta["title"]

        return render

    def _fields(self, page: GeneratedPage) -> dict[str, str]:
        fields = {
            "title": page.meta["title"],
            "content": page.content or "",
            "head": self._head(page, page.planned),
        }
        if "description" in page.meta:
            fields["description"] = page.meta["description"]
        if page.canonical_url:
            fields["canonical"] = page.canonical_url
        if page.edit_url:
            fields["edit"] = page.edit_url
        return fields

    def _head(self, page: MkDocsPage, planned: Page | None) -> str:
        """What the page says about itself."""
        if isinstance(page, GeneratedPage):
            title, description = page.planned.title, page.planned.description
        else:  # in the metadata they are as HTML has them
            title = Markup(page.meta.get("title") or page.title).striptags()  # noqa: S704
            description = Markup(page.meta.get("description") or "").unescape()  # noqa: S704
        return head(self._around, page.url, title=title, description=description, page=planned)

    # Serving

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],
    ) -> LiveReloadServer:
        file = Path(config.config_file_path)
        watch(server, file, builder, lambda: self._failure, self._failure)
        return server

    def on_shutdown(self) -> None:
        self._searching.close()

    def on_build_error(self, *, error: Exception) -> None:
        self._searching.stop()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.search:
            with _plugin_errors():
                self._searching.end(Path(config.site_dir), serving=self._serving)
        self._built = True
        if not self._serving:
            lean.publish(defaults.THEME / "assets", Path(config.site_dir, "assets"))
        Path(config.site_dir, MARKER).write_text("Built by kbsite, and replaced by each build.\n")


def _with_head(html: str, tags: str) -> str:
    """A page with more in its head, whatever template made it: sites may have their own."""
    before, end, after = html.partition("</head>")
    return f"{before}{tags}\n{end}{after}" if end else html


@contextmanager
def _plugin_errors() -> Iterator[None]:
    """Let MkDocs say what goes wrong inside."""
    try:
        yield
    except KbsiteError as error:
        raise PluginError(str(error)) from error


def _leaves(nav: Navigation) -> list[Any]:
    """Every page and link of the navigation, whatever section it is in."""
    out: list[Any] = []
    stack = list(reversed(nav.items))
    while stack:
        item: Any = stack.pop()
        if item.children:
            stack.extend(reversed(item.children))
        elif item.url is not None:
            out.append(item)
    return out
