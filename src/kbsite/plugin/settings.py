"""A site's mkdocs.yml: read by MkDocs' rules, and refused where kbsite cannot work with it."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any

# Material prints a long notice about MkDocs 2 on every run; `mkdocs<2` is pinned. It is read when
# Material is imported, so it is set before MkDocs loads a theme.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import get_plugins
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from kbsite import cures, yamlfile
from kbsite.catalog import CONTENT
from kbsite.errors import Problem, UsageError
from kbsite.meant import links
from kbsite.pipeline import Settings
from kbsite.plugin import published
from kbsite.sources import Source, file_problem
from kbsite.tree import decoded
from kbsite.wording import did_you_mean

ITSELF = "kbsite"  # as `plugins` names it; MkDocs calls a second one "kbsite #2"
SEARCH = "search"  # MkDocs' own; Material's is "material/search"
OFFLINE = "material/offline"
I18N = "i18n"  # mkdocs-static-i18n
NAVIGATOR = "awesome-nav"  # makes the navigation, and warns of any other
THEME = "material"
# Plugins that add no files that pages could link to, nor links to pages
ADD_NOTHING = frozenset(
    {
        ITSELF, SEARCH, "material/search", "material/privacy", "material/optimize", "material/meta",
        "meta", "privacy", "minify", NAVIGATOR, "awesome-pages", "glightbox",
        "git-revision-date-localized", "git-authors", "git-committers", "rss",
    }
)  # fmt: skip
DIRECTORIES = "kbsite links between directory URLs"
NOT_OFFLINE = f"{DIRECTORIES}, which the plugin 'offline' does away with"


def read(file: Path, address: str | None = None) -> tuple[MkDocsConfig, Settings]:
    """The configuration in `file`, and what it says of the content.

    `address`, as HOST:PORT, is where to serve instead of where the file says. Raises UsageError for
    one that cannot be used, with the line where that is known.
    """
    config = MkDocsConfig(config_file_path=str(file))
    opened: list[Path] = []
    try:
        with file.open("rb") as stream:
            config.load_dict(yaml_load(stream, _loader(config, opened)))
        if address is not None:
            config.load_dict({"dev_addr": address})
    except (ConfigurationError, ValidationError, TypeError, ValueError, RecursionError) as error:
        at = opened[-1] if opened else file
        name = os.path.relpath(at, file.parent)
        raise UsageError(_why_unreadable(name, at, error)) from error
    try:
        errors, remarks = config.validate()
    except Exception as error:
        raise UsageError(
            f"{file.name}: a plugin or hook that it names cannot be loaded "
            f"({type(error).__name__}: {error}); install what it needs, or remove it"
        ) from error
    if errors:
        raise UsageError(
            _listed(file, ((key, _refused(key, error, config)) for key, error in errors))
        )
    demand_usable(config)
    problems = [_remarked(file, key, str(remark)) for key, remark in remarks]
    return config, of_content(config, problems=tuple(problems))


def of_content(
    config: MkDocsConfig, *, drafts: bool = False, problems: tuple[Problem, ...] = ()
) -> Settings:
    """What a configuration says of the content of a site that shows drafts, or does not."""
    return Settings(
        excludes=published.excludes(config, drafts=drafts),
        strict=config.strict,
        problems=problems,
        theme=tuple(map(Path, config.theme.dirs)) if config.theme.name == THEME else None,
        files_lead=config.validation.links.absolute_links < logging.NOTSET,
        others_add=bool(config.hooks) or not ADD_NOTHING.issuperset(config.plugins),
    )


def _refused(key: str, error: Exception, config: MkDocsConfig) -> str:
    """What MkDocs says of a setting, and a way out where it is silent on that."""
    missing = re.fullmatch(r'The "(.+)" plugin is not installed', str(error))
    name = f"{THEME}/{missing[1]}" if missing else ""
    if name == OFFLINE:
        return f"{NOT_OFFLINE}; remove it"
    if name in get_plugins():
        return f"'{name}' is a plugin of a theme; write 'theme: {THEME}'"
    way, value = "", written(config, key)
    if missing and (near := get_close_matches(missing[1], get_plugins(), 1)):
        way = did_you_mean(near)
    elif key == "docs_dir":
        way = f"write 'docs_dir: {CONTENT}'"
    elif key == "theme":
        way = f"write 'theme: {THEME}'"
    elif isinstance(value, str) and "://" not in value and (fault := links.fault(value)):
        way = " or ".join(f"write '{key}: {each}'" for each in fault.meaning.values)
    return f"{key}: {str(error).removesuffix('.')}; {way}" if way else f"{key}: {error}"


def _remarked(file: Path, key: str, remark: str) -> Problem:
    """KB301: a key, or an option of a plugin, that MkDocs does not know, at its place."""
    option = re.search(r"option '([\w-]+)'", remark)
    unknown = option[1] if option else key
    message, text = f"Config value '{key}': {remark}", _text(file)
    begin = text.find(f"{key}:") if option else 0
    found = re.compile(rf"^[ \t-]*({re.escape(unknown)})[ \t]*:", re.MULTILINE).search(text, begin)
    plugin = re.search(r"Plugin '([\w-]+)'", remark)
    if found is None or "Unrecognised" not in remark:
        return file_problem("KB301", file.name, message, _SEE, line=_line(file, key))
    ours = plugin is not None and plugin[1] == ITSELF
    known = [] if option and not ours else [name for name, _ in _options(ours=ours)]
    near = [each for each in get_close_matches(unknown, known, 1) if not _line(file, each)]
    source = Source(path=file.name, text=text)
    made = [
        cure
        for each in near
        for cure in cures.replacing(source, *found.span(1), each, f"write {each}")
    ]
    hint = did_you_mean(near, "" if near else "remove it, or look up how it is called")
    return source.problem_in_body("KB301", found.start(1), len(unknown), message, hint, made)


def _options(*, ours: bool) -> Iterable[tuple[str, Any]]:
    """The settings of a site, or those of kbsite."""
    plugin = get_plugins()[ITSELF].load().config_class if ours else MkDocsConfig
    return tuple(plugin._schema)


_SEE = "see what MkDocs' user guide says of it"


_INHERITED = re.compile(r"^INHERIT:[ \t]*(['\"]?)(.+?)\1[ \t]*(?:#.*)?$", re.MULTILINE)


def inherited(file: Path) -> Iterator[Path]:
    """A configuration, and those that it inherits from, as far as they are there."""
    seen: set[Path] = set()
    while file not in seen:
        yield file
        seen.add(file)
        if found := _INHERITED.search(_text(file)):
            file = Path(os.path.normpath(file.parent / found[2]))


def forget_hooks() -> None:
    """Have hooks read again: MkDocs keeps each that it has read for as long as a process runs."""
    Hooks._load_hook.cache_clear()


def demand_usable(config: MkDocsConfig) -> None:
    """Raise UsageError for settings that kbsite cannot work with, each with what to write."""
    found = [(key, f"{why}; {remedy}") for key, why, remedy in _unusable(config)]
    if found:
        raise UsageError(_listed(Path(config.config_file_path), found))


def _unusable(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    """The key of each setting that cannot work, what is wrong with it, and a way out."""
    if ITSELF not in config.plugins:
        yield "plugins", f"the plugin '{ITSELF}' is not in use", f"write 'plugins: [{ITSELF}]'"
    if f"{ITSELF} #2" in config.plugins:
        yield "plugins", f"the plugin '{ITSELF}' is listed twice", "keep one of the two"
    if SEARCH in config.plugins:
        yield "plugins", "kbsite brings a search of its own", f"remove the plugin '{SEARCH}'"
    offline: Any = config.plugins.get(OFFLINE)
    if offline is not None and offline.config.enabled:
        yield "plugins", NOT_OFFLINE, "remove it"
    elif not config.use_directory_urls:
        yield "use_directory_urls", DIRECTORIES, "remove 'use_directory_urls: false'"
    i18n: Any = config.plugins.get(I18N)
    if i18n is not None and sum(language.build for language in i18n.config.languages) > 1:
        why = f"the plugin '{I18N}' builds a site for each language, and kbsite's pages have one"
        yield "plugins", why, "write 'build: false' with all languages but one, or remove it"
    if i18n is not None and i18n.config.docs_structure == "folder":
        why = f"the plugin '{I18N}' looks for a folder for each language, and kbsite for its own"
        yield "plugins", why, "write 'docs_structure: suffix', or remove it"
    content = Path(config.config_file_path).parent / CONTENT
    if Path(config.docs_dir).resolve() != content.resolve():
        why = f"kbsite reads hand-written pages from the folder '{CONTENT}' beside this file"
        yield "docs_dir", why, f"write 'docs_dir: {CONTENT}'"
    if written(config, "theme") is not None and config.theme.name != THEME:
        why = f"kbsite needs the theme '{THEME}', not '{config.theme.name}'"
        yield "theme", why, f"write 'theme: {THEME}'"


def written(config: MkDocsConfig, key: str) -> Any:
    """What the site's own configuration says, where `config` would have a default."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # MkDocs 1 tells it nowhere else
        patches = config.user_configs
    return next((patch[key] for patch in reversed(patches) if key in patch), None)


def _loader(config: MkDocsConfig, opened: list[Path]) -> Any:
    """MkDocs' loader, which notes in `opened` each file that it begins to read.

    A file inherits from one other at most, so none is read twice but in a circle.
    """
    loader: Any = get_yaml_loader(config=config)

    def begin(stream: IO[bytes]) -> Any:
        file = Path(stream.name)
        if any(file.samefile(other) for other in opened):
            raise ConfigurationError(
                f"INHERIT leads back to {file.name}, in a circle; remove it from one of the files"
            )
        opened.append(file)
        return loader(stream)

    return begin


def _why_unreadable(name: str, file: Path, error: Exception) -> str:
    """What is wrong with the text of a configuration, in plain words and with its place."""
    if isinstance(error, RecursionError):
        return (
            f"{name}: values are nested too deeply; no setting needs that: a text that begins "
            "with '[' or '{' goes into quotes"
        )
    if isinstance(error, TypeError):
        return f"{name}: these are no settings; write each as 'key: value'"
    if isinstance(error, ValueError):
        return f"{name}: a value cannot be read ({error}); put it into quotes"
    cause: Any = error.__context__  # what PyYAML said, if it was that
    if cause is None:
        return f"{name}: {error}"
    problem = _slip(name, file)
    if problem is None:  # YAML it is, but not what MkDocs can read
        mark = cause.problem_mark
        return f"{name}:{mark.line + 1}:{mark.column + 1}: {cause.problem}"
    place = f"{name}:{problem.line}:{problem.column}" if problem.line else name
    return f"{place}: {problem.message}; {problem.hint}"


def _slip(name: str, file: Path) -> Problem | None:
    """What keeps a file from being YAML in UTF-8, if anything does."""
    text = decoded(name, file.read_bytes())
    if isinstance(text, Problem):
        return text
    slip = yamlfile.syntax_slip(text)
    return Source(path=name, text=text, front=text).yaml_problem(slip) if slip else None


def _listed(file: Path, found: Iterable[tuple[str, str]]) -> str:
    """What was found about some keys of a configuration, a line each, with their places."""
    out = []
    for key, said in found:
        line = _line(file, key)
        place = file.name or "the configuration"
        out.append(f"{place}:{line}: {said}" if line else f"{place}: {said}")
    return "\n".join(out)


def _line(file: Path, key: str) -> int:
    """The line of a key, or 0 where it is not in the file itself."""
    text = _text(file)
    match = re.search(rf"^{re.escape(key)}[ \t]*:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace") if file.is_file() else ""
