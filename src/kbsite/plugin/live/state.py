"""The site as its files are now: made anew when one of them changes, or else the last good one."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import quote, urlsplit

from mkdocs.config.defaults import MkDocsConfig

from kbsite import report
from kbsite.catalog import CONTENT, folders
from kbsite.errors import KbsiteError, Problem
from kbsite.graph.paths import things_at
from kbsite.pipeline import Prepared
from kbsite.plugin import KbsitePlugin, defaults, making, readers, settings
from kbsite.plugin.live.counting import Pages
from kbsite.plugin.live.sites import Asked, Built, Site, ThemeFiles, told
from kbsite.recent import Recent

QUIET = 1.0  # seconds without a change after which memory is made free
MOST_GONE = 20  # moments of which MkDocs holds some memory still
PACKAGE = Path(__file__).parent.parent.parent
OURS = (PACKAGE / "kinds", PACKAGE / "theme")  # for those who work on kbsite itself
# Whether anybody beside kbsite has a part in a site, so that all of it has to be built
HAVE_A_PART = (readers.reader, readers.prepares, readers.finishes)


@dataclass(frozen=True, slots=True)
class Now:
    """What there is to serve at some moment.

    `mount` is the path at which the site begins, `message` why it is not what the files say, if it
    is not. `name` differs from that of any other moment. `saved` is the path of the page that shows
    the only file that the last change was of, or nothing.
    """

    site: Site
    mount: str
    message: str
    name: str
    saved: str = ""


class Broken(Exception):  # noqa: N818  # what is broken is not here
    """The files say nothing that could be served; the message is for whoever wrote them."""


class Live:
    """Keeps up with the files of a knowledge base."""

    def __init__(
        self,
        config_file: Path,
        address: str | None,
        folder: Path,
        say: Callable[[str, str], None],
    ) -> None:
        """Begin with what there is; raises KbsiteError where nothing can be shown at all.

        MkDocs writes into `folder` what is soon read.
        """
        self._config_file = config_file
        self._address = address
        self._folder = folder
        self._say = say
        self._names = (f"{time.time_ns():x}-{number}" for number in count())
        self._plugins: Any = None
        self._recent = Recent()
        self._theme_files = ThemeFiles()
        self._told: frozenset[Problem] = frozenset()
        self._state = Condition()
        self._wanted = self._made = 0
        self._paths: frozenset[str] = frozenset()  # that have changed since the last moment
        self._pages = Pages()
        self._prepared: Prepared | None = None
        self.places: frozenset[Path] = frozenset()
        self.took = 0.0  # seconds, for the last change to be in what there is
        self._now = self._make(first=True)

    # What there is

    def now(self) -> Now:
        """What there is to serve, as soon as all changes that are known are in it."""
        with self._state:
            self._state.wait_for(lambda: self._made == self._wanted)
            return self._now

    @property
    def name(self) -> str:
        """What the present moment is called."""
        return self._now.name

    @property
    def saved(self) -> str:
        """The path of the page that shows what was saved last, or nothing."""
        return self._now.saved

    def page_of(self, file: Path) -> str:
        """The path of the page that shows a file, or nothing."""
        return self._shown(self.now(), file.absolute())

    def read(self, now: Now, path: str) -> bytes | None:
        """A file of the site as it is at some moment, or after it, if there is one."""
        while (body := now.site.read(path)) is None and now is not self._now:
            now = self.now()  # what there was may be closed meanwhile
        return body

    # Changes

    def follow(self, changed: Callable[[Now], None]) -> None:
        """Follow all changes from now on; `changed` hears what there is after each."""
        Thread(target=self._run, args=(changed,), daemon=True).start()

    def note(self, paths: frozenset[str]) -> None:
        """Take in that files have changed."""
        with self._state:
            if not self._are_content(paths):
                self._theme_files.forget()
                settings.forget_hooks()
            self._paths |= paths
            self._wanted += 1
            self._state.notify_all()

    def _are_content(self, paths: frozenset[str]) -> bool:
        """Whether nothing else may look different than the pages that are made of these files."""
        content = tuple(f"{self._config_file.parent / folder}{os.sep}" for folder in folders())
        return all(path.startswith(content) for path in paths)

    def close(self) -> None:
        """Remove what there is on disk, and let plugins know that it is over."""
        self._now.site.close()
        if self._plugins is not None:
            self._plugins.on_shutdown()

    def _run(self, changed: Callable[[Now], None]) -> None:
        self._count()
        gone = 0  # moments that hold memory, for MkDocs' settings and pages hold each other
        while True:
            with self._state:
                while self._made == self._wanted:
                    if not self._state.wait(QUIET if gone else None):
                        gc.collect()  # nobody waits
                        gone = 0
                wanted, paths, self._paths = self._wanted, self._paths, frozenset()
            if gone == MOST_GONE:
                gc.collect()
                gone = 0
            began = time.monotonic()
            self._renew(wanted, paths)
            self.took = time.monotonic() - began
            gone += 1
            changed(self._now)
            self._tell_of(paths)

    def _tell_of(self, paths: frozenset[str]) -> None:
        """Say in one line what a change has done, unless it has been said what is wrong with it."""
        if self._now.message:
            return
        counted = self._count()
        names = sorted(Path(path).name for path in paths)
        what = names[0] if len(names) == 1 else f"{len(names):,} files"
        pages = f"{counted}, " if counted and self._are_content(paths) else ""
        self._say("INFO", f"{what}: {pages}{self.took:.2f} s")

    def _count(self) -> str:
        """How many pages are other ones than before, as far as nobody waits for it."""
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return ""
        try:
            return self._pages.changed(prepared, lambda: self._made != self._wanted)
        except Exception:  # noqa: BLE001  # who asks for the page is told what is wrong
            return ""

    def _renew(self, wanted: int, paths: frozenset[str]) -> None:
        """Have what there is after the change of that number."""
        before, now = self._now, self._renewed()
        saved = self._shown(now, Path(*paths)) if len(paths) == 1 else ""
        now = replace(now, saved=saved)
        with self._state:
            self._now, self._made = now, wanted
            self._state.notify_all()
        if now.site is not before.site:
            before.site.close()

    def _shown(self, now: Now, file: Path) -> str:
        """The path of the page that shows a file, if there is one."""
        if not file.is_relative_to(root := self._config_file.parent):
            return ""
        path = file.relative_to(root).as_posix()
        found = [thing.path(id).partition("#")[0] for thing, id in things_at(path)]
        if path.startswith(f"{CONTENT}/") and path.endswith(".md"):
            inside = path.removeprefix(f"{CONTENT}/").removesuffix(".md").removesuffix("index")
            found.append(f"{inside.rstrip('/')}/" if inside else "")
        shown = (page for page in found if f"{page}index.html" in now.site.paths)
        return next((quote(f"{now.mount}{page}") for page in shown), "")

    def _renewed(self) -> Now:
        """What there is after a change: the site as it was, with a message, if that is no good."""
        before = self._now
        try:
            return self._make(first=False)
        except (Broken, KbsiteError) as error:
            message = str(error)
        except Exception as error:  # noqa: BLE001  # whatever broke, serving goes on
            message = f"kbsite itself failed ({type(error).__name__}: {error})"
        self._say("ERROR", message)
        return Now(before.site, before.mount, message, next(self._names))

    def _make(self, *, first: bool) -> Now:
        """What the files say; at first, a stand-in where they say nothing that could be served."""
        config, _ = settings.read(self._config_file, self._address)
        self.places = frozenset(_places(config))
        mount = _mount(urlsplit(config.site_url or "/").path)
        config.site_url = _address(config) + mount
        if first:
            config.plugins.on_startup(command="serve", dirty=False)
        self._plugins = config.plugins
        reading = making.read(config, drafts=True, recent=self._recent)
        if reading.failure:
            if not first:
                raise Broken(reading.failure)
            self._say("ERROR", reading.failure)
        self._tell(reading.prepared.problems)
        site = self._site(config, reading)
        self._prepared = None if reading.failure else reading.prepared
        self.places |= frozenset(defaults.own_templates(config))  # some come from hooks
        return Now(site, mount, reading.failure, next(self._names))

    def _site(self, config: MkDocsConfig, reading: making.Reading) -> Site:
        plugin = config.plugins[settings.ITSELF]
        assert isinstance(plugin, KbsitePlugin)  # noqa: S101  # MkDocs types it as any
        plugin.reading, plugin.hosted = reading, True
        with told(config):
            if any(asked(config, KbsitePlugin) for asked in HAVE_A_PART):
                return Built(config)
            config = config.plugins.on_config(config)
            return Asked(config, plugin, self._folder, self._theme_files)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """Say what is not quite right, once."""
        for problem in problems:
            if problem not in self._told:
                self._say("WARNING", report.as_text(problem))
        self._told = frozenset(problems)


def _places(config: MkDocsConfig) -> Iterator[Path]:
    """All that a site is made of, whether it is there or not."""
    file = Path(config.config_file_path)
    yield from settings.inherited(file)
    yield from (file.parent / folder for folder in folders())
    yield from OURS
    hooks: Any = config.hooks  # modules by name, though MkDocs types it as a list
    yield from (Path(hook.__file__) for hook in hooks.values())
    yield from map(Path, config.watch)
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)


def _mount(path: str) -> str:
    """A path with a slash at both ends.

    >>> _mount("/kb"), _mount("")
    ('/kb/', '/')
    """
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _address(config: MkDocsConfig) -> str:
    host, port = config.dev_addr
    return f"http://[{host}]:{port}" if ":" in str(host) else f"http://{host}:{port}"
