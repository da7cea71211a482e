"""MkDocs driven from Python: one build into a folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import MkDocsException

from kbsite.errors import EnvironmentFailure, UsageError
from kbsite.kept import Kept, Made
from kbsite.outputs import Surroundings
from kbsite.pipeline import CONFIGS, Prepared, config_file
from kbsite.plugin import KbsitePlugin, settings
from kbsite.plugin.blame import blame
from kbsite.plugin.making import Reading

NOTE = "NOTE"  # the level of what the plugin tells, where MkDocs would call it INFO


class _Messages(logging.Handler):
    """Hands on what MkDocs logs."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        is_note = record.levelno == logging.INFO and "plugins.kbsite" in record.name
        self._say(NOTE if is_note else record.levelname, record.getMessage())


@contextmanager
def listening(say: Callable[[str, str], None]) -> Iterator[None]:
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


class Project:
    """The MkDocs side of a knowledge base: its configuration, loaded and known to work."""

    def __init__(self, root: Path, address: str | None = None) -> None:
        """Read mkdocs.yml; raises UsageError if there is none, or it cannot be used.

        `address`, as HOST:PORT, is where to serve instead of where mkdocs.yml says.
        """
        file = config_file(root)
        if file is None:
            raise UsageError(
                f"{root} holds no {CONFIGS[0]}; write one with at least 'site_name: ...', "
                "'docs_dir: content', 'theme: material' and 'plugins: [kbsite]'"
            )
        self.file = file
        self._config, self.settings = settings.read(file, address)
        self.site_dir = Path(self._config.site_dir)
        host, port = self._config.dev_addr
        self.address = (str(host), int(port))
        self.warnings: list[str] = []
        self.notes: list[str] = []

    def build(
        self, prepared: Prepared, site_dir: Path, *, search: bool = True, kept: Kept | None = None
    ) -> list[Made]:
        """Build into `site_dir`, with or without the search index; adds to the warnings and notes.

        What is in `kept` is not made again. Gives what kbsite wrote itself.

        Raises EnvironmentFailure with MkDocs' own words if it gives up, and what `blame` says of
        an error of somebody else's.
        """
        config = self._config
        config.site_dir = str(site_dir)
        config.strict = False  # or MkDocs would give up, and say no more than how many there are
        plugin = self._plugin(prepared, search=search)
        plugin.kept, plugin.made = kept, []
        errors: list[str] = []

        def hear(level: str, message: str) -> None:
            if level == NOTE:
                self.notes.append(message.removeprefix(f"{settings.ITSELF}: "))
            elif level == "WARNING":
                self.warnings.append(message)
            elif level != "INFO":
                errors.append(message)

        with listening(hear):
            try:
                config.plugins.on_startup(command="build", dirty=False)
                try:
                    mkdocs_build(config)
                finally:
                    config.plugins.on_shutdown()
            except (MkDocsException, SystemExit) as error:
                raise EnvironmentFailure("\n".join(errors) or str(error)) from error
            except Exception as error:
                if (told := blame(error, config)) is None:
                    raise
                raise told from error
        return plugin.made

    def around(self, prepared: Prepared, *, search: bool = True) -> Surroundings:
        """What the files of a build depend on beside what they say."""
        plugin = self._plugin(prepared, search=search)
        self._config.plugins.on_startup(command="build", dirty=False)
        self._config.plugins.on_config(self._config)
        return plugin.around

    def _plugin(self, prepared: Prepared, *, search: bool) -> KbsitePlugin:
        """The plugin, told what to build."""
        plugin = self._config.plugins[settings.ITSELF]
        assert isinstance(plugin, KbsitePlugin)  # noqa: S101  # MkDocs types it as any
        plugin.reading, plugin.search = Reading(prepared), search
        return plugin
