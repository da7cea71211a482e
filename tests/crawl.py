"""A built site read back with the standard library alone: its pages, and every fault in them.

    python -m tests.crawl SITE

prints those of a large one, and what cannot be reached in it.
"""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kbsite.team import Team, batches

VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "circle", "ellipse", "line", "path", "polygon", "polyline"),
        *("rect", "use"),
    }
)
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td"),
        *("th", "thead", "tr", "ul"),
    }
)
NEVER_EMPTY = frozenset(
    {
        *("a", "b", "blockquote", "code", "dd", "dl", "dt", "em", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "ol", "p", "pre", "strong", "td"),
        *("th", "time", "title", "ul"),
    }
)
WHOLE = ("og:url", "og:image")  # what holds a whole address of this site
VERBATIM = ("code", "pre", "script", "style")
OUTWARD = ("http://", "https://", "//", "mailto:")
RAW_LINK = re.compile(r"\[\[(session|theme|speaker|project|learning|organisation|event):")
UNLINKED = frozenset({"404.html"})  # where nobody is led on purpose
# Nearly all tags are as plain as these, and read in one step
OPENED = re.compile(r"""<([a-z][a-z0-9]*)((?: [a-z][a-z0-9:-]*(?:="[^"]*")?)*)>""")
ATTRIBUTE = re.compile(r""" ([a-z][a-z0-9:-]*)(?:="([^"]*)")?""")
CLOSED = re.compile("</([a-z][a-z0-9]*)>")
SHOWN = 100
REFRESH = re.compile(r"\d+;\s*url=(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a page: the element and attribute that hold it."""

    tag: str
    attribute: str
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """Something in the article: what it says, and the addresses inside it."""

    tag: str
    id: str
    classes: tuple[str, ...]
    text: str
    hrefs: tuple[str, ...]


@dataclass(kw_only=True)
class HtmlPage:
    """One HTML file. `content` is what its article says, with single spaces; `file` is its path.

    `data` is JSON-LD, `metas` are <meta> elements by their name or property.
    """

    file: str
    html: str
    title: str = ""
    content: str = ""
    refresh: str = ""
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    raw_links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @cached_property
    def folder(self) -> str:
        return posixpath.dirname(self.file)

    @property
    def path(self) -> str:
        """The address from the root of the site, as "themes/ebpf/"."""
        return self.file.removesuffix("index.html")

    def of_class(self, name: str) -> list[Element]:
        """The elements of the article that have a class, innermost first."""
        return [element for element in self.elements if name in element.classes]

    def with_id(self, id: str) -> Element:
        return next(element for element in self.elements if element.id == id)

    def leads_to(self) -> Iterator[str]:
        """The files of this site that its <a> elements lead to."""
        for link in self.links:
            if link.tag == "a" and not link.url.startswith(OUTWARD):
                yield target(self, link.url)[0]


def read(html: str, file: str = "index.html") -> HtmlPage:
    """One page from its HTML."""
    page = HtmlPage(file=file, html=html)
    parser = _Parser(page)
    parser.feed(html)
    parser.close()
    parser.finish()
    return page


def read_site(site: Path, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, HtmlPage]:
    """The pages of a built site that are wanted, by the paths of their files."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {
        file: read((site / file).read_text(encoding="utf-8"), file)
        for file in filter(wanted, files)
    }


def target(page: HtmlPage, url: str) -> tuple[str, str]:
    """The file and the anchor that an address on `page` leads to."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if not path:
        return page.file, unquote(parts.fragment)
    full = path.lstrip("/") if path.startswith("/") else posixpath.join(page.folder, path)
    file = posixpath.normpath(full)
    if file == ".":
        file = ""
    if path.endswith(("/", "..", ".")) or not posixpath.splitext(file)[1]:
        file = posixpath.join(file, "index.html")
    return file, unquote(parts.fragment)


def faults(site: Path, pages: Mapping[str, HtmlPage] | None = None, *, url: str = "") -> list[str]:
    """Everything wrong with a built site, one line each; nothing for a good one.

    `url` is the address of its root, if it knows one.
    """
    found = read_site(site) if pages is None else pages
    return _judged(site, found, {file: [*_page_faults(page)] for file, page in found.items()}, url)


def _judged(
    site: Path, found: Mapping[str, HtmlPage], known: Mapping[str, Sequence[str]], url: str = ""
) -> list[str]:
    """Everything wrong with a site, of whose pages is `known` what is wrong in themselves."""
    every = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    out = []
    for file, page in found.items():
        said = [*known[file], *_link_faults(page, found, every.__contains__, url)]
        out += [f"{file}: {fault}" for fault in said]
    for css in sorted(site.rglob("*.css")):
        if re.search(r"(@import|url\()\s*['\"]?(https?:)?//", css.read_text(encoding="utf-8")):
            out.append(f"{css.relative_to(site)}: fetches from another host")
    return out + _search_faults(site, found)


def reachable(pages: Mapping[str, HtmlPage], start: str = "index.html") -> set[str]:
    """The files that a reader gets to from `start` by following links and redirects."""
    seen, waiting = {start}, [start]
    while waiting:
        page = pages[waiting.pop()]
        ways = {*page.leads_to(), *([target(page, page.refresh)[0]] if page.refresh else [])}
        new = (ways & pages.keys()) - seen
        seen |= new
        waiting += new
    return seen


def _page_faults(page: HtmlPage) -> Iterator[str]:
    yield from page.faults
    if not page.title:
        yield "no title"
    tops = [heading.text for heading in page.headings if heading.level == 1]
    if len(tops) != 1 and not page.refresh:
        yield f"{len(tops)} first-level headings: {tops}"
    level = 0
    for heading in page.headings:
        if heading.level > level + 1 and not (level == 0 and heading.level == 1):
            yield f"h{heading.level} {heading.text!r} comes after h{level}"
        level = heading.level
    for id, number in Counter(page.ids).items():
        if number > 1:
            yield f"{number} elements with the id {id!r}"
    for tag, name, value in page.attributes:
        if value.strip().startswith("kb:"):
            yield f"<{tag} {name}={value!r}> is an address that should have been made relative"
    yield from (f"a link in double brackets is left: {text}" for text in page.raw_links)
    for _, script in page.scripts:
        if re.search(r"https?://", script):
            yield "a script names another host"


def _link_faults(
    page: HtmlPage, pages: Mapping[str, HtmlPage], exists: Callable[[str], bool], root: str
) -> Iterator[str]:
    more = [Link("meta", name, page.metas[name]) for name in WHOLE if name in page.metas]
    if page.refresh:
        more.append(Link("meta", "refresh", page.refresh))
    for link in [*page.links, *more]:
        where = f"<{link.tag} {link.attribute}={link.url!r}>"
        own = next((r for r in (root, urlsplit(root).path) if r and link.url.startswith(r)), "")
        if own:
            file, _ = target(page, "/" + link.url.removeprefix(own))
            if not exists(file):
                yield f"{where} leads to {file}, which is not there"
            continue
        if link.attribute in WHOLE:
            yield f"{where} is not on this site"
            continue
        if link.url.startswith(OUTWARD):
            if link.tag != "a":
                yield f"{where} fetches from another host"
            continue
        if urlsplit(link.url).scheme:
            yield f"{where} has a scheme that no page may use"
            continue
        file, anchor = target(page, link.url)
        if not exists(file):
            yield f"{where} leads to {file}, which is not there"
        elif anchor and file in pages and anchor not in pages[file].ids:
            yield f"{where} leads to an anchor that {file} does not have"


def _search_faults(site: Path, pages: Mapping[str, HtmlPage]) -> list[str]:
    """Documents of the search index, and learnings in them, that lead nowhere."""
    out = []
    for url, document in fragments(site).items():
        place, _, anchor = document.get("meta", {}).get("to", url.lstrip("/")).partition("#")
        page = pages.get(f"{place}index.html")
        if page is None or (anchor and anchor not in page.ids):
            out.append(f"search index: {url!r} leads nowhere")
            continue
        ids = (anchor["id"] for anchor in document["anchors"])
        lost = (f"{url}#{id}" for id in ids if id and id not in page.ids)
        out.extend(f"search index: {place!r} leads nowhere" for place in lost)
    return out


def fragments(site: Path) -> dict[str, Any]:
    """What Pagefind has kept of each document of the search index, by address."""
    out = {}
    for fragment in sorted((site / "pagefind" / "fragment").glob("*")):
        data = gzip.decompress(fragment.read_bytes()).removeprefix(b"pagefind_dcd")
        document = json.loads(data)
        out[document["url"]] = document
    return out


@dataclass
class _Open:
    """An element that is not closed yet, and what was inside it so far."""

    tag: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    holds_picture: bool = False


class _Parser(HTMLParser):
    """Fills in a page, and notes what a browser would have to guess about."""

    def __init__(self, page: HtmlPage) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._open: list[_Open] = []
        self._inside: Counter[str] = Counter()  # the tags of the open elements
        self._at = 0

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002  # so the library calls it
        """Note where we are; which line that is, only a fault asks."""
        self._at = j
        return j

    def parse_starttag(self, i: int) -> int:
        """Read a plain tag at once, as the library reads it in many steps."""
        found = OPENED.match(self.rawdata, i)
        if found is None or found[1] in self.CDATA_CONTENT_ELEMENTS:
            return super().parse_starttag(i)
        attributes = ATTRIBUTE.findall(found[2])
        if "&" in found[2]:
            attributes = [(name, unescape(value)) for name, value in attributes]
        self.handle_starttag(found[1], attributes)
        return found.end()

    def parse_endtag(self, i: int) -> int:
        """Likewise."""
        found = CLOSED.match(self.rawdata, i)
        if found is None or self.cdata_elem is not None:
            return super().parse_endtag(i)
        self.handle_endtag(found[1])
        return found.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self._fault(f"<{tag}> has an attribute twice")
        self._note(tag, attributes)
        if tag in BLOCKS:
            self._space()
            if self._inside["p"]:
                self._fault(f"<{tag}> inside <p>")
        if tag == "a" and self._inside["a"]:
            self._fault("<a> inside <a>")
        if tag in ("img", "svg", "input"):
            for element in self._open:
                element.holds_picture = True
        if tag == "a" and "href" in attributes:
            for element in self._open:
                element.hrefs.append(attributes["href"])
        if tag not in VOID:
            own = [attributes["href"]] if tag == "a" and "href" in attributes else []
            self._open.append(_Open(tag, attributes, hrefs=own))
            self._inside[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._inside[tag]:
            self._fault(f"</{tag}> closes nothing")
            return
        while self._close() != tag:
            self._fault(f"an element is not closed before </{tag}>")
        if tag in BLOCKS:
            self._space()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text.append(data)
        if "[[" in data and RAW_LINK.search(data) and not any(map(self._inside.get, VERBATIM)):
            self._page.raw_links.append(data.strip()[:80])

    def finish(self) -> None:
        while self._open:
            self._fault(f"<{self._close()}> is never closed")

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        page = self._page
        if "id" in attributes:
            page.ids.append(attributes["id"])
        for name, value in attributes.items():
            page.attributes.append((tag, name, value))
            if name in ("href", "src", "data-src", "poster", "xlink:href"):
                page.links.append(Link(tag, name, value.strip()))
            elif name == "srcset":
                urls = (part.split()[0] for part in value.split(",") if part.split())
                page.links += [Link(tag, name, url) for url in urls]
        if tag == "meta" and "content" in attributes:
            name = attributes.get("name") or attributes.get("property") or ""
            page.metas[name] = attributes["content"]
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            match = REFRESH.fullmatch(attributes.get("content", "").strip())
            page.refresh = match[1] if match else ""
            if not match:
                self._fault("a refresh that leads nowhere")

    def _close(self) -> str:
        """Close the innermost element; its text becomes part of what is around it."""
        element = self._open.pop()
        self._inside[element.tag] -= 1
        page, tag, raw = self._page, element.tag, "".join(element.text)
        if tag == "script" and element.attributes.get("type") == "application/ld+json":
            page.data.append(raw)
            try:
                json.loads(raw)
            except ValueError:
                self._fault("JSON-LD that does not parse")
        elif tag == "script":
            page.scripts.append((element.attributes.get("src", ""), raw))
        elif self._open and tag not in ("article", "style"):
            self._open[-1].text.append(raw)
        said = " ".join(raw.split())
        if tag == "title" and not self._inside["svg"]:
            page.title = said
        elif tag == "article":
            page.content = said
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            said = said.removesuffix("¶").strip()
            page.headings.append(Heading(int(tag[1]), element.attributes.get("id", ""), said))
        if self._inside["article"]:
            self._judge(element, said)
            page.elements.append(
                Element(
                    tag=tag,
                    id=element.attributes.get("id", ""),
                    classes=tuple(element.attributes.get("class", "").split()),
                    text=said,
                    hrefs=tuple(element.hrefs),
                )
            )
        return tag

    def _judge(self, element: _Open, said: str) -> None:
        """What is wrong with an element of the content, now that all of it is known."""
        tag = element.tag
        if tag in NEVER_EMPTY and not said and not element.holds_picture:
            self._fault(f"<{tag} class={element.attributes.get('class', '')!r}> is empty")
        if tag in ("p", "li", "footer", "figcaption", "div", "header", "span"):
            if said.startswith("·") or said.endswith("·") or "· ·" in said:
                self._fault(f"a stray separator: {said[:80]!r}")
            if tag in ("p", "footer", "figcaption") and re.search(r"\s,\s|,$|^,", said):
                self._fault(f"a stray comma: {said[:80]!r}")

    def _space(self) -> None:
        if self._open:
            self._open[-1].text.append(" ")

    def _fault(self, words: str) -> None:
        before = self._page.html[: self._at]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n") - 1
        self._page.faults.append(f"{line}:{column}: {words}")


def main() -> int:
    """Print everything that is wrong with a site; all processors read its pages."""
    site = Path(sys.argv[1])
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    shares = batches(files, 32)

    def look(task: int) -> list[tuple[HtmlPage, list[str]]]:
        pages = (read((site / file).read_text(encoding="utf-8"), file) for file in shares[task])
        return [(_light(page), [*_page_faults(page)]) for page in pages]

    seen = [each for share in Team(len(shares), look).finish() for each in share]
    pages = {page.file: page for page, _ in seen}
    found = _judged(site, pages, {page.file: said for page, said in seen})
    lost = {page.file for page in pages.values() if not page.refresh} - reachable(pages)
    found += [f"{file}: no link leads here" for file in sorted(lost - UNLINKED)]
    print("\n".join(found[:SHOWN]))
    print(f"{len(found):,} faults in {len(pages):,} pages")
    return min(1, len(found))


def _light(page: HtmlPage) -> HtmlPage:
    """A page with no more than what has to be known of others."""
    return replace(
        page, html="", content="", headings=[], elements=[], scripts=[], data=[], attributes=[]
    )


if __name__ == "__main__":
    sys.exit(main())
