"""MkDocs driven from Python: one build into a folder, or the live server."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kbsite.errors import EnvironmentFailure, KbsiteError, UsageError
from kbsite.pipeline import Prepared

# Material prints a long notice about MkDocs 2 on every run; `mkdocs<2` is pinned. It is read when
# Material is imported, so it is set before MkDocs is.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from kbsite.plugin import KbsitePlugin

CONFIG = "mkdocs.yml"


class _Messages(logging.Handler):
    """Hands on what MkDocs logs."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(record.levelname, record.getMessage())


@contextmanager
def _listening(say: Callable[[str, str], None]) -> Iterator[None]:
    """Hear MkDocs' messages while inside."""
    logger = logging.getLogger("mkdocs")
    handler = _Messages(say)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def config_file(root: Path) -> Path:
    """The site's configuration; raises UsageError where there is none."""
    path = root / CONFIG
    if not path.is_file():
        raise UsageError(
            f"{root} holds no {CONFIG}; write one with at least 'site_name: ...', "
            "'docs_dir: content', 'theme: material' and 'plugins: [kbsite]'"
        )
    return path


class Project:
    """The MkDocs side of a knowledge base: its configuration, loaded and known to work."""

    def __init__(self, root: Path, address: str | None = None) -> None:
        """Load mkdocs.yml; raises UsageError with MkDocs' own words if it cannot be used.

        `address`, as HOST:PORT, is where to serve instead of where mkdocs.yml says.
        """
        self.warnings: list[str] = []
        with self._mkdocs(UsageError):
            self._config = load_config(str(config_file(root)), dev_addr=address)
        plugin = self._config.plugins.get("kbsite")
        if not isinstance(plugin, KbsitePlugin):
            raise UsageError(f"{CONFIG} does not list the plugin; write 'plugins: [kbsite]' in it")
        self._plugin = plugin
        self.site_dir = Path(self._config.site_dir)
        host, port = self._config.dev_addr
        self.address = (str(host), int(port))

    def build(self, prepared: Prepared, site_dir: Path, *, search: bool = True) -> None:
        """Build into `site_dir`, with or without the search index; adds to the warnings.

        Raises EnvironmentFailure with MkDocs' own words if it gives up.
        """
        config = self._config
        config.site_dir = str(site_dir)
        self._plugin.prepared = prepared
        self._plugin.search = search
        with self._mkdocs(EnvironmentFailure):
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()

    @contextmanager
    def _mkdocs(self, failure: type[KbsiteError]) -> Iterator[None]:
        """Keep the warnings that MkDocs logs while inside; its errors become a `failure`."""
        errors: list[str] = []

        def hear(level: str, message: str) -> None:
            if level == "WARNING":
                self.warnings.append(message)
            elif level != "INFO":
                errors.append(message)

        with _listening(hear):
            try:
                yield
            except (MkDocsException, SystemExit) as error:
                raise failure("\n".join(errors) or str(error)) from error


def serve(root: Path, address: str | None, say: Callable[[str, str], None]) -> None:
    """Serve the site of `root` until interrupted; `say` gets each message with its level.

    `address` is HOST:PORT, by default what mkdocs.yml says. Raises UsageError if nothing can be
    served there.
    """
    _demand_free(*Project(root, address).address)
    with _listening(say):
        try:
            mkdocs_serve(str(config_file(root)), dev_addr=address)
        except (MkDocsException, SystemExit) as error:
            raise EnvironmentFailure(str(error)) from error


def _demand_free(host: str, port: int) -> None:
    """Raise UsageError if the address is taken, before a build that would be in vain."""
    probe = LiveReloadServer(builder=lambda: None, host=host, port=port, root="")
    try:
        probe.server_bind()
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        raise UsageError(
            f"cannot serve on {place} ({why}); name another address with --addr"
        ) from error
    finally:
        probe.server_close()
