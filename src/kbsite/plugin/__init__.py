"""The MkDocs plugin. Nothing outside this package and the theme folder knows MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from kbsite import report
from kbsite.catalog import SESSION
from kbsite.errors import ContentError, KbsiteError
from kbsite.graph.nodes import PageNode
from kbsite.pipeline import Prepared, Settings, prepare, stand_in
from kbsite.plugin import defaults, lean, published, settings
from kbsite.plugin.around import surroundings
from kbsite.plugin.composer import Composer
from kbsite.plugin.pages import (
    EPOCH,
    GeneratedPage,
    generated_file,
    linked,
    output_file,
    source_uri,
)
from kbsite.plugin.searching import Searching
from kbsite.plugin.serving import watch, with_brackets
from kbsite.render import Renderer
from kbsite.sitefolder import InPlace, farewell

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
        self._site = self._read(config)
        site = defaults.site(config, search=self.search)
        renderer = Renderer(self._site.kinds, site)
        self._composer = Composer(site, renderer, config, log.warning)
        self._wrapping = {page.wraps: page for page in self._site.pages if page.wraps}
        self._own_navigation = config.nav is None
        # All of it is in the tabs, if there are any; a sidebar would hold one line.
        in_tabs = self._own_navigation and "navigation.tabs" in (config.theme.get("features") or ())
        self._hide = ["navigation"] if in_tabs else []
        if self._own_navigation and not self._failure:
            config.nav = defaults.navigation(self._site.graph, self._site.kinds, config)
        self.around = surroundings(site, config, self._composer.make)
        return config

    def _read(self, config: MkDocsConfig) -> Prepared:
        """The records; while serving, a stand-in if the very first build cannot be."""
        if self.prepared is not None:
            prepared, self.prepared = self.prepared, None
            return prepared
        self._failure = ""
        root = Path(config.config_file_path).parent
        excludes = published.excludes(config, drafts=self._serving)
        try:
            prepared = prepare(root, settings=Settings(excludes=excludes))
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

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path).parent
        with _plugin_errors():  # before MkDocs deletes what is in the folder
            self._folder = InPlace(Path(config.site_dir), root, strict=config.strict)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        if gone := self._folder.emptied():
            log.warning(farewell(gone))
        published.settle(files, config, drafts=self._serving)
        for file in list(files.documentation_pages(inclusion=InclusionLevel.all)):
            if self._failure or file.src_uri.startswith(EXTENDING):
                files.remove(file)
            elif (
                self._own_navigation
                and "/" in file.src_uri
                and file.inclusion is not InclusionLevel.DRAFT
            ):
                file.inclusion = InclusionLevel.NOT_IN_NAV  # or MkDocs would remark on it
        edit_url = defaults.edit_url(config)
        titles = defaults.titles(config.nav)
        for page in self._site.pages:
            if page.wraps is None:
                file = generated_file(config, page.path)
                files.append(file)
                generated = GeneratedPage(
                    page, file, config, self._composer.body, edit_url, self._hide
                )
                generated.title = titles.get(file.src_uri, page.title)
        public = bool(self.around.site.url) and not self._serving
        for output in self._site.outputs:
            if output.kind == "file" and (public or not output.for_the_public):
                files.append(output_file(config, output, self.around))
        if self.search:
            documents = [output for output in self._site.outputs if output.kind == "document"]
            sessions = [SESSION.path(id) for id in self._site.graph.sessions]
            with _plugin_errors():
                self._searching.begin(
                    [(output.path, output.make(self.around)) for output in documents],
                    sessions,
                    Path(config.site_dir),
                    serving=self._serving,
                )
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._composer.use_navigation(nav, files)
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
        """The text of a hand-written page; its front matter has been read, its links followed."""
        node = self._written(page)
        return linked(node) if node else None

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
        """Write into the metadata of a hand-written page what the theme prints as it is."""
        if isinstance(page, GeneratedPage):
            return markdown
        for key in ("title", "description", "author"):  # the theme prints them as they are
            if page.meta.get(key):
                page.meta[key] = str(escape(page.meta[key]))
        if self._own_navigation:
            page.meta.setdefault("hide", [*self._hide, "toc"] if page.is_homepage else self._hide)
        return markdown

    on_page_markdown = CombinedEvent(_on_page_markdown_first, _on_page_markdown)

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Set a hand-written page in what the graph knows about it."""
        around = self._wrapping.get(page.file.src_uri)
        if around is None:
            return html
        body = self._composer.body(around, around.view(), html)
        top = page.toc.items[0] if page.toc and page.toc.items[0].level == 1 else None
        if top is None:
            top = AnchorLink(str(page.title), "page", 1)
            top.children = list(page.toc.items)
            page.toc.items = [top]
        top.children += [AnchorLink(s.title, s.id, 2) for s in body.parts]
        if around.description:
            page.meta.setdefault("description", str(escape(around.description)))
        return body.html

    # Rendering

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        self._composer.use_templates(env)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, GeneratedPage):
            html = self._composer.compose(page, context)
            context["kbsite_html"] = html  # type: ignore[typeddict-unknown-key]  # read by TEMPLATE
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        if isinstance(page, GeneratedPage):
            return output
        return self._composer.with_head(output, page, self._wrapping.get(page.file.src_uri))

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

    def _finish(self, *, config: MkDocsConfig) -> None:
        if self.search:
            with _plugin_errors():
                self._searching.end(Path(config.site_dir), serving=self._serving)
        self._built = True
        if not self._serving:
            lean.publish(defaults.THEME / "assets", Path(config.site_dir, "assets"))

    @event_priority(-100)  # other plugins add files when a build is done
    def _list_files(self, *, config: MkDocsConfig) -> None:
        if not self._serving:
            self._folder.filled()

    on_post_build = CombinedEvent(_finish, _list_files)


@contextmanager
def _plugin_errors() -> Iterator[None]:
    """Let MkDocs say what goes wrong inside."""
    try:
        yield
    except KbsiteError as error:
        raise PluginError(str(error)) from error
