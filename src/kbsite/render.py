"""Pages of the graph to HTML bodies, through Jinja."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from kbsite import prose
from kbsite.kinds import Kind
from kbsite.kinds.base import Page, Site, View
from kbsite.kinds.words import count

TRAIL = "_trail.html"  # the way from the home page to a page


class Renderer:
    """Renders pages. One per build; it holds the compiled templates.

    The way from a page to the root of the site is `up` in all templates, macros included: those of
    each depth have an environment of their own.
    """

    def __init__(self, kinds: Iterable[Kind], site: Site) -> None:
        folders = dict.fromkeys(str(kind.folder) for kind in kinds)
        self._loader = jinja2.FileSystemLoader(list(folders))
        self._site = site
        self._compiled = _Compiled()
        self._environments: dict[str, jinja2.Environment] = {}

    def render(self, page: Page, view: View, content: str = "") -> str:
        """A page's body; `content` is the HTML of the hand-written page that it is put around."""
        environment = self._environment(up(page.path))
        html = environment.get_template(page.template).render(
            page=page,
            view=view,
            content=Markup(content),  # noqa: S704  # written by hand, and rendered by MkDocs
        )
        if page.trail:
            html = environment.get_template(TRAIL).render(trail=page.trail) + html
        return html

    def _environment(self, way: str) -> jinja2.Environment:
        if way not in self._environments:
            made = jinja2.Environment(
                loader=self._loader,
                autoescape=True,
                undefined=jinja2.StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                bytecode_cache=self._compiled,
            )
            made.globals.update(site=self._site, up=way)
            made.filters.update(prose=partial(_prose, up=way), count=count)
            self._environments[way] = made
        return self._environments[way]


class _Compiled(jinja2.BytecodeCache):
    """Templates are compiled once for all environments."""

    def __init__(self) -> None:
        self._code: dict[str, Bucket] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._code.get(bucket.key)
        if known is not None and known.checksum == bucket.checksum:
            bucket.code = known.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket


def _prose(text: str, *, up: str) -> Markup:
    return Markup(prose.to_html(text, up))  # noqa: S704  # the sanitiser has made it


def up(path: str) -> str:
    """The way from the page at `path` to the root of the site.

    >>> up("people/ada/"), up("")
    ('../../', './')
    """
    return "../" * path.count("/") or "./"
