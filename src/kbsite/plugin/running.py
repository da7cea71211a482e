"""MkDocs driven from Python: one build into a folder, or the live server."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kbsite.errors import EnvironmentFailure, UsageError
from kbsite.pipeline import Prepared

# Material prints a long notice about MkDocs 2 on every run; `mkdocs<2` is pinned. It is read when
# Material is imported, so it is set before MkDocs is.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from kbsite.plugin import KbsitePlugin, defaults

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


def build(prepared: Prepared, site_dir: Path, *, search: bool = True) -> list[str]:
    """Build into `site_dir`, with or without the search index; returns the warnings.

    Raises EnvironmentFailure with MkDocs' own words if it gives up.
    """
    said: list[tuple[str, str]] = []
    with _listening(lambda level, message: said.append((level, message))):
        try:
            config = load_config(str(config_file(prepared.root)), site_dir=str(site_dir))
            _plugin(config.plugins.get("kbsite")).prepared = prepared
            index = config.plugins.get(defaults.SEARCH)
            if index is not None and not search:
                index.config["enabled"] = False
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            errors = [message for level, message in said if level in ("ERROR", "CRITICAL")]
            raise EnvironmentFailure("\n".join(errors) or str(error)) from error
    return [message for level, message in said if level == "WARNING"]


def serve(root: Path, address: str | None, say: Callable[[str, str], None]) -> None:
    """Serve the site of `root` until interrupted; `say` gets each message with its level."""
    path = config_file(root)
    with _listening(say):
        try:
            mkdocs_serve(str(path), dev_addr=address)
        except (MkDocsException, SystemExit) as error:
            raise EnvironmentFailure(str(error)) from error
        except OSError as error:
            raise UsageError(
                f"cannot serve on {address or 'the address of mkdocs.yml'}: {error.strerror}"
            ) from error


def _plugin(plugin: object) -> KbsitePlugin:
    if not isinstance(plugin, KbsitePlugin):
        raise UsageError(f"{CONFIG} does not list the plugin; write 'plugins: [kbsite]' in it")
    return plugin
