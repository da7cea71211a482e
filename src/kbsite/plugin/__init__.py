"""The MkDocs plugin. Nothing outside this package and the theme folder knows MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from kbsite import harmless, report
from kbsite.catalog import SESSION
from kbsite.errors import ContentError, KbsiteError
from kbsite.graph.nodes import PageNode
from kbsite.kept import Kept, Made
from kbsite.kinds.base import Page
from kbsite.kinds.sections import FOOT
from kbsite.outputs import Surroundings
from kbsite.plugin import defaults, lean, making, readers, settings, written
from kbsite.plugin import files as site_files
from kbsite.plugin.blame import blame
from kbsite.plugin.pages import EPOCH, GeneratedPage
from kbsite.plugin.searching import Searching, forget_index
from kbsite.plugin.serving import watch, with_brackets
from kbsite.plugin.writing import Writing, documents
from kbsite.sitefolder import InPlace, farewell

if TYPE_CHECKING:  # it takes long to import, and only who serves has it
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but this
    """All that the plugin needs to know is in the records, but for what a site may go without.

    `pictures` of previews of links are `all`, or `few`: those of themes and events only.
    """

    pictures = Choice(("all", "few"), default="all")


class KbsitePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # likewise
    """Adds the pages of the records to a MkDocs build.

    `reading`, when somebody has read the records already, spares reading them again; `kept`, when
    there is a site already, making its files again. Without `search` there is no index, and no page
    has a way to search. Where the plugin is `hosted` by the server of kbsite itself, that makes the
    index, and sees what changes. What kbsite wrote itself is in `made` when a build is done.
    """

    def __init__(self) -> None:
        self.reading: making.Reading | None = None
        self.kept: Kept | None = None
        self.hosted = False
        self.search = True
        self.made: list[Made] = []
        self._config: MkDocsConfig | None = None
        self._searching = Searching()
        self._serving = False
        self._writing: Writing | None = None
        self._built = False
        self._failure = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Having this, MkDocs keeps the plugin from one build to the next while it serves."""
        self._serving = command == "serve"
        self.hosted = False

    @event_priority(100)  # other plugins look at these settings
    def _fill_in(self, config: MkDocsConfig) -> None:
        self._config = config
        with _plugin_errors():
            settings.demand_usable(config)
        defaults.apply(config)

    @event_priority(-110)  # other plugins change these settings, i18n at -100
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        with _plugin_errors():
            settings.demand_usable(config)
        defaults.put_templates_first(config)
        if self._serving and config.site_url:
            config.site_url = with_brackets(config.site_url)
        reading = self._read(config)
        reader = readers.reader(config, KbsitePlugin)
        if reader:
            log.info("MkDocs renders each page, which takes longer: %s", reader)
        self.making = making.begin(
            config, reading, search=self.search, reader=reader, serving=self._serving
        )
        self._writing = None  # MkDocs keeps the plugin for whatever is built next
        return config

    on_config = CombinedEvent(_fill_in, _begin)

    @property
    def foot(self) -> str:
        """The section of kbsite's own navigation that stands at the foot of pages.

        It is empty where the navigation is the site's own, of which nothing is known.
        """
        return FOOT if self.making.own_navigation else ""

    @property
    def around(self) -> Surroundings:
        """What the files of the build depend on beside what they say."""
        return self.making.around

    def _read(self, config: MkDocsConfig) -> making.Reading:
        """The records; while serving, a stand-in if the very first build cannot be."""
        if self.reading is not None:
            reading, self.reading = self.reading, None
            return reading
        reading = making.read(config, drafts=self._serving)
        self._failure = reading.failure
        if reading.failure:
            if self._built or not self._serving:
                raise PluginError(reading.failure)
            log.error(reading.failure)
        for problem in reading.prepared.problems:
            log.warning(report.as_text(problem))
        return reading

    # Files and pages

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        root = Path(config.config_file_path).parent
        with _plugin_errors():  # before MkDocs deletes what is in the folder
            self._folder = InPlace(Path(config.site_dir), root, strict=config.strict)

    @event_priority(100)  # other plugins look for pages
    def _add_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return files if settings.I18N in config.plugins else self._with_ours(files, config)

    @event_priority(-110)  # i18n makes all files anew, at -100, and knows those in content/ only
    def _add_files_late(self, files: Files, *, config: MkDocsConfig) -> Files:
        if settings.I18N in config.plugins:
            files = self._with_ours(files, config)
        if self.making.own_navigation and config.nav:
            config.nav = site_files.in_navigation(config.nav, files)
        return files

    on_files = CombinedEvent(_add_files, _add_files_late)

    def _with_ours(self, files: Files, config: MkDocsConfig) -> Files:
        if not self.hosted and (gone := self._folder.emptied()):
            log.warning(farewell(gone))
        site_files.settle(files, config, self.making)
        kept = self._kept_of(config)
        if kept and not self.making.reader:
            kept.lay(Path(config.site_dir))
        if self.search and not self.hosted:
            self._index(Path(config.site_dir), kept)
        else:
            forget_index(kept)
        return site_files.add(files, config, self.making)

    def _kept_of(self, config: MkDocsConfig) -> Kept | None:
        """What may be brought from the site before: the very files there, which must stay so."""
        return None if readers.finishes(config, KbsitePlugin) else self.kept

    def _index(self, site_dir: Path, kept: Kept | None) -> None:
        """Begin the search index."""
        sessions = [SESSION.path(id) for id in self.making.reading.prepared.graph.sessions]
        with _plugin_errors():
            found = documents(self.making)
            self._searching.begin(found, sessions, site_dir, kept)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.making.composer.use_navigation(nav, files)
        site_files.find_indexes(files, self.making.wrapping)
        for file in files.documentation_pages():
            page = file.page
            if page is not None and page.title is None and (node := self._written(page)):
                page.title = str(escape(node.title))
        return nav

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        page.update_date = EPOCH
        return page

    # Hand-written pages

    def _written(self, page: MkDocsPage) -> PageNode | None:
        """What is known of a hand-written page, unless another plugin wrote it."""
        if isinstance(page, GeneratedPage) or page.file.generated_by is not None:
            return None
        return self.making.written(page.file.src_uri)

    def _around_it(self, page: MkDocsPage) -> Page | None:
        """The page of ours that is put around a hand-written one, if any."""
        return self.making.wrapping.get(page.file.src_uri)

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """The text of a hand-written page; its front matter has been read, its links followed."""
        node = self._written(page)
        return written.text(node) if node else None

    @event_priority(100)
    def _tell(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
        if node := self._written(page):
            written.tell(page, node)

    def _settle(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> None:
        if not isinstance(page, GeneratedPage):
            written.settle(page, self._written(page), self.making.hide)

    on_page_markdown = CombinedEvent(_tell, _settle)

    @event_priority(100)  # what other plugins put in is their own
    def _clean(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Take out of a page that anybody may bring what could run."""
        if isinstance(page, GeneratedPage) or page.file.generated_by is not None:
            return html
        return harmless.clean(html) if harmless.is_brought(page.file.src_uri) else html

    def _surround(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Set a hand-written page in what the graph knows about it."""
        around = self._around_it(page)
        if around is None:
            return html
        body = self.making.composer.body(around, around.view(), html)
        written.extend_contents(page, body.parts)
        if around.description:
            page.meta.setdefault("description", str(escape(around.description)))
        return body.html

    on_page_content = CombinedEvent(_clean, _surround)

    # Rendering

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        if not self.making.reader:
            env.bytecode_cache = self.making.compiled
        self.making.composer.use_templates(env)

        if not self.making.reader:
            kept = self._kept_of(config)
            self._writing = Writing(self.making, files, Path(config.site_dir), kept)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Let the map of the site have the pages that MkDocs does not."""
        if template_name == "sitemap.xml":
            listed = site_files.addresses(context["pages"], self.making)
            context["kbsite_addresses"] = listed  # type: ignore[typeddict-unknown-key]  # our own
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Add what the page says about itself in its head."""
        return self.making.composer.with_head(output, page, self._around_it(page))

    # Serving

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],
    ) -> LiveReloadServer:
        if self.hosted:
            return server
        file = Path(config.config_file_path)
        with _plugin_errors():
            watch(server, file, builder, lambda: self._failure, self._failure)
        return server

    def on_shutdown(self) -> None:
        self._stop()  # MkDocs tells of no error where somebody interrupts a build

    def on_build_error(self, *, error: Exception) -> None:
        self._stop()
        if self._config is None or isinstance(error, MkDocsException):  # which speaks for itself
            return
        told = blame(error, self._config)
        if isinstance(told, ContentError):
            for problem in told.problems:
                log.error(report.as_text(problem))
        elif told:
            log.error(str(told))

    def _stop(self) -> None:
        """End what other processes still do."""
        self._searching.stop()
        if self._writing:
            self._writing.stop()

    @event_priority(100)  # then other plugins find everything
    def _finish(self, *, config: MkDocsConfig) -> None:
        if self._writing:
            for note in self._writing.finish():
                log.info(note)
            self.made = self._writing.made
        self.making.keep_templates()
        if self.search:
            with _plugin_errors():
                self._searching.end(Path(config.site_dir))
            self.made += self._searching.made
        self._built = True
        self._publish(config)

    @event_priority(-110)  # other plugins add files when a build is done, or rename some
    def _list_files(self, *, config: MkDocsConfig) -> None:
        self._publish(config)
        if not self._serving:
            self._folder.filled()

    on_post_build = CombinedEvent(_finish, _list_files)

    def _publish(self, config: MkDocsConfig) -> None:
        if not self._serving:
            lean.publish(defaults.THEME / "assets", Path(config.site_dir, "assets"))


@contextmanager
def _plugin_errors() -> Iterator[None]:
    """Let MkDocs say what goes wrong inside."""
    try:
        yield
    except KbsiteError as error:
        raise PluginError(str(error)) from error
