"""Pages of the graph to HTML bodies, through Jinja."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import lru_cache, partial
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from kbsite import prose
from kbsite.kinds import Kind
from kbsite.kinds.base import Page, Part, Ref, Site, View, is_english
from kbsite.kinds.cards import SessionCard
from kbsite.kinds.words import count

ROWS = 4096  # of lists, kept for other pages; sessions near each other lead to the same ones
MOST_COMPILED = 500  # templates; a site has about a hundred
TRAIL = "_trail.html"  # the way from the home page to a page
ROW = "_row.html"  # a session in a list
FRAME = "_frame.html"  # a page with its margin
# What runs from right to left, and what turns the direction of the text behind it
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\u200f\u202a-\u202e\u2066-\u2069]"
)


class Renderer:
    """Renders pages. One per build; it holds the compiled templates.

    The way from a page to the root of the site is `up` in all templates, macros included: those of
    each depth have an environment of their own.
    """

    def __init__(self, kinds: Iterable[Kind], site: Site, compiled: Compiled | None = None) -> None:
        """`compiled` are templates that need not be compiled again."""
        folders = dict.fromkeys(str(kind.folder) for kind in kinds)
        self._loader = jinja2.FileSystemLoader(list(folders))
        self._site = site
        self._compiled = compiled or Compiled()
        self._depths: dict[str, _Depth] = {}

    def render(self, page: Page, view: View, content: str = "") -> str:
        """A page's body; `content` is the HTML of the hand-written page that it is put around."""
        way = up(page.path)
        if way not in self._depths:
            self._depths[way] = _Depth(way, self._loader, self._site, self._compiled)
        depth = self._depths[way]
        html = depth.get_template(page.template).render(
            page=page,
            view=view,
            content=Markup(content),  # noqa: S704  # written by hand, and rendered by MkDocs
        )
        if page.trail:
            html = depth.trail(page.trail) + html
        if view.margin:
            html = depth.framed(html, view.margin)
        if self._site.is_english or page.bare:
            return html
        return f'<div lang="en" dir="ltr">{html}</div>'


class _Context(jinja2.runtime.Context):
    """Calls macros as they are: none asks for what Jinja would look for and add."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return obj(*args, **kwargs)


class _Template(jinja2.Template):
    """Escapes what it prints to plain text, as all of it is joined at once.

    Jinja makes a Markup of each piece, which took a third of the time of a page.
    """

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made


class _Depth(jinja2.Environment):
    """The templates of pages from which `way` leads to the root of the site, during a build."""

    template_class = _Template
    context_class = _Context
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # without a frame of Python's

    def __init__(
        self, way: str, loader: jinja2.BaseLoader, site: Site, compiled: jinja2.BytecodeCache
    ) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        self.globals.update(site=site, up=way)
        self.filters.update(
            prose=partial(_prose, up=way),
            link=partial(_link, up=way, native=site.is_english),
            links=partial(_links, up=way, native=site.is_english),
            named=partial(_named, native=site.is_english),
            spoken=partial(_spoken, native=site.is_english),
            dotted=_dotted,
            count=count,
            row=lru_cache(maxsize=ROWS)(self._row),
        )
        self.trail: Callable[[tuple[Ref, ...]], str] = lru_cache(maxsize=64)(self._trail)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: each page and import asks for all names, and Jinja's has two layers."""
        return {**self.globals, **(d or {})}

    def framed(self, html: str, margin: tuple[Part, ...]) -> str:
        """A page's text with its margin."""
        return self.get_template(FRAME).render(text=Markup(html), margin=margin)  # noqa: S704

    def _row(self, card: SessionCard, placed: bool = False) -> Markup:  # noqa: FBT001, FBT002  # a filter's argument
        row = self.get_template(ROW).render(card=card, placed=placed)
        return Markup(row)  # noqa: S704  # a template has made it

    def _trail(self, trail: tuple[Ref, ...]) -> str:
        return self.get_template(TRAIL).render(trail=trail)


class Compiled(jinja2.BytecodeCache):
    """Templates are compiled once for all environments, and again only if their text changes.

    An environment that others may have changed has no part in it: what its filters make of constant
    texts is compiled too.
    """

    def __init__(self, pack: bytes | None = None) -> None:
        """`pack` is what one of these gave before."""
        self._code: dict[str, tuple[str, bytes]] = marshal.loads(pack) if pack else {}  # noqa: S302
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.code = marshal.loads(code)  # noqa: S302  # whoever gives a pack vouches for it

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._code) >= MOST_COMPILED:
            self._code.clear()
        self._code[bucket.key] = (bucket.checksum, marshal.dumps(bucket.code))
        self._is_new = True

    def pack(self) -> bytes | None:
        """All that is compiled; None if it was all in the pack before."""
        was_new, self._is_new = self._is_new, False
        return marshal.dumps(self._code) if was_new else None


def _escaped(value: object) -> str:
    """As markupsafe escapes it."""
    if type(value) is Markup:
        return value
    if type(value) is not str:
        return escape(value)
    return (
        value.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace('"', "&#34;")
    )


def _prose(text: str, *, up: str) -> Markup:
    return Markup(prose.to_html(text, up))  # noqa: S704  # the sanitiser has made it


def _link(ref: Ref, *, up: str, native: bool) -> Markup:
    """What a page calls another, with the way there."""
    path, text = _escaped(ref.path), ref.text
    said = "" if native and not ref.lang and text.isascii() else _named(ref, native=native)
    return Markup(f'<a href="{up}{path}"{said}>{_escaped(text)}</a>')  # noqa: S704


def _links(refs: Iterable[Ref], *, up: str, native: bool) -> Markup:
    return Markup(", ".join([_link(ref, up=up, native=native) for ref in refs]))  # noqa: S704


def _named(ref: Ref, *, native: bool) -> Markup:
    return _spoken(ref.text, ref.lang, native=native)


def _spoken(text: str, lang: str = "", *, native: bool) -> Markup:
    """The attributes of an element that holds somebody's words, in the language `lang`.

    They may run from right to left, beside ours or, where the site is not `native`, in the page.
    """
    said = f' lang="{escape(lang)}"' if lang and not is_english(lang) else ""
    if not native or RIGHT_TO_LEFT.search(text):
        said += ' dir="auto"'
    return Markup(said)  # noqa: S704


def _dotted(parts: Iterable[str]) -> Markup:
    """The parts that say something, on one line."""
    return Markup(" · ".join([_escaped(part) for part in parts if part]))  # noqa: S704


def up(path: str) -> str:
    """The way from the page at `path` to the root of the site.

    >>> up("people/ada/"), up("")
    ('../../', './')
    """
    return "../" * path.count("/") or "./"
