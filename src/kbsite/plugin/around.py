"""What a build knows once and all its files depend on: the site, the program, the theme."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs import Surroundings
from kbsite.outputs.keys import COMPILED, digest, of_folders, program
from kbsite.pipeline import Prepared
from kbsite.plugin import defaults
from kbsite.plugin.pages import source_uri

# Where a build lies and is looked at says nothing about what is in it.
UNSEEN = frozenset({"config_file_path", "dev_addr", "docs_dir", "hooks", "site_dir", "watch"})
ICONS = COMPILED | {".icons"}  # ten thousand in a theme, the same in each of its versions


def surroundings(
    site: Site, config: MkDocsConfig, prepared: Prepared, compose: Callable[[Page, View], bytes]
) -> Surroundings:
    theme = digest([_theme(config), _entries(config.nav, prepared)])
    return Surroundings(site=site, program=program(), theme=theme, compose=compose)


def _theme(config: MkDocsConfig) -> str:
    """The digest of all that a theme's template may read beside the page itself."""
    said = {key: _plain(value, _sort) for key, value in sorted(config.items()) if key not in UNSEEN}
    said["extra"] = _plain(config.extra, _unknown)
    theme = {**config.theme, "name": config.theme.name, "locale": str(config.theme.locale)}
    said["theme"] = _plain(theme, _unknown)
    own = defaults.own_templates(config)
    installed = [Path(folder) for folder in config.theme.dirs if Path(folder) not in own]
    hooks: Any = config.hooks  # modules by name, though MkDocs types it as a list
    sources = [Path(hook.__file__).read_bytes().hex() for hook in hooks.values()]
    return digest([said, of_folders(own), of_folders(installed, but=ICONS), sources])


def _entries(nav: Any, prepared: Prepared) -> list[Any]:
    """What the navigation may show of the pages in it: their titles, and all that is on top."""
    planned = {source_uri(page.path): page.title for page in prepared.pages}
    written = prepared.graph.pages
    return [
        [written[file].title, _plain(written[file].source.data, _sort)]
        if file in written
        else planned.get(file)
        for file in defaults.listed(nav)
    ]


def _plain(value: Any, other: Callable[[Any], Any]) -> Any:
    """A setting as a value that has a digest; `other` says what stands for anything else."""
    if value is None or isinstance(value, str | bool | int | float | date):
        return value
    if isinstance(value, Config | Mapping):
        return {str(key): _plain(each, other) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, other) for each in value]
    return other(value)


def _sort(value: Any) -> Any:
    """What something is, with its settings if it is a plugin."""
    config = getattr(value, "config", None)
    named = value if hasattr(value, "__qualname__") else type(value)  # a function is its name
    known = f"{named.__module__}.{named.__qualname__}"
    return [known, _plain(config, _sort)] if isinstance(config, Config | Mapping) else known


def _unknown(_value: Any) -> str:
    """What is never the same: a hook made the value, and templates may print whatever it does."""
    return secrets.token_hex()
