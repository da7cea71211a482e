"""What is wrong with hand-written pages, seen beside all that their site will hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from kbsite import cures, harmless, hrefs, misread, themed, wikilinks
from kbsite.catalog import CONTENT
from kbsite.cures import Cures
from kbsite.errors import Cure, NewFile, Problem
from kbsite.graph import Graph
from kbsite.graph.mentions import MOST, unshown_in_body
from kbsite.graph.nodes import PageNode
from kbsite.graph.relinking import relinked
from kbsite.hrefs import Href
from kbsite.meant import links
from kbsite.outputs.pages import file_of
from kbsite.outputs.plan import Plan
from kbsite.slugs import Vocabulary
from kbsite.sources import Source
from kbsite.themed import Templates
from kbsite.wording import did_you_mean, shown

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_INSTEAD = "write it as Markdown, or put it between backticks to show it as code"
_WHOLE = frozenset({"script", "style", "iframe", "object", "template", "noscript"})
_LOCAL = re.compile(  # to what nobody else can reach
    r"file:|[A-Za-z]:[\\/]|https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/?#]|\Z)",
    re.IGNORECASE,
)
_OF_THE_WEB = re.compile(
    r"www\.|//|[^\s/@]+@|(?:[\w-]+\.)+(?:com|org|net|io|dev|edu|gov|eu|app|[a-z]{2})(?:/|\Z)",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?P<picture>!?)\[(?P<words>[^\[\]\n]{0,500})\](?P<to>\()[^()\n]{0,2000}\)")
_ON_ONE = "leads to something on one machine only, which readers cannot reach"
_NOT_HERE = "write the address at which everybody finds it, or remove the link"


def problems(
    graph: Graph,
    plan: Plan,
    theme: Collection[Path] | None,
    *,
    is_all: bool,
    files_lead: bool = False,
) -> Iterator[Problem]:
    """Every problem of every hand-written page that shows only when all pages are known.

    `theme` are the folders of the theme's templates, by default those of the installed one. Unless
    what kbsite knows `is_all` that the site will hold, a link may lead to more. `files_lead` is
    whether MkDocs was told that a path from the root is one of a file.
    """
    templates = Templates(tuple(themed.installed() if theme is None else theme))
    site = _Site(graph, plan, templates, is_all, files_lead)
    for node in graph.pages.values():
        yield from islice(_taken_out(node), MOST)
        yield from islice(unshown_in_body(node.source, in_prose=False), MOST)
        yield from themed.problems(node, templates)
        yield from islice(misread.problems(node.source, in_page=True, is_all=is_all), MOST)
        yield from islice(_elsewhere(node, site), MOST)
        if is_all:
            yield from islice(_links(node, site), MOST)
    for source in _bodies(graph):
        yield from islice(misread.problems(source, in_page=False), MOST)


# HTML


def _taken_out(node: PageNode) -> Iterator[Problem]:
    """KB115: what is left out of a page that anybody may bring."""
    if not harmless.is_brought(node.file):
        return
    source = node.source
    for at, text, what in harmless.taken_out(source.body):
        is_element = text.startswith("<")
        found: Cures = ()
        end = source.body.find(f"</{text[1:]}>", at) if text[1:].lower() in _WHOLE else -1
        if is_element and end >= 0:
            place = source.body_start + at, source.body_start + end + len(text) + 2
            found = cures.replacing(source, *place, "", "remove it")
        yield source.problem_in_body(
            "KB115",
            at,
            len(text),
            f"{what} is taken out of the page",
            f"{_INSTEAD if is_element else 'remove it'}; only pages that are not in a folder of "
            "records may run code",
            found,
        )


# Links


@dataclass(frozen=True)
class _Site:
    """What links can lead to."""

    graph: Graph
    plan: Plan
    theme: Templates
    is_all: bool  # whether there will be nothing else
    files_lead: bool  # whether a path from the root is one of a file, as MkDocs may be told

    @cached_property
    def generated(self) -> frozenset[str]:
        """The files that MkDocs takes generated pages to come from."""
        return frozenset(f"{page.path}index.md" for page in self.plan.pages)

    def address(self, file: str) -> str:
        """Where a browser finds a page by its file, or a picture."""
        page = self.graph.pages.get(file)
        return page.path if page else file.removesuffix("index.md")

    @cached_property
    def addresses(self) -> frozenset[str]:
        by_hand = {node.path for node in self.graph.pages.values()}
        return frozenset({page.path for page in self.plan.pages} | by_hand)

    @cached_property
    def files(self) -> frozenset[str]:
        made = {output.path for output in self.plan.files} | set(map(file_of, self.plan.pages))
        return frozenset({*self.graph.assets, *made})

    def here(self, node: PageNode, url: str) -> str:
        """The link to the page that has the path of an address, if a page is there; or nothing."""
        at = urlsplit(url).path.strip("/")
        for file in (f"{at}.md", f"{at}/index.md" if at else "index.md", at):
            if file in self.graph.pages or file in self.generated:
                return posixpath.relpath(file, posixpath.dirname(node.file) or ".")
        return ""

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The files of pages by their paths without what all of them end in."""
        return {_bare(file): file for file in (*self.generated, *self.graph.pages)}

    @cached_property
    def known(self) -> Vocabulary:
        return Vocabulary(self.named)

    def near(self, place: str) -> str:
        """The page that is called nearly as what is at a path inside content/ would be."""
        bare = _bare(place.removeprefix(f"{CONTENT}/"))
        near = [bare] if bare in self.named else self.known.nearest(bare, count=1)
        called = [posixpath.basename(each) for each in near]
        return (
            self.named[near[0]]
            if get_close_matches(posixpath.basename(bare), called, 1, 0.65)
            else ""
        )

    @cached_property
    def pictures(self) -> Vocabulary:
        return Vocabulary(each for each in self.graph.assets if each.lower().endswith(PICTURES))

    @cached_property
    def wrapped(self) -> frozenset[str]:
        return frozenset(page.wraps for page in self.plan.pages if page.wraps)

    def leads(self, node: PageNode, href: Href) -> bool:
        """Whether there is something where a link of a page leads, for MkDocs or a browser."""
        place = _place(node, href)
        if not href.in_html and (
            place in self.graph.pages or place in self.generated or place in self.files
        ):
            return True
        at = posixpath.normpath(posixpath.join(node.path, href.path))
        at = "" if at == "." else at.removesuffix("index.html").rstrip("/")
        held = f"{at}/" if at else ""
        return held in self.addresses or at in self.files or self.theme.holds(place)


def _bare(file: str) -> str:
    """A page's path without its ending.

    >>> _bare("themes/kernel/index.md"), _bare("about.html")
    ('themes/kernel', 'about')
    """
    stem = file.removesuffix(".md").removesuffix(".html").removesuffix("/")
    return stem.removesuffix("/index") or stem


def _bodies(graph: Graph) -> Iterator[Source]:
    """The files of records that have prose of their own, which is no page's."""
    named = (graph.people, graph.organisations, graph.projects)
    found = [(node.source, node.body) for node in graph.themes.values()]
    for source, body in [*found, *((n.source, n.body) for each in named for n in each.values())]:
        if body and source is not None:
            yield source


def _base(node: PageNode, href: Href) -> str:
    """From where a link leads: the folder of its page's file, or for a browser the page itself."""
    is_read_by_browsers = href.in_html or href.path.endswith("/")
    return node.path if is_read_by_browsers else posixpath.dirname(node.file)


def _place(node: PageNode, href: Href) -> str:
    """Where a link leads inside content/."""
    return posixpath.normpath(posixpath.join(_base(node, href), href.path))


def _links(node: PageNode, site: _Site) -> Iterator[Problem]:
    """KB231: links and pictures that lead nowhere, each address of a page told once."""
    told: set[str] = set()
    source = node.source
    said: tuple[str, str, Cures]
    for href, target in node.hrefs:
        if href.to in told:
            continue
        if target is not None and not site.leads(node, href):
            place = source.body_start, len(source.text)
            said = relinked(source, place, href.to, target)
        elif "\\" in href.to:
            said = _slashed(node, href)
        elif href.path and not site.leads(node, href):
            said = _dead(node, href, site)
        elif href.anchor and (missing := _no_such_anchor(node, href, site)):
            said = missing
        else:
            continue
        told.add(href.to)
        message, hint, found = said
        at, length = href.start, href.end - href.start
        yield source.problem_in_body("KB231", at, length, message, hint, found)


def _slashed(node: PageNode, href: Href) -> tuple[str, str, Cures]:
    right = href.to.replace("\\", "/")
    message = f"{shown(href.to)} is no address: its parts have slashes between them"
    return message, f"write {right}", _writing(node, href, right)


def _elsewhere(node: PageNode, site: _Site) -> Iterator[Problem]:
    """KB231: links to the machine of whoever wrote the page, and addresses with a slip at their
    beginning.
    """
    for href in hrefs.elsewhere(node.source.body):
        at, length = href.start, href.end - href.start
        if told := _from_the_root(node, href, site):
            yield node.source.problem_in_body("KB231", at, length, *told)
            continue
        fault = links.fault(href.to)
        local = _LOCAL.match(href.to)
        meant = fault.meaning.values if fault is not None else ()
        if fault is None or not (local or (meant and "//" in meant[0])):
            continue
        right = meant[0] if meant else site.here(node, href.to) if local else ""
        hint = f"write {right}" if right else _NOT_HERE
        found = _writing(node, href, right) if right else ()
        message = f"the link {shown(href.to)} {_ON_ONE if local else fault.message}"
        yield node.source.problem_in_body("KB231", at, length, message, hint, found)


def _from_the_root(node: PageNode, href: Href, site: _Site) -> tuple[str, str, Cures] | None:
    """What is said of the file of a page by its path from the root, where browsers find none."""
    place = href.path.removeprefix("/")
    if site.files_lead or not href.path.startswith("/") or href.path.startswith("//"):
        return None
    if place.lower().endswith(PICTURES) and site.is_all and place not in site.files:
        return _no_picture(node, href, place, site)
    if place not in site.named.values():
        return None
    right = _to(node, href, place, site)
    message = f"browsers find no {href.path} at the root of the site: pages have other addresses"
    return message, f"write {right}", _writing(node, href, right)


def _no_picture(node: PageNode, href: Href, place: str, site: _Site) -> tuple[str, str, Cures]:
    """What is said of a picture by a path from the root at which there is none."""
    message = f"the picture {shown(href.to)} leads nowhere: there is no {CONTENT}/{place}"
    if near := site.pictures.nearest(place, count=1):
        right = _to(node, href, near[0], site)
        return message, did_you_mean([right]), _writing(node, href, right)
    hint = f"add the file to {CONTENT}/, or remove the picture"
    return message, hint, _removing(node, href, "remove the picture")


def _to(node: PageNode, href: Href, file: str, site: _Site) -> str:
    """What a link of a page has to be to lead to a file; browsers know no files of pages."""
    to, base = file, posixpath.dirname(node.file)
    if href.in_html:
        to, base = site.address(file), node.path
    right = posixpath.relpath(to or ".", base or ".") + ("/" if to.endswith("/") else "")
    return f"{right}#{href.to.partition('#')[2]}" if "#" in href.to else right


def _dead(node: PageNode, href: Href, site: _Site) -> tuple[str, str, Cures]:
    place = _place(node, href)
    is_picture = place.lower().endswith(PICTURES)
    what = "the picture" if is_picture else "the link"
    message = f"{what} {shown(href.to)} leads nowhere: there is no {CONTENT}/{place}"
    if elsewhere := _on_the_web(href):
        return message, f"write {elsewhere}", _writing(node, href, elsewhere)
    as_file = posixpath.join(posixpath.dirname(node.file), href.path)
    found = site.named.get(_bare(as_file)) or ("" if is_picture else site.near(place))
    near = site.pictures.nearest(place, count=1) if is_picture else [found] if found else []
    if place.startswith("../"):
        near = []
        message = f"{what} {shown(href.to)} leads out of {CONTENT}/, and nowhere on the site"
    if near:
        right = _to(node, href, near[0], site)
        return message, did_you_mean([right]), _writing(node, href, right)
    if not place.endswith(".md") or place.startswith("../"):
        hint = f"add the file to {CONTENT}/, or remove the {what[4:]}"
        return message, hint, _removing(node, href, f"remove the {what[4:]}")
    title = posixpath.basename(place)[:-3].replace("-", " ").replace("_", " ").capitalize()
    new = NewFile(file=f"{CONTENT}/{place}", text=f"# {title}\n")
    return (
        message,
        f"write {CONTENT}/{place}, which begins with '# {title}', or remove the link",
        (Cure(title=f"write {CONTENT}/{place}", changes=(new,)),),
    )


def _removing(node: PageNode, href: Href, title: str) -> Cures:
    """A picture of Markdown's taken out, or the words of a link alone."""
    start, end = node.source.body_start, len(node.source.text)
    for found in _MARKDOWN.finditer(node.source.text, start, end):
        if found.start("to") <= start + href.start < found.end():
            words = "" if found["picture"] else found["words"]
            return cures.replacing(node.source, *found.span(), words, title)
    return ()


def _on_the_web(href: Href) -> str:
    """The whole address that a link is without its beginning, if it looks like one of the web."""
    fault = links.fault(href.to)
    meant = fault.meaning.values if fault is not None else ()
    return meant[0] if meant and _OF_THE_WEB.match(href.to) else ""


def _no_such_anchor(node: PageNode, href: Href, site: _Site) -> tuple[str, str, Cures] | None:
    """What is said of an anchor that no heading has, if the page has those that are known only.

    Where kbsite puts more around a page, an anchor has to be nearly one of the page's own.
    """
    to = site.graph.pages.get(_place(node, href) if href.path else node.file)
    if to is None or href.in_html or href.anchor.startswith(("fn:", "fnref:", "__")):
        return None
    body = wikilinks.put(
        to.source.body, ((link, link.words or target.label) for link, target in to.links)
    )
    known = hrefs.ids(body)
    if href.anchor in known or "--8<--" in body or "{{" in body:
        return None
    near = Vocabulary(known).nearest(href.anchor, count=1)
    if not near and (to.file in site.wrapped or not known):
        return None
    message = f"no heading of {CONTENT}/{to.file} has the id {shown(href.anchor)}"
    if not near:
        page, every = href.to.partition("#")[0], f"its ids: {', '.join(sorted(known)[:20])}"
        if not page:
            return message, every, _removing(node, href, "write the words alone")
        return message, f"write {page} alone; {every}", _writing(node, href, page)
    right = f"{href.to.partition('#')[0]}#{near[0]}"
    return message, did_you_mean([right]), _writing(node, href, right)


def _writing(node: PageNode, href: Href, right: str) -> Cures:
    start = node.source.body_start
    place = start + href.start, start + href.end
    return cures.replacing(node.source, *place, right, f"write {right}")
