"""Whose error it is that stops a build: told by the innermost file that is not a library's."""

from __future__ import annotations

import os
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from pathlib import Path

import mkdocs
from jinja2 import TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig

from kbsite.catalog import folders
from kbsite.errors import ContentError, EnvironmentFailure, KbsiteError, UsageError
from kbsite.tree import unread

OURS = Path(__file__).parent.parent
TEMPLATES = OURS / "theme"
ENGINE = Path(mkdocs.__file__).parent / "commands" / "build.py"
STANDARD = Path(sysconfig.get_path("stdlib"))
INSTALLED = frozenset({"site-packages", "dist-packages"})  # folders of libraries
SHARED = frozenset({"material", "mkdocs"})  # packages that hold many plugins, and more than that


def blame(error: Exception, config: MkDocsConfig) -> KbsiteError | None:
    """What to raise in the place of an error that a build met; None for kbsite's own.

    It is None too for what no code is to blame for, such as a full disk; but a file of the content
    that cannot be read is a problem of the content.
    """
    if isinstance(error, OSError) and (path := _in_content(error, config)):
        return ContentError([unread(path, "file", error)])
    what = f"{type(error).__name__}: {error}"
    name = Path(config.config_file_path).name
    in_theme = ""
    plugins = dict(_packages(config))
    for file, line in _places(error):
        place = f"{_shown(file, config)}:{line}"
        if file.is_relative_to(TEMPLATES) and isinstance(error, TemplateNotFound):
            in_theme = in_theme or place  # a template that the settings name, such as an icon
            continue
        if file.is_relative_to(OURS):
            if in_theme:
                break
            return None
        for package, plugin in plugins.items():
            if file.is_relative_to(package):
                return EnvironmentFailure(
                    f"the plugin '{plugin}' failed ({what}, at {place}); it is not a part of "
                    "kbsite: report it to those who make it, or remove it from 'plugins' in "
                    f"{name}"
                )
        if not _is_library(file):
            return UsageError(f"{place}: {what}")
        if not in_theme and any(file.is_relative_to(folder) for folder in config.theme.dirs):
            in_theme = place
    if in_theme:
        return UsageError(
            f"the theme cannot make a page ({what}, at {in_theme}); look at what {name} says of it"
        )
    if isinstance(error, OSError | MemoryError | RecursionError):
        return None
    file, line = next(_places(error))
    return EnvironmentFailure(
        f"MkDocs failed, or an extension that {name} names ({what}, at "
        f"{_shown(file, config)}:{line}); neither is a part of kbsite"
    )


def _in_content(error: OSError, config: MkDocsConfig) -> str:
    """The path, from the root, of the file of the content that an error is about, if of any."""
    root = Path(config.config_file_path).parent
    file = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if file is None or not file.is_relative_to(root):
        return ""
    path = file.relative_to(root).as_posix()
    return path if path.partition("/")[0] in folders() else ""


def _places(error: Exception) -> Iterator[tuple[Path, int]]:
    """The files and lines that led to an error from where MkDocs builds, innermost first."""
    stack = traceback.extract_tb(error.__traceback__)
    within = [at for at, frame in enumerate(stack) if Path(frame.filename) == ENGINE]
    for frame in reversed(stack[within[0] if within else 0 :]):
        file = Path(frame.filename)
        if file.is_absolute():  # other code has no file
            yield file, frame.lineno or 0


def _packages(config: MkDocsConfig) -> Iterator[tuple[Path, str]]:
    """Where the code of each plugin is, and what it is called in the configuration."""
    for name, plugin in config.plugins.items():
        if name in config.hooks:  # MkDocs takes them for plugins
            continue
        module = sys.modules[type(plugin).__module__]
        top = sys.modules[module.__name__.partition(".")[0]]
        alone = top is module and not hasattr(module, "__path__")
        held = module if top.__name__ in SHARED or top.__file__ is None else top
        file = Path(held.__file__ or os.devnull)
        yield file if alone else file.parent, name


def _shown(file: Path, config: MkDocsConfig) -> str:
    """A file as one would name it: from the root, or in the package that it is in."""
    root = Path(config.config_file_path).parent
    for folder in file.parents:
        if folder == root or folder.name in INSTALLED:
            return file.relative_to(folder).as_posix()
    return os.fspath(file)


def _is_library(file: Path) -> bool:
    return file.is_relative_to(STANDARD) or not INSTALLED.isdisjoint(file.parts)
