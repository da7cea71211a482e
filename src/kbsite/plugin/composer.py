"""Bodies in the theme's page, with their heads: what a build knows, and each page made of it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs.pages import page_head
from kbsite.plugin.pages import Body, GeneratedPage, source_uri
from kbsite.render import Renderer
from kbsite.shell import Fields, Shells


class Composer:
    """Makes pages for one build: the body, what the head says, and the theme's page around both.

    MkDocs tells it what it learns on the way: its templates, and its navigation with the files.
    """

    def __init__(
        self, site: Site, renderer: Renderer, config: MkDocsConfig, report: Callable[[str], None]
    ) -> None:
        self._site = site
        self._renderer = renderer
        self._config = config
        self._shells = Shells(report)
        self._folders: dict[str, tuple[str, ...]] = {}

    def use_navigation(self, nav: Navigation, files: Files) -> None:
        self._nav, self._files = nav, files
        self._navigation = [item.url for item in _leaves(nav)]

    def use_templates(self, env: jinja2.Environment) -> None:
        self._env = env

    def body(self, page: Page, view: View, content: str = "") -> Body:
        """What is in a page; `content` is the HTML of a hand-written page that it is put around."""
        return Body(
            self._renderer.render(page, view, content),
            page_head(self._site, page.path, page.title, page.description, page, view),
            view.parts,
        )

    def compose(self, page: GeneratedPage, context: TemplateContext) -> str:
        """The whole of a generated page whose body is made."""
        if page.planned.bare:
            return page.content or ""
        fields = _fields(page)
        return self._shells.render(
            self._class_of(page, fields),
            fields,
            self._full_rendering(page, context),
            name=page.planned.template,
        )

    def make(self, planned: Page, view: View) -> bytes:
        """The file of a generated page, as MkDocs writes it."""
        file = self._files.get_file_from_path(source_uri(planned.path))
        page = file.page if file else None
        assert isinstance(page, GeneratedPage)  # noqa: S101  # it is planned, and not around another
        page.say(view)
        page.active = True
        try:
            context = get_context(self._nav, self._files, self._config, page)
            return self.compose(page, context).encode(errors="xmlcharrefreplace")
        finally:
            page.active = False

    def with_head(self, html: str, page: MkDocsPage, around: Page | None) -> str:
        """A hand-written page with its head; in its metadata texts are as HTML has them."""
        title = Markup(page.meta.get("title") or page.title).striptags()  # noqa: S704
        description = Markup(page.meta.get("description") or "").unescape()  # noqa: S704
        view = around.view() if around else None
        return _with_head(html, page_head(self._site, page.url, title, description, around, view))

    def _class_of(self, page: GeneratedPage, fields: Fields) -> tuple[Any, ...]:
        """Pages of one class differ in nothing but their fields.

        Links from a page to the navigation depend on the folder it is in, so that is part of it, as
        the addresses it gives; an index page, shown as active in the navigation, is its own class.
        """
        parent = posixpath.dirname(page.url.rstrip("/"))
        if parent not in self._folders:
            self._folders[parent] = tuple(get_relative_url(u, page.url) for u in self._navigation)
        own = page.url if page.index is page or page.url in self._navigation else ""
        parts = tuple((part.id, part.title) for part in page.body.parts)
        tab = page.planned.tab
        return (self._folders[parent], page.url.count("/"), own, tab, parts, tuple(fields))

    def _full_rendering(
        self, page: GeneratedPage, context: TemplateContext
    ) -> Callable[[Fields], str]:
        """The theme's own template, with a page's fields replaced."""

        def render(fields: Fields) -> str:
            kept = (page.content, page.meta, page.canonical_url, page.edit_url)
            try:
                page.content = fields["content"]
                page.meta = {**page.meta, "title": fields["title"]}
                if "description" in fields:
                    page.meta["description"] = fields["description"]
                page.canonical_url = fields.get("canonical")
                page.edit_url = fields.get("edit")
                page.toc.items[0].title = fields["title"]
                made = self._env.get_template("main.html").render(context)
                return _with_head(made, fields["head"])
            finally:
                page.content, page.meta, page.canonical_url, page.edit_url = kept
                page.toc.items[0].title = page.meta["title"]

        return render


def _fields(page: GeneratedPage) -> Mapping[str, str]:
    fields = {"title": page.meta["title"], "content": page.content or "", "head": page.body.head}
    if "description" in page.meta:
        fields["description"] = page.meta["description"]
    if page.canonical_url:
        fields["canonical"] = page.canonical_url
    if page.edit_url:
        fields["edit"] = page.edit_url
    return fields


def _with_head(html: str, tags: str) -> str:
    """A page with more in its head, whatever template made it: sites may have their own."""
    before, end, after = html.partition("</head>")
    return f"{before}{tags}\n{end}{after}" if end else html


def _leaves(nav: Navigation) -> list[Any]:
    """Every page and link of the navigation, whatever section it is in."""
    out: list[Any] = []
    stack = list(reversed(nav.items))
    while stack:
        item: Any = stack.pop()
        if item.children:
            stack.extend(reversed(item.children))
        elif item.url is not None:
            out.append(item)
    return out
