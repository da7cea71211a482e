"""What kbsite sets in MkDocs' configuration where the site's own says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import escape
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel
from mkdocs.theme import Theme

from kbsite.catalog import CONTENT
from kbsite.kinds.base import Site
from kbsite.kinds.sections import FOOT, SECTIONS
from kbsite.outputs.plan import OWN_ASSETS
from kbsite.pipeline import Prepared
from kbsite.plugin import published, settings
from kbsite.plugin.pages import source_uri

THEME = Path(__file__).parent.parent / "theme"
SEARCH = "material/search"  # as MkDocs calls Material's own search plugin
MINIFY = "minify"
SCRIPT = "assets/kbsite.js"
FORMS = ("learning", "record")  # of those that `kbsite init` brings, which pages lead to
# Where hosts show a file of the branch that is theirs by default; GitLab edits none by that name
HOSTS = {"github.com": "edit/HEAD", "gitlab.com": "blob/HEAD", "bitbucket.org": "src/HEAD"}
FEATURES = ("navigation.tabs", "navigation.tabs.sticky", "navigation.top")
PALETTE = (
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "white",
        "accent": "blue",
        "toggle": {"icon": "material/weather-night", "name": "Switch to dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "black",
        "accent": "blue",
        "toggle": {"icon": "material/weather-sunny", "name": "Switch to light"},
    },
)


def apply(config: MkDocsConfig) -> None:
    """Fill in what the site's own configuration does not say."""
    said = settings.written(config, "theme")
    if said is None:
        config.theme = Theme(name=settings.THEME)
    _set_edit_uri(config)
    theme: Any = config.theme
    untouched: Any = _untouched()
    ours: dict[str, Any] = {
        "font": False,  # kbsite's own are there; nothing is fetched from a third party
        "favicon": "assets/mark.svg",
        "palette": [dict(entry) for entry in PALETTE],
        "features": list(FEATURES),
    }
    for key, value in ours.items():
        if theme.get(key) == untouched.get(key) and not (isinstance(said, dict) and key in said):
            theme[key] = value
    put_templates_first(config)
    if "assets/kbsite.css" not in config.extra_css:
        config.extra_css.insert(0, "assets/kbsite.css")
    if SCRIPT not in map(str, config.extra_javascript):
        script = ExtraScriptValue(SCRIPT)
        script.type = "module"
        config.extra_javascript.insert(0, script)
    if theirs := config.plugins.get(SEARCH):
        theirs.config["enabled"] = False  # ours is there instead
    if minify := config.plugins.get(MINIFY):
        for key in ("js_files", "css_files"):
            named = minify.config[key] or []
            each = [named] if isinstance(named, str) else named
            minify.config[key] = [name for name in each if name not in OWN_ASSETS]  # lean already


def navigation(prepared: Prepared, config: MkDocsConfig) -> list[dict[str, Any]]:
    """The home page, then the index pages that there are, by section.

    The site's own top-level pages come first in what stands at the foot of pages. As in MkDocs'
    own navigation, drafts and what `not_in_nav` names are not in it.
    """
    written = prepared.graph.pages
    there = {page.path for page in prepared.pages} | {page.path for page in written.values()}
    inside: dict[str, list[dict[str, Any]]] = {section: [] for section in ("", *SECTIONS)}
    inside[FOOT] = [
        {str(escape(page.title)): file}  # the theme prints it as it is
        for file, page in written.items()
        if "/" not in file
        and file not in ("index.md", "README.md")
        and published.inclusion(config, file) is InclusionLevel.INCLUDED
    ]
    for kind in prepared.kinds:
        if kind.tab and kind.tab[1] in there:
            inside[kind.section].append({kind.tab[0]: source_uri(kind.tab[1])})
    sections = ({str(escape(title)): inside[title]} for title in SECTIONS)
    return [*inside[""], *(section for section in sections if any(section.values()))]


def titles(nav: Any) -> dict[str, str]:
    """What a navigation calls the files in it."""
    out: dict[str, str] = {}
    for item in nav or ():
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                out[value] = title
            else:
                out.update(titles(value))
    return out


def listed(nav: Any) -> Iterator[str]:
    """The files and links in a navigation, in order."""
    for item in nav or ():
        for value in item.values() if isinstance(item, dict) else (item,):
            if isinstance(value, str):
                yield value
            else:
                yield from listed(value)


def site(config: MkDocsConfig, *, search: bool) -> Site:
    """What pages may know of the site."""
    pattern = edit_pattern(config)
    templates = Path(config.config_file_path).parent / ".github" / "ISSUE_TEMPLATE"
    return Site(
        name=config.site_name,
        description=config.site_description or "",
        url=(config.site_url or "").rstrip("/") + "/" if config.site_url else "",
        edit_pattern=pattern,
        new_pattern=new_pattern(pattern),
        issues_url=_issues_url(config),
        forms=tuple(name for name in FORMS if (templates / f"{name}.yml").is_file()),
        search=search,
        pictures=config.plugins[settings.ITSELF].config["pictures"] == "all",
        language=config.theme.get("language") or "en",
    )


def put_templates_first(config: MkDocsConfig) -> None:
    """Let kbsite's templates be found before all others but the site's own."""
    dirs = [folder for folder in config.theme.dirs if folder != str(THEME)]
    dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    config.theme.dirs[:] = dirs


def own_templates(config: MkDocsConfig) -> list[Path]:
    """The folders of the site's own templates: `custom_dir`, and what plugins and hooks add."""
    installed = {str(THEME), *_untouched().dirs}
    return [Path(folder) for folder in config.theme.dirs if folder not in installed]


@cache
def _untouched() -> Theme:
    """The theme as it is installed: to find it, MkDocs asks every package that there is."""
    return Theme(name=settings.THEME)


def _set_edit_uri(config: MkDocsConfig) -> None:
    """Where to edit content/ if nothing is said of it, and nothing where that leads nowhere.

    MkDocs would guess that a site lies in docs/ on a branch of a certain name, and without a
    repository it warns on every page.
    """
    if config.repo_url and settings.written(config, "edit_uri") is None:
        found = HOSTS.get(urlsplit(config.repo_url).netloc.lower())
        config.edit_uri = f"{found}/{CONTENT}/" if found else None
    elif not config.repo_url:
        template = config.edit_uri_template
        config.edit_uri = config.edit_uri if _is_absolute(config.edit_uri) else None
        config.edit_uri_template = template if _is_absolute(template) else None


def _is_absolute(address: Any) -> bool:
    parts = urlsplit(str(address or ""))
    return bool(parts.scheme and parts.netloc)


def edit_pattern(config: MkDocsConfig) -> str:
    """Where to edit a file, with {path} for its path from the root, made by MkDocs' rules.

    What the configuration says leads into content/, beside which the records are.
    """
    pattern = str(config.edit_uri_template or "")
    if not pattern and config.edit_uri:
        pattern = config.edit_uri.replace("{", "{{").replace("}", "}}") + "{path}"
    if not pattern:
        return ""
    pattern = re.sub(rf"(?<![^/=?#&]){CONTENT}(/|%2F)(?={{path)", "", pattern, flags=re.IGNORECASE)
    root = config.repo_url or ""
    if not pattern.startswith(("?", "#")):
        root = root.rstrip("/") + "/"
    return urljoin(root, pattern)


def new_pattern(pattern: str) -> str:
    """Where GitHub begins the files that it edits at `pattern`; other hosts take no text.

    >>> new_pattern("https://github.com/example/kb/edit/HEAD/{path}")
    'https://github.com/example/kb/new/HEAD/{folder}?filename={name!q}&value={text!q}'
    """
    found = re.fullmatch(r"(https://github\.com/[^/]+/[^/]+)/edit/(.+/)\{path\}", pattern)
    if not found:
        return ""
    return f"{found[1]}/new/{found[2]}{{folder}}?filename={{name!q}}&value={{text!q}}"


def _issues_url(config: MkDocsConfig) -> str:
    """Where GitHub takes a new report; other hosts differ."""
    if config.repo_url and "github.com/" in config.repo_url:
        return f"{config.repo_url.rstrip('/')}/issues/new"
    return ""
