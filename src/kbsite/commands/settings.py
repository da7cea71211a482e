"""What the configuration of a site says, for commands that read its content."""

from __future__ import annotations

from pathlib import Path

from kbsite.pipeline import UNCONFIGURED, Settings, config_file


def configured(root: Path) -> tuple[Settings, str]:
    """What the site's configuration says of the content, and the site's address, if it has one.

    Records can be checked without a configuration.
    """
    file = config_file(root)
    if file is None:
        return UNCONFIGURED, ""
    from kbsite.plugin import settings  # noqa: PLC0415  # MkDocs takes long to import

    config, said = settings.read(file)
    return said, f"{config.site_url.rstrip('/')}/" if config.site_url else ""
