"""Pages of the graph to HTML bodies and tables of contents, through Jinja."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from kbsite import prose
from kbsite.kinds import Kind, Page, Section, Site
from kbsite.kinds.words import count

TRAIL = "_trail.html"  # the way from the home page to a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    html: str
    sections: tuple[Section, ...]


class Renderer:
    """Renders pages. One per build; it holds the compiled templates."""

    def __init__(self, kinds: Iterable[Kind], site: Site) -> None:
        folders = dict.fromkeys(str(kind.folder) for kind in kinds)
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(list(folders)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._site = site
        self._env.globals["site"] = site
        self._env.filters["prose"] = _prose
        self._env.filters["count"] = count

    def render(self, page: Page, content: str = "") -> Rendered:
        """A page's body; `content` is the HTML of the hand-written page that it wraps."""
        view: dict[str, Any] = {"sections": (), **page.view()}
        way = up(page.path)
        html = self._env.get_template(page.template).render(
            view,
            content=Markup(content),  # noqa: S704  # written by hand, and rendered by MkDocs
            up=way,
            address=self._site.url + page.path if self._site.url else "",
        )
        if page.trail:
            html = self._env.get_template(TRAIL).render(trail=page.trail, up=way) + html
        return Rendered(html=html, sections=tuple(view["sections"]))


@jinja2.pass_context
def _prose(context: jinja2.runtime.Context, text: str) -> Markup:
    return Markup(prose.to_html(text, context["up"]))  # noqa: S704  # the sanitiser has made it


def up(path: str) -> str:
    """The way from the page at `path` to the root of the site.

    >>> up("people/ada/"), up("")
    ('../../', './')
    """
    return "../" * path.count("/") or "./"
