"""What kbsite sets in MkDocs' configuration where the site's own says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel
from mkdocs.theme import Theme

from kbsite.graph import Graph
from kbsite.kinds import Kind
from kbsite.kinds.base import Site
from kbsite.plugin import published, settings
from kbsite.plugin.pages import source_uri

THEME = Path(__file__).parent.parent / "theme"
SEARCH = "material/search"  # as MkDocs calls Material's own search plugin
SCRIPT = "assets/kbsite.js"
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
    if not config.repo_url:
        config.edit_uri = None  # MkDocs would warn of it on every page
    theme: Any = config.theme
    untouched: Any = Theme(name=settings.THEME)
    ours: dict[str, Any] = {
        "font": False,  # nothing is fetched from a third party
        "palette": [dict(entry) for entry in PALETTE],
        "features": list(FEATURES),
    }
    for key, value in ours.items():
        if theme.get(key) == untouched.get(key) and not (isinstance(said, dict) and key in said):
            theme[key] = value
    if str(THEME) not in config.theme.dirs:
        own = 1 if config.theme.custom_dir else 0  # the site's own overrides come first
        config.theme.dirs.insert(own, str(THEME))
    if "assets/kbsite.css" not in config.extra_css:
        config.extra_css.insert(0, "assets/kbsite.css")
    if SCRIPT not in map(str, config.extra_javascript):
        script = ExtraScriptValue(SCRIPT)
        script.type = "module"
        config.extra_javascript.insert(0, script)
    if theirs := config.plugins.get(SEARCH):
        theirs.config["enabled"] = False  # ours is there instead


def navigation(graph: Graph, kinds: tuple[Kind, ...], config: MkDocsConfig) -> list[dict[str, str]]:
    """One entry for each kind's index page, then the site's own top-level pages.

    As in MkDocs' own navigation, drafts and what `not_in_nav` names are not in it.
    """
    shown: dict[str, bool] = {"shift": bool(graph.shifts), "article": bool(graph.articles)}
    entries = [
        {kind.tab[0]: source_uri(kind.tab[1])}
        for kind in kinds
        if kind.tab and shown.get(kind.name, True)
    ]
    own = [
        {str(escape(page.title)): file}  # the theme prints it as it is
        for file, page in graph.pages.items()
        if "/" not in file
        and file not in ("index.md", "README.md")
        and published.inclusion(config, file) is InclusionLevel.INCLUDED
    ]
    return entries + own


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


def site(config: MkDocsConfig, *, search: bool) -> Site:
    """What pages may know of the site."""
    return Site(
        name=config.site_name,
        description=config.site_description or "",
        url=(config.site_url or "").rstrip("/") + "/" if config.site_url else "",
        edit_url=edit_url(config),
        issues_url=_issues_url(config),
        search=search,
    )


def edit_url(config: MkDocsConfig) -> str:
    """What a path from the root is appended to, to edit it; MkDocs' own leads into content/."""
    if not config.repo_url or not config.edit_uri:
        return ""
    base = config.edit_uri.strip("/").removesuffix("/docs").removesuffix("/content")
    return f"{config.repo_url.rstrip('/')}/{base}/"


def _issues_url(config: MkDocsConfig) -> str:
    """Where GitHub takes a new report; other hosts differ."""
    if config.repo_url and "github.com/" in config.repo_url:
        return f"{config.repo_url.rstrip('/')}/issues/new"
    return ""
