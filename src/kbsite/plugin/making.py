"""One build: the records read, and all that is known once before MkDocs goes through its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from kbsite import report
from kbsite.archive import packs
from kbsite.cache import Packs
from kbsite.errors import ContentError, KbsiteError
from kbsite.graph.nodes import PageNode
from kbsite.kinds.base import Page
from kbsite.outputs import Output, Surroundings
from kbsite.outputs.keys import program
from kbsite.pipeline import Prepared, prepare, stand_in
from kbsite.plugin import defaults, settings
from kbsite.plugin.around import surroundings
from kbsite.plugin.composer import Composer
from kbsite.recent import Recent
from kbsite.render import Compiled, Renderer

TEMPLATES = "templates"  # as the packs are called, and the only one among them


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; `failure` says why it is only a stand-in, if it is."""

    prepared: Prepared
    failure: str = ""


def read(config: MkDocsConfig, *, drafts: bool, recent: Recent | None = None) -> Reading:
    """The records beside a site's configuration, with what is shown of its content.

    What this process has read before is in `recent`.
    """
    root = Path(config.config_file_path).parent
    said = settings.of_content(config, drafts=drafts)
    try:
        prepared = prepare(root, settings=said, packs=packs(root), recent=recent)
        prepared.demand_no_errors()
    except ContentError as error:
        told = "\n\n".join(report.as_text(problem) for problem in error.problems)
        return Reading(stand_in(root), f"{report.summary(error.problems)}\n\n{told}")
    except KbsiteError as error:
        return Reading(stand_in(root), str(error))
    return Reading(prepared)


@dataclass(frozen=True, kw_only=True)
class Making:
    """All that is known once for a build.

    `wrapping` are the pages that are put around hand-written ones, by the file of these; `titles`
    what the navigation calls files, which are the site's own unless `own_navigation`. `hide` names
    the sidebars that pages go without. `reader` says who reads generated pages beside kbsite, if
    anybody does; only then has MkDocs those that the navigation does not list.
    """

    reading: Reading
    around: Surroundings
    composer: Composer
    compiled: Compiled
    wrapping: Mapping[str, Page]
    own_navigation: bool
    titles: Mapping[str, str]
    hide: tuple[str, ...]
    reader: str
    serving: bool

    def written(self, file: str) -> PageNode | None:
        """What is known of a hand-written page."""
        return self.reading.prepared.graph.pages.get(file)

    @property
    def pages(self) -> Iterator[Page]:
        """The pages that are generated whole."""
        return (page for page in self.reading.prepared.pages if page.wraps is None)

    def keep_templates(self) -> None:
        """Let the next build have the templates that this one had to compile."""
        if pack := self.compiled.pack():
            _templates(self.reading.prepared.root).write(TEMPLATES, pack)

    def outputs(self, *kinds: str) -> list[Output[object]]:
        """The outputs of some kinds that the site has; nobody could be led to some in a preview."""
        return [
            output
            for output in self.reading.prepared.outputs
            if output.kind in kinds
            and output.is_in(self.around.site)
            and not (self.serving and output.for_the_public)
        ]


def _templates(root: Path) -> Packs:
    return Packs(root, TEMPLATES, program())


def begin(
    config: MkDocsConfig,
    reading: Reading,
    *,
    search: bool,
    reader: str,
    serving: bool,
) -> Making:
    """What is known of a build; gives the configuration its navigation, if it has none."""
    prepared = reading.prepared
    site = defaults.site(config, search=search)
    own_navigation = config.nav is None and settings.NAVIGATOR not in config.plugins
    nav: Any = config.nav
    if nav is None and not reading.failure:
        nav = defaults.navigation(prepared, config)
    if own_navigation:
        config.nav = nav
    # All of it is in the tabs, if there are any; a sidebar would hold one line.
    in_tabs = own_navigation and "navigation.tabs" in (config.theme.get("features") or ())
    hide = ("navigation",) if in_tabs else ()
    compiled = Compiled(_templates(prepared.root).read(TEMPLATES))
    composer = Composer(site, Renderer(prepared.kinds, site, compiled), config, hide)
    return Making(
        reading=reading,
        around=surroundings(site, config, prepared, composer.make),
        composer=composer,
        compiled=compiled,
        wrapping={page.wraps: page for page in prepared.pages if page.wraps},
        own_navigation=own_navigation,
        titles=defaults.titles(nav),
        hide=hide,
        reader=reader,
        serving=serving,
    )
