"""Bodies in the theme's page, with their heads: what a build knows, and each page made of it."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import jinja2
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from kbsite.kinds.base import Page, Site, View
from kbsite.outputs.pages import page_head
from kbsite.plugin import readers
from kbsite.plugin.pages import Body, GeneratedPage, generated_file, source_uri
from kbsite.render import Renderer
from kbsite.shell import Fields, Shells


class Composer:
    """Makes pages for one build: the body, what the head says, and the theme's page around both.

    MkDocs tells it what it learns on the way: its templates, and its navigation with the files.
    """

    def __init__(
        self,
        site: Site,
        renderer: Renderer,
        config: MkDocsConfig,
        hide: Sequence[str] = (),
    ) -> None:
        """`hide` names the sidebars that pages go without."""
        self.notes: list[str] = []  # why pages could not be made of shells
        self._site = site
        self._renderer = renderer
        self._config = config
        self._hide = hide
        self._shells = Shells(self.notes.append)
        self._folders: dict[str, tuple[str, ...]] = {}

    def use_navigation(self, nav: Navigation, files: Files) -> None:
        self._nav, self._files = nav, files
        self._navigation = [item.url for item in _leaves(nav)]
        self._linked = readers.addresses(self._config)

    def let_go(self) -> None:
        """Hold nothing any more of what MkDocs told, which holds what tells of it."""
        del self._nav, self._files, self._template, self._config

    def use_templates(self, env: jinja2.Environment) -> None:
        self._template = env.get_template("main.html")

    def body(self, page: Page, view: View, content: str = "") -> Body:
        """What is in a page; `content` is the HTML of a hand-written page that it is put around."""
        return Body(
            self._renderer.render(page, view, content),
            page_head(self._site, page.path, page.said_title, page.description, page, view),
            view.parts,
        )

    def generated(self, planned: Page, file: File) -> GeneratedPage:
        """The page that MkDocs has of a planned one."""
        edit_url = self._edit_url(planned) or None
        return GeneratedPage(planned, file, self._config, self.body, edit_url, self._hide)

    def _edit_url(self, planned: Page) -> str:
        """Where to edit the file of a page, or to begin it; empty where neither is known."""
        if planned.source:
            return self._site.edit_url(planned.source)
        return self._site.new_url(*planned.begins()) if planned.begins else ""

    def make(self, planned: Page, view: View) -> bytes:
        """The file of a generated page, as MkDocs writes it, but without MkDocs."""
        body = self.body(planned, view)
        if planned.bare:
            html = body.html
        else:
            fields = self._fields(planned, body)
            html = self._shells.render(
                self._class_of(planned, fields),
                fields,
                partial(self._full, planned, body),
                name=planned.template,
            )
        return html.encode(errors="xmlcharrefreplace")

    def with_head(self, html: str, page: MkDocsPage, around: Page | None) -> str:
        """A page that MkDocs rendered with its head; in metadata texts are as HTML has them."""
        if isinstance(page, GeneratedPage):
            return _with_head(html, page.body.head)
        title = Markup(page.meta.get("title") or page.title).striptags()  # noqa: S704
        description = Markup(page.meta.get("description") or "").unescape()  # noqa: S704
        view = around.view() if around else None
        return _with_head(html, page_head(self._site, page.url, title, description, around, view))

    def _index(self, tab: str) -> MkDocsPage | None:
        """The index page that is shown as active with the pages of a tab."""
        file = self._files.get_file_from_path(source_uri(tab)) if tab else None
        return file.page if file else None

    def _fields(self, planned: Page, body: Body) -> dict[str, str]:
        """All that a template can print of a page, but for what its class has in common.

        What is empty is no field: templates ask whether it is there.
        """
        url = quote(planned.path)
        canonical = urljoin(self._site.url, url) if self._site.url else ""
        fields = {
            "title": str(escape(planned.title)),
            "full": str(escape(planned.said_title)),
            "description": str(escape(planned.description)),
            "content": body.html,
            "head": body.head,
            "url": url,
            "canonical": canonical,
            "abs": urlsplit(canonical).path,
            "edit": self._edit_url(planned),
        }
        for at, part in enumerate(body.parts):
            fields |= {f"part{at}id": part.id, f"part{at}title": str(escape(part.title))}
        return {name: value for name, value in fields.items() if value}

    def _class_of(self, planned: Page, fields: Fields) -> tuple[Any, ...]:
        """Pages of one class differ in nothing but their fields.

        Links from a page to the navigation depend on the folder it is in, and those to single pages
        on where it is itself, so they are part of it.
        """
        url = fields.get("url", "")
        parent = posixpath.dirname(url.rstrip("/"))
        if parent not in self._folders:
            self._folders[parent] = tuple(get_relative_url(u, url) for u in self._navigation)
        return (
            self._folders[parent],
            tuple(get_relative_url(u, url) for u in self._linked),
            url.count("/"),
            planned.tab,
            planned.wide,
            "/blob/" in fields.get("edit", ""),  # Material offers to view what can be viewed
            tuple(fields),
        )

    def _full(self, planned: Page, body: Body, fields: Fields) -> str:
        """A page by the theme's own template, with its fields replaced."""
        page = self.generated(planned, generated_file(self._config, planned))
        page.read_source(self._config)
        page.say(body)
        page.index = self._index(planned.tab)
        page.title, page.meta["title"] = fields["title"], fields["full"]
        page.content = fields["content"]
        page.shown_url = fields.get("url", "")
        page.canonical_url, page.abs_url = fields.get("canonical"), fields.get("abs")
        page.edit_url = fields.get("edit")
        if "description" in fields:
            page.meta["description"] = fields["description"]
        top = page.toc.items[0]
        top.title = fields["title"]
        for at, item in enumerate(top.children):
            item.id, item.title = fields[f"part{at}id"], fields[f"part{at}title"]
        page.active = True
        try:
            context = get_context(self._nav, (), self._config, page)
            return _with_head(self._template.render(context), fields["head"])
        finally:
            page.active = False
            page.let_go()


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
