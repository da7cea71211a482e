"""What is read before a command can say or do anything: the configuration, and all records."""

from __future__ import annotations

from pathlib import Path

from kbsite import archive
from kbsite.pipeline import UNCONFIGURED, Prepared, Settings, config_file, prepare
from kbsite.recent import Recent
from kbsite.tree import Instead


class Reader:
    """Reads and checks the knowledge base at `root`, as often as it is asked.

    What has not changed meanwhile is read once. `settings` are what the configuration says of the
    content, `site` is the site's address, if it has one.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._recent = root, Recent()
        self.settings, self.site = _configured(root)

    def __call__(self, instead: Instead) -> Prepared:
        """The knowledge base, with some files taken to hold something else."""
        return prepare(
            self._root,
            settings=self.settings,
            packs=archive.packs(self._root),
            recent=self._recent,
            instead=instead,
        )


def _configured(root: Path) -> tuple[Settings, str]:
    """What the site's configuration says of the content, and the site's address, if it has one.

    Records can be checked without a configuration.
    """
    file = config_file(root)
    if file is None:
        return UNCONFIGURED, ""
    from kbsite.plugin import settings  # noqa: PLC0415  # MkDocs takes long to import

    config, said = settings.read(file)
    return said, f"{config.site_url.rstrip('/')}/" if config.site_url else ""
