"""What a build knows once and all its files depend on: the site, the program, the theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs import Surroundings
from kbsite.outputs.keys import digest, of_folders, program

# Where a build lies and is looked at says nothing about what is in it.
UNSEEN = frozenset({"config_file_path", "dev_addr", "docs_dir", "hooks", "site_dir", "watch"})


def surroundings(
    site: Site, config: MkDocsConfig, compose: Callable[[Page, View], bytes]
) -> Surroundings:
    return Surroundings(site=site, program=program(), theme=_theme(config), compose=compose)


def _theme(config: MkDocsConfig) -> str:
    """The digest of all that a theme's template may read beside the page itself."""
    said = {key: _plain(value) for key, value in sorted(config.items()) if key not in UNSEEN}
    said["theme"] = {"name": config.theme.name, **_plain(dict(config.theme))}
    own = [Path(folder) for folder in (config.theme.custom_dir,) if folder]
    return digest([said, of_folders(own)])


def _plain(value: Any) -> Any:
    """A setting as a value that has a digest; of anything else only what it is."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Config | Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    config = getattr(value, "config", None)  # a plugin
    known = f"{type(value).__module__}.{type(value).__qualname__}"
    return [known, _plain(config)] if isinstance(config, Config | Mapping) else known
