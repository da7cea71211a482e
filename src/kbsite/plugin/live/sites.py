"""A site as it is served: its files made when they are asked for, or all of them before."""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import jinja2
from mkdocs.commands import build as engine
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from kbsite.errors import EnvironmentFailure
from kbsite.plugin import written
from kbsite.plugin.blame import blame
from kbsite.plugin.pages import GeneratedPage
from kbsite.temporary import Temporary

SITEMAP = "sitemap.xml"


class Site(Protocol):
    """The files of a site by their paths below its root, as 'themes/kernel/index.html'."""

    @property
    def paths(self) -> Container[str]: ...

    def read(self, path: str) -> bytes | None:
        """What is in a file, if there is one; raises KbsiteError if it cannot be made."""
        ...

    def close(self) -> None:
        """Remove what it has on disk."""
        ...


class ThemeFiles:
    """The files that a theme brings: listed once, for it holds thousands that are none of them."""

    def __init__(self) -> None:
        self._known: list[File] = []

    def forget(self) -> None:
        """List them again the next time."""
        self._known = []

    def add(self, files: Files, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Do as `Files.add_files_from_theme` does."""
        if not self._known:
            found = Files([])
            found.add_files_from_theme(env, config)
            self._known = list(found)
        for known in self._known:
            if files.get_file_from_path(known.src_uri) is None:
                place = (config.site_dir, config.use_directory_urls)
                files.append(File(known.src_uri, known.src_dir, *place))


class Asked:
    """A site whose files are made when they are asked for.

    It is one only where nobody but kbsite reads pages. Those that MkDocs would have are made by the
    functions that it builds with, one at a time.
    """

    def __init__(
        self, config: MkDocsConfig, plugin: Any, folder: Path, theme_files: ThemeFiles
    ) -> None:
        """`plugin` has begun with `config`; MkDocs writes into `folder`."""
        self._config = config
        self._plugin = plugin
        self._making = making = plugin.making
        self._lock = Lock()
        config.site_dir = str(folder)
        files = get_files(config)
        self._env = config.theme.get_env()
        theme_files.add(files, self._env, config)
        self._files = files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=files)
        self._env.bytecode_cache = making.compiled
        making.composer.use_templates(self._env)
        self._pages = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for file in self._pages:
            self._introduce(file)
        self.paths = self._makers()

    def _introduce(self, file: File) -> None:
        """Have a page of which is known what a navigation and a map of the site may show."""
        page = file.page or MkDocsPage(None, file, self._config)
        self._plugin.on_pre_page(page, config=self._config, files=self._files)
        if isinstance(page, GeneratedPage):
            page.read_source(self._config)
        elif node := self._making.written(file.src_uri):
            written.tell(page, node)
            written.settle(page, node, self._making.hide)

    def _makers(self) -> dict[str, Callable[[], bytes | None]]:
        """What makes each file; where a build writes several to one path, the last."""
        made: dict[str, Callable[[], bytes | None]] = {}
        for file in self._files:
            if not file.is_documentation_page() and file.inclusion is not InclusionLevel.EXCLUDED:
                made[file.dest_uri] = partial(getattr, file, "content_bytes")
        for name in self._config.theme.static_templates:
            made[name] = partial(self._template, name)
            if name == SITEMAP:
                made[f"{name}.gz"] = partial(self._template, name, ".gz")
        around = self._making.around
        for output in self._making.reading.prepared.outputs:
            if output.write is not None and output.is_in(around.site):
                made[output.path] = partial(output.make, around)
        for file in self._pages:
            made[file.dest_uri] = partial(self._page, file)
        return made

    def read(self, path: str) -> bytes | None:
        """What is in a file, if there is one; raises KbsiteError if it cannot be made."""
        make = self.paths.get(path)
        if make is None:
            return None
        with self._lock:
            self._plugin.making = self._making  # a newer one may be in the making
            with told(self._config):
                body = make()
            self._making.keep_templates()  # for the site after the next change
        return body

    def close(self) -> None:
        """Let go of what it has been made of, for MkDocs' configuration, pages and files hold each
        other; nothing of it is on disk.
        """
        with self._lock:
            self.paths = {}
            for file in self._pages:
                if isinstance(file.page, GeneratedPage):
                    file.page.let_go()
            if getattr(self._plugin, "making", None) is self._making:
                del self._plugin.making
            self._making.composer.let_go()
            del self._making

    def _page(self, file: File) -> bytes | None:
        """A page as MkDocs makes it."""
        assert file.page is not None  # noqa: S101  # each has been introduced
        engine._populate_page(file.page, self._config, self._files)
        engine._build_page(
            file.page,
            self._config,
            self._pages,
            self._nav,
            self._env,
            excluded=file.inclusion is InclusionLevel.DRAFT,
        )
        return _taken(Path(file.abs_dest_path))

    def _template(self, name: str, more: str = "") -> bytes | None:
        """One of the theme's own files, or what is made of it."""
        engine._build_theme_template(name, self._env, self._files, self._config, self._nav)
        return _taken(Path(self._config.site_dir, name + more))


class Built:
    """A site that MkDocs has built, because others have a part in it."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Build; raises what MkDocs raises."""
        self._temporary = Temporary("site")
        self._lock = Lock()
        config.site_dir = str(self._temporary.folder)
        try:
            engine.build(config, serve_url=config.site_url)
        except BaseException:
            self._temporary.close()
            raise
        root = self._temporary.folder
        self.paths = {
            path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()
        }

    def read(self, path: str) -> bytes | None:
        """What is in a file, if there is one."""
        with self._lock:
            file = self.paths.get(path)
            return file.read_bytes() if file else None

    def close(self) -> None:
        """Remove what it has on disk."""
        with self._lock:
            self.paths.clear()
            self._temporary.close()
        gc.collect()  # what MkDocs builds with holds itself, and all records


@contextmanager
def told(config: MkDocsConfig) -> Iterator[None]:
    """Raise what is to be told of an error, if it is not one of kbsite itself."""
    try:
        yield
    except MkDocsException as error:
        raise EnvironmentFailure(str(error)) from error
    except Exception as error:
        if (found := blame(error, config)) is None:
            raise
        raise found from error


def _taken(file: Path) -> bytes | None:
    """What is in a file that need not stay; MkDocs writes none that would be empty."""
    if not file.is_file():
        return None
    body = file.read_bytes()
    file.unlink()
    return body
