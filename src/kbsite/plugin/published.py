"""Which files of content/ are published: what MkDocs' patterns say, asked of MkDocs itself."""

from __future__ import annotations

from pathlib import Path, PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions

from kbsite.load import Excludes


def excludes(config: MkDocsConfig, *, drafts: bool = False) -> Excludes:
    """Which files of content/ are kept out of a site that shows drafts, or does not."""
    return lambda path: _is_hidden(inclusion(config, path), drafts=drafts)


def inclusion(config: MkDocsConfig, path: str) -> InclusionLevel:
    """What MkDocs decides about the file at `path` inside content/."""
    file = File(path, None, "", use_directory_urls=True)
    set_exclusions([file], config)
    return file.inclusion


def settle(files: Files, config: MkDocsConfig, *, drafts: bool) -> None:
    """Leave in `files` what is published.

    A link to anything else is then a link to nothing, of which MkDocs warns. The theme's own files
    stay whatever the patterns say, which are about content/ but which MkDocs holds against all; and
    so do files whose names begin with a dot, for other plugins: some are told what to do in these.
    """
    hidden = [
        file
        for file in files
        if _is_hidden(file.inclusion, drafts=drafts) and PurePath(file.src_uri).name[0] != "."
    ]
    for file in hidden:
        files.remove(file)
    if any(_is_in_theme(file.src_uri, config) for file in hidden):  # it stood in the theme's place
        files.add_files_from_theme(config.theme.get_env(), config)
    for file in files:
        if file.src_dir in config.theme.dirs:
            file.inclusion = InclusionLevel.INCLUDED


def _is_hidden(level: InclusionLevel, *, drafts: bool) -> bool:
    return level is InclusionLevel.EXCLUDED or (level is InclusionLevel.DRAFT and not drafts)


def _is_in_theme(path: str, config: MkDocsConfig) -> bool:
    return any(Path(folder, path).is_file() for folder in config.theme.dirs)
